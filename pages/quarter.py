"""The quarterly review, step by step, and what was promised."""

import streamlit as st

from maturity.ui.context import require
from maturity.ui.quarter import show_quarter

visitor = require("read_roadmap")

st.title("Quarterly review")
show_quarter()
