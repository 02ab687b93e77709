"""Where a consensus decides a value: which workshop agreed on it, why, and who saw it otherwise."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from maturity.assessment.scores import Place
from maturity.operations.consensus import Consensus, consensus_of
from maturity.ui.help import plain
from maturity.ui.results_shown import Shown, kept
from maturity.words.workshop_sentences import agreed_in, value_from_workshop


def consensus_at(shown: Shown, department: str | None) -> Mapping[str, Consensus]:
    """What was agreed about a department, by question; nothing for the organisation and for groups."""
    if department is None or department not in shown.scores.departments:
        return {}
    here = shown.here
    key = (shown.key, department)
    return kept("consensus", key, lambda: consensus_of(here.workspace, here.visitor, shown.round, department))


def sources_of(shown: Shown, place: Place) -> dict[Place, str]:
    """Where the values of a topic's questions come from, for those that a workshop decided."""
    if not place.topic or place.question:
        return {}
    found = consensus_at(shown, place.department)
    return {
        place._replace(question=question): plain(value_from_workshop(each.workshop))
        for question, each in found.items()
        if each.workshop
    }


def show_consensus(shown: Shown, place: Place) -> None:
    """The reason for the consensus on a question, and the workshop that it comes from."""
    found = consensus_at(shown, place.department).get(place.question or "")
    if found is None:
        return
    st.markdown(f"{plain(agreed_in(found.workshop, found.decided_at.date()))} {plain(found.reason)}")
    if found.minority_view:
        st.markdown(f"Seen otherwise: {plain(found.minority_view)}")
