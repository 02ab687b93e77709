"""The plan: actions by phase and why, what stays out, people and money, and making it anew."""

import streamlit as st

from maturity.ui import plan as building
from maturity.ui.context import page_context, require
from maturity.ui.plan_action import show_opened
from maturity.ui.plan_actions import show_actions
from maturity.ui.plan_adding import show_adding
from maturity.ui.plan_already import show_already
from maturity.ui.plan_beginning import show_no_plan_yet, show_nothing_to_plan_from
from maturity.ui.plan_decided import show_decided
from maturity.ui.plan_entering import show_entering
from maturity.ui.plan_forecast import show_forecast
from maturity.ui.plan_headline import show_headline
from maturity.ui.plan_impact import show_impact
from maturity.ui.plan_left_out import show_left_out, show_proposed
from maturity.ui.plan_making import show_making
from maturity.ui.plan_means import show_means
from maturity.ui.plan_prices import show_prices
from maturity.ui.plan_resources import show_resources
from maturity.ui.plan_scenarios import show_scenarios
from maturity.ui.plan_tables import apply_style
from maturity.ui.plan_undo import show_taken_back

visitor = require("read_roadmap")

here = page_context()
apply_style()
st.title("Plan")
view = building.plan_view(here)
if view is None:
    show_nothing_to_plan_from(here)
    st.stop()

building.show_said("plan:made")
building.show_version(view)
if view.saved is None:
    show_no_plan_yet(view)
part = building.chosen_part(view) if view.parts else ""
if part == "actions":
    show_headline(view)
    show_opened(here, view.revision)
    show_actions(view)
    show_impact(here, view.revision)
    if view.editable:
        show_adding(here, view.revision)
        show_taken_back(here, view.revision)
elif part == "left-out":
    show_decided(here)
    show_left_out(view)
    show_entering(here, view.revision)
    show_proposed(here)
elif part == "means":
    show_resources(here, view.revision)
    show_means(view)
    show_prices(view)
elif part == "scenarios":
    show_scenarios(here, view.revision)
elif part == "forecast":
    show_forecast(here, view.revision)
elif part == "already":
    show_already(here)
elif part == "again":
    show_making(here, view.revision)
