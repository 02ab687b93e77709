"""Decisions of leaders: asked for by whoever changes the plan, taken by whoever may approve it, kept as they were."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maturity.access.permissions import Verb, require
from maturity.access.roles import Visitor
from maturity.operations.changes import change, identity, plan_scope, short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.local_days import local_day
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.actions import Action
from maturity.roadmap.decisions import (
    AskedDecision,
    DecisionRefused,
    LeadershipDecision,
    Option,
    check_decision,
    needed_by,
)
from maturity.storage import leadership_decisions as stored
from maturity.storage import plans as stored_plans
from maturity.storage.engine import Tx, new_id

EDITABLE = frozenset(
    {"question", "background", "options", "recommendation", "decider", "codes", "needed_by", "supersedes"}
)
TEXTS = {"question": "the question", "background": "the background", "recommendation": "the recommendation",
         "decider": "who decides", "reason": "the reason", "minute": "the minute"}  # fmt: skip
FAR = date.max


class DecisionChanged(Changed):
    """Somebody else changed the decision meanwhile: `theirs` is stored, `mine` is what was to be saved."""

    def __init__(self, theirs: LeadershipDecision, mine: LeadershipDecision) -> None:
        unlike = [
            each.name for each in fields(LeadershipDecision) if getattr(theirs, each.name) != getattr(mine, each.name)
        ]
        parts = [name.replace("_", " ") for name in unlike if name in EDITABLE]
        super().__init__(
            f"the decision {theirs.question!r} was changed by somebody else meanwhile; theirs and yours differ in "
            f"{', '.join(parts) or 'nothing that was asked'}. Look at both, then save again"
        )
        self.theirs = theirs
        self.mine = mine


def decisions(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[AskedDecision, ...]:
    """Every decision in the order in which it was asked for; open ones with the day by which the plan needs them."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    with workspace.store.reading() as tx:
        found, actions = stored.decisions_of(tx, mine.id), _actions(tx, mine.id)
    return tuple(_asked(each, actions) for each in found)


def open_decisions(
    workspace: Workspace, visitor: Visitor, organisation: str | None = None
) -> tuple[AskedDecision, ...]:
    """What leaders still have to decide, the soonest needed first."""
    found = [each for each in decisions(workspace, visitor, organisation) if each.decision.state == "open"]
    return tuple(sorted(found, key=lambda each: (each.day or FAR, each.decision.id)))


def _asked(decision: LeadershipDecision, actions: Sequence[Action]) -> AskedDecision:
    is_open = decision.state == "open"
    return AskedDecision(decision=decision, computed=needed_by(decision.codes, actions) if is_open else None)


def ask_decision(
    workspace: Workspace,
    visitor: Visitor,
    question: str,
    *,
    options: Collection[Option],
    decider: str,
    background: str = "",
    recommendation: str = "",
    codes: Collection[str] = (),
    needed_by: date | None = None,
    supersedes: str | None = None,
    organisation: str | None = None,
) -> LeadershipDecision:
    """Puts a question before leaders. The same open question is refused, so that a second click asks nothing twice.

    `supersedes` is the id of a decided one that the answer is to replace; that one stays as it is."""
    mine = the_organisation(workspace, visitor, organisation, verb="edit_plan")
    fresh = _checked(
        LeadershipDecision(
            id="", question=question, background=background, options=tuple(options), recommendation=recommendation,
            decider=decider, codes=tuple(codes), needed_by=needed_by, supersedes=supersedes or None,
            asked_by=visitor.name,
        )
    )  # fmt: skip

    def write(tx: Tx, now: datetime) -> LeadershipDecision:
        _refuse_wrong_place(tx, mine.id, fresh, fresh.codes)
        made = replace(fresh, id=str(new_id(now)), asked_at=now)
        stored.add_decision(tx, mine.id, made)
        return made

    return change(
        workspace, visitor, write, scope=plan_scope(mine.id), verb="ask decision", subject=fresh.question,
        detail={"decider": fresh.decider, "options": [each.name for each in fresh.options],
                "codes": list(fresh.codes), "needed_by": fresh.needed_by},
    )  # fmt: skip


def change_decision(
    workspace: Workspace, visitor: Visitor, decision_id: str, expected_version: int, **changes: Any
) -> LeadershipDecision:
    """Changes any of `EDITABLE` of an open decision as it was read; `DecisionChanged` where somebody was faster."""
    require(visitor, "edit_plan", organisation=None)
    strange = sorted(set(changes) - EDITABLE)
    if strange:
        raise Refused(f"{strange[0]!r} of a decision cannot be changed here; these can: {', '.join(sorted(EDITABLE))}")
    changes |= {name: tuple(changes[name]) for name in ("options", "codes") if name in changes}

    def changed(tx: Tx, organisation_id: UUID, before: LeadershipDecision, now: datetime) -> LeadershipDecision:
        after = _checked(replace(before, **changes))
        _refuse_wrong_place(tx, organisation_id, after, set(after.codes) - set(before.codes))
        return after

    said = {name: str(value) for name, value in changes.items()}
    return _change(workspace, visitor, decision_id, expected_version, changed, "change decision", "edit_plan", said)


