"""Review: sent answers beside their evidence, and what a reviewer leaves there."""

import streamlit as st

from maturity.ui.context import require
from maturity.ui.review import show_review

visitor = require("review")

st.title("Review")
show_review()
