"""What each role may do: one table, asked by the operations and never only by a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

from maturity.access.roles import Role, Visitor

Verb = Literal[
    "read_help",
    "read_results",
    "read_department_results",
    "read_differences",
    "read_roadmap",
    "read_summary",
    "read_board",
    "answer",
    "reply",
    "delegate",
    "review",
    "manage_rounds",
    "run_workshop",
    "sign_off_round",
    "invite",
    "manage_people",
    "share_results",
    "set_targets",
    "edit_plan",
    "report_progress",
    "report_own",
    "confirm_days",
    "approve_plan",
    "read_reports",
    "publish",
    "approve_edition",
    "administer",
    "run_installation",
]

_ALL: frozenset[Role] = frozenset(
    {"administrator", "facilitator", "department_lead", "respondent", "reviewer", "leader", "owner"}
)
_RUN: frozenset[Role] = frozenset({"administrator", "facilitator"})

MAY: Mapping[Verb, frozenset[Role]] = {
    "read_help": _ALL,
    "read_results": _RUN | {"reviewer", "leader"},
    "read_department_results": _RUN | {"reviewer", "leader", "department_lead"},
    "read_differences": _RUN | {"department_lead"},
    "read_roadmap": _RUN | {"department_lead", "reviewer", "leader"},
    "read_summary": _RUN | {"leader"},
    "read_board": _RUN | {"department_lead"},
    "answer": _RUN | {"department_lead", "respondent"},
    "reply": frozenset({"department_lead"}),
    "delegate": frozenset({"department_lead"}),
    "review": frozenset({"administrator", "reviewer"}),
    "manage_rounds": _RUN,
    "run_workshop": _RUN,
    "sign_off_round": frozenset({"administrator", "leader"}),
    "invite": _RUN,
    "manage_people": frozenset({"administrator"}),
    "share_results": frozenset({"administrator"}),
    "set_targets": frozenset({"administrator", "leader"}),
    "edit_plan": frozenset({"administrator"}),
    "report_progress": frozenset({"administrator", "department_lead"}),
    "report_own": _ALL,
    "confirm_days": frozenset({"administrator", "department_lead"}),
    "approve_plan": frozenset({"administrator", "leader"}),
    "read_reports": _RUN | {"leader"},
    "publish": frozenset({"administrator"}),
    "approve_edition": frozenset({"administrator", "leader"}),
    "administer": frozenset({"administrator"}),
    "run_installation": frozenset({"administrator"}),
}
# What concerns every organisation of the installation at once: a role in one of them is not enough.
INSTALLATION_WIDE: frozenset[Verb] = frozenset({"run_installation"})

# What each verb is called in a sentence: "... may not ...".
DEEDS: Mapping[Verb, str] = {
    "read_help": "read the help",
    "read_results": "read the results",
    "read_department_results": "read the results of departments",
    "read_differences": "see where the answers of a department differ",
    "read_roadmap": "read the plan and the roadmap",
    "read_summary": "read the leadership summary",
    "read_board": "see who has answered",
    "answer": "answer the questionnaire",
    "reply": "reply to a department's result",
    "delegate": "hand a department over to a deputy",
    "review": "review answers and evidence",
    "manage_rounds": "manage rounds and departments",
    "run_workshop": "run workshops",
    "sign_off_round": "sign off a round",
    "invite": "invite people",
    "manage_people": "manage people and their roles",
    "share_results": "share results with a partnership",
    "set_targets": "set targets",
    "edit_plan": "change the plan",
    "report_progress": "report progress",
    "report_own": "report on actions of their own",
    "confirm_days": "confirm a department's person-days",
    "approve_plan": "sign off plans and reviews, and take leadership decisions",
    "read_reports": "download reports",
    "publish": "prepare the public roadmap, and answer residents",
    "approve_edition": "approve editions of the public roadmap",
    "administer": "administer Waymark",
    "run_installation": "run the installation",
}


class NotPermitted(PermissionError):
    """Somebody asked for what their role does not allow."""


def may(visitor: Visitor, verb: Verb, department: str | None = None, organisation: UUID | None = None) -> bool:
    """Whether the visitor may do this: in this organisation, to this department, where one is named.

    A grant for one department counts for that department only, and for no city-wide thing
    except opening the page on which the department's own part stands (`department` is None).
    Where no organisation is named, a grant in any of them counts: that opens pages, it guards no object."""
    return any(
        grant.role in MAY[verb]
        and (grant.department is None or department in (None, grant.department))
        and (
            grant.organisation is None or (organisation in (None, grant.organisation) and verb not in INSTALLATION_WIDE)
        )
        for grant in visitor.grants
    )


def require(visitor: Visitor, verb: Verb, department: str | None = None, *, organisation: UUID | None) -> None:
    """Refuse with one sentence where `may` says no. Every caller names the organisation that the object belongs to,
    or None where the object belongs to none (a framework, the help)."""
    if not may(visitor, verb, department, organisation):
        where = f" for the department {department!r}" if department else ""
        raise NotPermitted(f"{visitor.name or 'This visitor'} may not {DEEDS[verb]}{where}; ask the administrator")
