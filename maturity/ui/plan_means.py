"""People and money: what there is, what the plan needs of it, and for whoever may, how to change what there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from maturity.charts.capacity import capacity_chart
from maturity.charts.drawing import specification
from maturity.charts.texts import ChartTexts
from maturity.operations.resources import PER_EMPLOYEE_AND_YEAR, Resources, resources
from maturity.planning.plan import BudgetUse
from maturity.planning.request import PHASE_NAMES, Capacity
from maturity.roadmap.phases import quarter_window
from maturity.roadmap.workload import overloads, workload
from maturity.ui.help import plain
from maturity.ui.pictures import show_picture
from maturity.ui.plan import PlanView, short_day
from maturity.ui.plan_actions import show_value
from maturity.ui.plan_rows import money
from maturity.ui.plan_tables import show, table, text
from maturity.words.messages import ESTIMATES, counted, unpriced
from maturity.words.plan_chart_sentences import capacity_sentences

WIDE, NARROW = 900, 344
MOST_OVERLOADS = 10
STAFF = "Department staff, all together"


def show_means(view: PlanView) -> None:
    """The reminder of estimates, money by phase, and people by role and quarter."""
    st.caption(f"{ESTIMATES} {_prices(view)}")
    if view.saved is None:
        return
    st.header("Money by phase", anchor="money")
    show_budget(view)
    st.header("People by role and quarter", anchor="people")
    _show_overloads(view)
    show_picture(
        "capacity",
        lambda narrow: _capacity_spec(view, narrow),
        lambda: _table(_by_role(view)),
        revision=view.revision,
        mode=view.here.mode,
    )
    show_value(view)


def _prices(view: PlanView) -> str:
    return f"Money is in {view.currency} at prices of {view.catalogue.price_year}." if view.catalogue else ""


def show_budget(view: PlanView) -> None:
    """What each phase may cost and what its actions cost as they stand now; what has no price is counted."""
    show_money(budget_of(view), view.currency)


def budget_of(view: PlanView) -> list[BudgetUse]:
    """The same as numbers, phase by phase."""
    if view.saved is None:
        return []
    limits = {use.phase: use.available for use in view.saved.body.budget}
    uses = []
    for phase in range(1, len(PHASE_NAMES) + 1):
        costs = [each.cost for each in view.saved.actions if each.phase == phase]
        planned, without = sum(cost or 0.0 for cost in costs), costs.count(None)
        uses.append(BudgetUse(phase=phase, available=limits.get(phase), planned=planned, unpriced=without))
    return uses


def show_money(uses: Sequence[BudgetUse], currency: str) -> None:
    """A budget as a table. What a phase leaves over goes to the next, so a phase is over where the sums so far are."""
    rows, left = [], 0.0
    for use in uses:
        left += (use.available or 0.0) - use.planned
        over = " (over)" if use.available is not None and left < -0.005 else ""
        available = "no limit" if use.available is None else money(use.available, currency)
        planned, without = f"{money(use.planned, currency)}{over}", counted(use.unpriced, "action")
        rows.append(
            (text(f"{use.phase} {PHASE_NAMES[use.phase - 1]}", "name"), text(available), text(planned), without)
        )
    show(table(("Phase", "Available", "Planned", "Not priced"), rows, "Money by phase"))
    missing = unpriced(sum(use.unpriced for use in uses))
    st.caption(f"Money that a phase leaves over can be spent in the next. {missing}")


def _workload(view: PlanView) -> pd.DataFrame:
    """Person-days as the actions stand now, beside what there was when the plan was made."""
    if view.saved is None:
        return pd.DataFrame()
    offered: dict[tuple[str, str | None], dict[int, float]] = {}
    for use in view.saved.body.capacity:
        offered.setdefault((use.role, use.department), {})[use.quarter] = use.available
    capacities = [
        Capacity(role=role, department=place, days=tuple(days.get(quarter, 0.0) for quarter in range(1, 13)))
        for (role, place), days in offered.items()
    ]
    return within_tolerance(workload(view.saved.actions, capacities, view.saved.starts))


def within_tolerance(frame: pd.DataFrame, tolerance: float = 0.5) -> pd.DataFrame:
    """The planner counts effort week by week, the workload day by day: half a day over is that difference alone."""
    over = frame["planned"] - frame["available"]
    level = (over > 0) & (over <= tolerance)
    return frame.assign(planned=frame["planned"].where(~level, frame["available"]))


def _show_overloads(view: PlanView) -> None:
    over = overloaded(view)
    if not over:
        st.write("Nobody is planned beyond their person-days in any quarter.")
        return
    st.warning("More is planned than these can give:\n" + "\n".join(f"- {each}" for each in over[:MOST_OVERLOADS]))


def overloaded(view: PlanView) -> list[str]:
    """Who is planned beyond their person-days, and in which quarter, worst first."""
    return _overloads(view.revision, view)


@st.cache_data(ttl=3600, max_entries=64, show_spinner=False)
def _overloads(revision: tuple[object, ...], _view: PlanView) -> list[str]:
    found = overloads(_workload(_view))
    return [
        f"{plain(_who(_view, row['role'], row['department']))}, {quarter_name(_view, row['quarter'])}: "
        f"{row['planned']:.0f} person-days planned, {row['available']:.0f} available"
        for row in found.to_dict("records")
    ]


def _who(view: PlanView, role: str, department: Any) -> str:
    return f"{view.name(role)} in {view.name(department)}" if isinstance(department, str) else view.name(role)


def quarter_name(view: PlanView, quarter: int) -> str:
    """A quarter of the plan with its first day: "quarter 2 from 1 Apr 2026"."""
    starts = view.saved.starts if view.saved else None
    return f"quarter {quarter}" + (f" from {short_day(quarter_window(quarter, starts)[0])}" if starts else "")


def _by_role(view: PlanView) -> pd.DataFrame:
    """City roles one by one, the staff of all departments together, roles in the catalogue's order."""
    frame = _workload(view)
    if frame.empty:
        return frame
    within = frame["department"].notna()
    frame = frame.assign(
        role=[STAFF if inside else view.name(role) for inside, role in zip(within, frame["role"], strict=True)]
    )
    summed = frame.groupby(["role", "quarter"], sort=False)[["planned", "available"]].sum().reset_index()
    return summed.assign(quarter=[f"Q{quarter}" for quarter in summed["quarter"]])


def _capacity_spec(view: PlanView, narrow: bool) -> dict[str, Any]:
    frame = _by_role(view)
    texts = ChartTexts.of(capacity_sentences(frame))
    chart = capacity_chart(frame, mode=view.here.mode, texts=texts, width=NARROW if narrow else WIDE, narrow=narrow)
    return specification(chart)


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    rows = [
        (f"{plain(str(row.role))}, {row.quarter}", f"{row.planned:.0f}", f"{row.available:.0f}")
        for row in frame.itertuples()
    ]
    return pd.DataFrame(rows, columns=["Role and quarter", "Planned", "Available"])


def defaults_words(found: Resources, view: PlanView) -> list[str]:
    """Which numbers nobody has set yet, and where they come from."""
    said = []
    if found.budget_is_default:
        said.append(
            f"The budgets are defaults: {money(PER_EMPLOYEE_AND_YEAR, view.currency)} a year for each of "
            f"{found.staff:,} employees, our own estimate. Set your own below."
        )
    if found.capacity_is_default:
        said.append("The person-days are defaults of the catalogue, estimated for a mid-sized council.")
    return said


def resources_of(view: PlanView) -> Resources:
    """What the next plan may spend."""
    return resources(view.here.workspace, view.here.visitor, view.round)
