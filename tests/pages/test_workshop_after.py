"""A workshop that has ended, on its page and on the results: what was agreed, what is left, and what is not shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR
from maturity.assessment.terms import Anonymity, RoundTerms
from maturity.assessment.workshop import Outcome, Workshop
from maturity.operations import rounds, workshop_joining, workshop_steps, workshop_voting, workshops
from maturity.operations.rounds import Round
from maturity.operations.workshop_joining import Joining
from maturity.operations.workshop_lines import AgendaLine
from maturity.operations.workshop_voting import Ballot
from maturity.storage.terms import save_terms
from maturity.words import workshop_sentences as words

from .conftest import open_page
from .town import answered, closed, founded, own_store

Start = Callable[..., AppTest]
ADMIN = LOCAL_ADMINISTRATOR
AGREED = Outcome(level=3, reason="*two* registers", minority_view="one is old", follow_up="ask", follow_up_owner="Ben")


def said(at: AppTest) -> str:
    """Everything that the page says in words."""
    parts = [*at.title, *at.markdown, *at.caption, *at.info, *at.warning, *at.error, *at.header, *at.subheader]
    return "\n".join(str(each.value) for each in parts)


def cells(at: AppTest) -> str:
    """Every cell of every table."""
    return "\n".join(str(value) for table in at.table for value in table.value.to_numpy().ravel())


def after(start: Start, workshop: Workshop) -> AppTest:
    at = open_page(start(workshop=str(workshop.id)), "workshop")
    assert not at.exception
    return at


def town(anonymity: Anonymity = "named") -> Round:
    """A closed round in which five people of Parks chose level 1 everywhere."""
    made = founded()
    for number in range(5):
        answered(made, "parks", 1, f"p{number}")
    made = closed(made)
    own_store().store.write(save_terms, made.id, RoundTerms(anonymity=anonymity))
    return rounds.find_round(own_store(), ADMIN, made.name)


def held(round_: Round, levels: list[int | None]) -> Workshop:
    """An ended workshop on two questions: the first voted on and agreed, the second parked; with notes."""
    store = own_store()
    lines = [AgendaLine(department="parks", question=each) for each in ("a", "b")]
    room = workshops.open_workshop(
        store, ADMIN, workshops.plan_workshop(store, ADMIN, round_, "parks", "Our talk", lines)
    )
    people = [
        Joining(code=room.code, ticket=f"t{n:021d}", role_family="manager", name="Asha") for n in range(len(levels))
    ]
    seats = [workshop_joining.seat_of(store, cookie) for cookie in workshop_joining.join(store, people)]
    first, second = workshops.agenda(store, ADMIN, room)
    room = workshop_steps.open_vote(store, ADMIN, workshop_steps.go_to(store, ADMIN, room, first.id))
    ballots = [
        Ballot(code=room.code, participant=seat, matter=first.id, ballot=1, level=level)
        for seat, level in zip(seats, levels, strict=True)
        if seat
    ]
    assert workshop_voting.cast(store, ballots) == [None] * len(levels)
    room = workshop_steps.reveal_votes(store, ADMIN, room)
    room = workshop_steps.record_consensus(store, ADMIN, round_, room, AGREED)
    room = workshop_steps.park(store, ADMIN, workshop_steps.go_to(store, ADMIN, room, second.id), "who keeps it?")
    room = workshop_steps.add_note(store, ADMIN, room, "decision", "we count registers")
    room = workshop_steps.add_note(store, ADMIN, room, "action", "publish", owner="Cy", due_on=date(2026, 5, 1))
    return workshops.end_workshop(store, ADMIN, room)


def test_the_summary_says_what_was_agreed_and_what_is_left(start: Start) -> None:
    at = after(start, held(town(), [1, 2, 3, 3, 3, None]))
    text = said(at)
    for sentence in (
        "1 of 2 questions agreed by 6 people",
        "How about a?",
        r"**Level 3 High.** \*two\* registers",
        r"2 levels above the median of the answers, 1\.",
        "Seen otherwise: one is old",
        "Follow-up: ask (Ben)",
        "we count registers",
        "publish (Cy, by 1 May 2026)",
    ):
        assert sentence in text
    assert "Parked for later" in cells(at) and "who keeps it?" in cells(at)
    labels = {each.label for each in at.get("download_button")}
    assert {"Download the summary to send to everybody", "Download the workshop pack to print"} <= labels


@pytest.mark.parametrize(
    ("anonymity", "who"), [("named", "Asha"), ("pseudonymous", "Participant 1"), ("anonymous", None)]
)
def test_votes_stand_beside_the_consensus_as_people_were_told(start: Start, anonymity: Anonymity, who: str) -> None:
    made = held(town(anonymity), [1, 2, 3, 3, 3, None])
    at = after(start, made)
    assert words.WHOSE_VOTES[anonymity] in said(at)
    boxes = [each for each in at.expander if each.label == "Whose vote was which"]
    assert len(boxes) == (who is not None)
    if who:
        first = workshops.agenda(own_store(), ADMIN, made)[0]
        at.session_state[f"voters-{first.id}"] = True
        assert who in cells(at.run()) and "Don't know" in cells(at)


def test_a_workshop_that_came_to_nothing_says_so(start: Start) -> None:
    store, round_ = own_store(), town()
    room = workshops.plan_workshop(
        store, ADMIN, round_, "parks", "Short", [AgendaLine(department="parks", question="a")]
    )
    text = said(after(start, workshops.end_workshop(store, ADMIN, workshops.open_workshop(store, ADMIN, room))))
    for sentence in (words.NOTHING_AGREED, words.NO_DECISIONS, words.NO_ACTIONS, words.NOBODY_JOINED, words.NO_VOTES):
        assert sentence in text


def test_the_results_name_the_workshop_and_the_reason(start: Start) -> None:
    held(town(), [3] * 5)
    address = {"results_view": "Why", "results_of": "Parks"}
    at = open_page(start(results_part="– – a: How about a?", **address), "results")
    assert not at.exception
    assert "Agreed in the workshop “Our talk”" in said(at) and r"\*two\* registers" in said(at)
    assert "Seen otherwise: one is old" in said(at)
    at = open_page(start(results_part="– One", **address), "results")
    assert "consensus of the workshop “Our talk”" in cells(at)
