"""What the phone's pages make of questions that are not the usual ones."""

from __future__ import annotations

from dataclasses import replace

from maturity.access.tokens import SEAT_COOKIE
from maturity.framework.model import Marker, Question
from maturity.operations.workshop_joining import seat_of
from maturity.operations.workshop_seats import paper, seat
from maturity.web.workshop_pages import View, seat_page


def view_of(hall, question):
    matter = hall.vote_opens()
    mine = seat(hall.workspace, hall.code, seat_of(hall.workspace, hall.seated().cookies[SEAT_COOKIE]))
    return View(seat=mine, paper=replace(paper(hall.workspace, mine.workshop, matter.id), question=question))


def test_a_question_with_markers_shows_what_must_hold_at_each_level(hall):
    markers = tuple(Marker(level=level, text=f"Sign <{level}>.") for level in (2, 2, 3, 4, 5))
    page = seat_page(view_of(hall, Question(id="m", text="Which signs?", markers=markers))).body.decode()
    assert '<button class="level" name="level" value="1"><b>1. Beginning</b></button>' in page
    assert "<span>Sign &lt;2&gt;. Sign &lt;2&gt;.</span>" in page
    assert page.count('name="level"') == 6


def test_a_question_that_the_round_does_not_know_any_more_can_still_be_voted_on(hall):
    page = seat_page(view_of(hall, None)).body.decode()
    assert "<h1>Worked example</h1>" in page
    assert page.count('name="level"') == 6


def test_what_people_wrote_never_becomes_markup(hall):
    question = Question(id="x", text="<script>alert(1)</script>", descriptors=tuple("<b>&</b>" for _ in range(5)))
    page = seat_page(view_of(hall, question), said='<img src="x">').body.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert page.count("<b>") == 6
