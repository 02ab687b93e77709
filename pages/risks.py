"""Risks: how likely, how bad, who answers for them, and what they hold up."""

import streamlit as st

from maturity.ui.context import page_context, require
from maturity.ui.risks import show_risks

visitor = require("read_roadmap")

st.title("Risks")
show_risks(page_context())
