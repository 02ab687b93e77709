"""The end of a round's life: what to know before closing it, signing it off, and reopening it with a reason."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from maturity.access.permissions import require
from maturity.access.roles import COMMAND_LINE, LOCAL_ADMINISTRATOR, Visitor
from maturity.assessment.seal import seal
from maturity.operations.board import groups_without_people
from maturity.operations.changes import short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.rounds import SECRET_BYTES, Round, turn_round
from maturity.operations.workshops import end_left_open
from maturity.operations.workspace import Workspace
from maturity.storage import people, seals
from maturity.storage import rounds as stored
from maturity.storage import terms as stored_terms
from maturity.storage.engine import Tx
from maturity.storage.invitations import department_counts, invite_all
from maturity.storage.revision import revision_of
from maturity.storage.seals import KeptSeal

__all__ = ["ClosingWarning", "KeptSeal", "Signature", "closing_warnings", "reopen_round", "sign_off_round", "signature"]
WarningCode = Literal["too_few", "no_front_line", "started_not_sent", "nobody_sent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingWarning:
    """Something to know before a round is closed. `departments` are codes with how many people: who have sent
    (too_few, no_front_line), or who have started and not sent (started_not_sent)."""

    code: WarningCode
    departments: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed a round off and when; `name` is empty where that person is not here any more."""

    sha256: str
    name: str
    signed_at: datetime


def closing_warnings(workspace: Workspace, visitor: Visitor, round_: Round) -> tuple[ClosingWarning, ...]:
    """What speaks against closing now: departments with fewer people than wanted or nobody of the front line, and
    people who have started and not sent. Empty where nothing does."""
    require(visitor, "manage_rounds", organisation=round_.organisation_id)
    with workspace.store.reading() as tx:
        counts = department_counts(tx, round_.id)
    counts = [each for each in counts if each.department not in groups_without_people(round_, counts)]
    found: list[ClosingWarning] = []

    def warn(code: WarningCode, departments: Mapping[str, int]) -> None:
        if departments:
            found.append(ClosingWarning(code=code, departments=departments))

    if not any(each.sent for each in counts):
        warn("nobody_sent", {each.department: 0 for each in counts})
    else:
        terms = round_.terms
        warn("too_few", {each.department: each.sent for each in counts if each.sent < terms.least_respondents})
        silent = {each.department: each.sent for each in counts if each.sent and not each.front_line}
        warn("no_front_line", silent if terms.front_line else {})
    warn("started_not_sent", {each.department: each.started for each in counts if each.started})
    return tuple(found)


def sign_off_round(workspace: Workspace, visitor: Visitor, round_: Round) -> Round:
    """Locks a closed round under a seal over all that made its scores. The weights of the roll-up are kept as they
    are now, and workshops that are still open end. Refused where something changed while the seal was made."""
    require(visitor, "sign_off_round", organisation=round_.organisation_id)
    weights = {each.code: each.weight for each in round_.departments}
    with workspace.store.reading() as tx:
        seen = revision_of(tx, round_.scope)
        facts = seals.sealed(tx, round_.id, weights)
    sha256 = seal(facts)

    def write(tx: Tx, now: datetime) -> dict[str, Any]:
        # Turning the round has raised its revision by one already.
        if revision_of(tx, round_.scope) != seen + 1:
            raise Changed(f"the round {round_.name!r} was changed meanwhile; look at the change, then sign off again")
        stored.save_scope(tx, round_.id, {d.department_id: weights[d.department] for d in stored.scope(tx, round_.id)})
        seals.keep_seal(tx, KeptSeal(round_id=round_.id, sha256=sha256, signed_by=visitor.person, signed_at=now))
        return {"sha256": sha256}

    signed = turn_round(workspace, visitor, round_, "signed_off", {"closed"}, write)
    end_left_open(workspace, signed, visitor.person)
    return signed


def reopen_round(
    workspace: Workspace,
    visitor: Visitor,
    round_: Round,
    reason: str,
    *,
    closes_on: date | None = None,
    chance: Callable[[int], bytes] = secrets.token_bytes,
) -> Round:
    """People can answer again, until `closes_on` where it is given. The reason stays in the audit trail, the seal of a
    signed-off round is dropped; that takes somebody who may sign off as well. An anonymous round knows nobody again."""
    require(visitor, "manage_rounds", organisation=round_.organisation_id)
    if round_.status == "signed_off":
        require(visitor, "sign_off_round", organisation=round_.organisation_id)
    why = short_text(reason, "the reason for reopening the round", least=3)

    def write(tx: Tx, now: datetime) -> dict[str, Any]:
        row = stored.round_of(tx, round_.id)
        if closes_on and closes_on < now.date():
            raise Refused(f"the new last day, {closes_on}, is over; choose a day from {now.date()} on")
        stored.update_round(tx, replace(row, closes_on=closes_on))
        if round_.terms.anonymity == "anonymous":
            stored_terms.keep_round_secret(tx, round_.id, chance(SECRET_BYTES).hex())
        before = seals.seal_of(tx, round_.id)
        seals.drop_seal(tx, round_.id)
        invited = invite_all(tx, round_.id, by=visitor.person, now=now)
        return {"reason": why, "invited": invited} | ({"seal dropped": before.sha256} if before else {})

    return turn_round(workspace, visitor, round_, "open", {"closed", "signed_off"}, write)


def signature(workspace: Workspace, visitor: Visitor, round_: Round) -> Signature | None:
    """Who signed the round off and when; None where nobody has."""
    require(visitor, "read_help", organisation=round_.organisation_id)
    with workspace.store.reading() as tx:
        kept = seals.seal_of(tx, round_.id)
        if kept is None:
            return None
        name = people.name_of(tx, kept.signed_by)
    others = {each.person: each.name for each in (LOCAL_ADMINISTRATOR, COMMAND_LINE)}
    return Signature(sha256=kept.sha256, name=name or others.get(kept.signed_by, ""), signed_at=kept.signed_at)
