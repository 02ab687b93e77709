"""Reports: board pack, strategy document, workbook and PDF."""

import streamlit as st

from maturity.ui.context import require

visitor = require("read_reports")

st.title("Reports")
st.info("This page is being built; it is not there yet.")
