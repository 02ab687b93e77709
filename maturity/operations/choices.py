"""What people decide about actions before a plan is made: rejected, pinned, wanted, done or running already, and when
at the earliest or the latest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from maturity.access.roles import Visitor
from maturity.operations.catalogues import catalogue_of, own_of
from maturity.operations.changes import change, plan_scope, short_text
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round
from maturity.operations.standing import Asked, first_day_of_plan, the_round
from maturity.operations.workspace import Workspace
from maturity.planning.request import ASKING, FIXING, HORIZON_WEEKS, Decision, DecisionKind
from maturity.storage import targets as stored
from maturity.storage.engine import Tx
from maturity.storage.targets import Already


def decisions(workspace: Workspace, visitor: Visitor, round_name: Asked) -> tuple[Decision, ...]:
    """Everything decided about action codes, with who and why."""
    round_ = the_round(workspace, visitor, round_name, verb="read_roadmap")
    with workspace.store.reading() as tx:
        return stored.decisions(tx, round_.id)


def decide_action(
    workspace: Workspace, visitor: Visitor, round_name: Asked, code: str, kind: DecisionKind, reason: str,
    start: date | None = None,
) -> None:  # fmt: skip
    """Decides about an action (`A04`: everywhere, `A04/parks`: in one department), as `Decision` says.

    A choice takes the place of another one: rejected, pinned, locked and wanted exclude each other, and what is
    rejected or has its day needs no window. A window that leaves no day is refused."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    title = _known_code(workspace, round_, code)
    why = short_text(reason, f"the reason why {title!r} is {_SAID[kind]}", least=3)
    day = _day_of(round_, title, kind, start)
    made = Decision(code=code, kind=kind, start=day, reason=why, by=visitor.name)

    def write(tx: Tx, now: datetime) -> None:
        before: dict[str, Decision] = {each.kind: each for each in stored.decisions(tx, round_.id) if each.code == code}
        for other in _EXCLUDES[kind] & set(before):
            stored.drop_decision(tx, round_.id, code, other)
        _refuse_closed_window(title, {**before, kind: made})
        stored.put_decision(tx, round_.id, made, set_at=now)

    change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb=f"decide action {kind}",
        subject=round_.name, detail={"code": code, "start": day, "reason": why},
    )  # fmt: skip


_SAID: dict[str, str] = {
    "rejected": "rejected", "pinned": "pinned", "locked": "locked", "must": "wanted",
    "not_before": "not to start before a day", "not_after": "not to start after a day",
}  # fmt: skip
_WINDOW = frozenset({"not_before", "not_after"})
_EXCLUDES: dict[str, frozenset[str]] = {
    **{kind: (ASKING | _WINDOW | {"rejected"}) - {kind} for kind in ("rejected", "pinned", "locked")},
    "must": FIXING | {"rejected"},
    **{kind: FIXING | {"rejected"} for kind in _WINDOW},
}


def _day_of(round_: Round, title: str, kind: str, start: date | None) -> date | None:
    """The day of a decision, None for the kinds that have none; refused where it is missing or outside the plan."""
    if kind in ("rejected", "must"):
        return None
    first = first_day_of_plan(round_)
    last = first + timedelta(weeks=HORIZON_WEEKS, days=-1)
    if start is None:
        raise Refused(f"{title!r} needs the day that it is {_SAID[kind]}; give one from {first} to {last}")
    if not first <= start <= last:
        raise Refused(f"{title!r} cannot start on {start}; the plan runs from {first} to {last}, choose a day in it")
    return start


def _refuse_closed_window(title: str, decided: Mapping[str, Decision]) -> None:
    before, after = decided.get("not_before"), decided.get("not_after")
    if before and after and before.start and after.start and before.start > after.start:
        raise Refused(
            f"{title!r} cannot start both from {before.start} and up to {after.start}; move one of the two days"
        )


def clear_decision(
    workspace: Workspace, visitor: Visitor, round_name: Asked, code: str, kind: DecisionKind | None = None
) -> None:
    """Takes a decision back, or all on this code: the planner chooses again."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    _known_code(workspace, round_, code)

    def write(tx: Tx, now: datetime) -> None:
        for each in stored.decisions(tx, round_.id):
            if each.code == code and kind in (None, each.kind):
                stored.drop_decision(tx, round_.id, code, each.kind)

    change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb="clear decision",
        subject=round_.name, detail={"code": code, "kind": kind},
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
    _known_code(workspace, round_, code)
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


def _known_code(workspace: Workspace, round_: Round, code: str) -> str:
    """The title of the action with this code, or a refusal."""
    catalogue = catalogue_of(workspace, round_)
    if catalogue is None:
        raise Refused(f"no action catalogue fits {round_.framework.name}; there is nothing to decide on")
    action_id, slash, department = code.partition("/")
    retired = {each.action.id: each.action for each in own_of(workspace, round_).actions}
    action = catalogue.by_id.get(action_id) or retired.get(action_id)
    if action is None:
        raise Refused(f"{catalogue.name} has no action {action_id!r}; choose one of its {len(catalogue.actions)}")
    if slash and (action.scope == "city" or department not in round_.names):
        raise Refused(f"{code!r} names a copy that does not exist: {action.title!r} is {_where(action.scope)}")
    return action.title


def _where(scope: str) -> str:
    return "planned once for the city" if scope == "city" else "planned by department of the round"
