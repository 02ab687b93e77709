"""Every rule of the plan checker has its sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from maturity.planning.violations import Violation
from maturity.words.violation_sentences import RULES, violation_sentence

PLANNING = Path(__file__).parents[2] / "maturity" / "planning"


def test_the_rules_are_the_ones_that_are_checked() -> None:
    checked: set[str] = set()
    for path in PLANNING.glob("check*.py"):
        checked |= set(re.findall(r'Violation\(\s*"(\w+)"', path.read_text(encoding="utf-8")))
    assert checked == set(RULES)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Violation("requires_later", "A05", {"requires": "A03"}), "A05 starts before A03 is finished."),
        (
            Violation("over_capacity", "staff", {"department": "housing", "quarter": 2, "planned": 12.5}),
            "staff in housing has too few days in quarter 2: 12.5 person-days are planned.",
        ),
        (
            Violation("over_budget", "2", {"available": 5.0, "planned": 7.0}),
            "Phase 2 costs 7.0 up to this phase, but 5.0 are there.",
        ),
    ],
)
def test_a_broken_rule_is_a_sentence(found: Violation, expected: str) -> None:
    assert violation_sentence(found) == expected
