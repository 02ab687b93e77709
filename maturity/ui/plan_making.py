"""Making a plan: asked for in a short form, followed while it is made, shown before anything is kept, then saved.

It is made in the solver's own process. Where that gives no answer, the best plan that is known stands, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from maturity.operations.errors import Refused
from maturity.operations.plan_making import (
    Question,
    keep_plan,
    plain_plan,
    plan_question,
    still_holds,
    whole_plan,
)
from maturity.operations.saved_plans import SavedPlan, find_plan
from maturity.operations.solver import Work
from maturity.operations.standing import first_day_of_plan
from maturity.planning.bound import solver_is_installed
from maturity.planning.documents import read_plan, request_document
from maturity.planning.plan import Plan
from maturity.ui.clock import today
from maturity.ui.context import REFUSALS, PageContext, keeping_refusals, show_kept_refusals, show_refusal
from maturity.ui.help import plain
from maturity.ui.plan import PlanView, fresh_view, show_said, turn_to
from maturity.ui.plan_advice import show_advice
from maturity.ui.plan_conflicts import show_conflicts
from maturity.ui.plan_preview import show_preview, show_so_far
from maturity.ui.working import begin, finished, forget
from maturity.words.messages import counted, on_day
from maturity.words.scenario_sentences import CALM, FROM_NOTHING
from maturity.words.work_sentences import (
    NO_BOUND,
    NOT_INSTALLED,
    STOPPED,
    TAKEN,
    made_without,
    saved_meanwhile,
    went_down,
)

ASKED, WORK, PREVIEW = "plan:asked", "plan:work", "plan:preview"
CHOSEN = "plan:chosen"
"""First day, budget and what becomes of the rest, as they were asked for last."""
GREEDY = "greedy"
ANEW = {"calm": CALM, "nothing": FROM_NOTHING}
CHANGED = "Something that this preview was made from has changed. Make it again before you save it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A plan that was made and not kept, with the question that it answers. `said` is what is to be known about how
    it was made, `warns` whether something went wrong with it."""

    question: Question
    plan: Plan
    said: str = ""
    warns: bool = False


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
    if _is_being_made(view):
        return
    preview: Preview | None = st.session_state.get(PREVIEW)
    if preview and preview.question.round.id != view.round.id:
        preview = None  # made in another organisation
    changed = _what_changed(view, preview.question) if preview else ""
    if preview is None or changed:
        _explain(view, before)
        if changed:
            st.warning(changed)
        show_advice(here)
        _show_form(view, before)
        return
    if preview.said:
        (st.warning if preview.warns else st.info)(preview.said)
    named = show_conflicts(view, preview.question.request)
    show_preview(view, preview.plan, preview.question.before, say_conflicts=not named)
    _show_saving(view, preview)
    st.markdown("**Make it with another first day or budget**")
    _show_form(view, before)


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
        "stays as it is, with its reports. The rest keeps its place where nothing speaks against it, and always the "
        f"texts and owners that people gave it. “{plain(before.name)}” stays readable as an earlier version."
    )


def usual_start(view: PlanView, before: SavedPlan | None) -> date:
    """Where the current plan of the same round starts, else the quarter after the round closes."""
    return before.starts if before and before.round == view.round.name else first_day_of_plan(view.round)


def _why_usual(view: PlanView, before: SavedPlan | None) -> str:
    same = before is not None and before.round == view.round.name
    return "where the current plan starts" if same else "the first day of the quarter after the round closed"


def _show_form(view: PlanView, before: SavedPlan | None) -> None:
    with st.form("plan:make"):
        starts, budget, anew = st.session_state.get(CHOSEN) or (usual_start(view, before), None, None)
        st.session_state.setdefault("plan:make:start", starts)
        if budget is not None:
            st.session_state.setdefault("plan:make:budget", budget)
        st.date_input("First day of the plan", key="plan:make:start", format="DD/MM/YYYY")
        st.caption(f"Usually {on_day(usual_start(view, before))}: {_why_usual(view, before)}.")
        st.number_input(
            f"Budget for the whole plan in {view.currency}; empty for the budgets by phase",
            min_value=0.0, value=None, step=10_000.0, format="%.0f", key="plan:make:budget",
        )  # fmt: skip
        if before:
            st.session_state.setdefault("plan:make:anew", anew or next(iter(ANEW)))
            st.radio("The rest of the plan", list(ANEW), format_func=ANEW.__getitem__, key="plan:make:anew")
        st.form_submit_button(
            "Show what changes" if before else "Make the plan", type="primary", on_click=_ask, args=(view, before)
        )


def _ask(view: PlanView, before: SavedPlan | None) -> None:
    """In a callback: puts the question that saving will answer. The same one asked before is not asked twice."""
    starts = st.session_state.get("plan:make:start") or usual_start(view, before)
    budget, anew = st.session_state.get("plan:make:budget"), st.session_state.get("plan:make:anew")
    st.session_state.pop(PREVIEW, None)
    with keeping_refusals():
        asked = plan_question(
            view.here.workspace, view.here.visitor, view.round, budget=budget, starts=starts, calm=anew != "nothing"
        )
        # Pressed twice, the same work goes on: it is joined before it is let go.
        begin(WORK, "plan", {"request": request_document(asked.request)})
        st.session_state[ASKED] = asked
        # The form is not on the page meanwhile, and what its inputs held is forgotten.
        st.session_state[CHOSEN] = (starts, budget, anew)


