"""How far each department is from where it wants to be, what matters most, and the targets themselves."""

import streamlit as st

from maturity.ui.context import require
from maturity.ui.targets import show_targets

visitor = require("read_roadmap")

st.title("Gaps and targets")
show_targets()
