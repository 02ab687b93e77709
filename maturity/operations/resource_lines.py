"""Entering people and money line by line: sources, partner commitments, the calendar, missing skills; and the terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from maturity.access.roles import Visitor
from maturity.operations.catalogues import catalogue_of
from maturity.operations.changes import change, plan_scope
from maturity.operations.errors import Changed, Refused
from maturity.operations.resource_rules import checked_line, checked_terms
from maturity.operations.standing import Asked, the_round
from maturity.operations.workspace import Workspace
from maturity.planning.spending import (
    CapacityChange,
    Commitment,
    Line,
    MissingSkill,
    Source,
    Terms,
    body_of,
    kind_of,
    only,
)
from maturity.storage import resources as stored
from maturity.storage.engine import Tx, new_id
from maturity.storage.resources import ResourceLine

__all__ = ["ResourceLine", "add_line", "edit_line", "line_name", "remove_line", "remove_sources", "set_terms"]

MOST_LINES = 200


def line_name(line: Line) -> str:
    """What people call a line: the name of its source, partner, reason or skill."""
    match line:
        case Source():
            return line.name
        case Commitment():
            return line.partner
        case CapacityChange():
            return line.reason
        case MissingSkill():
            return line.skill


def add_line(workspace: Workspace, visitor: Visitor, round_name: Asked, line: Line) -> ResourceLine:
    """Adds a line to the people and money of a round; with the first source the default budget counts no more."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    checked = checked_line(catalogue_of(workspace, round_), round_, line)

    def write(tx: Tx, now: datetime) -> ResourceLine:
        others = [each.line for each in stored.lines_of(tx, round_.id)]
        if len(others) >= MOST_LINES:
            raise Refused(f"a round has at most {MOST_LINES} lines of people and money; remove one before you add one")
        _refuse_taken(checked, others)
        made = ResourceLine(id=new_id(now), line=checked, set_by=visitor.name, set_at=now, row_version=1)
        stored.add_line(tx, round_.id, made)
        return made

    return change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb="add resource line",
        subject=line_name(checked), detail=_detail(checked),
    )  # fmt: skip


def edit_line(
    workspace: Workspace, visitor: Visitor, round_name: Asked, seen: ResourceLine, line: Line
) -> ResourceLine:
    """Writes a line of the same kind over the version that was `seen`; `Changed` where somebody else was first."""
    if kind_of(line) != kind_of(seen.line):
        raise Refused(f"{line_name(seen.line)!r} cannot become a line of another kind; remove it and add a new one")
    return _write(workspace, visitor, round_name, seen, line, remove=False)


def remove_line(workspace: Workspace, visitor: Visitor, round_name: Asked, seen: ResourceLine) -> None:
    """Takes a line out, as it was seen; with the last source the default budget counts again. Its row is kept."""
    _write(workspace, visitor, round_name, seen, seen.line, remove=True)


def remove_sources(workspace: Workspace, visitor: Visitor, round_name: Asked, seen: Sequence[ResourceLine]) -> None:
    """Takes all of these sources out at once, so that the default budget counts again; none where one has changed."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    sources = [each for each in seen if isinstance(each.line, Source)]

    def write(tx: Tx, now: datetime) -> None:
        for each in sources:
            if stored.change_line(tx, round_.id, replace(each, set_by=visitor.name, set_at=now), now) is None:
                raise Changed(_meanwhile(tx, round_.id, each))

    change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb="remove resource lines",
        subject=round_.name, detail={"sources": [line_name(each.line) for each in sources]},
    )  # fmt: skip


def _write(
    workspace: Workspace, visitor: Visitor, round_name: Asked, seen: ResourceLine, line: Line, *, remove: bool
) -> ResourceLine:
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    checked = line if remove else checked_line(catalogue_of(workspace, round_), round_, line)

    def write(tx: Tx, now: datetime) -> ResourceLine:
        if not remove:
            _refuse_taken(checked, [each.line for each in stored.lines_of(tx, round_.id) if each.id != seen.id])
        made = replace(seen, line=checked, set_by=visitor.name, set_at=now)
        version = stored.change_line(tx, round_.id, made, now if remove else None)
        if version is None:
            raise Changed(_meanwhile(tx, round_.id, seen))
        return replace(made, row_version=version)

    return change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id),
        verb="remove resource line" if remove else "edit resource line", subject=line_name(checked),
        detail=_detail(checked),
    )  # fmt: skip


def _refuse_taken(line: Line, others: Sequence[Line]) -> None:
    if isinstance(line, Source) and line.name in {each.name for each in only(Source, others)}:
        raise Refused(f"there is a source {line.name!r} already; change that one, or choose another name")


def _meanwhile(tx: Tx, round_id: Any, seen: ResourceLine) -> str:
    now = next((each for each in stored.lines_of(tx, round_id) if each.id == seen.id), None)
    if now is None:
        return (
            f"{line_name(seen.line)!r} was removed meanwhile; what you typed still stands below: save it as a new one"
        )
    return (
        f"{now.set_by} has changed {line_name(now.line)!r} meanwhile; "
        "what you typed still stands below: look at both, then save again"
    )


def set_terms(workspace: Workspace, visitor: Visitor, round_name: Asked, terms: Terms, seen: int) -> None:
    """Sets the terms over the version that was `seen`, 0 where there were none."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    checked = checked_terms(terms)

    def write(tx: Tx, now: datetime) -> None:
        before = stored.terms_of(tx, round_.id)
        if seen != (before.row_version if before else 0):
            raise Changed(
                f"{before.set_by if before else 'Somebody'} has set the terms meanwhile; "
                "what you typed still stands below: look at it, then save again"
            )
        stored.put_terms(tx, round_.id, checked, set_by=visitor.name, set_at=now)

    change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb="set resource terms",
        subject=round_.name, detail=asdict(checked),
    )  # fmt: skip


def _detail(line: Line) -> Mapping[str, Any]:
    return {"kind": kind_of(line), **body_of(line)}
