"""Targets: a level with a date, for one topic of one department."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
