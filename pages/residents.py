"""Residents: what residents say, and what became of it."""

import streamlit as st

from maturity.ui.context import page_context, require
from maturity.ui.residents import show_residents

visitor = require("publish")

st.title("Residents")
show_residents(page_context())
