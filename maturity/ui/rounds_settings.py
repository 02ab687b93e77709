"""The form for a new round, and the one that changes a round which is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from maturity.assessment.departments import Weights
from maturity.assessment.terms import RoundTerms
from maturity.framework.model import Framework
from maturity.framework.narrow import narrowed
from maturity.operations.frameworks import find_framework, framework_versions
from maturity.operations.round_changes import RoundSettings, change_round, settings_of, whole_framework
from maturity.operations.rounds import Round, create_round
from maturity.operations.setup import Organisation
from maturity.ui.clock import today
from maturity.ui.context import REFUSALS, PageContext, sentence
from maturity.ui.help import number_help
from maturity.ui.home_start import choose_track
from maturity.ui.rounds_terms import choose_terms, choose_topics
from maturity.words.messages import counted

WEIGHTS: Mapping[Weights, str] = {
    "equal": "Every department counts the same",
    "staff": "Departments count by their number of staff",
    "chosen": "Departments count as chosen here",
}


@st.fragment
def show_new_round(here: PageContext, organisation: Organisation) -> None:
    """A new round: framework, track, departments, weights, dates, terms. It stays closed until it is opened."""
    name = st.text_input("Name", key="round_name", max_chars=120, placeholder="Spring 2027")
    versions = framework_versions(here.workspace, here.visitor)
    labels = {each.code: f"{each.name} {each.version}, {counted(each.questions, 'question')}" for each in versions}
    code = st.selectbox("Questionnaire", list(labels), key="round_framework", format_func=labels.__getitem__)
    framework = find_framework(here.workspace, here.visitor, code)
    topics = choose_topics("round", (), framework)
    track = choose_track(narrowed(framework, topics), key="round_track")
    chosen, weights, own = _choose_departments("round", organisation.names, list(organisation.names), "equal", {})
    opens, closes = _choose_days("round", None, None)
    st.header("Who is known, and who is wanted", anchor=False)
    terms = choose_terms("round", RoundTerms(topics=topics))
    if not st.button("Create the round", type="primary"):
        return
    try:
        create_round(
            here.workspace,
            here.visitor,
            name,
            code,
            departments=chosen,
            chosen_weights=own,
            weights=weights,
            track=track,
            opens_on=opens or today(here),
            closes_on=closes,
            terms=terms,
            organisation=organisation.name,
        )
    except REFUSALS as error:
        st.error(sentence(error), icon=":material/block:")
        return
    st.session_state["_said"] = f"The round {name} is created. Open it when people may answer."
    st.rerun()


@st.fragment
def show_change(here: PageContext, round_: Round, organisation: Organisation) -> None:
    """What can be changed of a round as it stands: all of a draft, the days and wishes of an open round."""
    # The key holds the version that was read: after a save the inputs start anew from what is stored.
    key, before = f"change_{round_.id}_{round_.row_version}", settings_of(round_)
    settings = before
    if round_.status == "draft":
        settings = _choose_all(key, before, organisation, whole_framework(here.workspace, here.visitor, round_))
    opens, closes = _choose_days(key, before.opens_on, before.closes_on)
    terms = choose_terms(key, settings.terms, is_open=round_.status == "open")
    if st.button("Save the round", key=f"{key}_save", type="primary"):
        _save(here, round_, replace(settings, opens_on=opens, closes_on=closes, terms=terms))


def _choose_all(key: str, before: RoundSettings, organisation: Organisation, framework: Framework) -> RoundSettings:
    st.session_state.setdefault(f"{key}_name", before.name)
    name = st.text_input("Name", key=f"{key}_name", max_chars=120)
    st.session_state.setdefault(f"{key}_track", before.track)
    topics = choose_topics(key, before.terms.topics, framework)
    track = choose_track(narrowed(framework, topics), key=f"{key}_track")
    there = [code for code in before.departments if code in organisation.names]
    chosen, weights, own = _choose_departments(key, organisation.names, there, before.weights, before.chosen_weights)
    return replace(
        before,
        name=name or "",
        track=track,
        departments=tuple(chosen),
        weights=weights,
        chosen_weights=own or {},
        terms=replace(before.terms, topics=topics),
    )


def _save(here: PageContext, round_: Round, settings: RoundSettings) -> None:
    try:
        change_round(here.workspace, here.visitor, round_, settings)
    except REFUSALS as error:
        st.error(sentence(error), icon=":material/block:")
        return
    st.session_state["_said"] = f"The round {settings.name} is saved."
    st.rerun()


def _choose_departments(
    key: str, names: Mapping[str, str], now: Sequence[str], weights: Weights, own: Mapping[str, float]
) -> tuple[list[str], Weights, dict[str, float] | None]:
    """Who takes part, how they count, and where that is chosen, each one's weight."""
    st.session_state.setdefault(f"{key}_departments", list(now))
    chosen = st.multiselect(
        "Departments that take part",
        list(names),
        key=f"{key}_departments",
        format_func=lambda each: names.get(each, each),
    )
    st.session_state.setdefault(f"{key}_weights", weights)
    how = st.radio(
        "What each department counts in the organisation's score",
        list(WEIGHTS),
        key=f"{key}_weights",
        format_func=WEIGHTS.__getitem__,
        help=number_help("weights"),
    )
    return chosen, how, _choose_weights(key, names, chosen, own) if how == "chosen" else None


def _choose_weights(
    key: str, names: Mapping[str, str], chosen: list[str], own: Mapping[str, float]
) -> dict[str, float]:
    """A weight for each department that takes part, 1 unless changed."""
    weights = [own.get(code, 1.0) for code in chosen]
    rows = pd.DataFrame({"Department": [names[code] for code in chosen], "Weight": weights})
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=["Department"],
        key=f"{key}_weights_table_{'-'.join(chosen)}",
        column_config={"Weight": st.column_config.NumberColumn(min_value=0.0, step=0.5, required=True)},
        alt="The weight of each department",
    )
    return dict(zip(chosen, (float(weight) for weight in edited["Weight"]), strict=True))


def _choose_days(key: str, opens: date | None, closes: date | None) -> tuple[date | None, date | None]:
    for name, now in (("opens", opens), ("closes", closes)):
        st.session_state.setdefault(f"{key}_{name}", now)
    first, last = st.columns(2)
    return (
        first.date_input("First day", key=f"{key}_opens", format="DD/MM/YYYY"),
        last.date_input("Last day", key=f"{key}_closes", format="DD/MM/YYYY"),
    )
