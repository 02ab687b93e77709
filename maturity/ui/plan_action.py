"""One opened action: what it is, why it is in, what stands in its way, and for whoever may, how to change it."""

from __future__ import annotations

import streamlit as st

from maturity.access.permissions import may
from maturity.operations.answers import TopicNote, remarks
from maturity.roadmap.actions import Action
from maturity.ui import plan_acceptance, plan_decisions, plan_editor, plan_links, plan_undo, plan_unowned, plan_why
from maturity.ui.context import PageContext, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.navigation import link_to
from maturity.ui.plan import PlanView, fresh_view, show_said, whole_days
from maturity.ui.plan_actions import choose_action
from maturity.ui.plan_rows import closes_words, cost_words, where, why_sentences
from maturity.ui.plan_saving import kpi_words
from maturity.ui.plan_tables import about, show
from maturity.ui.risks_shown import show_risks_of
from maturity.words.messages import counted, on_day


@st.fragment
def show_opened(here: PageContext, shown: tuple[object, ...]) -> None:
    """The list to open an action from, and the opened one; read anew on each of its own runs."""
    view = fresh_view(here, shown)
    if view is None:
        return
    plan_unowned.show_unowned(view)
    st.header("One action", anchor="action")
    show_kept_refusals()
    show_said()
    action = choose_action(view)
    if action is None:
        st.caption("Open an action to read what it delivers" + (", and to change it." if view.editable else "."))
        return
    st.subheader(plain(action.title), anchor=False)
    _show_facts(view, action)
    plan_acceptance.show_acceptance(view, action)
    show_risks_of(view.here, action.code)
    plan_why.show_why(view, action)
    _show_remarks(view, action)
    if view.editable and not plan_why.waits():  # while it waits the page looks again each second: nothing to type into
        plan_editor.show_editor(view, action)
        plan_undo.show_undo(view, action)
        plan_links.show_links(view, action)
        plan_decisions.show_decisions(view, action)


def _show_facts(view: PlanView, action: Action) -> None:
    if action.summary:
        st.write(plain(action.summary))
    for why in why_sentences([action], view.names):
        st.write(plain(why))
    show(about(facts(view, action), "About this action"))
    if view.catalogue and action.catalogue_id in view.catalogue.by_id:
        link_to("library", "Its routes and estimates in the library", icon=":material/library_books:",
                open=action.catalogue_id)  # fmt: skip


def facts(view: PlanView, action: Action) -> dict[str, str]:
    """What is known about an action, by name; what is empty is left out."""
    raci = action.raci
    titles = {each.code: each.title for each in (view.saved.actions if view.saved else ())}
    found = {
        "Where": where(view, [action]),
        "When": f"{on_day(action.start)} to {on_day(action.finish)}, {_state(action)}",
        "Owner": view.name(action.owner),
        "Accountable": view.name(raci.accountable),
        "Responsible": _named(view, raci.responsible),
        "Consulted": _named(view, raci.consulted),
        "Informed": _named(view, raci.informed),
        "Delivers": action.deliverable,
        "Done when": action.done_when,
        "To be seen at": action.deliverable_link,
        "KPI": kpi_words(action.kpi) if action.kpi else "",
        "Effort": _effort(view, action),
        "Cost": cost_words([action], view.currency),
        "Brings about": "; ".join(closes_words(view, [action])),
        "Needs first": "; ".join(titles.get(code, view.name(code)) for code in action.requires),
    }
    return {name: text for name, text in found.items() if text}


def _named(view: PlanView, people: tuple[str, ...]) -> str:
    return ", ".join(view.name(each) for each in people)


def _effort(view: PlanView, action: Action) -> str:
    parts = [f"{view.name(role)} {whole_days(days)}" for role, days in action.effort.items() if days]
    return f"{whole_days(action.person_days)} person-days: {', '.join(parts)}" if parts else ""


def _state(action: Action) -> str:
    if action.done_on:
        return f"done on {on_day(action.done_on)}"
    if action.begun_on:
        return f"begun on {on_day(action.begun_on)}, {action.percent_done:g}% done"
    return "not begun"


def _show_remarks(view: PlanView, action: Action) -> None:
    """What respondents said stands in the way of the topics that the action raises, and what would help."""
    if not may(view.here.visitor, "read_department_results"):
        return
    topics = dict.fromkeys(each.topic for each in action.closes)
    if view.catalogue and action.catalogue_id in view.catalogue.by_id:
        topics |= dict.fromkeys(each.topic for each in view.catalogue.by_id[action.catalogue_id].raises)
    heard = remarks(view.here.workspace, view.here.visitor, view.round)
    notes = [(topic, note) for topic in topics for note in heard.get(topic, [])]
    if not notes:
        return
    label = f"What people said stands in the way, and would help ({counted(len(notes), 'remark')})"
    box = st.expander(label, key=f"plan:remarks:{action.id}", on_change="rerun", icon=":material/forum:")
    if box.open:
        with box:
            _list_remarks(view, notes)


def _list_remarks(view: PlanView, notes: list[tuple[str, TopicNote]]) -> None:
    for topic in dict.fromkeys(topic for topic, _ in notes):
        st.markdown(f"**{plain(view.name(topic))}**")
        said = [note for each, note in notes if each == topic]
        for words, texts in (
            ("In the way", [note.stands_in_the_way for note in said]),
            ("Would help", [note.would_help for note in said]),
        ):
            kept = list(dict.fromkeys(text for text in texts if text))
            if kept:
                st.markdown("\n".join(f"- {words}: {plain(text)}" for text in kept))
