"""The privacy notice, and the two settings that it is made from."""

from __future__ import annotations

import streamlit as st

from maturity.access.permissions import may
from maturity.operations.privacy import (
    EXPIRED_DAYS,
    FEWEST_MONTHS,
    MOST_MONTHS,
    PrivacyTerms,
    privacy_terms,
    set_privacy_terms,
)
from maturity.operations.sign_in import SESSION
from maturity.ui import navigation
from maturity.ui.context import PageContext, keeping_refusals, show_kept_refusals
from maturity.ui.plain_text import plain
from maturity.words.messages import DEMO
from maturity.words.privacy import PrivacyFacts, privacy_notice

HOUR = 3600


def show_notice(here: PageContext) -> None:
    """What is kept, why, who sees it, for how long, and what one can ask for."""
    if here.organisation is None:
        st.info("No organisation is set up yet, so nothing is kept about anybody.")
        return
    if here.demo:
        st.caption(f"{DEMO} For real people the notice says the same with your organisation's name and contact.")
    terms = _terms(here)
    facts = PrivacyFacts(
        organisation=plain(terms.organisation),
        contact=plain(terms.contact),
        retention_months=terms.retention_months,
        expired_days=EXPIRED_DAYS,
        session_hours=int(SESSION.total_seconds() // HOUR),
    )
    for section in privacy_notice(facts):
        st.header(section.heading, anchor=False)
        for sentence in section.sentences:
            st.write(sentence)
        if section.lines:
            st.markdown("\n".join(f"- {line}" for line in section.lines))
    navigation.link_to("my_data", "See and download what is kept about you")


def _terms(here: PageContext) -> PrivacyTerms:
    assert here.organisation is not None
    return privacy_terms(here.workspace, here.visitor, here.organisation.name)


def show_settings(here: PageContext) -> None:
    """For administrators: whom people ask, and for how long people who left are kept."""
    if here.organisation is None or not may(here.visitor, "administer", organisation=here.organisation.id):
        return
    st.header("Change contact and time", anchor=False)
    _edit(here, here.organisation.name, _terms(here))


@st.fragment
def _edit(here: PageContext, organisation: str, terms: PrivacyTerms) -> None:
    st.session_state.setdefault("privacy_contact", terms.contact)
    st.session_state.setdefault("privacy_months", terms.retention_months)
    show_kept_refusals()

    def save() -> None:
        with keeping_refusals():
            contact, months = st.session_state["privacy_contact"], st.session_state["privacy_months"]
            set_privacy_terms(here.workspace, here.visitor, contact, months, organisation)
            st.session_state["_privacy_saved"] = True

    with st.form("privacy_settings", border=False):
        st.text_input(
            "Contact for questions about personal data",
            key="privacy_contact",
            placeholder="Data protection officer, privacy@city.example",
            help="Stands in the notice, and people who want to be erased send their request there.",
        )
        st.number_input(
            "Months that people who left are kept",
            min_value=FEWEST_MONTHS,
            max_value=MOST_MONTHS,
            key="privacy_months",
        )
        pressed = st.form_submit_button("Save", type="primary", on_click=save)
    if pressed and st.session_state.pop("_privacy_saved", False):
        st.rerun()
