"""Each kind of change since the last review as its sentence."""

from __future__ import annotations

from typing import get_args

import pytest

from maturity.roadmap.since_review import FactKind
from maturity.words.review_flow_sentences import fact_sentence

SAID = {
    "late": ("", "", "“Count the trees” has become late, by 24 days. Why: the supplier."),
    "later": (
        "2026-03-02",
        "2026-03-26",
        "“Count the trees” is expected 24 days later, on 26 March 2026 instead of 2 March 2026. Why: the supplier.",
    ),
    "earlier": (
        "2026-03-26",
        "2026-03-02",
        "“Count the trees” is expected 24 days earlier, on 2 March 2026 instead of 26 March 2026.",
    ),
    "less_sure": ("4", "2", "Confidence in “Count the trees” fell from 4 to 2 of 5. Why: the supplier."),
    "caught_up": ("", "", "“Count the trees” was late and has caught up."),
    "done": ("", "2026-03-02", "“Count the trees” is done, on 2 March 2026."),
    "begun": ("", "", "“Count the trees” has begun."),
}


@pytest.mark.parametrize("kind", get_args(FactKind))
def test_every_kind_of_change_has_its_sentence(kind: str):
    before, after, said = SAID[kind]
    assert fact_sentence(kind, "Count the trees", 24, before, after, "the supplier.") == said
