"""What a respondent reads, made from numbers and days."""

from __future__ import annotations

from datetime import date

import pytest

from maturity.assessment.terms import ANONYMITY
from maturity.words import answering as words


@pytest.mark.parametrize("anonymity", ANONYMITY)
def test_who_sees_is_said_for_every_way_to_hold_a_round(anonymity: str) -> None:
    lines = words.who_sees(anonymity, 5)
    assert lines[0].startswith("Until you send") and "5 working days before others" in " ".join(lines)
    assert "before others" not in " ".join(words.who_sees(anonymity, 0))
    assert ("with your name" in " ".join(lines)) == (anonymity == "named")
    assert ("fewer than 5 people" in " ".join(lines)) == (anonymity != "named")  # a head is shown two named answers


@pytest.mark.parametrize(
    ("done", "asked", "sent_back", "status"),
    [
        (0, 9, False, "Not started"),
        (4, 9, False, "In progress (4 of 9)"),
        (9, 9, False, "Completed"),
        (9, 9, True, "Sent back"),
        (0, 0, False, "Not started"),
    ],
)
def test_the_status_of_a_topic(done: int, asked: int, sent_back: bool, status: str) -> None:
    assert words.topic_status(done, asked, sent_back=sent_back) == status


def test_last_time() -> None:
    assert words.last_time_own("Spring 2026", "level 2, Emerging") == "Last time, in Spring 2026: level 2, Emerging."
    whole = words.last_time_department("Spring", 2.0, 5, "Emerging")
    assert whole == "Last time, in Spring, your department stood at level 2, Emerging."
    between = words.last_time_department("Spring", 2.5, 5, "Emerging")
    assert between == "Last time, in Spring, your department stood at 2.5 of 5."


def test_two_windows() -> None:
    said = words.answered_elsewhere("level 1, Low", "level 3, High", 2)
    assert "in another window 2 minutes ago: level 1, Low. Here you chose: level 3, High." in said
    assert "just now" in words.answered_elsewhere("a", "b", 0)


def test_what_happens_next() -> None:
    first, review, result, plan = words.what_next("Spring", date(2026, 4, 1), date(2026, 4, 8), 5, "Parks")
    assert "closes on 1 April 2026. Until then you can take your answers back" in first
    assert "with a note" in review and "From the gaps a plan is made" in plan
    assert result.endswith("see it from 8 April 2026.")
    undated = words.what_next("Spring", None, None, 5, "Parks")
    assert "when everybody has had the time to answer" in undated[0]
    assert undated[2] == "After that, the head of Parks and others who may read results see it."


@pytest.mark.parametrize(
    ("size", "shown"), [(1, "1 kB"), (1_400, "1 kB"), (99_000, "99 kB"), (1_250_000, "1.2 MB"), (5_000_000, "5.0 MB")]
)
def test_a_file_in_a_list(size: int, shown: str) -> None:
    assert words.file_line("policy.pdf", size, date(2026, 3, 2)) == f"policy.pdf, {shown}, given 2 March 2026"


def test_a_round_that_is_over() -> None:
    closed = "The round Spring closed on 1 April 2026, so nobody can answer in it now."
    day = date(2026, 4, 1)
    assert words.kept_but_closed("Spring", day, 12, True) == f"{closed} You sent 12 answers; they count."
    assert "Your 12 saved answers are kept but not sent, so they do not count." in words.kept_but_closed(
        "Spring", day, 12, False
    )
    assert "Your 1 saved answer is kept but not sent, so it does not count." in words.kept_but_closed(
        "Spring", None, 1, False
    )
