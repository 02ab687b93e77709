"""The page of an action's owner, made for a phone: what is asked of me first, then my actions, each a card."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Any

import streamlit as st

from maturity.operations.changes import plan_scope
from maturity.operations.own_work import Beside, OwnAction, OwnWork, my_actions
from maturity.ui.clock import local, today
from maturity.ui.context import PageContext, page_context, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.my_actions_answer import show_accepting, show_otherwise, stand_words
from maturity.ui.my_actions_kpi import show_own_kpi
from maturity.ui.navigation import link_to
from maturity.ui.progress_form import SAID, close_form, show_clash, show_form
from maturity.ui.progress_reminders import show_own_calendar
from maturity.ui.roadmap_tables import dates
from maturity.words import report_sentences as words
from maturity.words.messages import counted, on_day

MINUTE = 60
WIDTH = 720
"""Of the cards in pixels: a phone's, and what can be read well on a laptop."""
COLOURS = {"late": "red", "on_track": "blue", "not_started": "gray", "done": "green"}
ICONS = {"late": "schedule", "on_track": "play_circle", "not_started": "circle", "done": "check_circle"}


@st.fragment
def show_my_actions() -> None:
    """The whole page below its title; each tap reruns this much and nothing around it."""
    show_kept_refusals()
    here = page_context()
    work = own_work(here)
    if not work.actions:
        st.info(words.NOTHING_OWNED if work.plan else words.NO_PLAN_YET, icon=":material/inbox:")
        link_to("help", "How Waymark works", icon=":material/help:")
        return
    st.markdown(f"**{words.asked_of_you(len(work.to_answer), len(work.to_report))}**")
    said = st.session_state.pop(SAID, None)
    if said and not any(each.action.id == said[0] for each in work.actions):
        st.success(said[1], icon=":material/check:")
    with st.container(width=WIDTH):
        for heading, some in _parts(work).items():
            if some:
                st.header(heading, anchor=False)
            for each in some:
                _show_card(here, work, each, said[1] if said and said[0] == each.action.id else "")
        show_own_calendar()


def own_work(here: PageContext) -> OwnWork:
    """The visitor's own actions, read once per revision of the plans and of everything else that names hang on."""
    mine, ws = here.organisation, here.workspace
    if mine is None:
        return OwnWork(plan=None, today=today(here), actions=(), names={})
    scope = plan_scope(mine.id)
    key = (ws.url, str(mine.id), ws.revision(scope), ws.revision(), today(here), repr(here.visitor))
    return _own_work(key, here)


@st.cache_resource(ttl=MINUTE, max_entries=256, show_spinner=False)
def _own_work(key: Hashable, _here: PageContext) -> OwnWork:
    return my_actions(_here.workspace, _here.visitor, _here.organisation.name if _here.organisation else None)


def _parts(work: OwnWork) -> dict[str, list[OwnAction]]:
    """Each action once: what waits for an answer, what a report is due on, the others."""
    due = [each for each in work.to_report if not each.to_answer]
    rest = [each for each in work.actions if not each.to_answer and each not in due]
    others = "My other actions" if len(rest) < len(work.actions) else "All my actions"
    return {"Please answer": list(work.to_answer), "Please report": due, others: rest}


def _show_card(here: PageContext, work: OwnWork, own: OwnAction, said: str) -> None:
    action = own.action
    with st.container(border=True, key=f"own-{action.id}"):
        st.subheader(plain(action.title), anchor=False)
        _show_state(own)
        if said:
            st.success(said, icon=":material/check:")
        if facts := [*_facts(work, own), *([stand] if (stand := stand_words(own)) else [])]:
            st.write(" ".join(facts))
        show_clash(here, action)
        show_accepting(here, own)
        if not own.to_answer or action.begun_on:
            _show_reporting(here, work, own)
        show_own_kpi(here, own)
        _show_more(work, own)
        show_otherwise(here, own)


def _show_state(own: OwnAction) -> None:
    how, action = own.status, own.action
    words_ = words.status_words(how.code, how.days_late)
    st.markdown(
        f":{COLOURS[how.code]}-badge[:material/{ICONS[how.code]}: {words_}] "
        f"{action.percent_done:.0f}%, {plain(dates(action.start, action.finish))}"
    )


def _facts(work: OwnWork, own: OwnAction) -> list[str]:
    action, told = own.action, own.reports[-1].made_at if own.reports else None
    said = []
    if own.approved != (action.start, action.finish):
        said.append(f"Approved was {plain(dates(*own.approved))}.")
    if action.expected_on and action.expected_on != action.finish:
        said.append(f"You expect the finish on {on_day(action.expected_on)}.")
    if age := words.age_sentence(own.age.days, own.age.due_on, own.age.overdue, told is not None):
        said.append(age)
    used = words.used_sentence(action.days_used, action.person_days, action.cost_used, action.cost, work.currency)
    return [*said, used] if used else said


def _show_reporting(here: PageContext, work: OwnWork, own: OwnAction) -> None:
    """A button that opens the fields. They stay open until the report is saved, or they are closed."""
    action, key = own.action, f"reporting-{own.action.id}"
    if not st.session_state.get(key):
        st.button(
            "Report", key=f"report-{action.id}", on_click=_open, args=(key,), icon=":material/edit_note:",
            type="primary" if own.age.overdue else "secondary", width="stretch",
        )  # fmt: skip
        return
    show_form(here, action, own.reports, work.currency)
    st.button("Close without saving", key=f"close-{action.id}", on_click=_close, args=(action.id,), type="tertiary")


def _open(key: str) -> None:
    st.session_state[key] = True


def _close(action_id: str) -> None:
    st.session_state.pop(f"reporting-{action_id}", None)
    close_form(action_id)


def _show_more(work: OwnWork, own: OwnAction) -> None:
    """What it is, who waits for whom, and what was reported, in a box that opens."""
    box = st.expander("What it is, and who waits", key=f"more-{own.action.id}", on_change="rerun")
    if not box.open:
        return
    with box:
        st.markdown("  \n".join(_description(work, own)))
        _show_beside("It waits for", own.waits_for)
        _show_beside("These wait for it", own.awaited_by)
        if own.reports:
            st.markdown(f"**{counted(len(own.reports), 'report')} so far, the newest first**")
            st.markdown("\n".join(_told(each, work.currency) for each in reversed(own.reports)))


def _description(work: OwnWork, own: OwnAction) -> list[str]:
    action = own.action
    where = work.names.get(action.department, action.department) if action.department else "City-wide"
    facts: list[tuple[str, Any]] = [
        ("What", action.summary),
        ("Where", where),
        ("Deliverable", action.deliverable),
        ("It can be seen at", action.deliverable_link),
        ("Done when", action.done_when),
        ("Measured by", action.kpi.name if action.kpi else ""),
        ("Effort", ", ".join(f"{work.names.get(role, role)} {days:,.10g}" for role, days in action.effort.items())),
    ]
    return [f"**{name}:** {plain(str(said))}" for name, said in facts if said]


def _show_beside(heading: str, others: tuple[Beside, ...]) -> None:
    if others:
        rows = [words.beside_sentence(o.title, o.status.code, o.status.days_late, o.ends) for o in others]
        st.markdown("\n".join([f"**{heading}**\n", *(f"- {plain(each)}" for each in rows)]))


def _told(report: Any, currency: str) -> str:
    day: date = local(report.made_at).date()
    return f"- {on_day(day)}, {plain(report.made_by)}: {words.report_sentence(report, plain, currency)}"
