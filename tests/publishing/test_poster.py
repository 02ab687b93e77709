"""The poster: what stands on it, what has no room, and texts that cannot break it."""

import re
from dataclasses import replace
from datetime import date

import pytest

from maturity.publishing.poster import MOST_ROWS, Poster, PosterPhase, PosterRow, poster_page
from maturity.roadmap.milestones import Milestone, MilestoneStand
from maturity.roadmap.phases import phases
from maturity.roadmap.status import Status

STARTS = date(2026, 5, 18)
ROW = PosterRow(
    title="Name an owner", departments=10, place="Parks", owner="Department data owner", start=STARTS,
    finish=date(2026, 8, 2), status=Status(code="not_started"),
)  # fmt: skip


def poster(rows=(ROW,), milestones=(), **more) -> Poster:
    made = tuple(
        PosterPhase(phase=each, rows=tuple(rows) if each.number == 1 else (), milestones=tuple(milestones))
        for each in phases(STARTS)
    )
    given = {
        "organisation": "Town", "plan": "First plan", "approval": "Nothing is approved yet.", "objectives": (),
        "phases": made, "as_of": date(2026, 11, 26),
    }  # fmt: skip
    return Poster(**{**given, **more})


def text(page: str) -> str:
    body = page[page.index("<body>") :]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_it_says_when_where_who_and_how_it_stands():
    late = replace(ROW, title="Inventory", departments=0, place="City-wide", status=Status(code="late", days_late=12))
    said = text(poster_page(poster([ROW, late])))
    assert "Name an owner not started · Q2 to Q3 2026 · 10 departments · Department data owner" in said
    assert "Inventory late, 12 days · Q2 to Q3 2026 · City-wide · Department data owner" in said
    assert "2 actions (11 with each department's own), 0 done" in said
    assert "As of 26 November 2026." in said


def test_it_says_how_milestones_stand():
    mark = Milestone(id="m", name="Half-way", on=date(2026, 11, 15))
    said = text(poster_page(poster(milestones=[MilestoneStand(milestone=mark, code="missed", days=11, needed=())])))
    assert "Half-way , 15 November 2026: missed by 11 days" in said


@pytest.mark.parametrize(
    ("rows", "more"), [(MOST_ROWS, None), (MOST_ROWS + 1, "and 1 more action"), (20, "and 12 more")]
)
def test_what_has_no_room_is_counted(rows, more):
    page = poster_page(poster([ROW] * rows))
    assert page.count('class="not_started"') == min(rows, MOST_ROWS)
    assert ("more action" in page) == (more is not None)
    assert more is None or more in text(page)


def test_what_is_late_is_never_left_out_for_what_is_not():
    late = replace(ROW, title="Behind", status=Status(code="late", days_late=9))
    page = poster_page(poster([ROW] * 30 + [late]))
    assert "Behind" in page


def test_texts_are_escaped_and_there_is_no_script():
    hostile = "<script>alert(1)</script>&\"'"
    row = replace(ROW, title=hostile, owner=hostile, place=hostile, departments=1)
    page = poster_page(poster([row], organisation=hostile, plan=hostile, approval=hostile, objectives=(hostile,)))
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 6
