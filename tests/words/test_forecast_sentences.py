"""What a forecast says, read aloud."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from maturity.words import forecast_sentences as words

MARCH, JULY = date(2029, 3, 12), date(2029, 7, 2)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "next to none (under 1%)"),
        (0.009, "next to none (under 1%)"),
        (0.02, "less than 1 in 20 (2%)"),
        (0.05, "about 1 in 20 (5%)"),
        (0.09, "about 1 in 10 (9%)"),
        (0.31, "about 3 in 10 (31%)"),
        (0.4999, "about 5 in 10 (49%)"),
        (0.5, "about 5 in 10 (50%)"),
        (0.92, "about 9 in 10 (92%)"),
        (0.95, "about 19 in 20 (95%)"),
        (0.98, "more than 19 in 20 (98%)"),
        (0.995, "almost certain (over 99%)"),
        (1.0, "almost certain (over 99%)"),
    ],
)
def test_chances_are_said_in_tens_and_per_cent(share, said):
    assert words.chance_words(share) == said


def test_the_end_is_said_twice_or_once():
    assert words.end_sentence(MARCH, JULY) == (
        "As likely as not, the roadmap ends by 12 March 2029; four times in five by 2 July 2029."
    )
    assert words.end_sentence(MARCH, MARCH) == (
        "As likely as not, and four times in five too, the roadmap ends by 12 March 2029."
    )
    assert words.planned_sentence(MARCH, 0.31) == (
        "The plan says 12 March 2029; the chance that it holds is about 3 in 10 (31%)."
    )
    assert words.all_done(MARCH) == (
        "Every action is done, the last one on 12 March 2029. There is nothing left to forecast."
    )


def test_todays_standing_is_counted():
    assert words.today_sentence(MARCH, 5, 4, 1, 32) == (
        "As of 12 March 2029: of 32 actions, 5 done, 4 under way; 1 is late. All of it counts as reported."
    )


@pytest.mark.parametrize(
    ("chances", "unplanned", "said"),
    [
        ([], 0, words.NO_TARGETS),
        ([], 3, "The plan has nothing for the 3 open targets."),
        ([0.5], 0, "The open target that the plan works for is more likely to be reached by the date than not."),
        (
            [0.5, 0.9],
            1,
            "All 2 open targets that the plan works for are more likely to be reached by the date than not. "
            "For 1 more target the plan has nothing.",
        ),
        (
            [0.49, 0.9],
            0,
            "**1 of 2 open targets** that the plan works for is more likely to be missed than reached by the date.",
        ),
    ],
)
def test_targets_are_counted(chances, unplanned, said):
    assert words.targets_sentence(chances, unplanned) == said


def test_what_is_left_out_is_said():
    assert words.withheld_sentence("the results are shown later") == (
        "Dates alone, without levels and targets: the results are shown later."
    )
    assert words.partly_shown(1, 3).startswith("Levels and targets are those of 1 of 3 departments:")
    assert words.no_steps_in("Parks") == (
        "The plan brings about no step in Parks, so its level is not expected to change."
    )


def test_the_assumptions_say_their_numbers_and_whose_they_are():
    said = " ".join(words.assumptions(0.12, 0.1, 0.04, 91, 4))
    for part in ("more than 12%", "10% longer", "chance of 4%", "up to 13 weeks", "4 of 5 counts", "our assumptions"):
        assert part in said


def test_the_fan_says_where_the_level_goes(fan):
    parts = words.fan_sentences(fan, places=12)
    assert parts.title == "Levels are expected to rise from 1.5 to 2.5 by July 2026"
    assert parts.subtitle == "Average level of the 12 topics that the plan works on, counted in each department"
    assert "Apr 2026: 2.00, between 1.50 and 2.20, planned 2.20." in parts.description
    still = words.fan_sentences(fan.assign(middle=1.5), department="Parks", places=1)
    assert still.title == "Levels are not expected to rise by July 2026"
    assert still.subtitle == "Average level of the 1 topic that the plan works on, in Parks"
    assert words.fan_sentences(fan.iloc[:0], places=0).subtitle == "Nothing to show yet"


def test_causes_are_named_with_their_days(drivers):
    parts = words.driver_sentences(drivers)
    assert parts.title == "Build platform could make the end late most: 28 days"
    assert "IT (role): 7 days. Parks (department): 1 day." in parts.description
    assert words.driver_sentences(drivers.iloc[:0]).title == "What makes the end late"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            words.story_sentence("leaves", "IT", MARCH),
            "Suppose that a key person of IT leaves on 12 March 2029: "
            "for two quarters that work goes at half its pace.",
        ),
        (
            words.story_sentence("cut", "phase 2", share=0.2),
            "Suppose that phase 2 loses 20% of the money that its actions cost: of those not begun, the ones that "
            "start last wait for the next phase until the money does; those of the last phase wait a year.",
        ),
        (words.story_sentence("late", "“Platform”"), "Suppose that “Platform” takes half a year longer."),
        (words.struck_sentence(0), "No unfinished action is touched by it, so nothing changes."),
        (words.struck_sentence(3), ""),
        (
            words.story_end(MARCH, 0.4),
            "Then the roadmap ends, as likely as not, by 12 March 2029: hardly later than without it.",
        ),
        (words.story_end(MARCH, 6.2), "Then the roadmap ends, as likely as not, by 12 March 2029: 6 weeks later."),
        (words.falls_sentence([]), "No milestone and no target falls because of it."),
        (words.falls_sentence(["A"]), "A falls: without it, it is more likely reached by its day than not."),
        (
            words.falls_sentence(["A", "B"]),
            "First to fall: A and B. Without it, each is more likely reached by its day than not.",
        ),
        (
            words.falls_sentence(list("ABCDE")),
            "First to fall: A, B, C, then 2 more. Without it, each is more likely reached by its day than not.",
        ),
        (
            words.failed_sentence("it went down"),
            "The forecast could not be made (it went down). The plan is not touched by this; try it again.",
        ),
    ],
)
def test_stories_and_what_falls(told, said):
    assert told == said


@pytest.fixture
def fan() -> pd.DataFrame:
    rows = [
        (date(2026, 1, 1), 1.5, 1.5, 1.5, 1.5),
        (date(2026, 4, 1), 1.5, 2.0, 2.2, 2.2),
        (date(2026, 7, 1), 2.0, 2.5, 3.0, 3.0),
    ]
    return pd.DataFrame(rows, columns=["on", "low", "middle", "high", "planned"])


@pytest.fixture
def drivers() -> pd.DataFrame:
    rows = [("Build platform", "action", 28.4), ("IT", "role", 7.1), ("Parks", "department", 1.2)]
    return pd.DataFrame(rows, columns=["cause", "kind", "days"])
