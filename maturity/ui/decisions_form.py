"""Asking leaders, changing what was asked, and deciding. What was typed into a form that clashed stays in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from maturity.operations import decisions as operations
from maturity.operations.decisions import DecisionChanged
from maturity.roadmap.decisions import DO_NOTHING, LeadershipDecision, Option
from maturity.ui.context import keeping_refusals
from maturity.ui.decisions_shown import ShownDecisions
from maturity.words.leadership_sentences import shortened

TEXTS = ("question", "background", "recommendation", "decider")
ROWS = 4
FRESH = LeadershipDecision(id="", question="", decider="", options=(Option(name=""), Option(name=DO_NOTHING, cost=0.0)))
NONE = ""
DAYS: dict[str, Any] = {"format": "DD/MM/YYYY", "min_value": date(2000, 1, 1), "max_value": date(2100, 12, 31)}


def show_asking(shown: ShownDecisions) -> None:
    """The form to put a question before leaders, for whoever changes the plan."""
    if not shown.may("edit_plan"):
        return
    name = f"decision:new:{st.session_state.get('decision:turn', 0)}"
    _seed(name, FRESH)
    box = st.expander("Ask for a decision", key="decision:add", icon=":material/add:", expanded=not shown.asked)
    with box, st.form(name, border=False):
        _show_inputs(shown, name)
        _show_replacing(shown, name)
        st.form_submit_button("Ask for it", type="primary", on_click=_ask, args=(shown, name, []))


def show_changing(shown: ShownDecisions, decision: LeadershipDecision) -> None:
    """What was asked, to be changed or withdrawn by whoever changes the plan."""
    if not shown.may("edit_plan"):
        return
    name = f"decision:{decision.id}:{decision.row_version}"
    mine = st.session_state.get(f"decision:mine:{decision.id}")
    clash = isinstance(mine, LeadershipDecision)
    _seed(name, mine if isinstance(mine, LeadershipDecision) else decision)
    box = st.expander("Change what is asked", key=f"decision:change:{decision.id}", icon=":material/edit:",
                      expanded=clash)  # fmt: skip
    with box:
        with st.form(name, border=False):
            if clash:
                st.warning("The form holds what you typed; what is stored stands above. Save to put yours there.")
            _show_inputs(shown, name)
            st.form_submit_button("Save the question", type="primary", on_click=_save, args=(shown, decision, name))
        with st.form(f"{name}:withdraw", border=False):
            st.text_input("Why it is not needed any more", key=f"{name}:why", max_chars=1_000)
            st.form_submit_button("Withdraw it", on_click=_withdraw, args=(shown, decision, name))


def show_deciding(shown: ShownDecisions, decision: LeadershipDecision) -> None:
    """The form to record what was decided, for whoever may approve the plan."""
    if not shown.may("approve_plan"):
        return
    name = f"decide:{decision.id}:{decision.row_version}"
    st.session_state.setdefault(f"{name}:day", shown.today)
    with st.form(name):
        st.markdown("**Record what was decided**")
        st.radio("Chosen", [each.name for each in decision.options], index=None, key=f"{name}:chosen")
        st.text_area("Why", key=f"{name}:reason", max_chars=4_000, height=80)
        left, right = st.columns(2)
        left.date_input("Decided on", key=f"{name}:day", **DAYS)
        right.text_input("Where it is minuted", key=f"{name}:minute", max_chars=400, placeholder="Council, 2 March, 7")
        st.caption("What is decided stays as it is. A later decision can replace it and names it.")
        st.form_submit_button("Record the decision", type="primary", on_click=_decide, args=(shown, decision, name, []))


def _seed(name: str, decision: LeadershipDecision) -> None:
    """Give the inputs what is stored, once."""
    if f"{name}:question" in st.session_state:
        return
    state = st.session_state
    for each in TEXTS:
        state[f"{name}:{each}"] = getattr(decision, each)
    state[f"{name}:codes"] = list(decision.codes)
    state[f"{name}:needed"] = decision.needed_by
    for row, option in enumerate(decision.options):
        state[f"{name}:option{row}"], state[f"{name}:effect{row}"] = option.name, option.effect
        state[f"{name}:cost{row}"] = option.cost


def _rows(name: str) -> int:
    """How many options the form has room for: four, or as many as there are."""
    return max(ROWS, sum(f"{name}:option{row}" in st.session_state for row in range(20)))


def _show_inputs(shown: ShownDecisions, name: str) -> None:
    st.text_input("Question", key=f"{name}:question", max_chars=400,
                  placeholder="Do we hire two engineers, or buy the platform?")  # fmt: skip
    st.text_area("Background", key=f"{name}:background", max_chars=4_000, height=80)
    st.markdown("**Options** (at least two; one of them can be to do nothing)")
    for row in range(_rows(name)):
        first, second, third = st.columns([3, 2, 4])
        hide: Any = "visible" if row == 0 else "collapsed"
        number = row + 1
        first.text_input(f"Option {number}", key=f"{name}:option{row}", max_chars=200, label_visibility=hide,
                         placeholder=f"Option {number}")  # fmt: skip
        st.session_state.setdefault(f"{name}:cost{row}", None)
        second.number_input(
            f"Cost of option {number}" if row else f"Cost {shown.currency}".strip(), key=f"{name}:cost{row}",
            min_value=0.0, max_value=1e9, step=1_000.0, format="%.0f", label_visibility=hide,
            placeholder="Cost, if known",
        )  # fmt: skip
        third.text_input(f"What comes of option {number}" if row else "What comes of it", key=f"{name}:effect{row}",
                         max_chars=1_000, label_visibility=hide, placeholder="What comes of it")  # fmt: skip
    st.text_input("Recommendation", key=f"{name}:recommendation", max_chars=1_000)
    left, right = st.columns(2)
    left.text_input("Who decides", key=f"{name}:decider", max_chars=200, placeholder="Data governance council")
    right.date_input("Needed by (optional)", key=f"{name}:needed", **DAYS,
                     help="The plan says the last day by itself; set a day only to need it earlier.")  # fmt: skip
    kept = list(st.session_state.get(f"{name}:codes") or ())
    st.multiselect("Actions that wait for it", list(dict.fromkeys([*shown.actions, *kept])),
                   format_func=shown.action_name, key=f"{name}:codes")  # fmt: skip


def _show_replacing(shown: ShownDecisions, name: str) -> None:
    decided = {each.decision.id: each.decision for each in shown.asked if each.decision.state == "decided"}
    if decided:
        st.selectbox(
            "It replaces", [NONE, *decided], key=f"{name}:supersedes",
            format_func=lambda each: shortened(decided[each].question) if each in decided else "No earlier decision",
        )  # fmt: skip


def _filled(name: str) -> dict[str, Any]:
    state = st.session_state
    options = [
        Option(
            name=state.get(f"{name}:option{row}") or "", cost=state.get(f"{name}:cost{row}"),
            effect=state.get(f"{name}:effect{row}") or "",
        )
        for row in range(_rows(name))
    ]  # fmt: skip
    texts = {each: state.get(f"{name}:{each}") or "" for each in TEXTS}
    return texts | {
        "options": tuple(each for each in options if each.name.strip() or each.cost is not None or each.effect.strip()),
        "codes": tuple(state.get(f"{name}:codes") or ()),
        "needed_by": state.get(f"{name}:needed"),
    }


def _ask(shown: ShownDecisions, name: str, made: list[LeadershipDecision]) -> None:
    """In a callback: a refusal leaves the inputs as they are. A second click ends the run of the first where that next
    looks at the session, so what was `made` is noted first and not made again."""
    here = shown.here
    with keeping_refusals():
        mine = here.organisation.name if here.organisation else None
        earlier = st.session_state.get(f"{name}:supersedes") or None
        if not made:
            made.append(
                operations.ask_decision(
                    here.workspace, here.visitor, organisation=mine, supersedes=earlier, **_filled(name)
                )
            )
        st.session_state["decision:turn"] = int(name.rpartition(":")[2]) + 1
        shown.say(f"“{shortened(made[0].question)}” stands before leaders.")


def _save(shown: ShownDecisions, decision: LeadershipDecision, name: str) -> None:
    here, kept = shown.here, f"decision:mine:{decision.id}"
    changes = {key: value for key, value in _filled(name).items() if value != getattr(decision, key)}
    with keeping_refusals():
        try:
            operations.change_decision(
                here.workspace, here.visitor, decision.id, decision.row_version, **changes
            )  # fmt: skip
        except DecisionChanged as error:
            st.session_state[kept] = error.mine
            raise
        st.session_state.pop(kept, None)
        shown.say("What is asked is changed.")


def _withdraw(shown: ShownDecisions, decision: LeadershipDecision, name: str) -> None:
    here, why = shown.here, st.session_state.get(f"{name}:why") or ""
    with keeping_refusals():
        operations.withdraw_decision(here.workspace, here.visitor, decision.id, decision.row_version, why)
        shown.say("The question is withdrawn.")


def _decide(shown: ShownDecisions, decision: LeadershipDecision, name: str, done: list[LeadershipDecision]) -> None:
    here, state = shown.here, st.session_state
    with keeping_refusals():
        if not done:
            done.append(
                operations.decide(
                    here.workspace, here.visitor, decision.id, decision.row_version,
                    state.get(f"{name}:chosen") or "", state.get(f"{name}:reason") or "",
                    decided_on=state.get(f"{name}:day"), minute=state.get(f"{name}:minute") or "",
                )
            )  # fmt: skip
        shown.say(f"Decided: {done[0].chosen}.")
