"""A round of the demo as it was filled: who was asked, what each of them answered, what was decided above that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from maturity.assessment.answers import Answer, DecidedValue
from maturity.assessment.terms import RoundTerms
from maturity.demo.days import Window
from maturity.framework.model import Framework


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoNote:
    """What somebody says about a topic's obstacles."""

    topic: str
    stands_in_the_way: str
    would_help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSentBack:
    """Why and when answers were sent back; they were sent again since."""

    note: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoInvitation:
    """Somebody (by e-mail address) who is asked to answer for a department."""

    department: str
    person: str
    reminded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRespondent:
    """Somebody's answers in one round, of a `person` by e-mail address; `submitted_at` is None where they were never
    sent."""

    department: str
    person: str
    label: str
    role_family: str
    speaks_for: str
    started_at: datetime
    submitted_at: datetime | None
    answers: tuple[Answer, ...]
    notes: tuple[DemoNote, ...] = ()
    sent_back: DemoSentBack | None = None

    @property
    def place(self) -> tuple[str, str]:
        """Department and address: one person may answer for several departments."""
        return self.department, self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDecision:
    """A value above the answers, with who said so and when."""

    value: DecidedValue
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRound:
    """One closed round of one organisation."""

    window: Window
    framework: Framework
    departments: tuple[str, ...]
    respondents: tuple[DemoRespondent, ...]
    invitations: tuple[DemoInvitation, ...]
    terms: RoundTerms
    decided: tuple[DemoDecision, ...] = ()
