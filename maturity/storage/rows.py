"""What the queries give back where no domain room has a type for it: small frozen values.

A value with `row_version` 0 is not stored yet; saving gives it version 1, each edit raises it by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from maturity.assessment.answers import Answer

RoundStatus = Literal["importing", "draft", "open", "closed", "signed_off"]
Track = Literal["full", "short"]
Weights = Literal["equal", "staff", "chosen"]
RespondentStatus = Literal["staged", "started", "submitted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A city or a partner; `settings` is a JSON document."""

    id: UUID
    name: str
    is_demo: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    created_at: datetime
    row_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department; `place` is its fixed place in the organisation's own order, `staff` counts people."""

    id: UUID
    organisation_id: UUID
    code: str
    name: str
    parent_code: str | None = None
    staff: int | None = None
    tags: tuple[str, ...] = ()
    place: int
    row_version: int = 0
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkVersion:
    """A stored framework without its body; `code` is the framework's id."""

    id: UUID
    code: str
    version: str
    sha256: str
    imported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueVersion:
    """A stored action catalogue without its body; `code` is the catalogue's id."""

    id: UUID
    code: str
    version: str
    framework_code: str
    sha256: str
    imported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One assessment round of an organisation, pinned to one version of a framework."""

    id: UUID
    organisation_id: UUID
    framework_version_id: UUID
    name: str
    status: RoundStatus = "draft"
    track: Track = "full"
    weights: Weights = "equal"
    opens_on: date | None = None
    closes_on: date | None = None
    created_at: datetime
    row_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDepartment:
    """A department that takes part in a round, with its weight in the roll-up."""

    department_id: UUID
    department: str
    name: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondent:
    """Who answers in a round: `person` where known, `label` always; `department` is the department's code."""

    id: UUID
    round_id: UUID
    department_id: UUID
    department: str = ""
    organisation_id: UUID | None = None
    person: str | None = None
    label: str
    role_family: str | None = None
    speaks_for: str | None = None
    status: RespondentStatus = "started"
    started_at: datetime
    submitted_at: datetime | None = None
    row_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A respondent as permissions see it: whose it is, of which department and round. `anonymous` is known once it is
    known who asks."""

    id: UUID
    round_id: UUID
    department_id: UUID
    department: str
    organisation_id: UUID
    person: str | None
    role_family: str | None
    status: RespondentStatus
    row_version: int
    round_status: RoundStatus
    anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAnswer:
    """An answer with when it was made and the version that an edit has to name."""

    answer: Answer
    made_at: datetime
    row_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """A file beside an answer, without its contents; `size` is in bytes. Removed, it has no name any more."""

    id: UUID
    respondent_id: UUID
    question: str
    name: str
    media_type: str
    size: int
    sha256: str
    uploaded_at: datetime
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack:
    """Answers that were sent back, with what the reviewer said; `current` until they are sent again."""

    note: str
    sent_at: datetime
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicNote:
    """What one respondent says stands in a topic's way, and what would help."""

    topic: str
    stands_in_the_way: str | None = None
    would_help: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRemark:
    """A topic note with the code of the department it comes from: no name."""

    department: str
    note: TopicNote


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedRespondent:
    """A respondent of an import with all the answers, one per question."""

    id: UUID
    department_id: UUID
    label: str
    answers: Sequence[Answer]
    person: str | None = None
    role_family: str | None = None
    speaks_for: str | None = None
    started_at: datetime | None = None
    submitted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerColumns:
    """Submitted answers as parallel lists; `respondent` counts 0, 1, 2 ... within the round."""

    respondent: list[int]
    department: list[str]
    question: list[str]
    state: list[str]
    level: list[int | None]
    points: list[float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedAnswer:
    """One submitted answer for an answers file; `department` is its code, `respondent` the label."""

    department: str
    respondent: str
    role_family: str | None
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDecision:
    """Who decided a value and when, with the version that an edit has to name."""

    department: str
    question: str
    source: Literal["consensus", "review"]
    level: int | None
    points: float | None
    reason: str
    decided_by: str
    decided_at: datetime
    row_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptScores:
    """The scores of a round as JSON text, with the revision they were made from."""

    revision: int
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent:
    """One entry of the audit trail."""

    number: int
    made_at: datetime
    actor: str
    verb: str
    subject: str
    detail: Mapping[str, Any]
