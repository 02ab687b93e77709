"""The picture of a vote: as many dots as votes, none on another, the same size in every row, and what it says."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from maturity.charts.drawing import specification
from maturity.charts.vote_dots import LARGEST_DOT, packed, vote_dots_chart
from maturity.words.vote_sentences import agreement_said, vote_name, vote_sentences

LEVELS = ("Beginning", "Emerging", "Learning", "Developing", "Mastering")


def frame(*rows):
    """Rows (vote, n1..n5, votes, dont_know, median, agreement)."""
    columns = ["vote", "n1", "n2", "n3", "n4", "n5", "votes", "dont_know", "median", "agreement"]
    return pd.DataFrame(rows, columns=columns)


def dots(spec):
    """The rows of the layer of dots."""
    for layer in spec["layer"]:
        rows = spec["datasets"][layer["data"]["name"]]
        if rows and "count" in rows[0]:
            return rows
    return []


def test_one_dot_for_each_vote_and_none_covers_another(votes, texts):
    for width, narrow in ((960, False), (344, True)):
        chart = vote_dots_chart(votes, levels=LEVELS, mode="light", texts=texts, width=width, narrow=narrow)
        found = dots(specification(chart))
        assert len(found) == 5 + 6 and len({each["size"] for each in found}) == 1
        pitch = math.sqrt(found[0]["size"])
        places = [(each["x"], each["y"]) for each in found]
        assert all(math.dist(a, b) >= pitch for i, a in enumerate(places) for b in places[:i])


def test_three_hundred_votes_stay_in_their_columns_and_rows(texts):
    many = frame(("First vote", 0, 30, 200, 60, 10, 300, 4, 3.0, 0.7))
    for width, narrow in ((960, False), (344, True)):
        spec = specification(vote_dots_chart(many, levels=LEVELS, mode="dark", texts=texts, width=width, narrow=narrow))
        found, column = dots(spec), spec["width"] / 5
        assert len(found) == 300
        for each in found:
            level = int(each["level"][0])
            assert abs(each["x"] - (level - 0.5) * column) <= column * 0.42
            assert 0 < each["y"] < spec["height"]


@pytest.mark.parametrize(("most", "across"), [(1, 1), (5, 1), (12, 2), (300, 15)])
def test_dots_are_as_large_as_they_can_be(most, across):
    """By hand, in 160 by 120 pixels: 12 dots as two columns of six are 26 wide, as large as they may be, one column
    of them 13; 300 as 15 columns of 20 are 8 wide."""
    seats, dot = packed(most, 160, 120)
    assert seats == across
    assert dot <= LARGEST_DOT and seats * dot <= 120 and math.ceil(most / seats) * dot <= 160


def test_what_may_not_be_shown_is_said_and_nothing_drawn(texts, written):
    nan = float("nan")
    hidden = frame(("First vote", nan, nan, nan, nan, nan, 4, 1, nan, nan))
    spec = specification(vote_dots_chart(hidden, levels=LEVELS, mode="light", texts=texts))
    assert not dots(spec)
    assert "Not shown: fewer than 5 people chose a level" in written(spec)
    assert "1 don't know" in written(spec) and "4 votes" in written(spec)


def test_it_says_how_the_newest_vote_stands_and_what_was_before(votes):
    said = vote_sentences(votes, subject="Stewards are named")
    assert said.title == "6 voted: median 3, from 2 to 3. Agreement 0.83, close together"
    assert said.subtitle == "Stewards are named. First vote: median 2, from 1 to 4, agreement 0.30. 1 don't know"
    assert said.description == (
        "Dots, one for each vote. Votes: Stewards are named. First vote: 2 at level 1, 1 at level 2, 1 at level 3, "
        "1 at level 4, 2 don't know; median 2, agreement 0.30, far apart. Second vote: 2 at level 2, 4 at level 3, "
        "1 don't know; median 3, agreement 0.83, close together."
    )


def test_other_titles():
    nan = float("nan")
    rows = {
        "7 voted, all for level 3": ("First vote", 0, 0, 7, 0, 0, 7, 0, 3.0, 1.0),
        "4 people chose a level, too few to show their votes": ("First vote", *[nan] * 5, 4, 0, nan, nan),
        "Nobody chose a level: 6 said that they don't know": ("First vote", *[nan] * 5, 0, 6, nan, nan),
        "Nobody has voted": ("First vote", *[nan] * 5, 0, 0, nan, nan),
    }
    for title, row in rows.items():
        assert vote_sentences(frame(row)).title == title
    assert vote_sentences(frame()).subtitle == "Nothing to show yet"


def test_agreement_is_never_rounded_up_to_a_word_that_it_has_not_reached():
    assert agreement_said(0.798) == "0.79, mixed"
    assert agreement_said(0.8) == "0.80, close together"
    assert agreement_said(0.398) == "0.39, far apart"
    assert agreement_said(0.42) == "0.42, mixed"
    assert [vote_name(ballot) for ballot in (1, 2, 3)] == ["First vote", "Second vote", "Third vote"]
