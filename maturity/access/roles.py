"""Who somebody is here: roles held in an organisation, some of them for one department only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

Role = Literal["administrator", "facilitator", "department_lead", "respondent", "reviewer", "leader", "owner"]
ROLES: tuple[Role, ...] = (
    "administrator", "facilitator", "department_lead", "respondent", "reviewer", "leader", "owner",
)  # fmt: skip
ROLE_NAMES: Mapping[Role, str] = {
    "administrator": "Chief Data Officer",
    "facilitator": "Facilitator",
    "department_lead": "Head of department",
    "respondent": "Respondent",
    "reviewer": "Reviewer",
    "leader": "Leadership",
    "owner": "Action owner",
}
# Roles that mean nothing without a department: they are held in one, or in several by several grants.
OF_A_DEPARTMENT: frozenset[Role] = frozenset({"department_lead", "respondent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One role. `department` is its code where the role holds for that department only; `organisation` None is the
    whole installation, every organisation in it."""

    role: Role
    department: str | None = None
    organisation: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """The person behind a request, as the permissions see them. Nobody at all has no grants.

    `at` is the organisation that this visit is to, where it is to one only."""

    person: str
    name: str
    grants: tuple[Grant, ...] = ()
    at: UUID | None = None

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held, wherever it holds."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def departments(self) -> frozenset[str]:
        """Department codes that some role is limited to."""
        return frozenset(grant.department for grant in self.grants if grant.department)

    def within(self, organisation: UUID) -> Visitor:
        """The same person on a visit to one organisation: only the grants that hold there."""
        held = tuple(grant for grant in self.grants if grant.organisation in (None, organisation))
        return replace(self, grants=held, at=organisation)

    def sees(self, organisation: UUID) -> bool:
        """Whether the organisation exists for the visitor at all: some grant holds there, and the visit is to it."""
        return self.at in (None, organisation) and any(g.organisation in (None, organisation) for g in self.grants)


NOBODY = Visitor(person="", name="Visitor")
LOCAL_ADMINISTRATOR = Visitor(
    person="local-administrator", name="Local administrator", grants=(Grant(role="administrator"),)
)
COMMAND_LINE = Visitor(person="command-line", name="Command line", grants=(Grant(role="administrator"),))
