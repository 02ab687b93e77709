"""What stands in the workbook of a workshop: its sheets, their headings, and the values that go in and come back.

The writer (workshop_workbook.py) and the reader (workshop_workbook_reading.py) agree by this file alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from maturity.assessment.workshop import NoteKind, Outcome

FORMAT = "waymark-workshop-1"
HOW_TO, VOTES, AGREED, PEOPLE, NOTES, LEVELS = "How to", "Votes", "Agreed", "People", "Notes", "Levels"
SHEETS = (HOW_TO, VOTES, AGREED, PEOPLE, NOTES, LEVELS)

# Hidden columns: whose row it is, however the rows are sorted, and how things stood when the workbook was written.
ROW, STOOD = "Row", "Stood"
DEPARTMENT, QUESTION, BALLOT, DONT_KNOW, RECORDED = "Department", "Question", "Ballot", "Don't know", "Recorded so far"
LEVEL, REASON, MINORITY_VIEW = "Agreed level", "Reason", "Minority view"
FOLLOW_UP, FOLLOW_UP_OWNER = "Follow-up", "Owner of the follow-up"
ROLE, BY_PHONE, COUNTED = "Role", "By phone", "Counted in the room"
KIND, TEXT, OWNER, DUE, ABOUT = "Kind", "Text", "Owner", "Due", "About"
IDENTITY: Mapping[str, str] = {"format": "Format", "workshop": "Workshop id", "round": "Round id"}
NAMED: Mapping[str, str] = {"workshop_name": "Workshop", "round_name": "Round"}

NOTE_KINDS: Mapping[NoteKind, str] = {"parked": "Parked", "decision": "Decision", "action": "Action"}
MOST_PEOPLE = 1_000
MOST_TEXT = 4_000
MOST_OWNER = 120
MOST_ROWS = 1_000
ROOM_FOR_NOTES = 40

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBallot:
    """One ballot as the workbook shows it. `counts` (how many chose each level) and `dont_know` are None where nothing
    is recorded or too few voted for it to be shown; `recorded` says in words what the store has; `stood` is the stamp
    by which a change meanwhile is noticed."""

    ballot: int
    counts: tuple[int, ...] | None = None
    dont_know: int | None = None
    recorded: str = ""
    stood: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the agenda. `descriptors` has a text for each level; `agreeable` is False for a worked example of the
    warm-up, on which nothing is agreed."""

    matter: UUID
    department: str
    question: str
    descriptors: tuple[str, ...]
    ballots: tuple[ShownBallot, ...]
    agreeable: bool = True
    outcome: Outcome | None = None
    stood: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPeople:
    """People of one role family (its key and name): who joined by phone, and who were counted in the room."""

    family: str
    name: str
    by_phone: int
    counted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNote:
    """A note that is recorded; `about` is the question it belongs to, or empty."""

    id: UUID
    kind: NoteKind
    text: str
    owner: str = ""
    due_on: date | None = None
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """Everything that a workbook is written from. `place` is the department's name or "Whole organisation", `levels`
    the names of the scale from level 1 up."""

    workshop: UUID
    round: UUID
    workshop_name: str
    round_name: str
    organisation: str
    place: str
    made_on: date
    levels: tuple[str, ...]
    lines: tuple[Line, ...]
    people: tuple[ShownPeople, ...]
    notes: tuple[ShownNote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBallot:
    """One ballot as somebody filled it in; `row` is its row in sheet Votes."""

    matter: UUID
    ballot: int
    counts: tuple[int, ...]
    dont_know: int
    stood: str
    row: int

    @property
    def votes(self) -> int:
        """How many voted, don't know included."""
        return sum(self.counts) + self.dont_know

    @property
    def levels(self) -> list[int | None]:
        """The votes one by one, in rising order and last who do not know: as a store keeps them."""
        known = [level for level, count in enumerate(self.counts, start=1) for _ in range(count)]
        return [*known, *[None] * self.dont_know]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenOutcome:
    """What was agreed on a question; `row` is its row in sheet Agreed."""

    matter: UUID
    outcome: Outcome
    stood: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPeople:
    """How many people of a role family were counted; `stood` is how many were recorded, as text."""

    family: str
    counted: int
    stood: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenNote:
    """A note; `known` is the id of the one that stood in this row when the workbook was written."""

    known: UUID | None
    kind: NoteKind
    text: str
    owner: str
    due_on: date | None
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A filled workbook as it was read: every value is of the right kind, but whether it fits the workshop is for
    others to say. Empty rows are left out: they say nothing, and take nothing back."""

    workshop: UUID
    round: UUID
    workshop_name: str
    round_name: str
    ballots: tuple[WrittenBallot, ...]
    outcomes: tuple[WrittenOutcome, ...]
    people: tuple[WrittenPeople, ...]
    notes: tuple[WrittenNote, ...]


def level_headings(levels: Sequence[str]) -> tuple[str, ...]:
    """The headings of the columns that count who chose a level: "1 Initial", "2 Emerging"."""
    return tuple(on_one_line(f"{number} {name}") for number, name in enumerate(levels, start=1))


def tidy(text: str) -> str:
    """A text as a cell holds it: line ends as line feeds, without characters that no cell can hold or nobody can see,
    and without outer blanks."""
    plain = re.sub(r"\r\n?", "\n", text)
    return "".join(c for c in plain if c in "\n\t" or not _strange(c)).strip()


def on_one_line(text: str) -> str:
    """A text without line ends and double blanks."""
    return " ".join(tidy(text).split())


def _strange(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or (ord(character) & 0xFFFE) == 0xFFFE


def escaped(text: str) -> str:
    """What a cell must hold so that a spreadsheet shows the text: "_x0041_" would be taken for an A."""
    return _TO_ESCAPE.sub("_x005F_", text)


def unescaped(text: str) -> str:
    """What a spreadsheet shows for what a cell holds."""
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
