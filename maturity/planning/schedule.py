"""Serial schedule generation: jobs by falling priority, each with what it requires, as early as everything allows.

After the serial scheme of Kolisch (1996), with two changes: jobs are optional, and a job is only taken up where it
brings a step about, so that prerequisites enter a plan for something and never for their own sake.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from maturity.planning.board import UNPLACED, Board, Refusal
from maturity.planning.calendar import HORIZON
from maturity.planning.jobs import Problem
from maturity.planning.steps import NEVER

MOST_COPIES_TRIED = 12
"""A city-wide action needs one copy of a department action: of many departments only the most promising are asked."""


class Scheduler:
    """Lays jobs out on a board in the order of their priorities (higher first)."""

    def __init__(
        self,
        problem: Problem,
        priorities: Sequence[float],
        board: Board | None = None,
        barred: frozenset[str] = frozenset(),
    ) -> None:
        self.problem = problem
        self.barred = frozenset(i for i, job in enumerate(problem.jobs) if job.action.id in barred)
        self.hopeless = _hopeless(problem, self.barred)
        self.priorities = priorities
        self.board = board or Board(problem)
        self.conflicts: dict[int, Refusal] = {}

    def run(self) -> Board:
        """Place what is decided, then everything that is worth it."""
        self.keep_decisions()
        self.fill()
        return self.board

    def place(self, job: int, before: int = HORIZON) -> Refusal | None:
        """Place a job and, before it, whatever it requires; on a refusal the board is as it was."""
        mark = self.board.mark()
        refusal = self._place(job, before)
        if refusal:
            self.board.undo(mark)
        return refusal

    def _place(self, job: int, before: int) -> Refusal | None:
        board, made = self.board, self.problem.jobs[job]
        if made.rejected or job in self.conflicts:
            return Refusal("rejected" if made.rejected else "conflict", job)
        if job in self.barred:
            return Refusal("no_room", job)
        for group in made.needs:
            if board.first_finish(group) == NEVER:
                refusal = self._place_one(group, before - made.days)
                if refusal:
                    return refusal
        ready = board.ready_from(job)
        if ready == NEVER:
            return Refusal("no_level", job)
        return board.settle(job, ready, before)

    def _place_one(self, group: Sequence[int], before: int) -> Refusal | None:
        """Place the most promising job of a group that there is room for, and say what refused the last one tried."""
        hopeful = [job for job in group if job not in self.hopeless] or group[:1]
        refusal = None
        for job in sorted(hopeful, key=lambda each: -self.priorities[each])[:MOST_COPIES_TRIED]:
            refusal = self.place(job, before)
            if refusal is None:
                return None
        return refusal

    def fill(self) -> None:
        """Take up jobs by falling priority; one that waits for a level comes back when the level is reached."""
        board, jobs = self.board, self.problem.jobs
        queued = {
            i for i, job in enumerate(jobs) if job.lifts and board.start[i] == UNPLACED and i not in self.hopeless
        }
        queue = [(-self.priorities[i], i) for i in sorted(queued)]
        heapify(queue)
        waiting: dict[int, set[int]] = {}
        while queue:
            job = heappop(queue)[1]
            queued.discard(job)
            if board.start[job] != UNPLACED:
                continue
            board.fresh.clear()
            refusal = self.place(job) if self._is_ready(job) else Refusal("no_level", job)
            if refusal is None:
                woken = {each for step in board.fresh for each in waiting.pop(step, ())} - queued
                queued |= woken
                for each in sorted(woken):
                    heappush(queue, (-self.priorities[each], each))
            elif refusal.code == "no_level":
                for floor in (*self._missing_floors(job), *self._missing_floors(refusal.job)):
                    waiting.setdefault(floor, set()).add(job)

    def _is_ready(self, job: int) -> bool:
        """Whether some place that stands at the from-level still lacks a step that the job brings."""
        reach = self.board.reach
        return any(
            (lift.floor < 0 or reach[lift.floor] < NEVER) and any(reach[step] == NEVER for step in lift.steps)
            for lift in self.problem.jobs[job].lifts
        )

    def _missing_floors(self, job: int) -> list[int]:
        reach = self.board.reach
        return [lift.floor for lift in self.problem.jobs[job].lifts if lift.floor >= 0 and reach[lift.floor] == NEVER]

    def keep_decisions(self) -> None:
        """Place pinned jobs on their dates and what must be done; what cannot be kept becomes a conflict.

        A pin that fails frees what was reserved for it, so everything is laid out again without it.
        """
        jobs = self.problem.jobs
        decided = [i for i, job in enumerate(jobs) if job.decision]
        pinned = sorted((i for i in decided if jobs[i].pinned is not None), key=lambda i: (jobs[i].pinned, i))
        while any(self._pin_fails(job) for job in self._reserved(pinned)):
            self.board.undo(0)
        for job in decided:
            if job not in pinned and self.board.start[job] == UNPLACED:
                self._conflict(job, self._place_decided(job, HORIZON))

    def keeps_decisions(self) -> bool:
        """Whether everything decided can be kept, given up at the first that cannot."""
        jobs = self.problem.jobs
        decided = [i for i, job in enumerate(jobs) if job.decision]
        pinned = sorted((i for i in decided if jobs[i].pinned is not None), key=lambda i: (jobs[i].pinned, i))
        reserved = self._reserved(pinned)
        if self.conflicts or any(self._pin_fails(job) for job in reserved):
            return False
        others = (i for i in decided if jobs[i].pinned is None and self.board.start[i] == UNPLACED)
        return not any(self._place_decided(job, HORIZON) for job in others)

    def _reserved(self, pinned: Sequence[int]) -> list[int]:
        """Reserve the pinned jobs that fit their dates; those that do not are conflicts from now on."""
        kept = []
        for job in pinned:
            if job in self.conflicts:
                continue
            start, made = self.problem.jobs[job].pinned or 0, self.problem.jobs[job]
            if made.rejected:
                refusal: Refusal | None = Refusal("rejected", job)
            elif not 0 <= start <= made.latest:
                refusal = Refusal("outside", job)
            else:
                refusal = self.board.refused_by(job, start)
            if self._conflict(job, refusal):
                continue
            self.board.put(job, start)
            kept.append(job)
        return kept

    def _conflict(self, job: int, refusal: Refusal | None) -> bool:
        if refusal:
            self.conflicts[job] = refusal
        return refusal is not None

    def _pin_fails(self, job: int) -> bool:
        """Place what a pinned job requires before its date, and what lifts its place to the level it starts from."""
        start, made = self.board.start[job], self.problem.jobs[job]
        for group in made.needs:
            if self.board.first_finish(group) > start:
                refusal = self._place_one([each for each in group if self.board.start[each] == UNPLACED], start)
                if self._conflict(job, refusal):
                    return True
        if made.waits > start or any(self.board.first_finish(group) > start for group in made.needs):
            return self._conflict(job, Refusal("too_early", job))
        if self.board.level_held_from(job) > start:
            self._lift_one(job, start)
        if self.board.level_held_from(job) > start:
            return self._conflict(job, Refusal("no_level", job))
        return False

    def _place_decided(self, job: int, before: int) -> Refusal | None:
        refusal = self.place(job, before)
        if refusal and refusal.code == "no_level":
            self._lift_one(refusal.job, before)
            refusal = self.place(job, before)
        return refusal

    def _lift_one(self, job: int, before: int) -> None:
        """Bring one place of a job to the level that the job starts from."""
        for lift in self.problem.jobs[job].lifts:
            if self.board.reach[lift.floor] <= before or self._bring(lift.floor, before):
                return

    def _bring(self, step: int, before: int) -> bool:
        """Whether a step is reached by `before`, once its most promising provider has been placed for it."""
        board, below = self.board, self.problem.steps[step].below
        if below >= 0 and board.reach[below] > before and not self._bring(below, before):
            return False
        providers = sorted(self.problem.providers.get(step, ()), key=lambda each: -self.priorities[each])
        for job in providers:
            if board.reach[step] <= before:
                break
            if board.start[job] == UNPLACED:
                self.place(job, before)
        return board.reach[step] <= before


def _hopeless(problem: Problem, barred: frozenset[int]) -> frozenset[int]:
    """Jobs that cannot be placed whatever room there is: rejected or barred, or all ways to something they require
    are. Known before the search, so that it does not try every copy of every chain in vain."""
    found = set(barred) | {i for i, job in enumerate(problem.jobs) if job.rejected}
    before = -1
    while found and len(found) != before:
        before = len(found)
        found |= {i for i, job in enumerate(problem.jobs) if any(found.issuperset(group) for group in job.needs)}
    return frozenset(found)