def decide(
    workspace: Workspace,
    visitor: Visitor,
    decision_id: str,
    expected_version: int,
    chosen: str,
    reason: str,
    *,
    decided_on: date | None = None,
    minute: str = "",
) -> LeadershipDecision:
    """Records what was decided: the name of the chosen option, why, on which day (today unless given) and where it is
    minuted. From then on it stays as it is."""
    require(visitor, "approve_plan", organisation=None)
    why = short_text(reason, "the reason for the decision", least=3)

    def decided(tx: Tx, organisation_id: UUID, before: LeadershipDecision, now: datetime) -> LeadershipDecision:
        today = local_day(tx, organisation_id, now)
        day = decided_on or today
        if not date(2000, 1, 1) <= day <= today:
            raise Refused(f"it cannot have been decided on {day}; choose a day from 2000 to today, {today}")
        return _checked(
            replace(
                before, state="decided", chosen=chosen, reason=why, minute=minute, decided_on=day,
                decided_by=visitor.name, decided_at=now,
            )
        )  # fmt: skip

    said = {"chosen": chosen, "reason": why, "decided_on": decided_on, "minute": minute.strip()}
    return _change(workspace, visitor, decision_id, expected_version, decided, "decide", "approve_plan", said)


def withdraw_decision(
    workspace: Workspace, visitor: Visitor, decision_id: str, expected_version: int, reason: str
) -> LeadershipDecision:
    """Takes an open question back: nobody has to decide it any more."""
    require(visitor, "edit_plan", organisation=None)
    why = short_text(reason, "the reason for taking it back", least=3)

    def withdrawn(tx: Tx, organisation_id: UUID, before: LeadershipDecision, now: datetime) -> LeadershipDecision:
        return replace(before, state="withdrawn", reason=why, decided_by=visitor.name, decided_at=now)

    return _change(
        workspace, visitor, decision_id, expected_version, withdrawn, "withdraw decision", "edit_plan", {"reason": why}
    )


def _change(
    workspace: Workspace,
    visitor: Visitor,
    decision_id: str,
    expected_version: int,
    changed: Callable[[Tx, UUID, LeadershipDecision, datetime], LeadershipDecision],
    verb: str,
    may_do: Verb,
    detail: dict[str, Any],
) -> LeadershipDecision:
    """One open decision through `changed` into the store; settled ones are refused whoever asks."""
    wanted = identity(decision_id, "a decision")
    with workspace.store.reading() as tx:
        place = stored.decision_row(tx, wanted)
    if place is None:
        raise Refused("this decision is not in the list; go back to it and choose again")
    organisation_id, question = place[0], place[1].question
    require(visitor, may_do, organisation=organisation_id)

    def write(tx: Tx, now: datetime) -> LeadershipDecision:
        found = stored.decision_row(tx, wanted)
        assert found, "decisions are never deleted"
        before = found[1]
        _refuse_settled(before)
        after = changed(tx, organisation_id, before, now)
        version = stored.change_decision(tx, after, expected_version)
        if version is None:
            raise DecisionChanged(before, replace(after, row_version=expected_version))
        return replace(after, row_version=version)

    return change(
        workspace, visitor, write, scope=plan_scope(organisation_id), verb=verb, subject=question, detail=detail
    )


def _refuse_settled(decision: LeadershipDecision) -> None:
    if decision.state == "decided":
        raise Changed(
            f"{decision.question!r} was decided on {decision.decided_on}: {decision.chosen}; what was decided stays. "
            "Ask for a new decision that replaces it"
        )
    if decision.state == "withdrawn":
        raise Changed(f"{decision.question!r} was withdrawn ({decision.reason}); ask again if it is still needed")


def _checked(decision: LeadershipDecision) -> LeadershipDecision:
    """The decision with its texts trimmed, or a refusal that says what is wrong with it."""
    texts: dict[str, Any] = {name: short_text(getattr(decision, name) or "", what) for name, what in TEXTS.items()}
    options = tuple(
        replace(each, name=each.name.strip(), effect=short_text(each.effect, f"the effect of {each.name.strip()!r}"))
        for each in decision.options
    )
    try:
        return check_decision(replace(decision, **texts, options=options, codes=tuple(dict.fromkeys(decision.codes))))
    except DecisionRefused as error:
        raise Refused(str(error)) from None


def _actions(tx: Tx, organisation_id: UUID) -> tuple[Action, ...]:
    """The actions of the plan in force."""
    current = stored_plans.current_plan(tx, organisation_id)
    return stored_plans.actions_of(tx, current.id) if current else ()


def _refuse_wrong_place(tx: Tx, organisation_id: UUID, decision: LeadershipDecision, codes: Collection[str]) -> None:
    """Refuses an action that is not in the plan, a day after the plan needs it, a question that is open already, and
    the replacing of what is not decided."""
    actions = _actions(tx, organisation_id)
    strange = sorted(set(codes) - {each.code for each in actions})
    if strange:
        raise Refused(f"there is no action {strange[0]!r} in the plan; choose among its {len(actions)} actions")
    latest = needed_by(decision.codes, actions)
    if latest and decision.needed_by and decision.needed_by > latest.day:
        raise Refused(
            f"the plan needs it by {latest.day}, so {decision.needed_by} is too late; choose an earlier day, or none"
        )
    others = [each for each in stored.decisions_of(tx, organisation_id) if each.id != decision.id]
    if any(each.state == "open" and each.question.casefold() == decision.question.casefold() for each in others):
        raise Refused(
            f"{decision.question!r} is asked already and still open; change that one, or ask another question"
        )
    if decision.supersedes and not any(e.id == decision.supersedes and e.state == "decided" for e in others):
        raise Refused("the decision that this one is to replace is not among the decided ones; choose another, or none")
