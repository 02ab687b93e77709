"""Who has answered: by department, who was invited, has started and has sent; and reminders for the others."""

import streamlit as st

from maturity.ui.board import show_board
from maturity.ui.context import require

visitor = require("read_board")

st.title("Who has answered")
show_board()
