"""Saving an edited action: from the version that was opened, with both versions shown where somebody was faster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from maturity.operations.actions import ActionChanged, edit_action
from maturity.operations.objectives import objectives
from maturity.planning.catalogue import Kpi
from maturity.roadmap.actions import Action, Raci
from maturity.ui.clock import local
from maturity.ui.context import keeping_refusals
from maturity.ui.help import plain
from maturity.ui.plan import PlanView, short_day
from maturity.words.messages import saved_at

WORDS = {
    "title": "Title", "summary": "Summary", "owner": "Owner", "raci": "Who is accountable, works, is asked, is told",
    "start": "Start", "finish": "Finish", "deliverable": "Deliverable", "done_when": "Done when", "kpi": "KPI",
    "objective": "Objective", "effort": "Effort", "cost": "Cost",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """The action as somebody else saved it, as it was opened here, and the changes that were therefore not saved."""

    theirs: Action
    opened: Action
    changes: dict[str, Any]


def base(action: Action) -> Action:
    """The action as this visit opened it: what its form was filled from, and what a save is compared with."""
    return st.session_state.setdefault(f"plan:base:{action.id}", action)


def turn(action: Action) -> int:
    """How often the form of this action has been filled anew; part of the names of its inputs."""
    return int(st.session_state.get(f"plan:turn:{action.id}", 0))


def rebase(action: Action, *, anew: bool) -> None:
    """Go on from what is stored now; `anew` fills the form again, else what is being written stays."""
    st.session_state[f"plan:base:{action.id}"] = action
    if anew:
        st.session_state[f"plan:turn:{action.id}"] = turn(action) + 1


def save_changes(view: PlanView, opened: Action, changes: dict[str, Any], *, over: Action | None = None) -> None:
    """Save, or keep both versions for the reader where somebody else was first."""
    seen = over or opened
    try:
        after = edit_action(view.here.workspace, view.here.visitor, opened.id, seen.row_version, **changes)
    except ActionChanged as clash:
        st.session_state[f"plan:clash:{opened.id}"] = Clash(theirs=clash.theirs, opened=opened, changes=changes)
        return
    st.session_state.pop(f"plan:clash:{opened.id}", None)
    rebase(after, anew=True)
    named = ", ".join(WORDS[name].lower() for name in changes)
    st.session_state["plan:said"] = f"{saved_at(local(view.here.workspace.clock()))}: {named}."


def show_clash(view: PlanView, action: Action) -> bool:
    """Both versions of what differs, and the choice between them; False where nobody was in the way."""
    clash: Clash | None = st.session_state.get(f"plan:clash:{action.id}")
    if clash is None:
        return False
    st.warning("Somebody else changed this action before you saved. Nothing is lost: here are both versions.")
    for name, word in WORDS.items():
        stored, opened = getattr(clash.theirs, name), getattr(clash.opened, name)
        if name in clash.changes:
            mine = plain(_said(view, name, clash.changes[name]))
            st.markdown(f"**{word}**  \nStored now: {plain(_said(view, name, stored))}  \nYours: {mine}")
        elif stored != opened:
            before = plain(_said(view, name, opened))
            st.markdown(f"**{word}**  \nStored now: {plain(_said(view, name, stored))}  \nBefore: {before}")
    st.caption("Saving yours changes only what you have changed; what others changed elsewhere stays.")
    with st.container(horizontal=True):
        st.button("Save mine over it", type="primary", key="plan:clash:mine", on_click=_insist, args=(view, clash))
        st.button("Keep what is stored", key="plan:clash:theirs", on_click=_give_way, args=(clash,))
    return True


def _insist(view: PlanView, clash: Clash) -> None:
    with keeping_refusals():
        save_changes(view, clash.opened, clash.changes, over=clash.theirs)


def _give_way(clash: Clash) -> None:
    st.session_state.pop(f"plan:clash:{clash.theirs.id}", None)
    rebase(clash.theirs, anew=True)


def _said(view: PlanView, name: str, value: Any) -> str:
    """A value of an action in words."""
    if isinstance(value, Raci):
        told = ", ".join(view.name(each) for each in value.responsible)
        return f"accountable {view.name(value.accountable)}; responsible {told or 'nobody'}"
    if isinstance(value, Kpi):
        return f"{value.name} ({value.unit})"
    if isinstance(value, dict):
        return ", ".join(f"{view.name(role)} {days:g}" for role, days in value.items() if days) or "no effort"
    if name == "objective" and value:
        every = objectives(view.here.workspace, view.here.visitor, view.organisation.name)
        return next((each.name for each in every if each.id == value), str(value))
    if isinstance(value, date):
        return short_day(value)
    return view.name(str(value)) if value not in (None, "") else "empty"
