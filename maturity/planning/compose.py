"""From a finished schedule to the plan that is shown, stored and printed."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from maturity.planning.board import Board, Refusal
from maturity.planning.calendar import on_date, phase_of
from maturity.planning.fairness import without_action
from maturity.planning.greedy import Solution
from maturity.planning.jobs import Problem, is_priced
from maturity.planning.left_out import left_out, unplannable
from maturity.planning.plan import BudgetUse, CapacityUse, Closes, Plan, PlannedAction, Reason
from maturity.planning.reasons import refusal_values, why_in, why_then
from maturity.planning.request import QUARTERS, PlanRequest
from maturity.planning.tidy import closers, needs_of, required_by


def empty_plan(request: PlanRequest) -> Plan:
    """The plan without actions: nothing is wanted, or nothing is known that would help."""
    return Plan(
        round=request.round,
        seed=request.seed,
        value=0.0,
        upper_bound=None,
        gap=None,
        status="feasible",
        actions=(),
        capacity=(),
        budget=(),
        not_planned=unplannable(request),
    )


def compose(solution: Solution) -> Plan:
    """The plan of a solution, with reasons, use of means, and what is left out."""
    board, problem = solution.board, solution.board.problem
    conflicts = tuple(_conflict(problem, job, refusal) for job, refusal in sorted(solution.conflicts.items()))
    value = round(board.value(), 6)
    bound, gap = _proven(value, solution.bound)
    return Plan(
        round=problem.request.round,
        seed=problem.request.seed,
        value=value,
        upper_bound=bound,
        gap=gap,
        status="infeasible" if conflicts else "feasible" if gap is None else "proven_within",
        actions=_actions(board),
        capacity=_capacity(board),
        budget=_budget(board),
        not_planned=left_out(board, solution.priorities) + unplannable(problem.request),
        conflicts=conflicts,
        prices=solution.prices,
        engine=solution.engine,
        unseen=_unseen(board),
    )


def _unseen(board: Board) -> tuple[str, ...]:
    left = without_action(board)
    return tuple(each for each in board.problem.request.departments if each in left)


def _proven(value: float, bound: float | None) -> tuple[float | None, float | None]:
    """The bound, and the share of it that the plan falls short of at most; both None where nothing is proven."""
    if bound is None:
        return None, None
    bound = max(value, ceil(bound * 1e6) / 1e6)
    return bound, round((bound - value) / bound, 9) if bound else 0.0


def _conflict(problem: Problem, job: int, refusal: Refusal) -> Reason:
    """A decision that could not be kept, with the cause."""
    decision = problem.jobs[job].decision
    kind = decision.kind if decision else "must"
    values = {**refusal_values(problem, refusal), "decided": problem.jobs[job].code, "kind": kind, "why": refusal.code}
    return Reason(code="conflict", values=values)


def _actions(board: Board) -> tuple[PlannedAction, ...]:
    closes: dict[int, list[int]] = {}
    for step, job in sorted(closers(board).items()):
        closes.setdefault(job, []).append(step)
    dependants, value = required_by(board), board.value()
    placed = board.placed()
    return tuple(
        _action(board, job, closes.get(job, []), value, dependants.get(job, []))
        for job in sorted(placed, key=lambda each: (placed[each], each))
    )


def _action(board: Board, job: int, closes: list[int], value: float, dependants: list[int]) -> PlannedAction:
    problem = board.problem
    made, start, starts = problem.jobs[job], board.start[job], problem.request.starts
    return PlannedAction(
        id=made.code,
        catalogue_id=made.action.id,
        title=made.action.title,
        department=made.department,
        phase=phase_of(start),
        start=on_date(starts, start),
        finish=on_date(starts, board.finish(job) - 1),
        owner=made.action.lead,
        requires=tuple(problem.jobs[each].code for each in needs_of(board, job)),
        effort=made.action.likely_effort,
        cost=problem.price(job, start) / 100 if is_priced(made.action.cost) else None,
        closes=tuple(_closes(problem, step) for step in closes),
        why=(*why_in(board, job, closes, value, dependants), why_then(board, job)),
    )


def _closes(problem: Problem, number: int) -> Closes:
    step = problem.steps[number]
    return Closes(department=step.department, topic=step.topic, from_level=step.level - 1, to_level=step.level)


def _capacity(board: Board) -> tuple[CapacityUse, ...]:
    """Every role that could work, by quarter; department roles after the city's, in the organisation's order."""
    problem = board.problem
    order = {department: i for i, department in enumerate(problem.request.departments)}
    roles = {role.id: i for i, role in enumerate(problem.catalogue.roles)}
    numbered = sorted(
        enumerate(problem.resources), key=lambda each: (roles[each[1][0]], order.get(each[1][1] or "", -1))
    )
    return tuple(
        _use(board, resource, quarter, role, place)
        for resource, (role, place) in numbered
        for quarter in range(QUARTERS)
    )


def _use(board: Board, resource: int, quarter: int, role: str, department: str | None) -> CapacityUse:
    slot = resource * QUARTERS + quarter
    available = board.problem.capacity[slot]
    planned = (available - board.free[slot]) / 100
    return CapacityUse(
        role=role, department=department, quarter=quarter + 1, available=available / 100, planned=planned
    )


def _budget(board: Board) -> tuple[BudgetUse, ...]:
    budgets = board.problem.request.budgets
    spent: Mapping[int, list[int]] = {phase: [] for phase in (1, 2, 3, 4)}
    unpriced = dict.fromkeys((1, 2, 3, 4), 0)
    for job, start in board.placed().items():
        spent[phase_of(start)].append(board.problem.price(job, start))
        unpriced[phase_of(start)] += not is_priced(board.problem.jobs[job].action.cost)
    return tuple(
        BudgetUse(
            phase=phase,
            available=budgets[phase - 1] if budgets else None,
            planned=sum(amounts) / 100,
            unpriced=unpriced[phase],
        )
        for phase, amounts in spent.items()
    )
