"""The list of a round's workshops, and the form that plans another one."""

from __future__ import annotations

import streamlit as st

from maturity.assessment.workshop import Workshop
from maturity.operations.rounds import Round
from maturity.operations.workshop_lines import votable
from maturity.operations.workshops import agenda, workshops
from maturity.ui import cached, navigation
from maturity.ui.clock import local
from maturity.ui.context import PageContext, page_context, show_kept_refusals
from maturity.ui.plain_text import plain
from maturity.ui.results_choices import choose
from maturity.ui.workshop_planning import PLANNED, may_be_about, plan_what_was_taken, show_planning
from maturity.words import workshop_planning as words


@st.fragment
def show_list() -> None:
    """A round, its workshops (the newest first), and a form for one more."""
    here = page_context()
    plan_what_was_taken(here)
    planned = st.session_state.get(PLANNED)
    if planned:
        navigation.go_to("workshop", workshop=planned)
    show_kept_refusals()
    found = [each for each in cached.every_round(here) if each.status != "draft"]
    if not found:
        st.info(words.NO_ROUND)
        return
    round_ = _choose_round(here, found)
    held = workshops(here.workspace, here.visitor, round_)
    if _can_be_planned(here, round_):
        box = st.expander("Plan a workshop", icon=":material/add:", expanded=not held, key=f"planning-{round_.id}")
        with box:
            show_planning(here, round_)
    if not held:
        st.write(words.NO_WORKSHOP if round_.status != "signed_off" else words.NONE_WAS_HELD)
    for each in held:
        _show_one(here, round_, each)


def forget_planned() -> None:
    """The workshop that was planned on this page is looked at now: the list need not lead to it any more."""
    st.session_state.pop(PLANNED, None)


def _choose_round(here: PageContext, found: list[Round]) -> Round:
    latest = cached.latest_round(here)
    names = [each.name for each in reversed(found)]
    names.sort(key=lambda name: not (latest and name == latest.name))
    name = choose("Round", names, str, key="workshop_round")
    return next(each for each in found if each.name == name)


def _can_be_planned(here: PageContext, round_: Round) -> bool:
    """Whether the form makes sense here; else the one sentence that says why not."""
    refused = ""
    if round_.status == "signed_off":
        refused = words.SIGNED_OFF
    elif not votable(round_.framework, short_track=round_.track == "short"):
        refused = words.NO_LEVELS
    elif not may_be_about(here, round_):
        refused = words.NOBODY
    if refused:
        st.info(refused.format(name=plain(round_.name)))
    return not refused


def _show_one(here: PageContext, round_: Round, workshop: Workshop) -> None:
    asked = [each for each in agenda(here.workspace, here.visitor, workshop) if not each.warms_up]
    settled = sum(each.phase == "settled" for each in asked)
    day = {"open": workshop.opened_at, "ended": workshop.ended_at}.get(workshop.status) or workshop.made_at
    with st.container(border=True):
        icon = {"planned": ":material/event:", "open": ":material/sensors:", "ended": ":material/task_alt:"}
        navigation.link_to("workshop", plain(workshop.name), icon=icon[workshop.status], workshop=str(workshop.id))
        parts = [
            f"**{words.when(workshop.status, local(day).date())}**",
            plain(about(round_, workshop)),
            words.settled_of(settled, len(asked)),
        ]
        st.markdown(" · ".join(parts))


def about(round_: Round, workshop: Workshop) -> str:
    """What a workshop is about: the name of its department, or the whole organisation."""
    if workshop.department is None:
        return words.WHOLE_ORGANISATION
    return round_.names.get(workshop.department, workshop.department)
