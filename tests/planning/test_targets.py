"""Priority topics, default targets and their warnings, worked out by hand."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from maturity.planning.targets import (
    LevelCap,
    Target,
    add_months,
    check_targets,
    default_targets,
    lowest_cap,
    priority_topics,
)

STARTS = date(2027, 1, 4)


def targets(reached: dict[tuple[str, str], int], **more: object) -> dict[tuple[str, str], list[tuple[int, date]]]:
    scores = {topic: 2.0 for _, topic in reached}
    given_: dict[str, object] = {"scores": scores, "importance": {}, "top_level": 5, "starts": STARTS, **more}
    found: dict[tuple[str, str], list[tuple[int, date]]] = {}
    for target in default_targets(reached=reached, **given_):  # type: ignore[arg-type]
        found.setdefault((target.department, target.topic), []).append((target.level, target.due))
    return found


def test_priority_is_importance_times_what_is_missing_to_the_top() -> None:
    scores = {"a": 2.0, "b": 4.0, "c": None, "d": 5.0, "e": 3.0, "f": 2.0}
    # a 3 x 3 = 9, b 5 x 1 = 5, e 3 x 2 = 6, f 4 x 3 = 12; c has no score and d is at the top
    assert priority_topics(scores, {"b": 5, "f": 4}, 5, 3) == ("f", "a", "e")
    assert priority_topics(scores, {"b": 5, "f": 4}, 5, 9) == ("f", "a", "e", "b")


def test_ties_keep_the_order_of_the_framework() -> None:
    assert priority_topics({"b": 2.0, "a": 2.0}, {}, 5) == ("b", "a")


def test_the_next_level_within_a_year_and_the_one_after_within_three() -> None:
    assert targets({("d", "t"): 2}) == {("d", "t"): [(3, date(2028, 1, 4)), (4, date(2030, 1, 4))]}


def test_none_beyond_the_top_and_only_in_priority_topics() -> None:
    assert targets({("d", "t"): 4}) == {("d", "t"): [(5, date(2028, 1, 4))]}
    assert targets({("d", "t"): 5}) == {}
    assert set(targets({("d", "t"): 1, ("d", "u"): 1}, count=1)) == {("d", "t")}


def test_readiness_holds_default_targets_back() -> None:
    caps = [LevelCap(level=3, reason="No time", department="d"), LevelCap(level=4, reason="No data", topic="t")]
    assert targets({("d", "t"): 2, ("e", "t"): 2, ("e", "u"): 2}, caps=caps) == {
        ("d", "t"): [(3, date(2028, 1, 4))],
        ("e", "t"): [(3, date(2028, 1, 4)), (4, date(2030, 1, 4))],
        ("e", "u"): [(3, date(2028, 1, 4)), (4, date(2030, 1, 4))],
    }
    assert (lowest_cap("d", "t", caps, 5), lowest_cap("e", "u", caps, 5)) == (3, 5)


def test_months_end_where_the_month_does() -> None:
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert add_months(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert add_months(date(2027, 12, 1), 1) == date(2028, 1, 1)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 120))
def test_months_add_up(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


def warned(level: int, due: date, reached: int = 2, caps: tuple[LevelCap, ...] = ()) -> list[str]:
    target = Target(department="d", topic="t", level=level, due=due, chosen=True)
    return [w.code for w in check_targets([target], {("d", "t"): reached}, STARTS, 5, caps)]


def test_more_than_a_level_a_year_warns() -> None:
    assert warned(4, date(2028, 6, 1)) == ["too_fast"]
    assert warned(4, date(2029, 1, 4)) == []
    assert warned(3, date(2027, 12, 1)) == ["too_fast"]


def test_a_target_above_a_cap_beyond_the_top_or_reached_warns() -> None:
    assert warned(4, date(2030, 1, 1), caps=(LevelCap(level=3, reason="No money"),)) == ["capped"]
    assert warned(6, date(2040, 1, 1)) == ["beyond_top"]
    assert warned(2, date(2028, 1, 4)) == ["not_above"]


def test_default_targets_never_warn() -> None:
    made = default_targets(scores={"t": 2.0}, reached={("d", "t"): 2}, top_level=5, importance={}, starts=STARTS)
    assert check_targets(made, {("d", "t"): 2}, STARTS, 5) == ()
