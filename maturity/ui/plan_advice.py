"""The question that a plan made now would answer, and what can be said of it before: kept until something changes."""

from __future__ import annotations

from collections.abc import Hashable

import streamlit as st

from maturity.operations.choices import decided
from maturity.operations.plan_making import plan_question
from maturity.planning.advice import Advice, advise
from maturity.planning.request import PlanRequest
from maturity.ui.context import REFUSALS, PageContext
from maturity.ui.help import plain
from maturity.ui.plan import HOUR, PlanView, plan_view
from maturity.words.decision_sentences import advice_sentence
from maturity.words.messages import counted

MOST_OPEN = 5


def asked_now(view: PlanView) -> PlanRequest | None:
    """What a plan made now would be asked for with; None where the visitor may not ask yet, which other parts say."""
    return _asked(revision_of(view), view)


def revision_of(view: PlanView) -> Hashable:
    """What the question is made from, as far as it can change."""
    return view.revision, view.here.workspace.revision(view.round.scope)


@st.cache_resource(ttl=HOUR, max_entries=32, show_spinner=False)
def _asked(revision: Hashable, _view: PlanView) -> PlanRequest | None:
    try:
        return plan_question(_view.here.workspace, _view.here.visitor, _view.round).request
    except REFUSALS:
        return None


@st.cache_resource(ttl=HOUR, max_entries=32, show_spinner=False)
def _advice(revision: Hashable, _request: PlanRequest) -> tuple[Advice, ...]:
    return advise(_request)


@st.fragment
def show_advice(here: PageContext) -> None:
    """What can be known before a plan is made: what keeps it from being made first, what only explains in a box."""
    view = plan_view(here)
    request = asked_now(view) if view is not None and view.may_edit else None
    if view is None or request is None:
        return
    found = (*_resting(view), *_advice(revision_of(view), request))
    for each in found:
        if each.severity == "error":
            st.error(plain(advice_sentence(each, view.names)), icon=":material/block:")
    warnings = [each for each in found if each.severity == "warning"]
    if warnings and len(warnings) <= MOST_OPEN:
        st.markdown("**To know before you plan**")
        st.markdown(_listed(view, warnings))
        _show_box(view, "Also", [each for each in found if each.severity == "note"])
    else:
        _show_box(view, "To know before you plan", [each for each in found if each.severity != "error"])


def _resting(view: PlanView) -> list[Advice]:
    """Decisions on actions that were retired since: they rest, and nobody should learn that from the new plan."""
    known = {"catalogue": view.catalogue.name if view.catalogue else "the action catalogue"}
    return [
        Advice(
            code="unknown_decision", severity="warning", subject=each.decision.code,
            values={**known, "action": each.decision.code, "by": each.decision.by},
        )
        for each in decided(view.here.workspace, view.here.visitor, view.round)
        if not each.known
    ]  # fmt: skip


def _show_box(view: PlanView, about: str, found: list[Advice]) -> None:
    if not found:
        return
    label = f"{about}: {counted(len(found), 'remark')}"
    box = st.expander(label, key="plan:advice", on_change="rerun", icon=":material/info:")
    if box.open:
        box.markdown(_listed(view, found))


def _listed(view: PlanView, found: list[Advice]) -> str:
    return "\n".join(f"- {plain(advice_sentence(each, view.names))}" for each in found)
