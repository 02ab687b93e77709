"""The form of one action: nothing is kept until Save, and nobody overwrites what they have not seen."""

from __future__ import annotations

from typing import Any

import streamlit as st

from maturity.operations.errors import Refused
from maturity.operations.objectives import objectives
from maturity.planning.catalogue import Kpi
from maturity.roadmap.actions import Action, Raci
from maturity.ui.context import keeping_refusals
from maturity.ui.plan import PlanView
from maturity.ui.plan_saving import base, rebase, save_changes, show_clash, turn

LONG = 4_000
TEXTS = ("summary", "deliverable", "done_when")


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
        with st.form(f"plan:edit:{action.id}", border=False):
            _show_fields(view, opened)
            st.form_submit_button("Save", type="primary", on_click=_save, args=(view, opened))


def _show_fields(view: PlanView, action: Action) -> None:
    _text(action, "title", "Title", action.title, most=200)
    for name, label in (("summary", "Summary"), ("deliverable", "Deliverable"), ("done_when", "Done when")):
        _long(action, name, label, getattr(action, name))
    st.checkbox("Remove the texts that I have emptied", key=field(action, "clear"))
    left, right = st.columns(2)
    with left:
        _seed(action, "start", action.start)
        st.date_input("Start", key=field(action, "start"), format="DD/MM/YYYY")
    with right:
        _seed(action, "finish", action.finish)
        st.date_input("Finish", key=field(action, "finish"), format="DD/MM/YYYY")
    _show_people(view, action)
    _show_kpi(action)
    _show_objective(view, action)
    _show_means(view, action)


def _show_people(view: PlanView, action: Action) -> None:
    _text(action, "owner", "Owner", view.name(action.owner))
    _text(action, "accountable", "Accountable, exactly one", view.name(action.raci.accountable))
    for name in ("responsible", "consulted", "informed"):
        people = ", ".join(view.name(each) for each in getattr(action.raci, name))
        _text(action, name, f"{name.capitalize()}, separated by commas", people, most=1_000)


def _show_kpi(action: Action) -> None:
    kpi = action.kpi
    left, middle, right = st.columns([3, 2, 1])
    with left:
        _text(action, "kpi", "KPI", kpi.name if kpi else "")
    with middle:
        _text(action, "unit", "Its unit", kpi.unit if kpi else "")
    with right:
        _seed(action, "direction", kpi.direction if kpi else "up")
        st.selectbox("Should go", ["up", "down"], key=field(action, "direction"))


def _show_objective(view: PlanView, action: Action) -> None:
    known = {each.id: each.name for each in objectives(view.here.workspace, view.here.visitor, view.organisation.name)}
    _seed(action, "objective", action.objective if action.objective in known else None)
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
            _seed(action, f"effort-{role}", float(action.effort.get(role, 0.0)))
            st.number_input(
                view.name(role), min_value=0.0, step=1.0, format="%.1f", key=field(action, f"effort-{role}")
            )
    _seed(action, "cost", action.cost)
    label = f"Cost in {view.currency}; empty means that nobody has priced it"
    st.number_input(label, min_value=0.0, value=None, step=100.0, format="%.2f", key=field(action, "cost"))


def _seed(action: Action, name: str, value: Any) -> None:
    st.session_state.setdefault(field(action, name), value)


def _text(action: Action, name: str, label: str, value: str, *, most: int = 200) -> None:
    _seed(action, name, value)
    st.text_input(label, key=field(action, name), max_chars=most)


def _long(action: Action, name: str, label: str, value: str) -> None:
    _seed(action, name, value)
    st.text_area(label, key=field(action, name), max_chars=LONG, height=80)


def changes_of(view: PlanView, action: Action) -> dict[str, Any]:
    """What the form says that differs from the action it was filled from; an emptied text only where that is meant."""
    said = {name: st.session_state.get(field(action, name)) for name in ("start", "finish", "objective", "cost")}
    said |= {name: _written(action, name) for name in ("title", *TEXTS)}
    said["owner"] = _person(view, _written(action, "owner"))
    said["raci"] = _raci(view, action)
    said["kpi"] = _kpi(action)
    said["effort"] = _effort(view, action)
    if not st.session_state.get(field(action, "clear")):
        said = {name: value for name, value in said.items() if name not in TEXTS or value}
    if said["raci"] == action.raci:  # then who is accountable follows the owner, where it was the owner
        del said["raci"]
    return {name: value for name, value in said.items() if value != getattr(action, name)}


def _written(action: Action, name: str) -> str:
    return str(st.session_state.get(field(action, name)) or "").strip()


def _person(view: PlanView, written: str) -> str:
    """The role's id where a role's name is written, else what is written."""
    roles = view.catalogue.roles if view.catalogue else ()
    return next((role.id for role in roles if role.name == written), written)


def _raci(view: PlanView, action: Action) -> Raci:
    def people(name: str) -> tuple[str, ...]:
        return tuple(_person(view, each.strip()) for each in _written(action, name).split(",") if each.strip())

    accountable = people("accountable")
    if len(accountable) > 1:
        raise Refused(
            f"{action.title}: exactly one is accountable, not {len(accountable)}; move the others to responsible"
        )
    return Raci(
        accountable=accountable[0] if accountable else "",
        responsible=people("responsible"),
        consulted=people("consulted"),
        informed=people("informed"),
    )


def _kpi(action: Action) -> Kpi | None:
    name, unit = _written(action, "kpi"), _written(action, "unit")
    if not name and not unit:
        return None
    if not name or not unit:
        raise Refused(f"{action.title}: a KPI needs a name and a unit; fill in both, or empty both")
    direction = st.session_state.get(field(action, "direction"))
    return Kpi(name=name, unit=unit, direction="down" if direction == "down" else "up")


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
        save_changes(view, action, changes)
