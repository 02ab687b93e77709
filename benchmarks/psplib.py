"""Our schedule generation and our solver on public instances whose best makespans are known.

    python -m benchmarks.psplib FOLDER [--samples 1000] [--seconds 10]

FOLDER holds single-mode instances of PSPLIB (`*.sm`), and it or the folder above a `best_known.csv` with the columns
`set,instance,...,best`. The serial scheme of the planner lays them out on the planner's own board, day by day instead
of quarter by quarter; beside it the usual interval model is solved. Nothing of the library is kept here.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import numpy as np

from maturity.planning.board import Board
from maturity.planning.calendar import HORIZON
from maturity.planning.jobs import Job, Lift, Problem
from maturity.planning.request import PlanRequest
from maturity.planning.schedule import Scheduler
from maturity.planning.steps import Step


@dataclass(frozen=True, slots=True)
class Instance:
    """Days, needs by resource and predecessors of each activity that takes time, and what each resource gives a day."""

    days: tuple[int, ...]
    needs: tuple[tuple[int, ...], ...]
    before: tuple[tuple[int, ...], ...]
    gives: tuple[int, ...]

    def mirrored(self) -> Instance:
        """The same from its end: what came before comes after."""
        after: list[list[int]] = [[] for _ in self.days]
        for number, found in enumerate(self.before):
            for each in found:
                after[each].append(number)
        return Instance(self.days, self.needs, tuple(tuple(found) for found in after), self.gives)


def read_instance(text: str) -> Instance:
    """An instance from a single-mode file; source and sink, which take no time, are left out."""
    after: dict[int, list[int]] = {}
    length: dict[int, int] = {}
    needs: dict[int, tuple[int, ...]] = {}
    gives: tuple[int, ...] = ()
    part = ""
    for line in text.splitlines():
        if line.endswith(":") and line.isupper():
            part = line.strip(":")
        numbers = line.split()
        if not numbers or not all(each.isdigit() for each in numbers):
            continue
        row = [int(each) for each in numbers]
        if part == "PRECEDENCE RELATIONS":
            after[row[0]] = row[3:]
        elif part == "REQUESTS/DURATIONS":
            length[row[0]], needs[row[0]] = row[2], tuple(row[3:])
        elif part == "RESOURCEAVAILABILITIES":
            gives = tuple(row)
    kept = [number for number in sorted(length) if length[number]]
    place = {number: i for i, number in enumerate(kept)}
    before = tuple(tuple(place[each] for each in kept if number in after[each]) for number in kept)
    return Instance(tuple(length[n] for n in kept), tuple(needs[n] for n in kept), before, gives)


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily(Problem):
    """A problem whose means are given and used day by day, without money and without months."""

    loads: tuple[tuple[int, ...], ...]

    def usage(self, job: int, start: int) -> tuple[tuple[int, int], ...]:
        """What a job takes each day, by resource x `HORIZON` + day."""
        days = range(start, start + self.jobs[job].days)
        return tuple((i * HORIZON + day, load) for i, load in enumerate(self.loads[job]) if load for day in days)

    def months(self, first: int, last: int) -> tuple[int, ...]:
        """A job may start on any day."""
        return tuple(range(first, last + 1))

    def phases_charged(self, start: int) -> range:
        """Nothing costs money."""
        return range(0)

    def price(self, job: int, start: int) -> int:
        """Nothing costs money."""
        return 0


def daily(instance: Instance) -> Daily:
    """The instance as a problem of the planner: each activity brings one step about, so all of them are taken up."""
    request = PlanRequest(round="", catalogue=None, departments=("d",), reached={}, targets=(), starts=date(2027, 1, 4))
    jobs = tuple(
        Job(
            code=str(number),
            action=cast(Any, _Named(str(number))),
            department=None,
            days=days,
            opens=0,
            latest=HORIZON - days,
            loads=(),
            needs=tuple((each,) for each in instance.before[number]),
            waits=0,
            waits_for="",
            lifts=(Lift(floor=-1, steps=(number,)),),
            rejected=False,
            decision=None,
            pinned=None,
        )
        for number, days in enumerate(instance.days)
    )
    steps = tuple(Step(department="d", topic=job.code, level=2, weight=1.0, below=-1, above=-1) for job in jobs)
    return Daily(
        request=request,
        catalogue=cast(Any, None),
        steps=steps,
        jobs=jobs,
        resources=tuple((str(number), None) for number in range(len(instance.gives))),
        capacity=tuple(each for each in instance.gives for _ in range(HORIZON)),
        budget=None,
        providers={number: (number,) for number in range(len(jobs))},
        index={},
        worth=tuple(float(HORIZON - day) for day in range(HORIZON + 1)),
        loads=instance.needs,
    )


@dataclass(frozen=True, slots=True)
class _Named:
    id: str


def laid_out_by(problem: Daily, priorities: Sequence[float]) -> tuple[int, Board]:
    """The makespan of the planner's schedule in an order, and the schedule, which keeps every rule."""
    scheduler = Scheduler(problem, priorities)
    scheduler.fill()
    board = scheduler.board
    assert len(board.placed()) == len(problem.jobs) and min(board.free) >= 0
    assert all(board.ready_from(job) <= start for job, start in board.placed().items())
    return max(board.finish(job) for job in board.placed()), board


