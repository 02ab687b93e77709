"""Risks of the plan: whoever changes the plan keeps them all, a head of department those of the own actions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.changes import change, identity, plan_scope, short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.local_days import local_day
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.actions import Action
from maturity.roadmap.risks import Response, Risk, RiskRefused, RiskStated, by_weight, check_risk, touched_departments
from maturity.storage import plans as stored_plans
from maturity.storage import risks as stored
from maturity.storage.engine import Tx, new_id

EDITABLE = frozenset(
    {
        "title", "description", "likelihood", "impact", "owner", "owner_person", "response", "response_text", "codes",
        "state", "review_on",
    }
)  # fmt: skip
TEXTS = {"title": "the risk's name", "description": "the description", "owner": "who watches it",
         "response_text": "what is done about it"}  # fmt: skip


class RiskChanged(Changed):
    """Somebody else changed the risk meanwhile: `theirs` is stored, `mine` is what was to be saved."""

    def __init__(self, theirs: Risk, mine: Risk) -> None:
        unlike = [each.name for each in fields(Risk) if getattr(theirs, each.name) != getattr(mine, each.name)]
        parts = [name.replace("_", " ") for name in unlike if name in EDITABLE]
        super().__init__(
            f"the risk {theirs.title!r} was changed by {theirs.set_by} meanwhile; theirs and yours differ in "
            f"{', '.join(parts) or 'nothing else'}. Look at both, then save again"
        )
        self.theirs = theirs
        self.mine = mine


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRisk:
    """A risk with all that was said about it, oldest first."""

    risk: Risk
    history: tuple[RiskStated, ...]


def risks(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[KnownRisk, ...]:
    """Every risk of an organisation, the heaviest first; closed ones too."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    with workspace.store.reading() as tx:
        found, states = stored.risks_of(tx, mine.id), stored.states_of(tx, mine.id)
    said: dict[str, list[RiskStated]] = {}
    for each in states:
        said.setdefault(each.risk_id, []).append(each)
    return tuple(KnownRisk(risk=each, history=tuple(said.get(each.id, ()))) for each in by_weight(found))


