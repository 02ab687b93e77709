"""What people decide about actions before a plan is made: rejected, pinned, wanted, done or running already, and when
at the earliest or the latest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from maturity.access.roles import Visitor
from maturity.operations.catalogues import catalogue_of, own_of
from maturity.operations.changes import change, plan_scope, short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.local_days import own_day
from maturity.operations.rounds import Round
from maturity.operations.saved_plans import SavedPlan, find_plan
from maturity.operations.standing import Asked, first_day_of_plan, the_round
from maturity.operations.workspace import Workspace
from maturity.planning.request import ASKING, FIXING, HORIZON_WEEKS, Decision, DecisionKind
from maturity.roadmap.replan import goes_on, next_quarter, starting_within
from maturity.storage import targets as stored
from maturity.storage.engine import Tx
from maturity.storage.targets import Already


def decisions(workspace: Workspace, visitor: Visitor, round_name: Asked) -> tuple[Decision, ...]:
    """Everything decided about action codes, with who and why."""
    round_ = the_round(workspace, visitor, round_name, verb="read_roadmap")
    with workspace.store.reading() as tx:
        return stored.decisions(tx, round_.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision, when it was made, and whether the catalogue and the round still know what it is about."""

    decision: Decision
    at: datetime
    known: bool


def decided(workspace: Workspace, visitor: Visitor, round_name: Asked) -> tuple[Decided, ...]:
    """Everything decided about action codes, newest first."""
    round_ = the_round(workspace, visitor, round_name, verb="read_roadmap")
    with workspace.store.reading() as tx:
        found = stored.dated_decisions(tx, round_.id)
    newest = sorted(found, key=lambda each: each[1], reverse=True)
    return tuple(Decided(decision=each, at=at, known=_is_known(workspace, round_, each.code)) for each, at in newest)


def decide_action(
    workspace: Workspace, visitor: Visitor, round_name: Asked, code: str, kind: DecisionKind, reason: str,
    start: date | None = None,
) -> None:  # fmt: skip
    """Decides about an action (`A04`: everywhere, `A04/parks`: in one department), as `Decision` says. Locked without a
    day means where the current plan has it.

    A choice takes the place of another one: rejected, pinned, locked and wanted exclude each other, and what is
    rejected or has its day needs no window. A window that leaves no day is refused."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    title = _known_code(workspace, round_, code)
    why = short_text(reason, f"the reason why {title!r} is {_SAID[kind]}", least=3)
    current = find_plan(workspace, visitor, "latest", round_.organisation)
    if kind == "locked" and start is None:
        start = _planned_start(current, code, title)
    day = _day_of(_first_day(round_, current), title, kind, start)
    made = Decision(code=code, kind=kind, start=day, reason=why, by=visitor.name)
    change(
        workspace, visitor, lambda tx, now: _put(tx, round_, made, title, now),
        scope=plan_scope(round_.organisation_id), verb=f"decide action {kind}", subject=round_.name,
        detail={"code": code, "start": day, "reason": why},
    )  # fmt: skip


def _put(tx: Tx, round_: Round, made: Decision, title: str, now: datetime) -> None:
    """Keeps a decision in place of those that it excludes."""
    before: dict[str, Decision] = {
        each.kind: each for each in stored.decisions(tx, round_.id) if each.code == made.code
    }
    for other in _EXCLUDES[made.kind] & set(before):
        stored.drop_decision(tx, round_.id, made.code, other)
    left = {kind: each for kind, each in before.items() if kind not in _EXCLUDES[made.kind]}
    _refuse_closed_window(title, {**left, made.kind: made})
    stored.put_decision(tx, round_.id, made, set_at=now)


def lock_next_quarter(workspace: Workspace, visitor: Visitor, round_name: Asked, reason: str) -> int:
    """Locks every action of the current plan that starts within the next 13 weeks (where the next plan begins later,
    its first 13) where the current one has it, all or none, and returns how many. What goes on, has its day or is
    rejected stays as it is."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    why = short_text(reason, "the reason why they are locked", least=3)
    current = find_plan(workspace, visitor, "latest", round_.organisation)
    if current is None:
        raise Refused("there is no plan yet, so nothing can be locked where it is; make one first")
    first, last = next_quarter(own_day(workspace, round_.organisation_id), _first_day(round_, current))
    soon = [each for each in starting_within(current.actions, first, last) if _is_known(workspace, round_, each.code)]

    def write(tx: Tx, now: datetime) -> list[str]:
        settled = {each.code for each in stored.decisions(tx, round_.id) if each.kind in FIXING | {"rejected"}}
        chosen = [each for each in soon if not settled & {each.code, each.code.partition("/")[0]}]
        if not chosen:
            raise Refused(f"nothing is left to lock that starts from {first} to {last}; choose single actions instead")
        for each in chosen:
            made = Decision(code=each.code, kind="locked", start=each.start, reason=why, by=visitor.name)
            _put(tx, round_, made, each.title, now)
        return [each.code for each in chosen]

    locked = change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb="lock next quarter",
        subject=round_.name, detail={"from": first, "to": last, "reason": why},
    )  # fmt: skip
    return len(locked)


def _planned_start(current: SavedPlan | None, code: str, title: str) -> date:
    planned = next((each for each in current.actions if each.code == code), None) if current else None
    if planned is None:
        raise Refused(f"{title!r} is not in the current plan, so it has no day to be locked to; pin it to one instead")
    if goes_on(planned):
        raise Refused(f"{title!r} has begun; every new plan keeps it as it is, so it needs no lock")
    return planned.start


def _first_day(round_: Round, current: SavedPlan | None) -> date:
    """The first day that the next plan of the round has, as `plan_making` sees it."""
    return current.starts if current and current.round == round_.name else first_day_of_plan(round_)


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


def _day_of(first: date, title: str, kind: str, start: date | None) -> date | None:
    """The day of a decision, None for the kinds that have none; refused where it is missing or outside the plan."""
    if kind in ("rejected", "must"):
        return None
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
    """Takes a decision back, or all on this code, which the catalogue need not know any more: the planner chooses
    again."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")

    def write(tx: Tx, now: datetime) -> None:
        gone = [each for each in stored.decisions(tx, round_.id) if each.code == code and kind in (None, each.kind)]
        if not gone:
            _known_code(workspace, round_, code)
        for each in gone:
            stored.drop_decision(tx, round_.id, code, each.kind)

    change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb="clear decision",
        subject=round_.name, detail={"code": code, "kind": kind},
    )  # fmt: skip


def take_back(workspace: Workspace, visitor: Visitor, round_name: Asked, given_up: Sequence[Decision]) -> None:
    """Takes several decisions back at once. One that somebody changed meanwhile stands, and then all do."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")

    def write(tx: Tx, now: datetime) -> None:
        standing = set(stored.decisions(tx, round_.id))
        changed = [each for each in given_up if each not in standing]
        if changed:
            raise Changed(f"the decision about {changed[0].code} has changed since you saw it; look again")
        for each in given_up:
            stored.drop_decision(tx, round_.id, each.code, each.kind)

    change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb="clear decision",
        subject=round_.name, detail={"codes": [f"{each.code} {each.kind}" for each in given_up]},
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
    """Marks an action as done or running, so that it is never proposed; None takes the mark off, of what the catalogue
    does not know any more too. No score changes."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    if state is not None:
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


def _is_known(workspace: Workspace, round_: Round, code: str) -> bool:
    try:
        return bool(_known_code(workspace, round_, code))
    except Refused:
        return False


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
