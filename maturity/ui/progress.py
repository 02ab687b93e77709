"""The progress page: how far each action is, the reports of those who may report, burn-up and workload."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from maturity.access.permissions import may
from maturity.access.roles import Visitor
from maturity.charts.plan_frames import status_words
from maturity.operations.poster import approval_of
from maturity.ui.clock import local
from maturity.ui.context import page_context, show_kept_refusals
from maturity.ui.help import number_help, plain
from maturity.ui.pictures import on_a_phone
from maturity.ui.progress_ageing import show_ageing
from maturity.ui.progress_departments import show_departments
from maturity.ui.progress_form import SAID, may_tell, show_clash, show_form
from maturity.ui.progress_milestones import show_progress_milestones
from maturity.ui.progress_pictures import show_burn_up, show_workload
from maturity.ui.progress_receipts import show_receipts
from maturity.ui.progress_reminders import show_reminders
from maturity.ui.progress_rows import FILTERS, Filter, Line, lines
from maturity.ui.roadmap import standing
from maturity.ui.roadmap_shown import ShownPlan, choose_plan
from maturity.ui.roadmap_tables import dates
from maturity.words.messages import NO_PROGRESS, counted, on_day
from maturity.words.report_sentences import report_sentence, used_sentence

FIRST = 25
ICONS = {
    "late": ":material/schedule:",
    "on_track": ":material/play_circle:",
    "not_started": ":material/circle:",
    "done": ":material/check_circle:",
}


@st.fragment
def show_progress() -> None:
    """The whole page below its title; a report reruns this much and nothing around it."""
    show_kept_refusals()
    shown = choose_plan(page_context())
    if shown is None:
        return
    st.write(plain(standing(shown)))
    st.caption(plain(approval_of(shown.plan)))
    VIEWS[_chosen_view()](shown)


def _chosen_view() -> str:
    """Eight views stand in one row on a laptop; on a phone they would be four rows, so there they are a list."""
    if on_a_phone():
        chosen = st.selectbox("View", list(VIEWS), key="progress_view", bind="query-params")
    else:
        chosen = st.segmented_control(
            "View", list(VIEWS), default="Actions", required=True, key="progress_view", bind="query-params"
        )
    return chosen if chosen in VIEWS else "Actions"


def may_report(visitor: Visitor, line: Line) -> bool:
    """Whether the visitor may say how this action goes: city-wide ones need a role for the whole organisation."""
    return may(visitor, "report_progress", line.action.department or "the whole organisation")


def show_lines(shown: ShownPlan) -> None:
    """The actions of one filter, late ones first; each opens to its form and its earlier reports."""
    if said := st.session_state.pop(SAID, None):
        st.success(said[1], icon=":material/check:")
    for line in lines(shown):  # above the list: what is stored may have moved the action to another filter
        show_clash(shown.here, line.action)
    if not shown.reports:
        st.caption(NO_PROGRESS)
    every = _chosen_scope(shown, lines(shown))
    counts = {each: sum(line.fits(each) for line in every) for each in FILTERS}
    usual: Filter = next((each for each in FILTERS if counts[each]), "all")
    wanted = st.segmented_control(
        "Status", list(FILTERS), default=usual, required=True, key="progress_status",
        format_func=lambda each: f"{FILTERS[each]} ({counts[each]})", help=number_help("late"),
    )  # fmt: skip
    found = [line for line in every if line.fits(wanted or usual)]
    if not found:
        st.write("No action here.")
    more = "progress_more"
    room = len(found) if st.session_state.get(more) else FIRST
    for line in found[:room]:
        _show_line(shown, line)
    if len(found) > room:
        st.button(f"Show {len(found) - room} more", on_click=lambda: st.session_state.update({more: True}))


def _chosen_scope(shown: ShownPlan, every: tuple[Line, ...]) -> list[Line]:
    """For a head of department first the own actions; whoever may report on all, or on none, sees all."""
    mine = [line for line in every if may_report(shown.here.visitor, line)]
    if len(mine) in (0, len(every)):
        if not mine and may(shown.here.visitor, "report_progress"):
            st.write("Your department has no action of its own in this plan.")
        return list(every)
    names = {"mine": f"Yours to report on ({len(mine)})", "all": f"Everybody's ({len(every)})"}
    chosen = st.segmented_control(
        "Whose", list(names), default="mine", required=True, format_func=lambda each: names[each], key="progress_whose"
    )
    return list(every) if chosen == "all" else mine


def _show_line(shown: ShownPlan, line: Line) -> None:
    action = line.action
    place = f", {plain(shown.place(action))}" if action.department else ""
    label = f"**{plain(action.title)}**{place}: {action.percent_done:.0f}%, {status_words(line.status)}"
    # A box with other words on it is another, closed one: while it is open it keeps those that it was opened under.
    name, state = f"line-{action.id}", st.session_state
    words, icon = state.get(f"{name}-opened", (label, ICONS[line.status.code]))
    box = st.expander(words, icon=icon, key=name, on_change="rerun")
    if not box.open:
        state.pop(f"{name}-opened", None)
        return
    state.setdefault(f"{name}-opened", (words, icon))
    with box:
        st.markdown("  \n".join(_facts(shown, line)))
        if may_tell(shown.here, action):
            show_form(shown.here, action, line.reports)
        _show_reports(line)


def _facts(shown: ShownPlan, line: Line) -> list[str]:
    action, approved = line.action, shown.plan.baseline.get(line.action.code)
    said = [f"Owner: {plain(shown.owner(action))}. Planned {dates(action.start, action.finish)}."]
    if approved and approved != (action.start, action.finish):
        said.append(f"Approved was {dates(*approved)}.")
    if action.code in shown.critical:
        said.append("On the critical path: the end of the plan hangs on it.")
    if used := used_sentence(action.days_used, action.person_days, action.cost_used, action.cost, ""):
        said.append(used)
    if action.expected_on and action.expected_on != action.finish:
        said.append(f"Its owner expects the finish on {on_day(action.expected_on)}.")
    if action.done_when:
        said.append(f"Done when: {plain(action.done_when)}")
    if line.silent is not None:
        said.append(f"No report for {counted(line.silent, 'day')}." if line.silent else "Reported on today.")
    return said


def _show_reports(line: Line) -> None:
    if not line.reports:
        st.caption("No report on this action yet.")
        return
    st.markdown(f"**{counted(len(line.reports), 'report')} so far, the newest first**")
    rows = []
    for each in reversed(line.reports):
        day = on_day(local(each.made_at).date())
        rows.append(f"- {day}, {plain(each.made_by)}: {report_sentence(each, plain)}")
    st.markdown("\n".join(rows))


VIEWS: Mapping[str, Callable[[ShownPlan], None]] = {
    "Actions": show_lines,
    "Done against plan": show_burn_up,
    "Milestones": show_progress_milestones,
    "Workload": show_workload,
    "Ageing": show_ageing,
    "By department": show_departments,
    "Receipts": show_receipts,
    "Reminders": show_reminders,
}
