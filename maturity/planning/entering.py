"""What would have to change for a step that a plan leaves out: which people or money are missing, which decision stands
in the way, and what would have to make room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from maturity.planning.board import UNPLACED, Board, Refusal, laid_out
from maturity.planning.calendar import HORIZON, WEEK, phase_of
from maturity.planning.greedy import Orders
from maturity.planning.jobs import Job, Problem
from maturity.planning.plan import Price
from maturity.planning.request import QUARTERS, Decision
from maturity.planning.schedule import Scheduler
from maturity.planning.slack import bringers
from maturity.planning.steps import NEVER
from maturity.planning.tidy import closers, needs_of, tidy

MOST_WAYS = 4
"""Ways to a step that are worked out, the best first: more would not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingDays:
    """Person-days of a role that a quarter lacks."""

    role: str
    department: str | None
    quarter: int
    days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingMoney:
    """Money that a phase lacks."""

    phase: int
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class InTheWay:
    """A decision that keeps an action out."""

    action: str
    kind: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to a step: `actions` would have to be taken up, first to last, the last of them brings it about. Nothing
    missing and nothing in the way means that it fits. `weeks_over` is how much too late the last would end (0: in
    time); `stuck` the action whose from-level nothing brings about. `value` is what it would add in level-weeks and
    `price` what its people and money are worth elsewhere (None: not known). Where it is done in any case,
    `makes_room` are the planned actions that leave and `loss` what the plan loses in all, None where it cannot be."""

    actions: tuple[str, ...]
    days: tuple[MissingDays, ...]
    money: tuple[MissingMoney, ...]
    decisions: tuple[InTheWay, ...]
    weeks_over: int
    stuck: str | None
    value: float
    price: float | None
    makes_room: tuple[str, ...]
    loss: float | None


def ways_to(board: Board, place: tuple[str, str], level: int, prices: Sequence[Price] = ()) -> tuple[Way, ...]:
    """The ways to a level of a department's topic that the board does not reach, those worth most for their price
    first; empty where nothing in the catalogue brings it about, or it is reached or under way."""
    steps = board.problem.steps
    number = next((n for n, s in enumerate(steps) if (s.department, s.topic) == place and s.level == level), None)
    if number is None or steps[number].by or board.reach[number] != NEVER:
        return ()
    worth = _Worth(prices)
    density = Orders(board.problem, 0).fixed[0].tolist()
    providers = sorted(board.problem.providers.get(number, ()), key=lambda each: (-density[each], each))
    found = [_way(board, density, each, number, worth) for each in providers[:MOST_WAYS]]
    return tuple(sorted(found, key=_how_far))


def _way(board: Board, density: Sequence[float], provider: int, step: int, worth: _Worth) -> Way:
    """A way with each action where least is missing for it, or at its earliest where the last would be too late so."""
    found = _Search(board, density).way(provider, step, worth)
    return found if not found.weeks_over else _Search(board, density, at_once=True).way(provider, step, worth)


def _how_far(way: Way) -> tuple[float, ...]:
    impossible = way.stuck is not None or way.weeks_over > 0
    return (impossible, bool(way.decisions), -(way.value / way.price if way.price else way.value))


class _Worth:
    """What people and money are worth elsewhere, by the prices that prove the bound."""

    def __init__(self, prices: Sequence[Price]) -> None:
        self.known = bool(prices)
        self.days = {(each.role, each.department, each.quarter): each.worth for each in prices if each.role}
        self.money = {each.phase: each.worth for each in prices if each.phase}

    def of(self, problem: Problem, placed: Mapping[int, int]) -> float | None:
        """Level-weeks that the people and money of jobs at these starts are worth; None where no prices are known."""
        if not self.known:
            return None
        total = 0.0
        for job, start in placed.items():
            for slot, amount in problem.usage(job, start):
                role, department = problem.resources[slot // QUARTERS]
                total += self.days.get((role, department, slot % QUARTERS + 1), 0.0) * amount / 100
            total += self.money.get(phase_of(start), 0.0) * problem.price(job, start) / 100_000
        return total


def price_of(problem: Problem, placed: Mapping[int, int], prices: Sequence[Price]) -> float | None:
    """Level-weeks that the people and money of jobs at these starts are worth elsewhere; None without prices."""
    return _Worth(prices).of(problem, placed)


class _Stuck(Exception):
    def __init__(self, job: int, weeks_over: int = 0) -> None:
        self.job, self.weeks_over = job, weeks_over


class _Search:
    """Takes up what one way needs, on a board of its own where means may fall short."""

    def __init__(self, board: Board, density: Sequence[float], at_once: bool = False) -> None:
        self.before = board
        self.at_once = at_once
        self.problem = board.problem
        self.density = density
        self.board = laid_out(board.problem, board.placed())
        self.taken: list[int] = []
        self.decisions: list[InTheWay] = []
        self.waiting: set[int] = set()

    def way(self, provider: int, step: int, worth: _Worth) -> Way:
        stuck, weeks_over = None, 0
        try:
            self._bring(step, provider)
        except _Stuck as found:
            weeks_over = found.weeks_over
            stuck = None if weeks_over else self.problem.jobs[found.job].code
            self.taken += [] if provider in self.taken else [provider]
        possible = stuck is None and not weeks_over
        starts = {job: self.board.start[job] for job in self.taken if self.board.start[job] != UNPLACED}
        makes_room, loss = _done_anyway(self.before, self.board, self.taken, self.density) if possible else ((), None)
        return Way(
            actions=tuple(self.problem.jobs[job].code for job in self.taken),
            days=self._missing_days(),
            money=self._missing_money(),
            decisions=tuple(self.decisions),
            weeks_over=weeks_over,
            stuck=stuck,
            value=max(0.0, self.board.value() - self.before.value()) if possible else 0.0,
            price=worth.of(self.problem, starts) if possible else None,
            makes_room=makes_room,
            loss=loss,
        )

    def _bring(self, step: int, provider: int | None = None) -> None:
        """Reach a step: by this provider, or by the best there is."""
        if self.board.reach[step] != NEVER:
            return
        job = provider if provider is not None else self._best(self.problem.providers.get(step, ()))
        if job is None or job in self.waiting:
            raise _Stuck(job if job is not None else min(self.waiting, default=0))
        self.waiting.add(job)
        lift = next(each for each in self.problem.jobs[job].lifts if step in each.steps)
        if lift.floor >= 0:
            self._bring(lift.floor)
        self.waiting.discard(job)
        self._take(job)

    def _best(self, jobs: Sequence[int]) -> int | None:
        return max(jobs, key=lambda job: (not self.problem.jobs[job].rejected, self.density[job], -job), default=None)

    def _take(self, job: int) -> None:
        """Place a job and what it requires where least is missing for it."""
        board, made = self.board, self.problem.jobs[job]
        if board.start[job] != UNPLACED:
            return
        if job in self.waiting:
            raise _Stuck(job)
        self.waiting.add(job)
        for group in made.needs:
            best = self._best(group)
            if board.first_finish(group) == NEVER and best is not None:
                self._take(best)
        if board.level_held_from(job) == NEVER:
            self._bring(made.lifts[0].floor)
        self.waiting.discard(job)
        if made.rejected:
            self.decisions.append(_decision(self.problem, made, "rejected"))
        board.put(job, self._month(job, made))
        self.taken.append(job)

    def _month(self, job: int, made: Job) -> int:
        """The month in which least is missing for a job, the earliest of several."""
        ready = self.board.ready_from(job)
        if ready == NEVER:
            raise _Stuck(job)
        last = made.latest
        if last < ready <= HORIZON - made.days and made.not_after:
            self.decisions.append(_decision(self.problem, made, "not_after"))
            last = HORIZON - made.days
        months = self.problem.months(ready, last)
        if not months:
            raise _Stuck(job, max(1, ceil((ready + made.days - HORIZON) / WEEK)))
        return months[0] if self.at_once else min(months, key=lambda month: (self._shortage(job, month), month))

    def _shortage(self, job: int, month: int) -> float:
        """What is missing for a job in a month, as shares of all that there is of each."""
        board, problem = self.board, self.problem
        short = 0.0
        for slot, amount in problem.usage(job, month):
            missing = min(amount, amount - board.free[slot])
            first = slot // QUARTERS * QUARTERS
            short += max(0, missing) / max(1, sum(problem.capacity[first : first + QUARTERS]))
        price = problem.price(job, month)
        over = [min(price, price - board.money[phase]) for phase in problem.phases_charged(month)]
        return short + max(0, *over, 0) / max(1, problem.budget[-1] if problem.budget else 1)

    def _missing_days(self) -> tuple[MissingDays, ...]:
        return tuple(
            MissingDays(role=role, department=department, quarter=quarter + 1, days=-left / 100)
            for resource, (role, department) in enumerate(self.problem.resources)
            for quarter in range(QUARTERS)
            if (left := self.board.free[resource * QUARTERS + quarter]) < 0
        )

    def _missing_money(self) -> tuple[MissingMoney, ...]:
        """By phase, what more it takes; with carry-over, more in one phase helps the later ones too."""
        found, more = [], 0
        for phase, left in enumerate(self.board.money, start=1):
            short = -left - (more if self.problem.request.carry_over else 0)
            if short > 0:
                found.append(MissingMoney(phase=phase, amount=short / 100))
                more += short
        return tuple(found)


def _decision(problem: Problem, made: Job, kind: str) -> InTheWay:
    meant: Sequence[Decision] = [
        each for each in problem.request.decisions if each.kind == kind and each.code in (made.code, made.action.id)
    ]
    by, reason = (meant[-1].by, meant[-1].reason) if meant else ("", "")
    return InTheWay(action=made.code, kind=kind, by=by, reason=reason)


def _done_anyway(
    before: Board, short: Board, taken: Sequence[int], density: Sequence[float]
) -> tuple[tuple[str, ...], float | None]:
    """Which actions leave, and what the plan loses, where the taken ones are done in any case and the rest keeps its
    dates as far as it can. The loss is below 0 where the plan gains; None where they do not fit even so."""
    problem = _without_their_decisions(before.problem, taken)
    board = Board(problem)
    first = _relied_on(short, taken)
    decided = {job for job in before.placed() if problem.jobs[job].decision}
    old = before.placed()
    for job in sorted(decided | {each for each in first if each in old}, key=lambda each: (old[each], each)):
        board.put(job, old[job])
    for job in taken:
        if board.start[job] == UNPLACED and _settled(board, job, 0) is not None:
            return (), None
    for job in sorted(old, key=lambda each: (old[each], each)):
        if board.start[job] == UNPLACED:
            _settled(board, job, old[job])
    after = tidy(Scheduler(problem, density, board))
    leave = tuple(problem.jobs[job].code for job in old if after.start[job] == UNPLACED)
    return leave, before.value() - after.value()


def _settled(board: Board, job: int, earliest: int) -> Refusal | None:
    ready = board.ready_from(job)
    return Refusal("no_level", job) if ready == NEVER else board.settle(job, max(ready, earliest))


def _without_their_decisions(problem: Problem, taken: Sequence[int]) -> Problem:
    """The taken jobs are to be done whatever was decided against them, and are kept for themselves."""
    wanted = Decision(code="", kind="must")
    jobs = list(problem.jobs)
    for job in taken:
        made = jobs[job]
        latest = HORIZON - made.days if made.not_after else made.latest
        jobs[job] = replace(made, rejected=False, not_after=None, latest=latest, decision=made.decision or wanted)
    return replace(problem, jobs=tuple(jobs))


def _relied_on(board: Board, taken: Sequence[int]) -> set[int]:
    """All that the taken jobs wait for, through prerequisites and levels."""
    first, found, waiting = closers(board), set[int](), list(taken)
    while waiting:
        job = waiting.pop()
        for each in (*needs_of(board, job), *bringers(board, job, first)):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found
