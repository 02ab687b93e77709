"""Where we stand: scores by department, topic and theme, how answers spread, what moved, and why."""

import streamlit as st

from maturity.ui.context import require
from maturity.ui.results import show_results

visitor = require("read_department_results")

st.title("Results")
show_results()
