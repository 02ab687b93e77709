"""The facilitator's screen: lobby, vote, reveal, consensus, notes, two facilitators, projector. Phones are called by
their own operations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ME
from maturity.access.roles import Grant, Visitor
from maturity.assessment.workshop import Matter, Outcome, Workshop
from maturity.operations import workshop_joining, workshop_voting, workshops
from maturity.operations import workshop_steps as steps
from maturity.operations.rounds import Round
from maturity.operations.scores import scores_of
from maturity.operations.workshop_lines import AgendaLine
from maturity.ui import workshop_steps

from .conftest import open_page, seen_as
from .town import founded, own_store

Start = Callable[..., AppTest]
OTHER = Visitor(person="somebody-else", name="Ben", grants=(Grant(role="facilitator"),))
FAMILIES = ("leader", "manager", "front-line")


@pytest.fixture(autouse=True)
def quick_fingers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests take steps faster than anybody clicks; one test tries what two quick clicks do."""
    monkeypatch.setattr(workshop_steps, "SAME_CLICK", timedelta(0))


@pytest.fixture
def town() -> Round:
    return founded()


def held(round_: Round, lines: Sequence[str] = ("a", "b"), department: str | None = "parks") -> Workshop:
    """An open workshop on these questions of Parks."""
    agenda = [AgendaLine(department="parks", question=question) for question in lines]
    made = workshops.plan_workshop(own_store(), ME, round_, department, "Parks together", agenda)
    return workshops.open_workshop(own_store(), ME, made)


def people(workshop: Workshop, number: int) -> list[UUID]:
    """So many phones in the room."""
    asked = [
        workshop_joining.Joining(code=workshop.code, ticket=f"{at:022d}", role_family=FAMILIES[at % 3])
        for at in range(number)
    ]
    seats = [
        workshop_joining.seat_of(own_store(), cookie)
        for cookie in workshop_joining.join(own_store(), asked)
        if isinstance(cookie, str)
    ]
    return [seat for seat in seats if seat]


def now(workshop: Workshop) -> Workshop:
    return workshops.find_workshop(own_store(), ME, workshop.id)


def on(workshop: Workshop) -> Matter:
    """What the room is on."""
    seen = now(workshop)
    return next(each for each in workshops.agenda(own_store(), ME, seen) if each.id == seen.current)


def vote(workshop: Workshop, seats: Sequence[UUID], levels: Sequence[int | None]) -> None:
    """Each phone votes in the ballot that is open."""
    matter = on(workshop)
    ballots = [
        workshop_voting.Ballot(
            code=workshop.code, participant=seat, matter=matter.id, ballot=matter.ballot, level=level
        )
        for seat, level in zip(seats, levels, strict=True)
    ]
    assert workshop_voting.cast(own_store(), ballots) == [None] * len(ballots)


def said(at: AppTest) -> str:
    """Everything that the page says, our own HTML included."""
    parts = [*at.markdown, *at.caption, *at.info, *at.warning, *at.success, *at.error, *at.subheader, *at.header]
    parts += [*at.title, *at.get("html")]
    return "\n".join(str(each.value if hasattr(each, "value") else each.proto.body) for each in parts)


def opened(start: Start, workshop: Workshop, view_as: Visitor | None = None, **query: str) -> AppTest:
    at = open_page(start(view_as=view_as, workshop=str(workshop.id), **query), "workshop")
    assert not at.exception
    return at


def press(at: AppTest, label: str) -> AppTest:
    """Click the one button of that name."""
    found = [each for each in at.button if each.label == label]
    assert len(found) == 1, (label, [each.label for each in at.button])
    after = found[0].click().run()
    assert not after.exception
    return after


def buttons(at: AppTest) -> list[str]:
    return [each.label for each in at.button]


def test_the_lobby_says_how_to_join_and_who_is_here(start: Start, town: Round) -> None:
    workshop = held(town)
    people(workshop, 4)
    text = said(opened(start, workshop))
    assert f"{workshop.code[:3]} {workshop.code[3:]}" in text and "/w</b>" in text
    assert 'alt="QR code that opens http' in text and f"/w/{workshop.code}" in text
    assert "4 people are here" in text and "Leader 2, Manager 1, Front line 1" in text
    assert "Fewer than 5 are here. Votes of fewer than 5 are not shown" in text
    assert "Phones cannot reach" in text and "sign" in text
    assert "How about a?" in text and "0 agreed, 2 to go" in text


