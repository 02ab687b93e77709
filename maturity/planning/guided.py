"""The guided engine: a greedy schedule, a bound on every schedule, and schedules in the order that the bound suggests.

The relaxation says when each job would start if jobs could be split. Taking jobs up in that order, with some regard to
what they bring per scarce person-day, comes near the bound (planning of open-pit mines works the same way). Searching
around the best of these schedules with a solver comes nearer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from maturity.planning.bound import Bound, find_bound, solver_version
from maturity.planning.calendar import HORIZON
from maturity.planning.fairness import fairer, is_as_fair
from maturity.planning.greedy import (
    Orders,
    Solution,
    lateness,
    loads_of,
    promises,
    rank,
    search,
    solve_greedily,
    thin_out,
)
from maturity.planning.jobs import Problem
from maturity.planning.neighbourhood import improve
from maturity.planning.prices import prices_of
from maturity.planning.relaxation import Real, Relaxation, relax

MONTH = HORIZON / 36
MIXES = (0.0, 0.3, 1.0)
"""Months that a job moves up for each e-fold of its value density."""
FIRST_ORDERS = 4
"""Greedy orders before the relaxation is solved; all of them are tried only where it cannot be."""
ORDERS_A_NEIGHBOURHOOD = 4
"""A neighbourhood takes about as long as so many orders. So half of the iterations are orders that the bound suggests,
and half are spent on neighbourhoods of the best of them."""


class Stopped(Exception):
    """Whoever asked for a plan does not want it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How far a plan has come: `preview` (the first order), `greedy`, `bound`, `guided` or `improved` is done, with the
    best schedule and the bound so far."""

    done: str
    solution: Solution

    @property
    def value(self) -> float:
        """Level-weeks of the best schedule so far."""
        return self.solution.board.value()

    @property
    def bound(self) -> float | None:
        """Level-weeks that no schedule exceeds, once that is proven."""
        return self.solution.bound


def _go_on(stage: Stage) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Guided:
    """An engine. `on_stage` is told how far it has come and returns whether to go on; after False it raises
    `Stopped`. Without the solver, and for more than `most_jobs` jobs, it gives the greedy plan, to the byte.

    `lean` plans leave actions out that save a row of the plan for little of its value; without it they come as near to
    the best of all plans as the search does."""

    on_stage: Callable[[Stage], bool] = _go_on
    most_jobs: int | None = None
    lean: bool = True

    def __call__(
        self, problem: Problem, iterations: int, seed: int, within: float | None, clock: Callable[[], float]
    ) -> Solution:
        late = lateness(within, clock)
        self._report("preview", search(problem, Orders(problem, seed), 1, late))
        best = search(problem, Orders(problem, seed), min(FIRST_ORDERS, iterations), late)
        self._report("greedy", best)
        guided = None if late() or self._is_too_large(problem) else self._guided(problem, best, iterations, seed, late)
        return guided or solve_greedily(problem, iterations, seed, late)

    def _is_too_large(self, problem: Problem) -> bool:
        return self.most_jobs is not None and len(problem.jobs) > self.most_jobs

    def _guided(
        self, problem: Problem, first: Solution, iterations: int, seed: int, late: Callable[[], bool]
    ) -> Solution | None:
        """The schedule that a bound leads to, with the bound; None where none was found."""
        model = relax(problem, keep_decisions=not first.conflicts)
        bound = find_bound(model)
        if bound is None:
            return None
        prices = prices_of(problem, model, bound)
        best = replace(first, bound=bound.value, prices=prices, engine=solver_version())
        self._report("bound", best)
        orders = GuidedOrders(problem, model, bound, seed)
        best = _better(best, search(problem, orders, ceil(iterations / 2), late))
        best = fairer(best)
        self._report("guided", best)
        if self.lean:
            best = proven_as(best, thin_out(best, iterations - 1, late, is_as_fair))
        best = improve(best, model, bound, ceil(iterations / 2 / ORDERS_A_NEIGHBOURHOOD), seed, late, {})
        self._report("improved", best)
        return best

    def _report(self, done: str, best: Solution) -> None:
        if not self.on_stage(Stage(done=done, solution=best)):
            raise Stopped


def _better(one: Solution, other: Solution) -> Solution:
    """The better of two; what the first one's search has proven stays with it."""
    if rank(other.board, len(other.conflicts)) > rank(one.board, len(one.conflicts)):
        return proven_as(one, other)
    return one


def proven_as(one: Solution, other: Solution) -> Solution:
    """The other solution with what was proven on the way to the first one."""
    return replace(other, bound=one.bound, prices=one.prices, engine=one.engine)


class GuidedOrders:
    """Priorities from the months in which the relaxation would start the jobs, turn by turn."""

    def __init__(self, problem: Problem, model: Relaxation, bound: Bound, seed: int) -> None:
        self.random = np.random.default_rng([seed, 1])
        density = np.log(promises(problem) / loads_of(problem))
        expected = expected_starts(model, bound.relaxed) / MONTH
        half = half_starts(model, bound.relaxed) / MONTH
        self.fixed = [mix * density - expected for mix in MIXES] + [MIXES[1] * density - (half + expected) / 2]

    def order(self, turn: int, best: Sequence[float] | None) -> Sequence[float]:
        """The fixed orders first, then these and the best so far with noise of a month or so."""
        if turn < len(self.fixed):
            return tuple(self.fixed[turn].tolist())
        near = turn % 2 and best is not None
        base = np.asarray(best) if near else self.fixed[turn // 2 % len(self.fixed)]
        noise = self.random.normal(0.0, 0.7 if near else 1.5, len(base))
        return tuple((base + noise).tolist())


def expected_starts(model: Relaxation, relaxed: Real) -> Real:
    """The day on which each job starts on average, if what is never started counts as started at the horizon."""
    found = np.full(len(model.starts), float(HORIZON))
    for number, track in enumerate(model.starts):
        if len(track.days):
            begun = relaxed[track.first : track.first + len(track.days)]
            found[number] = track.days[0] + ((1.0 - begun) * np.diff(track.days, append=HORIZON)).sum()
    return found


def half_starts(model: Relaxation, relaxed: Real) -> Real:
    """The day by which half of each job is started; the horizon where that never comes."""
    found = np.full(len(model.starts), float(HORIZON))
    for number, track in enumerate(model.starts):
        begun = np.flatnonzero(relaxed[track.first : track.first + len(track.days)] >= 0.5)
        if len(begun):
            found[number] = track.days[begun[0]]
    return found
