"""Changing the person-days of a role: twelve numbers, typed one by one or copied from a spreadsheet."""

from __future__ import annotations

import streamlit as st

from maturity.operations.errors import Changed
from maturity.operations.pasted_numbers import quarters_of
from maturity.operations.resources import Resources, resources, set_days
from maturity.operations.standing import first_day_of_plan
from maturity.planning.request import QUARTERS, Capacity
from maturity.roadmap.phases import quarter_window
from maturity.ui.context import keeping_refusals
from maturity.ui.plain_text import plain
from maturity.ui.plan import PlanView, short_day, whole_days
from maturity.words.resource_sentences import PASTE

ALL = "all departments"
TURN, SEEN = "plan:means:days:turn", "plan:means:days:seen"
Place = tuple[str, str | None]


def show_days_editor(view: PlanView, found: Resources) -> None:
    """A box that opens to the person-days of one role, in one department or in all."""
    box = st.expander("Change the person-days", key="plan:means:days", on_change="rerun", icon=":material/edit:")
    if not box.open:
        _forget()
        return
    with box:
        _show_days(view, found)


def _forget() -> None:
    """Fill the inputs anew, from what is stored then."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.session_state.pop(SEEN, None)


def _show_days(view: PlanView, found: Resources) -> None:
    place = _chosen_place(view)
    chosen = _places(view, place)
    seen = st.session_state.setdefault(SEEN, found.days_version)
    days = next(each.days for each in found.days if (each.role, each.department) == chosen[0])
    own = {(each.role, each.department) for each in found.own_days}.intersection(chosen)
    with st.form(f"plan:capacity:{place}", border=True):
        where = f" in {plain(view.name(place[1]))}" if place[1] else ""
        default = "" if own else ", a default until you save"
        st.markdown(f"**{plain(view.name(place[0]))}{where}, person-days by quarter**{default}")
        st.caption(f"Now {whole_days(sum(days))} in three years, before the calendar and what partners lend.")
        # Of a column pasted into a single line some browsers drop the line ends, and with them where numbers end.
        st.text_area("Copied from a spreadsheet", key=_key(place, "pasted"), help=PASTE, height=68)
        columns = [
            *st.columns(4),
            *st.columns(4),
            *st.columns(4),
        ]  # row by row, so that a phone has them in their order
        for quarter in range(QUARTERS):
            key = _key(place, str(quarter))
            st.session_state.setdefault(key, float(days[quarter]))
            first = quarter_window(quarter + 1, first_day_of_plan(view.round))[0]
            label = f"{quarter + 1}, from {short_day(first)}"
            columns[quarter].number_input(label, value=None, step=1.0, format="%.1f", key=key)
        with st.container(horizontal=True):
            st.form_submit_button("Save these days", on_click=_save, args=(view, found, place, days, seen))
            if own:
                st.form_submit_button(
                    "Back to the default days", type="tertiary", on_click=_put, args=(view, found, place, None, seen)
                )


def _chosen_place(view: PlanView) -> Place:
    roles = {role.id: role for role in (view.catalogue.roles if view.catalogue else ())}
    left, right = st.columns(2)
    left.selectbox(
        "Person-days of", list(roles), format_func=view.name, key="plan:means:role", on_change=_forget
    )  # fmt: skip
    role = roles[st.session_state["plan:means:role"]]
    if role.scope != "department":
        return role.id, None
    places = [ALL, *view.round.names]
    right.selectbox("In", places, format_func=view.name, key="plan:means:place", on_change=_forget)
    return role.id, st.session_state["plan:means:place"]


def _key(place: Place, name: str) -> str:
    return f"plan:means:days:{st.session_state.get(TURN, 0)}:{place}:{name}"


def _places(view: PlanView, place: Place) -> list[Place]:
    return [(place[0], code) for code in view.round.names] if place[1] == ALL else [place]


def _save(view: PlanView, found: Resources, place: Place, before: tuple[float, ...], seen: int) -> None:
    """What was copied goes before the single numbers; a number that was emptied stays as it was."""
    with keeping_refusals():
        pasted = str(st.session_state.get(_key(place, "pasted")) or "").strip("\r\n ")
        typed = [st.session_state.get(_key(place, str(quarter))) for quarter in range(QUARTERS)]
        days = quarters_of(pasted) if pasted else tuple(
            old if new is None else float(new) for new, old in zip(typed, before, strict=True)
        )  # fmt: skip
        _put(view, found, place, days, seen)


def _put(view: PlanView, found: Resources, place: Place, days: tuple[float, ...] | None, seen: int) -> None:
    """Sets the days of these places, or takes them back to the default; everything else stays as it is."""
    here, chosen = view.here, _places(view, place)
    with keeping_refusals():
        now = resources(here.workspace, here.visitor, view.round)
        kept = [each for each in now.own_days if (each.role, each.department) not in chosen]
        fresh = [Capacity(role=role, department=where, days=days) for role, where in chosen] if days else []
        try:
            set_days(here.workspace, here.visitor, view.round, [*kept, *fresh], seen)
        except Changed:
            st.session_state[SEEN] = now.days_version
            raise
        _forget()
        st.session_state["plan:said"] = "Saved. It counts when a plan is made."