def test_from_the_lobby_to_a_consensus_that_counts(start: Start, town: Round) -> None:
    workshop = held(town)
    seats = people(workshop, 6)
    at = press(opened(start, workshop), "Begin")
    text = said(at)
    assert "Question 1 of 2" in text and "How about a?" in text and "a nothing" in text and "a all" in text
    at = press(at, "Open the vote")
    assert "0 of 6 have voted" in said(at) and "1:00" in said(at)
    vote(workshop, seats[:4], [1, 1, 2, 3])
    text = said(at.run())
    assert "4 of 6 have voted" in text and "Votes</caption>" not in text
    at = press(at, "30 seconds more")
    assert "1:30" in said(at)
    vote(workshop, seats[4:], [3, None])
    at = press(at, "Reveal the votes")
    text = said(at)
    assert "Somebody who chose 1 and somebody who chose 3 explain first." in text and "2 more votes possible" in text
    assert '<tr><th scope="row">1 Low</th><td>2</td></tr>' in text and "Don't know</th><td>1</td>" in text.replace(
        "&#x27;", "'"
    )
    assert '<tr><th scope="row">Median</th><td>2</td></tr>' in text
    at = press(at, "Record the consensus")
    name = f"consensus-{on(workshop).id}"
    press(at, "Record")
    assert "Choose the level that the room agrees on" in said(at)
    at.radio(key=f"{name}-level").set_value(3)
    press(at, "Record")
    assert "Write in a sentence why the room agrees" in said(at)
    at.text_area(key=f"{name}-reason").set_value("It is <written> down")
    at.text_area(key=f"{name}-minority").set_value("One sees 1")
    at.text_area(key=f"{name}-follow").set_value("Tell everybody")
    at.text_input(key=f"{name}-owner").set_value("Ana")
    at = press(at, "Record")
    text = said(at)
    assert "Agreed: 3, High" in text and "It is &lt;written&gt; down" in text and "One sees 1" in text
    assert "Tell everybody (Ana)" in text and "1 Low</th><td>2</td>" in text
    found = scores_of(own_store(), ME, town.name)
    assert found.topic("parks", "one").score == 3.0
    at = press(at, "Next question")
    assert "Question 2 of 2" in said(at)


def test_the_score_on_results_follows_the_consensus(start: Start, town: Round) -> None:
    workshop = held(town)
    turned = steps.go_to(own_store(), ME, workshop, workshops.agenda(own_store(), ME, workshop)[0].id)
    at = press(opened(start, turned), "Record without a vote")
    name = f"consensus-{on(turned).id}"
    at.radio(key=f"{name}-level").set_value(2)
    at.text_area(key=f"{name}-reason").set_value("We know it")
    press(at, "Record")
    assert on(turned).outcome == Outcome(level=2, reason="We know it")
    results = open_page(start(), "results")
    assert not results.exception
    assert "2.0" in "\n".join([said(results), *(str(each.value) for each in results.metric)])


def test_a_consensus_is_changed_and_taken_back(start: Start, town: Round) -> None:
    workshop = held(town)
    turned = steps.go_to(own_store(), ME, workshop, workshops.agenda(own_store(), ME, workshop)[0].id)
    steps.record_consensus(own_store(), ME, town, turned, Outcome(level=2, reason="So it is"))
    at = press(opened(start, turned), "Change the consensus")
    name = f"consensus-{on(turned).id}"
    assert at.text_area(key=f"{name}-reason").value == "So it is"
    at.radio(key=f"{name}-level").set_value(1)
    at = press(at, "Record")
    assert "Agreed: 1, Low" in said(at)
    at = press(press(at, "Change the consensus"), "Take the consensus back")
    assert on(turned).outcome is None and "Agreed" not in said(at) and "Open the vote" in buttons(at)


def test_fewer_than_five_votes_are_not_shown(start: Start, town: Round) -> None:
    workshop = held(town)
    seats = people(workshop, 4)
    at = press(press(opened(start, workshop), "Begin"), "Open the vote")
    vote(workshop, seats, [1, 2, 3, 3])
    text = said(press(at, "Reveal the votes"))
    assert "Fewer than 5 voted, so the votes are not shown." in text and "Talk, then record what you agree on." in text
    assert "explain first" not in text and "Votes</caption>" not in text and not at.get("vega_lite_chart")
    assert "Median" not in text


