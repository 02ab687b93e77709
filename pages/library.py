"""The action library: what can be planned, by which route, what it takes, and what is the organisation's own."""

import streamlit as st

from maturity.ui.context import page_context, require
from maturity.ui.library import show_library
from maturity.ui.plan import plan_view
from maturity.ui.plan_beginning import show_nothing_to_plan_from
from maturity.ui.plan_tables import apply_style
from maturity.words.library_sentences import ABOUT, NO_CATALOGUE

visitor = require("read_roadmap")

here = page_context()
apply_style()
st.title("Action library")
view = plan_view(here)
if view is None:
    show_nothing_to_plan_from(here)
elif view.catalogue is None:
    st.write(NO_CATALOGUE.format(framework=view.round.framework.name))
else:
    st.write(ABOUT)
    show_library(here)
