"""The leadership summary: one screen of 1366 by 768 that holds it all, every line of it a way to why."""

from __future__ import annotations

from collections.abc import Hashable

import streamlit as st

from maturity.operations.changes import plan_scope
from maturity.operations.leadership import Leadership, leadership
from maturity.ui import cached
from maturity.ui.clock import today
from maturity.ui.context import PageContext, page_context
from maturity.ui.help import plain
from maturity.ui.navigation import link_to
from maturity.ui.replies import show_folded_replies
from maturity.ui.results_choices import show_waiting
from maturity.ui.results_shown import Shown, kept, shown_round
from maturity.ui.summary_heat import show_heat
from maturity.ui.summary_parts import show_bullets, show_decisions, show_milestones, show_phases
from maturity.ui.summary_style import CSS
from maturity.words.messages import NO_PLAN, NO_ROUND, NO_SCORES, on_day


def show_summary() -> None:
    """The page: headline and summary, five lines beside the heat map, phases, milestones, decisions."""
    here = page_context()
    shown = latest_scored(here)
    with st.container(key="summary"):
        st.html(CSS)
        with st.container(horizontal=True, vertical_alignment="center", key="summary-top"):
            st.title("Leadership summary", anchor=False, width="content")
            st.caption(on_day(today(here)), width="stretch")
            if shown:
                show_folded_replies(here, shown.round)
            link_to("reports", "Download reports")
        show_waiting(here, small=True)
        if here.organisation is None:
            st.info(NO_ROUND)
            return
        show_led(here, led(here), shown)


def led(here: PageContext) -> Leadership:
    """All that leaders need to know, read once for the store as it stands, the visitor and the day."""
    mine = here.organisation.name if here.organisation else None
    return kept("leadership", _key(here), lambda: leadership(here.workspace, here.visitor, mine, today=today(here)))


def _key(here: PageContext) -> tuple[Hashable, ...]:
    ws, mine = here.workspace, here.organisation
    scopes = [plan_scope(mine.id)] if mine else []
    scopes += [each.scope for each in cached.every_round(here)]
    revisions = (ws.revision(), *(ws.revision(each) for each in scopes))
    return (ws.url, str(mine.id) if mine else "", revisions, repr(here.visitor.grants), today(here))


def show_led(here: PageContext, found: Leadership, shown: Shown | None) -> None:
    """What is known, in the order in which it is read; and what there is nothing of yet."""
    if found.bullets:
        with st.container(key="summary-headline"):
            st.markdown(f"**{plain(found.headline)}**")
            st.markdown(plain(found.summary))
    if shown is None and not cached.waiting_rounds(here):
        st.info(NO_SCORES if cached.every_round(here) else NO_ROUND)
    left, right = st.columns([1, 1], gap="small")
    with left:
        show_bullets(found)
        if found.phases:
            show_milestones(found)
            show_phases(found, here.mode)
    with right:
        if shown:
            show_heat(shown)
    if not found.phases:
        st.info(NO_PLAN)
    if found.phases or found.decisions:
        show_decisions(found)


def latest_scored(here: PageContext) -> Shown | None:
    """The newest round on levels in which the organisation has a score."""
    for round_ in reversed(cached.shown_rounds(here)):
        if round_.framework.levels:
            shown = shown_round(here, round_)
            if shown.whole and shown.scores.of().score is not None:
                return shown
    return None
