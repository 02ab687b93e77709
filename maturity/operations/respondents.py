"""Who answers: starting and resuming, what one says of oneself, sending and taking back, and how far everybody is."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from maturity.access.permissions import may, require
from maturity.access.roles import Visitor
from maturity.assessment.answers import Answer
from maturity.assessment.terms import ROLE_FAMILIES, SPEAKS_FOR, Anonymity
from maturity.operations.errors import Refused
from maturity.operations.own import actor_in, known_as, require_answering, require_own, written
from maturity.operations.questions import questions_for
from maturity.operations.rounds import Round
from maturity.operations.workspace import Workspace
from maturity.storage import answers as stored
from maturity.storage import respondents as people
from maturity.storage import rounds as stored_rounds
from maturity.storage import terms as stored_terms
from maturity.storage.audit import record
from maturity.storage.engine import Tx, new_id
from maturity.storage.rows import Holder, Respondent, RoundDepartment

_NUMBERED = "Respondent "


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundProgress:
    """Who has started and who has sent, by department code, and how many questions each person has answered."""

    started: Mapping[str, int]
    submitted: Mapping[str, int]
    answered: Mapping[UUID, int]


def start(
    workspace: Workspace,
    visitor: Visitor,
    round_: Round,
    department: str,
    role_family: str | None = None,
    speaks_for: str | None = None,
) -> Respondent:
    """Where the visitor answers for this department: their own earlier start as it is, or a new one. The round must
    be open. What is said of role and of whom one speaks for counts for a new start; `describe` corrects it."""
    require(visitor, "answer", department, organisation=round_.organisation_id)
    _require_known(role_family, speaks_for)

    def write(tx: Tx) -> Respondent:
        _require_open(tx, round_)
        place = next((d for d in stored_rounds.scope(tx, round_.id) if d.department == department), None)
        if place is None:
            raise Refused(f"the department {department!r} does not take part in the round {round_.name!r}")
        tx.alone(round_.scope)
        anonymity, person = _known_here(tx, round_, visitor)
        known = people.respondent_for(tx, round_.id, place.department_id, person)
        if known:
            return known
        now = started_on(anonymity == "anonymous", workspace.clock())
        label = visitor.name if anonymity == "named" else _next_label(tx, round_, place)
        new = Respondent(
            id=new_id(now),
            round_id=round_.id,
            department_id=place.department_id,
            department=department,
            organisation_id=round_.organisation_id,
            person=person,
            label=label,
            role_family=role_family,
            speaks_for=speaks_for,
            started_at=now,
        )
        return replace(new, row_version=people.start_respondent(tx, new))

    return written(workspace, write)


def _known_here(tx: Tx, round_: Round, visitor: Visitor) -> tuple[Anonymity, str]:
    """How the round is held, and what it calls this visitor; an anonymous round gets its secret at the first start."""
    anonymity = stored_terms.terms_of(tx, round_.id).anonymity
    secret = None
    if anonymity == "anonymous":
        stored_terms.keep_round_secret(tx, round_.id, secrets.token_hex(32))
        secret = stored_terms.round_secret(tx, round_.id)
    return anonymity, known_as(visitor, anonymity, secret) or visitor.person


def started_on(anonymous: bool, now: datetime) -> datetime:
    """A moment as a respondent's row keeps it: of an anonymous one only the day, so that times give nobody away."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0) if anonymous else now


def _next_label(tx: Tx, round_: Round, place: RoundDepartment) -> str:
    return numbered(next_number(people.labels(tx, round_.id, place.department_id)))


def next_number(labels: Sequence[str]) -> int:
    """The first number that no respondent of a department bears yet."""
    given = [each.removeprefix(_NUMBERED) for each in labels]
    return max([int(each) for each in given if each.isdigit()], default=0) + 1


def numbered(number: int) -> str:
    """What a respondent is called where names are not kept."""
    return f"{_NUMBERED}{number}"


def mine(workspace: Workspace, visitor: Visitor, round_: Round) -> list[Respondent]:
    """Where the visitor has begun to answer in this round, by department; nothing that they may not answer any more,
    and nothing of an anonymous round that is over."""
    require(visitor, "answer", organisation=round_.organisation_id)
    with workspace.store.reading() as tx:
        anonymity = stored_terms.terms_of(tx, round_.id).anonymity
        person = known_as(visitor, anonymity, stored_terms.round_secret(tx, round_.id))
        found = people.respondents_as(tx, round_.id, person) if person else []
    return [each for each in found if may(visitor, "answer", each.department, round_.organisation_id)]


