"""People: who they are, which roles they hold, and the personal links by which they come in."""

import streamlit as st

from maturity.ui.context import page_context, require
from maturity.ui.people import show_people
from maturity.ui.people_adding import show_adding_many, show_adding_one
from maturity.ui.rounds import show_nothing_set_up

visitor = require("invite")

here = page_context()
st.title("People")
if here.organisation is None:
    show_nothing_set_up()
else:
    listed, one, many = st.tabs(["Everybody", "Add a person", "Add a list"], key="people_tab", on_change="rerun")
    if listed.open:
        with listed:
            show_people(here, here.organisation)
    elif one.open:
        with one:
            show_adding_one(here, here.organisation)
    else:
        with many:
            show_adding_many(here, here.organisation)