def sampled(instance: Instance, samples: int, seed: int = 1) -> int:
    """The least makespan of so many schedules: orders by the latest finish and noise, forward, then from the end in
    the order in which the schedule before finished, and so on. After Li and Willis (1992)."""
    random = np.random.default_rng(seed)
    ways = (daily(instance), daily(instance.mirrored()))
    base = _latest_finishes(instance)
    best = HORIZON
    spread = 0.15 * float(base.max())
    for turn in range(0, samples, 3):
        priorities = (-(base + random.normal(0.0, spread if turn else 0.0, len(base)))).tolist()
        for step in range(min(3, samples - turn)):
            length, board = laid_out_by(ways[step % 2], priorities)
            best = min(best, length)
            priorities = [float(board.finish(job)) for job in range(len(base))]
    return best


def _latest_finishes(instance: Instance) -> np.ndarray[Any, np.dtype[np.float64]]:
    """When each activity must end so that the longest chain ends in time, if resources had no end."""
    after = instance.mirrored().before
    total = sum(instance.days)
    found = np.full(len(instance.days), float(total))
    for _ in instance.days:
        for number, later in enumerate(after):
            found[number] = min((found[each] - instance.days[each] for each in later), default=float(total))
    return found - (found - _tails(instance)).min()


def _tails(instance: Instance) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The earliest finishes without resources."""
    found = np.zeros(len(instance.days))
    for _ in instance.days:
        for number, earlier in enumerate(instance.before):
            found[number] = max((found[each] for each in earlier), default=0.0) + instance.days[number]
    return found


def solved(instance: Instance, seconds: float, workers: int = 2) -> tuple[int, bool]:
    """The makespan of the usual interval model, and whether it is proven to be the least."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    total = sum(instance.days)
    starts = [model.new_int_var(0, total, "") for _ in instance.days]
    spans = [model.new_fixed_size_interval_var(s, days, "") for s, days in zip(starts, instance.days, strict=True)]
    for number, earlier in enumerate(instance.before):
        for each in earlier:
            model.add(starts[number] >= starts[each] + instance.days[each])
    for resource, gives in enumerate(instance.gives):
        using = [number for number, needs in enumerate(instance.needs) if needs[resource]]
        model.add_cumulative([spans[n] for n in using], [instance.needs[n][resource] for n in using], gives)
    end = model.new_int_var(0, total, "")
    for start, days in zip(starts, instance.days, strict=True):
        model.add(end >= start + days)
    model.minimize(end)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    return round(solver.objective_value), status == cp_model.OPTIMAL


def best_known(folder: Path) -> Mapping[str, int]:
    """The least makespan known of each instance, by the name of its file."""
    path = next(each for each in (folder / "best_known.csv", folder.parent / "best_known.csv") if each.exists())
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines))
    # Where only limits are known, as in 104..112, the upper one is the best that anybody has found.
    found = {row[1]: [int(each.split("..")[-1]) for each in row[2:] if each[:1].isdigit()] for row in rows}
    return {name: min(each) for name, each in found.items() if each}


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--samples", type=int, default=1000)
    asked.add_argument("--seconds", type=float, default=10.0)
    options = asked.parse_args()
    known = best_known(options.folder)
    over, proven, against = [], 0, []
    files = sorted(path for path in options.folder.glob("*.sm") if path.name in known)
    for path in files:
        instance, best = read_instance(path.read_text()), known[path.name]
        ours = sampled(instance, options.samples)
        length, is_best = solved(instance, options.seconds)
        over.append(100 * (ours / best - 1))
        proven += is_best
        if min(ours, length) < best or (is_best and length != best):
            against.append(path.name)
        print(f"{path.name}: best known {best}, ours {ours}, solver {length}{' proven' if is_best else ''}", flush=True)
    mean, least = sum(over) / len(over), len(files) * 46 / 48
    print(f"{_met(mean <= 1)} ours on average at most 1 % above best known: {mean:.3f} %")
    print(f"{_met(proven >= least)} proven to be the least, at least 46 of 48: {proven} of {len(files)}")
    print(f"{_met(not against)} nothing contradicts a published optimum: {against or 'nothing'}")


def _met(met: bool) -> str:
    return "met    " if met else "NOT MET"


if __name__ == "__main__":
    main()
