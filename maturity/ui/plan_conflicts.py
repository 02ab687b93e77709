"""What stands against the decisions, with the numbers, and the decisions to take back so that all others are kept."""

from __future__ import annotations

import streamlit as st

from maturity.operations.errors import Refused
from maturity.operations.solver import SolverFailed, solver
from maturity.planning.conflicts import Conflicts, conflicts_of, read_conflicts
from maturity.planning.documents import request_document
from maturity.planning.request import Decision, PlanningError, PlanRequest
from maturity.ui.help import plain
from maturity.ui.plan import PlanView
from maturity.ui.plan_decisions import take_back
from maturity.words.decision_sentences import conflict_sentence, decided, to_give_up
from maturity.words.messages import counted
from maturity.words.plan_sentences import named

AT_ONCE = 30
"""Departments up to which conflicts are looked for here: it takes some hundredths of a second."""
LONGEST = 10.0
"""Seconds that larger ones may take, in the solver's own process."""
MOST_SHOWN = 5
KNOWN = "plan:conflicts"


def show_conflicts(view: PlanView, request: PlanRequest) -> bool:
    """Every conflict between the decisions of a request in a sentence, and a button for each decision to take back.
    False where there is nothing to say; whatever the request is refused for is said elsewhere."""
    if not request.decisions:
        return False
    found = _conflicts(request)
    if found is None:
        st.caption("Whether all decisions can be kept was not found out in time; the new plan says it.")
        return False
    if not found.found:
        return False
    said = [f"- {plain(conflict_sentence(each, view.names))}" for each in found.found]
    st.warning("**Not all decisions can be kept.**\n\n" + "\n".join(said[:MOST_SHOWN]))
    if len(said) > MOST_SHOWN:
        with st.expander(counted(len(said) - MOST_SHOWN, "more conflict")):
            st.markdown("\n".join(said[MOST_SHOWN:]))
    if found.give_up:
        _show_way_out(view, found)
    return True


def _show_way_out(view: PlanView, found: Conflicts) -> None:
    st.markdown(to_give_up(len(found.give_up), smallest=found.smallest))
    if not view.may_edit:
        return
    for each in found.give_up[:MOST_SHOWN]:
        words = f"Take back: {named(each.code, view.names)}, {_said(each)}"
        st.button(
            words, key=f"plan:give-up:{each.code}:{each.kind}", icon=":material/undo:", on_click=take_back,
            args=(view, each),
        )  # fmt: skip
    if len(found.give_up) > 1:
        st.button(
            f"Take all {len(found.give_up)} back", key="plan:give-up", icon=":material/undo:", on_click=take_back,
            args=(view, *found.give_up),
        )  # fmt: skip


def _said(decision: Decision) -> str:
    words = decided(decision.kind, decision.start)
    return words[:1].lower() + words[1:]


def _conflicts(request: PlanRequest) -> Conflicts | None:
    """The conflicts, found once for a request that stays the same; None where they were not found in time."""
    known: tuple[PlanRequest, Conflicts | None] | None = st.session_state.get(KNOWN)
    if known is None or known[0] is not request:
        known = st.session_state[KNOWN] = (request, _find(request))
    return known[1]


def _find(request: PlanRequest) -> Conflicts | None:
    try:
        if len(request.departments) <= AT_ONCE:
            return conflicts_of(request)
        asked = solver().begin("conflicts", {"request": request_document(request)})
        return read_conflicts(asked.wait(LONGEST))
    except (PlanningError, Refused):
        return Conflicts()
    except SolverFailed:
        return None
