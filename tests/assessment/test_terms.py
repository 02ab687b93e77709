"""The terms of a round: what they may be, and working days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from maturity.assessment.terms import RoundTerms, TermsRefused, check_terms, shown_from, working_days_after

TOPICS = ["a", "b", "c"]


def test_topics_stand_in_the_order_of_the_framework_and_all_are_the_same_as_none():
    assert check_terms(RoundTerms(topics=("c", "a", "c")), TOPICS).topics == ("a", "c")
    assert check_terms(RoundTerms(topics=("c", "b", "a")), TOPICS).topics == ()
    assert check_terms(RoundTerms(), TOPICS) == RoundTerms()


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"anonymity": "secret"}, "'secret' is not known; choose one of named, pseudonymous, anonymous"),
        ({"topics": ("a", "z")}, "the framework has no topic 'z'; it has a, b, c"),
        ({"least_respondents": 0}, "the respondents wanted from each department are 1 to 1000, not 0"),
        ({"lead_days": -1}, "before others see a department's result are 0 to 60, not -1"),
        ({"evidence_months": 0}, "due for a fresh look are 1 to 120, not 0"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(terms, sentence):
    with pytest.raises(TermsRefused, match=sentence):
        check_terms(replace(RoundTerms(), **terms), TOPICS)


def test_working_days_leave_the_weekend_out():
    friday = date(2026, 3, 6)
    assert working_days_after(friday, 1) == date(2026, 3, 9)
    assert working_days_after(friday, 5) == date(2026, 3, 13)
    assert shown_from(friday, RoundTerms(lead_days=0)) == friday
    assert shown_from(None, RoundTerms()) is None
