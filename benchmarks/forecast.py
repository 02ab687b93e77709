"""The forecast of a plan: how long the draws, the pass and the dates take, beside a plain loop over the same plan.

Times are of the processor, as other work of the machine moves the clock on the wall.

`python -m benchmarks.forecast [--activities 500] [--samples 10000] [--seeds 5] [--risks 50]`
"""

from __future__ import annotations

import argparse
import random
import time

import numpy as np

from maturity.planning.forecast import (
    COMMON_SPREAD,
    STILL_CHANCE,
    STILL_DAYS,
    STRETCH,
    Draws,
    durations,
    finishes,
    generator,
    happening,
    in_order,
    last_finish,
    percentiles,
    sample,
    steps_below,
)
from maturity.planning.forecast_request import Activity, Threat

LOOPED = 40
"""Samples of the plain loop, whose time is scaled up."""


def make_activities(count: int, seed: int) -> tuple[Activity, ...]:
    """A made-up plan from a seed: links to up to three of the 40 before, 20 departments, 8 roles, some doubt."""
    chance = np.random.default_rng(seed)
    found: list[Activity] = []
    for number in range(count):
        before = [found[int(each)] for each in chance.integers(max(0, number - 40), number, 3)] if number else []
        before = before[: int(chance.integers(0, 4))]
        start = max([each.finish for each in before] + [0.0])
        found.append(
            Activity(
                code=f"x{number}",
                start=start,
                days=7.0 * int(chance.choice([4, 6, 8, 12, 16, 20, 26])),
                low=0.7,
                high=1.5,
                confidence=int(chance.integers(2, 6)),
                department=f"d{chance.integers(20)}",
                role=f"r{chance.integers(8)}",
                after=tuple(each.code for each in before),
            )
        )
    return tuple(found)


def make_risks(activities: tuple[Activity, ...], count: int, seed: int) -> tuple[Threat, ...]:
    """Made-up risks, each of up to ten activities, with chances and lengthenings of all sizes."""
    chance = np.random.default_rng(seed)
    return tuple(
        Threat(
            code=f"risk-{number}",
            chance=float(chance.choice([0.05, 0.15, 0.35, 0.6, 0.85])),
            longer=float(chance.choice([0.05, 0.15, 0.3, 0.6, 1.0])),
            codes=tuple(activities[int(each)].code for each in set(chance.integers(0, len(activities), 10).tolist())),
        )
        for number in range(count)
    )


def vectorised(
    activities: tuple[Activity, ...], samples: int, seed: int, risks: tuple[Threat, ...] = ()
) -> tuple[float, float, float]:
    """Seconds for all of it, and P50 and P80 of the end in days."""
    began = time.process_time()
    draws = sample(activities, samples, generator(seed))
    happens = tuple(happening(each, samples, seed) for each in risks)
    draws = Draws(own=draws.own, still=draws.still, common=draws.common, risks=risks, happens=happens)
    finished = finishes(activities, durations(activities, draws, 0.0), 0.0)
    percentiles(finished)
    took = time.process_time() - began
    middle, late = percentiles(last_finish(finished)).tolist()
    return took, middle, late


def looped(activities: tuple[Activity, ...], samples: int, seed: int) -> float:
    """Seconds that a plain loop with the same rules takes for so many samples, sorting for P50 and P80 included."""
    chance, order = random.Random(seed), in_order(activities)
    began = time.process_time()
    ends: dict[str, list[float]] = {each.code: [] for each in activities}
    for _ in range(samples):
        factors: dict[str, float] = {}
        finished: dict[str, float] = {}
        for row in order:
            each = activities[row]
            below = steps_below(each.confidence)
            days = each.days * chance.triangular(each.low, each.high * (1 + STRETCH * below), 1.0)
            for shared in (each.department or "", each.role):
                if shared not in factors:
                    factors[shared] = chance.lognormvariate(0.0, COMMON_SPREAD)
                days *= factors[shared]
            luck = chance.random()
            if below and luck < STILL_CHANCE * below:
                days += STILL_DAYS * (1 - luck / (STILL_CHANCE * below))
            start = max([each.start] + [finished[code] for code in each.after])
            finished[each.code] = start + days
            ends[each.code].append(finished[each.code])
    for values in ends.values():
        values.sort()
        values[samples // 2], values[samples * 4 // 5]
    return time.process_time() - began


def measure(count: int, samples: int, seeds: int, risks: int = 50) -> dict[str, float]:
    """Seconds without and with risks, the ratio to the loop, and how far P50 and P80 of the end lie apart over seeds,
    in per cent."""
    activities = make_activities(count, 1)
    vectorised(activities, samples, 0)
    found = [vectorised(activities, samples, seed) for seed in range(1, seeds + 1)]
    threats = make_risks(activities, risks, 1)
    struck = [vectorised(activities, samples, seed, threats) for seed in range(1, seeds + 1)]
    seconds = min(each[0] for each in found)
    loop = looped(activities, LOOPED, 1) * samples / LOOPED
    return {
        "seconds": seconds,
        "slowest": max(each[0] for each in found),
        "seconds_with_risks": min(each[0] for each in struck),
        "p80_with_risks_over_without": struck[0][2] / found[0][2],
        "loop_seconds": loop,
        "ratio": seconds / loop,
        "p50_apart_percent": _apart([each[1] for each in found]),
        "p80_apart_percent": _apart([each[2] for each in found]),
        "p80_over_p50": found[0][2] / found[0][1],
    }


def _apart(values: list[float]) -> float:
    ordered = sorted(values)
    widest = ordered[-1] - ordered[0]
    return 100 * widest / ordered[len(ordered) // 2]


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--activities", type=int, default=500)
    asked.add_argument("--samples", type=int, default=10_000)
    asked.add_argument("--seeds", type=int, default=5)
    asked.add_argument("--risks", type=int, default=50)
    options = asked.parse_args()
    found = measure(options.activities, options.samples, options.seeds, options.risks)
    print(f"{options.activities} activities x {options.samples} samples, {options.risks} risks: " + ", ".join(
        f"{name} {value:.4g}" for name, value in found.items()
    ))  # fmt: skip


if __name__ == "__main__":
    main()
