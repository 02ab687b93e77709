"""The one door to the planner: a request goes in, a plan comes out, whichever engine made it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from maturity.planning.calm import plan_of
from maturity.planning.compose import empty_plan
from maturity.planning.greedy import Solution, solve
from maturity.planning.jobs import Problem, make_problem
from maturity.planning.left_out import without_catalogue
from maturity.planning.means import refuse_impossible, refuse_unknown_codes
from maturity.planning.plan import Plan
from maturity.planning.request import PlanRequest

Clock = Callable[[], float]
Engine = Callable[[Problem, int, int, float | None, Clock], Solution]
"""What lays a problem out: problem, iterations, seed, seconds or None, and the clock that counts these."""


def make_plan(request: PlanRequest, *, engine: Engine = solve, clock: Clock = time.monotonic) -> Plan:
    """The plan that answers a request, `PlanningError` where it cannot be meant.

    Without a time limit the same request gives the same plan to the byte. A decision that cannot be kept makes the
    status `infeasible` and is named in `conflicts`.
    """
    refuse_impossible(request)
    if request.catalogue is None:
        plan = empty_plan(request)
        return replace(plan, not_planned=plan.not_planned + without_catalogue(request))
    refuse_unknown_codes(request, request.catalogue)
    problem = make_problem(request, request.catalogue)
    return plan_of(engine(problem, request.iterations, request.seed, request.time_limit, clock))
