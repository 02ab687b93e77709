"""Editions: what one publication of the public roadmap holds, its hash, and the chain that editions form.

An edition is a JSON document. Its hash is the SHA-256 of its very bytes, and each one names the hash of the edition
before it in `previous`; so anybody can verify the chain with `sha256sum` and no program of ours. What is not chosen
for publication is not in it at all. It names roles and bodies, never people.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from maturity.framework.model import FileValue
from maturity.roadmap.horizons import Horizon
from maturity.roadmap.status import StatusCode

FORMAT = "waymark-edition/1"
DAYS_FRESH = 100
"""Days after which an edition is older than it should be, whatever it promised."""
Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = ("en", "es")
Precision = Literal["day", "month", "quarter", "year"]
"""How exactly a day is promised: now by the month, next by the quarter, later by the year; what is over by the day."""
State = Literal["draft", "proposed", "published", "withdrawn", "given_up"]
StepKind = Literal["proposed", "returned", "published", "withdrawn", "given_up"]
Part = Literal["actions", "fields", "words", "questions", "scores", "comments"]


class PublicWords(FileValue):
    """An action in words for residents: what it is called, what is done, and what they will notice of it."""

    title: str
    plain: str = ""
    outcome: str = ""


class Move(FileValue):
    """One promised day that moved: `what` is start or finish, `number` the edition in which it stood so first. `why` is
    the reason that was given, `approved_by` the role or body that approved the plan in which it has moved."""

    what: Literal["start", "finish"]
    was: date
    now: date
    number: int
    why: str
    approved_by: str
    approved_on: date | None = None


class PublicKpi(FileValue):
    """What is measured: numbers in `unit`, None where unknown."""

    name: str
    unit: str
    baseline: float | None = None
    target: float | None = None
    value: float | None = None
    read_on: date | None = None


class PublicAction(FileValue):
    """One action as residents see it. `slug` is its permanent address; None and empty are what was not chosen.
    `cost` is in the edition's currency, `effort` in person-days; `first_start` and `first_finish` are the days of the
    first edition that promised them; `requires` are slugs of actions of this edition."""

    slug: str
    words: Mapping[Language, PublicWords]
    phase: Annotated[int, Field(ge=1, le=4)]
    horizon: Horizon
    precision: Precision
    department: str = ""
    owner_role: str = ""
    start: date | None = None
    finish: date | None = None
    first_start: date | None = None
    first_finish: date | None = None
    status: StatusCode | None = None
    days_late: int = 0
    percent_done: float | None = None
    done_on: date | None = None
    deliverable: str = ""
    cost: float | None = None
    effort: float | None = None
    kpi: PublicKpi | None = None
    goal: str = ""
    requires: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()


class PublicMilestone(FileValue):
    """A milestone: what it is called, when it is due, what it proves, and whether it has been reached."""

    name: str
    on: date
    proves: str = ""
    reached: bool | None = None


class Withheld(FileValue):
    """So many of one kind were held back for one reason (a code of `access.visibility`)."""

    part: Part
    reason: str
    count: Annotated[int, Field(ge=1)]


class Said(FileValue):
    """You said, we did: what a resident wrote, as published, and what came of it. `slug` is "" for no action."""

    slug: str = ""
    language: Language
    text: str
    kind: str = ""
    answer: str = ""
    answered_on: date | None = None


class TwinTopic(FileValue):
    """One topic as residents see it beside the score. `seen` and `score` are levels; `seen` is None below the fewest
    answers that are shown, and `answers` too then."""

    topic: str
    names: Mapping[Language, str]
    answers: int | None = None
    seen: float | None = None
    score: float | None = None
    shares: Mapping[str, float] = Field(default_factory=dict)


class Gone(FileValue):
    """An action that stood in the edition before this one and does not in this: its address stays, and says why."""

    slug: str
    words: Mapping[Language, PublicWords]
    reason: str = ""


class WithdrawnEdition(FileValue):
    """An edition that was taken down: its hash stays in the chain, its content does not stay on the site."""

    number: int
    sha256: str
    withdrawn_on: date
    reason: str


class ApprovedVersion(FileValue):
    """The plan version that an edition was made from: its hash is of a text that only the organisation has."""

    number: int
    name: str
    sha256: str
    approved_by: str
    approved_on: date


class Edition(FileValue):
    """One publication. `title`, `lead` and `terms` are by language; `fields` are the fields that were chosen;
    `contact` is an address of mail or the web at which people are heard."""

    format: Literal["waymark-edition/1"] = "waymark-edition/1"
    organisation: str
    number: Annotated[int, Field(ge=1)]
    previous: str = ""
    published_on: date
    next_update_on: date | None = None
    languages: tuple[Language, ...] = ("en",)
    title: Mapping[Language, str] = Field(default_factory=dict)
    lead: Mapping[Language, str] = Field(default_factory=dict)
    contact: str = ""
    licence: str = "CC-BY-4.0"
    currency: str = "EUR"
    approved_by: str = ""
    version: ApprovedVersion
    plan_starts: date
    top_level: int = 5
    fields: tuple[str, ...] = ()
    actions: tuple[PublicAction, ...] = ()
    milestones: tuple[PublicMilestone, ...] = ()
    gone: tuple[Gone, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    refused_comments: Mapping[str, int] = Field(default_factory=dict)
    said: tuple[Said, ...] = ()
    twin: tuple[TwinTopic, ...] = ()
    withdrawn: tuple[WithdrawnEdition, ...] = ()
    is_demo: bool = False

    def is_old(self, today: date) -> bool:
        """Whether the update that it promised is overdue, or it is older than anything on the site should be."""
        overdue = self.next_update_on is not None and today > self.next_update_on
        return overdue or (today - self.published_on).days > DAYS_FRESH

    def action(self, slug: str) -> PublicAction | None:
        """The action with this permanent address."""
        return next((each for each in self.actions if each.slug == slug), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionStep:
    """What became of an edition: `person` is who did it, by id, `made_by` by name."""

    step: StepKind
    note: str
    body: Mapping[str, Any]
    person: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEdition:
    """An edition as the store has it. `body` is its text, "" while it is a draft; `number`, `sha256` and `previous` are
    there once it has been published. `choices` is what was chosen for it."""

    id: str
    version_id: str
    number: int | None
    name: str
    state: State
    choices: Mapping[str, Any]
    body: str
    sha256: str
    previous: str
    made_by: str
    made_at: datetime
    row_version: int
    steps: tuple[EditionStep, ...] = ()

    @property
    def edition(self) -> Edition:
        """What it holds; only where there is a body."""
        return read_edition(self.body)

    def last(self, step: StepKind) -> EditionStep | None:
        """The latest step of a kind."""
        return next((each for each in reversed(self.steps) if each.step == step), None)


def edition_text(edition: Edition) -> str:
    """An edition as the text that is published and hashed: JSON, keys in order, one a line, unknown things left out."""
    document = edition.model_dump(mode="json", exclude_none=True)
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def read_edition(text: str) -> Edition:
    """The edition that `edition_text` wrote."""
    return Edition.model_validate_json(text)


def edition_hash(text: str) -> str:
    """The SHA-256 of an edition's bytes, as `sha256sum` gives it."""
    return hashlib.sha256(text.encode()).hexdigest()


def slug_of(code: str) -> str:
    """The permanent address of an action: its code in small letters, with a double hyphen before its department.

    Codes are `catalogue_id` or `catalogue_id/department`; other signs than letters, digits, hyphens become hyphens."""
    kept = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-/") else "-" for sign in code.lower())
    return kept.replace("/", "--").strip("-") or "action"
