"""What a reviewer does: flag evidence, record a value, send answers back; each with a reason, never once signed off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.assessment.answers import DecidedValue
from maturity.assessment.values import most_points
from maturity.operations.changes import short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.review import review_scope
from maturity.operations.rounds import Round, require_unsigned
from maturity.operations.workspace import Workspace
from maturity.storage import decided, review
from maturity.storage import respondents as people
from maturity.storage import rounds as stored_rounds
from maturity.storage.audit import record
from maturity.storage.engine import Conflict, NotStored, Tx, new_id
from maturity.storage.revision import bump
from maturity.storage.rows import Respondent
from maturity.storage.terms import terms_of

T = TypeVar("T")


def flag_evidence(
    workspace: Workspace, visitor: Visitor, round_: Round, respondent: UUID, question: str, reason: str
) -> None:
    """Marks the evidence of one sent answer as weak, with a reason; an earlier flag on it gives way."""
    _may_review(visitor, round_)
    why = short_text(reason, "the reason why the evidence is weak", least=3)

    def write(tx: Tx, now: datetime) -> None:
        of = _respondent(tx, visitor, round_, respondent)
        flag = review.Flag(reason=why, flagged_by=visitor.person, flagged_at=now)
        review.save_flag(tx, respondent, question, flag)
        _note(tx, now, visitor, "flag evidence", round_, of.department, question=question)

    _written(workspace, round_, write)


def clear_flag(workspace: Workspace, visitor: Visitor, round_: Round, respondent: UUID, question: str) -> None:
    """Takes a flag off."""
    _may_review(visitor, round_)

    def write(tx: Tx, now: datetime) -> None:
        of = _respondent(tx, visitor, round_, respondent)
        review.drop_flag(tx, respondent, question)
        _note(tx, now, visitor, "clear flag", round_, of.department, question=question)

    _written(workspace, round_, write)


def record_review(
    workspace: Workspace,
    visitor: Visitor,
    round_: Round,
    department: str,
    question: str,
    value: float,
    reason: str,
    *,
    expected_version: int,
) -> int:
    """Records the reviewer's value (a level, or points where the question is answered by options or points) with a
    reason, beside the answers; returns its row_version. `Changed` where somebody else decided meanwhile."""
    require(visitor, "review", department, organisation=round_.organisation_id)
    chosen = _chosen(round_, department, question, value)
    why = short_text(reason, "the reason for the reviewed value", least=3)
    chosen = DecidedValue(
        department=department, question=question, source="review", level=chosen.level, points=chosen.points, reason=why
    )

    def write(tx: Tx, now: datetime) -> int:
        version = decided.save_decided_value(
            tx, round_.id, chosen, decided_by=visitor.person, now=now, expected_version=expected_version
        )
        found: dict[str, Any] = {"level": chosen.level} if chosen.level is not None else {"points": chosen.points}
        said = {"question": question, **found, "reason": why}
        _note(tx, now, visitor, "record reviewed value", round_, department, **said)
        return version

    return _written(workspace, round_, write)


def withdraw_review(
    workspace: Workspace, visitor: Visitor, round_: Round, department: str, question: str, *, expected_version: int
) -> None:
    """Takes the reviewer's value back: the consensus counts, or the answers do again."""
    require(visitor, "review", department, organisation=round_.organisation_id)
    if expected_version < 1:
        raise Refused(f"question {question} has no reviewed value, so there is nothing to withdraw")
    gone = DecidedValue(department=department, question=question, source="review")

    def write(tx: Tx, now: datetime) -> None:
        decided.remove_decided_value(tx, round_.id, gone, expected_version=expected_version)
        _note(tx, now, visitor, "withdraw reviewed value", round_, department, question=question)

    _written(workspace, round_, write)


