"""Every code of sign-off has its words, and what differs is said in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import get_args

import pytest

from maturity.roadmap.acceptance import Missing
from maturity.roadmap.versions import ChangeKind, Step, planned
from maturity.words import version_sentences as words
from tests.roadmap.test_versions import action


@dataclass(frozen=True)
class Ready:
    missing: tuple[str, ...] = ()
    share: float = 0.0


@dataclass(frozen=True)
class Changed:
    title: str = "List the data"
    kinds: tuple[str, ...] = ("moved",)
    later: int = 0


@pytest.mark.parametrize("code", get_args(Missing))
def test_every_missing_thing_is_said_in_words(code):
    assert words.missing_words([code]) == f"It lacks {words.MISSING[code]}."
    assert "_" not in words.MISSING[code]


def test_every_state_kind_and_part_has_a_word():
    assert set(words.MISSING) == set(get_args(Missing))
    assert set(words.STATES) == set(words.STEPS) == set(get_args(Step))
    assert set(words.KINDS) == set(get_args(ChangeKind))
    assert set(words.PARTS) == set(planned(action()))


@pytest.mark.parametrize(
    ("every", "said"),
    [
        ([], "The plan has no actions, so nothing can be signed off."),
        ([Ready()], "1 action can be signed off."),
        ([Ready(share=0.4), Ready(share=0.6)], "All 2 actions can be signed off (100% of the plan's value)."),
        (
            [Ready(share=0.75), Ready(("kpi", "owner_asked"), 0.25), Ready(("owner_asked",))],
            "1 of 3 actions can be signed off (75% of the plan's value); 2 wait (25% of the plan's value): 2 lack the "
            "owner's acceptance and 1 lacks a KPI.",
        ),
        ([Ready(("kpi",))], "0 of 1 action can be signed off; 1 waits: 1 lacks a KPI."),
    ],
)
def test_readiness_in_one_sentence(every, said):
    assert words.readiness_sentence(every) == said


def test_who_approved_is_said_with_quorum_and_minutes():
    assert words.approval_sentence({}, "Mayor", date(2026, 3, 2)) == "Approved by Mayor on 2 March 2026."
    body = {"body": "Council", "on": "2026-03-01", "present": ["Ida", "Jo"], "members": 3, "quorum": 2, "minute": "4.1"}
    assert words.approval_sentence(body, "CDO", date(2026, 3, 2)) == (
        "Approved by Council on 1 March 2026: 2 of 3 members were there, 2 are needed (Ida and Jo); minutes: 4.1. "
        "Noted by CDO."
    )


def test_what_was_signed_off():
    assert words.signed_sentence({"signed": ["a"], "unsigned": {"b": ["kpi"]}, "share": 0.75}) == (
        "1 action is signed off with it, 75% of the plan's value; 1 was not ready and is not."
    )
    assert words.signed_sentence({"signed": ["a", "b"]}) == "2 actions are signed off with it."


def test_what_differs_in_one_sentence():
    assert words.difference_sentence([]) == words.NOTHING_DIFFERS
    changes = [Changed(later=50), Changed(title="Other", kinds=("re_dated", "re_owned"), later=-7)]
    assert words.difference_sentence(changes, 1) == (
        "2 actions differ: 1 moved, 1 re-dated, 1 re-owned and 1 milestone changed. "
        "The largest shift: List the data, 50 days later."
    )
    assert words.difference_sentence([], 2) == "2 milestones changed."
    assert [words.shift(days) for days in (0, 1, -1, 50)] == ["", "1 day later", "1 day earlier", "50 days later"]


def test_the_picture_says_what_moved():
    title, subtitle, described = words.difference_chart([Changed(later=50), Changed(title="B", later=-1)], "V1", "V2")
    assert title == "1 action finishes later and 1 action finishes earlier"
    assert subtitle == "Bars: V2. Thin grey bars: V1"
    assert described.endswith("List the data: 50 days later; B: 1 day earlier.")
    assert words.difference_chart([], "V1", "V2").title == "No finish has moved"
