"""The organisation's own catalogue actions: added, edited, retired and brought back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from maturity.access.roles import Visitor
from maturity.framework.model import Framework
from maturity.operations.changes import change, plan_scope, short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.frameworks import catalogue_for
from maturity.operations.own_numbers import made_of
from maturity.operations.rounds import Round
from maturity.operations.standing import Asked, the_round
from maturity.operations.workspace import Workspace
from maturity.planning.catalogue import ActionCatalogue, CatalogueAction, CatalogueError
from maturity.planning.load_catalogue import check_topics
from maturity.planning.own_catalogue import OWN, OwnAction, check_own
from maturity.storage import catalogues as stored
from maturity.storage.engine import Tx, new_id

TEXTS = {"title": "the title", "summary": "the summary", "deliverable": "what it delivers", "done_when": "done when"}


def add_own_action(workspace: Workspace, visitor: Visitor, round_name: Asked, fields: Mapping[str, Any]) -> OwnAction:
    """Adds an action to the organisation's library. `fields` are those of an action in a catalogue file without its id,
    which is made here. It can be planned from now on."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    catalogue = _catalogue(round_)
    action = _action(catalogue, round_.framework, "own", fields)

    def write(tx: Tx, now: datetime) -> OwnAction:
        tx.alone(plan_scope(round_.organisation_id))
        number = stored.last_number(tx, round_.organisation_id) + 1
        made = OwnAction(
            id=str(new_id(now)), action=action.model_copy(update={"id": f"{OWN}{number}"}), set_by=visitor.name,
            set_at=now,
        )  # fmt: skip
        _check(tx, round_, catalogue, made)
        stored.add_own_action(tx, round_.organisation_id, round_.framework.id, number, made)
        return made

    return change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb="add own action",
        subject=action.title, detail=_detail(action),
    )  # fmt: skip


def edit_own_action(
    workspace: Workspace, visitor: Visitor, round_name: Asked, own: OwnAction, fields: Mapping[str, Any]
) -> OwnAction:
    """Writes other fields over an own action, as it was read."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    action = _action(_catalogue(round_), round_.framework, own.action.id, fields)
    return _change(workspace, visitor, round_, own, "edit own action", lambda now: own.retired_at, action)


def retire_own_action(workspace: Workspace, visitor: Visitor, round_name: Asked, own: OwnAction) -> OwnAction:
    """Takes an own action out of what can be planned; earlier plans keep it. One that another requires is refused."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    return _change(workspace, visitor, round_, own, "retire own action", lambda now: now)


def bring_back_own_action(workspace: Workspace, visitor: Visitor, round_name: Asked, own: OwnAction) -> OwnAction:
    """Takes a retired action back into what can be planned."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    return _change(workspace, visitor, round_, own, "bring back own action", lambda now: None)


def _change(
    workspace: Workspace,
    visitor: Visitor,
    round_: Round,
    own: OwnAction,
    verb: str,
    retired: Callable[[datetime], datetime | None],
    action: CatalogueAction | None = None,
) -> OwnAction:
    catalogue = _catalogue(round_)

    def write(tx: Tx, now: datetime) -> OwnAction:
        tx.alone(plan_scope(round_.organisation_id))
        known = {each.id: each for each in stored.own_of(tx, round_.organisation_id, round_.framework.id).actions}
        if own.id not in known:
            raise Refused(f"{own.action.title!r} is no action of this library; load the page again")
        whole = known[own.id].action
        if action:
            # A round on some of the topics shows and changes what is raised of these; the rest stays.
            others = tuple(each for each in whole.raises if each.topic not in round_.framework.topics)
            whole = action.model_copy(update={"raises": (*action.raises, *others)})
        fresh = replace(own, action=whole, set_by=visitor.name, set_at=now, retired_at=retired(now))
        _check(tx, round_, catalogue, fresh)
        version = stored.change_own_action(tx, fresh)
        if version is None:
            raise Changed(f"{own.action.title!r} was changed by somebody else meanwhile; look at it, then save again")
        return replace(fresh, row_version=version)

    return change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb=verb,
        subject=(action or own.action).title, detail=_detail(action or own.action),
    )  # fmt: skip


def _catalogue(round_: Round) -> ActionCatalogue:
    catalogue = catalogue_for(round_.framework)
    if catalogue is None:
        raise Refused(f"no action catalogue fits {round_.framework.name}; there is no library to add to")
    return catalogue


def _action(catalogue: ActionCatalogue, framework: Framework, code: str, fields: Mapping[str, Any]) -> CatalogueAction:
    """The action that the fields say, its texts trimmed, or a refusal that says which of them is wrong."""
    texts = {
        name: short_text(str(fields.get(name) or ""), what, least=int(name == "title")) for name, what in TEXTS.items()
    }
    action = made_of(CatalogueAction, {**fields, **texts, "id": code}, {each.id: each.name for each in catalogue.roles})
    try:
        check_topics(action, framework)
    except CatalogueError as error:
        raise Refused(str(error)) from None
    return action


def _check(tx: Tx, round_: Round, catalogue: ActionCatalogue, made: OwnAction) -> None:
    """Refused where the organisation's live actions, with this one as it shall be, do not fit beside the catalogue."""
    own = stored.own_of(tx, round_.organisation_id, round_.framework.id)
    every = [*(each for each in own.actions if each.id != made.id), made]
    live = [each.action for each in every if not each.retired_at]
    _refuse_taken(live, made.action)
    needed = [each.title for each in live if made.retired_at and made.action.id in each.requires]
    if needed:
        raise Refused(f"{made.action.title!r} is required by {needed[0]!r}; take it out there first")
    if made.retired_at:
        return
    try:
        check_own(catalogue, made.action, (each for each in live if each.id != made.action.id))
    except CatalogueError as error:
        raise Refused(str(error)) from None


def _refuse_taken(live: list[CatalogueAction], action: CatalogueAction) -> None:
    if any(each.title.casefold() == action.title.casefold() and each.id != action.id for each in live):
        raise Refused(f"there is an own action {action.title!r} already; choose another title")


def _detail(action: CatalogueAction) -> dict[str, Any]:
    return {
        "code": action.id,
        "phase": action.phase,
        "scope": action.scope,
        "weeks": action.duration_weeks,
        "effort": action.likely_effort,
        "raises": [f"{each.topic} {each.from_level}-{each.to_level}" for each in action.raises],
        "requires": list(action.requires),
    }
