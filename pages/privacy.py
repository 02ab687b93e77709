"""The privacy notice, for everybody; administrators set its contact and how long people who left are kept."""

import streamlit as st

from maturity.ui.context import page_context, require
from maturity.ui.privacy import show_notice, show_settings

visitor = require("read_help")

here = page_context()
st.title("Privacy notice")
show_notice(here)
show_settings(here)
