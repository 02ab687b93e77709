"""The person-days that the plan takes of one department, action by action, for its head to confirm, on a phone too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

import streamlit as st

from maturity.access.permissions import may
from maturity.operations import acceptance as operations
from maturity.operations.errors import Refused
from maturity.operations.resources import resources
from maturity.roadmap.acceptance import Acceptance, Answer, Stand, stand_of
from maturity.roadmap.actions import Action
from maturity.roadmap.phases import quarter_window
from maturity.roadmap.workload import workload
from maturity.ui.context import PageContext, keeping_refusals, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.plan import PlanView, plan_view, show_said
from maturity.ui.plan_acceptance import standing
from maturity.ui.plan_fields import seed, written
from maturity.ui.plan_tables import apply_style, show, table, text
from maturity.words.delivery_sentences import days_confirmed, days_from_to, days_planned, days_wait, person_days

WAITING: tuple[Stand, ...] = ("asked", "changed")
SAID = "days:said"


@dataclass(frozen=True, slots=True)
class Days:
    """The open actions of a department in the current plan, by start, and what was said to each, by code."""

    view: PlanView
    department: str
    actions: tuple[Action, ...]
    said: Mapping[str, tuple[Acceptance, ...]]

    @property
    def may_confirm(self) -> bool:
        """Whether the visitor answers for the department's days."""
        return may(self.view.here.visitor, "confirm_days", self.department, self.view.organisation.id)

    @property
    def waiting(self) -> list[Action]:
        """What was not answered as it is planned now."""
        return [each for each in self.actions if self.stand(each) in WAITING]

    def stand(self, action: Action) -> Stand:
        """How the head stands to an action."""
        return stand_of(action, "head", self.said.get(action.code, ()))


def days_of(here: PageContext, department: str) -> Days | None:
    """What the page is made from; None while there is no plan, or for who may not read it."""
    view = plan_view(here) if may(here.visitor, "read_roadmap") else None
    if view is None or view.saved is None or view.saved.status != "current":
        return None
    actions = tuple(each for each in view.saved.actions if each.department == department and not each.done_on)
    said: dict[str, tuple[Acceptance, ...]] = {}
    for each in operations.acceptances(here.workspace, here.visitor, view.organisation.name):
        said[each.code] = (*said.get(each.code, ()), each)
    return Days(view, department, actions, said)


def show_waiting(days: Days | None) -> None:
    """One line at the top of the department's page where its head has person-days to confirm."""
    if days and days.may_confirm and days.waiting:
        said = f"{days_wait(len(days.waiting))} [Look at them](#person-days)"
        st.info(said, icon=":material/event_available:")


def show_days(days: Days | None) -> None:
    """What the plan takes of the department, and confirming it; nothing while there is no plan."""
    if days is None:
        return
    apply_style()
    st.header("Person-days for the plan", anchor="person-days")
    show_kept_refusals()
    show_said(SAID)
    if not days.actions:
        st.write("The plan has no open actions of this department.")
        return
    _show_load(days)
    waiting = days.waiting
    if days.may_confirm and len(waiting) > 1:
        st.button(
            f"Confirm all {len(waiting)}: {person_days(sum(each.person_days for each in waiting))} person-days",
            type="primary",
            key="days:all", on_click=_confirm_all, args=(days, {each.id: each.row_version for each in waiting}),
        )  # fmt: skip
    for each in waiting:
        _show_action(days, each)
    answered = [each for each in days.actions if each not in waiting]
    if answered:
        box = st.expander(f"Answered ({len(answered)})", key="days:answered", on_change="rerun")
        if box.open:
            with box:
                for each in answered:
                    _show_action(days, each)


def _show_load(days: Days) -> None:
    """The whole, and by quarter beside what the department can give where somebody has said it."""
    view = days.view
    if view.saved is None:
        return
    offered = resources(view.here.workspace, view.here.visitor, view.round).capacities
    frame = workload(days.actions, [each for each in offered if each.department == days.department], view.saved.starts)
    own = frame[frame["department"] == days.department]
    can = own["available"].sum(min_count=1)
    planned = sum(each.person_days for each in days.actions)
    st.write(days_planned(len(days.actions), planned, None if isnan(can) else float(can)))
    rows = []
    for quarter in sorted({int(each) for each in frame["quarter"]}):
        part = frame[frame["quarter"] == quarter]
        there, need = own[own["quarter"] == quarter]["available"].sum(min_count=1), part["planned"].sum()
        if need >= 0.05:
            known = "not said" if isnan(there) else person_days(there)
            first, last = quarter_window(quarter, view.saved.starts)
            rows.append((text(days_from_to(first, last)), text(person_days(need)), text(known)))
    show(table(("Quarter", "Planned", "Can give"), rows, "Person-days by quarter", numbers=("Planned", "Can give")))


def _show_action(days: Days, action: Action) -> None:
    with st.container(border=True):
        when = plain(days_from_to(action.start, action.finish))
        st.markdown(f"**{plain(action.title)}**  \n{person_days(action.person_days)} person-days, {when}")
        roles = [f"{days.view.name(role)} {person_days(each)}" for role, each in action.effort.items() if each]
        said = standing(days.view, action, "head", days.said.get(action.code, ()))
        st.caption(plain(f"{', '.join(roles) or 'No effort by role'}. {said}"))
        if not days.may_confirm:
            return
        with st.container(horizontal=True):
            if days.stand(action) != "accepted":
                st.button("Confirm", key=_key(action, "yes"), on_click=_answer, args=(days, action, "accepted"))
            with st.popover("Another number, or refuse…"):
                _show_other(days, action)


def _show_other(days: Days, action: Action) -> None:
    with st.form(_key(action, "form"), border=False):
        seed(_key(action, "days"), float(action.person_days))
        label = "Person-days there are instead"
        st.number_input(label, min_value=0.0, step=1.0, format="%.1f", key=_key(action, "days"))
        st.text_input("Why", key=_key(action, "why"), max_chars=1_000)
        st.form_submit_button("Say this number", on_click=_answer, args=(days, action, "amended"))
        st.form_submit_button("Refuse", on_click=_answer, args=(days, action, "refused"))


def _key(action: Action, name: str) -> str:
    return f"days:{action.id}:{action.row_version}:{name}"


def _answer(days: Days, action: Action, answer: Answer) -> None:
    with keeping_refusals():
        number = st.session_state.get(_key(action, "days")) if answer == "amended" else None
        if answer == "amended" and number == action.person_days:
            raise Refused(f"{action.title}: {number:g} person-days are planned; confirm them, or say another number")
        why = "" if answer == "accepted" else written(_key(action, "why"))
        here = days.view.here
        operations.confirm_days(
            here.workspace, here.visitor, action.id, action.row_version, answer, note=why, days=number
        )
        said = days_confirmed(1, action.person_days) if answer == "accepted" else f"Noted for {action.title}."
        st.session_state[SAID] = plain(said)
        for name in ("days", "why"):
            st.session_state.pop(_key(action, name), None)


def _confirm_all(days: Days, seen: dict[str, int]) -> None:
    with keeping_refusals():
        here, place = days.view.here, days.view.organisation.name
        made = operations.confirm_all_days(here.workspace, here.visitor, days.department, seen, place)
        codes = {each.code for each in made}
        whole = sum(each.person_days for each in days.actions if each.code in codes)
        st.session_state[SAID] = days_confirmed(len(made), whole) if made else "All of them are confirmed already."
