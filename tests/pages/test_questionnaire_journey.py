"""The questionnaire around its questions: who sees what, evidence, last time, sent back, two windows, a closed one."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR
from maturity.assessment.answers import Answer
from maturity.assessment.terms import STRENGTHS, Anonymity, RoundTerms
from maturity.operations import answers, evidence, rounds
from maturity.operations.rounds import Round, find_round
from maturity.storage import terms as stored_terms
from maturity.storage.engine import new_id
from maturity.words import answering
from tests.assessment.test_files import PDF, PROGRAM

from .conftest import open_page, seen_as
from .test_questionnaire import Start, at_question, button, field, mine, stored, words
from .town import closed, founded, own_store


@pytest.fixture
def round_(stores: object) -> Round:
    return founded()


def held(round_: Round, anonymity: Anonymity) -> None:
    own_store().store.write(stored_terms.save_terms, round_.id, RoundTerms(anonymity=anonymity))


def beside(at: AppTest, round_: Round, code: str, changed: Any = None) -> None:
    """Run with the box beside an answer open: AppTest forgets between runs that it is."""
    at.session_state[f"answer:{mine(round_).id}:{code}:beside"] = True
    (changed or at).run()


@pytest.mark.parametrize(
    ("anonymity", "says"),
    [
        ("named", "with your name"),
        ("pseudonymous", "such as Respondent 3, without your name"),
        ("anonymous", "not even you"),
    ],
)
def test_the_start_page_says_who_sees_the_answers(start: Start, round_: Round, anonymity: Anonymity, says: str) -> None:
    held(round_, anonymity)
    at = open_page(start(view_as=seen_as("respondent", "parks")), "questionnaire")
    said = words(at)
    assert says in said and "5 working days before others" in said
    assert "until 1 April 2036" in said and "about 5 minutes" in said and "same link" in said
    assert not at.exception


def test_a_link_to_a_question_leads_to_the_start_page_first(start: Start, round_: Round) -> None:
    at = open_page(start(department="housing", q="a"), "questionnaire")
    assert "Who sees your answers" in [each.value for each in at.header]
    assert at.selectbox(key="answer_department").value == "housing"
    assert answers.mine(own_store(), LOCAL_ADMINISTRATOR, round_) == []  # looking writes nothing


def test_role_and_whom_one_speaks_for_are_said_and_corrected(start: Start, round_: Round) -> None:
    at = open_page(start(view_as=seen_as("respondent", "parks")), "questionnaire")
    at.radio(key="answer_role").set_value("front-line").run()
    at.radio(key="answer_speaks_for").set_value("team").run()
    button(at, "Start").click().run()
    me = mine(round_)
    assert (me.role_family, me.speaks_for) == ("front-line", "team")
    at.radio(key=f"about:{me.id}:role").set_value("unsaid").run()
    assert (mine(round_).role_family, mine(round_).speaks_for) == (None, "team")
    assert "You answer as: role not said, for: my team." in words(at).replace("\\", "")


def test_the_same_link_leads_back_to_the_topics(start: Start, round_: Round) -> None:
    mine(round_)
    at = open_page(start(view_as=seen_as("respondent", "parks")), "questionnaire")
    assert [each.label for each in at.button if each.label == "Answer the first question"]
    whole = open_page(start(), "questionnaire")  # who may answer for several is asked where to go on
    button(whole, "Go on for Parks").click().run()
    assert whole.query_params["department"] == "parks"


def test_files_are_given_refused_and_removed(start: Start, round_: Round) -> None:
    at = at_question(start, "a")
    field(at, "radio", "choice").set_value("level:2").run()
    beside(at, round_, "a")
    beside(at, round_, "a", at.file_uploader[0].set_value(("policy.pdf", PDF, "application/pdf")))
    kept = evidence.my_files(own_store(), LOCAL_ADMINISTRATOR, mine(round_))["a"]
    assert [each.name for each in kept] == ["policy.pdf"]
    assert "with a file" in words(at) and "policy.pdf, 1 kB" in words(at).replace("\\", "")
    beside(at, round_, "a", at.file_uploader[0].set_value(("program.pdf", PROGRAM, "application/pdf")))
    assert "“program.pdf” is not what its name says" in words(at).replace("\\", "")
    beside(at, round_, "a", button(at, "Remove 1").click())
    assert evidence.my_files(own_store(), LOCAL_ADMINISTRATOR, mine(round_)) == {}
    assert not at.exception


def test_strength_and_date_stand_beside_evidence_only(start: Start, round_: Round) -> None:
    at = at_question(start, "a")
    field(at, "radio", "choice").set_value("level:2").run()
    beside(at, round_, "a")
    assert not [each for each in at.radio if each.key and each.key.endswith(":evidence_strength")]
    beside(at, round_, "a", field(at, "text_area", "evidence_note").set_value("The policy"))
    beside(at, round_, "a", field(at, "radio", "evidence_strength").set_value(3))
    beside(at, round_, "a", field(at, "date_input", "evidence_date").set_value("2026-01-31"))
    answer = stored(round_)["a"].answer
    assert (answer.evidence_strength, str(answer.evidence_date)) == (3, "2026-01-31")
    beside(at, round_, "a", button(at, "Clear the date").click())
    assert stored(round_)["a"].answer.evidence_date is None


def test_last_time_is_shown_only_after_the_own_answer(start: Start, round_: Round) -> None:
    before = mine(round_)
    answers.save_answer(own_store(), LOCAL_ADMINISTRATOR, round_, before, Answer(question="a", state="level", level=2))
    answers.send(own_store(), LOCAL_ADMINISTRATOR, round_, before)
    closed(round_)
    store = own_store()
    rounds.open_round(store, LOCAL_ADMINISTRATOR, rounds.create_round(store, LOCAL_ADMINISTRATOR, "Autumn", "small"))
    at = open_page(start(department="parks", round="Autumn", q="a"), "questionnaire")
    button(at, "Start").click().run()
    at = open_page(start(department="parks", round="Autumn", q="a"), "questionnaire")
    assert "Last time" not in words(at)
    field(at, "radio", "choice").set_value("level:3").run()
    assert "Last time, in Spring: level 2, Middle." in words(at).replace("\\", "")


def test_what_came_back_stands_at_the_top_until_it_is_sent_again(start: Start, round_: Round) -> None:
    at = at_question(start, "a")
    field(at, "radio", "choice").set_value("level:2").run()
    me = mine(round_)
    store = own_store()
    answers.send(store, LOCAL_ADMINISTRATOR, round_, me)
    now = store.clock()
    sql = "INSERT INTO sent_back(id, respondent_id, note, sent_by, sent_at) VALUES ($id, $who, $note, 'r', $now)"
    store.store.write(lambda tx: tx.run(sql, id=new_id(now), who=me.id, note="Which *policy*?", now=now))
    sql = "INSERT INTO evidence_flag VALUES ($who, 'a', 'Nothing shows it', 'r', $now)"
    store.store.write(lambda tx: tx.run(sql, who=me.id, now=now))
    answers.take_back(store, LOCAL_ADMINISTRATOR, round_, me)
    at = open_page(start(department="parks"), "questionnaire")
    assert (
        "Sent back on" in words(at)
        and "Which \\*policy\\*" in words(at)
        and ":orange-background[Sent back]" in words(at)
    )
    at = open_page(start(department="parks", q="a"), "questionnaire")
    assert "Nothing shows it" in words(at)
    at = open_page(start(department="parks", step="check"), "questionnaire")
    button(at, "Send").click().run()
    button(at, "Take my answers back").click().run()
    assert "Sent back on" not in "\n".join(each.value for each in at.warning)
    assert [each.label for each in at.expander if each.label.startswith("Notes from")]


def test_two_windows_are_told_of_each_other(start: Start, round_: Round) -> None:
    one, two = at_question(start, "a"), at_question(start, "a")
    field(one, "radio", "choice").set_value("level:1").run()
    field(two, "radio", "choice").set_value("level:3").run()
    said = words(two).replace("\\", "")
    assert "answered in another window just now: Level 1, Low. Here you chose: Level 3, High." in said
    assert stored(round_)["a"].answer.level == 3
    button(two, "Use level 1").click().run()
    assert stored(round_)["a"].answer.level == 1 and field(two, "radio", "choice").value == "level:1"
    assert "another window" not in words(two)
    with own_store().store.reading() as tx:
        levels = [row["level"] for row in tx.rows("SELECT level FROM answer_event ORDER BY made_at")]
    assert levels == [1, 3, 1]


def test_ticks_and_points_of_the_other_window_are_taken_whole(start: Start, round_: Round) -> None:
    for code, kind, name, here, there in (
        ("m", "checkbox", "marker-0", None, True),
        ("p", "number_input", "points", 1.0, 3.0),
    ):
        one, two = at_question(start, code), at_question(start, code)
        if code == "m":
            field(one, "radio", "choice").set_value("markers").run()
        field(one, kind, name).set_value(there).run()
        if code == "m":
            field(two, "radio", "choice").set_value("dont_know").run()
        else:
            field(two, kind, name).set_value(here).run()
        before = stored(round_)[code].answer
        button(two, "Use ").click().run()
        after = stored(round_)[code].answer
        assert after != before and not two.exception
        assert field(two, kind, name).value == there


def test_a_text_from_an_old_window_leaves_the_newer_level(start: Start, round_: Round) -> None:
    old = at_question(start, "a")
    field(old, "radio", "choice").set_value("level:1").run()
    beside(old, round_, "a")
    new = at_question(start, "a")
    field(new, "radio", "choice").set_value("level:3").run()
    beside(old, round_, "a", field(old, "text_area", "comment").set_value("From the old window"))
    answer = stored(round_)["a"].answer
    assert (answer.level, answer.comment) == (3, "From the old window")


def test_the_confirmation_says_what_happens_next(start: Start, round_: Round) -> None:
    at = at_question(start, "a")
    field(at, "radio", "choice").set_value("not_applicable").run()
    at = open_page(start(department="parks", step="check"), "questionnaire")
    button(at, "Send").click().run()
    assert "Say why it does not apply before you send: question 1." in words(at).replace("\\", "")
    at = at_question(start, "a")
    field(at, "text_area", "reason").set_value("We hold no data").run()
    at = open_page(start(department="parks", step="check"), "questionnaire")
    button(at, "Send").click().run()
    said = words(at).replace("\\", "")
    assert f"Reference **PARKS-{mine(round_).id.hex[-6:].upper()}**" in said
    assert "closes on 1 April 2036" in said and "see it from 8 April 2036" in said
    assert "come back to you with a note" in said


def test_a_round_that_closes_meanwhile_says_so_and_keeps_what_was_saved(start: Start, round_: Round) -> None:
    at = at_question(start, "a")
    field(at, "radio", "choice").set_value("level:2").run()
    closed(find_round(own_store(), LOCAL_ADMINISTRATOR))
    field(at, "radio", "choice").set_value("level:3").run()
    assert "The round Spring closed on" in words(at) and "Your 1 saved answer is kept but not sent" in words(at)
    assert not at.exception


def test_a_role_that_ends_meanwhile_is_refused_at_the_next_click(start: Start, round_: Round) -> None:
    at = at_question(start, "a")
    field(at, "radio", "choice").set_value("level:2").run()
    at.session_state["view_as"] = seen_as("respondent", "housing")
    field(at, "radio", "choice").set_value("level:3").run()
    assert stored(round_)["a"].answer.level == 2
    assert "may not answer for the department in this address" in words(at)
    assert not at.exception


def test_an_anonymous_round_is_answered_sent_and_taken_back(start: Start, round_: Round) -> None:
    held(round_, "anonymous")
    at = at_question(start, "a")
    field(at, "radio", "choice").set_value("level:2").run()
    at = open_page(start(department="parks", step="check"), "questionnaire")
    button(at, "Send").click().run()
    sent = at.success[0].value
    assert sent.startswith("1 answer for Parks sent on ") and " at " not in sent
    assert "key to it is thrown away" in words(at)
    again = open_page(start(department="parks"), "questionnaire")
    button(again, "Take my answers back").click().run()
    assert "Go on with question 2" in [each.label for each in again.button]


def test_every_strength_is_explained() -> None:
    assert answering.STRENGTHS.keys() == STRENGTHS.keys()
