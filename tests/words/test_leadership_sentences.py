"""What is said of decisions: how long there is, why then, and a question cut to a line."""

from __future__ import annotations

from datetime import date, timedelta

from maturity.words.leadership_sentences import (
    LONGEST,
    computed_words,
    cost_words,
    left_words,
    open_decision_words,
    open_sentence,
    shortened,
)

TODAY = date(2026, 3, 2)


def test_how_long_there_is():
    assert left_words(None, TODAY) == "no day is set"
    assert [left_words(TODAY + timedelta(days=days), TODAY) for days in (2, 1, 0, -1)] == [
        "2 days left",
        "1 day left",
        "today",
        "1 day overdue",
    ]


def test_a_line_of_the_summary_is_no_longer_than_a_line():
    assert shortened("Who hires?") == "Who hires?"
    long = "word " * 60
    assert len(shortened(long)) <= LONGEST + 2 and shortened(long).endswith("word …")
    assert open_decision_words("Who hires?", TODAY, TODAY) == "“Who hires?”: needed by 2 March 2026 (today)."
    assert open_decision_words("Who hires?", None, TODAY) == "“Who hires?”: no day is set."


def test_the_arithmetic_of_the_day():
    assert computed_words("Count trees", TODAY, 0, TODAY) == (
        "2 March 2026: “Count trees” starts on 2 March 2026 and cannot slip without moving the end of the plan."
    )
    assert "and can slip 1 day without" in computed_words("Count trees", TODAY, 1, TODAY)


def test_what_waits_and_what_it_costs():
    assert open_sentence(0, 0) == "Nothing waits for a decision."
    assert open_sentence(1, 0) == "1 decision waits to be taken."
    assert open_sentence(3, 1) == "3 decisions wait to be taken, 1 of them overdue."
    assert cost_words(None, "EUR") == "not priced"
    assert cost_words(60_000.4, "EUR") == "60,000 EUR" and cost_words(0, "") == "0"
