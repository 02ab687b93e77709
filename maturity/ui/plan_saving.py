"""Saving an edited action: from the version that was opened, with both versions shown where somebody was faster."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from maturity.words.messages import on_day, saved_at

WORDS = {
    "title": "Title", "summary": "Summary", "owner": "Owner", "raci": "Who is accountable, works, is asked, is told",
    "start": "Start", "finish": "Finish", "deliverable": "Deliverable", "done_when": "Done when", "kpi": "KPI",
    "objective": "Objective", "effort": "Effort", "cost": "Cost", "deliverable_link": "Link to the deliverable",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """The action as somebody else saved it, as it was opened here, and the changes that were therefore not saved."""

    theirs: Action
    opened: Action
    changes: dict[str, Any]
    reason: str = ""


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


def save_changes(
    view: PlanView, opened: Action, changes: dict[str, Any], reason: str = "", *, over: Action | None = None
) -> None:
    """Save, or keep both versions for the reader where somebody else was first."""
    seen = over or opened
    try:
        after = edit_action(
            view.here.workspace, view.here.visitor, opened.id, seen.row_version, reason=reason, **changes
        )
    except ActionChanged as clash:
        kept = Clash(theirs=clash.theirs, opened=opened, changes=changes, reason=reason)
        st.session_state[f"plan:clash:{opened.id}"] = kept
        return
    st.session_state.pop(f"plan:clash:{opened.id}", None)
    rebase(after, anew=True)
    named = ", ".join(WORDS[name] if name == "kpi" else WORDS[name].lower() for name in changes if name in WORDS)
    st.session_state["plan:said"] = f"{saved_at(local(view.here.workspace.clock()))}: {named}."


def show_clash(view: PlanView, action: Action) -> bool:
    """Both versions of what differs, and the choice between them; False where nobody was in the way."""
    clash: Clash | None = st.session_state.get(f"plan:clash:{action.id}")
    if clash is None:
        return False
    st.warning("Somebody else changed this action before you saved. Nothing is lost: here are both versions.")
    mine = replace(clash.opened, **clash.changes)
    for name, word in WORDS.items():
        stored, opened = _said(view, name, clash.theirs), _said(view, name, clash.opened)
        if name in clash.changes:
            st.markdown(f"**{word}**  \nStored now: {plain(stored)}  \nYours: {plain(_said(view, name, mine))}")
        elif stored != opened:
            st.markdown(f"**{word}**  \nStored now: {plain(stored)}  \nBefore: {plain(opened)}")
    if clash.reason:
        st.markdown(f"**Your reason**  \n{plain(clash.reason)}")
    st.caption("Saving yours changes only what you have changed; what others changed elsewhere stays.")
    with st.container(horizontal=True):
        st.button("Save mine over it", type="primary", key="plan:clash:mine", on_click=_insist, args=(view, clash))
        st.button("Keep what is stored", key="plan:clash:theirs", on_click=_give_way, args=(clash,))
    return True


def _insist(view: PlanView, clash: Clash) -> None:
    with keeping_refusals():
        save_changes(view, clash.opened, clash.changes, clash.reason, over=clash.theirs)


def _give_way(clash: Clash) -> None:
    st.session_state.pop(f"plan:clash:{clash.theirs.id}", None)
    rebase(clash.theirs, anew=True)


def _said(view: PlanView, name: str, action: Action) -> str:
    """One part of an action in words."""
    value = getattr(action, name)
    if name == "owner" and action.owner_person:
        return f"{action.owner}, who comes in here"
    if isinstance(value, Raci):
        return _raci_said(view, value)
    if isinstance(value, Kpi):
        return kpi_words(value)
    if isinstance(value, dict):
        return ", ".join(f"{view.name(role)} {days:g}" for role, days in value.items() if days) or "no effort"
    if name == "objective" and value:
        every = objectives(view.here.workspace, view.here.visitor, view.organisation.name)
        return next((each.name for each in every if each.id == value), str(value))
    if isinstance(value, date):
        return short_day(value)
    return view.name(str(value)) if value not in (None, "") else "empty"


def _raci_said(view: PlanView, raci: Raci) -> str:
    lists = ((part, getattr(raci, part)) for part in ("responsible", "consulted", "informed"))
    told = [f"{part} {', '.join(map(view.name, people))}" for part, people in lists if people]
    return "; ".join([f"accountable {view.name(raci.accountable)}", *(told or ["nobody else"])])


def kpi_words(kpi: Kpi) -> str:
    """A KPI in one line: "Maps, %, should go up (leading), from 10 to 90 by 3 May 2027, from the log, monthly"."""
    start = f"from {kpi.baseline:g}" if kpi.baseline is not None else ""
    goal = f"to {kpi.target:g}" if kpi.target is not None else ""
    path = " ".join(filter(None, (start, goal, f"by {on_day(kpi.due)}" if kpi.due else "")))
    source = f"read from {kpi.source}" if kpi.source else ""
    parts = (f"{kpi.name}, {kpi.unit}", f"should go {kpi.direction} ({kpi.kind})", path, source, kpi.frequency or "")
    return ", ".join(filter(None, parts))
