"""Replies: what the head of a department says to its result, and with it to everybody who sees that result."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.changes import change, short_text
from maturity.operations.early_sight import readable
from maturity.operations.errors import Changed, Refused
from maturity.operations.rounds import Round
from maturity.operations.workspace import Workspace
from maturity.storage import replies as stored
from maturity.storage import rounds as stored_rounds
from maturity.storage.engine import Tx
from maturity.storage.replies import Reply, reply_scope

__all__ = ["LONGEST_REPLY", "Reply", "replies", "reply_scope", "reply_to_result", "withdraw_reply"]

LONGEST_REPLY = 4_000


def replies(workspace: Workspace, visitor: Visitor, round_: Round) -> tuple[Reply, ...]:
    """The replies to the results that the visitor sees, in the organisation's order of departments."""
    require(visitor, "read_department_results", organisation=round_.organisation_id)
    allowed = readable(workspace, visitor, round_)
    with workspace.store.reading() as tx:
        return tuple(each for each in stored.replies(tx, round_.id) if each.department in allowed)


def reply_to_result(
    workspace: Workspace, visitor: Visitor, round_: Round, department: str, text: str, *, expected_version: int = 0
) -> int:
    """Says something to a department's result, or changes what was said; returns the new row version.

    `expected_version` is that of the reply one has seen, 0 for none. The round is closed and not yet signed off."""
    require(visitor, "reply", department, organisation=round_.organisation_id)
    kept = short_text(text, "the reply", least=1)
    if "\x00" in kept:
        raise Refused("the reply holds zero bytes, which nobody can read; write it anew")

    def write(tx: Tx, now: datetime) -> int:
        place, seen = _place(tx, round_, department), _seen(tx, round_, department, expected_version)
        version = seen + 1
        stored.put_reply(tx, round_.id, place, kept, said_by=visitor.person, said_at=now, row_version=version)
        return version

    return change(
        workspace, visitor, write, scope=reply_scope(round_.id), verb="reply to a result", subject=round_.name,
        detail={"department": department},
    )  # fmt: skip


def withdraw_reply(
    workspace: Workspace, visitor: Visitor, round_: Round, department: str, *, expected_version: int
) -> None:
    """Takes a reply back, as long as it may be changed."""
    require(visitor, "reply", department, organisation=round_.organisation_id)

    def write(tx: Tx, now: datetime) -> None:
        place = _place(tx, round_, department)
        if not _seen(tx, round_, department, expected_version):
            raise Refused("there is no reply to take back")
        stored.drop_reply(tx, round_.id, place)

    change(
        workspace, visitor, write, scope=reply_scope(round_.id), verb="take a reply back", subject=round_.name,
        detail={"department": department},
    )  # fmt: skip


def _place(tx: Tx, round_: Round, department: str) -> UUID:
    """The department's id, in a round that takes replies now."""
    status = stored_rounds.round_of(tx, round_.id).status
    if status == "signed_off":
        raise Refused(f"the round {round_.name!r} is signed off, so the replies to its results stay as they are")
    if status != "closed":
        raise Refused(f"the round {round_.name!r} is {status}; reply to its result once it is closed")
    for each in stored_rounds.scope(tx, round_.id):
        if each.department == department:
            return each.department_id
    raise Refused(f"the department {department!r} does not take part in the round {round_.name!r}")


def _seen(tx: Tx, round_: Round, department: str, expected: int) -> int:
    """The version of the reply that is there, 0 for none; `Changed` where it is not the expected one."""
    tx.alone(reply_scope(round_.id))
    there = {each.department: each.row_version for each in stored.replies(tx, round_.id)}.get(department, 0)
    if there != expected:
        raise Changed("the reply was changed elsewhere meanwhile; look at what it says now, then save again")
    return there
