"""Amounts and names as sentences about plans say them: shares, level-weeks, person-days, roles and actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor
from typing import Any

from maturity.words.messages import counted, joined
from maturity.words.plan_sentences import Names, named

MOST_NAMED = 3
Document = Mapping[str, Any]


def share(value: float, whole: float) -> str:
    """A part of what a plan achieves, in whole per cent, rounded down: "12%", "less than 1%"."""
    part = value / whole if whole else 0.0
    return f"{floor(part * 100 + 1e-9)}%" if part >= 0.01 else "less than 1%"


def about(number: float) -> str:
    """A number of two digits, because it holds no more: "about 1,200", "about 0.73"."""
    two = float(f"{number:.2g}")
    return f"about {two:,.0f}" if two >= 10 else f"about {two:g}"


def level_weeks(number: float) -> str:
    """Level-weeks of two digits."""
    return f"{about(number)} level-week{'' if float(f'{number:.2g}') == 1 else 's'}"


def person_days(days: float) -> str:
    """Person-days as people say them: whole, and never 0 where there are some."""
    return "under 1 person-day" if days < 1 else counted(round(days), "person-day")


def some_actions(codes: Sequence[str], names: Names, most: int = MOST_NAMED) -> str:
    """Actions by name, copies in several departments as one, the last of many only counted."""
    places: dict[str, list[str]] = {}
    for code in codes:
        places.setdefault(code.partition("/")[0], []).append(code)
    said = [
        named(found[0], names) if len(found) == 1 else f"{named(action, names)} in {len(found)} departments"
        for action, found in places.items()
    ]
    if len(said) > most:
        said = [*said[:most], counted(len(said) - most, "other action")]
    return joined(said)


def how_long(days: int) -> str:
    """Days, from two weeks on as whole weeks: "9 days", "12 weeks"."""
    return counted(days, "day") if days < 14 else f"{days // 7} weeks"


def role_words(role: str, department: str | None, names: Names) -> str:
    """A role, and in which department."""
    who = names.get(role, role)
    return f"{who} in {names.get(department, department)}" if department else who
