"""Files beside answers, what was sent back, and the round before: who may read what, and until when."""

from __future__ import annotations

from uuid import UUID

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import COMMAND_LINE, Grant, Role, Visitor
from maturity.access.veil import SOMEBODY
from maturity.assessment.files import MOST_FILES
from maturity.operations import answers, evidence, reviewing
from maturity.operations.earlier_answers import last_time
from maturity.operations.errors import Refused
from maturity.operations.evidence import NOT_YOURS
from maturity.operations.questionnaire import my_questionnaire
from maturity.operations.rounds import Round, close_round
from maturity.operations.upkeep import audit_events
from maturity.operations.workspace import Workspace
from maturity.storage.rows import Respondent
from tests.assessment.test_files import PDF, PROGRAM

from .test_anonymity import ANN, BOB, level, opened, person


def who(role: Role, department: str | None = None) -> Visitor:
    return Visitor(person=f"{role}-{department}", name=role.title(), grants=(Grant(role=role, department=department),))


def begun(workspace: Workspace, round_: Round, visitor: Visitor = ANN) -> Respondent:
    one = answers.start(workspace, visitor, round_, "x")
    answers.save_answer(workspace, visitor, round_, one, level("a1", 2))
    return one


def test_a_file_is_kept_read_and_removed(workspace: Workspace) -> None:
    round_ = opened(workspace, "named")
    one = begun(workspace, round_)
    file = evidence.attach_file(workspace, ANN, round_, one, "a1", "C:\\docs\\policy.pdf", PDF)
    assert (file.name, file.media_type, file.size) == ("policy.pdf", "application/pdf", len(PDF))
    assert evidence.my_files(workspace, ANN, one) == {"a1": [file]}
    assert evidence.evidence_content(workspace, ANN, file.id) == PDF
    again = evidence.attach_file(workspace, ANN, round_, one, "a1", "copy.pdf", PDF)
    assert again == file  # the same contents twice are one file
    evidence.remove_file(workspace, ANN, round_, one, file.id)
    assert evidence.my_files(workspace, ANN, one) == {}
    with pytest.raises(Refused, match="was removed"):
        evidence.evidence_content(workspace, ANN, file.id)
    with workspace.store.reading() as tx:
        row = tx.one("SELECT name, body, sha256 FROM evidence_file")
    assert row == {"name": "", "body": None, "sha256": file.sha256}
    events = audit_events(workspace, COMMAND_LINE)[:2]
    assert [event.verb for event in events] == ["remove evidence", "give evidence"]
    assert "policy" not in str(events)


def test_what_cannot_be_given_is_refused_and_nothing_is_kept(workspace: Workspace) -> None:
    round_ = opened(workspace, "named")
    one = begun(workspace, round_)
    for question, name, body, sentence in (
        ("a1", "report.pdf", PROGRAM, "is not what its name says"),
        ("a1", "scan.pdf", PDF + bytes(20_000_000), "at most 5 MB"),
        ("a1", "notes.txt", b"", "is empty"),
        ("a2", "policy.pdf", PDF, "has no answer yet"),
    ):
        with pytest.raises(Refused, match=sentence):
            evidence.attach_file(workspace, ANN, round_, one, question, name, body)
    for number in range(MOST_FILES):
        evidence.attach_file(workspace, ANN, round_, one, "a1", f"{number}.pdf", PDF + bytes([number]))
    with pytest.raises(Refused, match=f"there are {MOST_FILES} files"):
        evidence.attach_file(workspace, ANN, round_, one, "a1", "more.pdf", PDF)
    answers.send(workspace, ANN, round_, one)
    with pytest.raises(Refused, match="sent already"):
        evidence.attach_file(workspace, ANN, round_, one, "a1", "late.pdf", PDF)
    file = evidence.my_files(workspace, ANN, one)["a1"][0]
    with pytest.raises(Refused, match="sent already"):
        evidence.remove_file(workspace, ANN, round_, one, file.id)


def test_files_are_read_by_their_respondent_and_reviewers_of_what_was_sent(workspace: Workspace) -> None:
    round_ = opened(workspace, "named")
    one = begun(workspace, round_)
    file = evidence.attach_file(workspace, ANN, round_, one, "a1", "policy.pdf", PDF)
    other = begun(workspace, round_, BOB)
    with pytest.raises(NotPermitted, match=NOT_YOURS):
        evidence.evidence_content(workspace, who("reviewer"), file.id)  # a draft is nobody else's
    with pytest.raises(NotPermitted, match=NOT_YOURS):
        evidence.remove_file(workspace, BOB, round_, other, file.id)
    answers.send(workspace, ANN, round_, one)
    for reader in (ANN, who("reviewer"), who("reviewer", "x"), who("administrator")):
        assert evidence.evidence_content(workspace, reader, file.id) == PDF
    strangers = (
        BOB,
        person("ann", "y"),
        who("reviewer", "y"),
        who("department_lead", "x"),
        who("leader"),
        Visitor(person="", name=""),
    )
    for reader in strangers:
        with pytest.raises(NotPermitted, match=NOT_YOURS):
            evidence.evidence_content(workspace, reader, file.id)
    with pytest.raises(NotPermitted, match=NOT_YOURS):
        evidence.evidence_content(workspace, ANN, UUID(int=1))