def _let_go() -> None:
    forget(WORK)
    st.session_state.pop(ASKED, None)
    st.session_state.pop(PREVIEW, None)


def _is_being_made(view: PlanView) -> bool:
    """Follows a plan that is being made, without the form; once it is there it becomes the preview."""
    asked: Question | None = st.session_state.get(ASKED)
    if asked is None:
        return False
    if asked.round.id != view.round.id:
        _let_go()
        return False
    work = finished(WORK, "Making the plan.", partial(_draw, view, asked), partial(_take, asked))
    if work is None and WORK in st.session_state:
        return True
    st.session_state.pop(ASKED, None)
    if work is None:
        st.info(STOPPED)
        return False
    forget(WORK)
    try:
        st.session_state[PREVIEW] = _answer(asked, work)
    except REFUSALS as error:
        show_refusal(error)
    return False


def _draw(view: PlanView, asked: Question, stage: Mapping[str, Any]) -> None:
    """A stage; a new one is read once, however often the page looks."""
    if changed := _what_changed(view, asked):
        st.warning(changed)
    work: Work | None = st.session_state.get(WORK)
    first = work.first if work and work.first else stage
    seen = st.session_state.get("plan:stage")
    if seen is None or seen[0] is not stage:
        seen = st.session_state["plan:stage"] = (stage, _known(asked, stage))
    if seen[1] is not None:
        show_so_far(view, seen[1], first["plan"]["value"] if "plan" in first else seen[1].value)


def _known(asked: Question, stage: Mapping[str, Any] | None) -> Plan | None:
    """The plan that a stage knows; None where there is none yet."""
    return whole_plan(asked, read_plan(stage["plan"])) if stage and "plan" in stage else None


def _take(asked: Question, work: Work) -> None:
    made = _known(asked, work.stage)
    if made is not None:
        st.session_state[PREVIEW] = Preview(question=asked, plan=made, said=TAKEN)
        st.session_state.pop(ASKED, None)


def _answer(asked: Question, work: Work) -> Preview:
    """What the work came to: its plan, else the best that was known, else one made here without the solver."""
    if work.state == "refused":
        raise Refused(work.said)
    said, known = work.said, _known(asked, work.stage)
    if work.state == "done" and work.result is not None:
        try:
            made = whole_plan(asked, read_plan(work.result))
            said = _no_bound(made)
            return Preview(question=asked, plan=made, said=said, warns=bool(said))
        except (KeyError, TypeError, ValueError) as error:
            said = f"its answer is no plan: {type(error).__name__}"
    if known is not None:
        return Preview(question=asked, plan=known, said=went_down(said), warns=True)
    with st.spinner("Making a plan without the solver."):
        return Preview(question=asked, plan=plain_plan(asked), said=made_without(said), warns=True)


def _no_bound(plan: Plan) -> str:
    """Why nothing is proven about a plan; "" where something is, or there is nothing to prove it of."""
    if plan.upper_bound is not None or plan.engine != GREEDY:
        return ""
    return NO_BOUND if solver_is_installed() else NOT_INSTALLED


def _what_changed(view: PlanView, asked: Question) -> str:
    """Why an answer to this question can no longer be kept; "" while it can."""
    if still_holds(view.here.workspace, asked):
        return ""
    now = next((each for each in view.versions if each.status == "current"), None)
    if now and now.id != (asked.before.id if asked.before else None):
        return saved_meanwhile(plain(now.made_by), plain(now.name))
    return CHANGED


def _show_saving(view: PlanView, preview: Preview) -> None:
    with st.form("plan:keep"):
        st.session_state.setdefault("plan:keep:name", free_name(view))
        st.text_input("Name of the plan version", key="plan:keep:name", max_chars=120)
        st.form_submit_button(
            "Save as a new version" if preview.question.before else "Save the plan", type="primary", on_click=_save,
            args=(view, preview),
        )  # fmt: skip


def free_name(view: PlanView, name: str = "") -> str:
    """A name for the next version that no version has yet: "Plan of November 2026", with a number where needed."""
    name, taken = name or f"Plan of {today(view.here):%B %Y}", {each.name for each in view.versions}
    return next(each for number in range(1, len(taken) + 2)
                if (each := name if number == 1 else f"{name} ({number})") not in taken)  # fmt: skip


def _save(view: PlanView, preview: Preview) -> None:
    if st.session_state.get(PREVIEW) is not preview:
        return  # pressed twice: the first time has kept it
    name = str(st.session_state.get("plan:keep:name") or "")
    ws, visitor = view.here.workspace, view.here.visitor
    with keeping_refusals():
        saved = keep_plan(ws, visitor, preview.question, preview.plan, name)
        for key in (PREVIEW, CHOSEN, "plan:keep:name", "plan:make:start", "plan:make:budget", "plan:make:anew"):
            st.session_state.pop(key, None)
        st.query_params.pop("plan", None)
        turn_to("actions")
        st.session_state["plan:made"] = f"Saved “{plain(saved.name)}” with {counted(len(saved.actions), 'action')}."
