"""The department's value for a question: the recorded consensus, else the reviewer's value, else the median."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from maturity.assessment.answers import DecidedValue, Tally
from maturity.assessment.departments import Department
from maturity.framework.model import Framework, Question

ValueState = Literal["answered", "dont_know", "not_applicable", "nothing"]
ValueFrom = Literal["consensus", "review", "median"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionValue:
    """`score` is on the level scale (or in points where the framework sums), `count` the submitted answers."""

    state: ValueState
    score: float | None = None
    points: float | None = None
    value_from: ValueFrom | None = None
    count: int = 0


NOTHING = QuestionValue(state="nothing")
NOT_ASKED = QuestionValue(state="not_applicable")


def median(counted: Sequence[tuple[float, int]]) -> float:
    """The median of values with their counts; the mean of the middle two where their number is even."""
    ordered = sorted(counted)
    total = sum([count for _, count in ordered])
    low, high, seen = (total - 1) // 2, total // 2, 0
    lower: float | None = None
    for value, count in ordered:
        seen += count
        if lower is None and low < seen:
            lower = value
        if lower is not None and high < seen:
            return (lower + value) / 2
    raise ValueError("the median of nothing")


def most_points(framework: Framework, question: Question) -> float | None:
    """The points that a question can earn at most; None where it is not scored."""
    if question.kind == "points":
        return question.max_points
    if question.kind == "options":
        return question.max_points or max(option.points for option in question.options)
    return float(framework.top_level)


def on_scale(framework: Framework, question: Question, points: float) -> float:
    """Points as a score: themselves where the framework sums, else spread over the levels 1..N."""
    most = most_points(framework, question)
    if framework.scoring == "sum" or not most:
        return points
    return 1 + (framework.top_level - 1) * points / most


def group_tallies(tallies: Iterable[Tally]) -> dict[tuple[str, str], list[Tally]]:
    """Tallies by (department, question)."""
    grouped: dict[tuple[str, str], list[Tally]] = {}
    for tally in tallies:
        grouped.setdefault((tally.department, tally.question), []).append(tally)
    return grouped


def value_of(
    framework: Framework, question: Question, tallies: Sequence[Tally], decided: Mapping[str, DecidedValue]
) -> QuestionValue:
    """One department's value. It is not applicable only where everybody who knew said so."""
    count = sum(tally.count for tally in tallies)
    for source in ("consensus", "review"):
        if source in decided:
            chosen = decided[source]
            points = chosen.points if chosen.level is None else float(chosen.level)
            return _answered(framework, question, float(points or 0), chosen.level is not None, chosen.source, count)
    levels = [(float(t.level), t.count) for t in tallies if t.level is not None]
    points_given = [(t.points, t.count) for t in tallies if t.level is None and t.points is not None]
    if levels:
        return _answered(framework, question, median(levels), True, "median", count)
    if points_given:
        return _answered(framework, question, median(points_given), False, "median", count)
    if any(t.state == "not_applicable" for t in tallies):
        return QuestionValue(state="not_applicable", count=count)
    return QuestionValue(state="dont_know", count=count) if count else NOTHING


def _answered(
    framework: Framework, question: Question, number: float, is_level: bool, source: ValueFrom, count: int
) -> QuestionValue:
    score = number if is_level else on_scale(framework, question, number)
    return QuestionValue(state="answered", score=score, points=number, value_from=source, count=count)


def is_asked(question: Question, department: Department, earlier: Mapping[str, QuestionValue]) -> bool:
    """Whether the question is put to this department at all, by its tags and by an earlier answer."""
    tags = question.applies_to.departments
    if tags and not department.tags.intersection(tags):
        return False
    rule = question.visible_if
    if rule is None:
        return True
    before = earlier.get(rule.question, NOTHING)
    if rule.at_least is None or before.score is None:
        return before.state != "not_applicable"
    return before.score >= rule.at_least
