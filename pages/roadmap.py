"""Roadmap: what is when and what waits for what, as a timeline, as cards, and as a table."""

import streamlit as st

from maturity.ui.context import require
from maturity.ui.roadmap import show_roadmap

visitor = require("read_roadmap")

st.title("Roadmap")
show_roadmap()
