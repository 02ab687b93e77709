"""What each role may do: one table, asked by the operations and never only by a page."""

from __future__ import annotations

from typing import Literal

from maturity.access.roles import Role, Visitor

Verb = Literal[
    "read_help",
    "read_results",
    "read_department_results",
    "read_roadmap",
    "read_summary",
    "answer",
    "manage_rounds",
    "set_targets",
    "edit_plan",
    "report_progress",
    "administer",
]

MAY: dict[Verb, frozenset[Role]] = {
    "read_help": frozenset({"administrator", "facilitator", "department_lead", "respondent", "reviewer", "leader"}),
    "read_results": frozenset({"administrator", "facilitator", "reviewer", "leader"}),
    "read_department_results": frozenset({"administrator", "facilitator", "reviewer", "leader", "department_lead"}),
    "read_roadmap": frozenset({"administrator", "facilitator", "department_lead", "reviewer", "leader"}),
    "read_summary": frozenset({"administrator", "facilitator", "leader"}),
    "answer": frozenset({"administrator", "facilitator", "department_lead", "respondent"}),
    "manage_rounds": frozenset({"administrator", "facilitator"}),
    "set_targets": frozenset({"administrator", "leader"}),
    "edit_plan": frozenset({"administrator"}),
    "report_progress": frozenset({"administrator", "department_lead"}),
    "administer": frozenset({"administrator"}),
}


class NotPermitted(PermissionError):
    """Somebody asked for what their role does not allow."""


def may(visitor: Visitor, verb: Verb, department: str | None = None) -> bool:
    """Whether the visitor may do this, to this department where one is named.

    A grant for one department counts for that department only, and for no city-wide thing
    except opening the page on which the department's own part stands (`department` is None)."""
    for grant in visitor.grants:
        if grant.role in MAY[verb] and (grant.department is None or department in (None, grant.department)):
            return True
    return False


def require(visitor: Visitor, verb: Verb, department: str | None = None) -> None:
    """Refuse with one sentence where `may` says no."""
    if not may(visitor, verb, department):
        where = f" for the department {department!r}" if department else ""
        raise NotPermitted(
            f"{visitor.name or 'This visitor'} may not {verb.replace('_', ' ')}{where}; ask the administrator"
        )
