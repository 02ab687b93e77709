"""The one finding of a round that is worth talking about, in words; nothing where no departments stand apart."""

from __future__ import annotations

import streamlit as st

from maturity.assessment.finding import find
from maturity.operations.rounds import Round
from maturity.ui import cached
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.words.messages import worth_talking_about


def show_finding(here: PageContext, round_: Round) -> None:
    """Departments with a tag in common that all stand lowest in one topic: worth a talk, not a ranking."""
    if not round_.framework.levels:
        return
    found = find(cached.round_scores(here, round_), round_.departments, round_.framework)
    if found:
        names = [plain(round_.names[code]) for code in found.departments]
        topic = plain(round_.framework.topics[found.topic].name)
        said = worth_talking_about(topic, names, found.theirs, found.others, round_.framework.top_level)
        st.info(f"**Worth talking about.** {said}", icon=":material/forum:")
