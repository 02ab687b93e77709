"""What is done or running already: asked before the first plan, so that nothing of it is proposed again."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from maturity.operations.choices import Already, already, mark_already
from maturity.operations.standing import already_done
from maturity.planning.catalogue import CatalogueAction
from maturity.ui.context import PageContext, keeping_refusals, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.plan import PlanView, plan_view, show_said
from maturity.ui.plan_tables import show, table, text
from maturity.words.decision_sentences import gone_action
from maturity.words.messages import counted

State = Literal["done", "running"]
NOT, DIFFERS = "not", "differs"
STATES = {NOT: "Not yet", "running": "Running", "done": "Done"}
BY_DEPARTMENT = {**STATES, DIFFERS: "Differs by department"}
NO_SCORE = (
    "What is marked here is not proposed by a new plan. "
    "Marking raises no score: scores come only from the answers of a round."
)


@st.fragment
def show_already(here: PageContext) -> None:
    """The actions of the catalogue by topic, each with its state; saved as one goes."""
    view = plan_view(here)
    show_kept_refusals()
    show_said()
    if view is None or view.catalogue is None:
        st.write("No action catalogue fits this framework, so there is nothing to mark.")
        return
    st.header("Done or running already", anchor="already")
    st.write(NO_SCORE)
    marks = {each.code: each for each in already(here.workspace, here.visitor, view.round)}
    _show_gone(view, marks)
    _show_marked(view, marks)
    topics = _by_topic(view)
    st.selectbox("Topic", list(topics), format_func=view.name, key="plan:already:topic", width=420)
    chosen = st.session_state["plan:already:topic"]
    st.caption(f"{counted(len(topics[chosen]), 'action')} of the catalogue. Each choice is saved at once.")
    for action in topics[chosen]:
        _show_action(view, action, marks)


def _by_topic(view: PlanView) -> dict[str, list[CatalogueAction]]:
    """The catalogue's actions under the first topic that each raises, topics in the framework's order."""
    found: dict[str, list[CatalogueAction]] = {topic: [] for topic in view.round.framework.topics}
    for action in view.catalogue.actions if view.catalogue else ():
        if action.raises:  # else it raises only topics that the round does not ask about
            found.setdefault(action.raises[0].topic, []).append(action)
    return {topic: actions for topic, actions in found.items() if actions}


def _show_gone(view: PlanView, marks: dict[str, Already]) -> None:
    """Marks on what the catalogue or the round does not have any more: they can only be taken off."""
    known = view.catalogue.by_id if view.catalogue else {}
    for code, mark in marks.items():
        action, _, department = code.partition("/")
        if action in known and (not department or department in view.round.names):
            continue
        st.warning(f"{plain(gone_action(code, view.names))}, is marked as {STATES[mark.state].lower()}.")
        st.button(
            "Take the mark off", key=f"plan:already:gone:{code}", icon=":material/undo:", on_click=_take_off,
            args=(view, code, marks),
        )  # fmt: skip


def _take_off(view: PlanView, code: str, marks: dict[str, Already]) -> None:
    with keeping_refusals():
        _keep(view, code, None, marks)
        st.session_state["plan:said"] = "The mark is taken off."


def _show_marked(view: PlanView, marks: dict[str, Already]) -> None:
    by_itself = [code for code in already_done(view.here.workspace, view.round) if code not in marks]
    for code in by_itself:
        st.info(f"“{plain(view.name(code))}” counts as done: the closed round {plain(view.round.name)} did it.")
    count = len({code.partition("/")[0] for code in marks})
    if not count:
        st.caption("Nothing is marked yet.")
        return
    box = st.expander(f"{counted(count, 'action')} marked so far", key="plan:already:marked", on_change="rerun")
    if box.open:
        with box:
            show(_marked_table(view, marks))


def _marked_table(view: PlanView, marks: dict[str, Already]) -> str:
    rows = []
    for action in view.catalogue.actions if view.catalogue else ():
        for state in ("done", "running"):
            made = [each for each in marks.values() if each.code.partition("/")[0] == action.id and each.state == state]
            if made:
                copies = sum("/" in each.code for each in made)
                who = f" in {counted(copies, 'department')}" if copies else ""
                notes = dict.fromkeys(each.note for each in made if each.note)
                note = next(iter(notes)) if len(notes) == 1 else ""
                rows.append((text(action.title, "name"), text(f"{STATES[state]}{who}"), text(note or "–")))
    return table(("Action", "State", "Note"), rows, "Actions that are done or running")


def _show_action(view: PlanView, action: CatalogueAction, marks: dict[str, Already]) -> None:
    now = _state_now(action, marks)
    name = f"plan:already:{action.id}"
    st.session_state[name] = (st.session_state.get(f"{name}:differs") and DIFFERS) or now
    states = BY_DEPARTMENT if action.scope == "department" else STATES
    st.radio(
        plain(action.title), list(states), format_func=states.__getitem__, key=name, horizontal=True,
        on_change=_mark, args=(view, action, marks), help=plain(action.summary),
    )  # fmt: skip
    if st.session_state[name] == DIFFERS:
        _show_departments(view, action, marks)


def _state_now(action: CatalogueAction, marks: dict[str, Already]) -> str:
    if any(code.startswith(f"{action.id}/") for code in marks):
        return DIFFERS
    return marks[action.id].state if action.id in marks else NOT


def _show_departments(view: PlanView, action: CatalogueAction, marks: dict[str, Already]) -> None:
    names = view.round.names
    everywhere = marks[action.id].state if action.id in marks else None
    for state in ("done", "running"):
        name = f"plan:already:{action.id}:{state}"
        st.session_state[name] = [
            code for code in names
            if (marks[f"{action.id}/{code}"].state if f"{action.id}/{code}" in marks else everywhere) == state
        ]  # fmt: skip
        st.multiselect(
            f"{STATES[state]} in", list(names), format_func=names.__getitem__, key=name,
            on_change=_mark_departments, args=(view, action, marks, state),
        )  # fmt: skip


def _mark(view: PlanView, action: CatalogueAction, marks: dict[str, Already]) -> None:
    """One state for the whole organisation: the marks of single departments go."""
    chosen = st.session_state[f"plan:already:{action.id}"]
    differs = f"plan:already:{action.id}:differs"
    st.session_state[differs] = chosen == DIFFERS
    if chosen == DIFFERS:
        return
    with keeping_refusals():
        for code in [code for code in marks if code.startswith(f"{action.id}/")]:
            _keep(view, code, None, marks)
        _keep(view, action.id, None if chosen == NOT else chosen, marks)
        st.session_state["plan:said"] = f"Saved: “{plain(action.title)}” is {STATES[chosen].lower()}."


def _mark_departments(view: PlanView, action: CatalogueAction, marks: dict[str, Already], state: State) -> None:
    """The departments that are chosen get the state, those taken away lose it; a mark for all is spread out first."""
    chosen = set(st.session_state[f"plan:already:{action.id}:{state}"])
    everywhere = marks[action.id].state if action.id in marks else None
    with keeping_refusals():
        for department in view.round.names:
            code = f"{action.id}/{department}"
            now = marks[code].state if code in marks else everywhere
            wanted = state if department in chosen else None if now == state else now
            if wanted != (marks[code].state if code in marks else None):
                _keep(view, code, wanted, marks)
        if everywhere:
            _keep(view, action.id, None, marks)
        st.session_state["plan:said"] = (
            f"Saved: “{plain(action.title)}” is {STATES[state].lower()} in {counted(len(chosen), 'department')}."
        )


def _keep(view: PlanView, code: str, state: State | None, marks: dict[str, Already]) -> None:
    note = marks[code].note if code in marks and state else ""
    mark_already(view.here.workspace, view.here.visitor, view.round, code, state, note)
