"""How an open workshop looks: words for the fifth row, steps that stay in sight, and larger still on a projector."""

from __future__ import annotations

import streamlit as st

from maturity.charts.theme import Mode, palette

# Everything is in rem: the projector raises the letters of the whole page at once. Two sizes of column for the levels.
STYLE = """
<style>
  .st-key-live-top p { margin: 0; }
  .wm-top { display: flex; flex-wrap: wrap; gap: 0.1rem 1.25rem; align-items: baseline; color: INK_SOFT; }
  .wm-top b { color: INK; }
  .wm-top .wm-code { letter-spacing: 0.08em; white-space: nowrap; }
  .wm-place { color: INK_SOFT; margin: 0 0 0.25rem; font-size: 1.1rem; }
  h2.wm-question, h1.wm-question { font-size: 1.9rem; line-height: 1.2; font-weight: 700; margin: 0 0 0.75rem;
    padding: 0; text-wrap: balance; color: INK; }
  .wm-after h2.wm-question { font-size: 1.4rem; margin-bottom: 0.25rem; }
  .stApp ol.wm-levels { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.4rem; }
  .stApp ol.wm-levels li { display: grid; grid-template-columns: 2rem 7.5rem 1fr; gap: 0 0.5rem; margin: 0;
    align-items: baseline; padding: 0.45rem 0.75rem; border: 1px solid LINE; border-radius: 0.375rem;
    background: SURFACE; font-size: 1.1rem; line-height: 1.35; }
  .wm-levels .wm-number { font-size: 1.5rem; line-height: 1; font-weight: 700; color: ACCENT; }
  .wm-levels .wm-name { font-weight: 650; }
  .stApp ol.wm-levels li.wm-right { border: 3px solid ACCENT; }
  .wm-story { font-size: 1.15rem; line-height: 1.45; margin: 0 0 0.75rem; max-width: 62ch; }
  .wm-join { font-size: 1.3rem; margin: 0; overflow-wrap: anywhere; line-height: 1.3; }
  .wm-join b { font-size: 1.7rem; }
  .wm-bigcode { font-size: clamp(2.6rem, 9vw, 6.5rem); line-height: 1.1; font-weight: 700; letter-spacing: 0.1em;
    margin: 0.1rem 0 0.5rem; color: ACCENT; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .stApp:has(.st-key-live-panel) .wm-bigcode { font-size: clamp(2.2rem, 4.5vw, 5rem); letter-spacing: 0.05em; }
  .wm-qr { width: min(100%, 20rem); background: #fff; border-radius: 0.375rem; display: block; }
  .wm-many { font-size: 2rem; font-weight: 700; line-height: 1.2; margin: 0; }
  .wm-roles { font-size: 1.15rem; margin: 0; color: INK_SOFT; }
  .wm-vote { display: grid; grid-template-columns: 1fr auto; gap: 0.2rem 1.5rem; align-items: baseline; }
  .wm-vote p { margin: 0; font-size: 1.9rem; line-height: 1.2; font-weight: 700; font-variant-numeric: tabular-nums; }
  .wm-vote .wm-clock { text-align: right; }
  .wm-vote .wm-clock small { font-size: 1.1rem; font-weight: 400; }
  .wm-bar { grid-column: 1 / -1; height: 0.8rem; border-radius: 0.4rem; background: STRONG; overflow: hidden;
    border: 1px solid LINE; }
  .wm-bar span { display: block; height: 100%; background: ACCENT; }
  .wm-callout { font-size: 1.5rem; line-height: 1.3; font-weight: 650; margin: 0; padding: 0.75rem 1rem;
    border-left: 0.5rem solid ACCENT; background: SURFACE; color: INK; text-wrap: balance; }
  .wm-callout span { display: block; font-size: 1.1rem; font-weight: 400; }
  .wm-agreed { font-size: 2.6rem; line-height: 1.15; font-weight: 700; margin: 0.25rem 0 0.5rem; color: GOOD; }
  .wm-said { font-size: 1.2rem; line-height: 1.4; margin: 0 0 0.4rem; max-width: 90ch; overflow-wrap: anywhere; }
  .wm-votes { border-collapse: collapse; width: 100%; font-size: 1rem; }
  .wm-votes caption { text-align: left; font-weight: 650; padding: 0 0 0.3rem; }
  .wm-votes :is(th, td) { padding: 0.25rem 0.4rem; border-bottom: 1px solid LINE; text-align: right;
    font-variant-numeric: tabular-nums; }
  .wm-votes :is(th, td):first-child { text-align: left; }
  .wm-votes th { font-weight: 650; }
  .wm-votes tbody th { white-space: nowrap; }
  .stApp ul.wm-agenda { list-style: none; margin: 0; padding: 0; }
  .stApp ul.wm-agenda li { display: grid; grid-template-columns: 2.2rem 1fr auto; gap: 0 0.6rem; margin: 0;
    padding: 0.35rem 0.25rem; border-bottom: 1px solid LINE; align-items: baseline; }
  .wm-agenda li > span:last-child { text-align: right; color: INK_SOFT; white-space: nowrap; }
  .st-key-live-keys-line { padding-bottom: 0.5rem; }
  .wm-keys { color: INK_SOFT; font-size: 0.85rem; margin: 0; display: flex; flex-wrap: wrap; gap: 0.1rem 0.9rem; }
  .wm-keys kbd { font: inherit; font-weight: 650; border: 1px solid LINE; border-radius: 0.25rem; padding: 0 0.3rem; }
  /* The steps stay in sight while a long question is read; on a phone they would cover it. */
  @media (min-width: 641px) {
    [data-testid="stLayoutWrapper"]:has(> .st-key-live-steps) { position: sticky; bottom: 0; z-index: 5; }
    /* A long form is moved by itself, so that the room's picture stays where it is. */
    .st-key-live-panel { max-height: calc(100vh - 7rem); overflow-y: auto; padding-bottom: 0.5rem; }
    .st-key-live-steps { background: GROUND; border-top: 1px solid LINE; padding: 0.6rem 0; }
  }
  .st-key-live-steps button { padding-left: 0.6rem; padding-right: 0.6rem; }
  .st-key-live-steps [data-testid="stButton"] button { min-height: 2.75rem; }
  .st-key-live-panel { border-left: 1px solid LINE; padding-left: 1.25rem; }
  @media (max-width: 640px) {
    .st-key-live-panel { border-left: 0; padding-left: 0; border-top: 1px solid LINE; padding-top: 0.75rem; }
    h2.wm-question, h1.wm-question { font-size: 1.45rem; }
    .wm-agreed { font-size: 1.9rem; }
    .wm-callout { font-size: 1.25rem; }
    .wm-vote p { font-size: 1.4rem; }
    .wm-many { font-size: 1.5rem; }
    .stApp ol.wm-levels li { grid-template-columns: 2rem 1fr; }
    .wm-levels li > span:last-child { grid-column: 2; }
  }
</style>
"""
# The header goes, and the page begins at the top edge; the button that leaves the mode stands among the steps.
PROJECTOR = """
<style>
  html { font-size: clamp(20px, 1.4vw, 54px) !important; }
  .stApp [data-testid="stHeader"], .stApp [data-testid="stSidebar"], .stApp [data-testid="stToolbar"],
  .stApp [data-testid="stSidebarCollapsedControl"] { display: none !important; }
  .stApp [data-testid="stMainBlockContainer"] { padding: 0.5rem 2.5vw 0; max-width: none; }
  .stApp [data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] { gap: 0.5rem; min-height: 98vh; }
  .st-key-live-title { margin-bottom: 0.6rem; }
  .st-key-live-title h1 { font-size: 1rem; padding: 0; line-height: 1.3; font-weight: 600; }
  /* The buttons are for whoever runs the workshop; the rest of the screen is for the room. */
  .st-key-live-steps { padding-bottom: 0.5rem; }
  .st-key-live-steps button p { font-size: 0.85rem; }
  .stApp ol.wm-levels li { font-size: 1.2rem; }
  .wm-votes { font-size: 0.9rem; }
  .wm-votes :is(th, td) { padding: 0.15rem 0.3rem; }
  .st-key-live-panel { zoom: 0.8; max-height: calc((100vh - 9rem) / 0.8); }
  [data-testid="stLayoutWrapper"]:has(> .st-key-live-steps) { margin-top: auto; }
  @media (min-width: 1700px) { [class*="st-key-picture-votes-"] { zoom: 1.35; } }
  @media (min-width: 2400px) { [class*="st-key-picture-votes-"] { zoom: 1.8; } }
  @media (min-width: 3600px) { [class*="st-key-picture-votes-"] { zoom: 2.6; } }
  .wm-qr { width: min(100%, 46vh); }
  @media (max-width: 640px) {
    html { font-size: 18px !important; }
    .stApp [data-testid="stMainBlockContainer"] { padding: 0.5rem 1rem 1rem; }
    .st-key-live-panel { max-height: none; }
  }
</style>
"""


def apply(mode: Mode, *, projector: bool) -> None:
    """Put the styles of an open workshop into the page."""
    colours = palette(mode)
    named = {
        "INK_SOFT": colours.ink_soft,
        "INK": colours.ink,
        "LINE": colours.line,
        "SURFACE": colours.surface,
        "STRONG": colours.surface_strong,
        "ACCENT": colours.accent,
        "GOOD": colours.good,
        "GROUND": colours.background,
    }
    text = STYLE
    for name, colour in named.items():
        text = text.replace(name, colour)
    st.html(text + (PROJECTOR if projector else ""))
