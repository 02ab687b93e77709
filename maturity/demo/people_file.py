"""The file about the demo city's people: who runs the assessment, how others are named, what was said and sent back."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from maturity.framework.model import FileValue, Id, Name, Text

Role = Literal["administrator", "facilitator", "department_lead", "respondent", "reviewer", "leader", "owner"]
Number = Annotated[int, Field(ge=1)]


class Staff(FileValue):
    """Somebody with a role in the whole organisation."""

    name: Name
    role: Role


class Names(FileValue):
    """First and last names, which are put together."""

    first: tuple[Name, ...]
    last: tuple[Name, ...]


class Somebody(FileValue):
    """Somebody who answers: the `person`th of a department, where the first is its head."""

    department: Id
    person: Number


class LinkOf(Somebody):
    """A personal link that somebody got, and what became of it."""

    state: Literal["valid", "expired", "revoked"]


class BackTo(Somebody):
    """Answers of a round (1 or 2) that were sent back, and sent again."""

    round: Literal[1, 2]
    note: Text


class Said(FileValue):
    """What the head of a department replied to the result of the second round."""

    department: Id
    text: Text


class Filed(FileValue):
    """A file beside an answer of the second round."""

    department: Id
    question: Id
    kind: Literal["pdf", "txt", "csv"]
    name: Name
    lines: tuple[Text, ...]


class Flagged(FileValue):
    """Evidence of the second round that the reviewer finds weak."""

    department: Id
    question: Id
    reason: Text


class DemoPartnership(FileValue):
    """The region's partnership: its members, and which of them gave it their latest result."""

    name: Name
    leader: Name
    members: tuple[Name, ...]
    givers: tuple[Name, ...]


class DemoPeople(FileValue):
    """Everything about the people of the made-up city that is not chance."""

    version: str
    staff: tuple[Staff, ...]
    names: Names
    silent: dict[Id, Number]
    deputy: Somebody
    left: Somebody
    links: tuple[LinkOf, ...]
    sent_back: tuple[BackTo, ...]
    replies: tuple[Said, ...]
    files: tuple[Filed, ...]
    flags: tuple[Flagged, ...]
    partnership: DemoPartnership

    def with_role(self, role: Role) -> str:
        """The name of the first who has a role."""
        return next(each.name for each in self.staff if each.role == role)
