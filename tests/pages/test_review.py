"""The review page: its words by hand, then what each role sees and does on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR, Grant, Visitor
from maturity.assessment.answers import Answer
from maturity.assessment.terms import RoundTerms
from maturity.operations import answers, evidence, review, reviewing, rounds
from maturity.operations.review import EvidenceFile
from maturity.operations.rounds import Round
from maturity.storage.terms import save_terms
from maturity.ui import review_words as words
from maturity.words.review_sentences import fresh_sentence

from .conftest import open_page, seen_as
from .town import closed, founded, own_store

Start = Callable[..., AppTest]
OLD = date(2019, 6, 1)


def sends(round_: Round, name: str, level: int, department: str = "parks", **evidence: object) -> None:
    """One person's answer to `a` with evidence, sent."""
    store, visitor = own_store(), Visitor(
        person=f"p-{name}", name=name, grants=(Grant(role="respondent", department=department),)
    )  # fmt: skip
    me = answers.start(store, visitor, round_, department, "manager")
    given = Answer(question="a", state="level", level=level, **evidence)  # type: ignore[arg-type]
    answers.save_answer(store, visitor, round_, me, given)
    answers.save_answer(store, visitor, round_, me, Answer(question="b", state="dont_know"))
    answers.send(store, visitor, round_, me)


@pytest.fixture
def town() -> Round:
    """Ana says 3 with old evidence, Ben 2 with none and a comment; Rob of Housing says 1; Dee has not sent."""
    made = founded()
    sends(made, "Ana", 3, evidence_note="The *old* policy", evidence_date=OLD, evidence_strength=2, confidence=4)
    sends(made, "Ben", 2, comment="<b>Hm</b>")
    sends(made, "Rob", 1, "housing")
    dee = Visitor(person="p-Dee", name="Dee", grants=(Grant(role="respondent", department="parks"),))
    draft = answers.start(own_store(), dee, made, "parks")
    given = Answer(question="a", state="level", level=1, evidence_note="a secret draft")
    answers.save_answer(own_store(), dee, made, draft, given)
    return made


def said(at: AppTest) -> str:
    """Everything that the page says in words."""
    parts = [*at.markdown, *at.caption, *at.info, *at.warning, *at.success, *at.error, *at.subheader, *at.header]
    return "\n".join(str(each.value) for each in parts)


def opened(start: Start, view_as: Visitor | None = None, **query: str) -> AppTest:
    at = open_page(start(view_as=view_as, **query), "review")
    assert not at.exception
    return at


def respondent(round_: Round, who: str) -> str:
    found = review.department_review(own_store(), LOCAL_ADMINISTRATOR, round_, "parks")
    return str(next(key for key, name in found.respondents.items() if name == who))


def test_without_a_round_it_says_what_it_waits_for(start: Start) -> None:
    assert "No round to review. A round can be reviewed from the day it opens" in said(opened(start))


def test_answers_stand_beside_their_evidence_and_drafts_do_not(start: Start, town: Round) -> None:
    at = opened(start)
    text = said(at)
    assert "Value **2.5**, the median of 2 answers" in text
    assert "**3 High**  \nAna, manager  \nConfidence 4 of 5" in text
    assert r"The \*old\* policy  " in text and "Strength 2: written down" in text
    assert "Dated 1 June 2019. :material/hourglass_bottom: **Aged**: was fresh until 1 June 2021" in text
    assert r"“\<b\>Hm\</b\>”" in text and "No evidence" in text
    assert "Dee" not in text and "secret" not in text and "Rob" not in text
    assert [each.value for each in at.metric][:5] == ["2", "25%", "0%", "0 of 1", "0"]
    assert not any("<b>" in each.value for each in at.markdown)


@pytest.mark.parametrize("anonymity", ["pseudonymous", "anonymous"])
def test_where_names_are_not_known_they_are_not_shown(start: Start, town: Round, anonymity: str) -> None:
    own_store().store.write(save_terms, town.id, RoundTerms(anonymity=anonymity))  # type: ignore[arg-type]
    text = said(opened(start))
    assert "Respondent 1" in text and "Respondent 2" in text
    assert "Ana" not in text and "manager" not in text


def test_a_file_is_there_by_name_with_its_download(start: Start, town: Round) -> None:
    store, eva = own_store(), Visitor(
        person="p-Eva", name="Eva", grants=(Grant(role="respondent", department="parks"),)
    )  # fmt: skip
    me = answers.start(store, eva, town, "parks")
    answers.save_answer(store, eva, town, me, Answer(question="a", state="level", level=3))
    evidence.attach_file(store, eva, town, me, "a", "list of registers.txt", b"parks, trees")
    answers.send(store, eva, town, me)
    at = opened(start)
    button = next(each for each in at.get("download_button") if "registers" in each.proto.label)
    assert button.proto.label.startswith(r"list of registers\.txt (1 kB, uploaded on ")
    assert "No date given; answered on" in said(at)