def test_people_vote_at_most_three_times(start: Start, town: Round) -> None:
    workshop = held(town)
    seats = people(workshop, 5)
    at = press(opened(start, workshop), "Begin")
    for ballot, left in enumerate(("2 more votes possible", "1 more vote possible", "No more votes on this one"), 1):
        at = press(at, "Open the vote" if ballot == 1 else "Vote again")
        vote(workshop, seats, [1, 2, 2, 2, ballot])
        at = press(at, "Reveal the votes")
        assert (left in said(at)) or ballot == 2  # in the second ballot 2 of 1 and 2 are the ends
    assert "Vote again" not in buttons(at)
    text = said(at)
    assert '<th scope="col">First vote</th><th scope="col">Second vote</th><th scope="col">Third vote</th>' in text


def test_a_question_is_parked_with_a_line_and_taken_up_again(start: Start, town: Round) -> None:
    workshop = held(town)
    at = press(press(opened(start, workshop), "Begin"), "Park it")
    at.text_area(key=f"park-{on(workshop).id}-text").set_value("Ask the *clerk*")
    at = press(at, "Park the question")
    assert "This question is parked." in said(at) and on(workshop).phase == "parked"
    at = press(at, "Notes")
    assert r"Ask the \*clerk\*" in said(at)
    assert "Vote on it now" in buttons(at)


def test_notes_are_kept_listed_and_taken_off(start: Start, town: Round) -> None:
    at = press(press(opened(start, held(town)), "Begin"), "Notes")
    press(at, "Keep the note")
    assert "The text of the note is missing" in said(at)
    at.segmented_control(key="note-kind").set_value("action").run()
    at.text_area(key="note-text").set_value("Count the <trees>")
    at.text_input(key="note-owner").set_value("Ana")
    press(at, "Keep the note")
    text = said(at)
    assert r"Count the \<trees\>" in text and "*Ana*" in text and "**Actions**" in text
    assert at.text_area(key="note-text").value == ""
    press(at, "Take off")
    assert "Count the" not in said(at)


def test_another_facilitators_step_is_kept_and_shown(start: Start, town: Round) -> None:
    workshop = held(town)
    at = press(opened(start, workshop), "Begin")
    steps.open_vote(own_store(), OTHER, now(workshop))
    at = press(at, "Open the vote")
    text = said(at)
    assert "Somebody else has gone on in 'Parks together' meanwhile" in text.replace("\\", "")
    assert on(workshop).ballot == 1 and "Reveal the votes" in buttons(at)


