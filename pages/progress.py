"""Progress: how far each action is, who reported it, done against plan by phase, and the work of each role."""

import streamlit as st

from maturity.ui.context import require
from maturity.ui.progress import show_progress

visitor = require("read_roadmap")

st.title("Progress")
show_progress()
