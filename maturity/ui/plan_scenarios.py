"""Scenarios side by side: computed beside the server one after the other, shown as they come, kept by nobody.

Whoever reads the roadmap may compare; the plan of a scenario can be taken on by whoever may change the plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from maturity.operations.plan_making import Question, still_holds, whole_plan
from maturity.operations.scenarios import question_with, scenarios_document, scenarios_question
from maturity.operations.solver import Work
from maturity.planning.scenarios import Outcome, Wish, read_outcome, usual_wishes
from maturity.ui.context import PageContext, keeping_refusals, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.plan import PlanView, fresh_view, turn_to
from maturity.ui.plan_making import ASKED as PLAN_ASKED
from maturity.ui.plan_making import PREVIEW, Preview, free_name
from maturity.ui.plan_making import WORK as PLAN_WORK
from maturity.ui.plan_moves import show_moves
from maturity.ui.plan_scenario_tables import show_by_department, show_levels, show_side_by_side
from maturity.ui.working import begin, finished, forget
from maturity.words.scenario_sentences import CHANGED, NAMES, NOT_KEPT, NOT_ONE, SOME, UNDECIDED, made_for
from maturity.words.work_sentences import STOPPED

WORK, ASKED, FOUND = "plan:scenarios", "plan:scenarios:asked", "plan:scenarios:found"
SAID, TURN, TAKEN = "plan:scenarios:said", "plan:scenarios:turn", "plan:scenarios:taken"
ANYWHERE = ""
FIELDS: Mapping[str, Any] = {"person": ANYWHERE, "money": 100, "role": ANYWHERE, "days": 0, "later": None}
"""The inputs with what they say at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was computed, and the question that all of it started from; `said` where not all came."""

    question: Question
    outcomes: tuple[Outcome, ...]
    said: str = ""


@st.fragment
def show_scenarios(here: PageContext, shown: tuple[object, ...]) -> None:
    """What scenarios are, what was found, and the form that compares them."""
    view = fresh_view(here, shown)
    if view is None or view.saved is None:
        return
    if st.session_state.pop(TAKEN, False):
        st.rerun()  # another part of the page is asked for now
    st.header("Scenarios", anchor="scenarios")
    st.write(NOT_KEPT)
    show_kept_refusals()
    if _is_computing(view):
        return
    found: Found | None = st.session_state.get(FOUND)
    if found is not None and found.question.round.id != view.round.id:
        found = None  # computed for another organisation
    if found is not None and not still_holds(view.here.workspace, found.question):
        st.warning(CHANGED)
    elif found is not None:
        if found.said:
            st.warning(found.said)
        _show_found(view, found)
    _show_form(view, again=found is not None)


def _key(name: str) -> str:
    return f"plan:scenarios:{name}"


def _show_form(view: PlanView, *, again: bool) -> None:
    """The inputs say what they said before; they get new names each time, as they were away while it was computed."""
    roles = [ANYWHERE, *(role.id for role in (view.catalogue.roles if view.catalogue else ()) if role.scope == "city")]
    said: dict[str, Any] = {**FIELDS, **st.session_state.get(SAID, {})}
    keys = {name: _key(f"{name}:{st.session_state.get(TURN, 0)}") for name in FIELDS}
    place = {name: roles.index(said[name]) if said[name] in roles else 0 for name in ("person", "role")}
    with st.form("plan:scenarios:form"):
        st.subheader("Compare again" if again else "Compare", anchor=False)
        st.selectbox("One more full-time person works in this role", roles, place["person"], key=keys["person"],
                     format_func=lambda role: view.name(role) if role else "Where days are scarcest")  # fmt: skip
        st.markdown("**Your own scenario**, left out as long as nothing is changed here")
        st.number_input("Money, in % of what is left of the budgets", 0, 500, said["money"], 5, key=keys["money"])
        left, right = st.columns(2)
        left.selectbox("More or fewer days of this role", roles, place["role"], key=keys["role"],
                       format_func=lambda role: view.name(role) if role else "No role")  # fmt: skip
        right.number_input("Person-days a quarter, more or fewer", -500, 500, said["days"], 5, key=keys["days"])
        st.date_input("Nothing new starts before this day", said["later"], key=keys["later"], format="DD/MM/YYYY")
        st.form_submit_button("Compare scenarios", type="primary", on_click=_ask, args=(view, keys))


def wishes_of(said: Mapping[str, Any]) -> tuple[Wish, ...]:
    """The usual scenarios and, where something was changed, one's own."""
    own = Wish(
        key="own",
        money=(100 if said["money"] is None else said["money"]) / 100,
        role=said["role"] or None,
        days=float(said["days"] or 0) if said["role"] else 0.0,
        not_before=said["later"],
    )
    return (*usual_wishes(said["person"] or None), *([] if own == Wish(key="own", role=own.role) else [own]))


