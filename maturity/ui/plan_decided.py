"""Everything that is decided for the next plan in one list: what, about which action, who, why and when."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from maturity.operations.choices import Decided, decided, lock_next_quarter
from maturity.planning.request import Decision
from maturity.roadmap.replan import next_quarter, starting_within
from maturity.ui.clock import local, today
from maturity.ui.context import PageContext, keeping_refusals, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.plan import PlanView, plan_view, show_said
from maturity.ui.plan_advice import asked_now
from maturity.ui.plan_conflicts import show_conflicts
from maturity.ui.plan_decisions import first_day, take_back
from maturity.words.decision_sentences import DECIDED, gone_action
from maturity.words.decision_sentences import decided as decided_words
from maturity.words.messages import counted, on_day
from maturity.words.plan_sentences import named

MOST_OPEN = 10
"""So many rows stand open; more are folded by what is decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The same decision about one action, in some departments or in all."""

    first: Decided
    decisions: tuple[Decision, ...]


@st.fragment
def show_decided(here: PageContext) -> None:
    """The list with what stands against it, and locking a whole quarter."""
    view = plan_view(here)
    if view is None:
        return
    show_kept_refusals()
    show_said()
    found = rows(decided(here.workspace, here.visitor, view.round))
    st.header("What is decided", anchor="decided")
    if not found:
        st.write("Nothing is decided for the next plan. Open an action to pin, lock, want or reject it.")
    else:
        count = sum(len(each.decisions) for each in found)
        st.write(f"{counted(count, 'decision')} for the next plan. A decision stands until somebody takes it back.")
        if view.may_edit and (request := asked_now(view)) is not None:
            show_conflicts(view, request)
        _show_rows(view, found)
    if view.editable:
        _show_locking(view)


def rows(found: tuple[Decided, ...]) -> list[Row]:
    """The list with copies of one action together, where the same was decided for the same reason."""
    folded: dict[tuple[object, ...], list[Decided]] = {}
    for each in found:
        made = each.decision
        folded.setdefault((made.code.partition("/")[0], made.kind, made.start, made.reason, made.by), []).append(each)
    return [Row(first=same[0], decisions=tuple(each.decision for each in same)) for same in folded.values()]


def _show_rows(view: PlanView, found: list[Row]) -> None:
    if len(found) <= MOST_OPEN:
        for row in found:
            _show_row(view, row)
        return
    for kind, words in DECIDED.items():
        some = [row for row in found if row.first.decision.kind == kind]
        if some:
            box = st.expander(f"{words}: {len(some)}", key=f"plan:decided:{kind}", on_change="rerun")
            if box.open:
                with box:
                    for row in some:
                        _show_row(view, row)


def _show_row(view: PlanView, row: Row) -> None:
    made, on = row.first.decision, on_day(local(row.first.at).date())
    words, button = st.columns([4, 1], vertical_alignment="center") if view.may_edit else (st.container(), None)
    with words:
        st.markdown(
            f"**{decided_words(made.kind, made.start)}**: {plain(_what(view, row))}  \n"
            f"{plain(made.reason)} ({plain(made.by)}, {on})"
        )
    if button is not None:
        button.button(
            "Take back", key=f"plan:decided:{made.code}:{made.kind}", icon=":material/undo:", type="tertiary",
            on_click=take_back, args=(view, *row.decisions), help=f"Take this decision back: {_what(view, row)}",
        )  # fmt: skip


def _what(view: PlanView, row: Row) -> str:
    made = row.first.decision
    if not row.first.known:
        return gone_action(made.code, view.names)
    if len(row.decisions) == 1:
        return named(made.code, view.names)
    return f"{named(made.code.partition('/')[0], view.names)} in {counted(len(row.decisions), 'department')}"


def _show_locking(view: PlanView) -> None:
    """One button that locks everything about to begin, with one reason."""
    assert view.saved is not None, "an editable view has a plan"
    first, last = next_quarter(today(view.here), first_day(view))
    soon = starting_within(view.saved.actions, first, last)
    if not soon:
        return
    box = st.expander(
        "Lock everything that starts within the next quarter", key="plan:lock", on_change="rerun",
        icon=":material/lock:",
    )  # fmt: skip
    if not box.open:
        return
    with box, st.form("plan:lock:form", border=False):
        st.write(
            f"From {on_day(first)} to {on_day(last)} the plan starts {counted(len(soon), 'action')}. What is locked "
            "stays on its day in every new plan. What has its day already, or is rejected, stays as it is."
        )
        st.text_input("Reason", key="plan:lock:reason", max_chars=500)
        st.form_submit_button("Lock them", on_click=_lock, args=(view,))


def _lock(view: PlanView) -> None:
    with keeping_refusals():
        reason = str(st.session_state.get("plan:lock:reason") or "")
        number = lock_next_quarter(view.here.workspace, view.here.visitor, view.round, reason)
        st.session_state["plan:lock:reason"] = ""
        st.session_state["plan:said"] = f"{counted(number, 'action')} locked where the plan has {_them(number)}."


def _them(number: int) -> str:
    return "it" if number == 1 else "them"
