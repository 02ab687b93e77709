"""What became of the roadmap over its editions: what changed in each of them, and which actions are gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maturity.publishing.site.facts import PublishedEdition, SiteFacts
from maturity.publishing.site.languages import Words
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
    """An edition that stands, with what changed in it since the one that stood before."""

    link: PublishedEdition
    edition: Edition
    changes: tuple[EditionChange, ...]


def steps(facts: SiteFacts) -> tuple[Step, ...]:
    """The editions that stand, the first one first."""
    before, found = None, []
    for link, edition in facts.standing:
        found.append(Step(link=link, edition=edition, changes=changes(before, edition)))
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


def kind_words(words: Words) -> dict[str, str]:
    """Headings over what changed, by kind."""
    return {
        "withdrawn": words.gettext("Withdrawn editions"),
        "moved": words.gettext("Dates that moved"),
        "done": words.gettext("Done"),
        "late": words.gettext("Now late"),
        "entered": words.gettext("New in the roadmap"),
        "left": words.gettext("No longer in the roadmap"),
        "reworded": words.gettext("Said in other words"),
    }


def step_said(found: Sequence[EditionChange], words: Words) -> str:
    """How much changed in an edition, in one sentence."""
    counts = {kind: len({(each.slug, each.number) for each in found if each.kind == kind}) for kind in KINDS}

    def number(kind: str) -> str:
        return words.number(counts[kind])

    parts = {
        "done": words.ngettext(
            "%(count)s action is done", "%(count)s actions are done", counts["done"], count=number("done")
        ),
        "moved": words.ngettext(
            "%(count)s action moved", "%(count)s actions moved", counts["moved"], count=number("moved")
        ),
        "late": words.ngettext("%(count)s became late", "%(count)s became late", counts["late"], count=number("late")),
        "entered": words.ngettext("%(count)s is new", "%(count)s are new", counts["entered"], count=number("entered")),
        "left": words.ngettext("%(count)s left", "%(count)s left", counts["left"], count=number("left")),
    }
    said = [part for kind, part in parts.items() if counts[kind]]
    if not said:
        return words.gettext("No action changed.")
    sentence = words.listed(said)
    return f"{sentence[0].upper()}{sentence[1:]}."


def later_said(days: int, words: Words) -> str:
    """How far a date moved."""
    if days > 0:
        return words.ngettext("%(count)s day later", "%(count)s days later", days, count=words.number(days))
    return words.ngettext("%(count)s day earlier", "%(count)s days earlier", -days, count=words.number(-days))
