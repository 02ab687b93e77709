"""Review: who may, what is seen, what it leaves, and that the answers stay as they were."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maturity.access.permissions import NotPermitted
from maturity.access.roles import Grant, Visitor
from maturity.assessment.answers import Answer
from maturity.assessment.scores import Place
from maturity.assessment.terms import RoundTerms
from maturity.framework.model import Framework
from maturity.operations import answers, evidence_ages, reviewing, rounds, scores, setup
from maturity.operations.early_sight import NotShownYet
from maturity.operations.errors import Changed, Refused
from maturity.operations.frameworks import import_framework
from maturity.operations.questionnaire import sent_back_notes
from maturity.operations.review import DepartmentReview, department_review, reviewable_departments
from maturity.operations.rounds import Round, close_round, find_round, open_round
from maturity.operations.sign_off import reopen_round
from maturity.operations.workspace import Workspace
from maturity.storage import audit
from maturity.storage.rounds import set_status
from maturity.storage.tallies import export_rows
from maturity.storage.terms import save_terms
from tests.operations.city import ADMIN, LEADER, PARKS_LEAD

REVIEWER = Visitor(person="rev", name="Rev", grants=(Grant(role="reviewer"),))
PARKS_REVIEWER = Visitor(person="pia", name="Pia", grants=(Grant(role="reviewer", department="parks"),))
FIVE = ["none", "some", "half", "most", "all"]
SMALL = Framework.model_validate(
    {
        "id": "small",
        "version": "1",
        "name": "Small",
        "licence": "CC0-1.0",
        "source": "these tests",
        "levels": [{"level": n, "name": name} for n, name in enumerate(FIVE, 1)],
        "dimensions": [
            {
                "id": "d",
                "name": "D",
                "topics": [
                    {
                        "id": "t",
                        "name": "T",
                        "questions": [
                            *({"id": q, "text": f"{q}?", "descriptors": FIVE} for q in ("q1", "q2")),
                            {"id": "q3", "text": "q3?", "max_points": 4},
                        ],
                    }
                ],
            }
        ],
    }
)


def person(name: str, department: str = "parks") -> Visitor:
    return Visitor(person=f"p-{name}", name=name, grants=(Grant(role="respondent", department=department),))


def level(question: str, value: int, **more: Any) -> Answer:
    return Answer(question=question, state="level", level=value, **more)


def sends(workspace: Workspace, round_: Round, name: str, *given: Answer, department: str = "parks") -> UUID:
    visitor = person(name, department)
    respondent = answers.start(workspace, visitor, round_, department)
    for each in given:
        answers.save_answer(workspace, visitor, round_, respondent, each)
    return answers.send(workspace, visitor, round_, respondent).id


@pytest.fixture
def town(workspace: Workspace) -> Round:
    """An open round of parks and roads. Ana: 4, 2 with evidence of 2020 and without; Ben: 5, with fresh evidence."""
    import_framework(workspace, ADMIN, SMALL)
    setup.create_organisation(workspace, ADMIN, "Town", setup.departments_from_lines("Parks\nRoads"))
    made = open_round(workspace, ADMIN, rounds.create_round(workspace, ADMIN, "2026", "small"))
    old = {"evidence_note": "the old policy", "evidence_date": date(2020, 1, 1), "evidence_strength": 3}
    sends(workspace, made, "Ana", level("q1", 4, **old), level("q2", 2))
    sends(workspace, made, "Ben", level("q1", 5, evidence_link="https://example.org/list", evidence_strength=2))
    sends(workspace, made, "Rob", level("q1", 1), department="roads")
    draft = person("Dee")
    answers.save_answer(workspace, draft, made, answers.start(workspace, draft, made, "parks"), level("q1", 1))
    return find_round(workspace, ADMIN, "2026")


def seen(workspace: Workspace, round_: Round, department: str = "parks") -> DepartmentReview:
    return department_review(workspace, REVIEWER, round_, department)


def answer_of(workspace: Workspace, round_: Round, who: str) -> UUID:
    return next(key for key, name in seen(workspace, round_).respondents.items() if name == who)


def test_a_reviewer_sees_sent_answers_beside_their_evidence(workspace: Workspace, town: Round) -> None:
    found = seen(workspace, town)
    assert [each.question.id for each in found.questions] == ["q1", "q2", "q3"]
    first, second, third = found.questions
    assert [(each.who, each.answer.level) for each in first.answers] == [("Ana", 4), ("Ben", 5)]  # Dee is a draft
    assert (first.score.score, first.score.value_from) == (4.5, "median")
    assert [each.evidence.aged for each in first.answers] == [True, False]
    assert first.marks == {"aged", "unreviewed"}  # strength 3 is strong enough for a high level
    assert second.marks == {"no_evidence", "unreviewed"} and third.marks == frozenset()
    assert found.coverage == pytest.approx(2 / 3) and found.fresh == pytest.approx(1 / 3)


@pytest.mark.parametrize("anonymity", ["pseudonymous", "anonymous"])
def test_names_are_shown_in_named_rounds_only(workspace: Workspace, town: Round, anonymity: Any) -> None:
    # The names came in while the round was named: they are not shown even so.
    workspace.store.write(save_terms, town.id, RoundTerms(anonymity=anonymity))
    found = seen(workspace, find_round(workspace, ADMIN, "2026"))
    assert list(found.respondents.values()) == ["Respondent 1", "Respondent 2"]
    assert "Ana" not in repr(found) and {each.role_family for q in found.questions for each in q.answers} == {None}


def test_respondents_keep_the_number_that_a_pseudonymous_round_gave_them(workspace: Workspace, town: Round) -> None:
    made = rounds.create_round(workspace, ADMIN, "2027", "small")
    workspace.store.write(save_terms, made.id, RoundTerms(anonymity="pseudonymous"))
    opened = open_round(workspace, ADMIN, find_round(workspace, ADMIN, "2027"))
    answers.start(workspace, person("Dee"), opened, "parks")
    for name in "abcdefghij":
        sends(workspace, opened, name, level("q1", 2))
    found = seen(workspace, opened)
    assert list(found.respondents.values()) == [f"Respondent {number}" for number in range(2, 12)]
    assert "p-a" not in repr(found)


def test_only_reviewers_and_administrators_review_and_only_their_departments(workspace: Workspace, town: Round) -> None:
    ana = answer_of(workspace, town, "Ana")
    rob = next(iter(seen(workspace, town, "roads").respondents))
    for visitor in (LEADER, PARKS_LEAD, person("Ana"), Visitor(person="x", name="X")):
        for attempt in (
            lambda v=visitor: department_review(workspace, v, town, "parks"),
            lambda v=visitor: reviewing.flag_evidence(workspace, v, town, ana, "q1", "weak"),
            lambda v=visitor: reviewing.clear_flag(workspace, v, town, ana, "q1"),
            lambda v=visitor: reviewing.send_back(workspace, v, town, ana, "again"),
            lambda v=visitor: reviewing.record_review(workspace, v, town, "parks", "q1", 2, "seen", expected_version=0),
            lambda v=visitor: reviewing.withdraw_review(workspace, v, town, "parks", "q1", expected_version=1),
            lambda v=visitor: evidence_ages.optimism_in_review(workspace, v, town),
        ):
            with pytest.raises(NotPermitted):
                attempt()
    assert [each.code for each in reviewable_departments(PARKS_REVIEWER, town)] == ["parks"]
    department_review(workspace, PARKS_REVIEWER, town, "parks")
    for attempt in (
        lambda: department_review(workspace, PARKS_REVIEWER, town, "roads"),
        lambda: reviewing.flag_evidence(workspace, PARKS_REVIEWER, town, rob, "q1", "weak"),
        lambda: reviewing.clear_flag(workspace, PARKS_REVIEWER, town, rob, "q1"),
        lambda: reviewing.send_back(workspace, PARKS_REVIEWER, town, rob, "again"),
        lambda: reviewing.record_review(workspace, PARKS_REVIEWER, town, "roads", "q1", 2, "seen", expected_version=0),
    ):
        with pytest.raises(NotPermitted, match="roads"):
            attempt()


def test_a_flag_comes_and_goes_and_no_text_about_people_enters_the_trail(workspace: Workspace, town: Round) -> None:
    ana = answer_of(workspace, town, "Ana")
    with pytest.raises(Refused, match="the reason why the evidence is weak is missing"):
        reviewing.flag_evidence(workspace, REVIEWER, town, ana, "q1", "  ")
    reviewing.flag_evidence(workspace, REVIEWER, town, ana, "q1", "Ana's policy is a draft")
    first = seen(workspace, town).questions[0]
    assert first.answers[0].flag and first.answers[0].flag.reason == "Ana's policy is a draft"
    assert first.marks == {"aged", "flagged", "weak", "unreviewed"}  # flagged evidence holds no high level
    assert not first.answers[0].changed_since_flag
    entry = audit.events(workspace.store, 1)[0]
    assert (entry.verb, entry.actor, entry.subject) == ("flag evidence", "rev", "2026")
    assert entry.detail == {"department": "parks", "question": "q1"}
    reviewing.clear_flag(workspace, REVIEWER, town, ana, "q1")
    assert seen(workspace, town).questions[0].answers[0].flag is None


def raw(workspace: Workspace, round_: Round) -> Any:
    with workspace.store.reading() as tx:
        return export_rows(tx, round_.id), tx.rows("SELECT * FROM answer_event ORDER BY id")


def test_a_reviewed_value_stands_beside_the_answers_until_it_is_withdrawn(workspace: Workspace, town: Round) -> None:
    before = raw(workspace, town)
    version = reviewing.record_review(
        workspace, REVIEWER, town, "parks", "q1", 3, "the list is half done", expected_version=0
    )
    first = seen(workspace, town).questions[0]
    assert (first.score.score, first.score.value_from) == (3.0, "review") and "unreviewed" not in first.marks
    assert first.review and (first.review.reason, first.review.decided_by) == ("the list is half done", "rev")
    assert raw(workspace, town) == before
    with pytest.raises(Changed, match="decided elsewhere"):
        reviewing.record_review(workspace, REVIEWER, town, "parks", "q1", 2, "other", expected_version=0)
    with pytest.raises(Changed):
        reviewing.withdraw_review(workspace, REVIEWER, town, "parks", "q1", expected_version=version + 1)
    reviewing.record_review(workspace, REVIEWER, town, "parks", "q3", 1.5, "counted", expected_version=0)
    assert seen(workspace, town).questions[2].score.points == 1.5
    reviewing.withdraw_review(workspace, REVIEWER, town, "parks", "q1", expected_version=version)
    assert seen(workspace, town).questions[0].score.score == 4.5
    assert raw(workspace, town) == before
    verbs = [each.verb for each in audit.events(workspace.store, 3)]
    assert verbs == ["withdraw reviewed value", "record reviewed value", "record reviewed value"]


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        ("q1", 6, "question q1: a level is 1 to 5, not 6"),
        ("q1", 2.5, "question q1: a level is 1 to 5, not 2.5"),
        ("q3", 5, "question q3: points are 0 to 4, not 5"),
        ("q9", 1, "Small has no scored question 'q9'; choose one of the list"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    workspace: Workspace, town: Round, question: str, value: float, words: str
) -> None:
    with pytest.raises(Refused) as refused:
        reviewing.record_review(workspace, REVIEWER, town, "parks", question, value, "seen", expected_version=0)
    assert str(refused.value) == words


def test_what_is_not_there_is_refused_in_a_sentence(workspace: Workspace, town: Round) -> None:
    with pytest.raises(Refused, match="the department 'harbour' does not take part in the round '2026'"):
        department_review(workspace, REVIEWER, town, "harbour")
    with pytest.raises(Refused, match="these answers are not in the round '2026' any more; load the page again"):
        reviewing.flag_evidence(workspace, REVIEWER, town, uuid4(), "q1", "weak")
    with pytest.raises(Refused, match="the answer to q2 was taken back meanwhile"):
        reviewing.flag_evidence(workspace, REVIEWER, town, answer_of(workspace, town, "Ben"), "q2", "weak")
    with pytest.raises(Refused, match="has no reviewed value"):
        reviewing.withdraw_review(workspace, REVIEWER, town, "parks", "q1", expected_version=0)
    with pytest.raises(Refused, match="the reason for the reviewed value is missing"):
        reviewing.record_review(workspace, REVIEWER, town, "parks", "q1", 2, "", expected_version=0)


def test_sent_back_answers_do_not_count_until_they_are_sent_again(workspace: Workspace, town: Round) -> None:
    ana = answer_of(workspace, town, "Ana")
    revision = workspace.revision(town.scope)
    reviewing.send_back(workspace, REVIEWER, town, ana, "What shows the 4? The policy is of 2020.")
    assert workspace.revision(town.scope) > revision
    assert seen(workspace, town).questions[0].score.score == 5.0
    assert list(seen(workspace, town).respondents.values()) == ["Ben"]
    entry = audit.events(workspace.store, 1)[0]
    assert entry.verb == "send answers back" and "policy" not in repr(entry.detail)
    with pytest.raises(Refused, match="these answers are open already"):
        reviewing.send_back(workspace, REVIEWER, town, ana, "again")
    me = person("Ana")
    own = answers.start(workspace, me, town, "parks")
    assert own.status == "started" and answers.my_answers(workspace, me, own)["q1"].answer.level == 4
    told = sent_back_notes(workspace, me, own)
    assert [(each.note, each.current) for each in told] == [("What shows the 4? The policy is of 2020.", True)]
    answers.save_answer(workspace, me, town, own, level("q1", 3))
    answers.send(workspace, me, town, own)
    assert seen(workspace, town).questions[0].score.score == 4.0
    assert [each.current for each in sent_back_notes(workspace, me, own)] == [False]


def test_answers_are_sent_back_only_while_the_round_is_open(workspace: Workspace, town: Round) -> None:
    ana = answer_of(workspace, town, "Ana")
    closed = close_round(workspace, ADMIN, town)
    with pytest.raises(Refused, match="the round '2026' is closed, so nobody could answer again; flag the evidence"):
        reviewing.send_back(workspace, REVIEWER, closed, ana, "again")
    reviewing.flag_evidence(workspace, REVIEWER, closed, ana, "q1", "a closed round can be reviewed")
    reviewing.record_review(workspace, REVIEWER, closed, "parks", "q1", 3, "seen", expected_version=0)


def test_answers_that_nobody_could_open_are_not_sent_back(workspace: Workspace, town: Round) -> None:
    made = rounds.create_round(workspace, ADMIN, "2027", "small")
    workspace.store.write(save_terms, made.id, RoundTerms(anonymity="anonymous"))
    opened = open_round(workspace, ADMIN, find_round(workspace, ADMIN, "2027"))
    one = sends(workspace, opened, "Ana", level("q1", 4))
    two = sends(workspace, opened, "Ben", level("q1", 4))
    reviewing.send_back(workspace, REVIEWER, opened, one, "look again")
    closed = close_round(workspace, ADMIN, opened)
    again = reopen_round(workspace, ADMIN, closed, "one more week")
    with pytest.raises(Refused, match="nobody knows whose they are; flag the evidence instead"):
        reviewing.send_back(workspace, REVIEWER, again, two, "look again")
    assert seen(workspace, again).questions[0].score.score == 4.0

    ben = answer_of(workspace, town, "Ben")
    workspace.store.write(lambda tx: tx.run("UPDATE respondent SET person = NULL WHERE id = $id", id=ben))
    with pytest.raises(Refused, match="nobody is known who could change these answers"):
        reviewing.send_back(workspace, REVIEWER, town, ben, "look again")


def test_nothing_is_reviewed_once_the_round_is_signed_off(workspace: Workspace, town: Round) -> None:
    ana = answer_of(workspace, town, "Ana")
    closed = close_round(workspace, ADMIN, town)
    workspace.store.write(set_status, town.id, "signed_off", closed.row_version)
    for attempt in (
        lambda: reviewing.flag_evidence(workspace, REVIEWER, closed, ana, "q1", "weak"),
        lambda: reviewing.clear_flag(workspace, REVIEWER, closed, ana, "q1"),
        lambda: reviewing.send_back(workspace, REVIEWER, closed, ana, "again"),
        lambda: reviewing.record_review(workspace, REVIEWER, closed, "parks", "q1", 3, "seen", expected_version=0),
        lambda: reviewing.withdraw_review(workspace, REVIEWER, closed, "parks", "q1", expected_version=1),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert str(refused.value).startswith("the round '2026' is signed off, so nothing in it can change;")


def test_fresh_coverage_stands_beside_the_scores_and_ages_with_the_clock(workspace: Workspace, town: Round) -> None:
    before = scores.scores_of(workspace, ADMIN)
    shares = evidence_ages.fresh_shares(workspace, ADMIN, town)
    assert shares[Place("parks", "d", "t")] == pytest.approx(1 / 3)
    assert shares[Place("roads")] == 0.0 and shares[Place()] == pytest.approx(1 / 6)
    now = workspace.clock()
    later = Workspace(url=workspace.url, store=workspace.store, clock=lambda: now + timedelta(days=800))
    assert evidence_ages.fresh_shares(later, ADMIN, town)[Place()] == 0.0
    assert scores.scores_of(later, ADMIN) == before
    assert {place.department for place in evidence_ages.fresh_shares(workspace, PARKS_LEAD, town)} == {"parks"}
    with pytest.raises(NotPermitted):
        evidence_ages.fresh_shares(workspace, person("Ana"), town)


def test_the_days_of_evidence_are_read_again_only_when_the_round_has_changed(
    workspace: Workspace, town: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = evidence_ages.fresh_shares(workspace, ADMIN, town)
    read = evidence_ages.newest_evidence
    asked: list[UUID] = []
    monkeypatch.setattr(evidence_ages, "newest_evidence", lambda tx, of: asked.append(of) or read(tx, of))
    assert evidence_ages.fresh_shares(workspace, ADMIN, town) == before and asked == []
    sends(workspace, town, "Eva", level("q2", 3, evidence_note="the plan"))
    after = evidence_ages.fresh_shares(workspace, ADMIN, town)
    assert asked == [town.id]
    assert after[Place("parks")] == pytest.approx(2 / 3) and before[Place("parks")] == pytest.approx(1 / 3)


def test_optimism_is_shown_for_the_departments_that_one_may_see(workspace: Workspace, town: Round) -> None:
    reviewing.record_review(workspace, REVIEWER, town, "parks", "q1", 3, "seen", expected_version=0)
    reviewing.record_review(workspace, REVIEWER, town, "parks", "q3", 3, "nobody answered it", expected_version=0)
    reviewing.record_review(workspace, REVIEWER, town, "roads", "q1", 2, "seen", expected_version=0)
    told = [(each.department, each.questions, each.difference) for each in
            evidence_ages.optimism_in_review(workspace, REVIEWER, town)]  # fmt: skip
    assert told == [("parks", 1, 1.5), ("roads", 1, -1.0)]
    assert [e.department for e in evidence_ages.optimism_in_review(workspace, PARKS_REVIEWER, town)] == ["parks"]
    with pytest.raises(NotShownYet):  # the round is open
        evidence_ages.optimism_in_results(workspace, LEADER, town)
    assert [e.department for e in evidence_ages.optimism_in_results(workspace, REVIEWER, town)] == ["parks", "roads"]
    assert [e.department for e in evidence_ages.optimism_in_results(workspace, PARKS_REVIEWER, town)] == ["parks"]
    with pytest.raises(NotPermitted):
        evidence_ages.optimism_in_results(workspace, PARKS_LEAD, town)


def test_a_reviewer_of_one_department_reads_the_results_of_that_one_only(workspace: Workspace, town: Round) -> None:
    workspace.store.write(save_terms, town.id, RoundTerms(lead_days=0))
    closed = close_round(workspace, ADMIN, find_round(workspace, ADMIN, "2026"))
    seen_by_pia = scores.scores_of(workspace, PARKS_REVIEWER)
    assert {place.department for place in seen_by_pia.scores} == {"parks"}
    assert {place.department for place in evidence_ages.fresh_shares(workspace, PARKS_REVIEWER, closed)} == {"parks"}
    with pytest.raises(NotPermitted):
        scores.distributions(workspace, PARKS_REVIEWER, closed)
    assert scores.scores_of(workspace, REVIEWER).scores.keys() > seen_by_pia.scores.keys()


DEED = st.tuples(
    st.sampled_from(["flag", "clear", "record", "withdraw"]), st.sampled_from(["q1", "q2", "q3"]), st.integers(0, 4)
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DEED, max_size=8))
def test_reviewing_never_changes_what_people_answered(
    workspace: Workspace, town: Round, deeds: list[tuple[str, str, int]]
) -> None:
    before, ana = raw(workspace, town), answer_of(workspace, town, "Ana")
    for deed, question, value in deeds:
        there = next(each.review for each in seen(workspace, town).questions if each.question.id == question)
        version = there.row_version if there else 0
        with suppress(Refused):
            if deed == "flag":
                reviewing.flag_evidence(workspace, REVIEWER, town, ana, question, "weak")
            elif deed == "clear":
                reviewing.clear_flag(workspace, REVIEWER, town, ana, question)
            elif deed == "record":
                reviewing.record_review(
                    workspace, REVIEWER, town, "parks", question, value, "seen", expected_version=version
                )
            else:
                reviewing.withdraw_review(workspace, REVIEWER, town, "parks", question, expected_version=version)
    assert raw(workspace, town) == before
