"""The files of the demo city: where it stands, who its people are, and what they write."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from maturity.demo.delivery_file import DemoDelivery
from maturity.demo.people_file import DemoPeople
from maturity.demo.public_file import DemoPublic
from maturity.framework.load import read_document, validated
from maturity.framework.model import FileValue, Id, Name, Text

Levels = Annotated[float, Field(ge=-4, le=4, allow_inf_nan=False)]
Sentences = tuple[Text, ...]


class DemoError(ValueError):
    """A file of the demo city that cannot be used: the message says what and where."""


class DemoDepartment(FileValue):
    """A department: `people` answer; it stands `general` levels off the city, and `shifts` off that by topic."""

    code: Id
    name: Name
    staff: int
    tags: tuple[Id, ...]
    people: Annotated[int, Field(ge=1)]
    general: Levels
    head: Name
    leader_gap: Levels | None = None
    shifts: dict[Id, Levels] = Field(default_factory=dict)


class DemoTopic(FileValue):
    """Where the city stands in the first round, how much higher leaders see it, how far it moves by the second."""

    level: Annotated[float, Field(ge=1, le=5)]
    leader_gap: Levels
    change: Levels = 0.0


class Unknown(FileValue):
    """Questions that nobody in a department can answer."""

    department: Id
    questions: tuple[Id, ...]


class NotApplicable(FileValue):
    """A question that does not apply to a department, and why."""

    department: Id
    question: Id
    reason: Text


class Unsubmitted(FileValue):
    """Somebody (counted from 1) who stopped after some answers of a round (1 or 2)."""

    department: Id
    round: Literal[1, 2]
    person: int
    answered: int


class Decided(FileValue):
    """A value that a workshop agreed on or a reviewer recorded."""

    department: Id
    round: Literal[1, 2]
    question: Id
    source: Literal["consensus", "review"]
    level: int
    by: Name
    reason: Text


class Readiness(FileValue):
    """The partners' check: for each question one option a department, in the order of `departments`."""

    framework: Id
    name: Name
    departments: tuple[Id, ...]
    answers: dict[Id, tuple[Id, ...]]


class Weight(FileValue):
    """What a named person says about the importance of a topic."""

    topic: Id
    importance: int
    by: Name
    reason: Text


class Grant(FileValue):
    """Money from somebody else, by phase; what is not from there is the city's own."""

    name: Name
    amounts: tuple[float, float, float, float]
    note: Text


class Lent(FileValue):
    """Person-days of a role that a partner lends in the first quarters of the plan, until the city has hired."""

    partner: Name
    role: Id
    days: float
    quarters: int
    note: Text
    hired: Text


class Lacking(FileValue):
    """A skill that a role has only from a quarter on."""

    skill: Name
    role: Id
    way: Literal["train", "hire", "borrow", "buy"]
    there_from: int
    note: Text


class Means(FileValue):
    """Person-days by role where they differ from the usual ones, those that are lent or hired included, and money by
    phase, of which a part is a grant."""

    by: Name
    days_per_quarter: dict[Id, float]
    budgets: tuple[float, float, float, float]
    grant: Grant
    lent: Lent
    lacking: Lacking


class Marked(FileValue):
    """An action (or its copy in a department, as in A04/housing) that was done or running before the plan."""

    code: Name
    state: Literal["done", "running"]
    by: Name
    note: Text


class Goal(FileValue):
    """An objective, the topics whose actions serve it, and its target some weeks after the plan's start."""

    name: Name
    goal: Text
    topics: tuple[Id, ...]
    measure: Name
    unit: Name
    baseline: float
    aim: float
    week: int


class Day(FileValue):
    """A milestone some weeks after the plan's start."""

    name: Name
    week: int
    proves: Text


class Neighbour(FileValue):
    """One organisation of the region, `general` levels off the city."""

    name: Name
    general: Levels


class Region(FileValue):
    """How the city's departments become a whole region: each service once in each area."""

    organisations: tuple[Neighbour, ...]
    areas: tuple[Name, ...]
    departments: int
    people: int


class DemoCity(FileValue):
    """Everything about the made-up city that is not chance."""

    version: str
    organisation: Name
    domain: Name
    departments: tuple[DemoDepartment, ...]
    small: tuple[Id, ...]
    topics: dict[Id, DemoTopic]
    unknown: tuple[Unknown, ...]
    not_applicable: tuple[NotApplicable, ...]
    unsubmitted: tuple[Unsubmitted, ...]
    decided: tuple[Decided, ...]
    readiness: Readiness
    owners: dict[Id, Name]
    importance: tuple[Weight, ...]
    resources: Means
    already: tuple[Marked, ...]
    objectives: tuple[Goal, ...]
    milestones: tuple[Day, ...]
    region: Region


class TopicRemarks(FileValue):
    """What people write about a topic: beside low and high levels, as evidence, in the way, what would help."""

    low: Sentences
    high: Sentences
    evidence: Sentences
    obstacle: Sentences
    help: Sentences


class ProgressRemarks(FileValue):
    """What owners write about an action that has begun, goes on, is done or is late, about the pilot, one good thing,
    and what is next."""

    begun: Sentences
    going: Sentences
    done: Sentences
    late: Sentences
    pilot: Sentences
    good: Sentences
    next: Sentences


class Remarks(FileValue):
    """The sentences of the demo city."""

    version: str
    topics: dict[Id, TopicRemarks]
    not_applicable: Sentences
    progress: ProgressRemarks


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """All files, read."""

    city: DemoCity
    remarks: Remarks
    people: DemoPeople
    delivery: DemoDelivery
    public: DemoPublic


def load_demo(folder: Path) -> DemoFiles:
    """The demo city in a folder; `DemoError` or `FrameworkError` with file, line and rule."""
    return DemoFiles(
        city=validated(DemoCity, read_document(folder / "port-ellery.yaml"), DemoError),
        remarks=validated(Remarks, read_document(folder / "remarks.yaml"), DemoError),
        delivery=validated(DemoDelivery, read_document(folder / "delivery.yaml"), DemoError),
        public=validated(DemoPublic, read_document(folder / "public.yaml"), DemoError),
        people=validated(DemoPeople, read_document(folder / "people.yaml"), DemoError),
    )
