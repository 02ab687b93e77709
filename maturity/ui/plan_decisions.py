"""What is decided about an action for the next plan, and taking it out of this one."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from maturity.operations import plans as operations
from maturity.operations.standing import first_day_of_plan
from maturity.planning.request import HORIZON_WEEKS, Decision, DecisionKind
from maturity.roadmap.actions import Action
from maturity.roadmap.replan import goes_on
from maturity.ui.context import keeping_refusals
from maturity.ui.help import plain
from maturity.ui.plan import PlanView
from maturity.words.messages import ask_delete, on_day

KINDS: dict[str, str] = {
    "rejected": "Rejected",
    "pinned": "Pinned to a start",
    "locked": "Locked where the plan has it",
    "must": "Wanted in any case",
    "not_before": "Not to start before",
    "not_after": "Not to start after",
}
CHOICES: dict[DecisionKind, str] = {
    "pinned": "Pin it to a start",
    "must": "Keep it in any case",
    "rejected": "Reject it",
}


def show_decisions(view: PlanView, action: Action) -> None:
    """Pin, want or reject it for the next plan; take it out of this one."""
    box = st.expander(
        "Decide for the next plan, or take it out", key=f"plan:decide:{action.id}", on_change="rerun",
        icon=":material/gavel:",
    )  # fmt: skip
    if not box.open:
        return
    with box:
        if goes_on(action):
            st.write("It has begun, or people added it: every new plan keeps it as it is.")
        elif action.catalogue_id:
            _show_deciding(view, action)
        _show_removal(view, action)


def decisions_by_code(view: PlanView) -> dict[str, Decision]:
    """What is decided for the next plan, by action code."""
    return {each.code: each for each in operations.decisions(view.here.workspace, view.here.visitor, view.round)}


def _show_deciding(view: PlanView, action: Action) -> None:
    st.caption(f"A decision counts when you plan again, from the round {plain(view.round.name)}.")
    made = decisions_by_code(view).get(action.code)
    if made:
        show_decision(view, made)
    name = f"plan:{action.id}:decide"
    st.segmented_control("Decision", list(CHOICES), format_func=CHOICES.__getitem__, key=name)
    kind = st.session_state.get(name)
    if kind is None:
        return
    with st.form(f"plan:decision:{action.id}:{kind}", border=False):
        if kind == "pinned":
            first = first_day_of_plan(view.round)
            last = first + timedelta(weeks=HORIZON_WEEKS, days=-1)
            st.session_state.setdefault(f"{name}:start", min(max(action.start, first), last))
            st.date_input("It starts on", min_value=first, max_value=last, key=f"{name}:start", format="DD/MM/YYYY")
        st.text_input("Reason", key=f"{name}:reason", max_chars=500)
        st.form_submit_button("Keep this decision", on_click=_decide, args=(view, action, kind, name))


def show_decision(view: PlanView, made: Decision) -> None:
    """A decision with who and why, and a button that takes it back."""
    when = f" on {on_day(made.start)}" if made.start else ""
    title = view.name(made.code.partition("/")[0])
    st.markdown(f"**{KINDS[made.kind]}{when}**: {plain(title)}. {plain(made.reason)} ({plain(made.by)})")
    st.button(
        "Take the decision back", key=f"plan:undo:{made.code}", icon=":material/undo:", type="tertiary",
        on_click=_take_back, args=(view, made.code),
    )  # fmt: skip


def _decide(view: PlanView, action: Action, kind: DecisionKind, name: str) -> None:
    reason = str(st.session_state.get(f"{name}:reason") or "")
    ws, visitor, round_ = view.here.workspace, view.here.visitor, view.round
    with keeping_refusals():
        start = st.session_state[f"{name}:start"] if kind == "pinned" else None
        operations.decide_action(ws, visitor, round_, action.code, kind, reason, start)
        st.session_state[name] = None
        st.session_state["plan:said"] = f"{KINDS[kind]}. It counts when you plan again."


def _take_back(view: PlanView, code: str) -> None:
    with keeping_refusals():
        operations.clear_decision(view.here.workspace, view.here.visitor, view.round, code)
        st.session_state["plan:said"] = "The decision is taken back; the planner chooses again."


def _show_removal(view: PlanView, action: Action) -> None:
    dependants = sum(action.code in each.requires for each in (view.saved.actions if view.saved else ()))
    st.markdown("**Take it out of this plan**")
    st.write(f"{plain(ask_delete(action.title, dependants))} A new plan may propose it again, unless it is rejected.")
    with st.form(f"plan:remove:{action.id}", border=False):
        name = f"plan:{action.id}:remove"
        st.text_input("Why it is taken out", key=name, max_chars=500)
        st.form_submit_button("Take it out", on_click=_remove, args=(view, action, name))


def _remove(view: PlanView, action: Action, name: str) -> None:
    with keeping_refusals():
        reason = str(st.session_state.get(name) or "")
        operations.remove_action(view.here.workspace, view.here.visitor, action.id, action.row_version, reason)
        st.query_params.pop("action", None)
        st.session_state["plan:said"] = f"“{plain(action.title)}” is taken out of the plan."
