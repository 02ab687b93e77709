"""What people decide about actions before a plan is made: rejected, pinned, wanted, done or running already."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from maturity.access.roles import Visitor
from maturity.operations.changes import change, plan_scope, short_text
from maturity.operations.errors import Refused
from maturity.operations.frameworks import catalogue_for
from maturity.operations.rounds import Round
from maturity.operations.standing import Asked, first_day_of_plan, the_round
from maturity.operations.workspace import Workspace
from maturity.planning.request import HORIZON_WEEKS, Decision
from maturity.storage import targets as stored
from maturity.storage.targets import Already


def decisions(workspace: Workspace, visitor: Visitor, round_name: Asked) -> tuple[Decision, ...]:
    """Rejected, pinned and wanted action codes, with who and why."""
    round_ = the_round(workspace, visitor, round_name, verb="read_roadmap")
    with workspace.store.reading() as tx:
        return stored.decisions(tx, round_.id)


def reject_action(workspace: Workspace, visitor: Visitor, round_name: Asked, code: str, reason: str) -> None:
    """The action (`A04`: everywhere, `A04/parks`: in one department) is not proposed any more."""
    _decide(workspace, visitor, round_name, "rejected", code, reason, None)


def pin_action(workspace: Workspace, visitor: Visitor, round_name: Asked, code: str, start: date, reason: str) -> None:
    """The action is planned, and starts on this day."""
    _decide(workspace, visitor, round_name, "pinned", code, reason, start)


def want_action(workspace: Workspace, visitor: Visitor, round_name: Asked, code: str, reason: str) -> None:
    """The action is planned in any case; the planner chooses when."""
    _decide(workspace, visitor, round_name, "must", code, reason, None)


def clear_decision(workspace: Workspace, visitor: Visitor, round_name: Asked, code: str) -> None:
    """Takes a decision back: the planner chooses again."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    _known_code(round_, code)
    change(
        workspace, visitor, lambda tx, now: stored.drop_decision(tx, round_.id, code),
        scope=plan_scope(round_.organisation_id), verb="clear decision", subject=round_.name, detail={"code": code},
    )  # fmt: skip


def _decide(
    workspace: Workspace, visitor: Visitor, round_name: Asked, kind: Literal["rejected", "pinned", "must"], code: str,
    reason: str, start: date | None,
) -> None:  # fmt: skip
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    title = _known_code(round_, code)
    why = short_text(reason, f"the reason why {title!r} is {'wanted' if kind == 'must' else kind}", least=3)
    first = first_day_of_plan(round_)
    if start and not first <= start < first + timedelta(weeks=HORIZON_WEEKS):
        last = first + timedelta(weeks=HORIZON_WEEKS, days=-1)
        raise Refused(f"{title!r} cannot start on {start}; the plan runs from {first} to {last}, choose a day in it")
    made = Decision(code=code, kind=kind, start=start, reason=why, by=visitor.name)
    change(
        workspace, visitor, lambda tx, now: stored.put_decision(tx, round_.id, made, set_at=now),
        scope=plan_scope(round_.organisation_id), verb=f"decide action {kind}", subject=round_.name,
        detail={"code": code, "start": start, "reason": why},
    )  # fmt: skip


def already(workspace: Workspace, visitor: Visitor, round_name: Asked) -> tuple[Already, ...]:
    """What people marked as done or running, with who and when."""
    round_ = the_round(workspace, visitor, round_name, verb="read_roadmap")
    with workspace.store.reading() as tx:
        return stored.already(tx, round_.id)


def mark_already(
    workspace: Workspace, visitor: Visitor, round_name: Asked, code: str, state: Literal["done", "running"] | None,
    note: str = "",
) -> None:  # fmt: skip
    """Marks an action as done or running, so that it is never proposed; None takes the mark off. No score changes."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    _known_code(round_, code)
    if state not in ("done", "running", None):
        raise Refused(f"an action is done, running or neither, not {state!r}")
    said = short_text(note, "the note")
    change(
        workspace, visitor,
        lambda tx, now: (
            stored.drop_already(tx, round_.id, code)
            if state is None
            else stored.put_already(
                tx, round_.id, Already(code=code, state=state, note=said, set_by=visitor.name, set_at=now)
            )
        ),
        scope=plan_scope(round_.organisation_id), verb="mark action", subject=round_.name,
        detail={"code": code, "state": state, "note": said},
    )  # fmt: skip


def _known_code(round_: Round, code: str) -> str:
    """The title of the action with this code, or a refusal."""
    catalogue = catalogue_for(round_.framework)
    if catalogue is None:
        raise Refused(f"no action catalogue fits {round_.framework.name}; there is nothing to decide on")
    action_id, slash, department = code.partition("/")
    action = catalogue.by_id.get(action_id)
    if action is None:
        raise Refused(f"{catalogue.name} has no action {action_id!r}; choose one of its {len(catalogue.actions)}")
    if slash and (action.scope == "city" or department not in round_.names):
        raise Refused(f"{code!r} names a copy that does not exist: {action.title!r} is {_where(action.scope)}")
    return action.title


def _where(scope: str) -> str:
    return "planned once for the city" if scope == "city" else "planned by department of the round"
