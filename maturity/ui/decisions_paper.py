"""The record of one decision as a page to print and sign."""

from __future__ import annotations

import streamlit as st

from maturity.operations.decision_papers import decision_record
from maturity.roadmap.decisions import AskedDecision
from maturity.ui.decisions_shown import ShownDecisions, record_facts
from maturity.words.leadership_sentences import cost_words


def show_paper(shown: ShownDecisions, asked: AskedDecision) -> None:
    """The button that gives the record as one HTML file, made when it is pressed."""
    decision = asked.decision
    options = [
        (f"{each.name} (chosen)" if each.name == decision.chosen else each.name, cost_words(each.cost, shown.currency),
         each.effect)
        for each in decision.options
    ]  # fmt: skip
    facts = record_facts(shown, asked)
    st.download_button(
        "Record to print", lambda: decision_record(decision.question, decision.background, facts, options).encode(),
        file_name="decision.html", mime="text/html", key=f"decision:paper:{decision.id}", on_click="ignore",
        icon=":material/print:",
    )  # fmt: skip
