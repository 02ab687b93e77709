"""Department profile: one department on one page."""

import streamlit as st

from maturity.ui.context import require
from maturity.ui.department_profile import show_department_profile

visitor = require("read_department_results")

st.title("Department profile")
show_department_profile()
