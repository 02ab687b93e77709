"""The opened action: why it is in and why then, what hangs on it, what is lost without it, how far it may slip."""

from __future__ import annotations

import streamlit as st

from maturity.roadmap.actions import Action
from maturity.ui import plan_asked
from maturity.ui.help import plain
from maturity.ui.plan import PlanView
from maturity.ui.plan_rows import why_sentences
from maturity.ui.plan_tables import about, show
from maturity.words.why_sentences import LEVEL_WEEK, NOT_THE_SAME, action_facts

KEY = "plan:why"
LABEL = "Why it is in, and why then"


def show_why(view: PlanView, action: Action) -> None:
    """A box that is worked out when it is opened. Actions that people added, or that were running, are not asked."""
    if view.saved is None or action.origin in ("added", "running"):
        return
    if all(each.id != action.code for each in view.saved.body.actions):
        return
    box = st.expander(LABEL, key=f"{KEY}:{action.id}", on_change="rerun", icon=":material/help:")
    if box.open:
        with box:
            _show(view, action)


def waits() -> bool:
    """Whether it is still being worked out."""
    return plan_asked.waits(KEY)


def _show(view: PlanView, action: Action) -> None:
    told = plan_asked.answer(view, KEY, {"action": action.code}, "Working out what hangs on it.")
    if told is None or view.saved is None:
        return
    if not plan_asked.fits(told) or told["action"] is None:
        st.info(NOT_THE_SAME)
        for why in why_sentences([action], view.names):
            st.write(plain(why))
        return
    facts = action_facts(told["action"], view.names, view.currency, view.saved.body.prices)
    show(about(facts, f"Why “{action.title}” is in the plan"))
    st.caption(
        f"About the dates that the plan was made with. {LEVEL_WEEK} "
        "“Planned again” keeps all other dates and takes in what there is room for."
    )
