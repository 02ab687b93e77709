"""Public roadmap: what residents see, chosen, checked and approved."""

import streamlit as st

from maturity.ui.context import page_context, require
from maturity.ui.editions import show_editions

visitor = require("approve_edition")

here = page_context()
st.title("Public roadmap")
show_editions(here)
