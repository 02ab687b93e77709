"""How much of a plan moves when it is made again after a small change, calmly and from nothing.

    python -m benchmarks.stability [--departments 20] [--seeds 6]

Cities as in `benchmarks.planner`. Of each, a plan is made; then every weight of a topic changes by up to 5 %,
drawn from the seed, and the plan is made again around the first one. Shares are of the actions that were planned.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

import numpy as np

from benchmarks.planner import TOPICS, make_city
from maturity.planning.check import check_plan
from maturity.planning.engine import make_plan
from maturity.planning.guided import Guided
from maturity.planning.plan import Plan
from maturity.planning.request import PlanRequest, Previous

CHANGE = 0.05
MOST_MOVED = 0.02


def changed(request: PlanRequest, seed: int) -> PlanRequest:
    """The same city with every topic weighing up to 5 % more or less."""
    random = np.random.default_rng([seed, 7])
    emphasis = dict(zip(TOPICS, random.uniform(1 - CHANGE, 1 + CHANGE, len(TOPICS)).round(4).tolist(), strict=True))
    return replace(request, emphasis=emphasis)


def previous(plan: Plan) -> tuple[Previous, ...]:
    """A plan as the one that counts now, nothing of it begun or about to begin."""
    return tuple(Previous(code=each.id, start=each.start) for each in plan.actions)


def upset(before: Plan, after: Plan) -> tuple[int, int]:
    """How many actions of a plan start on another day in the next one, and how many are not in it."""
    starts = {each.id: each.start for each in after.actions}
    moved = sum(each.id in starts and starts[each.id] != each.start for each in before.actions)
    return moved, sum(each.id not in starts for each in before.actions)


def measure(departments: int, seed: int) -> dict[str, float]:
    """Moved and dropped shares and values of one city, with seconds; what the checker finds is an error."""
    first = make_city(departments, seed)
    engine = Guided()
    before = make_plan(first, engine=engine)
    asked = changed(first, seed)
    scratch = make_plan(asked, engine=engine)
    began = time.process_time()
    calm = make_plan(replace(asked, previous=previous(before)), engine=engine)
    seconds = time.process_time() - began
    pinned = replace(asked, previous=previous(before), stability=replace(asked.stability, move=1e6, drop=1e6))
    kept = make_plan(pinned, engine=engine)
    assert check_plan(asked, calm) == ()
    planned = len(before.actions)
    moved, dropped = upset(before, calm)
    found = {"planned": planned, "moved": moved, "dropped": dropped, "share": (moved + dropped) / planned}
    found["entered"] = len(calm.actions) - planned + dropped
    found["scratch_share"] = sum(upset(before, scratch)) / planned
    found["value"] = calm.value / kept.value
    found["scratch_value"] = scratch.value / kept.value
    return {**found, "seconds": seconds}


def main() -> None:
    """Measure and print; exit 1 where more than 2 % move or the value falls below that of keeping the plan."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--departments", type=int, default=20)
    asked.add_argument("--seeds", type=int, default=6)
    options = asked.parse_args()
    found = []
    for seed in range(1, options.seeds + 1):
        found.append(measure(options.departments, seed))
        print(f"seed {seed}: " + ", ".join(f"{key} {value:.4g}" for key, value in found[-1].items()), flush=True)
    worst, least = max(each["share"] for each in found), min(each["value"] for each in found)
    scratch = max(each["scratch_share"] for each in found)
    print(f"at most {worst:.1%} moved or dropped (from nothing {scratch:.1%}); at least {least:.4f} x the kept value")
    raise SystemExit(worst > MOST_MOVED or least < 1 - 1e-9)


if __name__ == "__main__":
    main()
