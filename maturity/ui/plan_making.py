"""Making a plan: asked for in a short form, shown before anything is kept, then saved as a version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from maturity.operations.plan_making import Question, keep_plan, plan_question, still_holds, whole_plan
from maturity.operations.plans import solve
from maturity.operations.saved_plans import SavedPlan, find_plan
from maturity.operations.standing import first_day_of_plan
from maturity.planning.plan import Plan
from maturity.ui.clock import today
from maturity.ui.context import REFUSALS, PageContext, keeping_refusals, show_kept_refusals, show_refusal
from maturity.ui.help import plain
from maturity.ui.plan import PlanView, fresh_view, show_said, turn_to
from maturity.ui.plan_preview import show_preview
from maturity.words.messages import counted, on_day

PREVIEW = "plan:preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A plan that was made and not kept, with the question that it answers."""

    question: Question
    plan: Plan


@st.fragment
def show_making(here: PageContext, shown: tuple[object, ...]) -> None:
    """The form, the preview, and the button that keeps it."""
    view = fresh_view(here, shown)
    if view is None:
        return
    before = _current(view)
    st.header("Plan again" if before else "Make the plan", anchor="make")
    show_kept_refusals()
    show_said()
    _explain(view, before)
    if _show_form(view, before):
        _compute(view, before)
    preview: Preview | None = st.session_state.get(PREVIEW)
    if preview is None:
        return
    if not still_holds(view.here.workspace, preview.question):
        st.warning("Something that this preview was made from has changed. Make it again before you save it.")
        return
    show_preview(view, preview.plan, preview.question.before)
    _show_saving(view, preview)


def _current(view: PlanView) -> SavedPlan | None:
    """The plan that counts now, whichever version is looked at."""
    if view.saved is None or view.saved.status == "current":
        return view.saved
    return find_plan(view.here.workspace, view.here.visitor, "latest", view.organisation.name)


def _explain(view: PlanView, before: SavedPlan | None) -> None:
    source = f"the round {plain(view.round.name)}"
    if before is None:
        st.write(
            f"Made from {source}: its targets, what is done already, and the people and money there are. "
            "You see it before anything is kept."
        )
        return
    st.write(
        f"Made from {source} with today's targets, decisions, people and money. What has begun and what people added "
        "stays as it is, with its reports; the rest is planned anew and keeps the texts and owners that people gave "
        f"it. “{plain(before.name)}” stays readable as an earlier version."
    )


def usual_start(view: PlanView, before: SavedPlan | None) -> date:
    """Where the current plan of the same round starts, else the quarter after the round closes."""
    return before.starts if before and before.round == view.round.name else first_day_of_plan(view.round)


def _why_usual(view: PlanView, before: SavedPlan | None) -> str:
    same = before is not None and before.round == view.round.name
    return "where the current plan starts" if same else "the first day of the quarter after the round closed"


def _show_form(view: PlanView, before: SavedPlan | None) -> bool:
    with st.form("plan:make"):
        st.session_state.setdefault("plan:make:start", usual_start(view, before))
        st.date_input("First day of the plan", key="plan:make:start", format="DD/MM/YYYY")
        st.caption(f"Usually {on_day(usual_start(view, before))}: {_why_usual(view, before)}.")
        st.number_input(
            f"Budget for the whole plan in {view.currency}; empty for the budgets by phase",
            min_value=0.0, value=None, step=10_000.0, format="%.0f", key="plan:make:budget",
        )  # fmt: skip
        return st.form_submit_button("Show what changes" if before else "Make the plan", type="primary")


def _compute(view: PlanView, before: SavedPlan | None) -> None:
    """The plan that saving would keep; a refusal is shown, and no preview."""
    starts = st.session_state.get("plan:make:start") or usual_start(view, before)
    budget = st.session_state.get("plan:make:budget")
    st.session_state.pop(PREVIEW, None)
    try:
        with st.spinner("Making the plan. This takes a few seconds."):
            question = plan_question(view.here.workspace, view.here.visitor, view.round, budget=budget, starts=starts)
            made = whole_plan(question, solve(question.request))
    except REFUSALS as error:
        show_refusal(error)
        return
    st.session_state[PREVIEW] = Preview(question=question, plan=made)


def _show_saving(view: PlanView, preview: Preview) -> None:
    with st.form("plan:keep"):
        st.session_state.setdefault("plan:keep:name", free_name(view))
        st.text_input("Name of the plan version", key="plan:keep:name", max_chars=120)
        st.form_submit_button(
            "Save as a new version" if preview.question.before else "Save the plan", type="primary", on_click=_save,
            args=(view, preview),
        )  # fmt: skip


def free_name(view: PlanView) -> str:
    """A name for the next version that no version has yet: "Plan of November 2026", with a number where needed."""
    name, taken = f"Plan of {today(view.here):%B %Y}", {each.name for each in view.versions}
    return next(each for number in range(1, len(taken) + 2)
                if (each := name if number == 1 else f"{name} ({number})") not in taken)  # fmt: skip


def _save(view: PlanView, preview: Preview) -> None:
    name = str(st.session_state.get("plan:keep:name") or "")
    ws, visitor = view.here.workspace, view.here.visitor
    with keeping_refusals():
        saved = keep_plan(ws, visitor, preview.question, preview.plan, name)
        for key in (PREVIEW, "plan:keep:name", "plan:make:start"):
            st.session_state.pop(key, None)
        st.query_params.pop("plan", None)
        turn_to("actions")
        st.session_state["plan:made"] = f"Saved “{plain(saved.name)}” with {counted(len(saved.actions), 'action')}."
