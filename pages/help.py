"""What levels, numbers and words mean, who may do what, and how to use the pages with a keyboard."""

import streamlit as st

from maturity.ui import help as building
from maturity.ui.context import page_context, require

visitor = require("read_help")

st.title("Help and glossary")
st.markdown(
    "[What each level means](#levels) · [What each number means](#numbers) · [Glossary](#glossary) · "
    "[Who may do what](#permissions) · [Keyboard and accessibility](#keyboard)"
)

st.header("What each level means", anchor="levels")
building.show_levels(building.framework_in_use(page_context()))

st.header("What each number means", anchor="numbers")
building.show_numbers()

st.header("Glossary", anchor="glossary")
building.show_glossary()

st.header("Who may do what", anchor="permissions")
st.table(building.permissions(), hide_index=True, alt="Who may do what")
st.markdown(building.PRIVACY)

st.header("Keyboard and accessibility", anchor="keyboard")
st.markdown(building.KEYBOARD)
