"""One risk opened, its form, and the form for a new one. What was typed into a form that clashed stays in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from maturity.access.permissions import may
from maturity.operations import risks as operations
from maturity.operations.risks import KnownRisk, RiskChanged
from maturity.roadmap.risks import CHANCE, LONGER, RESPONSES, STEPS, Risk
from maturity.ui import plan_tables
from maturity.ui.address_choice import choose_by_address
from maturity.ui.clock import local
from maturity.ui.context import keeping_refusals
from maturity.ui.help import plain
from maturity.ui.plan_tables import about
from maturity.ui.risks_shown import SAID, ShownRisks, show_history
from maturity.words.messages import on_day, saved_at
from maturity.words.risk_sentences import ASSUMED, RESPONSE, STATE, impact_words, likelihood_words, weight_words

INPUTS = ("title", "description", "likelihood", "impact", "owner", "response", "response_text", "codes", "review_on")
EMPTY_RISK = Risk(id="", title="", likelihood=3, impact=3, owner="")


def show_opened(shown: ShownRisks) -> None:
    """The choice of a risk; the one chosen with its history, and for whoever may keep it the form."""
    st.header("One risk", anchor="risk")
    numbers = shown.numbers
    by_id = {each.risk.id: each for each in sorted(shown.known, key=lambda each: numbers[each.risk.id])}
    labels = {each.risk.id: f"{numbers[each.risk.id]} {each.risk.title}" for each in by_id.values()}
    chosen = choose_by_address("Open a risk", labels, name="risk", placeholder="Choose one of the risks")
    known = by_id.get(chosen or "")
    if known is None:
        st.caption("Open a risk to read what was said about it, and to change it where you may.")
        return
    _show_facts(shown, known.risk)
    if shown.may_keep(known.risk.codes):
        _show_changing(shown, known)
    st.subheader("What was said about it", anchor=False)
    show_history(known)


def _show_facts(shown: ShownRisks, risk: Risk) -> None:
    if risk.description:
        st.write(plain(risk.description))
    facts = {
        "Weight": weight_words(risk.likelihood, risk.impact),
        "In the forecast": f"{likelihood_words(risk.likelihood, CHANCE[risk.likelihood])}, "
        f"{impact_words(risk.impact, LONGER[risk.impact])}",
        "Watched by": risk.owner,
        "Response": RESPONSE[risk.response].partition(":")[0]
        + (f": {risk.response_text}" if risk.response_text else ""),
        "Holds up": "; ".join(shown.action_name(code) for code in risk.codes) or "no action is tied to it",
        "State": STATE[risk.state],
        "Review": on_day(risk.review_on) if risk.review_on else "",
    }
    plan_tables.show(about({name: words for name, words in facts.items() if words}, "About this risk"))


def _show_changing(shown: ShownRisks, known: KnownRisk) -> None:
    risk = known.risk
    name = f"risk:{risk.id}:{risk.row_version}"
    mine = st.session_state.get(f"risk:mine:{risk.id}")
    if isinstance(mine, Risk) and f"{name}:title" not in st.session_state:
        _seed(name, mine)
        st.session_state[f"{name}:clash"] = True
    else:
        _seed(name, risk)
    box = st.expander("Change it", key=f"risk:change:{risk.id}", icon=":material/edit:",
                      expanded=bool(st.session_state.get(f"{name}:clash")))  # fmt: skip
    with box, st.form(name, border=False):
        if st.session_state.get(f"{name}:clash"):
            st.warning("The form holds what you typed; what is stored stands above. Save to put yours there.")
        _show_inputs(shown, name)
        st.segmented_control("State", list(STATE), key=f"{name}:state", required=True, format_func=str.capitalize)
        st.text_input("Why it changes", key=f"{name}:why", max_chars=1_000, placeholder="What you have seen or heard")
        st.form_submit_button("Save the risk", type="primary", on_click=_save, args=(shown, risk, name))


def show_adding(shown: ShownRisks) -> None:
    """The form for a new risk, for whoever may keep some."""
    mine = shown.here.organisation
    allowed = may(shown.here.visitor, "edit_plan", None, mine.id if mine else None)
    if not allowed and not any(shown.may_keep([code]) for code in shown.actions):
        return
    name = f"risk:new:{st.session_state.get('risk:turn', 0)}"
    _seed(name, EMPTY_RISK)
    box = st.expander("Add a risk", key="risk:add", icon=":material/add:", expanded=not shown.known)
    with box, st.form(name, border=False):
        _show_inputs(shown, name)
        st.form_submit_button("Add the risk", type="primary", on_click=_add, args=(shown, name, []))


def _seed(name: str, risk: Risk) -> None:
    """Give the inputs what is stored, once."""
    if f"{name}:title" in st.session_state:
        return
    for each in INPUTS:
        value = getattr(risk, each)
        st.session_state[f"{name}:{each}"] = list(value) if each == "codes" else value
    st.session_state[f"{name}:state"] = risk.state


def _show_inputs(shown: ShownRisks, name: str) -> None:
    st.text_input("What could happen", key=f"{name}:title", max_chars=200,
                  placeholder="The two engineers who know the platform leave")  # fmt: skip
    st.text_area("What it would mean", key=f"{name}:description", max_chars=4_000, height=80)
    left, right = st.columns(2)
    left.selectbox(
        "Likelihood", STEPS, key=f"{name}:likelihood", format_func=lambda step: likelihood_words(step, CHANCE[step])
    )
    right.selectbox("Impact", STEPS, key=f"{name}:impact", format_func=lambda step: impact_words(step, LONGER[step]),
                    help=ASSUMED)  # fmt: skip
    kept = list(st.session_state.get(f"{name}:codes") or ())
    codes = list(dict.fromkeys([*(code for code in shown.actions if shown.may_keep([code])), *kept]))
    st.multiselect("Actions that it would hold up", codes, format_func=shown.action_name, key=f"{name}:codes",
                   help="What is left of these takes longer where the risk happens.")  # fmt: skip
    left, right = st.columns(2)
    left.text_input("Who watches it", key=f"{name}:owner", max_chars=200)
    right.date_input("Look at it again on", key=f"{name}:review_on", format="DD/MM/YYYY", min_value=date(2000, 1, 1),
                     max_value=date(2100, 12, 31))  # fmt: skip
    left, right = st.columns([2, 3])
    left.selectbox("Response", RESPONSES, key=f"{name}:response", format_func=RESPONSE.__getitem__)
    right.text_input("What is done about it", key=f"{name}:response_text", max_chars=1_000)


def _filled(name: str) -> dict[str, Any]:
    filled: dict[str, Any] = {each: st.session_state.get(f"{name}:{each}") for each in INPUTS}
    texts = {each: filled[each] or "" for each in ("title", "description", "owner", "response_text")}
    return filled | texts | {"codes": tuple(filled["codes"] or ()), "response": filled["response"] or "reduce"}


def _add(shown: ShownRisks, name: str, made: list[Risk]) -> None:
    """In a callback: a refusal leaves the inputs as they are. A second click ends the run of the first where that next
    looks at the session, so what was `made` is noted first and not made again."""
    here = shown.here
    with keeping_refusals():
        mine = here.organisation.name if here.organisation else None
        if not made:
            made.append(operations.add_risk(here.workspace, here.visitor, organisation=mine, **_filled(name)))
        st.session_state["risk:turn"] = int(name.rpartition(":")[2]) + 1
        _say(shown, f"“{made[0].title}” is in the list and in the forecast.")


def _save(shown: ShownRisks, risk: Risk, name: str) -> None:
    here, filled = shown.here, _filled(name)
    filled["state"] = st.session_state.get(f"{name}:state") or risk.state
    why = st.session_state.get(f"{name}:why") or ""
    changes = {key: value for key, value in filled.items() if value != getattr(risk, key)}
    if "owner" in changes:
        changes["owner_person"] = None
    with keeping_refusals():
        try:
            saved = operations.change_risk(here.workspace, here.visitor, risk.id, risk.row_version, why=why, **changes)
        except RiskChanged as error:
            st.session_state[f"risk:mine:{risk.id}"] = error.mine
            raise
        st.session_state.pop(f"risk:mine:{risk.id}", None)
        _say(shown, f"“{saved.title}” is changed.")


def _say(shown: ShownRisks, words: str) -> None:
    st.session_state[SAID] = plain(f"{saved_at(local(shown.here.workspace.clock()))}. {words}")
