"""The terms that a round is held on: what is known of who answers, how many are wanted, who sees the result first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Anonymity = Literal["named", "pseudonymous", "anonymous"]
ANONYMITY: tuple[Anonymity, ...] = ("named", "pseudonymous", "anonymous")
ROLE_FAMILIES: Mapping[str, str] = {"leader": "Leader", "manager": "Manager", "front-line": "Front line"}
SPEAKS_FOR: Mapping[str, str] = {"myself": "Myself", "team": "My team", "department": "The whole department"}
STRENGTHS: Mapping[int, str] = {1: "Said", 2: "Written down", 3: "In use", 4: "Checked by others"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTerms:
    """`topics` are ids, empty for the whole framework. `least_respondents` are wanted per department, and answers from
    the front line where `front_line`. A lead sees the department's result `lead_days` working days before others do.
    Evidence older than `evidence_months` is due for a fresh look."""

    anonymity: Anonymity = "named"
    topics: tuple[str, ...] = ()
    least_respondents: int = 1
    front_line: bool = True
    lead_days: int = 5
    evidence_months: int = 24


def working_days_after(day: date, count: int) -> date:
    """The day `count` working days later: Monday to Friday, since no calendar of local holidays is known."""
    at, left = day, count
    while left > 0:
        at += timedelta(days=1)
        left -= at.weekday() < 5
    return at


def shown_from(closes_on: date | None, terms: RoundTerms) -> date | None:
    """The first day on which others than the leads, and those who run the round, see its results; None: no day is set,
    the results wait for the round to close."""
    return working_days_after(closes_on, terms.lead_days) if closes_on else None
