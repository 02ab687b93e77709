"""Taking over what was entered about people and money for an earlier round, so that nobody types it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from maturity.access.roles import Visitor
from maturity.operations.catalogues import catalogue_of
from maturity.operations.changes import change, plan_scope
from maturity.operations.errors import Changed, Refused
from maturity.operations.resource_rules import check_capacity, checked_line
from maturity.operations.standing import Asked, the_round
from maturity.operations.workspace import Workspace
from maturity.storage import resources as stored
from maturity.storage.engine import Tx, new_id


def take_over_resources(workspace: Workspace, visitor: Visitor, round_name: Asked, earlier: Asked) -> int:
    """Copies lines, person-days and terms of an earlier round into one for which nothing has been entered; the number
    of lines that stay behind, because their role or department is not there any more."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    before = the_round(workspace, visitor, earlier, verb="edit_plan")
    if before.organisation_id != round_.organisation_id:
        raise Refused(f"round {before.name!r} is another organisation's; choose one of your own")
    catalogue = catalogue_of(workspace, round_)

    def write(tx: Tx, now: datetime) -> int:
        if stored.lines_of(tx, round_.id) or stored.days_of(tx, round_.id) or stored.terms_of(tx, round_.id):
            raise Changed("something was entered for this round meanwhile; look at it, and add what is missing")
        lines = stored.lines_of(tx, before.id)
        fitting = [each for each in lines if _fits(partial(checked_line, catalogue, round_, each.line))]
        for each in fitting:
            made = replace(each, id=new_id(now), set_by=visitor.name, set_at=now, row_version=1)
            stored.add_line(tx, round_.id, made)
        if terms := stored.terms_of(tx, before.id):
            stored.put_terms(tx, round_.id, terms.terms, set_by=visitor.name, set_at=now)
        if days := stored.days_of(tx, before.id):
            there = tuple(c for c in days.capacities if _fits(partial(check_capacity, catalogue, round_, c)))
            stored.put_days(tx, round_.id, there, set_by=visitor.name, set_at=now)
        return len(lines) - len(fitting)

    return change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb="take over resources",
        subject=round_.name, detail={"from": before.name},
    )  # fmt: skip


def _fits(check: Callable[[], object]) -> bool:
    try:
        check()
    except Refused:
        return False
    return True