def test_a_reviewer_of_one_department_sees_that_one(start: Start, town: Round) -> None:
    at = opened(start, seen_as("reviewer", "housing"))
    assert at.selectbox(key="review_department").options == ["Housing"]
    assert "Rob" in said(at) and "Ana" not in said(at)
    everywhere = opened(start, seen_as("reviewer"))
    assert everywhere.selectbox(key="review_department").options == ["Parks", "Housing"]
    guessed = opened(start, seen_as("reviewer", "housing"), review_department="parks")
    assert "Ana" not in said(guessed) and "Rob" in said(guessed)


@pytest.mark.parametrize("role", ["facilitator", "department_lead", "respondent", "leader"])
def test_nobody_else_gets_in(start: Start, town: Round, role: str) -> None:
    at = open_page(start(view_as=seen_as(role, "parks")), "review")  # type: ignore[arg-type]
    assert [each.value for each in at.title] == ["This page is not open to you"]
    assert "Ana" not in said(at)


def test_the_filters_leave_what_has_the_mark(start: Start, town: Round) -> None:
    at = opened(start)
    asked = [each.value for each in at.subheader]
    assert asked[0] == "How about a?"
    at.session_state["review_show"] = "aged"
    aged = at.run()
    assert [each.value for each in aged.subheader] == ["How about a?"]
    aged.session_state["review_show"] = "flagged"
    assert "No question here fits what is chosen above" in said(aged.run())


def test_the_list_is_turned_page_by_page(start: Start, town: Round) -> None:
    at = opened(start)
    assert "Questions 1 to 5 of 6" in said(at)
    at = at.button(key="review-on").click().run()
    assert "Question 6 of 6" in said(at) and len(at.subheader) == 1
    at = at.button(key="review-back").click().run()
    assert "Questions 1 to 5 of 6" in said(at)


def test_evidence_is_flagged_with_a_reason_and_cleared(start: Start, town: Round) -> None:
    at, name = opened(start), f"flag:{respondent(town, 'Ana')}:a"
    at.session_state[f"{name}:box"] = True  # AppTest forgets between runs that a box is open
    at.run()
    at.session_state[f"{name}:box"] = True
    at.button(key=f"{name}:set").click().run()
    assert "The reason why the evidence is weak is missing; enter it" in said(at)
    at.session_state[f"{name}:box"] = True
    at.run()
    at.text_area(key=f"{name}:reason").set_value("It was replaced in 2022 *")
    at.session_state[f"{name}:box"] = True
    at.button(key=f"{name}:set").click().run()
    text = said(at)
    assert r"It was replaced in 2022 \*" in text and "Flagged by Local administrator" in text
    assert ":material/flag: Flagged" in text and "The evidence is flagged" in text
    at.button(key=f"{name}:clear").click().run()
    assert "Flagged by" not in said(at) and "The flag is cleared" in said(at)


def form(round_: Round, question: str = "a") -> str:
    return f"value:{round_.id}:parks:{question}"


def test_a_reviewed_value_is_recorded_and_withdrawn(start: Start, town: Round) -> None:
    at, name = opened(start), form(town)
    at.session_state[f"{name}:box"] = True
    at.run()
    at.session_state[f"{name}:box"] = True
    at.button(key=f"{name}:save").click().run()
    assert "Choose the level that you found, then save again" in said(at)
    at.session_state[f"{name}:box"] = True
    at.run()
    at.radio(key=f"{name}:level").set_value(1)
    at.text_area(key=f"{name}:reason").set_value("Only one team follows it")
    at.session_state[f"{name}:box"] = True
    at.button(key=f"{name}:save").click().run()
    text = said(at)
    assert "Value **1 Low**, the reviewer's value; the median of 2 answers is 2.5" in text
    assert "Reviewed value **1 Low**, by Local administrator" in text and "Only one team follows it" in text
    at.session_state[f"{name}:box"] = True
    at.run()
    at.session_state[f"{name}:box"] = True
    at.button(key=f"{name}:withdraw").click().run()
    assert "Value **2.5**, the median of 2 answers" in said(at)


def test_a_value_that_somebody_else_recorded_meanwhile_is_not_overwritten(start: Start, town: Round) -> None:
    at, name = opened(start), form(town)
    at.session_state[f"{name}:box"] = True
    at.run()
    reviewing.record_review(own_store(), LOCAL_ADMINISTRATOR, town, "parks", "a", 2, "mine", expected_version=0)
    at.radio(key=f"{name}:level").set_value(1)
    at.text_area(key=f"{name}:reason").set_value("theirs")
    at.session_state[f"{name}:box"] = True
    at.button(key=f"{name}:save").click().run()
    text = said(at)
    assert "decided elsewhere meanwhile" in text and "Reviewed value **2 Middle**" in text


