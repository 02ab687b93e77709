"""The terms that a round is held on: what is known of who answers, how many are wanted, who sees the result first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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


class TermsRefused(ValueError):
    """Terms that a round cannot be held on."""


def check_terms(terms: RoundTerms, topics: Sequence[str]) -> RoundTerms:
    """The terms with their topics in the order of the framework's (`topics`; all of them are the same as none named),
    or `TermsRefused` with one sentence."""
    if terms.anonymity not in ANONYMITY:
        raise TermsRefused(f"{terms.anonymity!r} is not known; choose one of {', '.join(ANONYMITY)}")
    strange = [topic for topic in terms.topics if topic not in topics]
    if strange:
        raise TermsRefused(f"the framework has no topic {strange[0]!r}; it has {', '.join(topics)}")
    for number, least, most, what in (
        (terms.least_respondents, 1, 1_000, "the respondents wanted from each department"),
        (terms.lead_days, 0, 60, "the working days before others see a department's result"),
        (terms.evidence_months, 1, 120, "the months after which evidence is due for a fresh look"),
    ):
        if not least <= number <= most:
            raise TermsRefused(f"{what} are {least} to {most}, not {number}; choose a number in between")
    chosen = tuple(topic for topic in topics if topic in terms.topics)
    return replace(terms, topics=() if len(chosen) == len(topics) else chosen)


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
