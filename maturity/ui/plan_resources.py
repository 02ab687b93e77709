"""Changing what the next plan may spend: money by phase, person-days by role and quarter."""

from __future__ import annotations

import streamlit as st

from maturity.operations.resources import Budgets, Resources, set_resources
from maturity.operations.standing import first_day_of_plan
from maturity.planning.request import PHASE_NAMES, QUARTERS, Capacity, default_capacities
from maturity.roadmap.phases import quarter_window
from maturity.ui.context import PageContext, keeping_refusals, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.plan import PlanView, plan_view, short_day, show_said, whole_days
from maturity.ui.plan_means import defaults_words, resources_of
from maturity.ui.plan_rows import money

ALL = "all departments"
Place = tuple[str, str | None]


@st.fragment
def show_resources(here: PageContext) -> None:
    """What the next plan may spend, said and editable."""
    view = plan_view(here)
    if view is None:
        return
    st.header("What the next plan may spend", anchor="resources")
    show_kept_refusals()
    show_said()
    found = resources_of(view)
    for said in defaults_words(found, view):
        st.info(said)
    st.write(f"Budget: **{money(sum(found.budgets), view.currency)}** over the four phases.")
    if not view.may_edit:
        return
    _show_budgets(view, found)
    if view.catalogue:
        _show_capacity(view, found)


def _show_budgets(view: PlanView, found: Resources) -> None:
    box = st.expander("Change the money by phase", key="plan:means:money", on_change="rerun", icon=":material/edit:")
    if not box.open:
        return
    with box, st.form("plan:budgets", border=False):
        st.caption("A default until you save." if found.budget_is_default else "Set by the organisation.")
        columns = st.columns(2)
        for phase, name in enumerate(PHASE_NAMES):
            key = _key(view, found, f"budget:{phase}")
            st.session_state.setdefault(key, float(found.budgets[phase]))
            label = f"{phase + 1} {name}, {view.currency}"
            columns[phase % 2].number_input(label, min_value=0.0, step=1_000.0, format="%.0f", key=key)
        with st.container(horizontal=True):
            st.form_submit_button("Save the budgets", on_click=_save_budgets, args=(view, found))
            if not found.budget_is_default:
                st.form_submit_button("Back to the default", type="tertiary", on_click=_keep, args=(view, found, None))


def _key(view: PlanView, found: Resources, name: str) -> str:
    """Inputs are filled anew where somebody has saved other numbers."""
    return f"plan:means:{view.round.id}:{hash((found.budgets, found.capacities))}:{name}"


def _save_budgets(view: PlanView, found: Resources) -> None:
    first, second, third, fourth = (
        float(st.session_state.get(_key(view, found, f"budget:{phase}")) or 0.0) for phase in range(4)
    )
    _keep(view, found, (first, second, third, fourth))


def _keep(view: PlanView, found: Resources, budgets: Budgets | None) -> None:
    with keeping_refusals():
        set_resources(view.here.workspace, view.here.visitor, view.round, own_capacities(view, found), budgets)
        st.session_state["plan:said"] = "Saved. It counts when a plan is made."


def own_capacities(view: PlanView, found: Resources) -> tuple[Capacity, ...]:
    """The person-days that somebody has set; the rest stays a default, and follows the catalogue."""
    usual = default_capacities(view.catalogue, tuple(view.round.names)) if view.catalogue else ()
    by_place = {(each.role, each.department): each.days for each in usual}
    return tuple(each for each in found.capacities if by_place.get((each.role, each.department)) != each.days)


def _show_capacity(view: PlanView, found: Resources) -> None:
    box = st.expander("Change the person-days", key="plan:means:days", on_change="rerun", icon=":material/edit:")
    if box.open:
        with box:
            _show_days(view, found)


def _show_days(view: PlanView, found: Resources) -> None:
    roles = list(view.catalogue.roles) if view.catalogue else []
    own = {(each.role, each.department) for each in own_capacities(view, found)}
    left, right = st.columns(2)
    names = {role.id: role.name for role in roles}
    left.selectbox("Person-days of", list(names), format_func=names.__getitem__, key="plan:means:role")
    role = next(each for each in roles if each.id == st.session_state["plan:means:role"])
    place: Place = (role.id, None)
    if role.scope == "department":
        places = [ALL, *view.round.names]
        right.selectbox("In", places, format_func=view.name, key="plan:means:place")
        place = (role.id, st.session_state["plan:means:place"])
    chosen = _places(view, place)
    days = next(each.days for each in found.capacities if (each.role, each.department) == chosen[0])
    with st.form(f"plan:capacity:{place}", border=True):
        default = ", a default until you save" if not own.intersection(chosen) else ""
        where = f" in {plain(view.name(place[1]))}" if place[1] else ""
        st.markdown(f"**{plain(role.name)}{where}, person-days by quarter**{default}")
        st.caption(f"Now {whole_days(sum(days))} in three years.")
        columns = st.columns(4)
        for quarter in range(QUARTERS):
            key = _key(view, found, f"days:{place}:{quarter}")
            st.session_state.setdefault(key, float(days[quarter]))
            first = quarter_window(quarter + 1, first_day_of_plan(view.round))[0]
            label = f"{quarter + 1}, from {short_day(first)}"
            columns[quarter % 4].number_input(label, min_value=0.0, step=1.0, format="%.1f", key=key)
        with st.container(horizontal=True):
            st.form_submit_button("Save these days", on_click=_save_days, args=(view, found, place))
            if own.intersection(chosen):
                st.form_submit_button(
                    "Back to the default days", type="tertiary", on_click=_put_days, args=(view, found, place, None)
                )


def _places(view: PlanView, place: Place) -> list[Place]:
    return [(place[0], code) for code in view.round.names] if place[1] == ALL else [place]


def _save_days(view: PlanView, found: Resources, place: Place) -> None:
    days = tuple(
        float(st.session_state.get(_key(view, found, f"days:{place}:{quarter}")) or 0.0) for quarter in range(QUARTERS)
    )
    _put_days(view, found, place, days)


def _put_days(view: PlanView, found: Resources, place: Place, days: tuple[float, ...] | None) -> None:
    """Sets the days of these places, or takes them back to the default; everything else stays as it is."""
    chosen = set(_places(view, place))
    kept = [each for each in own_capacities(view, found) if (each.role, each.department) not in chosen]
    if days is not None:
        kept += [Capacity(role=role, department=where, days=days) for role, where in chosen]
    with keeping_refusals():
        budgets = None if found.budget_is_default else found.budgets
        set_resources(view.here.workspace, view.here.visitor, view.round, kept, budgets)
        st.session_state["plan:said"] = "Saved. It counts when a plan is made."
