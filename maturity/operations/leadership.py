"""What leaders need to know, computed once for the summary page, the reports and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maturity.publishing.report_facts import DecisionFact, MilestoneFact, PhaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Leadership:
    """One screen: a headline, a plain-language summary, five bullets, the phases, the next three milestones, and what
    has to be decided with what each costs to postpone. What there is nothing of is empty."""

    as_of: date
    headline: str
    summary: str
    bullets: tuple[str, ...]
    phases: tuple[PhaseFact, ...] = ()
    milestones: tuple[MilestoneFact, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()
