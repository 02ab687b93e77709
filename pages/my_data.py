"""My data: what is kept about whoever looks, their sessions, and how to be erased."""

import streamlit as st

from maturity.ui.context import page_context, require
from maturity.ui.my_data import show_my_data

visitor = require("read_help")

st.title("My data")
show_my_data(page_context())
