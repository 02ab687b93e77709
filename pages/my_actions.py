"""My actions: what its owner accepts, reports and sees coming."""

import streamlit as st

from maturity.ui.context import require

visitor = require("report_own")

st.title("My actions")
st.info("This page is still being built.")
