"""What a member gives a partnership: shown exactly before it is given, listed afterwards, and taken back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from maturity.access.permissions import may
from maturity.operations import partnership as operations
from maturity.operations.partnership import GivenResult, Partnership, RollUp
from maturity.operations.rounds import Round
from maturity.ui import cached
from maturity.ui import partnership_frames as frames
from maturity.ui.clock import local
from maturity.ui.context import REFUSALS, PageContext, keeping_refusals, sentence, show_kept_refusals
from maturity.ui.pictures import show_table
from maturity.ui.plain_text import plain
from maturity.words.messages import counted, joined

SAID = "_giving_said"


def show_giving(here: PageContext, organisation: str, member_of: tuple[Partnership, ...]) -> None:
    """What was given to whom and when, for all who may read results; giving and taking back for administrators."""
    st.header("What you gave", anchor=False)
    st.write(f"{plain(organisation)} is a member of {plain(joined([each.name for each in member_of]))}.")
    if said := st.session_state.pop(SAID, None):
        st.success(said)
    given = operations.given_by(here.workspace, here.visitor, organisation)
    if given:
        columns = ["Round", "To", "Given", "Withdrawn"]
        show_table(pd.DataFrame([_row(each) for each in given], columns=columns))
    else:
        st.info("Nothing was given yet. A partnership sees nothing of you until it is.")
    if here.organisation and may(here.visitor, "share_results", organisation=here.organisation.id):
        _withdraw(here, [each for each in given if each.withdrawn_at is None])
        st.header("Give a result", anchor=False)
        _give(here, organisation, member_of)


def _row(given: GivenResult) -> tuple[str, str, str, str]:
    withdrawn = f"{local(given.withdrawn_at):%Y-%m-%d %H:%M}" if given.withdrawn_at else "no"
    return plain(given.result.round), plain(given.partnership), f"{local(given.given_at):%Y-%m-%d %H:%M}", withdrawn


@st.fragment
def _withdraw(here: PageContext, given: list[GivenResult]) -> None:
    show_kept_refusals()
    if not given:
        return
    names = {each.id: f"{each.result.round}, given to {each.partnership}" for each in given}

    def withdraw() -> None:
        with keeping_refusals():
            chosen = st.session_state["withdraw_which"]
            operations.withdraw_result(here.workspace, here.visitor, chosen)
            st.session_state[SAID] = f"Withdrawn: {plain(names[chosen])}. The partnership does not see it any more."

    with st.popover("Withdraw a result…"):
        st.selectbox("Result", list(names), key="withdraw_which", format_func=names.__getitem__)
        st.write("The partnership does not see it any more. What its people have noted or downloaded stays with them.")
        if st.button("Withdraw", type="primary", on_click=withdraw):
            st.rerun()


@st.fragment
def _give(here: PageContext, organisation: str, member_of: tuple[Partnership, ...]) -> None:
    show_kept_refusals()
    over = {each.name: each for each in reversed(cached.every_round(here)) if each.status in ("closed", "signed_off")}
    if not over:
        st.info("No round is closed yet. Its result can be given once it is.")
        return
    name = st.selectbox("Round", list(over), key="give_round")
    whole = st.selectbox("Partnership", member_of, key="give_to", format_func=lambda each: each.name)
    try:
        shown = operations.preview(here.workspace, here.visitor, name, organisation)
    except REFUSALS as refused:
        st.warning(sentence(refused))
        return
    _show_preview(over[name], shown, whole)

    def give() -> None:
        with keeping_refusals():
            operations.give_result(here.workspace, here.visitor, name, whole.id, shown, organisation)
            st.session_state[SAID] = f"{plain(whole.name)} has the result of {plain(name)} now."

    if st.button(f"Give this to {plain(whole.name)}", type="primary", on_click=give) and SAID in st.session_state:
        st.rerun()


def _show_preview(round_: Round, shown: RollUp, whole: Partnership) -> None:
    """Everything that will be given, in one sentence and one table."""
    days = f"{shown.opens_on or 'no day'} to {shown.closes_on or 'no day'}"
    st.write(
        f"This, and nothing else, is given to the people of {plain(whole.name)}: the name {plain(shown.organisation)}, "
        f"the round {plain(shown.round)} ({days}) on {plain(round_.framework.name)} {plain(shown.version)}, that "
        f"{counted(shown.respondents, 'person', 'people')} in {counted(shown.departments, 'department')} answered, and:"
    )
    with st.expander(f"The {counted(len(shown.lines), 'line')} that are given", expanded=True):
        rows = frames.preview_table(round_.framework, shown)
        show_table(rows.map(lambda cell: plain(str(cell))))
    st.caption("It is a copy: what changes in the round later does not reach the partnership unless you give it again.")