def send_back(workspace: Workspace, visitor: Visitor, round_: Round, respondent: UUID, note: str) -> None:
    """Opens a respondent's sent answers again, with a note to them; until they are sent again they do not count."""
    _may_review(visitor, round_)
    said = short_text(note, "the note that says what to look at again", least=3)

    def write(tx: Tx, now: datetime) -> None:
        of = _respondent(tx, visitor, round_, respondent)
        status = stored_rounds.round_of(tx, round_.id).status
        if status != "open":
            words = status.replace("_", " ")
            raise Refused(f"the round {round_.name!r} is {words}, so nobody could answer again; flag the evidence")
        if of.status != "submitted":
            raise Refused("these answers are open already: the respondent has taken them back or was asked before")
        _require_somebody(tx, round_, of)
        people.take_back(tx, respondent, of.row_version)
        review.keep_sent_back(tx, new_id(now), respondent, said, by=visitor.person, now=now)
        _note(tx, now, visitor, "send answers back", round_, of.department, respondent=str(respondent))

    _written(workspace, round_, write)


def _may_review(visitor: Visitor, round_: Round) -> None:
    """Whether the visitor reviews anything here at all; the department is asked where the respondent is known."""
    require(visitor, "review", organisation=round_.organisation_id)


def _respondent(tx: Tx, visitor: Visitor, round_: Round, respondent: UUID) -> Respondent:
    """The respondent of this round, whose department the visitor may review."""
    try:
        found = people.respondent_of(tx, respondent)
    except NotStored:
        found = None
    if found is None or found.round_id != round_.id:
        raise Refused(f"these answers are not in the round {round_.name!r} any more; load the page again")
    require(visitor, "review", found.department, organisation=found.organisation_id)
    return found


def _require_somebody(tx: Tx, round_: Round, of: Respondent) -> None:
    """Refuse to send back what nobody could open any more: the answers would be lost to the round."""
    if of.person is None:
        raise Refused(
            "nobody is known who could change these answers: they came from a file, or the person was erased; "
            "flag the evidence instead"
        )
    again = review.opened_again(tx, round_.name)
    anonymous = terms_of(tx, round_.id).anonymity == "anonymous"
    if anonymous and again and (of.submitted_at is None or of.submitted_at.date() <= again.date()):
        raise Refused(
            "these answers were sent before this anonymous round was opened again, and nobody knows whose they are; "
            "flag the evidence instead"
        )


def _chosen(round_: Round, department: str, question: str, value: float) -> DecidedValue:
    """The value as a level or as points, refused where it does not fit its question."""
    asked = round_.framework.questions.get(question)
    if asked is None or not asked.scored:
        raise Refused(f"{round_.framework.name} has no scored question {question!r}; choose one of the list")
    if department not in round_.names:
        raise Refused(f"the department {department!r} does not take part in the round {round_.name!r}")
    if asked.by_level:
        if value != int(value) or not 1 <= value <= round_.framework.top_level:
            raise Refused(f"question {question}: a level is 1 to {round_.framework.top_level}, not {value:g}")
        return DecidedValue(department=department, question=question, source="review", level=int(value))
    most = most_points(round_.framework, asked) or 0.0
    if not 0 <= value <= most:
        raise Refused(f"question {question}: points are 0 to {most:g}, not {value:g}")
    return DecidedValue(department=department, question=question, source="review", points=float(value))


def _note(tx: Tx, now: datetime, visitor: Visitor, verb: str, round_: Round, department: str, **detail: Any) -> None:
    """The entry in the audit trail: no text of a respondent and none about one, which could not be erased from it."""
    said: Mapping[str, Any] = {"department": department, **detail}
    record(tx, made_at=now, actor=visitor.person, verb=verb, subject=round_.name, detail=said)
    bump(tx, review_scope(round_))


def _written(workspace: Workspace, round_: Round, write: Callable[[Tx, datetime], T]) -> T:
    def run(tx: Tx) -> T:
        tx.alone(round_.scope)
        require_unsigned(tx, round_.id)
        return write(tx, workspace.clock())

    try:
        return workspace.store.write(run)
    except Conflict as error:
        raise Changed(str(error)) from None
    except NotStored as error:
        raise Refused(str(error)) from None
