"""The page of workshops before a workshop: the list, planning one, its agenda, for each role and in each state."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from types import SimpleNamespace
from typing import cast

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR, Visitor
from maturity.assessment.workshop import Workshop
from maturity.operations import rounds, sign_off, workshop_steps, workshops
from maturity.operations.rounds import Round
from maturity.operations.workshop_lines import AgendaLine
from maturity.operations.workshop_workbook import export_workbook
from maturity.ui import workshop_agreed, workshop_planning
from maturity.ui.context import PageContext
from maturity.ui.workshop_workbook import XLSX
from maturity.words import workshop_planning as words

from ..operations.filled_workbook import fill
from .conftest import open_page, seen_as
from .town import answered, closed, founded, own_store

Start = Callable[..., AppTest]
PARKS_ONLY = seen_as("facilitator", "parks")


def said(at: AppTest) -> str:
    """Everything that the page says in words."""
    parts = [*at.title, *at.markdown, *at.caption, *at.info, *at.warning, *at.error, *at.header]
    return "\n".join(str(each.value) for each in parts)


def opened(start: Start, view_as: Visitor | None = None, **query: str) -> AppTest:
    at = open_page(start(view_as=view_as, **query), "workshop")
    assert not at.exception
    return at


def held(round_: Round) -> tuple[Workshop, ...]:
    return workshops.workshops(own_store(), LOCAL_ADMINISTRATOR, round_)


def planned(round_: Round, *questions: str, department: str | None = "parks", name: str = "Talk") -> Workshop:
    lines = [AgendaLine(department="parks", question=each) for each in questions]
    return workshops.plan_workshop(own_store(), LOCAL_ADMINISTRATOR, round_, department, name, lines)


def agenda(workshop: Workshop) -> list[str | None]:
    return [each.question for each in workshops.agenda(own_store(), LOCAL_ADMINISTRATOR, workshop)]


def press(at: AppTest, label: str) -> AppTest:
    return next(each for each in at.main.button if each.label.startswith(label)).click().run()


@pytest.fixture
def town() -> Round:
    """An open round in which Parks and Housing take part."""
    return founded()


def test_an_empty_store_and_an_empty_round_say_what_they_wait_for(start: Start) -> None:
    assert "Nothing is set up in this store yet" in said(opened(start))
    founded(opened=False)
    assert words.NO_ROUND in said(opened(start))
    rounds.open_round(own_store(), LOCAL_ADMINISTRATOR, rounds.rounds(own_store(), LOCAL_ADMINISTRATOR)[0])
    assert words.NO_WORKSHOP in said(opened(start))


def test_a_workshop_is_planned_and_shown_with_its_agenda(start: Start, town: Round) -> None:
    at = opened(start)
    assert at.selectbox(key="plan_about:0").options == ["The whole organisation", "Parks", "Housing"]
    assert words.NO_EXAMPLES in said(at)
    at.text_input(key="plan_name:0").set_value("Parks *talk*")
    at.selectbox(key="plan_about:0").set_value("parks").run()
    at.number_input(key="plan_questions:0").set_value(2).run()
    assert "2 questions: about 8 minutes at 4 minutes a question." in said(at)
    press(at, "Plan the workshop")
    (made,) = held(town)
    assert (made.name, made.department, made.status, len(agenda(made))) == ("Parks *talk*", "parks", "planned", 2)
    assert at.query_params["workshop"] in ([str(made.id)], str(made.id))
    text = said(at)
    assert r"Parks \*talk\*" in text and "**Planned** · Parks · Spring · 0 of 2 questions settled" in text
    assert at.metric[0].value == f"{made.code[:3]} {made.code[3:]}" and words.NOT_OPEN_YET in text


def test_two_clicks_plan_one_workshop(start: Start, town: Round) -> None:
    at = opened(start)
    at.text_input(key="plan_name:0").set_value("Once").run()
    at.button(key="plan_go:0").click()
    clicked = at._tree.get_widget_states()
    at._run(clicked)
    at._run(clicked)
    assert [each.name for each in held(town)] == ["Once"]


def test_a_missing_name_is_said_and_what_was_chosen_stays(start: Start, town: Round) -> None:
    at = opened(start)
    at.selectbox(key="plan_about:0").set_value("housing").run()
    press(at, "Plan the workshop")
    assert "A workshop's name has 1 to 120 characters; enter one." in said(at)
    assert at.selectbox(key="plan_about:0").value == "housing" and held(town) == ()


def test_a_warm_up_comes_first_where_the_framework_has_examples(start: Start) -> None:
    round_ = founded(framework="city-data-maturity")
    at = opened(start)
    at.text_input(key="plan_name:0").set_value("With a warm-up").run()
    assert at.checkbox(key="plan_warm_up:0").value is True
    press(at, "Plan the workshop")
    (made,) = held(round_)
    assert agenda(made)[:2] == [None, None] and len(agenda(made)) == 17
    assert "Before that, a warm-up with 2 worked examples." in said(at)


def test_the_list_tells_what_stands_where_the_newest_first(start: Start, town: Round) -> None:
    planned(town, "a", "b", name="First")
    second = planned(town, "a", department=None, name="Second")
    workshops.open_workshop(own_store(), LOCAL_ADMINISTRATOR, second)
    text = said(opened(start))
    first, then = "** · The whole organisation · 0 of 1 question settled", "** · Parks · 0 of 2 questions settled"
    assert text.index("**Open since ") < text.index(first) < text.index("**Planned on ") < text.index(then)


def test_a_department_s_facilitator_stays_in_the_department(start: Start, town: Round) -> None:
    whole = planned(town, "a", department=None, name="Everybody")
    planned(town, "a", name="Parks only")
    at = opened(start, PARKS_ONLY)
    assert at.selectbox(key="plan_about:0").options == ["Parks"]
    assert "The whole organisation" not in said(at) and "** · Parks · 0 of 1" in said(at)
    refused = opened(start, PARKS_ONLY, workshop=str(whole.id))
    assert "may not run workshops" in said(refused) and "Everybody" not in said(refused)


@pytest.mark.parametrize("role", ["department_lead", "respondent", "reviewer", "leader"])
def test_others_are_refused(start: Start, town: Round, role: str) -> None:
    made = planned(town, "a")
    at = opened(start, seen_as(role, "parks"), workshop=str(made.id))  # type: ignore[arg-type]
    assert "may not run workshops" in said(at) and "Join code" not in said(at) and not at.metric


@pytest.mark.parametrize("asked", ["no-id-at-all", "01a21488-a0d4-77ab-baa7-d3965aca9908"])
def test_an_address_that_leads_nowhere_says_so(start: Start, town: Round, asked: str) -> None:
    assert "choose" in "".join(each.value for each in opened(start, workshop=asked).error)


def test_a_signed_off_round_takes_no_workshop_and_shows_what_was_planned(start: Start, town: Round) -> None:
    made = planned(town, "a", "b")
    sign_off.sign_off_round(own_store(), LOCAL_ADMINISTRATOR, closed(town))
    at = opened(start)
    assert "The round Spring is signed off" in said(at)
    assert not [each for each in at.main.button if each.label == "Plan the workshop"]
    at = opened(start, workshop=str(made.id))
    assert "The round Spring is signed off" in said(at) and "How about a?" in said(at)
    assert not at.main.button


def test_a_round_of_points_has_nothing_to_vote_on(start: Start) -> None:
    founded(framework="partner-readiness")
    assert "counts points and has no levels" in said(opened(start))


def test_lines_are_moved_taken_off_added_and_put_back(start: Start, town: Round) -> None:
    made = planned(town, "a", "b", "m")
    at = opened(start, workshop=str(made.id))
    press(at, "Move down: How about a")
    assert agenda(made) == ["b", "a", "m"]
    press(at, "Take off: How about m")
    assert agenda(made) == ["b", "a"]
    assert next(each for each in at.main.button if each.label.startswith("Move up: How about b")).disabled
    at.selectbox(key="agenda_add").set_value("m").run()
    press(at, "Add to the agenda")
    assert agenda(made) == ["b", "a", "m"]
    press(at, "Put back to the suggested order")
    assert agenda(made) == ["a", "b", "m"]
    for name in "abm":
        press(at, f"Take off: How about {name}")
    assert agenda(made) == [] and words.EMPTY_AGENDA in said(at) and words.NOTHING_TO_OPEN in said(at)


def test_what_has_begun_stays_on_the_agenda(start: Start, town: Round) -> None:
    made = workshops.open_workshop(own_store(), LOCAL_ADMINISTRATOR, planned(town, "b", "a"))
    first = workshops.agenda(own_store(), LOCAL_ADMINISTRATOR, made)[0]
    workshop_steps.go_to(own_store(), LOCAL_ADMINISTRATOR, made, first.id)
    at = opened(start, workshop=str(made.id), part="agenda")
    assert words.ON_IT in said(at)
    off = {each.label: each.disabled for each in at.main.button if each.label.startswith("Take off")}
    assert list(off.values()) == [True, False]
    press(at, "Put back to the suggested order")
    assert agenda(made) == ["b", "a"]


def test_two_facilitators_never_undo_each_other(start: Start, town: Round) -> None:
    made = planned(town, "a", "b", "m")
    at = opened(start, workshop=str(made.id))
    lines = [AgendaLine(department="parks", question=each) for each in ("m", "a", "b")]
    workshops.change_agenda(own_store(), LOCAL_ADMINISTRATOR, town, made, lines)
    press(at, "Take off: How about a")
    assert "Somebody else has changed this workshop meanwhile" in said(at) and agenda(made) == ["m", "a", "b"]
    press(at, "Take off: How about a")
    assert agenda(made) == ["m", "b"]


def test_two_quick_clicks_are_two_steps(start: Start, town: Round) -> None:
    made = planned(town, "a", "b", "m")
    at = opened(start, workshop=str(made.id))
    next(each for each in at.main.button if each.label.startswith("Move up: How about m")).click()
    clicked = at._tree.get_widget_states()
    at._run(clicked)
    at._run(clicked)
    assert agenda(made) == ["m", "a", "b"] and "meanwhile" not in said(at)


def test_the_lobby_is_opened_and_the_room_comes_first_then(start: Start, town: Round) -> None:
    made = planned(town, "a")
    at = press(opened(start, workshop=str(made.id)), "Open the lobby")
    assert not at.exception and held(town)[0].status == "open"
    assert "Open the lobby" not in [each.label for each in at.main.button]


def agreeing() -> Round:
    """A closed round in which five people of Parks agree on level 2 in both questions."""
    round_ = founded()
    for name in ("Ana", "Ben", "Cem", "Dee", "Eve"):
        answered(round_, "parks", 2, name)
    return closed(rounds.find_round(own_store(), LOCAL_ADMINISTRATOR, "Spring"))


def test_while_the_round_is_open_nobody_looks_at_what_agrees(start: Start, town: Round) -> None:
    text = said(opened(start, workshop=str(planned(town, "a").id)))
    assert words.AGREED_LATER in text and "this order looks at no answers" in text.replace("\\", "")


def test_what_agrees_is_listed_before_and_accepted_in_the_room(start: Start) -> None:
    round_ = agreeing()
    made = planned(round_, "m", "b")
    at = opened(start, workshop=str(made.id))
    assert "On 2 questions the answers agree already" in said(at) and words.ACCEPT_WHEN_OPEN in said(at)
    assert at.table[0].value.to_dict("records")[0] == {"Question": "How about a?", "Level": "2 Middle", "Answers": "5"}
    workshops.open_workshop(own_store(), LOCAL_ADMINISTRATOR, made)
    at = opened(start, workshop=str(made.id), part="agenda")
    press(at, "Accept all 2")
    assert "The reason why these are accepted is missing; enter it." in said(at) and agenda(made) == ["m", "b"]
    at.text_input(key="agreed_reason").set_value("Nobody objected").run()
    press(at, "Accept all 2")
    assert agenda(made) == ["m", "b", "a"] and words.NONE_AGREED in said(at)
    settled = {m.question: m.outcome for m in workshops.agenda(own_store(), LOCAL_ADMINISTRATOR, made)}
    assert settled["m"] is None
    assert {each.level for each in (settled["a"], settled["b"]) if each} == {2}
    assert "Settled at level 2 Middle" in said(at) and "2 of 3 questions settled" in said(at)


def test_two_clicks_accept_once(start: Start) -> None:
    made = workshops.open_workshop(own_store(), LOCAL_ADMINISTRATOR, planned(agreeing(), "a", "b"))
    at = opened(start, workshop=str(made.id), part="agenda")
    at.text_input(key="agreed_reason").set_value("Nobody objected")
    next(each for each in at.main.button if each.label == "Accept all 2").click()
    clicked = at._tree.get_widget_states()
    at._run(clicked)
    at._run(clicked)
    (after,) = held(rounds.find_round(own_store(), LOCAL_ADMINISTRATOR, "Spring"))
    assert after.row_version == made.row_version + 1 and not at.error


def test_what_agrees_and_finds_no_room_is_said(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    made = planned(agreeing(), "m", "v")
    for most, sentence in ((3, "so the first 1 can be accepted here, and 1 in"), (2, "2 more questions agree already")):
        monkeypatch.setattr(workshop_agreed, "MOST_MATTERS", most)
        assert sentence in said(opened(start, workshop=str(made.id)))


def test_what_cannot_be_accepted_leaves_the_agenda_as_it_was(start: Start) -> None:
    round_ = agreeing()
    made = workshops.open_workshop(own_store(), LOCAL_ADMINISTRATOR, planned(round_, "m"))
    first = workshops.agenda(own_store(), LOCAL_ADMINISTRATOR, made)[0]
    made = workshop_steps.go_to(own_store(), LOCAL_ADMINISTRATOR, made, first.id)
    workshop_steps.open_vote(own_store(), LOCAL_ADMINISTRATOR, made)
    at = opened(start, workshop=str(made.id), part="agenda")
    at.text_input(key="agreed_reason").set_value("Nobody objected").run()
    press(at, "Accept all 2")
    assert "reveal it before you go on" in said(at) and agenda(made) == ["m"]
    assert at.text_input(key="agreed_reason").value == "Nobody objected"


def test_a_workbook_goes_out_and_comes_back(start: Start, town: Round) -> None:
    made = planned(town, "a", "b")
    written = export_workbook(own_store(), LOCAL_ADMINISTRATOR, town, made)
    cells = {("People", 1): {"Counted in the room": 6}, ("Agreed", 1): {"Agreed level": 9, "Reason": "we said so"}}
    at = opened(start, workshop=str(made.id))
    offered = ["Agenda, cards and question sheets (to print)", "Workbook to fill in (Excel)"]
    assert [each.label for each in at.download_button] == offered
    at.file_uploader(key="workshop_file:0").set_value(("room.xlsx", fill(written, cells), XLSX)).run()
    assert words.NOTHING_RECORDED in said(at) and "Sheet Agreed, cell " in said(at)
    cells["Agreed", 1]["Agreed level"] = 3
    at.file_uploader(key="workshop_file:0").set_value(("room.xlsx", fill(written, cells), XLSX)).run()
    assert "It would record 1 agreed level and 6 people in the room" in said(at) and words.OVER_THEN in said(at)
    press(at, "Record what the workbook says")
    (after,) = held(town)
    assert not at.exception and after.status == "ended"
    assert "The workbook is recorded" in "".join(each.value for each in at.success)
    first = workshops.agenda(own_store(), LOCAL_ADMINISTRATOR, after)[0]
    assert first.outcome is not None and first.outcome.level == 3


def test_what_is_no_workbook_is_refused_in_one_sentence(start: Start, town: Round) -> None:
    at = opened(start, workshop=str(planned(town, "a").id))
    at.file_uploader(key="workshop_file:0").set_value(("room.xlsx", b"no workbook", XLSX)).run()
    assert not at.exception and words.NOTHING_RECORDED in said(at)


class SecondClick(BaseException):
    """What a run that is ended by a click meets, at whatever of the session it touches next."""


class EndedOnce(dict):
    """A session that a second click comes into, just when the workshop that was planned is to be noted."""

    ended = False

    def __setitem__(self, key: object, value: object) -> None:
        if key == workshop_planning.PLANNED and not self.ended:
            self.ended = True
            raise SecondClick
        super().__setitem__(key, value)


def test_a_run_that_a_second_click_ends_plans_once_and_still_leads_to_the_workshop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []
    form = workshop_planning._Form(round=cast(Round, None), number=0, given={})
    session = EndedOnce({workshop_planning.TAKEN: form})

    def planned(*_: object) -> SimpleNamespace:
        made.append("one")
        return SimpleNamespace(id=len(made))

    monkeypatch.setattr(workshop_planning.st, "session_state", session)
    monkeypatch.setattr(workshop_planning.st, "spinner", lambda _: nullcontext())
    monkeypatch.setattr(workshop_planning, "_planned", planned)
    with pytest.raises(SecondClick):
        workshop_planning.plan_what_was_taken(cast(PageContext, None))
    workshop_planning.plan_what_was_taken(cast(PageContext, None))
    assert (made, session) == (["one"], {workshop_planning.PLANNED: "1"})
