"""Actions of a plan, and useful ones left out, by what they take and what they bring; department copies as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maturity.planning.board import UNPLACED, Board
from maturity.planning.calendar import HORIZON, MONTH_STARTS, phase_of
from maturity.planning.entering import price_of
from maturity.planning.plan import Price
from maturity.planning.steps import NEVER
from maturity.planning.tidy import closers

MOST = 20.0
"""From so much for its price on, an action left out costs next to nothing elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """A catalogue action with all its copies: likely person-days, and level-weeks. Of a planned one these are what it
    brings about first; of one left out, what its steps would be worth at the earliest, where nothing else brought them
    about. `price` is what its people and money are worth elsewhere, in level-weeks; None where no prices are known."""

    action: str
    title: str
    planned: bool
    quick: bool
    phase: int
    copies: int
    effort: float
    value: float
    price: float | None


def impacts(board: Board, prices: Sequence[Price] = ()) -> tuple[Impact, ...]:
    """The planned actions by falling value, then those left out that would bring something about: by what they bring
    for what their people and money are worth elsewhere, where prices say so."""
    worth = _worth(board)
    planned = board.placed()
    out = {job: _earliest(board, job) for job in worth if board.start[job] == UNPLACED}
    found = [*_folded(board, planned, worth, prices, True), *_folded(board, out, worth, prices, False)]
    return tuple(sorted(found, key=lambda each: (not each.planned, -_for_its_price(each), -each.value, each.action)))


def _for_its_price(impact: Impact) -> float:
    """Level-weeks for each that the people and money would bring elsewhere; more than `MOST` is all the same."""
    if impact.planned or impact.price is None:
        return 0.0
    return impact.value / max(impact.price, impact.value / MOST, 1e-9)


def _worth(board: Board) -> dict[int, float]:
    """Level-weeks by job: of a placed one its steps', of another what the steps that are missing would bring."""
    problem, found = board.problem, dict[int, float]()
    for step, job in closers(board).items():
        found[job] = found.get(job, 0.0) + problem.steps[step].weight * problem.worth[board.reach[step]]
    for job, made in enumerate(problem.jobs):
        if board.start[job] != UNPLACED or made.rejected:
            continue
        missing = [n for lift in made.lifts for n in lift.steps if board.reach[n] == NEVER and not problem.steps[n].by]
        weeks = problem.worth[min(_earliest(board, job) + made.days, HORIZON)]
        if missing and weeks:
            found[job] = sum(problem.steps[n].weight for n in missing) * weeks
    return found


def _earliest(board: Board, job: int) -> int:
    """The first month in which a job could start with people and money for it; its phase's where a level is missing."""
    ready = board.ready_from(job)
    first = board.problem.jobs[job].opens if ready == NEVER else ready
    return next((month for month in MONTH_STARTS if month >= first), MONTH_STARTS[-1])


def _folded(
    board: Board, starts: dict[int, int], worth: dict[int, float], prices: Sequence[Price], planned: bool
) -> list[Impact]:
    problem, by_action = board.problem, dict[str, list[int]]()
    for job in sorted(starts):
        by_action.setdefault(problem.jobs[job].action.id, []).append(job)
    found = []
    for jobs in by_action.values():
        action = problem.jobs[jobs[0]].action
        priced = {job: starts[job] for job in jobs if starts[job] + problem.jobs[job].days <= HORIZON}
        found.append(
            Impact(
                action=action.id,
                title=action.title,
                planned=planned,
                quick=action.quick_win,
                phase=phase_of(min(starts[job] for job in jobs)),
                copies=len(jobs),
                effort=sum(sum(action.likely_effort.values()) for _ in jobs),
                value=sum(worth.get(job, 0.0) for job in jobs),
                price=price_of(problem, priced, prices),
            )
        )
    return found
