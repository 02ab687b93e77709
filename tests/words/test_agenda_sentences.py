"""Why a question is on the agenda, read aloud."""

from __future__ import annotations

from typing import Any

import pytest

from maturity.words.agenda_sentences import why_on_the_agenda

NAMES = {"A1": "Name owners", "A2": "Publish", "parks": "Parks"}
SHOWN = {"importance": 5, "answers": "shown", "fewest": 5, "count": 9, "spread": 0.4, "lowest": 1, "highest": 4}
CHANGES = {**SHOWN, "worth": 2.0, "plan": "changes", "entering": [], "leaving": [], "moved": []}
START = "9 answers run from 1 to 4. The topic matters a lot (5 of 5)."
LATER = {"code": "A2", "at_lowest": "2027-01-04", "at_highest": "2027-07-05"}
SOONER = {"code": "A1/parks", "at_lowest": "2027-02-01", "at_highest": "2027-01-04"}


@pytest.mark.parametrize(
    ("why", "expected"),
    [
        ({}, ""),
        ({"importance": 1, "answers": "closed_to_view"}, "The topic can wait (1 of 5)."),
        (
            {"importance": 3, "answers": "too_few", "fewest": 5, "reviewed": 2},
            "Fewer than 5 people chose a level, so nobody knows yet whether they agree. "
            "The reviewer found level 2. The topic matters to most services (3 of 5).",
        ),
        ({**SHOWN, "plan": "same"}, f"{START} The plan would be the same at 1 and at 4."),
        (
            {**SHOWN, "plan": "no_catalogue"},
            f"{START} No plan was compared: this framework has no catalogue of actions.",
        ),
        (
            {**CHANGES, "leaving": ["A1/parks"]},
            f"{START} At 4 instead of 1, the plan would drop “Name owners” in Parks.",
        ),
        (
            {**CHANGES, "leaving": ["A1"], "entering": ["A2", "A3", "A4"]},
            f"{START} At 4 instead of 1, the plan would drop “Name owners” and add “Publish” and 2 other actions.",
        ),
        (
            {**CHANGES, "leaving": ["A1"], "moved": [LATER]},
            f"{START} At 4 instead of 1, the plan would drop “Name owners” and start “Publish” 6 months later.",
        ),
        (
            {**CHANGES, "moved": [SOONER, LATER]},
            f"{START} At 4 instead of 1, the plan would start “Name owners” in Parks 1 month earlier "
            "and move 1 other action.",
        ),
        (
            {**SHOWN, "lowest": 3, "highest": 3, "reviewed": 1, "plan": "same"},
            "9 answers, all at level 3. The reviewer found level 1. The topic matters a lot (5 of 5).",
        ),
        (
            {**SHOWN, "lowest": 2, "highest": 3, "agreed": 3},
            "The answers agree on level 3 (9 answers, from 2 to 3). The topic matters a lot (5 of 5).",
        ),
    ],
)
def test_why(why: dict[str, Any], expected: str):
    assert why_on_the_agenda(why, NAMES) == expected
