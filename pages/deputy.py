"""Deputy: a head of department hands over while away."""

import streamlit as st

from maturity.ui.context import page_context, require
from maturity.ui.people_deputy import show_deputy
from maturity.ui.rounds import show_nothing_set_up

visitor = require("delegate")

here = page_context()
st.title("Deputy")
if here.organisation is None:
    show_nothing_set_up()
else:
    show_deputy(here, here.organisation)
