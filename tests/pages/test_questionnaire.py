"""The questionnaire: who may answer for whom, what is saved when, and what a failure leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR
from maturity.operations import answers
from maturity.operations.answers import Respondent
from maturity.operations.rounds import Round, find_round

from .conftest import open_page, seen_as
from .town import SMALL, answered, closed, founded, own_store

Start = Callable[..., AppTest]


@pytest.fixture
def round_(stores: object) -> Round:
    return founded()


def heard() -> answers.RoundProgress:
    """Who has started and sent in the latest round."""
    return answers.progress(own_store(), LOCAL_ADMINISTRATOR, find_round(own_store(), LOCAL_ADMINISTRATOR))


def at_question(start: Start, code: str, department: str = "parks") -> AppTest:
    mine(find_round(own_store(), LOCAL_ADMINISTRATOR), department)  # started, as after the start page
    return open_page(start(department=department, q=code), "questionnaire")


def mine(round_: Round, department: str = "parks") -> Respondent:
    return answers.start(own_store(), LOCAL_ADMINISTRATOR, round_, department)


def stored(round_: Round, department: str = "parks") -> dict[str, answers.StoredAnswer]:
    return answers.my_answers(own_store(), LOCAL_ADMINISTRATOR, mine(round_, department))


def field(at: AppTest, kind: str, name: str) -> Any:
    return next(each for each in getattr(at, kind) if each.key and each.key.endswith(f":{name}"))


def button(at: AppTest, label: str) -> Any:
    return next(each for each in at.button if each.label.startswith(label))


def words(at: AppTest) -> str:
    shown = [*at.main.markdown, *at.main.caption, *at.main.info, *at.main.error, *at.main.success, *at.main.warning]
    return "\n".join(each.value for each in shown)


def test_without_an_open_round_it_says_so_and_leads_on(start: Start) -> None:
    at = open_page(start(), "questionnaire")
    assert "No assessment yet" in words(at)
    closed(founded())
    at = open_page(start(), "questionnaire")
    assert "The round Spring is closed" in words(at)
    assert not at.exception


def test_starting_says_how_many_questions_and_leads_to_the_topics(start: Start, round_: Round) -> None:
    at = open_page(start(), "questionnaire")
    assert "5 questions" in words(at)  # v is asked only after a yes
    at.selectbox(key="answer_department").set_value("housing").run()
    assert "**Housing**" in words(at)
    button(at, "Start").click().run()
    assert not at.exception
    assert at.query_params["department"] == "housing"
    assert [each for each in words(at).splitlines() if "Not started" in each]
    assert stored(round_, "housing") == {}


def test_a_respondent_is_offered_the_own_department_only(start: Start, round_: Round) -> None:
    at = open_page(start(view_as=seen_as("respondent", "parks")), "questionnaire")
    assert not [each for each in at.selectbox if each.key == "answer_department"]
    assert "**Parks**" in words(at)
    at = open_page(start(view_as=seen_as("respondent", "parks"), department="housing", q="a"), "questionnaire")
    assert "may not answer for the department in this address" in words(at)
    assert heard().started == {}


def test_a_choice_is_saved_at_once_and_a_reload_shows_it(start: Start, round_: Round) -> None:
    at = at_question(start, "a")
    assert field(at, "radio", "choice").value is None
    field(at, "radio", "choice").set_value("level:2").run()
    assert stored(round_)["a"].answer.level == 2
    assert "Saved " in words(at)
    again = at_question(start, "a")
    assert field(again, "radio", "choice").value == "level:2"
    assert "Question 1 of 5" in again.get("progress")[0].proto.text


def test_dont_know_and_not_applicable_are_answers_of_their_own(start: Start, round_: Round) -> None:
    at = at_question(start, "a")
    field(at, "radio", "choice").set_value("dont_know").run()
    assert stored(round_)["a"].answer.state == "dont_know"
    field(at, "radio", "choice").set_value("not_applicable").run()
    assert stored(round_)["a"].answer.state == "not_applicable"
    field(at, "text_area", "reason").set_value("We hold no data").run()
    assert stored(round_)["a"].answer.reason == "We hold no data"


def test_options_and_markers_and_points(start: Start, round_: Round) -> None:
    at = at_question(start, "c")
    field(at, "radio", "choice").set_value("option:y").run()
    assert (stored(round_)["c"].answer.option, stored(round_)["c"].answer.points) == ("y", 2)
    at = at_question(start, "m")
    field(at, "radio", "choice").set_value("markers").run()
    assert stored(round_)["m"].answer.level == 1
    field(at, "checkbox", "marker-1").check().run()
    assert stored(round_)["m"].answer.level == 1  # level 3 without level 2 is none
    field(at, "checkbox", "marker-0").check().run()
    assert stored(round_)["m"].answer.level == 3
    again = at_question(start, "m")
    assert [each.value for each in again.checkbox] == [True, True]
    at = at_question(start, "p")
    field(at, "number_input", "points").set_value(3.0).run()
    assert stored(round_)["p"].answer.points == 3


def test_a_question_that_follows_from_an_answer_appears(start: Start, round_: Round) -> None:
    assert [title.value for title in at_question(start, "v").title] == ["Questionnaire"]
    at = at_question(start, "c")
    field(at, "radio", "choice").set_value("option:y").run()
    at = at_question(start, "v")
    assert [title.value for title in at.title] == ["Two"]
    assert "Question 6 of 6" in at.get("progress")[0].proto.text


def test_a_blank_brings_the_text_back_and_the_button_clears_it(start: Start, round_: Round) -> None:
    at = at_question(start, "a")
    field(at, "radio", "choice").set_value("not_applicable").run()
    field(at, "text_area", "reason").set_value("We hold no data").run()
    field(at, "text_area", "reason").set_value("").run()
    assert field(at, "text_area", "reason").value == "We hold no data"
    assert "The earlier text is kept" in words(at)
    button(at, "Clear the reason").click().run()
    assert stored(round_)["a"].answer.reason is None
    assert field(at, "text_area", "reason").value == ""


def test_evidence_and_confidence_are_kept_when_the_level_changes(start: Start, round_: Round) -> None:
    at = at_question(start, "a")
    field(at, "radio", "choice").set_value("level:2").run()
    beside = f"answer:{mine(round_).id}:a:beside"

    def run(changed: Any) -> None:
        at.session_state[beside] = True  # AppTest forgets between runs that a box is open
        changed.run()

    run(at)
    run(field(at, "text_area", "evidence_note").set_value("The policy"))
    run(field(at, "text_input", "evidence_link").set_value("https://town.example/policy"))
    run(field(at, "radio", "confidence").set_value(4))
    run(field(at, "radio", "choice").set_value("level:3"))
    answer = stored(round_)["a"].answer
    assert (answer.level, answer.evidence_note, answer.confidence) == (3, "The policy", 4)
    run(field(at, "text_input", "evidence_link").set_value("town.example"))
    assert "starts with https://" in words(at).replace("\\", "")
    assert field(at, "text_input", "evidence_link").value == "town.example"
    assert stored(round_)["a"].answer.evidence_link == "https://town.example/policy"


def test_a_failed_save_keeps_the_input_and_says_so(
    start: Start, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = at_question(start, "a")

    def full(*given: object, **more: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(answers, "save_answer", full)
    field(at, "radio", "choice").set_value("level:3").run()
    assert not at.exception
    assert "We could not save your last answer" in words(at)
    assert field(at, "radio", "choice").value == "level:3"
    monkeypatch.undo()


def test_next_goes_through_the_topic_to_its_end_and_on(start: Start, round_: Round) -> None:
    at = at_question(start, "a")
    button(at, "Next").click().run()
    assert at.query_params["q"] == "b"
    button(at, "Next").click().run()
    assert (at.query_params["topic"], at.query_params["step"]) == ("one", "end")
    field(at, "text_area", "would_help").set_value("A colleague").run()
    assert answers.my_notes(own_store(), LOCAL_ADMINISTRATOR, mine(round_))["one"].would_help == "A colleague"
    button(at, "Next: Two").click().run()
    assert [title.value for title in at.title] == ["Two"]
    button(at, "Back").click().run()
    assert at.query_params["step"] == "end"
    button(at, "All topics").click().run()
    assert [title.value for title in at.title] == ["Questionnaire"]


def test_a_whole_topic_stands_on_one_page(start: Start, round_: Round) -> None:
    mine(round_)
    at = open_page(start(department="parks"), "questionnaire")
    at.toggle(key="whole_topic").set_value(True).run()
    button(at, "One").click().run()
    assert len([each for each in at.radio if each.key.endswith(":choice")]) == 2
    assert len(at.text_area) == 2


def test_check_send_and_take_back(start: Start, round_: Round) -> None:
    at = at_question(start, "a")
    field(at, "radio", "choice").set_value("level:2").run()
    at = open_page(start(department="parks", step="check"), "questionnaire")
    assert "Level 2, Middle" in words(at)
    assert "4 questions are not answered yet" in words(at)
    button(at, "Send").click().run()
    assert [title.value for title in at.title] == ["Your answers are sent"]
    assert heard().submitted == {"parks": 1}
    button(at, "Take my answers back").click().run()
    assert [title.value for title in at.title] == ["Questionnaire"]
    assert heard().submitted == {}


def test_a_second_tab_learns_that_the_answers_are_sent(start: Start, round_: Round) -> None:
    tab = at_question(start, "a")
    field(tab, "radio", "choice").set_value("level:2").run()
    answers.send(own_store(), LOCAL_ADMINISTRATOR, round_, mine(round_))
    field(tab, "radio", "choice").set_value("level:1").run()
    assert stored(round_)["a"].answer.level == 2
    assert not tab.exception


def test_nothing_in_the_address_breaks_the_page(start: Start, round_: Round) -> None:
    answered(round_, "housing", 2)
    mine(round_)
    for query in ({"q": "zzz"}, {"topic": "zzz"}, {"step": "zzz"}, {"round": "zzz"}, {"topic": "one", "step": "end"}):
        at = open_page(start(department="parks", **query), "questionnaire")
        assert not at.exception, query
        assert len(at.title) == 1, query


def test_every_kind_of_question_is_in_the_small_framework() -> None:
    assert {each.kind for each in SMALL.questions.values()} == {"levels", "options", "markers", "points"}
