"""Milestones: those around the edition's day beside the board and the timeline, all of them on pages of their own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from maturity.publishing.site.page_writer import Makers, PageWriter
from maturity.publishing.site.paging import MOST_TEXT, paged, pages_of, weight
from maturity.roadmap.editions import Edition, PublicMilestone

EVERY = "milestones.html"
MOST_NEAR, MILESTONES_A_PAGE = 12, 80


def in_time(edition: Edition) -> list[PublicMilestone]:
    """All milestones of an edition, by day."""
    return sorted(edition.milestones, key=lambda each: each.on)


def near(edition: Edition) -> Sequence[PublicMilestone]:
    """All milestones by day; of many those that come next, after as many of the last ones as there is room for."""
    every = in_time(edition)
    behind = sum(each.on < edition.published_on for each in every)
    first = max(0, min(behind, len(every) - MOST_NEAR))
    return paged(every[first:], MOST_NEAR, _weight, MOST_TEXT // 4)[0]


def milestone_pages(writer: PageWriter) -> Makers:
    """The pages of all milestones, where there are more than stand beside the board."""
    if writer.edition is None or len(near(writer.edition)) == len(writer.edition.milestones):
        return {}
    runs = paged(in_time(writer.edition), MILESTONES_A_PAGE, _weight)
    pages = pages_of(EVERY, len(runs))

    def page(target: str, run: Sequence[PublicMilestone]) -> bytes:
        return writer.page(
            "milestones.html", writer.path(target), milestones=run, pages=pages, section="timeline.html"
        )  # fmt: skip

    return {writer.path(target): partial(page, target, run) for (target, _), run in zip(pages, runs, strict=True)}


def _weight(milestone: PublicMilestone) -> int:
    return weight(milestone.name, milestone.proves)
