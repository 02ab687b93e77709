"""What is decided, laid out alone by the scheduler: with these decisions and without those."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maturity.planning.board import Refusal
from maturity.planning.greedy import promises
from maturity.planning.jobs import Job, Problem
from maturity.planning.request import Decision
from maturity.planning.schedule import Scheduler

WINDOWS = frozenset({"not_before", "not_after"})


class Table:
    """The decided jobs, to be laid out with some decisions and without others."""

    def __init__(self, problem: Problem, decisions: Sequence[Decision]) -> None:
        self.problem = problem
        self.decisions = tuple(decisions)
        self.priorities = tuple(promises(problem).tolist())
        self.about = {
            number: found
            for number, job in enumerate(problem.jobs)
            if (found := [each for code in dict.fromkeys((job.action.id, job.code)) for each in decisions
                          if each.code == code])
        }  # fmt: skip
        self._known: dict[tuple[int, ...], Job] = {}
        self.whole = self.decided(self.decisions)

    @property
    def asked(self) -> list[int]:
        """The jobs that people want, by number."""
        return [number for number in self.about if self.whole.jobs[number].decision]

    def jobs_of(self, decision: Decision) -> list[int]:
        """The jobs that a decision is about, by number."""
        return [number for number, found in self.about.items() if decision in found]

    def decided(self, kept: Sequence[Decision]) -> Problem:
        """The problem with only these decisions, the jobs as they were."""
        jobs, wanted = list(self.problem.jobs), {id(each) for each in kept}
        for number, decisions in self.about.items():
            said = tuple(each for each in decisions if id(each) in wanted)
            made = self._known.get((number, *map(id, said)))
            if made is None:
                made = self._decided_job(jobs[number], {each.kind: each for each in said})
                self._known[(number, *map(id, said))] = made
            jobs[number] = made
        return replace(self.problem, jobs=tuple(jobs))

    def _decided_job(self, job: Job, said: dict[str, Decision]) -> Job:
        starts = self.problem.request.starts
        pin, before, after = said.get("pinned") or said.get("locked"), said.get("not_before"), said.get("not_after")
        day = {each.kind: (each.start - starts).days for each in said.values() if each.start}
        return replace(
            job,
            opens=max(job.opens, day.get("not_before", 0)),
            latest=min(job.latest, day.get("not_after", job.latest)),
            rejected="rejected" in said,
            decision=pin or said.get("must"),
            pinned=day[pin.kind] if pin else None,
            not_before=before,
            not_after=after,
        )

    def refused(self, kept: Sequence[Decision]) -> dict[int, Refusal]:
        """The decided jobs that cannot be kept together with the others, by number, with what refuses them."""
        problem = self.decided(kept)
        scheduler = Scheduler(problem, self.priorities)
        scheduler.keep_decisions()
        against = {number: Refusal("window", number) for number in self.about if contradicts(problem.jobs[number])}
        return {**scheduler.conflicts, **against}

    def keeps(self, kept: Sequence[Decision]) -> bool:
        """Whether all of these can be kept together."""
        problem = self.decided(kept)
        if any(contradicts(problem.jobs[number]) for number in self.about):
            return False
        return Scheduler(problem, self.priorities).keeps_decisions()


def contradicts(job: Job) -> bool:
    """Whether a job is pinned to a day outside its own window."""
    early = job.pinned is not None and job.not_before is not None and job.pinned < job.opens
    return early or (job.pinned is not None and job.not_after is not None and job.pinned > job.latest)
