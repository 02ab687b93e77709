"""Targets: a level with a date, for one topic of one department."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

MONTHS_TO_NEXT_LEVEL = 12
MONTHS_TO_LEVEL_AFTER = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`level` is 2..N and is to be reached by `due`; `chosen` is False for a default nobody has set."""

    department: str
    topic: str
    level: int
    due: date
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance:
    """How much a topic matters here, 1..5, said by a named person with a reason."""

    topic: str
    importance: int
    reason: str = ""
    set_by: str = ""


IMPORTANCE_STEPS: dict[int, str] = {
    1: "Useful one day; nothing in the corporate plan waits for it",
    2: "Helps some services; can wait a year",
    3: "Matters to most services; the usual case",
    4: "A stated priority of the organisation depends on it",
    5: "A legal duty or a promise to residents fails without it",
}
USUAL_IMPORTANCE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelCap:
    """A readiness answer that holds default targets back at `level`; None means every topic or department."""

    level: int
    reason: str
    topic: str | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetWarning:
    """Something to think over in a target: a code of `maturity.words`, with the levels and the cause."""

    code: Literal["too_fast", "capped", "beyond_top", "not_above"]
    department: str
    topic: str
    level: int
    reached: int
    reason: str = ""


def add_months(day: date, months: int) -> date:
    """The same day of the month that many months later, or the month's last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def priority_topics(
    scores: Mapping[str, float | None], importance: Mapping[str, int], top_level: int, count: int = 5
) -> tuple[str, ...]:
    """The topics with the most to gain: importance x (top level - organisation score), at most `count`, ties in the
    given order. A topic without a score, or at the top, is never among them."""
    gain = {
        topic: importance.get(topic, USUAL_IMPORTANCE) * (top_level - score)
        for topic, score in scores.items()
        if score is not None and score < top_level
    }
    return tuple(sorted(gain, key=lambda topic: -gain[topic])[:count])


def default_targets(
    *,
    scores: Mapping[str, float | None],
    reached: Mapping[tuple[str, str], int],
    top_level: int,
    importance: Mapping[str, int],
    starts: date,
    count: int = 5,
    caps: Iterable[LevelCap] = (),
) -> tuple[Target, ...]:
    """Two targets for each department in each priority topic: the next level within 12 months and the one after it
    within 36, none beyond the top level or a cap.

    `scores` are the organisation's by topic; `reached` holds only places whose coverage was enough for a level.
    """
    chosen = priority_topics(scores, importance, top_level, count)
    caps = tuple(caps)
    found = []
    for (department, topic), level in reached.items():
        if topic not in chosen:
            continue
        highest = min(top_level, lowest_cap(department, topic, caps, top_level))
        for step, months in ((1, MONTHS_TO_NEXT_LEVEL), (2, MONTHS_TO_LEVEL_AFTER)):
            if level + step <= highest:
                due = add_months(starts, months)
                found.append(Target(department=department, topic=topic, level=level + step, due=due))
    return tuple(found)


def lowest_cap(department: str, topic: str, caps: Iterable[LevelCap], top_level: int) -> int:
    """The lowest level that readiness allows at a place; `top_level` where nothing holds it back."""
    return min((cap.level for cap in caps if _covers(cap, department, topic)), default=top_level)


def _covers(cap: LevelCap, department: str, topic: str) -> bool:
    return cap.topic in (None, topic) and cap.department in (None, department)


def furthest(found: Iterable[Target]) -> dict[tuple[str, str], int]:
    """The highest level that is aimed at, by department and topic."""
    levels: dict[tuple[str, str], int] = {}
    for each in found:
        place = (each.department, each.topic)
        levels[place] = max(each.level, levels.get(place, 0))
    return levels


def check_targets(
    targets: Iterable[Target],
    reached: Mapping[tuple[str, str], int],
    starts: date,
    top_level: int,
    caps: Iterable[LevelCap] = (),
) -> tuple[TargetWarning, ...]:
    """What to think over: more than one level a year, beyond the top level, above a cap, or already reached."""
    caps = tuple(caps)
    found = []
    for target in targets:
        level = reached.get((target.department, target.topic))
        if level is not None:
            found += _warnings(target, level, starts, top_level, caps)
    return tuple(found)


def _warnings(
    target: Target, level: int, starts: date, top_level: int, caps: tuple[LevelCap, ...]
) -> list[TargetWarning]:
    def warn(code: Literal["too_fast", "capped", "beyond_top", "not_above"], reason: str = "") -> TargetWarning:
        return TargetWarning(
            code=code,
            department=target.department,
            topic=target.topic,
            level=target.level,
            reached=level,
            reason=reason,
        )

    if target.level > top_level:
        return [warn("beyond_top")]
    if target.level <= level:
        return [warn("not_above")]
    held = [cap for cap in caps if _covers(cap, target.department, target.topic) and cap.level < target.level]
    found = [warn("capped", cap.reason) for cap in held]
    if target.due < add_months(starts, 12 * (target.level - level)):
        found.append(warn("too_fast"))
    return found
