"""Named, pseudonymous and anonymous rounds: what is kept of who answers, and whose answers one may open."""

from __future__ import annotations

from datetime import date

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import COMMAND_LINE, Grant, Visitor
from maturity.access.veil import SOMEBODY, veiled
from maturity.assessment.answers import Answer
from maturity.assessment.terms import Anonymity, RoundTerms
from maturity.framework.model import Applies
from maturity.operations import answers
from maturity.operations.errors import Changed, Refused
from maturity.operations.frameworks import import_framework
from maturity.operations.own import OVER
from maturity.operations.questions import is_asked
from maturity.operations.rounds import Round, close_round, create_round, find_round, open_round
from maturity.operations.setup import Department, create_organisation
from maturity.operations.upkeep import audit_events, problems_of_store
from maturity.operations.workspace import Workspace
from maturity.storage import terms as stored_terms
from tests.assessment.small import framework


def person(name: str, department: str = "x") -> Visitor:
    grants = (Grant(role="respondent", department=department),)
    return Visitor(person=f"person-{name}", name=name.title(), grants=grants)


ANN, BOB = person("ann"), person("bob")


def level(question: str, value: int, **more: object) -> Answer:
    return Answer(question=question, state="level", level=value, **more)  # type: ignore[arg-type]


def opened(workspace: Workspace, anonymity: Anonymity, name: str = "R1", **terms: object) -> Round:
    """An open round held on these terms; the first call sets the town up."""
    if name == "R1":
        create_organisation(
            workspace, COMMAND_LINE, "Town", [Department(code="x", name="X"), Department(code="y", name="Y")]
        )
        import_framework(workspace, COMMAND_LINE, framework())
    made = create_round(workspace, COMMAND_LINE, name, "small")
    kept = RoundTerms(anonymity=anonymity, **terms)  # type: ignore[arg-type]
    workspace.store.write(stored_terms.save_terms, made.id, kept)
    return open_round(workspace, COMMAND_LINE, find_round(workspace, COMMAND_LINE, name))


def everything(workspace: Workspace) -> str:
    """Every row of every table as text: what whoever holds the store could read."""
    with workspace.store.reading() as tx:
        return "\n".join(str(row) for table in tx.tables() for row in tx.rows(f"SELECT * FROM {table}"))


def test_a_named_round_keeps_person_and_name(workspace: Workspace) -> None:
    one = answers.start(workspace, ANN, opened(workspace, "named"), "x", "manager", "team")
    assert (one.person, one.label, one.role_family, one.speaks_for) == ("person-ann", "Ann", "manager", "team")


def test_a_pseudonymous_round_numbers_its_people_by_department(workspace: Workspace) -> None:
    round_ = opened(workspace, "pseudonymous")
    labels = [answers.start(workspace, who, round_, "x").label for who in (ANN, BOB, ANN)]
    assert labels == ["Respondent 1", "Respondent 2", "Respondent 1"]
    assert answers.start(workspace, person("cy", "y"), round_, "y").label == "Respondent 1"
    assert answers.start(workspace, ANN, round_, "x").person == "person-ann"


def test_an_anonymous_round_keeps_nothing_of_who_it_was(workspace: Workspace) -> None:
    round_ = opened(workspace, "anonymous")
    one = answers.start(workspace, ANN, round_, "x", "front-line", "myself")
    answers.save_answer(workspace, ANN, round_, one, level("a1", 2, comment="a remark"))
    answers.save_answer(workspace, ANN, round_, one, level("a2", 2))
    answers.withdraw_answer(workspace, ANN, round_, one, "a2")
    answers.clear_text(workspace, ANN, round_, one, "a1", "comment")
    answers.describe(workspace, ANN, round_, one, "manager", None)
    sent = answers.send(workspace, ANN, round_, one)
    answers.take_back(workspace, ANN, round_, one)
    seen = everything(workspace)
    assert "person-ann" not in seen and "Ann" not in seen
    assert (one.label, one.person is not None and len(one.person)) == ("Respondent 1", 64)
    for moment in (one.started_at, sent.submitted_at):
        assert moment is not None and (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)
    assert one.id.int >> 80 == int(one.started_at.timestamp() * 1000)  # the id holds no other time than that
    theirs = [event for event in audit_events(workspace, COMMAND_LINE) if event.subject == str(one.id)]
    assert {event.actor for event in theirs} == {SOMEBODY} and len(theirs) == 3
    with workspace.store.reading() as tx:
        assert {row["actor"] for row in tx.rows("SELECT actor FROM answer_event")} == {SOMEBODY}


def test_an_anonymous_respondent_resumes_while_the_round_is_open_and_nobody_can_after_it(workspace: Workspace) -> None:
    round_ = opened(workspace, "anonymous")
    one = answers.start(workspace, ANN, round_, "x")
    saved = answers.save_answer(workspace, ANN, round_, one, level("a1", 2))
    assert answers.start(workspace, ANN, round_, "x").id == one.id
    assert [each.id for each in answers.mine(workspace, ANN, round_)] == [one.id]
    assert answers.mine(workspace, BOB, round_) == []
    assert answers.my_answers(workspace, ANN, one) == {"a1": saved}
    with pytest.raises(NotPermitted, match="belong to somebody else"):
        answers.my_answers(workspace, BOB, one)
    close_round(workspace, COMMAND_LINE, round_)
    workspace.store.write(stored_terms.drop_round_secret, round_.id)
    with pytest.raises(Refused, match=OVER):
        answers.my_answers(workspace, ANN, one)
    assert answers.mine(workspace, ANN, round_) == []