def test_a_second_click_of_the_same_hand_does_nothing(
    start: Start, town: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = held(town)
    at = press(press(opened(start, workshop), "Begin"), "Open the vote")
    monkeypatch.setattr(workshop_steps, "SAME_CLICK", timedelta(minutes=1))
    at = press(at, "Reveal the votes")
    assert on(workshop).phase == "voting" and not at.error


def test_what_is_typed_stays_while_another_facilitator_goes_on(start: Start, town: Round) -> None:
    workshop = held(town)
    at = press(press(opened(start, workshop), "Begin"), "Record without a vote")
    first, second = workshops.agenda(own_store(), ME, workshop)
    name = f"consensus-{first.id}"
    at.text_area(key=f"{name}-reason").set_value("What we said")
    at.radio(key=f"{name}-level").set_value(2)
    steps.go_to(own_store(), OTHER, now(workshop), second.id)
    at = press(at, "Record")
    text = said(at)
    assert "Question 2 of 2" in text and "Turn it back to this one" in text
    assert at.text_area(key=f"{name}-reason").value == "What we said"
    at = press(at, "Turn the room back to it")
    assert on(workshop).id == first.id and at.text_area(key=f"{name}-reason").value == "What we said"
    at = press(at, "Record")
    assert on(workshop).outcome == Outcome(level=2, reason="What we said")


def test_a_consensus_of_another_facilitator_is_not_written_over_unseen(start: Start, town: Round) -> None:
    workshop = held(town)
    at = press(press(opened(start, workshop), "Begin"), "Record without a vote")
    name = f"consensus-{on(workshop).id}"
    at.text_area(key=f"{name}-reason").set_value("Mine")
    at.radio(key=f"{name}-level").set_value(2)
    steps.record_consensus(own_store(), OTHER, town, now(workshop), Outcome(level=3, reason="Theirs."))
    at = press(at, "Record")
    assert "Somebody else recorded 3, High, meanwhile: Theirs" in said(at).replace("\\", "")
    assert on(workshop).outcome == Outcome(level=3, reason="Theirs.")
    at = press(at, "Record")
    outcome = on(workshop).outcome
    assert outcome and (outcome.level, outcome.reason) == (2, "Mine")


def test_the_time_runs_out_and_closes_nothing(start: Start, town: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = held(town)
    store = own_store()
    late = replace(store, clock=lambda: datetime.now(UTC) - timedelta(minutes=10))
    turned = steps.go_to(late, ME, workshop, workshops.agenda(store, ME, workshop)[0].id)
    steps.open_vote(late, ME, turned)
    text = said(opened(start, workshop))
    assert "0:00" in text and "take your time" in text
    assert on(workshop).phase == "voting"


def test_the_projector_is_in_the_address_and_has_a_way_out(start: Start, town: Round) -> None:
    workshop = held(town)
    at = opened(start, workshop)
    assert at.sidebar.caption or at.sidebar.selectbox
    at = press(at, "Projector")
    assert at.query_params["projector"] in ("1", ["1"]) and not at.sidebar.selectbox
    again = opened(start, workshop, projector="1")
    assert not again.sidebar.selectbox and [each.value for each in again.title] == ["Parks together"]
    at = press(again, "Leave the projector")
    assert "projector" not in at.query_params and at.sidebar.selectbox


def test_the_workshop_is_ended_after_a_question(start: Start, town: Round) -> None:
    workshop = held(town)
    at = press(opened(start, workshop), "End the workshop")
    assert "2 questions have no consensus" in said(at)
    at = press(at, "Not yet")
    assert now(workshop).status == "open"
    at = press(press(at, "End the workshop"), "End it for good")
    assert now(workshop).status == "ended" and "Open the vote" not in buttons(at)


def test_the_agenda_leads_to_any_question(start: Start, town: Round) -> None:
    workshop = held(town)
    at = opened(start, workshop)
    second = workshops.agenda(own_store(), ME, workshop)[1]
    at.selectbox(key="live-jump").set_value(second.id).run()
    at = press(at, "Go there")
    assert on(workshop).id == second.id and "How about b?" in said(at)
    at = press(at, "Agenda")
    assert now(workshop).current is None and "Begin" in buttons(at)


def test_keys_are_written_on_the_buttons_and_can_be_turned_off(start: Start, town: Round) -> None:
    at = press(opened(start, held(town)), "Begin")
    keys = {each.label: each.proto.shortcut for each in at.button if each.proto.shortcut}
    assert keys == {"Open the vote": "space", "Next question": "n", "Agenda": "b", "Projector": "p"}
    at.toggle(key=workshop_steps.KEYS).set_value(False).run()
    assert not any(each.proto.shortcut for each in at.button)


def test_a_facilitator_of_one_department_runs_that_one(start: Start, town: Round) -> None:
    workshop = held(town)
    at = opened(start, workshop, seen_as("facilitator", "parks"))
    assert "Begin" in buttons(at)
    other = opened(start, workshop, seen_as("facilitator", "housing"))
    assert "Begin" not in buttons(other) and workshop.code[:3] not in said(other)


def test_a_warm_up_shows_the_right_level_and_how_far_off_the_room_was(start: Start) -> None:
    town = founded(framework="city-data-maturity")
    lines = [AgendaLine(example="two-private-lists"), AgendaLine(department="parks", question="data-direction-1")]
    made = workshops.plan_workshop(own_store(), ME, town, "parks", "Parks together", lines)
    workshop = workshops.open_workshop(own_store(), ME, made)
    seats = people(workshop, 5)
    at = press(opened(start, workshop), "Begin")
    text = said(at)
    assert "Warm-up 1 of 1" in text and "The leisure department runs sports halls" in text
    assert "The right level" not in text and "Park it" not in buttons(at)
    at = press(at, "Open the vote")
    vote(workshop, seats, [2, 2, 2, 3, 4])
    at = press(at, "Reveal the votes")
    text = said(at)
    assert "Right: 2, Emerging" in text and "Not level 1, because lists of data sets do exist." in text
    assert "3 of 5 chose 2, the right level; the others were 1 to 2 levels too high." in text
    assert "<b>The right level.</b>" in text
    assert not {"Record the consensus", "Vote again", "Park it"} & set(buttons(at))
    assert "Question 1 of 1" in said(press(at, "Next question"))


def test_made_up_people_are_in_the_demo_alone(start: Start, town: Round) -> None:
    assert not any("made-up" in label for label in buttons(opened(start, held(town))))
