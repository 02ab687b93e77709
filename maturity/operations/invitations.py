"""Inviting those who can answer, and reminding those who have not sent, in a text that somebody else sends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.assessment.terms import Anonymity
from maturity.operations.changes import change
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round
from maturity.operations.workspace import Workspace
from maturity.storage.invitations import invite_all, invited, mark_reminded, not_invited

__all__ = ["Recipients", "invite_added", "mark_as_reminded", "recipients", "waiting_for_invitation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """Who a reminder goes to: the people of one department (its code, None: all) who have not sent, or everybody
    invited where the round does not know its people. `without_address` counts those without an e-mail address."""

    department: str | None
    people: int
    addresses: tuple[str, ...]
    without_address: int
    reminded_on: date | None
    anonymity: Anonymity


def waiting_for_invitation(workspace: Workspace, visitor: Visitor, round_: Round) -> int:
    """How many invitations are due: in an open round to people who got a role since, in a draft to all whom opening
    will invite."""
    require(visitor, "invite", organisation=round_.organisation_id)
    if round_.status not in ("draft", "open"):
        return 0
    with workspace.store.reading() as tx:
        return not_invited(tx, round_.id, workspace.clock().date())


def invite_added(workspace: Workspace, visitor: Visitor, round_: Round) -> int:
    """Invites whoever can answer for a department of the open round and is not invited yet; returns how many."""
    _require_open(visitor, round_)
    return change(
        workspace,
        visitor,
        lambda tx, now: invite_all(tx, round_.id, by=visitor.person, now=now),
        scope=round_.scope,
        verb="invite",
        subject=round_.name,
    )


def recipients(
    workspace: Workspace, visitor: Visitor, round_: Round, department: str | None = None
) -> tuple[Recipients, ...]:
    """Who to remind: first of all departments together, then of each that has somebody to remind; or of one only."""
    require(visitor, "invite", organisation=round_.organisation_id)
    everybody = round_.terms.anonymity == "anonymous"
    with workspace.store.reading() as tx:
        found = invited(tx, round_.id)
    due = [one for one in found if everybody or one.status != "submitted"]
    places = [code for code in round_.names if any(one.department == code for one in due)]
    asked = [department] if department else [None, *places]
    made = []
    for place in asked:
        here = [one for one in due if place in (None, one.department)]
        people = {one.person_id: one for one in here}
        reminded = [one.reminded_at.date() for one in here if one.reminded_at]
        made.append(
            Recipients(
                department=place,
                people=len(people),
                addresses=tuple(one.email for one in people.values() if one.email),
                without_address=sum(not one.email for one in people.values()),
                reminded_on=max(reminded, default=None),
                anonymity=round_.terms.anonymity,
            )
        )
    return tuple(each for each in made if each.people)


def mark_as_reminded(workspace: Workspace, visitor: Visitor, round_: Round, department: str | None = None) -> int:
    """Notes that those of one department, or of all, who have not sent were reminded today; returns how many."""
    _require_open(visitor, round_)
    if department is not None and department not in round_.names:
        raise Refused(f"the department {department!r} does not take part in the round {round_.name!r}")
    everybody = round_.terms.anonymity == "anonymous"
    return change(
        workspace,
        visitor,
        lambda tx, now: mark_reminded(tx, round_.id, now, department=department, everybody=everybody),
        scope=round_.scope,
        verb="remind",
        subject=round_.name,
        detail={"department": department or "all"},
    )


def _require_open(visitor: Visitor, round_: Round) -> None:
    require(visitor, "invite", organisation=round_.organisation_id)
    if round_.status != "open":
        raise Refused(
            f"the round {round_.name!r} is not open, so there is nobody to invite or to remind; open it first"
        )