def test_answers_are_sent_back_with_a_note(start: Start, town: Round) -> None:
    at = opened(start)
    at.session_state["review_view"] = "Send back"
    at.run()
    name = f"back:{town.id}:parks"
    at.button(key=f"{name}:send").click().run()
    assert "Choose whose answers go back, then send again" in said(at)
    whose = at.radio(key=f"{name}:whose")
    assert whose.options == ["Ana", "Ben"]
    whose.set_value(next(each for each in review.department_review(
        own_store(), LOCAL_ADMINISTRATOR, town, "parks").respondents))  # fmt: skip
    at.text_area(key=f"{name}:note").set_value("Which policy is it?")
    at.button(key=f"{name}:send").click().run()
    assert "The answers are open again for the respondent" in said(at)
    assert at.radio(key=f"{name}:whose").options == ["Ben"]


def test_nothing_is_sent_back_in_a_closed_round_and_a_signed_off_one_is_not_offered(start: Start, town: Round) -> None:
    closed(rounds.find_round(own_store(), LOCAL_ADMINISTRATOR, "Spring"))
    at = opened(start)
    at.session_state["review_view"] = "Send back"
    assert "This round is closed, so nobody could answer again" in said(at.run())


def test_self_scores_stand_beside_what_was_found(start: Start, town: Round) -> None:
    at = opened(start)
    at.session_state["review_view"] = "Self-score and review"
    assert "there is nothing to compare" in said(at.run())
    reviewing.record_review(own_store(), LOCAL_ADMINISTRATOR, town, "parks", "a", 1, "seen", expected_version=0)
    at.session_state["table-optimism-review"] = True
    at.session_state["review_view"] = "Self-score and review"
    at.run()
    assert at.table[0].value.to_dict("records") == [
        {"Department": "Parks", "Questions": "1", "Self-score": "2.50", "Reviewed": "1.00", "Difference": "+1.50"}
    ]


def test_the_results_say_how_much_rests_on_fresh_evidence(start: Start, town: Round) -> None:
    at = open_page(start(results_view="Evidence"), "results")
    assert not at.exception
    labels = {each.label: each.value for each in at.metric}
    assert labels["With fresh evidence"] == "0%" and labels["Coverage"] == "25%"
    assert "Nothing that was answered rests on evidence no older than 24 months." in said(at)
    assert list(at.table[0].value.columns) == ["Topic", "Score", "Coverage", "With fresh evidence"]
    assert list(at.table[1].value["Department"]) == ["Parks", "Housing"]
    lead = open_page(start(view_as=seen_as("department_lead", "parks"), results_view="Evidence"), "results")
    assert not lead.exception and "Self-scores beside what was found" not in said(lead)


def test_links_lead_where_they_say_and_nothing_else_is_one() -> None:
    assert words.link("https://a.example/x?y=(1)") == r"[https\://a\.example/x?y=\(1\)](<https://a.example/x?y=(1)>)"
    assert words.link("https://a.example/> <b> [x](y)").endswith("](<https://a.example/%3E%20%3Cb%3E%20[x](y)>)")
    assert words.link("javascript:alert(1)") == r"javascript\:alert\(1\)"


def test_files_are_said_with_size_and_day() -> None:
    file = EvidenceFile(
        id=uuid4(), respondent_id=uuid4(), question="a", name="list_*.pdf", media_type="application/pdf",
        size=1_234_567, sha256="0" * 64, uploaded_at=datetime(2026, 3, 2, tzinfo=UTC),
    )  # fmt: skip
    assert words.file_line(file) == r"list\_\*\.pdf (1.2 MB, uploaded on 2 March 2026)"
    assert [words.file_size(size) for size in (0, 12, 2_400)] == ["empty", "1 kB", "2 kB"]


@pytest.mark.parametrize(
    ("coverage", "fresh", "said"),
    [
        (None, None, "Nothing here applies."),
        (0.0, 0.0, "Nothing is answered here yet, so no evidence is asked for."),
        (0.8, 0.0, "Nothing that was answered rests on evidence no older than 24 months."),
        (0.8, 0.4, "50% of what was answered rests on evidence no older than 24 months."),
        (0.8, 0.8, "Everything that was answered rests on evidence no older than 24 months."),
    ],
)
def test_how_much_is_fresh_in_a_sentence(coverage: float | None, fresh: float | None, said: str) -> None:
    assert fresh_sentence(coverage, fresh, 24) == said


def test_a_reviewer_of_one_department_meets_no_other_on_any_page(start: Start, town: Round) -> None:
    own_store().store.write(save_terms, town.id, RoundTerms(lead_days=0))
    closed(rounds.find_round(own_store(), LOCAL_ADMINISTRATOR, "Spring"))
    at = start(view_as=seen_as("reviewer", "housing"))
    for name in ("home", "review", "results", "roadmap", "help"):
        open_page(at, name)
        assert not at.exception, name
        words = said(at) + "".join(option for box in at.main.selectbox for option in box.options)
        assert "Parks" not in words, name
