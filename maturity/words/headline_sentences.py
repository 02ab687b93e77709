"""What somebody wants to know of a plan first: how much it is, what it costs, what stays out, and who has too much."""

from __future__ import annotations

from maturity.words.messages import counted
from maturity.words.plan_sentences import best_possible

RESTS = "All of it rests on estimates of effort and cost."


def size_and_money(
    actions: int,
    phases: int,
    cost: str,
    available: str | None,
    over: int | None = None,
    *,
    carry_over: bool = True,
    before: str = "",
) -> str:
    """The size of a plan and its money; `available` is the whole budget, None without one, `over` the first phase in
    which more is planned than there is, or with carry-over up to whose end; `before` is what of the cost is no phase's,
    empty for nothing."""
    said = f"**{counted(actions, 'action')}** in {counted(phases, 'phase')}, {cost}"
    if available is None:
        return f"{said}, without a budget."
    outside = f" {began_before(before)}" if before else ""
    if over:
        where = f"up to the end of phase {over}" if carry_over else f"in phase {over}"
        return f"{said}, with a budget of {available}: **too much {where}**.{outside}"
    return f"{said}, within a budget of {available}.{outside}"


def began_before(cost: str) -> str:
    """What stands in a plan's cost and in none of its budgets."""
    return f"{cost} of actions that began before the plan's first day are in no phase: they were paid before it."


def how_good(value: float, upper_bound: float | None) -> str:
    """The proven bound in one line, with the reminder of what it rests on."""
    return f"{best_possible(value, upper_bound)} {RESTS}"


def stays_out(steps: int) -> str:
    """How many wanted steps a plan leaves out."""
    if steps == 0:
        return "Every wanted step is in the plan"
    return f"{counted(steps, 'wanted step')} {'stays' if steps == 1 else 'stay'} out"


def over_capacity(quarters: int) -> str:
    """How often somebody is planned beyond their person-days, counted by role, department and quarter."""
    if quarters == 0:
        return "Nobody is planned beyond their person-days"
    return f"More planned than people can give, {'once' if quarters == 1 else f'{quarters} times'}"
