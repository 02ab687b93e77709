"""My department: state, result, who sees it when, differences, and the reply from writing it to taking it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR
from maturity.assessment.terms import RoundTerms
from maturity.operations import replies
from maturity.operations.differences import Difference
from maturity.operations.rounds import Round
from maturity.storage.rounds import round_of, set_status
from maturity.storage.terms import save_terms
from maturity.ui.department_differences import differences_table, short_table
from maturity.words.department_sentences import (
    apart,
    hidden_questions,
    how_many_answered,
    no_difference,
    replied,
    seen_early,
)

from .conftest import open_page, seen_as
from .test_early_sight import everything
from .town import SMALL, answered, closed, founded, own_store

Start = Callable[..., AppTest]
LEAD = seen_as("department_lead", "parks")


@pytest.fixture
def spring() -> Round:
    """Spring, closed today: two people of Parks at opposite ends, one of Housing."""
    round_ = founded()
    answered(round_, "parks", 1, "ann")
    answered(round_, "parks", 3, "ben")
    answered(round_, "housing", 3)
    return closed(round_)


def opened(start: Start, visitor: object = LEAD) -> AppTest:
    return open_page(start(visitor), "department")


def test_the_head_sees_state_result_and_differences(start: Start, spring: Round) -> None:
    at = opened(start)
    said = everything(at)
    assert not at.exception and not at.error
    assert "2 people have sent their answers." in said
    assert "only you and those who run the assessment see this result. From" in said
    assert next(each for each in at.metric if each.label == "Score").value == "2.0"
    assert "Talk about these two first" in said and "2 answers, from level 1 Low to level 3 High" in said
    assert "held by name" in said
    assert "Department" not in [each.label for each in at.selectbox]


def test_whoever_runs_the_round_chooses_the_department_and_does_not_reply(start: Start, spring: Round) -> None:
    at = opened(start, None)
    at.selectbox(key="department_of").select("housing").run()
    said = everything(at)
    assert not at.exception and at.title[0].value == "One department"
    assert "1 person has sent their answers." in said and "Fewer than 2 people answered." in said
    assert "The head of the department has not replied." in said and not at.text_area


@pytest.mark.parametrize("role", ["respondent", "reviewer", "leader"])
def test_it_is_not_for_others(start: Start, spring: Round, role: str) -> None:
    department = "parks" if role == "respondent" else None
    at = opened(start, seen_as(role, department))  # type: ignore[arg-type]
    assert at.title[0].value != "My department" and not at.metric


def test_without_names_two_answers_show_no_spread(start: Start, spring: Round) -> None:
    own_store().store.write(save_terms, spring.id, RoundTerms(anonymity="pseudonymous"))
    said = everything(opened(start))
    assert "Not shown. Fewer than 5 people answered." in said and "from level" not in said


def test_an_open_round_shows_no_spread_and_takes_no_reply(start: Start) -> None:
    answered(founded(), "parks", 2)
    at = opened(start)
    said = everything(at)
    assert "looking twice would tell who said what" in said and "once the round is closed" in said
    assert not at.text_area


def test_nobody_has_answered(start: Start) -> None:
    founded()
    assert "No result yet." in everything(opened(start))


def test_no_round(start: Start) -> None:
    at = opened(start, None)
    assert "No assessment yet." in everything(at)


def test_a_department_outside_the_round(start: Start, spring: Round) -> None:
    at = opened(start, seen_as("department_lead", "zoo"))
    assert "None of your departments takes part in this round." in everything(at)


def test_a_reply_is_written_changed_and_taken_back(start: Start, spring: Round) -> None:
    at = opened(start)
    at.text_area[0].set_value("Two of us were *ill*.").run()
    at.button(key=f"reply:{spring.id}:parks:save").click().run()
    assert not at.exception and any(each.value.startswith("Saved ") for each in at.caption)
    assert at.text_area[0].value == "Two of us were *ill*."
    again = opened(start)
    assert again.text_area[0].value == "Two of us were *ill*."
    again.text_area[0].set_value("We were ill.").run()
    again.button(key=f"reply:{spring.id}:parks:save").click().run()
    (kept,) = replies.replies(own_store(), LOCAL_ADMINISTRATOR, spring)
    assert (kept.reply, kept.row_version) == ("We were ill.", 2)
    again.button(key=f"reply:{spring.id}:parks:drop").click().run()
    assert again.success[0].value == "The reply is taken back." and again.text_area[0].value == ""
    assert replies.replies(own_store(), LOCAL_ADMINISTRATOR, spring) == ()


def test_a_blank_overwrites_nothing(start: Start, spring: Round) -> None:
    replies.reply_to_result(own_store(), LEAD, spring, "parks", "Kept")
    at = opened(start)
    at.text_area[0].set_value("   ").run()
    at.button(key=f"reply:{spring.id}:parks:save").click().run()
    assert at.error[0].value == r"The reply is missing; enter it\."
    assert [each.reply for each in replies.replies(own_store(), LOCAL_ADMINISTRATOR, spring)] == ["Kept"]


def test_two_tabs_keep_both_texts(start: Start, spring: Round) -> None:
    at = opened(start)
    replies.reply_to_result(own_store(), LEAD, spring, "parks", "From the other tab")
    at.text_area[0].set_value("From this tab").run()
    at.button(key=f"reply:{spring.id}:parks:save").click().run()
    assert "changed elsewhere meanwhile" in at.error[0].value and "From the other tab" in at.error[0].value
    assert at.text_area[0].value == "From this tab"
    at.button(key=f"reply:{spring.id}:parks:save").click().run()
    (kept,) = replies.replies(own_store(), LOCAL_ADMINISTRATOR, spring)
    assert kept.reply == "From this tab"


def test_a_signed_off_round_keeps_its_replies(start: Start, spring: Round) -> None:
    replies.reply_to_result(own_store(), LEAD, spring, "parks", "<b>Last</b> word")
    with own_store().store.reading() as tx:
        version = round_of(tx, spring.id).row_version
    own_store().store.write(set_status, spring.id, "signed_off", version)
    at = opened(start)
    said = everything(at)
    assert not at.text_area and "signed off, so nothing can be said to it any more" in said
    assert r"\<b\>Last\</b\> word" in said


def test_home_says_that_the_result_is_there_until_there_is_a_reply(start: Start, spring: Round) -> None:
    said = everything(open_page(start(LEAD), "home")).replace("\\", "")
    assert "The result of Parks is there. Others see it from" in said and "reply if you like" in said
    replies.reply_to_result(own_store(), LEAD, spring, "parks", "Said")
    assert "The result of Parks is there" not in everything(open_page(start(LEAD), "home"))
    assert "is there." not in everything(open_page(start(), "home"))


def test_a_phone_shows_three_columns() -> None:
    found = (Difference(question="a", lowest=1, highest=3, median=2.0, agreement=-1.0, count=2),)
    assert short_table(SMALL, found).to_dict("records") == [
        {"Question": "How about a?", "Answers": "1 to 3, median 2", "Agreement": "-1.00"}
    ]
    assert differences_table(SMALL, found).iloc[0].to_dict() == {
        "Question": "How about a?",
        "Topic": "One",
        "Lowest": "1",
        "Median": "2",
        "Highest": "3",
        "Agreement": "-1.00",
        "People": "2",
    }


def test_sentences() -> None:
    day = date(2027, 3, 12)
    assert seen_early(day, is_open=False) == (
        "Until 12 March 2027 only you and those who run the assessment see this result. From 13 March 2027 everybody "
        "who reads results sees it, with your reply if you write one."
    )
    assert seen_early(day, is_open=True).endswith("Others do once the round is closed, by its dates on 13 March 2027.")
    assert seen_early(None, is_open=True).endswith("Others do once the round is closed.")
    assert how_many_answered(1, 2, 6) == "1 person has sent their answers, 2 have started. 6 people were invited."
    assert how_many_answered(3, 0, 0) == "3 people have sent their answers."
    assert apart("Who?", "1 Low", "3 High", 2) == "“Who?”: 2 answers, from level 1 Low to level 3 High."
    assert hidden_questions(2, 5) == "2 questions not shown. Fewer than 5 people answered."
    assert no_difference(0).startswith("No question was answered by enough") and "alike" in no_difference(3)
    assert replied(["Parks"]) == "The head of Parks replies to the result."
    assert replied(["Parks", "Roads", "Fire"]) == "The heads of Parks, Roads and Fire reply to their results."
