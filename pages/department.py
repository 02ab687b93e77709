"""One department: who has answered, how it stands and who sees that when, where people differ, the head's reply."""

import streamlit as st

from maturity.access.permissions import may
from maturity.ui.context import require
from maturity.ui.department import show_department

visitor = require("read_differences")

st.title("One department" if may(visitor, "manage_rounds") else "My department")
show_department()
