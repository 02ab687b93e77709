"""People, the roles they were given, and the personal links and sessions by which they come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from maturity.access.roles import Role

LinkState = Literal["valid", "expired", "revoked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may come in. `email` is in lower case; `left_at` where they left; an erased person has no name."""

    id: UUID
    name: str
    email: str | None = None
    subject: str | None = None
    created_at: datetime
    left_at: datetime | None = None
    erased_at: datetime | None = None
    row_version: int = 0

    @property
    def is_here(self) -> bool:
        """Whether this person may come in at all."""
        return self.left_at is None and self.erased_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRole:
    """One role as it was given. `department` is the code of `department_id`; `until` is the last day that it holds;
    `delegated_by` is the person who handed over their own."""

    id: UUID
    person_id: UUID
    organisation_id: UUID | None
    department_id: UUID | None
    department: str | None
    role: Role
    until: date | None = None
    delegated_by: UUID | None = None
    given_by: str
    given_at: datetime
    ended_at: datetime | None = None

    def holds(self, today: date) -> bool:
        """Whether the role counts today."""
        return self.ended_at is None and (self.until is None or today <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalLink:
    """A link that one person comes in by, again and on other devices until it expires. The token itself is not kept."""

    id: UUID
    person_id: UUID
    made_by: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    used_at: datetime | None = None

    def state(self, now: datetime) -> LinkState:
        """Whether the link lets somebody in now, and if not, why."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if now >= self.expires_at else "valid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser that came in by a personal link; `device` is what the browser said of itself, shortened."""

    id: UUID
    person_id: UUID
    link_id: UUID
    device: str
    started_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether the browser is still let in."""
        return self.ended_at is None and now < self.expires_at
