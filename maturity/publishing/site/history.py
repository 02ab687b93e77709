"""What became of the roadmap over its editions: what changed in each of them, and which actions are gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maturity.publishing.site.facts import PublishedEdition, SiteFacts
from maturity.roadmap.editions import Edition, PublicAction
from maturity.roadmap.ledger import EditionChange, changes

KINDS = ("withdrawn", "moved", "done", "late", "entered", "left", "reworded")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneAction:
    """An action that left: as the edition `last` had it, gone since edition `number` of the day `on`, and why."""

    action: PublicAction
    last: int
    number: int
    on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An edition that stands, with what changed in it since the one that stood before, and the page that says so."""

    link: PublishedEdition
    edition: Edition
    changes: tuple[EditionChange, ...]
    page: str


def steps(facts: SiteFacts) -> tuple[Step, ...]:
    """The editions that stand, the first one first."""
    before, found = None, []
    for link, edition in facts.standing:
        page = "changes.html" if edition is facts.current else f"changes-edition-{link.number}.html"
        found.append(Step(link=link, edition=edition, changes=changes(before, edition), page=page))
        before = edition
    return tuple(found)


def gone_actions(facts: SiteFacts) -> dict[str, GoneAction]:
    """The actions that an edition had and the current one has not, by slug."""
    found: dict[str, GoneAction] = {}
    for (_, before), (_, after) in zip(facts.standing, facts.standing[1:], strict=False):
        stays, why = {each.slug for each in after.actions}, {each.slug: each.reason for each in after.gone}
        for each in before.actions:
            if each.slug not in stays:
                found[each.slug] = GoneAction(
                    action=each,
                    last=before.number,
                    number=after.number,
                    on=after.published_on,
                    reason=why.get(each.slug, ""),
                )
        found = {slug: each for slug, each in found.items() if slug not in stays}
    return found