def describe(
    workspace: Workspace,
    visitor: Visitor,
    round_: Round,
    respondent: Respondent,
    role_family: str | None,
    speaks_for: str | None,
) -> Respondent:
    """Corrects what the respondent said of the own role and of whom the answers speak for, until they are sent."""
    _require_known(role_family, speaks_for)

    def write(tx: Tx) -> Respondent:
        held = require_own(tx, visitor, respondent.id, round_)
        require_answering(round_, held)
        people.describe(tx, respondent.id, role_family, speaks_for)
        _note(tx, workspace, visitor, held, round_, "say for whom one answers")
        return people.respondent_of(tx, respondent.id)

    return written(workspace, write)


def send(workspace: Workspace, visitor: Visitor, round_: Round, respondent: Respondent) -> Respondent:
    """Hands the answers in: from now on they count. Refused while nothing is answered, or a question is said not to
    apply without a reason. Answers to questions that are not asked any more are taken back first."""

    def write(tx: Tx) -> Respondent:
        held = require_own(tx, visitor, respondent.id, round_)
        require_answering(round_, held)
        seen = stored.before(tx, respondent.id)
        now, actor = workspace.clock(), actor_in(visitor, held)
        for stray in _ready(round_, held, {code: each.answer for code, each in seen.answers.items()}):
            stored.withdraw_answer(tx, respondent.id, stray, actor=actor, now=now)
        people.submit(tx, respondent.id, started_on(held.anonymous, now), held.row_version)
        _note(tx, workspace, visitor, held, round_, "send answers")
        return people.respondent_of(tx, respondent.id)

    return written(workspace, write)


def _ready(round_: Round, held: Holder, kept: Mapping[str, Answer]) -> list[str]:
    """The questions that are answered but not asked (any more); refused where the rest is not fit to be sent."""
    topics = questions_for(round_, held.department, kept, held.role_family)
    asked = [question.id for questions in topics.values() for question in questions]
    if not kept.keys() & set(asked):
        raise Refused("nothing is answered yet; answer at least one question before you send")
    bare = [
        str(number)
        for number, code in enumerate(asked, start=1)
        if code in kept and kept[code].state == "not_applicable" and not (kept[code].reason or "").strip()
    ]
    if bare:
        raise Refused(f"say why it does not apply before you send: question {', '.join(bare)}")
    return sorted(kept.keys() - set(asked))


def take_back(workspace: Workspace, visitor: Visitor, round_: Round, respondent: Respondent) -> Respondent:
    """Opens sent answers again while the round is open, so that they can be changed."""

    def write(tx: Tx) -> Respondent:
        held = require_own(tx, visitor, respondent.id, round_)
        _require_open(tx, round_)
        if held.status == "submitted":
            people.take_back(tx, respondent.id, held.row_version)
            _note(tx, workspace, visitor, held, round_, "take answers back")
        return people.respondent_of(tx, respondent.id)

    return written(workspace, write)


def progress(workspace: Workspace, visitor: Visitor, round_: Round) -> RoundProgress:
    """How many have started and sent, by department; never what they answered."""
    require(visitor, "read_help", organisation=round_.organisation_id)
    with workspace.store.reading() as tx:
        everybody = people.respondents(tx, round_.id)
        answered = people.answered_counts(tx, round_.id)
    started: dict[str, int] = {}
    submitted: dict[str, int] = {}
    for each in everybody:
        counts = submitted if each.status == "submitted" else started
        counts[each.department] = counts.get(each.department, 0) + 1
    return RoundProgress(started=started, submitted=submitted, answered=answered)


def _note(tx: Tx, workspace: Workspace, visitor: Visitor, held: Holder, round_: Round, verb: str) -> None:
    """An entry of the audit trail; of an anonymous respondent only that somebody of the department did it."""
    detail = {"round": round_.name, "department": held.department}
    actor = actor_in(visitor, held)
    record(tx, made_at=workspace.clock(), actor=actor, verb=verb, subject=str(held.id), detail=detail)


def _require_known(role_family: str | None, speaks_for: str | None) -> None:
    if role_family is not None and role_family not in ROLE_FAMILIES:
        raise Refused(f"{role_family!r} is no role family; choose one of {', '.join(ROLE_FAMILIES)}")
    if speaks_for is not None and speaks_for not in SPEAKS_FOR:
        raise Refused(f"{speaks_for!r} is nobody to speak for; choose one of {', '.join(SPEAKS_FOR)}")


def _require_open(tx: Tx, round_: Round) -> None:
    row = stored_rounds.round_of(tx, round_.id)
    if row.status != "open":
        raise Refused(f"the round {round_.name!r} is {row.status.replace('_', ' ')}, so nobody can answer in it")
