"""Who somebody is here: roles held in an organisation, some of them for one department only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["administrator", "facilitator", "department_lead", "respondent", "reviewer", "leader"]
ROLES: tuple[Role, ...] = ("administrator", "facilitator", "department_lead", "respondent", "reviewer", "leader")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One role; `department` is its code where the role holds for that department only."""

    role: Role
    department: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """The person behind a request, as the permissions see them. Nobody at all has no grants."""

    person: str
    name: str
    grants: tuple[Grant, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held, wherever it holds."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def departments(self) -> frozenset[str]:
        """Department codes that some role is limited to."""
        return frozenset(grant.department for grant in self.grants if grant.department)


NOBODY = Visitor(person="", name="Visitor")
LOCAL_ADMINISTRATOR = Visitor(
    person="local-administrator", name="Local administrator", grants=(Grant(role="administrator"),)
)
COMMAND_LINE = Visitor(person="command-line", name="Command line", grants=(Grant(role="administrator"),))
