"""What would have to change for a step that the plan leaves out."""

from __future__ import annotations

import streamlit as st

from maturity.planning.plan import NotPlanned
from maturity.ui import plan_asked
from maturity.ui.context import PageContext
from maturity.ui.plan import PlanView, fresh_view
from maturity.ui.plan_tables import about, show
from maturity.words.entering_sentences import NO_WAY, way_facts
from maturity.words.messages import counted
from maturity.words.why_sentences import NOT_THE_SAME

KEY = "plan:enter"
OUT_OF_REACH = {"running", "no_catalogue", "no_levels", "coverage_too_low", "not_answered"}
"""Reasons of steps that come anyway, or that no plan could take up."""


@st.fragment
def show_entering(here: PageContext, shown: tuple[object, ...]) -> None:
    """Choose a step that stays out; what would have to change is worked out then."""
    view = fresh_view(here, shown)
    if view is None or view.saved is None:
        return
    steps = [each for each in view.saved.body.not_planned if each.reason.code not in OUT_OF_REACH]
    if not steps:
        return
    st.header("What would have to change", anchor="enter")
    chosen = _choose(view, steps)
    if chosen is None:
        st.caption("Choose a step to read what is missing for it, or which decision stands in its way.")
        return
    place = [chosen.department, chosen.topic, chosen.to_level]
    told = plan_asked.answer(view, KEY, {"step": place}, "Working out what it would take.")
    if told is None:
        return
    if not plan_asked.fits(told):
        st.info(NOT_THE_SAME.partition(" What was noted")[0])
        return
    ways = [each for each in told["ways"] if not each["stuck"] and not each["weeks_over"]] or told["ways"]
    if not ways:
        st.write(NO_WAY)
    for number, way in enumerate(ways, start=1):
        if len(ways) > 1:
            st.markdown(f"**Way {number} of {len(ways)}**")
        facts = way_facts(way, view.names, view.saved.body.value, view.currency)
        show(about(facts, f"Way {number}: what would have to change"))


def _choose(view: PlanView, steps: list[NotPlanned]) -> NotPlanned | None:
    by_step: dict[tuple[str, int], list[NotPlanned]] = {}
    for each in steps:
        by_step.setdefault((each.topic, each.to_level or 0), []).append(each)
    keys = list(by_step)
    step = st.selectbox(
        "A step that is not planned",
        range(len(keys)),
        index=None,
        format_func=lambda n: _label(view, keys[n], by_step[keys[n]]),
        key="plan:enter:step",
        placeholder="Choose a topic and level",
    )
    if step is None or step >= len(keys):
        return None
    places = by_step[keys[step]]
    if len(places) == 1:
        return places[0]
    where = st.selectbox(
        "In which department",
        range(len(places)),
        format_func=lambda n: view.name(places[n].department),
        key=f"plan:enter:where:{keys[step][0]}:{keys[step][1]}",
    )
    return places[where] if where < len(places) else places[0]


def _label(view: PlanView, step: tuple[str, int], places: list[NotPlanned]) -> str:
    where = view.name(places[0].department) if len(places) == 1 else counted(len(places), "department")
    return f"{view.name(step[0])}, level {step[1] - 1} to {step[1]} ({where})"
