"""Every code of the planner is a plain sentence, with names in place of ids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from maturity.words.plan_sentences import best_possible, sentence, target_warning

NAMES = {"A04": "Name owners", "A03": "Set up a council", "housing": "Housing", "it": "IT team", "t": "Managing data"}
PLANNING = Path(__file__).parents[2] / "maturity" / "planning"
DAY = date(2027, 3, 1)


@dataclass(frozen=True)
class Said:
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Warned:
    code: str
    level: int = 4
    reached: int = 2
    reason: str = "No partner gives money."


SENTENCES: list[tuple[str, dict[str, Any], str]] = [
    (
        "closes",
        {"steps": 3, "departments": 1, "topics": ["t"], "share": 0.129},
        "Brings about 3 steps in 1 department (Managing data): 12% of what the plan achieves.",
    ),
    (
        "closes",
        {"steps": 1, "departments": 1, "topics": ["a", "b", "c", "d"], "share": 0.004},
        "Brings about 1 step in 1 department (4 topics): less than 1% of what the plan achieves.",
    ),
    ("required_by", {"actions": ["A03", "A04"]}, "Needed before “Set up a council” and “Name owners”."),
    (
        "required_by",
        {"actions": ["A03", "A04", "A09"]},
        "Needed before “Set up a council”, “Name owners” and 1 other action.",
    ),
    ("decided_must", {"by": "M. Okoro", "reason": "Promised."}, "Must be done, as decided by M. Okoro: Promised."),
    ("decided_pinned", {"by": "", "reason": ""}, "Pinned to its date, as decided."),
    ("at_once", {}, "Starts at once: nothing has to come first."),
    ("phase_opens", {"phase": 2, "start": DAY}, "Starts when phase 2 opens, on 1 March 2027."),
    (
        "after_action",
        {"action": "A04/housing", "finish": "2027-03-01"},
        "Starts after “Name owners” in Housing, which ends on 1 March 2027.",
    ),
    (
        "after_level",
        {"department": "housing", "topic": "t", "level": 2, "reached": DAY},
        "Starts once Housing reaches level 2 in Managing data, on 1 March 2027.",
    ),
    (
        "capacity_full",
        {"action": "A04", "role": "it", "department": None, "quarter": 3},
        "Could not start a month earlier: IT team has no days left in quarter 3.",
    ),
    ("no_budget", {"action": "A04", "phase": 2}, "The money for phase 2 does not pay for “Name owners”."),
    ("no_time", {"action": "A04", "weeks_over": 1}, "“Name owners” cannot finish within the three years by 1 week."),
    (
        "blocked_by_action",
        {"wanted": "A04", "action": "A03", "why": "rejected"},
        "“Name owners” would help, but it needs “Set up a council”, which has been rejected.",
    ),
    ("blocked_by", {"level": 3}, "Level 3 has to come first, and the plan does not reach it."),
    (
        "conflict",
        {"decided": "A04", "kind": "pinned", "why": "no_capacity", "action": "A03", "role": "it", "quarter": 1},
        "“Name owners” cannot start on the date it is pinned to: "
        "IT team has too few days for “Set up a council”, first in quarter 1 of the plan.",
    ),
    (
        "conflict",
        {"decided": "A04", "kind": "must", "why": "rejected", "action": "A04"},
        "“Name owners” cannot be done as decided: “Name owners” has been rejected.",
    ),
    (
        "circle",
        {"actions": ["A03", "A04"]},
        "“Set up a council” → “Name owners” → “Set up a council”: each waits for the other, so none can start.",
    ),
    (
        "too_large",
        {"action": "A04/housing", "role": "it", "department": None, "needs": 80.0, "most": 62.5},
        "“Name owners” in Housing needs 80 person-days of IT team in a quarter; the most there is is 62.5.",
    ),
    ("something_new", {}, "Left out: something new."),
]


@pytest.mark.parametrize(("code", "values", "expected"), SENTENCES)
def test_a_code_becomes_a_sentence(code: str, values: dict[str, Any], expected: str) -> None:
    assert sentence(Said(code, values), NAMES) == expected


def test_every_code_that_the_planner_gives_has_a_sentence() -> None:
    given = set()
    # Said in decision_sentences and in scenario_sentences.
    elsewhere = {PLANNING / "conflict_reasons.py", PLANNING / "conflict_sums.py", PLANNING / "calm.py"}
    for path in sorted(set(PLANNING.glob("*.py")) - elsewhere):
        given |= set(re.findall(r'Reason\(code="(\w+)"', path.read_text(encoding="utf-8")))
    assert len(given) > 15
    given.add("stays")  # the one reason for a date that calm.py gives
    everything = {
        "action": "A03", "actions": ["A03"], "by": DAY, "decided": "A04", "department": "housing", "departments": 2,
        "finish": DAY, "most": 60.0, "needs": 80.0, "kind": "must", "level": 2, "phase": 1, "quarter": 1,
        "reached": DAY, "reason": "", "role": "it",
        "share": 0.5, "start": DAY, "steps": 2, "topic": "t", "topics": ["t"], "wanted": "A04", "weeks_over": 0,
    }  # fmt: skip
    for code in given:
        for why in (
            "no_capacity",
            "no_budget",
            "no_time",
            "no_room",
            "rejected",
            "conflict",
            "outside",
            "too_early",
            "no_level",
        ):
            said = sentence(Said(code, {**everything, "why": why}), NAMES)
            assert said.endswith(".") and not said.startswith("Left out")
            assert "_" not in said


@pytest.mark.parametrize("code", ["too_fast", "capped", "beyond_top", "not_above"])
def test_a_warning_about_a_target_is_a_sentence(code: str) -> None:
    assert target_warning(Warned(code)).endswith(".")
    assert ".." not in target_warning(Warned(code))


@pytest.mark.parametrize(
    ("value", "bound", "said"),
    [
        (100.0, 102.1, "No plan under these limits could close more than 3% more."),
        (100.0, 103.0, "No plan under these limits could close more than 3% more."),
        (100.0, 100.0001, "No plan under these limits could close more."),
        (0.0, 0.0, "No plan under these limits could close anything."),
        (0.0, 5.0, "This plan closes nothing; whether another could is not known."),
        (100.0, None, "How far this is from the best possible plan is not known: no bound was found when it was made."),
    ],
)
def test_the_best_possible_is_never_said_to_be_nearer_than_it_is(value: float, bound: float | None, said: str) -> None:
    assert best_possible(value, bound) == said
