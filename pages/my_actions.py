"""My actions: what its owner accepts, reports and sees coming."""

import streamlit as st

from maturity.ui.context import require
from maturity.ui.my_actions import show_my_actions

visitor = require("report_own")

st.title("My actions")
show_my_actions()
