"""What the plan that is looked at needs: money by phase, once and running, and people by role and quarter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from maturity.charts.capacity import capacity_chart
from maturity.charts.drawing import specification
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.operations.resources import resources
from maturity.operations.saved_plans import SavedPlan, budget_uses, paid_before
from maturity.planning.plan import BudgetUse
from maturity.planning.request import PHASE_NAMES, Capacity
from maturity.planning.spending import Terms
from maturity.roadmap.actions import Action
from maturity.roadmap.phases import quarter_window
from maturity.roadmap.replan import paid_by
from maturity.roadmap.workload import overloads, workload
from maturity.ui import cached
from maturity.ui.help import plain
from maturity.ui.pictures import show_picture
from maturity.ui.plan import PlanView, short_day
from maturity.ui.plan_actions import show_value
from maturity.ui.plan_rows import money
from maturity.ui.plan_tables import show, table, text
from maturity.words.headline_sentences import began_before
from maturity.words.messages import ESTIMATES, counted, unpriced
from maturity.words.plan_chart_sentences import capacity_sentences
from maturity.words.resource_sentences import full_quarters, left_over, parted

WIDE, NARROW = 900, 344
MOST_OVERLOADS, FULL = 10, 0.95
STAFF = "Department staff, all together"


def show_means(view: PlanView) -> None:
    """The reminder of estimates, money by phase, and people by role and quarter."""
    if view.saved is not None:
        st.header("Money that the plan needs", anchor="money")
        show_budget(view)
        st.header("People by role and quarter", anchor="people")
        _show_overloads(view)
        show_picture(
            "capacity",
            lambda narrow, mode: _capacity_spec(view, narrow, mode),
            lambda: _table(_by_role(view)),
            revision=view.revision,
            mode=view.here.mode,
        )
        show_value(view)
    st.caption(f"{ESTIMATES} {_prices(view)}")


def _prices(view: PlanView) -> str:
    return f"Costs are in {view.catalogue.currency} at prices of {view.catalogue.price_year}." if view.catalogue else ""


def show_budget(view: PlanView) -> None:
    """What each phase may cost and what its actions cost as they stand now; what has no price is counted."""
    if view.saved is None:
        return
    parts, unparted = [], 0
    for phase in range(1, len(PHASE_NAMES) + 1):
        split = [_parted(view, each) for each in _paid(view.saved) if each.phase == phase and each.cost]
        parts.append((sum(each[0] for each in split if each), sum(each[1] for each in split if each)))
        unparted += split.count(None)
    show_money(budget_of(view), view.currency, carry_over=_terms(view).carry_over, parts=parts)
    st.caption(parted(unparted))
    if before := paid_before(view.saved):
        st.caption(began_before(money(before, view.currency)))


def _paid(saved: SavedPlan) -> list[Action]:
    return [each for each in saved.actions if paid_by(each, saved.starts)]


def budget_of(view: PlanView) -> list[BudgetUse]:
    """The same as numbers, phase by phase."""
    return [] if view.saved is None else budget_uses(view.saved)


def _parted(view: PlanView, action: Action) -> tuple[float, float] | None:
    """What an action costs once, and from its end to the end of the plan; None where people gave it another cost."""
    template = view.catalogue.by_id.get(action.catalogue_id or "") if view.catalogue else None
    if template is None or template.cost is None or action.cost is None:
        return None
    once = template.cost.one_off.likely if template.cost.one_off else 0.0
    yearly = template.cost.yearly.likely if template.cost.yearly else 0.0
    whole = view.saved.body.actions if view.saved else ()
    planned = next((each.cost for each in whole if each.id == action.code), action.cost)
    if (
        planned is None
        or abs(planned - action.cost) > 0.005
        or action.cost < once
        or (action.cost > once and not yearly)
    ):
        return None
    return once, action.cost - once


def _terms(view: PlanView) -> Terms:
    return resources(view.here.workspace, view.here.visitor, view.round).terms


def show_money(
    uses: Sequence[BudgetUse],
    currency: str,
    *,
    carry_over: bool = True,
    parts: Sequence[tuple[float, float]] = (),
) -> None:
    """A budget as a table; `parts` are what is paid once and what is running, by phase. With carry-over a phase is over
    where the sums so far are, without it where its own are."""
    rows, left = [], 0.0
    for place, use in enumerate(uses):
        left = (left if carry_over else 0.0) + (use.available or 0.0) - use.planned
        over = " (over)" if use.available is not None and left < -0.005 else ""
        available = "no limit" if use.available is None else money(use.available, currency)
        planned, without = f"{money(use.planned, currency)}{over}", counted(use.unpriced, "action")
        costs = [text(money(each, currency)) for each in parts[place]] if parts else []
        name = text(f"{use.phase} {PHASE_NAMES[use.phase - 1]}", "name")
        rows.append((name, text(available), text(planned), *costs, without))
    if parts:
        rows.append(_together(uses, currency, parts))
    headings = ("Phase", "Available", "Planned", *(("Of it once", "Of it running") if parts else ()), "Not priced")
    show(table(headings, rows, "Money by phase", numbers=headings[1:-1], kind="means"))
    missing = unpriced(sum(use.unpriced for use in uses))
    st.caption(f"{left_over(carry_over)} {missing}")


def _together(uses: Sequence[BudgetUse], currency: str, parts: Sequence[tuple[float, float]]) -> tuple[str, ...]:
    limits = [use.available for use in uses if use.available is not None]
    available = money(sum(limits), currency) if len(limits) == len(uses) else "no limit"
    sums = (sum(use.planned for use in uses), *(sum(column) for column in zip(*parts, strict=True)))
    without = counted(sum(use.unpriced for use in uses), "action")
    return text("Together", "name"), text(available), *(text(money(each, currency)) for each in sums), without


def _workload(view: PlanView) -> pd.DataFrame:
    """Person-days as the actions stand now, beside what there is: of the current plan as its round has it now, calendar
    and partners included; of an earlier version what there was when it was made."""
    if view.saved is None:
        return pd.DataFrame()
    offered: dict[tuple[str, str | None], dict[int, float]] = {}
    for use in view.saved.body.capacity:
        offered.setdefault((use.role, use.department), {})[use.quarter] = use.available
    now = _days_now(view)
    capacities = [
        Capacity(
            role=role, department=place,
            days=now.get((role, place)) or tuple(days.get(quarter, 0.0) for quarter in range(1, 13)),
        )
        for (role, place), days in offered.items()
    ]  # fmt: skip
    return within_tolerance(workload(view.saved.actions, capacities, view.saved.starts))


def _days_now(view: PlanView) -> dict[tuple[str, str | None], tuple[float, ...]]:
    saved = view.saved
    made_from = next((each for each in cached.every_round(view.here) if saved and each.name == saved.round), None)
    if saved is None or saved.status != "current" or made_from is None:
        return {}
    found = resources(view.here.workspace, view.here.visitor, made_from)
    return {(each.role, each.department): each.days for each in found.capacities}


def within_tolerance(frame: pd.DataFrame, tolerance: float = 0.5) -> pd.DataFrame:
    """The planner counts effort week by week, the workload day by day: half a day over is that difference alone."""
    over = frame["planned"] - frame["available"]
    level = (over > 0) & (over <= tolerance)
    return frame.assign(planned=frame["planned"].where(~level, frame["available"]))


def _show_overloads(view: PlanView) -> None:
    over = overloaded(view)
    if not over:
        st.write("Nobody is planned beyond their person-days in any quarter.")
    else:
        st.warning("More is planned than these can give:\n" + "\n".join(f"- {each}" for each in over[:MOST_OVERLOADS]))
    st.write(plain(full_quarters(_full(view.revision, view))))


@st.cache_data(ttl=3600, max_entries=64, show_spinner=False)
def _full(revision: tuple[object, ...], _view: PlanView) -> dict[str, list[str]]:
    """The quarters in which a role has at most a twentieth of its days left."""
    found: dict[str, list[str]] = {}
    for row in _by_role(_view).to_dict("records"):
        if row["available"] > 0 and row["planned"] >= FULL * row["available"]:
            found.setdefault(str(row["role"]), []).append(str(row["quarter"]))
    return found


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


def _capacity_spec(view: PlanView, narrow: bool, mode: Mode) -> dict[str, Any]:
    frame = _by_role(view)
    texts = ChartTexts.of(capacity_sentences(frame))
    chart = capacity_chart(frame, mode=mode, texts=texts, width=NARROW if narrow else WIDE, narrow=narrow)
    return specification(chart)


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    rows = [
        (f"{plain(str(row.role))}, {row.quarter}", f"{row.planned:.0f}", f"{row.available:.0f}")
        for row in frame.itertuples()
    ]
    return pd.DataFrame(rows, columns=["Role and quarter", "Planned", "Available"])
