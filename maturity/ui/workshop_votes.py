"""The votes beside the consensus, one question at a time, and whose they were where people were told so."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from maturity.assessment.workshop_results import MatterResult, VotesBeside, WorkshopResults
from maturity.operations.rounds import Round
from maturity.operations.workshop_results import votes_beside
from maturity.ui.context import REFUSALS, PageContext, show_refusal
from maturity.ui.pictures import show_table
from maturity.ui.plain_text import plain
from maturity.ui.vote_picture import show_votes
from maturity.words import workshop_sentences as words
from maturity.words.vote_sentences import vote_name

NONE = "–"


@st.fragment
def show_votes_beside(here: PageContext, round_: Round, found: WorkshopResults) -> None:
    """A choice of the questions that people voted on, and the votes on it beside what was agreed."""
    st.header("Votes beside the consensus", anchor=False)
    questions_first = sorted(found.matters, key=lambda each: each.matter.warms_up)
    held = {each.matter.id: each for each in questions_first if each.votes}
    if not held:
        st.write(words.NO_VOTES)
        return
    names = {identity: found.asked(each) for identity, each in held.items()}
    chosen = st.selectbox("Question", list(held), format_func=names.__getitem__, key="after_question")
    result = held.get(chosen, next(iter(held.values())))
    agreed = result.outcome
    if agreed:
        st.markdown(f"Agreed: **level {plain(found.level_name(agreed.level))}**. {plain(agreed.reason)}")
    show_votes(
        result.votes,
        levels=found.levels,
        subject=names[result.matter.id],
        mode=here.mode,
        key=f"after-{result.matter.id}",
    )
    _show_voters(here, round_, found, result)


def _show_voters(here: PageContext, round_: Round, found: WorkshopResults, result: MatterResult) -> None:
    try:
        beside = votes_beside(here.workspace, here.visitor, round_, found.workshop, result.matter.id)
    except REFUSALS as error:
        show_refusal(error)
        return
    on_paper = not beside.voters and not beside.hidden and round_.terms.anonymity != "anonymous"
    st.caption(words.ON_PAPER if on_paper else words.WHOSE_VOTES[round_.terms.anonymity])
    if beside.voters:
        box = st.expander("Whose vote was which", key=f"voters-{result.matter.id}", on_change="rerun")
        if box.open:
            with box:
                show_table(voters_table(found, beside))


def voters_table(found: WorkshopResults, beside: VotesBeside) -> pd.DataFrame:
    """A row for each voter, a column for each vote that was held."""
    rows = []
    for voter in beside.voters:
        row = {"Who": plain(voter.who)}
        for ballot in beside.ballots:
            row[vote_name(ballot)] = _voted(found, beside, ballot, voter.votes)
        rows.append(row)
    return pd.DataFrame(rows)


def _voted(found: WorkshopResults, beside: VotesBeside, ballot: int, votes: Mapping[int, int | None]) -> str:
    if ballot in beside.hidden:
        return "Not shown"
    if ballot not in votes:
        return NONE
    level = votes[ballot]
    return "Don't know" if level is None else plain(found.level_name(level))
