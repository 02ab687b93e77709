"""Administration: the store, backups, the audit trail, the demo, and what this version does not have."""

import streamlit as st

from maturity.ui import administration, organisation_brand, organisation_zone, organisations, rights
from maturity.ui.context import page_context, require

visitor = require("administer")

here = page_context()
st.title("Administration")
administration.show_store(here)
administration.show_demo_reset(here)
organisation_zone.show_zone()
organisation_brand.show_brand()
organisations.show_organisations(here)
rights.show_retention(here)
administration.show_trail(here)
