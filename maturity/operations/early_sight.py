"""From which day a round's results are for whom: who runs the assessment always sees them, heads of department see
their own, everybody else sees them from the day that the round's terms say.

This is asked beside the permissions, never instead of them: a permission says what a role may do, early sight when.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from maturity.access.permissions import may
from maturity.access.roles import Visitor
from maturity.assessment.terms import RoundTerms, shown_from
from maturity.operations.errors import Refused
from maturity.operations.workspace import Workspace
from maturity.words.messages import on_day

if TYPE_CHECKING:
    from maturity.operations.rounds import Round

OVER = ("closed", "signed_off")
WHOLE = ""
"""Stands for the whole organisation where a department's code is asked: no department has an empty one."""


class NotShownYet(Refused):
    """Results that the visitor will see, but not today."""


def for_all(status: str, closes_on: date | None, terms: RoundTerms, today: date) -> bool:
    """Whether everybody who may read results sees those of such a round on this day."""
    first = shown_from(closes_on, terms)
    return status in OVER and (first is None or first <= today)


def runs(visitor: Visitor, organisation: UUID, department: str = WHOLE) -> bool:
    """Whether the visitor runs the assessment, as administrator, facilitator or reviewer, and so always sees."""
    return any(may(visitor, verb, department, organisation) for verb in ("manage_rounds", "review"))


def sees(workspace: Workspace, visitor: Visitor, round_: Round, department: str | None = None) -> bool:
    """Whether the time has come for the visitor to see a department's results, or those of all (None)."""
    organisation, today = round_.organisation_id, workspace.clock().date()
    if runs(visitor, organisation, department or WHOLE):
        return True
    if department and may(visitor, "read_differences", department, organisation):
        return True
    return for_all(round_.status, round_.closes_on, round_.terms, today)


def readable(workspace: Workspace, visitor: Visitor, round_: Round) -> frozenset[str]:
    """The codes of the departments whose results the visitor may read, and whose time has come."""
    codes = (each.code for each in round_.departments)
    return frozenset(
        code
        for code in codes
        if may(visitor, "read_department_results", code, round_.organisation_id)
        and sees(workspace, visitor, round_, code)
    )


def is_shown(workspace: Workspace, visitor: Visitor, round_: Round) -> bool:
    """Whether the visitor sees any results of a round yet."""
    return sees(workspace, visitor, round_) or bool(readable(workspace, visitor, round_))


def require_shown(workspace: Workspace, visitor: Visitor, round_: Round, department: str | None = None) -> None:
    """Refuse, with the day, results of a department, or of all, whose time has not come for the visitor."""
    if not sees(workspace, visitor, round_, department):
        raise NotShownYet(not_yet(round_.name, round_.status, round_.closes_on, round_.terms, workspace.clock().date()))


def require_any_shown(workspace: Workspace, visitor: Visitor, round_: Round) -> None:
    """Refuse, with the day, a round of which the visitor sees nothing yet."""
    if not is_shown(workspace, visitor, round_):
        raise NotShownYet(not_yet(round_.name, round_.status, round_.closes_on, round_.terms, workspace.clock().date()))


def not_yet(name: str, status: str, closes_on: date | None, terms: RoundTerms, today: date) -> str:
    """Why a round's results are not shown, and from which day they are; no day that an open round has outlasted."""
    first = shown_from(closes_on, terms)
    if status not in OVER:
        day = f", by its dates on {on_day(first)}" if first and first > today else ""
        waits = " and the heads of department have seen theirs" if terms.lead_days else ""
        return f"the results of {name} are shown once the round is closed{waits}{day}"
    assert first is not None, "a closed round without a day is shown to all"
    until = on_day(first - timedelta(days=1))
    return f"the results of {name} are with the heads of department until {until}; you see them from {on_day(first)}"


def held_back_until(workspace: Workspace, round_: Round) -> date | None:
    """The last day on which only heads of department and those who run the round see its results; None where that day
    is over, or where none is set."""
    first = shown_from(round_.closes_on, round_.terms)
    return first - timedelta(days=1) if first and first > workspace.clock().date() else None
