"""Rounds and departments: who is asked, what, from when to when; and the files that come in."""

import streamlit as st

from maturity.ui import rounds
from maturity.ui.context import page_context, require
from maturity.ui.rounds_departments import show_departments
from maturity.ui.rounds_files import show_answers_import, show_framework_import
from maturity.ui.rounds_settings import show_new_round

visitor = require("manage_rounds")

here = page_context()
st.title("Rounds and departments")
if here.organisation is None:
    rounds.show_nothing_set_up()
else:
    rounds.show_said()
    shown, created, departments, answers, frameworks = st.tabs(
        ["Rounds", "New round", "Departments", "Import answers", "Questionnaires"], key="rounds_tab", on_change="rerun"
    )
    if shown.open:
        with shown:
            rounds.show_rounds(here, here.organisation)
    elif created.open:
        with created:
            show_new_round(here, here.organisation)
    elif departments.open:
        with departments:
            show_departments(here, here.organisation, here.workspace.revision())
    elif answers.open:
        with answers:
            show_answers_import(here, here.organisation)
    else:
        with frameworks:
            show_framework_import(here)