def test_anonymous_files_are_their_owners_while_the_round_is_open(workspace: Workspace) -> None:
    round_ = opened(workspace, "anonymous")
    one = begun(workspace, round_)
    file = evidence.attach_file(workspace, ANN, round_, one, "a1", "policy.pdf", PDF)
    assert (file.uploaded_at.hour, file.uploaded_at.minute) == (0, 0)
    assert evidence.evidence_content(workspace, ANN, file.id) == PDF
    with pytest.raises(NotPermitted):
        evidence.evidence_content(workspace, BOB, file.id)
    assert audit_events(workspace, COMMAND_LINE)[0].actor == SOMEBODY


def test_what_was_sent_back_is_current_until_it_is_sent_again(workspace: Workspace) -> None:
    round_ = opened(workspace, "named")
    one = begun(workspace, round_)
    answers.send(workspace, ANN, round_, one)

    reviewer = who("reviewer", "x")
    reviewing.flag_evidence(workspace, reviewer, round_, one.id, "a1", "Nothing shows it")
    reviewing.send_back(workspace, reviewer, round_, one.id, "Which policy?")
    mine = my_questionnaire(workspace, ANN, one)
    assert [(each.note, each.current) for each in mine.sent_back] == [("Which policy?", True)]
    assert mine.flags == {"a1": "Nothing shows it"}
    answers.send(workspace, ANN, round_, one)
    answers.take_back(workspace, ANN, round_, one)
    assert [each.current for each in answers.sent_back_notes(workspace, ANN, one)] == [False]
    assert my_questionnaire(workspace, ANN, one).flags == {}
    with pytest.raises(NotPermitted):
        answers.sent_back_notes(workspace, BOB, one)


def answered_last_time(workspace: Workspace, first: Round, *people: Visitor) -> None:
    for each in people:
        one = answers.start(workspace, each, first, "x")
        answers.save_answer(workspace, each, first, one, level("a1", 2))
        answers.save_answer(workspace, each, first, one, level("a2", 3))
        answers.send(workspace, each, first, one)
    close_round(workspace, COMMAND_LINE, first)


def test_last_time_is_ones_own_answer_or_else_the_departments_value(workspace: Workspace) -> None:
    first = opened(workspace, "named", lead_days=0)
    assert last_time(workspace, ANN, first, answers.start(workspace, ANN, first, "x")) is None
    answered_last_time(workspace, first, ANN)
    second = opened(workspace, "named", "R2")
    mine = last_time(workspace, ANN, second, answers.start(workspace, ANN, second, "x"))
    assert mine is not None and mine.round == "R1"
    assert {code: answer.level for code, answer in mine.own.items()} == {"a1": 2, "a2": 3}
    other = last_time(workspace, BOB, second, answers.start(workspace, BOB, second, "x"))
    assert other is not None and (other.own, other.department) == ({}, {"a1": 2.0, "a2": 3.0})
    with pytest.raises(NotPermitted):
        last_time(workspace, BOB, second, answers.start(workspace, ANN, second, "x"))


def test_last_time_reveals_no_single_answer_of_an_anonymous_round(workspace: Workspace) -> None:
    first = opened(workspace, "anonymous", lead_days=0)
    answered_last_time(workspace, first, *[person(f"p{number}") for number in range(4)])
    second = opened(workspace, "anonymous", "R2", lead_days=0)
    few = last_time(workspace, ANN, second, answers.start(workspace, ANN, second, "x"))
    assert few is not None and (few.own, few.department) == ({}, {})
    answered_last_time(workspace, second, *[person(f"p{number}") for number in range(5)])
    third = opened(workspace, "named", "R3")
    enough = last_time(workspace, BOB, third, answers.start(workspace, BOB, third, "x"))
    assert enough is not None and (enough.round, enough.own, enough.department) == ("R2", {}, {"a1": 2.0, "a2": 3.0})


def test_last_time_shows_the_departments_value_not_before_it_is_for_all(workspace: Workspace) -> None:
    first = opened(workspace, "named", lead_days=5)
    answered_last_time(workspace, first, ANN)
    second = opened(workspace, "named", "R2")
    other = last_time(workspace, BOB, second, answers.start(workspace, BOB, second, "x"))
    assert other is not None and other.department == {}
    mine = last_time(workspace, ANN, second, answers.start(workspace, ANN, second, "x"))
    assert mine is not None and set(mine.own) == {"a1", "a2"}  # one's own is one's own
