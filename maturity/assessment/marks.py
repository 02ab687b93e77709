"""What a reviewer should look at: marks on a question of a department, from its value and the evidence beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from maturity.assessment.answers import Answer
from maturity.assessment.evidence import evidence_day, is_fresh
from maturity.assessment.scores import Score
from maturity.framework.model import Framework

Mark = Literal["no_evidence", "weak", "aged", "flagged", "unreviewed"]
MARKS: Mapping[Mark, str] = {
    "no_evidence": "No evidence",
    "weak": "High level, weak evidence",
    "aged": "Aged evidence",
    "flagged": "Flagged",
    "unreviewed": "Not reviewed yet",
}
HIGH = 0.75
"""From this share of the scale up a value is high: level 4 of 5."""
STRONG = 3
"""From this strength up evidence is more than words: in use, or checked by others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The evidence beside one answer: the day it is of (None: there is none), its strength, whether it is fresh."""

    day: date | None = None
    strength: int | None = None
    fresh: bool = False
    flagged: bool = False

    @property
    def aged(self) -> bool:
        """Whether there is evidence, but too old."""
        return self.day is not None and not self.fresh


def evidence_beside(
    answer: Answer, answered_on: date, files: int, months: int, today: date, *, flagged: bool = False
) -> Evidence:
    """What an answer's note, link and `files` make as evidence; a day or a strength alone is none."""
    if not (answer.evidence_note or answer.evidence_link or files):
        return Evidence(flagged=flagged)
    day = evidence_day(answer.evidence_date, answered_on)
    fresh = is_fresh(day, months, today)
    return Evidence(day=day, strength=answer.evidence_strength, fresh=fresh, flagged=flagged)


def is_high(framework: Framework, score: Score) -> bool:
    """Whether a question's value stands in the upper quarter of its scale."""
    if score.score is None:
        return False
    low, high = (1.0, float(framework.top_level)) if framework.scoring != "sum" else (0.0, score.max_points or 0.0)
    return high > low and (score.score - low) / (high - low) >= HIGH - 1e-9


def marks_of(framework: Framework, score: Score, beside: Sequence[Evidence], *, reviewed: bool) -> frozenset[Mark]:
    """The marks of a question that has a value; one without a value has none but a flag.

    `beside` is the evidence of its sent answers."""
    shown = [each for each in beside if each.day is not None]
    marks: set[Mark] = {"flagged"} if any(each.flagged for each in beside) else set()
    if any(each.aged for each in shown):
        marks.add("aged")
    if score.score is None:
        return frozenset(marks)
    if not shown:
        marks.add("no_evidence")
    if is_high(framework, score) and not any((each.strength or 0) >= STRONG and not each.flagged for each in shown):
        marks.add("weak")
    if not reviewed:
        marks.add("unreviewed")
    return frozenset(marks)
