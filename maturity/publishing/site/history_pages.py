"""What changed, edition by edition, as pages and as feeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from maturity.publishing.site.feeds import Entry, json_feed, rss
from maturity.publishing.site.history import KINDS, Step
from maturity.publishing.site.labels import kind_words
from maturity.publishing.site.page_writer import Makers, PageWriter
from maturity.publishing.site.paging import paged, part, weight
from maturity.publishing.site.sentences import later_said, step_said
from maturity.publishing.site.spoken import spoken
from maturity.roadmap.ledger import EditionChange

CHANGES_A_PAGE = 100
Changes = Sequence[EditionChange]
PageNames = Sequence[tuple[str, str]]


def changes_pages(writer: PageWriter) -> Makers:
    """The pages of what changed in each edition that stands."""
    if not writer.steps:
        return {writer.path("changes.html"): partial(_nothing, writer)}
    editions = [(step.page, _edition_name(writer, step)) for step in reversed(writer.steps)]
    made: Makers = {}
    for step in writer.steps:
        every = [each for kind in KINDS for each in step.changes if each.kind == kind]
        runs = paged(every, CHANGES_A_PAGE, partial(_weight, _departments(writer, step)))
        parts = [part(step.page, place) for place in range(len(runs))]
        more = [(target, writer.words.gettext("Page %(number)s", number=n)) for n, target in enumerate(parts[1:], 2)]
        for target, run in zip(parts, runs, strict=True):
            made[writer.path(target)] = partial(_page, writer, step, target, run, [*editions, *more])
    return made


def _edition_name(writer: PageWriter, step: Step) -> str:
    return writer.words.gettext("Edition %(number)s", number=step.link.number)


def _weight(departments: Mapping[str, str], change: EditionChange) -> int:
    titles = [weight(each.title) for each in change.words.values()]
    return max(titles, default=0) + weight(
        change.why, change.approved_by, change.slug, departments.get(change.slug, "")
    )  # fmt: skip


def _nothing(writer: PageWriter) -> bytes:
    heading = writer.words.gettext("What changed")
    return writer.page("changes.html", writer.path("changes.html"), pages=[], heading=heading, edition_shown=None)


def _page(writer: PageWriter, step: Step, target: str, run: Changes, pages: PageNames) -> bytes:
    words, names = writer.words, kind_words(writer.words)
    exact = {each.slug: each.precision for each in step.edition.actions}
    groups = [(kind, names[kind], many) for kind in KINDS if (many := [each for each in run if each.kind == kind])]
    return writer.page(
        "changes.html",
        writer.path(target),
        section="changes.html",
        pages=pages,
        edition_shown=step.edition,
        pages_of_actions={*writer.known, *writer.gone},
        heading=words.gettext("What changed in edition %(number)s", number=step.link.number),
        summary=step_said(step.changes, words),
        departments=_departments(writer, step),
        precision_of=lambda slug: exact.get(slug, "month"),
        later=lambda days: later_said(days, words),
        groups=groups,
    )


def _departments(writer: PageWriter, step: Step) -> dict[str, str]:
    """The department of each action, by slug: one action may be there for several."""
    every = (*(each.action for each in writer.gone.values()), *step.edition.actions)
    return {each.slug: each.department for each in every}


def feeds(writer: PageWriter) -> Makers:
    """The feeds of changes."""

    def made(write: Any) -> bytes:
        words, facts = writer.words, writer.facts
        title = f"{words.gettext('Changes to the roadmap')}: {facts.organisation}"
        about = words.gettext("What changed in the roadmap, edition by edition.")
        content: bytes = write(facts, _entries(writer), title, about, words)
        return content

    return {writer.path("feed.xml"): partial(made, rss), writer.path("feed.json"): partial(made, json_feed)}


def _entries(writer: PageWriter) -> list[Entry]:
    root = f"{writer.facts.base}{writer.language}/" if writer.facts.base else ""
    return [
        Entry(
            id=f"sha256:{step.link.sha256}",
            on=step.edition.published_on,
            link=f"{root}{step.page}",
            title=_edition_name(writer, step),
            text=_entry(writer, step),
        )
        for step in reversed(writer.steps)
    ]


def _entry(writer: PageWriter, step: Step) -> str:
    words = writer.words
    said = [step_said(step.changes, words)]
    for each in step.changes[:CHANGES_A_PAGE]:
        if each.kind == "moved" and each.now:
            titles = {language: one.title for language, one in each.words.items()}
            title = spoken(titles, writer.language, each.slug).text
            said.append(f"{title}: {later_said(each.days, words)}. {each.why or words.gettext('No reason was given.')}")
    said.append(words.gettext("Fingerprint of this edition (SHA-256): %(hash)s", hash=step.link.sha256))
    return "\n".join(said)