def test_two_rounds_know_the_same_person_by_two_codes() -> None:
    assert veiled("one", "ann") == veiled("one", "ann") != veiled("two", "ann")
    assert veiled("one", "ann") != veiled("one", "bob")


def test_whom_one_speaks_for_is_corrected_until_sending(workspace: Workspace) -> None:
    round_ = opened(workspace, "named")
    one = answers.start(workspace, ANN, round_, "x", "leader", "department")
    assert answers.start(workspace, ANN, round_, "x", "manager").role_family == "leader"  # going on changes nothing
    now = answers.describe(workspace, ANN, round_, one, "front-line", "team")
    assert (now.role_family, now.speaks_for) == ("front-line", "team")
    for role, speaks, sentence in (("king", None, "no role family"), (None, "all", "nobody to speak for")):
        with pytest.raises(Refused, match=sentence):
            answers.describe(workspace, ANN, round_, one, role, speaks)
    with pytest.raises(NotPermitted, match="belong to somebody else"):
        answers.describe(workspace, BOB, round_, one, None, None)
    answers.save_answer(workspace, ANN, round_, one, level("a1", 2))
    answers.send(workspace, ANN, round_, one)
    with pytest.raises(Refused, match="sent already"):
        answers.describe(workspace, ANN, round_, one, None, None)


def test_a_respondent_of_another_round_is_refused_with_an_open_one(workspace: Workspace) -> None:
    first = opened(workspace, "named")
    one = answers.start(workspace, ANN, first, "x")
    close_round(workspace, COMMAND_LINE, first)
    second = opened(workspace, "named", "R2")
    for change in (
        lambda: answers.save_answer(workspace, ANN, second, one, level("a1", 1)),
        lambda: answers.withdraw_answer(workspace, ANN, second, one, "a1"),
        lambda: answers.send(workspace, ANN, second, one),
        lambda: answers.take_back(workspace, ANN, second, one),
    ):
        with pytest.raises(Refused, match="not of the round 'R2'"):
            change()


def test_only_what_is_asked_can_be_answered(workspace: Workspace) -> None:
    create_organisation(workspace, COMMAND_LINE, "Town", [Department(code="x", name="X")])
    small = framework()
    only = small.questions["a2"].model_copy(update={"applies_to": Applies(roles=("leader",))})
    first = small.dimensions[0]
    topic = first.topics[0].model_copy(
        update={"questions": tuple(only if q.id == "a2" else q for q in first.topics[0].questions)}
    )
    dimension = first.model_copy(update={"topics": (topic, *first.topics[1:])})
    import_framework(
        workspace, COMMAND_LINE, small.model_copy(update={"dimensions": (dimension, *small.dimensions[1:])})
    )
    made = create_round(workspace, COMMAND_LINE, "R1", "small")
    workspace.store.write(stored_terms.save_terms, made.id, RoundTerms(topics=("a",)))
    round_ = open_round(workspace, COMMAND_LINE, find_round(workspace, COMMAND_LINE, "R1"))
    assert list(answers.questions_for(round_, "x", {})) == ["a"] and not is_asked(round_, "x", "b1", {})
    one = answers.start(workspace, ANN, round_, "x", "leader")
    answers.save_answer(workspace, ANN, round_, one, level("a2", 3))
    answers.save_answer(workspace, ANN, round_, one, level("a1", 3))
    with pytest.raises(Refused, match="'b1' is not in Small 1"):
        answers.save_answer(workspace, ANN, round_, one, level("b1", 1))
    answers.describe(workspace, ANN, round_, one, "manager", None)
    with pytest.raises(Refused, match="not among those that you are asked"):
        answers.save_answer(workspace, ANN, round_, one, level("a2", 1))
    answers.send(workspace, ANN, round_, one)  # what is not asked any more is taken back, and stays in the log
    assert set(answers.my_answers(workspace, ANN, one)) == {"a1"}
    assert problems_of_store(workspace, COMMAND_LINE) == []


def test_not_applicable_needs_its_reason_before_it_is_sent(workspace: Workspace) -> None:
    round_ = opened(workspace, "named")
    one = answers.start(workspace, ANN, round_, "x")
    answers.save_answer(workspace, ANN, round_, one, level("a1", 2))
    answers.save_answer(workspace, ANN, round_, one, Answer(question="a2", state="not_applicable"))
    with pytest.raises(Refused, match="say why it does not apply before you send: question 2"):
        answers.send(workspace, ANN, round_, one)
    answers.save_answer(workspace, ANN, round_, one, Answer(question="a2", state="not_applicable", reason="No data"))
    assert answers.send(workspace, ANN, round_, one).status == "submitted"


def test_what_stands_beside_an_answer_stays_when_the_level_changes(workspace: Workspace) -> None:
    round_ = opened(workspace, "named")
    one = answers.start(workspace, ANN, round_, "x")
    of = date(2026, 1, 31)
    answers.save_answer(
        workspace, ANN, round_, one, level("a1", 2, evidence_date=of, evidence_strength=3, confidence=4)
    )
    kept = answers.save_answer(workspace, ANN, round_, one, level("a1", 3)).answer
    assert (kept.evidence_date, kept.evidence_strength, kept.confidence) == (of, 3, 4)
    assert answers.clear_text(workspace, ANN, round_, one, "a1", "evidence_date").answer.evidence_date is None
    with pytest.raises(Refused, match="still to come"):
        answers.save_answer(workspace, ANN, round_, one, level("a1", 3, evidence_date=date(2031, 1, 1)))
    with pytest.raises(Refused, match="nothing beside an answer"):
        answers.clear_text(workspace, ANN, round_, one, "a1", "level")
    with pytest.raises(Changed):
        answers.save_answer(workspace, ANN, round_, one, level("a1", 4), 1)
