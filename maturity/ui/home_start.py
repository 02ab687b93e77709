"""The first run: look at the demo city, or set up an organisation of one's own."""

from __future__ import annotations

import threading
from datetime import date
from typing import Literal

import streamlit as st

from maturity.access.permissions import may
from maturity.framework.model import Framework
from maturity.operations.demo import build_demo, holds_demo
from maturity.operations.frameworks import shipped_frameworks
from maturity.operations.rounds import create_round, open_round
from maturity.operations.setup import create_organisation, departments_from_lines
from maturity.operations.workspace import Workspace, demo_url, open_workspace
from maturity.ui import navigation
from maturity.ui.clock import today
from maturity.ui.context import REFUSALS, PageContext, sentence, use_demo
from maturity.ui.help import help_link, plain
from maturity.ui.organisation_zone import take_the_readers
from maturity.words.messages import NO_ROUND, counted, how_long

PLACEHOLDER = "Housing; 240\nParks and open spaces; 120\nFinance; 60"
_building = threading.Lock()


def show_first_run(here: PageContext) -> None:
    """The two choices of an empty store; whoever may not set anything up learns who does."""
    st.write("Waymark turns a questionnaire about data into scores, gaps, a phased plan and a roadmap.")
    if not may(here.visitor, "administer"):
        st.info("Nothing is set up here yet. The Chief Data Officer sets it up; come back when a round is open.")
        return
    demo, own = st.columns(2, border=True)
    with demo:
        st.header("Look around first", anchor=False)
        st.write("Port Ellery is a made-up city with 12 departments, 2 rounds and a plan half a year under way.")
        if st.button("Explore the demo city", type="primary", icon=":material/science:"):
            open_demo(here)
    with own:
        st.header("Begin with your own", anchor=False)
        st.write(
            "A name, your departments and a questionnaire: it takes about 3 minutes, and all of it can be changed."
        )
        if st.button("Set up your own organisation", icon=":material/apartment:"):
            st.session_state["_setting_up"] = True
    if st.session_state.get("_setting_up"):
        set_up(here)
    help_link(label="Words and numbers explained")


def show_no_round(here: PageContext) -> None:
    """An organisation without an opened round: start one, or look at the demo city."""
    if not may(here.visitor, "manage_rounds"):
        st.info("No assessment is open yet. You will hear when one is.")
        return
    st.info(NO_ROUND)
    with st.container(horizontal=True, vertical_alignment="center"):
        navigation.link_to("rounds", "Start or open a round")
        if not here.demo and may(here.visitor, "administer") and st.button("Open the demo city", type="tertiary"):
            open_demo(here)


def open_demo(here: PageContext) -> None:
    """Turn this visit to the demo city, built first where it is not there yet; then start the page anew."""
    workspace = open_workspace(demo_url())
    if not holds_demo(workspace):
        build_city(workspace, today(here))
    use_demo()
    st.rerun()


def build_city(workspace: Workspace, day: date, *, reset: bool = False) -> None:
    """Build the demo city, or build it anew, with a line that says how far it is."""
    bar = st.progress(0.0, text="Building Port Ellery…")

    def tell(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), text=f"Building Port Ellery: {done:,} of {total:,} answers")

    with _building:  # a second visitor waits here, and then finds the city built
        build_demo(workspace, "city", day, reset=reset, on_progress=tell)
    bar.empty()


@st.fragment
def set_up(here: PageContext) -> None:
    """Organisation, departments and first round, on one page."""
    st.header("Your organisation", anchor=False)
    name = st.text_input("Name of the organisation", key="own_name", max_chars=200)
    lines = st.text_area(
        "Departments, one a line; the number of staff may follow after a semicolon",
        key="own_departments",
        placeholder=PLACEHOLDER,
        height=180,
    )
    frameworks = {each.id: each for each in shipped_frameworks()}
    code = st.selectbox(
        "Questionnaire", list(frameworks), key="own_framework", format_func=lambda each: frameworks[each].name
    )
    track = choose_track(frameworks[code], key="own_track")
    round_name = st.text_input("Name of the first round", value="First round", key="own_round", max_chars=120)
    if st.button("Set up and open the round", type="primary"):
        _set_up(here, name, lines, code, track, round_name)


def choose_track(framework: Framework, key: str) -> Literal["full", "short"]:
    """Full or short, with how many questions and minutes each takes; only full where no question is marked short."""
    every = len(framework.questions)
    short = sum(question.short_track for question in framework.questions.values())
    words = {"full": f"Full: {counted(every, 'question')}, {how_long(every)}"}
    if short:
        words["short"] = f"Short: {counted(short, 'question')}, {how_long(short)}"
    if st.session_state.get(key, "full") not in words:
        st.session_state[key] = "full"
    chosen = st.radio("How much to ask", list(words), key=key, format_func=words.__getitem__)
    return "short" if chosen == "short" else "full"


def _set_up(
    here: PageContext, name: str, lines: str, code: str, track: Literal["full", "short"], round_name: str
) -> None:
    try:
        departments = departments_from_lines(lines)
        if not departments:
            st.error("Enter at least one department, such as “Housing; 240”.")
            return
        if not round_name.strip():
            st.error("Enter a name for the first round, such as “Spring 2027”.")
            return
        made_name = create_organisation(here.workspace, here.visitor, name, departments).name
        take_the_readers(here, made_name)
        made = create_round(
            here.workspace,
            here.visitor,
            round_name,
            code,
            track=track,
            opens_on=today(here),
        )
        open_round(here.workspace, here.visitor, made)
    except REFUSALS as error:
        st.error(sentence(error), icon=":material/block:")
        return
    st.session_state.pop("_setting_up", None)
    st.toast(f"{plain(name)} is set up, and {plain(round_name)} is open.")
    st.rerun()
