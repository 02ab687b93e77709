"""Partnership: what the partners gave it, and for a member what it gave, to whom and when."""

import streamlit as st

from maturity.ui.context import page_context, require
from maturity.ui.partnership import show_partnership

visitor = require("read_results")

st.title("Partnership")
show_partnership(page_context())
