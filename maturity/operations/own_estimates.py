"""Estimates and routes that an organisation sets for any action of its library, each with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from maturity.access.roles import Visitor
from maturity.operations.catalogues import catalogue_of
from maturity.operations.changes import change, plan_scope, short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.own_numbers import made_of
from maturity.operations.rounds import Round
from maturity.operations.standing import Asked, the_round
from maturity.operations.workspace import Workspace
from maturity.planning.catalogue import ActionCatalogue, CatalogueAction, CatalogueError
from maturity.planning.own_catalogue import (
    ChosenRoute,
    Numbers,
    Own,
    OwnEstimate,
    check_numbers,
    check_window,
    route_of,
)
from maturity.storage import catalogues as stored
from maturity.storage.engine import Tx


def set_estimate(
    workspace: Workspace, visitor: Visitor, round_name: Asked, code: str, numbers: Mapping[str, Any], reason: str,
    seen: int = 0,
) -> None:  # fmt: skip
    """Sets the organisation's own duration, effort and cost of an action, by the route that it goes by now.

    `numbers` are as in a catalogue file; `seen` is the version of the estimate that was looked at, 0 where none was."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    catalogue, action = _known(workspace, round_, code)
    made = made_of(Numbers, numbers, {each.id: each.name for each in catalogue.roles})
    try:
        check_numbers(catalogue, made)
        check_window(action.model_copy(update={"duration_weeks": made.duration_weeks}))
    except CatalogueError as error:
        raise Refused(str(error)) from None
    why = short_text(reason, f"the reason for another estimate of {action.title!r}", least=3)

    def write(tx: Tx, now: datetime) -> None:
        own = _own_as_seen(tx, round_, action, seen)
        estimate = OwnEstimate(
            code=code, route=route_of(action, own.choice(code)), numbers=made, reason=why, set_by=visitor.name,
            set_at=now, row_version=seen + 1,
        )  # fmt: skip
        stored.put_estimate(tx, round_.organisation_id, round_.framework.id, estimate)

    change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb="set estimate", subject=action.title,
        detail={"code": code, **made.model_dump(mode="json"), "reason": why},
    )  # fmt: skip


def clear_estimate(workspace: Workspace, visitor: Visitor, round_name: Asked, code: str, seen: int) -> None:
    """Takes the own estimate of an action off, as it was looked at: the catalogue's counts again."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    _, action = _known(workspace, round_, code)

    def write(tx: Tx, now: datetime) -> None:
        route = route_of(action, _own_as_seen(tx, round_, action, seen).choice(code))
        stored.drop_estimate(tx, round_.organisation_id, round_.framework.id, code, route)

    change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb="clear estimate",
        subject=action.title, detail={"code": code},
    )  # fmt: skip


def choose_route(workspace: Workspace, visitor: Visitor, round_name: Asked, code: str, route: str, reason: str) -> None:
    """Takes one of an action's routes: from now on plans are made with its effort, cost and duration."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    _, action = _known(workspace, round_, code)
    kinds = [each.kind for each in action.routes]
    if route not in kinds:
        raise Refused(
            f"{action.title!r} has no route {route!r}; {'choose ' + ' or '.join(kinds) if kinds else 'it has none'}"
        )
    why = short_text(reason, f"the reason for the route of {action.title!r}", least=3)

    def write(tx: Tx, now: datetime) -> None:
        chosen = ChosenRoute(code=code, route=route, reason=why, set_by=visitor.name, set_at=now)
        stored.put_route(tx, round_.organisation_id, round_.framework.id, chosen)

    change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb="choose route", subject=action.title,
        detail={"code": code, "route": route, "reason": why},
    )  # fmt: skip


def _known(workspace: Workspace, round_: Round, code: str) -> tuple[ActionCatalogue, CatalogueAction]:
    catalogue = catalogue_of(workspace, round_)
    if catalogue is None:
        raise Refused(f"no action catalogue fits {round_.framework.name}; there is nothing to estimate")
    if code not in catalogue.by_id:
        raise Refused(f"the library has no action {code!r}; choose one of its {len(catalogue.actions)}")
    return catalogue, catalogue.by_id[code]


def _own_as_seen(tx: Tx, round_: Round, action: CatalogueAction, seen: int) -> Own:
    """All that is own, or `Changed` where the action's estimate is not the one that was looked at."""
    tx.alone(plan_scope(round_.organisation_id))
    own = stored.own_of(tx, round_.organisation_id, round_.framework.id)
    estimate = own.estimate(action.id, route_of(action, own.choice(action.id)))
    if (estimate.row_version if estimate else 0) != seen:
        raise Changed(f"the estimate of {action.title!r} was changed meanwhile; look at it, then save again")
    return own
