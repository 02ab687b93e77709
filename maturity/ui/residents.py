"""The page of residents: their comments, those that wait first, and the twin."""

from __future__ import annotations

import streamlit as st

from maturity.operations import public_comments as operations
from maturity.ui import plan_tables
from maturity.ui.context import PageContext, show_kept_refusals
from maturity.ui.residents_list import show_comments
from maturity.ui.residents_twin import show_twin
from maturity.words.resident_sentences import FORMS_ARE, NO_COMMENTS


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
    if found:
        show_comments(here, found)
    else:
        st.info(NO_COMMENTS)
    st.header("How residents see it", anchor="twin")
    show_twin(here)
    st.caption(FORMS_ARE)