def _ask(view: PlanView, keys: Mapping[str, str]) -> None:
    said = {name: st.session_state.get(keys[name], first) for name, first in FIELDS.items()}
    with keeping_refusals():
        asked = scenarios_question(view.here.workspace, view.here.visitor, view.round)
        begin(WORK, "scenarios", scenarios_document(asked, wishes_of(said)))
        st.session_state[ASKED] = asked
        st.session_state.pop(FOUND, None)
    st.session_state[SAID], st.session_state[TURN] = said, st.session_state.get(TURN, 0) + 1


def _is_computing(view: PlanView) -> bool:
    asked: Question | None = st.session_state.get(ASKED)
    if asked is None:
        return False
    if asked.round.id != view.round.id:
        forget(WORK)
        st.session_state.pop(ASKED, None)
        return False
    work = finished(WORK, "Computing scenarios, one after the other.", partial(_draw, view))
    if work is None and WORK in st.session_state:
        return True
    st.session_state.pop(ASKED, None)
    if work is None:
        st.info(STOPPED)
        return False
    forget(WORK)
    _take(asked, work)
    return False


def _take(asked: Question, work: Work) -> None:
    """What came; where the work broke off, what there was until then."""
    came = work.result or work.stage or {"outcomes": ()}
    outcomes = tuple(read_outcome(each) for each in came["outcomes"])
    said = "" if work.state == "done" else f"{SOME if outcomes else NOT_ONE} {work.said}."
    if outcomes:
        st.session_state[FOUND] = Found(question=asked, outcomes=outcomes, said=said)
    else:
        st.error(said)


def _draw(view: PlanView, stage: Mapping[str, Any]) -> None:
    """The table as far as it has come; each stage is read once."""
    seen = st.session_state.get(_key("stage"))
    if seen is None or seen[0] is not stage:
        seen = st.session_state[_key("stage")] = (stage, [read_outcome(each) for each in stage["outcomes"]])
    st.caption(f"{len(seen[1])} of {stage['of']} are there.")
    show_side_by_side(view, seen[1])


def _show_found(view: PlanView, found: Found) -> None:
    show_side_by_side(view, found.outcomes)
    if any(each.comparison.verdict == "undecided" for each in found.outcomes):
        st.caption(UNDECIDED)
    show_levels(view, found.outcomes)
    box = st.expander("Levels by department", key=_key("departments"), on_change="rerun", icon=":material/domain:")
    if box.open:
        with box:
            show_by_department(view, found.outcomes)
    st.subheader("What each would change", anchor=False)
    for outcome in found.outcomes[1:]:
        _show_changes(view, found, outcome)


def _show_changes(view: PlanView, found: Found, outcome: Outcome) -> None:
    name = NAMES[outcome.wish.key]
    box = st.expander(name, key=_key(f"changes:{outcome.wish.key}"), on_change="rerun")
    if not box.open:
        return
    with box:
        if outcome.plan.moves:
            show_moves(view, outcome.plan, f"“{name}” against the plan as it is")
        else:
            st.write("Nothing changes in the plan.")
        if view.may_edit:
            st.button(
                f"Plan with “{name}”", key=_key(f"take:{outcome.wish.key}"), icon=":material/edit_calendar:",
                on_click=_plan_with, args=(view, found, outcome),
            )  # fmt: skip
            st.caption("Opens the plan as a preview that you can save as a version. People and money stay as they are.")


def _plan_with(view: PlanView, found: Found, outcome: Outcome) -> None:
    """In a callback: the scenario's plan becomes the preview of the next version, under its own limits."""
    name = NAMES[outcome.wish.key]
    question = question_with(found.question, outcome.wish)
    # Its moves are told against the plan as it is made today; the preview tells them against the current version.
    made = whole_plan(question, replace(outcome.plan, moves=()))
    forget(PLAN_WORK)
    st.session_state.pop(PLAN_ASKED, None)
    st.session_state[PREVIEW] = Preview(question=question, plan=made, said=made_for(name))
    st.session_state["plan:keep:name"] = free_name(view, f"Scenario {plain(name)}")
    st.session_state[TAKEN] = True
    turn_to("again")
