"""What is decided about an action for the next plan, and taking it out of this one."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from maturity.operations import choices
from maturity.operations.actions import remove_action
from maturity.operations.standing import first_day_of_plan
from maturity.planning.request import HORIZON_WEEKS, Decision, DecisionKind
from maturity.roadmap.actions import Action
from maturity.roadmap.replan import goes_on
from maturity.ui.context import keeping_refusals
from maturity.ui.help import plain
from maturity.ui.plan import PlanView
from maturity.words.decision_sentences import decided
from maturity.words.messages import ask_delete, on_day
from maturity.words.plan_sentences import named

CHOICES: dict[str, str] = {
    "pinned": "Pin it to a start",
    "locked": "Lock it where the plan has it",
    "must": "Keep it in any case",
    "not_before": "Do not start it before a day",
    "not_after": "Do not start it after a day",
    "rejected": "Reject it",
    "running": "It is running already",
    "done": "It is done already",
}
DATED = {"pinned": "It starts on", "not_before": "Not before", "not_after": "Not after"}
MARKS = ("running", "done")


def show_decisions(view: PlanView, action: Action) -> None:
    """Decide about it for the next plan; take it out of this one."""
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


def decisions_by_code(view: PlanView) -> dict[str, list[Decision]]:
    """What is decided for the next plan, by action code."""
    found: dict[str, list[Decision]] = {}
    for each in choices.decisions(view.here.workspace, view.here.visitor, view.round):
        found.setdefault(each.code, []).append(each)
    return found


def _show_deciding(view: PlanView, action: Action) -> None:
    st.caption(
        f"A decision counts when you plan again, from the round {plain(view.round.name)}. "
        "All of them stand in the part “Not planned, decisions”."
    )
    known = decisions_by_code(view)
    for code in dict.fromkeys((action.code, action.catalogue_id or "")):
        for made in known.get(code, ()):
            _show_decision(view, made)
    name = f"plan:{action.id}:decide"
    st.selectbox(
        "Decision", list(CHOICES), format_func=CHOICES.__getitem__, key=name, index=None,
        placeholder="Choose what to decide", width=420,
    )  # fmt: skip
    kind = st.session_state.get(name)
    if kind is not None:
        _show_form(view, action, kind, name)


def _show_form(view: PlanView, action: Action, kind: str, name: str) -> None:
    with st.form(f"plan:decision:{action.id}:{kind}", border=False):
        if kind in DATED:
            first = first_day(view)
            last = first + timedelta(weeks=HORIZON_WEEKS, days=-1)
            st.session_state.setdefault(f"{name}:start", min(max(action.start, first), last))
            st.date_input(DATED[kind], min_value=first, max_value=last, key=f"{name}:start", format="DD/MM/YYYY")
        elif kind == "locked":
            st.write(f"It stays where the plan has it: it starts on {on_day(action.start)}.")
        elif kind in MARKS:
            st.write("A new plan does not propose it again. This raises no score.")
        if action.department and kind != "locked":
            st.checkbox("In all departments", key=f"{name}:everywhere")
        st.text_input("Note" if kind in MARKS else "Reason", key=f"{name}:reason", max_chars=500)
        st.form_submit_button("Keep this decision", on_click=_decide, args=(view, action, kind, name))


def first_day(view: PlanView) -> date:
    """The first day that the next plan has: where the current one of the same round starts, else the usual one."""
    saved = view.saved
    return saved.starts if saved and saved.round == view.round.name else first_day_of_plan(view.round)


def _show_decision(view: PlanView, made: Decision) -> None:
    """A decision with who and why, and a button that takes it back."""
    where = f" {plain(named(made.code, view.names))}:" if "/" in made.code else " Everywhere:" if made.code else ""
    st.markdown(f"**{decided(made.kind, made.start)}**.{where} {plain(made.reason)} ({plain(made.by)})")
    st.button(
        "Take the decision back", key=f"plan:undo:{made.code}:{made.kind}", icon=":material/undo:", type="tertiary",
        on_click=take_back, args=(view, made),
    )  # fmt: skip


def _decide(view: PlanView, action: Action, kind: str, name: str) -> None:
    said = str(st.session_state.get(f"{name}:reason") or "")
    ws, visitor, round_ = view.here.workspace, view.here.visitor, view.round
    everywhere = bool(st.session_state.get(f"{name}:everywhere")) and action.catalogue_id is not None
    code = str(action.catalogue_id) if everywhere else action.code
    with keeping_refusals():
        if kind in MARKS:
            choices.mark_already(ws, visitor, round_, code, "done" if kind == "done" else "running", said)
            st.session_state["plan:said"] = f"{CHOICES[kind]}. It stands in the part “Done already”."
        else:
            start = st.session_state[f"{name}:start"] if kind in DATED else None
            choices.decide_action(ws, visitor, round_, code, _kind(kind), said, start)
            st.session_state["plan:said"] = f"{decided(kind, start)}. It counts when you plan again."
        st.session_state[name] = None


def _kind(chosen: str) -> DecisionKind:
    kinds: tuple[DecisionKind, ...] = ("rejected", "pinned", "locked", "must", "not_before", "not_after")
    return next(each for each in kinds if each == chosen)


def take_back(view: PlanView, *made: Decision) -> None:
    """In a callback: take decisions back, all or none."""
    with keeping_refusals():
        choices.take_back(view.here.workspace, view.here.visitor, view.round, made)
        these = "The decision is" if len(made) == 1 else f"{len(made)} decisions are"
        st.session_state["plan:said"] = f"{these} taken back; the planner chooses again."


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
        remove_action(view.here.workspace, view.here.visitor, action.id, action.row_version, reason)
        st.query_params.pop("action", None)
        st.session_state["plan:said"] = f"“{plain(action.title)}” is taken out of the plan."
