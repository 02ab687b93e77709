"""Who has answered: the board for each role and kind of round, and reminders ready to send."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.people import Person
from maturity.access.roles import LOCAL_ADMINISTRATOR, Grant, Visitor
from maturity.assessment.answers import Answer
from maturity.assessment.terms import Anonymity, RoundTerms
from maturity.operations import answers, people, rounds
from maturity.operations.board import board
from maturity.operations.round_changes import change_round, settings_of
from maturity.operations.rounds import Round
from maturity.ui.board import board_table
from maturity.ui.board_reminders import LONGEST_LINK, mail_link
from maturity.words.round_sentences import Reminder

from .conftest import open_page, seen_as
from .town import closed, founded, own_store

Start = Callable[..., AppTest]


def add(name: str, department: str) -> Person:
    email = f"{name.lower()}@town.example"
    return people.add_person(own_store(), LOCAL_ADMINISTRATOR, name, email, "respondent", department)


def say(round_: Round, person: Person, department: str, *, sent: bool) -> None:
    visitor = Visitor(
        person=str(person.id), name=person.name, grants=(Grant(role="respondent", department=department),)
    )
    one = answers.start(own_store(), visitor, round_, department, "front-line")
    answers.save_answer(own_store(), visitor, round_, one, Answer(question="a", state="level", level=2))
    if sent:
        answers.send(own_store(), visitor, round_, one)


def held(anonymity: Anonymity = "named") -> Round:
    """Ann has sent and Bob has begun for Parks; Dee has not begun for Housing."""
    draft = founded(opened=False)
    ann, bob, _ = add("Ann", "parks"), add("Bob", "parks"), add("Dee_x", "housing")
    settings = replace(settings_of(draft), terms=RoundTerms(anonymity=anonymity))
    made = rounds.open_round(
        own_store(), LOCAL_ADMINISTRATOR, change_round(own_store(), LOCAL_ADMINISTRATOR, draft, settings)
    )
    say(made, ann, "parks", sent=True)
    say(made, bob, "parks", sent=False)
    return made


def page(start: Start, view: Visitor | None = None, **query: str) -> AppTest:
    at = open_page(start(view_as=view, **query), "board")
    assert not at.exception
    return at


def words(at: AppTest) -> str:
    kinds = ("markdown", "info", "error", "success", "caption", "header", "code")
    return "\n".join(each.value for kind in kinds for each in at.main.get(kind)).replace("\\", "")


def table(at: AppTest, place: int = 0) -> list[dict[str, str]]:
    return at.main.table[place].value.to_dict("records")


def missing(at: AppTest) -> AppTest:
    at.session_state["board_missing"] = True
    return at.run()


def test_without_an_opened_round_it_says_so(start: Start) -> None:
    founded(opened=False)
    assert "No assessment yet." in words(page(start))
    assert "No round has been opened yet." in words(page(start, seen_as("department_lead", "parks")))


def test_nobody_yet_and_nobody_to_ask(start: Start) -> None:
    founded()
    said = words(page(start))
    assert "No one has answered yet. Nobody holds a role in a department of this round yet" in said
    assert "Remind" not in said


def test_nobody_yet_and_who_was_invited(start: Start) -> None:
    draft = founded(opened=False)
    add("Ann", "parks")
    rounds.open_round(own_store(), LOCAL_ADMINISTRATOR, draft)
    said = words(page(start))
    assert "No one has answered yet. 1 department was invited on" in said and "Send a reminder." in said
    assert "left, until 1 April 2036" in said


def test_the_board_of_a_named_round(start: Start) -> None:
    held()
    at = page(start)
    assert "1 of 3 people invited has sent answers, 1 more has started." in words(at)
    assert {each.label: each.value for each in at.metric} == {
        "Invited": "3", "Started, not sent": "1", "Sent": "1", "With enough answers": "1 of 2",
    }  # fmt: skip
    parks, housing = table(at)
    day = parks.pop("Last activity")
    assert day != "–" and parks == {
        "Department": "Parks", "Invited": "2", "Started": "1", "Questions in drafts": "1", "Sent": "1", "Missing": "1",
        "Enough": "Yes",
    }  # fmt: skip
    assert (housing["Enough"], housing["Last activity"]) == ("No, 1 more", "–")
    at = missing(at)
    assert [(row["Person"], row["How far"]) for row in table(at, 1)] == [
        ("Bob", "1 question answered"), ("Dee\\_x", "Not started"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("anonymity", "sentence"),
    [("pseudonymous", "counted here and not named"), ("anonymous", "nobody can see who has answered")],
)
def test_where_names_are_not_known_nobody_is_named(start: Start, anonymity: Anonymity, sentence: str) -> None:
    held(anonymity)
    at = page(start)
    said = words(at)
    assert sentence in said and "Bob" not in said and not [box for box in at.expander if "missing" in box.label]
    assert ("Missing" in table(at)[0]) is (anonymity == "pseudonymous")


def test_a_head_of_department_sees_their_department_and_reminds_nobody(start: Start) -> None:
    held()
    at = page(start, seen_as("department_lead", "parks"))
    assert [row["Department"] for row in table(at)] == ["Parks"]
    assert "Remind" not in words(at)
    assert "Dee" not in words(missing(at)) and len(table(at, 1)) == 1


def test_a_reminder_is_ready_to_send_and_noted(start: Start) -> None:
    held()
    at = page(start)
    assert at.selectbox(key="board_remind").options == ["All departments (2)", "Parks (1)", "Housing (1)"]
    at.selectbox(key="board_remind").set_value("parks").run()
    said = words(at)
    assert "Spring: send your answers by 1 April 2036" in said
    assert "Your answers for Parks have not been sent yet." in said and "bob@town.example" in said
    assert "Not reminded yet." in said
    next(each for each in at.button if each.label == "Mark as reminded today").click().run()
    assert "Last reminded on" in words(at)
    assert "–" not in [row["Reminded"] for row in table(missing(at), 1)[:1]]


def test_an_anonymous_reminder_goes_to_all(start: Start) -> None:
    held("anonymous")
    said = words(page(start))
    assert "This goes to everybody who was invited" in said and "3 people invited." in said


def test_those_added_since_are_invited_at_a_click(start: Start) -> None:
    held()
    add("Eve", "housing")
    at = page(start)
    assert "1 person got a role since the round was opened and is not invited yet." in words(at)
    next(each for each in at.button if each.label == "Invite 1 person").click().run()
    assert at.metric[0].value == "4" and "not invited yet" not in words(at)


def test_when_all_have_sent_nobody_needs_a_reminder(start: Start) -> None:
    draft = founded(opened=False)
    ann = add("Ann", "parks")
    made = rounds.open_round(own_store(), LOCAL_ADMINISTRATOR, draft)
    say(made, ann, "parks", sent=True)
    assert "Nobody needs a reminder." in words(page(start))


def test_a_closed_round_stays_readable(start: Start) -> None:
    closed(held())
    at = page(start)
    assert "1 of 3 people invited has sent answers" in words(at) and "Remind" not in words(at)


def test_after_the_last_day_the_missing_are_overdue(start: Start) -> None:
    made = held()
    settings = replace(settings_of(made), opens_on=date(2026, 1, 1), closes_on=date(2026, 1, 2))
    change_round(own_store(), LOCAL_ADMINISTRATOR, made, settings)
    at = page(start)
    assert {each.label: each.value for each in at.metric}["Overdue"] == "2"
    assert "The last day was 2 January 2026" in words(at) and table(at)[0]["Overdue"] == "1"


def test_a_phone_gets_four_columns(start: Start) -> None:
    made = held()
    shown = board(own_store(), LOCAL_ADMINISTRATOR, made)
    assert list(board_table(made, shown, narrow=True).columns) == ["Department", "Sent", "Started", "Enough"]
    assert board_table(made, shown, narrow=True)["Sent"].tolist() == ["1 of 2", "0 of 1"]


def test_mail_goes_to_blind_copies_unless_there_are_too_many() -> None:
    made = Reminder(subject="Spring & more", body="Hello,\n\nyes?")
    link = mail_link(made, ("ann@town.example", "bob@town.example"))
    assert link.startswith("mailto:?bcc=ann@town.example,bob@town.example&subject=Spring%20%26%20more&body=")
    assert unquote(link).endswith("Hello,\r\n\r\nyes?")
    long = mail_link(made, tuple(f"person-{number}@town.example" for number in range(100)))
    assert "bcc" not in long and len(long) < LONGEST_LINK


def test_a_leader_signs_off_beside_the_results(start: Start) -> None:
    made = held()
    settings = replace(settings_of(made), terms=replace(made.terms, lead_days=0))
    closed(change_round(own_store(), LOCAL_ADMINISTRATOR, made, settings))
    at = open_page(start(view_as=seen_as("leader")), "results")
    next(each for each in at.button if each.label == "Sign off the round").click().run()
    assert rounds.find_round(own_store(), LOCAL_ADMINISTRATOR, "Spring").status == "signed_off"
    assert "Signed off by" in "\n".join(each.value for each in at.main.caption)
    at = open_page(start(view_as=seen_as("reviewer")), "results")
    assert not [each for each in at.button if "Sign off" in each.label] and not at.exception
