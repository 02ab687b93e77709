"""A small model cut out of the relaxation: some jobs may start on some days, everything else stays as it is.

The rows keep their whole numbers, so what a solver makes of them is what a board accepts. Days on which nothing can
happen any more are left out, which makes a model of a whole city small enough to search: it is the same model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maturity.planning.board import Board
from maturity.planning.calendar import HORIZON
from maturity.planning.jobs import Problem
from maturity.planning.relaxation import Real, Relaxation, Track, Whole
from maturity.planning.steps import NEVER

Flags = NDArray[np.bool_]
SCALE = 70_000
"""Whole numbers for a level-week: values are multiples of a seventh where weights are whole, and rounded up else."""
FAR_TOO_MUCH = 2.0**62
"""The solver counts in whole numbers of 63 bits: importances of thousands of millions do not fit, and are left to the
other searches rather than proven wrongly."""
NOT, SURE = -1, -2
"""Instead of a variable: has not happened by then, whatever is chosen, and has happened."""
FAR = -(1 << 62)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The days on which a job may start, rising; and whether it may stay out. Without days it stays out."""

    days: Whole
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a solver made of a cut-out: the start day of each placed job, and the level-weeks that no choice exceeds;
    `best` where it has proven the starts to be the best."""

    starts: dict[int, int]
    most: float
    best: bool


class CutOut:
    """The rows of a relaxation in what is left open, after `choices` for each job."""

    def __init__(self, problem: Problem, model: Relaxation, choices: Sequence[Choice]) -> None:
        self.problem, self.model = problem, model
        self.count = 0
        self.place = np.full(len(model.worth), NOT, dtype=np.int64)
        self.ends: list[tuple[Whole, bool]] = []
        for track, choice, job in zip(model.starts, choices, problem.jobs, strict=True):
            sure = not choice.optional and len(choice.days) > 0
            self._place(track, choice.days, sure)
            self.ends.append((choice.days + job.days, sure))
        self.reached: list[tuple[Whole, bool]] = []
        for number, track in enumerate(model.steps):
            days, sure = self._reached(number)
            self.reached.append((days, sure))
            self._place(track, days, sure)

    def _place(self, track: Track, days: Whole, sure: bool) -> None:
        """One variable for each day on which something may happen; none for the last one where it has to."""
        last = np.searchsorted(days, track.days, side="right") - 1
        place = np.where(last < 0, NOT, self.count + last)
        if sure:
            place = np.where(last == len(days) - 1, SURE, place)
        self.count += len(days) - sure
        self.place[track.first : track.first + len(track.days)] = place

    def _reached(self, number: int) -> tuple[Whole, bool]:
        """The days on which a step may be reached, and whether it is reached by the last of them in any case."""
        step = self.problem.steps[number]
        ends = [self.ends[job] for job in self.problem.providers.get(number, ())]
        coming = [int(days[-1]) for days, sure in ends if sure] + ([step.comes] if step.comes < NEVER else [])
        days = np.unique(np.concatenate([*(days for days, _ in ends), np.array([step.comes], dtype=np.int64)]))
        last = min(coming, default=NEVER)
        days, sure = days[days <= last], last < NEVER
        if step.below >= 0:
            below, below_sure = self.reached[step.below]
            sure = sure and below_sure
            first = max(int(days[0]), int(below[0])) if len(days) and len(below) else NEVER
            days = np.unique(np.concatenate([days, below]))
            days = days[days >= first]
        return days[days < HORIZON], sure and bool((days < HORIZON).all()) and len(days) > 0

    def rows(self) -> tuple[Whole, Whole, Whole, Whole]:
        """Row, variable and entry of each entry left, by row and variable, and the limits of all rows; rows that always
        hold and rows that say the same as another are left out."""
        model = self.model
        place, entries = self.place[model.columns], np.rint(model.entries).astype(np.int64)
        limits = np.rint(model.limits).astype(np.int64)
        sure, there = place == SURE, place >= 0
        np.subtract.at(limits, model.rows[sure], entries[sure])
        pairs, where = np.unique(model.rows[there] * max(1, self.count) + place[there], return_inverse=True)
        sums = np.zeros(len(pairs), dtype=np.int64)
        np.add.at(sums, where, entries[there])
        rows, columns = np.divmod(pairs[sums != 0], max(1, self.count))
        sums = sums[sums != 0]
        most = np.zeros(len(limits), dtype=np.int64)
        np.add.at(most, rows[sums > 0], sums[sums > 0])
        kept = self._once(rows, columns, sums, limits, most > limits)[rows]
        return rows[kept], columns[kept], sums[kept], limits

    def _once(self, rows: Whole, columns: Whole, sums: Whole, limits: Whole, binding: Flags) -> Flags:
        """Which of the binding rows are the first of their kind, told by a sum with factors of chance."""
        factors = np.random.default_rng(0).integers(1, 1 << 62, self.count + 1)
        marks = limits * factors[-1]
        np.add.at(marks, rows, sums * factors[columns])
        numbers = np.flatnonzero(binding)
        chosen = np.zeros(len(limits), dtype=np.bool_)
        chosen[numbers[np.unique(marks[numbers], return_index=True)[1]]] = True
        return chosen

    def written(self, board: Board) -> str:
        """The model as the solver reads it, with the board as a first solution."""
        rows, columns, sums, limits = self.rows()
        begins = np.flatnonzero(np.diff(rows, prepend=-1))
        parts = zip(
            begins.tolist(), np.append(begins, len(rows))[1:].tolist(), limits[rows[begins]].tolist(), strict=True
        )
        variables, entries = columns.tolist(), sums.tolist()
        lines = ["variables{domain:[0,1]}"] * self.count
        lines += [_row(variables[a:b], entries[a:b], limit) for a, b, limit in parts]
        worth = np.ceil(self._worth() * SCALE - 1e-6).astype(np.int64)
        there = np.flatnonzero(worth)
        # The solver minimises; the factor makes what it reports a maximum again.
        lines.append(f"objective{{vars:{there.tolist()} coeffs:{(-worth[there]).tolist()} scaling_factor:-1}}")
        hint = np.zeros(self.count, dtype=np.int64)
        open_ones = self.place >= 0
        hint[self.place[open_ones]] = point_of(self.model, board)[open_ones]
        lines.append(f"solution_hint{{vars:{list(range(self.count))} values:{hint.tolist()}}}")
        return "\n".join(lines)

    def _worth(self) -> Real:
        there = self.place >= 0
        return np.bincount(self.place[there], self.model.worth[there], self.count).astype(np.float64)

    def solve(self, board: Board, work: float) -> Found | None:
        """The best starts that `work` (the solver's own count, about a second of it each) finds, beginning with the
        board's; None where it finds none. One worker, one seed and no clock: the same question, the same answer."""
        from ortools.sat.python import cp_model

        if self._worth().sum() * SCALE >= FAR_TOO_MUCH:
            return None
        model = cp_model.CpModel()
        model.proto.parse_text_format(self.written(board))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.linearization_level = 2
        solver.parameters.max_deterministic_time = work
        status = solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        chosen = np.append(np.array(solver.response_proto.solution, dtype=np.int64), [1, 0])
        happened = chosen[self.place]
        sure = float(self.model.worth[self.place == SURE].sum())
        starts = {}
        for job, track in enumerate(self.model.starts):
            begun = np.flatnonzero(happened[track.first : track.first + len(track.days)])
            if len(begun):
                starts[job] = int(track.days[begun[0]])
        most = solver.best_objective_bound / SCALE + sure
        return Found(starts=starts, most=most, best=status == cp_model.OPTIMAL)


def _row(variables: list[int], entries: list[int], limit: int) -> str:
    """A row as a clause where it is one: of causes and what follows, one must hold."""
    positive = sum(each > 0 for each in entries)
    if limit == positive - 1 and all(each in (1, -1) for each in entries):
        literals = [~number if each > 0 else number for number, each in zip(variables, entries, strict=True)]
        return f"constraints{{bool_or{{literals:{literals}}}}}"
    return f"constraints{{linear{{vars:{variables} coeffs:{entries} domain:[{FAR},{limit}]}}}}"


def point_of(model: Relaxation, board: Board) -> Whole:
    """A board as a point of the model: by each variable's day, whether it has happened."""
    values = np.zeros(len(model.worth), dtype=np.int64)
    for job, track in enumerate(model.starts):
        if board.start[job] >= 0:
            values[track.first : track.first + len(track.days)] = track.days >= board.start[job]
    for step, track in enumerate(model.steps):
        values[track.first : track.first + len(track.days)] = track.days >= board.reach[step]
    return values
