"""Who has to work how much, quarter by quarter, beside what they can give."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

import pandas as pd

from maturity.planning.request import QUARTERS, Capacity
from maturity.roadmap.actions import Action
from maturity.roadmap.phases import quarter_window

Who = tuple[str, str | None]
COLUMNS = ["role", "department", "quarter", "planned", "available"]


def workload(actions: Iterable[Action], capacities: Iterable[Capacity], starts: date) -> pd.DataFrame:
    """`role, department, quarter, planned, available` in person-days for the 12 quarters; department is None for
    city-wide roles and available NaN where nobody has said what a role can give.

    Effort is spread evenly over an action's days, as it stands now; days outside the plan are not counted. What a
    city-wide action needs of a role that departments have is shared by all of them, as in the planner."""
    offered = {(each.role, each.department): each.days for each in capacities}
    planned = {who: [0.0] * QUARTERS for who in offered}
    for action in actions:
        for role, days in () if action.removed_on else action.effort.items():
            workers = _workers(role, action.department, offered)
            for who in workers:
                _spread(planned.setdefault(who, [0.0] * QUARTERS), action, days / len(workers), starts)
    rows = [
        [role, department, quarter + 1, needed[quarter], offered[role, department][quarter]]
        if (role, department) in offered
        else [role, department, quarter + 1, needed[quarter], None]
        for (role, department), needed in planned.items()
        for quarter in range(QUARTERS)
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({"planned": float, "available": float})


def _workers(role: str, department: str | None, offered: Collection[Who]) -> list[Who]:
    if (role, None) in offered or department is not None:
        return [(role, None if (role, None) in offered else department)]
    return [who for who in offered if who[0] == role] or [(role, None)]


def _spread(needed: list[float], action: Action, days: float, starts: date) -> None:
    whole = (action.finish - action.start).days + 1
    for quarter in range(QUARTERS):
        first, last = quarter_window(quarter + 1, starts)
        within = (min(last, action.finish) - max(first, action.start)).days + 1
        needed[quarter] += days * max(within, 0) / whole


def overloads(frame: pd.DataFrame, tolerance: float = 0.5) -> pd.DataFrame:
    """The rows of `workload` where more is planned than can be given, worst first."""
    over = frame[frame["planned"] > frame["available"] + tolerance]
    return over.assign(over=over["planned"] - over["available"]).sort_values("over", ascending=False, kind="stable")


def by_role(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """`role` (its name), `quarter`, `planned`, `available` with the departments of a role added up; what nobody has
    said to be available counts as 0 there."""
    summed = frame.fillna({"available": 0.0}).groupby(["role", "quarter"], sort=False, as_index=False)
    found = summed[["planned", "available"]].sum()
    return found.assign(role=[(names or {}).get(role, role) for role in found["role"]])
