"""What is not planned and why, and what readiness proposes."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from maturity.operations.plans import decide_action
from maturity.operations.readiness import Proposal, Readiness, readiness
from maturity.planning.plan import NotPlanned, Plan
from maturity.ui import cached
from maturity.ui.context import PageContext, keeping_refusals, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.plan import HOUR, PlanView, plan_view, show_said
from maturity.ui.plan_decisions import decisions_by_code
from maturity.ui.plan_tables import show, table, text
from maturity.words.messages import counted
from maturity.words.plan_sentences import sentence


def show_left_out(view: PlanView) -> None:
    """Every wanted step that the plan does not bring about, with its reason; departments with the same one together."""
    if view.saved is None:
        return
    st.header("Not planned, and why", anchor="left-out")
    show_steps_left_out(view, view.saved.body)


def show_steps_left_out(view: PlanView, plan: Plan) -> None:
    """The same for any plan."""
    left_out = _folded(view, plan.not_planned)
    if not left_out:
        st.write("Every step that is wanted is in the plan.")
        return
    st.write(f"{counted(len(plan.not_planned), 'wanted step')} stay out." if len(plan.not_planned) != 1
             else "1 wanted step stays out.")  # fmt: skip
    show(_table(left_out))


def _folded(view: PlanView, steps: tuple[NotPlanned, ...]) -> dict[tuple[str, str, str], list[str]]:
    """Departments by topic, step and reason."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for each in steps:
        known = each.from_level is not None and each.to_level is not None
        step = f"{each.from_level} to {each.to_level}" if known else f"up to {each.to_level}" if each.to_level else "–"
        why = sentence(each.reason, view.names)
        found.setdefault((view.name(each.topic), step, why), []).append(view.name(each.department))
    return found


def _table(left_out: dict[tuple[str, str, str], list[str]]) -> str:
    rows = (
        (text(topic, "name"), text(step, "nowrap"), text(", ".join(places)), text(why))
        for (topic, step, why), places in left_out.items()
    )
    return table(("Topic", "Level", "Departments", "Why it stays out"), rows, "Wanted steps that are not planned")


@st.fragment
def show_proposed(here: PageContext) -> None:
    """What readiness proposes for the next plan."""
    view = plan_view(here)
    if view is None:
        return
    show_kept_refusals()
    show_said("plan:wanted")
    _show_proposals(view, set(decisions_by_code(view)))


def _show_proposals(view: PlanView, decided: set[str]) -> None:
    found = _readiness_of(view)
    if not found.proposals:
        return
    st.header("Proposed by readiness", anchor="proposed")
    st.write(f"In the round {plain(found.round or '')} a “no” was said to these questions. An action would help.")
    for proposal in found.proposals:
        _show_proposal(view, proposal, decided)


def _readiness_of(view: PlanView) -> Readiness:
    """Kept until a round or the setup changes: it is made from the scores of a whole round."""
    ws = view.here.workspace
    revisions = (ws.revision(), *(ws.revision(each.scope) for each in cached.every_round(view.here)))
    return _readiness(ws.url, view.organisation.id, revisions, view)


@st.cache_resource(ttl=HOUR, max_entries=32, show_spinner=False)
def _readiness(url: str, organisation: UUID, revisions: tuple[int, ...], _view: PlanView) -> Readiness:
    return readiness(_view.here.workspace, _view.here.visitor, _view.organisation.name)


def _show_proposal(view: PlanView, proposal: Proposal, decided: set[str]) -> None:
    who = ", ".join(plain(view.name(each)) for each in proposal.departments)
    st.markdown(f"**{plain(proposal.text)}**  \n“No” from {who}. {plain(proposal.because)}")
    planned = {each.catalogue_id: each for each in (view.saved.actions if view.saved else ())}
    for code in proposal.actions:
        if code in planned:
            state = "is done" if planned[code].done_on else "is in the plan"
            st.markdown(f"- “{plain(view.name(code))}” {state}.")
        elif code in decided:
            st.markdown(f"- “{plain(view.name(code))}” is decided on for the next plan.")
        elif view.may_edit and view.catalogue and code in view.catalogue.by_id:
            st.button(
                f"Plan “{view.name(code)}” next time", key=f"plan:want:{proposal.question}:{code}",
                icon=":material/add_task:", on_click=_want, args=(view, code, proposal),
            )  # fmt: skip
        else:
            st.markdown(f"- “{plain(view.name(code))}” is not in the plan.")


def _want(view: PlanView, code: str, proposal: Proposal) -> None:
    with keeping_refusals():
        reason = f"Readiness: {proposal.because}"
        decide_action(view.here.workspace, view.here.visitor, view.round, code, "must", reason)
        st.session_state["plan:wanted"] = (
            f"“{plain(view.name(code))}” is in the next plan in any case. Plan again to see it."
        )
