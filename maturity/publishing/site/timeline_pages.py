"""The timeline as pages: a picture and a table of each run of actions, by phase where there are many."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from maturity.publishing.site.labels import phase_names
from maturity.publishing.site.milestone_pages import EVERY, near
from maturity.publishing.site.page_writer import Makers, PageWriter
from maturity.publishing.site.paging import paged, pages_of, weight
from maturity.publishing.site.sentences import timeline_said, title_of
from maturity.publishing.site.timeline import drawing
from maturity.roadmap.editions import Edition, PublicAction

ROWS_A_PAGE = 50
Actions = Sequence[PublicAction]


def timeline_pages(writer: PageWriter) -> Makers:
    """Every page of the timeline."""
    runs = _runs(writer, _in_order(writer.edition))
    pages = pages_of("timeline.html", len(runs), [_name(writer, run) for run in runs])
    return {
        writer.path(target): partial(_page, writer, target, run, pages)
        for (target, _), run in zip(pages, runs, strict=True)
    }


def _page(writer: PageWriter, target: str, run: Actions, pages: Sequence[Any]) -> bytes:
    edition, words = writer.edition, writer.words
    milestones = near(edition) if edition else ()
    return writer.page(
        "timeline.html",
        writer.path(target),
        heading=words.gettext("Timeline"),
        section="timeline.html",
        pages=pages,
        shown=run,
        summary=timeline_said(edition, run, words) if edition else words.gettext("Nothing is published at present."),
        d=drawing(edition, run, words, milestones) if edition else None,
        milestones=milestones,
        every_milestone=EVERY,
    )


def _in_order(edition: Edition | None) -> list[PublicAction]:
    actions: Actions = edition.actions if edition else ()
    return sorted(actions, key=lambda each: (each.phase, each.start is None, str(each.start), each.slug))


def _runs(writer: PageWriter, ordered: Actions) -> list[Actions]:
    def weigh(each: PublicAction) -> int:
        return weight(title_of(each, writer.words).text, each.owner_role, each.department, each.slug)

    if len(paged(ordered, ROWS_A_PAGE, weigh)) == 1:
        return [ordered]
    by_phase = ([each for each in ordered if each.phase == number] for number in (1, 2, 3, 4))
    return [run for many in by_phase if many for run in paged(many, ROWS_A_PAGE, weigh)]


def _name(writer: PageWriter, run: Actions) -> str:
    return f"{run[0].phase}. {phase_names(writer.words)[run[0].phase - 1]}" if run else ""
