"""Versions of the plan: kept, proposed, approved, compared; and the plan as it stood on any day."""

import streamlit as st

from maturity.ui.context import require

visitor = require("read_roadmap")

st.title("Versions and sign-off")
st.info("This page is still being built.")