def open_risks(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[Risk, ...]:
    """The risks that may still happen, the heaviest first."""
    found = risks(workspace, visitor, organisation)
    return tuple(each.risk for each in found if each.risk.state == "open")


def add_risk(
    workspace: Workspace,
    visitor: Visitor,
    title: str,
    *,
    likelihood: int,
    impact: int,
    owner: str,
    description: str = "",
    owner_person: str | None = None,
    response: Response = "reduce",
    response_text: str = "",
    codes: Collection[str] = (),
    review_on: date | None = None,
    why: str = "",
    organisation: str | None = None,
) -> Risk:
    """Adds an open risk. An open one of the same name is refused, so that a second click adds nothing."""
    require(visitor, "report_progress", organisation=None)
    mine = the_organisation(workspace, visitor, organisation, verb="report_progress")
    said = short_text(why, "why it is added") or "Added"
    fresh = _checked(
        Risk(
            id="", title=title, description=description, likelihood=likelihood, impact=impact, owner=owner,
            owner_person=owner_person or None, response=response, response_text=response_text, codes=tuple(codes),
            review_on=review_on, set_by=visitor.name,
        )
    )  # fmt: skip

    def write(tx: Tx, now: datetime) -> Risk:
        _check_new(tx, visitor, mine.id, fresh, local_day(tx, mine.id, now))
        made = replace(fresh, id=str(new_id(now)), set_at=now)
        stored.add_risk(tx, mine.id, made)
        stored.add_state(tx, _stated(made, said, now))
        return made

    return change(
        workspace, visitor, write, scope=plan_scope(mine.id), verb="add risk", subject=fresh.title,
        detail=_detail(fresh, said),
    )  # fmt: skip


def _check_new(tx: Tx, visitor: Visitor, organisation_id: UUID, risk: Risk, today: date) -> None:
    actions = _actions(tx, organisation_id)
    _require(visitor, risk.codes, actions, organisation_id)
    _refuse_unknown(risk.codes, actions, risk.title)
    _refuse_past(risk, today)
    _refuse_taken(tx, organisation_id, risk)


def change_risk(
    workspace: Workspace, visitor: Visitor, risk_id: str, expected_version: int, *, why: str, **changes: Any
) -> Risk:
    """Changes any of `EDITABLE` of a risk as it was read in `expected_version`; the history keeps why.

    `RiskChanged` where somebody else was faster; a change that changes nothing is refused."""
    require(visitor, "report_progress", organisation=None)
    strange = sorted(set(changes) - EDITABLE)
    if strange:
        raise Refused(f"{strange[0]!r} of a risk cannot be changed here; these can: {', '.join(sorted(EDITABLE))}")
    return _change(workspace, visitor, risk_id, expected_version, changes, why, "change risk")


def close_risk(workspace: Workspace, visitor: Visitor, risk_id: str, expected_version: int, *, why: str) -> Risk:
    """Closes a risk that cannot happen any more, or that is over; it stays in the list of closed ones."""
    require(visitor, "report_progress", organisation=None)
    return _change(workspace, visitor, risk_id, expected_version, {"state": "closed"}, why, "close risk")


def _change(
    workspace: Workspace, visitor: Visitor, risk_id: str, expected_version: int, changes: dict[str, Any], why: str,
    verb: str,
) -> Risk:  # fmt: skip
    wanted = identity(risk_id, "a risk")
    said = short_text(why, "why it changes", least=3)
    with workspace.store.reading() as tx:
        place = stored.risk_row(tx, wanted)
    if place is None:
        raise Refused("this risk is not in the list; go back to it and choose again")
    organisation_id = place[0]
    require(visitor, "report_progress", organisation=organisation_id)
    if "codes" in changes:
        changes = {**changes, "codes": tuple(changes["codes"])}

    def write(tx: Tx, now: datetime) -> Risk:
        found = stored.risk_row(tx, wanted)
        assert found, "risks are never deleted"
        before = found[1]
        after = _checked(replace(before, **changes, set_by=visitor.name, set_at=now))
        actions = _actions(tx, organisation_id)
        for codes in (before.codes, after.codes):
            _require(visitor, codes, actions, organisation_id)
        if before.row_version != expected_version:
            raise RiskChanged(before, replace(after, row_version=expected_version))
        _check_changed(tx, organisation_id, before, after, actions, local_day(tx, organisation_id, now))
        version = stored.change_risk(tx, after, expected_version)
        if version is None:
            raise RiskChanged(before, after)
        stored.add_state(tx, _stated(after, said, now))
        return replace(after, row_version=version)

    shown = {name: list(value) if isinstance(value, tuple) else value for name, value in changes.items()}
    return change(
        workspace, visitor, write, scope=plan_scope(organisation_id), verb=verb, subject=place[1].title,
        detail={**shown, "why": said},
    )  # fmt: skip


def _check_changed(
    tx: Tx, organisation_id: UUID, before: Risk, after: Risk, actions: Collection[Action], today: date
) -> None:
    if not any(getattr(before, name) != getattr(after, name) for name in EDITABLE):
        raise Refused(f"nothing of the risk {before.title!r} was changed; change something, then save")
    _refuse_unknown(set(after.codes) - set(before.codes), actions, after.title)
    if after.review_on != before.review_on:
        _refuse_past(after, today)
    if after.state == "open":
        _refuse_taken(tx, organisation_id, after)


def _checked(risk: Risk) -> Risk:
    """The risk with its texts trimmed, or a refusal that says what is wrong with it."""
    texts: dict[str, Any] = {name: short_text(getattr(risk, name) or "", what) for name, what in TEXTS.items()}
    try:
        return check_risk(replace(risk, **texts, codes=tuple(dict.fromkeys(risk.codes))))
    except RiskRefused as error:
        raise Refused(str(error)) from None


def _actions(tx: Tx, organisation_id: UUID) -> tuple[Action, ...]:
    """The actions of the plan in force, those taken out of it too."""
    current = stored_plans.current_plan(tx, organisation_id)
    return stored_plans.actions_of(tx, current.id, removed=True) if current else ()


def _require(visitor: Visitor, codes: Collection[str], actions: Collection[Action], organisation_id: UUID) -> None:
    """A head of department keeps risks of the own actions alone; one of no action is everybody's."""
    departments = touched_departments(codes, actions)
    if not departments or None in departments:
        require(visitor, "edit_plan", organisation=organisation_id)
    for each in departments - {None}:
        require(visitor, "report_progress", each, organisation=organisation_id)


def _refuse_unknown(codes: Collection[str], actions: Collection[Action], title: str) -> None:
    there = {each.code for each in actions if not each.removed_on}
    strange = sorted(set(codes) - there)
    if strange:
        raise Refused(f"{title}: there is no action {strange[0]!r} in the plan; choose among its {len(there)} actions")


def _refuse_past(risk: Risk, today: date) -> None:
    if risk.review_on and risk.review_on < today and risk.state != "closed":
        raise Refused(f"{risk.title}: its next review cannot be on {risk.review_on}, which is before today, {today}")


def _refuse_taken(tx: Tx, organisation_id: UUID, risk: Risk) -> None:
    others = (each for each in stored.risks_of(tx, organisation_id) if each.id != risk.id and each.state == "open")
    if any(each.title.casefold() == risk.title.casefold() for each in others):
        raise Refused(f"there is an open risk {risk.title!r} already; change that one, or choose another name")


def _stated(risk: Risk, why: str, now: datetime) -> RiskStated:
    return RiskStated(
        risk_id=risk.id, likelihood=risk.likelihood, impact=risk.impact, state=risk.state, why=why, by=risk.set_by,
        at=now,
    )  # fmt: skip


def _detail(risk: Risk, why: str) -> dict[str, object]:
    return {"likelihood": risk.likelihood, "impact": risk.impact, "owner": risk.owner, "response": risk.response,
            "codes": list(risk.codes), "review_on": risk.review_on, "why": why}  # fmt: skip
