"""The response board: who was invited, has started and has sent, by department; never what anybody answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from maturity.access.permissions import may, require
from maturity.access.roles import Visitor
from maturity.operations.rounds import Round
from maturity.operations.workspace import Workspace
from maturity.storage.invitations import DepartmentCounts, Invited, department_counts, invited

__all__ = ["Board", "BoardRow", "Missing", "board"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One department. `missing` and `overdue` (those missing after the round's last day) count invited people who have
    not sent, None where the round does not know its people; `answered` the questions in drafts so far."""

    department: str
    name: str
    invited: int
    started: int
    sent: int
    front_line: int
    answered: int
    missing: int | None
    overdue: int | None
    enough: bool
    last_activity: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Somebody invited who has not sent. `department` is a code, `answered` counts questions so far."""

    name: str
    department: str
    state: Literal["not_started", "started"]
    answered: int
    reminded_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The departments that the visitor may see, in the organisation's order. `people` are named in named rounds only.
    `invited_on` is the first day that anybody was invited, `is_over` whether the last day of an open round is."""

    rows: tuple[BoardRow, ...]
    people: tuple[Missing, ...]
    invited_on: date | None
    is_over: bool

    def total(self, what: Literal["invited", "started", "sent", "answered"]) -> int:
        """The sum over the departments shown."""
        return sum(getattr(row, what) for row in self.rows)

    @property
    def missing(self) -> int | None:
        """How many invited people have not sent; None where the round does not know its people."""
        return None if any(row.missing is None for row in self.rows) else sum(row.missing or 0 for row in self.rows)


def board(workspace: Workspace, visitor: Visitor, round_: Round) -> Board:
    """How far the round has come in the departments whose board the visitor may read."""
    require(visitor, "read_board", None, organisation=round_.organisation_id)
    allowed = {d.code for d in round_.departments if may(visitor, "read_board", d.code, round_.organisation_id)}
    known = round_.terms.anonymity != "anonymous"
    with workspace.store.reading() as tx:
        counts = department_counts(tx, round_.id)
        people = invited(tx, round_.id) if round_.terms.anonymity == "named" else []
    left_out = groups_without_people(round_, counts)
    counts = [each for each in counts if each.department in allowed and each.department not in left_out]
    over = round_.status == "open" and round_.closes_on is not None and round_.closes_on < workspace.clock().date()
    days = [each.invited_on for each in counts if each.invited_on]
    return Board(
        rows=tuple(_row(round_, each, known, over) for each in counts),
        people=tuple(_missing(each) for each in people if each.department in allowed and each.status != "submitted"),
        invited_on=min(days, default=None),
        is_over=over,
    )


def groups_without_people(round_: Round, counts: Sequence[DepartmentCounts]) -> set[str]:
    """Departments that only group others: nobody was invited in them and nobody has started."""
    parents = {each.parent for each in round_.departments if each.parent}
    return {c.department for c in counts if c.department in parents and not (c.invited or c.started or c.sent)}


def _row(round_: Round, counts: DepartmentCounts, known: bool, over: bool) -> BoardRow:
    missing = counts.missing if known else None
    return BoardRow(
        department=counts.department,
        name=round_.names[counts.department],
        invited=counts.invited,
        started=counts.started,
        sent=counts.sent,
        front_line=counts.front_line,
        answered=counts.answered,
        missing=missing,
        overdue=missing if over else 0 if known else None,
        enough=counts.sent >= round_.terms.least_respondents,
        last_activity=counts.last_activity,
    )


def _missing(one: Invited) -> Missing:
    return Missing(
        name=one.name,
        department=one.department,
        state="started" if one.status == "started" else "not_started",
        answered=one.answered,
        reminded_on=one.reminded_at.date() if one.reminded_at else None,
    )
