"""Adding an action of people's own to the current plan."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from maturity.operations import plans as operations
from maturity.operations.errors import Refused
from maturity.ui.context import PageContext, keeping_refusals, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.plan import PlanView, fresh_view, turn_to
from maturity.ui.plan_fields import written
from maturity.ui.plan_kpi import kpi_said, show_kpi
from maturity.ui.plan_links import titles_of
from maturity.ui.plan_owner import choices, choose_owner, owner_said


@st.fragment
def show_adding(here: PageContext, shown: tuple[object, ...]) -> None:
    """A form for an action of people's own; every later plan keeps it."""
    view = fresh_view(here, shown)
    show_kept_refusals()
    if view is None or not view.editable or view.saved is None:
        return
    box = st.expander("Add an action of your own", key="plan:add", on_change="rerun", icon=":material/add:")
    if not box.open:
        return
    titles, first = titles_of(view), view.saved.starts
    with box, st.form("plan:adding", border=False):
        st.caption("Every later plan keeps it as you wrote it. It raises no score by itself.")
        st.text_input("Title", key="plan:add:title", max_chars=200)
        st.text_area("Summary", key="plan:add:summary", max_chars=4_000, height=80)
        st.selectbox(
            "Where", ["", *view.organisation.names], key="plan:add:department",
            format_func=lambda code: view.name(code) if code else "Whole organisation",
        )  # fmt: skip
        choose_owner(choices(view), _named("owner"))
        st.text_input("Deliverable", key="plan:add:deliverable", max_chars=1_000)
        st.text_input("Done when", key="plan:add:done_when", max_chars=1_000)
        left, right = st.columns(2)
        left.date_input("Start", value=first, key="plan:add:start", format="DD/MM/YYYY")
        right.date_input(
            "Finish", value=first + timedelta(weeks=8, days=-1), key="plan:add:finish", format="DD/MM/YYYY"
        )
        roles = list(view.catalogue.role) if view.catalogue else []
        left.selectbox("Who mainly does the work", roles, format_func=view.name, key="plan:add:role")
        right.number_input("Person-days", min_value=0.0, value=0.0, step=1.0, key="plan:add:days")
        label = f"Cost in {view.currency}; empty means that nobody has priced it"
        st.number_input(label, min_value=0.0, value=None, step=100.0, key="plan:add:cost")
        st.multiselect("What has to finish first", list(titles), format_func=titles.__getitem__, key="plan:add:needs")
        show_kpi(_named, None)
        st.form_submit_button("Add it to the plan", type="primary", on_click=_add, args=(view,))


def _named(name: str) -> str:
    """The name of one input in the session."""
    return f"plan:add:{name}"


def _add(view: PlanView) -> None:
    def said(name: str) -> str:
        return written(_named(name))

    known = choices(view)
    owner, person = owner_said(known, said("owner"))
    role, days = st.session_state.get("plan:add:role"), st.session_state.get("plan:add:days") or 0.0
    start, finish = st.session_state.get("plan:add:start"), st.session_state.get("plan:add:finish")
    with keeping_refusals():
        made = operations.add_action(
            view.here.workspace,
            view.here.visitor,
            title=said("title"),
            start=_a_day(start, "start"),
            finish=_a_day(finish, "finish"),
            owner=owner,
            owner_person=person,
            department=said("department") or None,
            summary=said("summary"),
            deliverable=said("deliverable"),
            done_when=said("done_when"),
            kpi=kpi_said(_named, said("title") or "This action"),
            effort={role: days} if role and days else None,
            cost=st.session_state.get("plan:add:cost"),
            requires=tuple(st.session_state.get("plan:add:needs") or ()),
            organisation=view.organisation.name,
        )
        for key in [each for each in st.session_state if str(each).startswith("plan:add:")]:
            del st.session_state[key]
        turn_to("actions", action=made.code)
        st.session_state["plan:said"] = f"“{plain(made.title)}” is in the plan now."


def _a_day(given: object, which: str) -> date:
    if isinstance(given, date):
        return given
    raise Refused(f"the {which} is missing; choose a day")
