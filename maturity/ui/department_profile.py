"""One department on one page: its scores, what moved, strengths and gaps in words, its actions, KPIs and reply."""

from __future__ import annotations

import streamlit as st

from maturity.access.permissions import may
from maturity.assessment.scores import Place
from maturity.charts.score_frames import trend_frame
from maturity.operations.errors import Refused
from maturity.operations.kpi_readings import kpis
from maturity.ui import cached, plan_tables
from maturity.ui.context import PageContext, page_context
from maturity.ui.department_actions import show_department_actions
from maturity.ui.help import number_help, plain
from maturity.ui.navigation import link_to
from maturity.ui.pictures import show_table
from maturity.ui.plan_tables import table, text
from maturity.ui.replies import replies_to, show_reply
from maturity.ui.results import headline, show_numbers
from maturity.ui.results_choices import choose, choose_round, show_waiting
from maturity.ui.results_shown import Shown, shown_round, target_levels
from maturity.ui.results_tables import trend_table
from maturity.ui.results_views import history, show_alone, show_beside
from maturity.ui.roadmap_shown import current_plan
from maturity.words.chart_sentences import versions_note
from maturity.words.kpi_sentences import standing_in_words
from maturity.words.messages import NO_ROUND
from maturity.words.profile_sentences import NO_KPIS_HERE, NO_REPLY_HERE, NO_SCORE_HERE, strengths_and_gaps


@st.fragment
def show_department_profile() -> None:
    """The whole page below its title, of a department that the visitor may read and whose time has come."""
    here = page_context()
    show_waiting(here)
    found = [each for each in cached.shown_rounds(here) if each.framework.levels]
    with st.container(horizontal=True):
        round_ = choose_round(found, cached.latest_round(here))
        shown = shown_round(here, round_) if round_ else None
        department = _chosen(shown) if shown else None
    if shown is None or department is None:
        if not cached.waiting_rounds(here):
            st.info(NO_ROUND)
        return
    show_one(shown, department)


def _chosen(shown: Shown) -> str | None:
    """One of the departments whose result is shown to the visitor, by `?department=`."""
    codes = list(shown.scores.departments)
    if not codes:
        return None
    return choose("Department", codes, shown.name, key="department")


def show_one(shown: Shown, department: str) -> None:
    """Everything about one department in one round; no place among the others is said."""
    here = shown.here
    st.header(plain(shown.name(department)), anchor=False)
    has_result = shown.scores.of(department).score is not None
    if has_result:
        show_standing(shown, department)
        show_topics(shown, department)
        show_moved(shown, department)
    else:
        st.info(NO_SCORE_HERE)
    show_department_actions(here, department)
    show_kpis(here, department)
    if has_result:
        show_its_reply(shown, department)
        show_ways_on(shown, department)


def show_ways_on(shown: Shown, department: str) -> None:
    """To why its scores are what they are, and to where its people differ, for whoever may see that."""
    name, round_ = shown.name(department), shown.round
    with st.container(horizontal=True):
        link_to("results", "Why these scores", results_round=round_.name, results_of=name, results_view="Why")
        if may(shown.here.visitor, "read_differences", department, round_.organisation_id):
            link_to("department", "Where its people differ", results_round=round_.name, department_of=name)


def show_standing(shown: Shown, department: str) -> None:
    """Its score in one sentence, with the numbers and remarks of the results page."""
    score = shown.scores.of(department)
    st.markdown(f"**{plain(headline(shown, score))}**")
    show_numbers(shown, score)


def show_topics(shown: Shown, department: str) -> None:
    """Strengths and gaps in words, then topics beside the organisation's, where that may be seen, and the targets."""
    st.header("Strengths and gaps", anchor=False, help=number_help("gap"))
    targets = {topic: level for (code, topic), level in target_levels(shown).items() if code == department}
    scores = {
        topic: shown.scores.of(department, dimension.id, topic).score
        for topic, dimension in shown.framework.dimension_of.items()
    }
    names = {topic.id: topic.name for topic in shown.framework.topics.values()}
    for said in strengths_and_gaps(scores, targets, names):
        st.markdown(f"- {plain(said)}")
    if shown.whole:
        show_beside(shown, department)
    else:
        show_alone(shown, department)


def show_moved(shown: Shown, department: str) -> None:
    """Each topic over the rounds on the same framework, and its change since the first that asked the same."""
    st.header("Change since earlier rounds", anchor=False)
    rounds = history(shown)
    if len(rounds) < 2:
        st.caption("There is no earlier round on the same framework to compare with.")
        return
    topics = shown.framework.dimension_of
    places = {shown.framework.topics[each].name: Place(department, of.id, each) for each, of in topics.items()}
    scores = [(each.name, found) for each, found in rounds]
    frame = trend_frame(scores, places, [each.framework for each, _ in rounds])
    show_table(trend_table(frame).rename(columns={"Place": "Topic"}))
    if note := versions_note([(each.name, each.framework.version) for each, _ in rounds]):
        st.caption(f"{plain(note)}.")


def show_kpis(here: PageContext, department: str) -> None:
    """The KPIs of the department's own actions with how each stands."""
    organisation = here.organisation
    if organisation is None or not may(here.visitor, "read_roadmap", organisation=organisation.id):
        return
    shown = current_plan(here)
    if shown is None:
        return
    st.header("Its KPIs", anchor=False)
    try:
        found = kpis(here.workspace, here.visitor, shown.plan.name, organisation.name)
    except Refused as error:
        st.caption(str(error))
        return
    own = [each for each in found.standings if each.of.department == department]
    if not own:
        st.caption(NO_KPIS_HERE)
        return
    rows = [(text(each.of.name, "name"), text(each.of.title), text(standing_in_words(each))) for each in own]
    plan_tables.apply_style()
    plan_tables.show(table(("KPI", "Action", "How it stands"), rows, "KPIs of its own actions"))


def show_its_reply(shown: Shown, department: str) -> None:
    """What the head of the department says to the result."""
    st.header("Reply of its head", anchor=False)
    if department in replies_to(shown.here, shown.round):
        show_reply(shown.here, shown.round, department)
    else:
        st.caption(NO_REPLY_HERE)
