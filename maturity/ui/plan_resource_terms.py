"""Changing the terms: currency and prices, what is kept back, what becomes of money left over, and the discount."""

from __future__ import annotations

from typing import Any

import streamlit as st

from maturity.operations.errors import Changed
from maturity.operations.resource_lines import set_terms
from maturity.operations.resources import Resources, resources
from maturity.planning.spending import Terms
from maturity.ui.context import keeping_refusals
from maturity.ui.plan import PlanView
from maturity.words import resource_sentences as words

TURN, SEEN = "plan:means:terms:turn", "plan:means:terms:seen"


def show_terms_editor(view: PlanView, found: Resources) -> None:
    """A box that opens to the terms."""
    box = st.expander(
        "Change the terms: currency, contingency, carry-over", key="plan:means:terms", on_change="rerun",
        icon=":material/edit:",
    )  # fmt: skip
    if not box.open:
        _forget()
        return
    seen, now = st.session_state.setdefault(SEEN, found.terms_version), found.terms
    with box, st.form("plan:means:terms:form", border=True):
        left, right = st.columns(2)
        left.text_input("Currency, three letters", max_chars=3, key=_seeded("currency", found.currency))
        right.number_input("Prices of the year", value=None, step=1, format="%d", key=_seeded("year", found.price_year))
        left.number_input(
            "Contingency of money, in %",
            value=None,
            step=1.0,
            format="%.1f",
            key=_seeded("money", 100 * now.money_contingency),
        )
        right.number_input(
            "Contingency of person-days, in %",
            value=None,
            step=1.0,
            format="%.1f",
            key=_seeded("days", 100 * now.days_contingency),
        )
        st.caption(f"{words.CONTINGENCY} {words.DAYS_CONTINGENCY}")
        st.checkbox("What a phase leaves over goes on to the next", key=_seeded("carry", now.carry_over))
        st.caption(words.CARRY_OVER)
        st.number_input(
            "Discount a year, in %", value=None, step=0.5, format="%.1f", key=_seeded("discount", 100 * now.discount)
        )
        st.caption(words.DISCOUNT)
        st.form_submit_button("Save the terms", on_click=_save, args=(view, found, seen))


def _forget() -> None:
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.session_state.pop(SEEN, None)


def _key(name: str) -> str:
    return f"plan:means:terms:{st.session_state.get(TURN, 0)}:{name}"


def _seeded(name: str, value: Any) -> str:
    st.session_state.setdefault(_key(name), value)
    return _key(name)


def _share(name: str, before: float) -> float:
    """A share from its per cent; one that was emptied stays as it was."""
    typed = st.session_state.get(_key(name))
    return before if typed is None else round(float(typed) / 100, 6)


def _save(view: PlanView, found: Resources, seen: int) -> None:
    here, now = view.here, found.terms
    catalogue = view.catalogue
    currency, year = str(st.session_state.get(_key("currency")) or ""), st.session_state.get(_key("year"))
    terms = Terms(
        currency=None if catalogue and currency.strip().upper() == catalogue.currency else currency or None,
        price_year=None if catalogue and year == catalogue.price_year else year,
        money_contingency=_share("money", now.money_contingency),
        days_contingency=_share("days", now.days_contingency),
        carry_over=bool(st.session_state.get(_key("carry"))),
        discount=_share("discount", now.discount),
    )
    with keeping_refusals():
        try:
            set_terms(here.workspace, here.visitor, view.round, terms, seen)
        except Changed:
            st.session_state[SEEN] = resources(here.workspace, here.visitor, view.round).terms_version
            raise
        _forget()
        st.session_state["plan:said"] = "Saved. It counts when a plan is made."
