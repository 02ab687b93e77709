"""Decisions: what leaders are asked, by when, and what was decided."""

import streamlit as st

from maturity.ui.context import page_context, require
from maturity.ui.decisions import show_decisions

visitor = require("read_roadmap")

st.title("Decisions")
show_decisions(page_context())
