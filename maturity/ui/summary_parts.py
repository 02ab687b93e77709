"""The parts of the leadership summary: five lines, milestones, phases, decisions; each line leads to why."""

from __future__ import annotations

from html import escape

import streamlit as st

from maturity.access.permissions import may
from maturity.charts.theme import Mode, phase_colour
from maturity.operations.leadership import DecisionFact, Leadership
from maturity.ui.context import visitor_here
from maturity.ui.help import plain
from maturity.ui.navigation import SCREENS, link_to
from maturity.words.leadership_sentences import NOTHING_NEEDED, first_words
from maturity.words.messages import counted, on_day, percent

MOST_DECISIONS, LONGEST_LINE = 4, 88
VIEW_OF: dict[str, dict[str, str]] = {"results": {"results_view": "Heat map"}}


def show_bullets(found: Leadership) -> None:
    """Five lines, each a link to the page that says why."""
    if found.bullets:
        st.header("In five lines", anchor=False)
    for said, screen in zip(found.bullets, found.about, strict=True):
        _link(screen, plain(said), ":material/arrow_right:")


def _link(screen: str, label: str, icon: str | None = None) -> None:
    """A line as a link where the visitor may read that page, else as text."""
    if may(visitor_here(), SCREENS[screen].verb):
        link_to(screen, label, icon=icon, **VIEW_OF.get(screen, {}))
    else:
        st.markdown(label)


def show_milestones(found: Leadership) -> None:
    """The next three, with how each stands."""
    st.header("Next milestones", anchor=False)
    if not found.milestones:
        st.markdown("No milestone lies ahead.")
    for each in found.milestones:
        said = f"{on_day(each.on)}: {plain(first_words(each.name, LONGEST_LINE))}, {plain(each.said)}"
        link_to("progress", said, icon=":material/flag:", progress_view="Milestones")


def show_phases(found: Leadership, mode: Mode) -> None:
    """Per phase the share of its work done as a bar, and what was planned by today as a line across it."""
    if not found.phases:
        return
    link_to("progress", "**Phases, work done and planned by today**", progress_view="Done against plan")
    parts = []
    for each in found.phases:
        words = f"{each.number} {escape(each.name)} {percent(each.done)} (plan {percent(each.planned)})"
        colour = phase_colour(mode, each.number)
        done, planned = min(each.done, 1.0) * 100, min(each.planned, 1.0) * 99.5
        bar = f'<b style="width:{done:.1f}%;background:{colour}"></b><i style="left:{planned:.1f}%"></i>'
        parts.append(f'<li>{words}<span class="bar" style="border-color:{colour}" aria-hidden="true">{bar}</span></li>')
    st.html(f'<ul class="wm-phases" aria-label="Progress by phase">{"".join(parts)}</ul>')


def show_decisions(found: Leadership) -> None:
    """The most pressing decisions with what a month costs; all of them in full behind one button."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("Decisions needed", anchor=False, width="content")
        if len(found.decisions) > 0:
            with st.popover(f"All {counted(len(found.decisions), 'decision')} in full", icon=":material/gavel:"):
                for each in found.decisions:
                    st.markdown(f"**{plain(each.question)}**{_by(each)}  \n{plain(each.postponed)}")
    if not found.decisions:
        st.markdown(NOTHING_NEEDED)
    for each in found.decisions[:MOST_DECISIONS]:
        said = f"**{plain(first_words(each.question, LONGEST_LINE))}**{_by(each)} {plain(each.postponed)}"
        _link(each.page, said)


def _by(each: DecisionFact) -> str:
    return f" By {on_day(each.needed_by)}." if each.needed_by else ""
