"""Home: the first-run choice, or where we stand and what is next."""

import streamlit as st

from maturity.access.permissions import may
from maturity.ui import cached, home, home_next, home_start, navigation
from maturity.ui.context import page_context, require
from maturity.ui.help import plain
from maturity.ui.results_choices import show_waiting

visitor = require("read_help")

if visitor.roles == {"owner"}:
    navigation.go_to("my_actions")
here = page_context()
round_ = cached.latest_round(here)
st.title(plain(here.organisation.name) if here.organisation else "Welcome to Waymark")
if here.organisation is None:
    home_start.show_first_run(here)
else:
    show_waiting(here)
    now = home_next.outlook(here, round_) if round_ else home_next.Outlook()
    if round_ is None and not cached.waiting_rounds(here):
        home_start.show_no_round(here)
    elif round_ and may(visitor, "read_department_results"):
        home.show_standing(here, round_)
    if round_:
        home_next.show_next(home_next.next_steps(here, round_, now))
    if may(visitor, "administer"):
        home_next.show_setup(home_next.setup_steps(here, round_, now))
