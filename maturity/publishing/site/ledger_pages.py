"""The promise ledger as pages: every edition with its hash, and every promised day that moved."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from maturity.publishing.site.facts import PublishedEdition
from maturity.publishing.site.history import Step
from maturity.publishing.site.page_writer import Makers, PageWriter
from maturity.publishing.site.paging import paged, pages_of, weight
from maturity.publishing.site.sentences import step_said, title_of
from maturity.publishing.site.verifying import COMMAND
from maturity.roadmap.editions import Move, PublicAction
from maturity.roadmap.ledger import EDITIONS_FOLDER, edition_file

LEDGER, MOVED = "ledger.html", "moved.html"
EDITIONS_A_PAGE, MOVES_A_PAGE, MOST_MOVES = 24, 60, 20
Moved = tuple[PublicAction, Move]


def ledger_pages(writer: PageWriter) -> Makers:
    """The pages of the editions, the latest first, and those of the days that moved where there are many."""
    links = sorted(writer.facts.editions, key=lambda each: -each.number)
    runs = paged(links, EDITIONS_A_PAGE, lambda each: weight(each.reason))
    pages = pages_of(LEDGER, len(runs))
    made: Makers = {
        writer.path(target): partial(_page, writer, target, run, pages)
        for (target, _), run in zip(pages, runs, strict=True)
    }
    moves = _moves(writer)
    return made | (_moved_pages(writer, moves) if len(_first(writer, moves)) < len(moves) else {})


def _moved_pages(writer: PageWriter, moves: Sequence[Moved]) -> Makers:
    runs = paged(moves, MOVES_A_PAGE, partial(_weight, writer))
    pages = pages_of(MOVED, len(runs))

    def page(target: str, run: Sequence[Moved]) -> bytes:
        said = _moved_said(writer, moves)
        return writer.page("moved.html", writer.path(target), moves=run, pages=pages, moved_said=said, section=LEDGER)

    return {writer.path(target): partial(page, target, run) for (target, _), run in zip(pages, runs, strict=True)}


def _page(writer: PageWriter, target: str, run: Sequence[PublishedEdition], pages: Sequence[Any]) -> bytes:
    told, moves = {step.link.number: step for step in writer.steps}, _moves(writer)
    return writer.page(
        "ledger.html",
        writer.path(target),
        section=LEDGER,
        pages=pages,
        links=[_link(writer, each, told.get(each.number)) for each in run],
        command=COMMAND,
        moves=_first(writer, moves),
        moves_count=len(moves),
        every_move=MOVED,
        moved_said=_moved_said(writer, moves),
    )


def _link(writer: PageWriter, link: PublishedEdition, step: Step | None) -> dict[str, Any]:
    version = step.edition.version if step else None
    return {
        "number": link.number,
        "on": link.published_on,
        "withdrawn": step is None,
        "sha256": link.sha256,
        "withdrawn_on": link.withdrawn_on,
        "reason": link.reason,
        "previous": link.previous,
        "said": step_said(step.changes, writer.words) if step else "",
        "approved_by": version.approved_by if version else "",
        "approved_on": version.approved_on if version else None,
        "released_by": step.edition.approved_by if step else "",
        "page": step.page if step else "",
        "file": f"{EDITIONS_FOLDER}/{edition_file(link.number)}",
    }


def _moves(writer: PageWriter) -> list[Moved]:
    return [(each, move) for each in writer.known.values() for move in each.moves]


def _first(writer: PageWriter, moves: Sequence[Moved]) -> Sequence[Moved]:
    return paged(moves, MOST_MOVES, partial(_weight, writer))[0]


def _weight(writer: PageWriter, moved: Moved) -> int:
    action, move = moved
    return weight(title_of(action, writer.words).text, action.slug, action.department, move.why, move.approved_by)


def _moved_said(writer: PageWriter, moves: Sequence[Moved]) -> str:
    return writer.words.ngettext(
        "%(count)s date has moved since it was first promised.",
        "%(count)s dates have moved since they were first promised.",
        len(moves),
    )
