"""All that a report says, as plain values: the reports draw it, and compute nothing that a page computes too.

Facts travel to the process that makes reports as one JSON document, see `facts_document`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from maturity.roadmap.status import StatusCode


class ReportRefused(ValueError):
    """Facts that no report can be made of: the message says what and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """How the organisation's papers look: its name, its colour (#RRGGBB), its mark as PNG in base64, "" for none."""

    name: str
    colour: str
    logo: str = ""
    logo_alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something with an id and a name; `belongs_to` is the id of what it is part of, "" for nothing."""

    id: str
    name: str
    belongs_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFact:
    """A score: of `department` (None: the organisation), of `topic` or `dimension` (both None: of all). `level` is the
    one that is reached, None below the least coverage; `target` a level, `coverage` a share 0..1, `before` the score
    in the round before."""

    department: str | None = None
    dimension: str | None = None
    topic: str | None = None
    score: float | None = None
    coverage: float = 0.0
    level: int | None = None
    target: float | None = None
    before: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapFact:
    """A gap in levels, with what makes its priority (gap times importance 1-5)."""

    department: str
    topic: str
    score: float
    target: float
    gap: float
    importance: int
    priority: float
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseFact:
    """A phase 1-4; shares 0..1 of its work done, and planned to be done by now."""

    number: int
    name: str
    start: date
    finish: date
    done: float
    planned: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFact:
    """An action as it stands; `owner` is the role that owns it, `requires` codes, `effort` person-days by role,
    `closes` sentences on what it raises, `approved_*` the days that lateness is measured by."""

    code: str
    title: str
    summary: str
    phase: int
    start: date
    finish: date
    approved_start: date
    approved_finish: date
    status: StatusCode
    days_late: int
    status_words: str
    owner: str
    owner_name: str
    department: str | None
    percent_done: float
    effort: Mapping[str, float] = field(default_factory=dict)
    cost: float | None = None
    deliverable: str = ""
    done_when: str = ""
    kpi: str = ""
    objective: str = ""
    requires: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    critical: bool = False
    signed_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneFact:
    """A milestone, when it is due and how it stands in words."""

    name: str
    on: date
    phase: int
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiFact:
    """What is measured: `of` is the action's code or the objective's id, `said` how it stands in words, `planned` the
    value that the path to the target has on the day of the last reading."""

    of: str
    name: str
    unit: str
    baseline: float | None
    target: float | None
    value: float | None
    before: float | None
    read_on: date | None
    planned: float | None
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFact:
    """A risk: likelihood and impact 1-5, how it is answered, who answers for it (a role, or the name as written)."""

    title: str
    description: str
    likelihood: int
    impact: int
    owner: str
    response: str
    state: str
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFact:
    """Something that leaders have to settle: what it is, by when, what postponing it costs, and what is recommended."""

    question: str
    needed_by: date | None
    postponed: str
    recommendation: str = ""
    options: tuple[tuple[str, str, str], ...] = ()
    page: str = "decisions"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveFact:
    """A goal, how it is measured, and the codes of the actions that serve it."""

    id: str
    name: str
    goal: str
    measure: str
    target: str
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFact:
    """The value of a question in a department, from whom it comes, and what is said of it; `shares` are the shares of
    answers by level, empty below the fewest answers that are shown."""

    department: str
    topic: str
    question: str
    text: str
    value: float | None
    value_from: str
    answers: int
    evidence: str = ""
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFact:
    """An earlier or the present round: the organisation's score on levels, and on which framework version."""

    name: str
    on: date | None
    framework: str
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterFact:
    """Person-days of one role in one quarter, those planned and those that there are."""

    role: str
    quarter: int
    planned: float
    available: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawn chart: SVG text, PNG in base64, its computed title, subtitle and text alternative; sizes in pixels."""

    name: str
    title: str
    subtitle: str
    description: str
    svg: str
    png: str
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """Everything, as of one day. What does not exist yet is empty: no plan has no `phases`, no round no `scores`."""

    brand: Brand
    as_of: date
    currency: str
    plan: str
    plan_starts: date | None
    approval: str
    round: str
    round_on: date | None
    framework: str
    framework_version: str
    levels: tuple[str, ...]
    headline: str
    bullets: tuple[str, ...]
    summary: str = ""
    vision: str = ""
    finding: str = ""
    departments: tuple[Named, ...] = ()
    dimensions: tuple[Named, ...] = ()
    topics: tuple[Named, ...] = ()
    roles: tuple[Named, ...] = ()
    scores: tuple[ScoreFact, ...] = ()
    gaps: tuple[GapFact, ...] = ()
    rounds: tuple[RoundFact, ...] = ()
    objectives: tuple[ObjectiveFact, ...] = ()
    phases: tuple[PhaseFact, ...] = ()
    actions: tuple[ActionFact, ...] = ()
    milestones: tuple[MilestoneFact, ...] = ()
    kpis: tuple[KpiFact, ...] = ()
    risks: tuple[RiskFact, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()
    quarters: tuple[QuarterFact, ...] = ()
    budgets: tuple[tuple[int, float, float], ...] = ()
    """Phase, what it may cost, and what its actions cost as they stand now; phases without a limit are left out."""
    paid_before: float = 0.0
    """What actions cost that began before the plan's first day: it is in the cost of the plan and in no phase."""
    promises: tuple[tuple[str, str, str], ...] = ()
    """What is promised, by whom, and until when with how it stands."""
    signatures: tuple[tuple[str, str], ...] = ()
    """Name and role of who signed the last quarterly review."""
    answers: tuple[AnswerFact, ...] = ()
    with_answers: bool = False
    missing: tuple[str, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    is_demo: bool = False


_FACTS = TypeAdapter(ReportFacts)


def facts_document(facts: ReportFacts) -> dict[str, Any]:
    """The facts as a JSON document; `read_facts` gives back equal ones."""
    document: dict[str, Any] = _FACTS.dump_python(facts, mode="json")
    return document


def read_facts(document: Mapping[str, Any]) -> ReportFacts:
    """The facts from what `facts_document` wrote."""
    return _FACTS.validate_python(document)
