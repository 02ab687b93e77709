"""Reports: board pack, strategy document, workbook and PDF."""

import streamlit as st

from maturity.ui.context import require
from maturity.ui.reports import show_reports

visitor = require("read_reports")

st.title("Reports")
show_reports()
