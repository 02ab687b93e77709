"""Gaps, their priority, and the least effort that closes them."""

from __future__ import annotations

from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.gaps import Gap, Gaps, find_gaps
from maturity.planning.targets import Target
from tests.planning.small import action, catalogue, day

MADE = catalogue(
    action("base", ("u", 1, 2), days=8),
    action("one", ("t", 1, 2), days=10, requires=["base"]),
    action("two", ("t", 2, 3), days=20, requires=["base"]),
    action("both", ("t", 1, 3), days=50),
)


def gaps(
    score: float | None,
    reached: int | None,
    *levels: int,
    made: ActionCatalogue | None = MADE,
    already: tuple[str, ...] = (),
) -> Gaps:
    targets = [Target(department="d", topic="t", level=level, due=day(52 * n)) for n, level in enumerate(levels, 1)]
    held = {} if reached is None else {("d", "t"): reached}
    return find_gaps(
        scores={("d", "t"): score}, reached=held, targets=targets, importance={"t": 4}, catalogue=made, already=already
    )


def only(found: Gaps) -> Gap:
    (gap,) = found.found
    return gap


def test_gap_is_target_less_score_and_priority_is_gap_times_importance() -> None:
    gap = only(gaps(1.5, 1, 2, 3))
    assert (gap.gap, gap.priority, gap.target, gap.due) == (1.5, 6.0, 3, day(104))
    assert (gap.next_level, gap.next_due, gap.reached) == (2, day(52), 1)


def test_the_cheapest_chain_counts_each_prerequisite_once() -> None:
    gap = only(gaps(1.5, 1, 3))
    assert gap.person_days == 8 + 10 + 20  # cheaper than 50
    assert gap.per_person_day == 6.0 / 38


def test_what_is_done_costs_nothing_more_and_closes_nothing_more() -> None:
    assert only(gaps(1.5, 1, 3, already=("base",))).person_days == 30
    assert only(gaps(1.5, 1, 3, already=("one",))).person_days == 50


def test_no_chain_no_person_days() -> None:
    assert only(gaps(3.2, 3, 4)).per_person_day is None
    assert only(gaps(1.5, 1, 3, made=None)).person_days is None


def test_a_reached_target_is_no_gap() -> None:
    assert gaps(3.0, 3, 3) == Gaps(found=(), apart=())


def test_places_without_a_score_or_level_stand_apart_with_the_reason() -> None:
    assert [each.reason for each in gaps(None, None, 3).apart] == ["not_answered"]
    assert [each.reason for each in gaps(2.0, None, 3).apart] == ["coverage_too_low"]


def test_gaps_come_by_falling_priority() -> None:
    targets = [Target(department=d, topic="t", level=4, due=day(52)) for d in ("a", "b", "c")]
    scores: dict[tuple[str, str], float | None] = {("a", "t"): 3.0, ("b", "t"): 1.0, ("c", "t"): 2.0}
    found = find_gaps(
        scores=scores, reached={p: int(s or 0) for p, s in scores.items()}, targets=targets, importance={}
    )
    assert [(gap.department, gap.priority) for gap in found.found] == [("b", 9.0), ("c", 6.0), ("a", 3.0)]
