"""The page of residents: comments that wait first, then what became of the others, and the twin."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from maturity.operations import public_comments as operations
from maturity.operations.public_comments import KnownComment
from maturity.roadmap.comments import DAYS_KEPT
from maturity.ui import plan_tables
from maturity.ui.context import PageContext, show_kept_refusals
from maturity.ui.plan_tables import table, text
from maturity.ui.residents_comments import SAID, show_decided, show_waiting
from maturity.ui.residents_twin import show_twin
from maturity.words.resident_sentences import FORMS_ARE, NO_COMMENTS, REASONS, texts_are_gone, waiting_sentence


@st.fragment
def show_residents(here: PageContext) -> None:
    """The whole page, read anew on each of its own runs."""
    if here.organisation is None:
        st.info(NO_COMMENTS)
        return
    mine = here.organisation.name
    operations.forget_old_texts(here.workspace, here.visitor, mine)
    found = operations.comments(here.workspace, here.visitor, mine)
    plan_tables.apply_style()
    show_kept_refusals()
    if said := st.session_state.pop(SAID, None):
        st.success(said, icon=":material/check:")
    if found:
        _show_comments(here, found)
    else:
        st.info(NO_COMMENTS)
    st.header("How residents see it", anchor="twin")
    show_twin(here)
    st.caption(FORMS_ARE)


def _show_comments(here: PageContext, found: tuple[KnownComment, ...]) -> None:
    count = Counter(each.comment.state for each in found)
    st.markdown(f"**{waiting_sentence(count['waiting'], count['published'], count['refused'])}**")
    for each in found:
        if each.comment.state == "waiting":
            show_waiting(here, each)
    published = [each for each in found if each.comment.state == "published"]
    if published:
        st.header("You said, we did", anchor="said")
        for one in published:
            show_decided(here, one)
    refused = [each for each in found if each.comment.state == "refused"]
    if refused:
        st.header("Refused", anchor="refused")
        reasons = Counter(each.comment.reason for each in refused)
        rows = ((text(REASONS[reason], "name"), text(f"{reasons[reason]:,}")) for reason in REASONS if reasons[reason])
        plan_tables.show(table(("Reason", "Comments"), rows, "Refused comments by reason", numbers=("Comments",)))
        kept = [each for each in refused if each.comment.text]
        if len(kept) < len(refused):
            st.caption(texts_are_gone(len(refused) - len(kept), DAYS_KEPT))
        for one in kept:
            show_decided(here, one)
