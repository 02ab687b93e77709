"""KPIs and outcomes: readings, targets, and how they stand beside maturity."""

import streamlit as st

from maturity.ui.context import require
from maturity.ui.kpis import show_kpis

visitor = require("read_roadmap")

st.title("KPIs and outcomes")
show_kpis()
