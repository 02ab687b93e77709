"""Rounds: each with the line of its life, how many have sent, its terms, and what can be done with it now."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from maturity.operations.answers import RoundProgress
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round
from maturity.operations.setup import Organisation
from maturity.ui import cached, navigation
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.ui.home import STATUS
from maturity.ui.rounds_life import dates_line, life_line, show_turns, signature_line
from maturity.ui.rounds_settings import WEIGHTS, show_change
from maturity.ui.rounds_terms import terms_lines
from maturity.words import round_sentences as words
from maturity.words.messages import counted


def show_rounds(here: PageContext, organisation: Organisation) -> None:
    """Every round with its status and what can be done with it now, the newest first."""
    found = cached.every_round(here)
    if not found:
        st.info("No round yet. Create the first one under “New round”.")
    for round_ in reversed(found):
        with st.container(border=True):
            _show_round(here, round_, organisation)


def _show_round(here: PageContext, round_: Round, organisation: Organisation) -> None:
    st.header(plain(round_.name), anchor=False)
    st.markdown(life_line(round_.status))
    progress = _progress(here, round_) if round_.status != "draft" else None
    lines = [
        f"**{STATUS[round_.status].capitalize()}**, {dates_line(round_)}",
        f"{_of(progress.submitted, round_)} departments have sent. {_people(progress, round_)}" if progress else "",
        plain(signature_line(here, round_)) if round_.status == "signed_off" else "",
    ]
    st.markdown("  \n".join(line for line in lines if line))
    st.caption(words.STATES[round_.status])
    with st.container(horizontal=True, vertical_alignment="center"):
        show_turns(here, round_)
        if round_.status != "draft":
            navigation.link_to("board", "Who has answered", board_round=round_.name)
    with st.expander("Terms of this round", icon=":material/gavel:"):
        st.markdown("\n".join(f"- {line}" for line in [*terms_lines(round_), f"{WEIGHTS[round_.weights]}."]))
    if round_.status in ("draft", "open"):
        box = st.expander("Change this round", icon=":material/edit:", key=f"change-{round_.id}", on_change="rerun")
        if box.open:
            with box:
                show_change(here, round_, organisation)


def _progress(here: PageContext, round_: Round) -> RoundProgress | None:
    try:
        return cached.round_progress(here, round_)
    except Refused:
        return None


def _of(submitted: Mapping[str, int], round_: Round) -> str:
    return f"{len(submitted)} of {len(round_.departments)}"


def _people(progress: RoundProgress, round_: Round) -> str:
    sent, started = sum(progress.submitted.values()), sum(progress.started.values())
    rest = "still answering" if round_.status == "open" else "started and did not send"
    return f"{counted(sent, 'person', 'people')} sent, {started} {rest}."


def show_said() -> None:
    """What a fragment did before it had the page drawn anew."""
    said = st.session_state.pop("_said", None)
    if said:
        st.success(plain(said))


def show_nothing_set_up() -> None:
    """No organisation in this store yet."""
    st.info("Nothing is set up in this store yet. Set up your organisation, or look at the demo city.")
    navigation.link_to("home", "Go to the first choice")
