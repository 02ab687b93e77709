"""The form of one action: nothing is kept until Save, and nobody overwrites what they have not seen."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from maturity.operations.errors import Refused
from maturity.operations.objectives import objectives
from maturity.roadmap.actions import Action, Raci
from maturity.ui.context import keeping_refusals
from maturity.ui.plan import PlanView
from maturity.ui.plan_fields import long_text, seed, text, written
from maturity.ui.plan_kpi import kpi_said, show_kpi
from maturity.ui.plan_owner import (
    LISTS,
    THE_OWNER,
    Choices,
    choices,
    choose_accountable,
    choose_others,
    choose_owner,
    owner_choice,
    owner_said,
    raci_said,
    show_way_in,
)
from maturity.ui.plan_saving import base, rebase, save_changes, show_clash, turn

TEXTS = ("summary", "deliverable", "done_when", "deliverable_link")
WHY = "Needed where start or finish move. It stands beside the change wherever two versions of the plan are compared."


def field(action: Action, name: str) -> str:
    """The name of one input in the session."""
    return f"plan:{action.id}:{turn(action)}:{name}"


def show_editor(view: PlanView, action: Action) -> None:
    """The form, or both versions where somebody else saved first."""
    if show_clash(view, action):
        return
    opened = base(action)
    box = st.expander("Change this action", key=f"plan:form:{action.id}", on_change="rerun", icon=":material/edit:")
    if not box.open:
        if opened.row_version != action.row_version:
            rebase(action, anew=True)
        return
    with box:
        if opened.row_version != action.row_version:
            st.warning("Somebody else has changed this action since you opened it. Save, and you see both versions.")
        show_way_in(view, choices(view, opened), opened)
        with st.form(f"plan:edit:{action.id}", border=False):
            _show_fields(view, opened)
            st.form_submit_button("Save", type="primary", on_click=_save, args=(view, opened))


def _show_fields(view: PlanView, action: Action) -> None:
    text(field(action, "title"), "Title", action.title, most=200)
    for name, label in (("summary", "Summary"), ("deliverable", "Deliverable"), ("done_when", "Done when")):
        long_text(field(action, name), label, getattr(action, name))
    hint = "An address that begins with https://, where the deliverable can be seen."
    text(field(action, "deliverable_link"), "Link to the deliverable", action.deliverable_link, most=1_000, hint=hint)
    st.checkbox("Remove the texts that I have emptied", key=field(action, "clear"))
    left, right = st.columns(2)
    with left:
        seed(field(action, "start"), action.start)
        st.date_input("Start", key=field(action, "start"), format="DD/MM/YYYY")
    with right:
        seed(field(action, "finish"), action.finish)
        st.date_input("Finish", key=field(action, "finish"), format="DD/MM/YYYY")
    text(field(action, "reason"), "Why days or owner change", "", most=1_000, hint=WHY)
    _show_people(choices(view, action), action)
    show_kpi(partial(field, action), action.kpi)
    _show_objective(view, action)
    _show_means(view, action)


def _show_people(known: Choices, action: Action) -> None:
    seed(field(action, "owner"), owner_choice(action))
    choose_owner(known, field(action, "owner"))
    follows = action.raci.accountable == action.owner
    seed(field(action, "accountable"), THE_OWNER if follows else action.raci.accountable)
    choose_accountable(known, field(action, "accountable"))
    for part in LISTS:
        seed(field(action, part), list(getattr(action.raci, part)))
    choose_others(known, partial(field, action))


def _show_objective(view: PlanView, action: Action) -> None:
    known = {each.id: each.name for each in objectives(view.here.workspace, view.here.visitor, view.organisation.name)}
    seed(field(action, "objective"), action.objective if action.objective in known else None)
    st.selectbox(
        "Objective that it serves",
        list(known),
        index=None,
        format_func=known.__getitem__,
        key=field(action, "objective"),
        placeholder="None",
    )


def _show_means(view: PlanView, action: Action) -> None:
    st.caption("Effort in person-days by role, and cost. Both are estimates until somebody has checked them.")
    roles = list(view.catalogue.role) if view.catalogue else []
    columns = st.columns(3)
    for place, role in enumerate(dict.fromkeys([*action.effort, *roles])):
        with columns[place % 3]:
            seed(field(action, f"effort-{role}"), float(action.effort.get(role, 0.0)))
            st.number_input(
                view.name(role), min_value=0.0, step=1.0, format="%.1f", key=field(action, f"effort-{role}")
            )
    seed(field(action, "cost"), action.cost)
    label = f"Cost in {view.currency}; empty means that nobody has priced it"
    st.number_input(label, min_value=0.0, value=None, step=100.0, format="%.2f", key=field(action, "cost"))


def changes_of(view: PlanView, action: Action) -> dict[str, Any]:
    """What the form says that differs from the action it was filled from; an emptied text only where that is meant."""
    known = choices(view, action)
    said = {name: _input(action, name) for name in ("start", "finish", "objective", "cost")}
    said |= {name: _written(action, name) for name in ("title", *TEXTS)}
    owner = owner_said(known, _written(action, "owner"), action)
    lists = {part: _input(action, part) or () for part in LISTS}
    said["raci"] = raci_said(known, action.title, owner[0], _written(action, "accountable"), lists)
    said["kpi"] = kpi_said(partial(field, action), action.title, action.kpi, clear=bool(_input(action, "clear")))
    said["effort"] = _effort(view, action)
    if not _input(action, "clear"):
        said = {name: value for name, value in said.items() if name not in TEXTS or value}
    if owner != (action.owner, action.owner_person):
        said["owner"] = owner[0]
    if said["raci"] == action.raci or _only_follows(said["raci"], action, owner[0]):
        del said["raci"]  # then who is accountable follows the owner, where it was the owner
    found = {name: value for name, value in said.items() if value != getattr(action, name)}
    return found | ({"owner": owner[0], "owner_person": owner[1]} if "owner" in said else {})


def _only_follows(said: Raci, action: Action, owner: str) -> bool:
    return action.raci.accountable == action.owner and said == replace(action.raci, accountable=owner)


def reason_of(action: Action, changes: dict[str, Any]) -> str:
    """Why it is changed, as written; refused where days move without one."""
    written = _written(action, "reason")
    if not written and {"start", "finish"} & set(changes):
        raise Refused(
            f"{action.title}: say why the days change; whoever compares two versions of the plan reads it there"
        )
    return written


def _input(action: Action, name: str) -> Any:
    return st.session_state.get(field(action, name))


def _written(action: Action, name: str) -> str:
    return written(field(action, name))


def _effort(view: PlanView, action: Action) -> dict[str, float]:
    roles = dict.fromkeys([*action.effort, *(view.catalogue.role if view.catalogue else ())])
    days = {role: st.session_state.get(field(action, f"effort-{role}")) or 0.0 for role in roles}
    return {role: float(each) for role, each in days.items() if each or role in action.effort}


def _save(view: PlanView, action: Action) -> None:
    with keeping_refusals():
        changes = changes_of(view, action)
        if not changes:
            st.session_state["plan:said"] = "Nothing was changed."
            return
        save_changes(view, action, changes, reason_of(action, changes))
