"""The little that the theme in .streamlit/config.toml cannot say: focus ring, print, touch targets."""

from __future__ import annotations

import streamlit as st

CSS = """
<style>
  /* Focus that is seen on any ground: yellow inside a dark ring. */
  body :is(a, button, input, textarea, summary, [role="radio"], [role="tab"], [tabindex="0"]):focus-visible {
    outline: 3px solid #FFDD00 !important;
    outline-offset: 2px;
    box-shadow: 0 0 0 6px #14202B !important;
  }
  /* Captions are faded to below the contrast that small text needs. */
  .stApp [data-testid="stCaptionContainer"] { color: inherit; opacity: 0.8; }
  /* The boxes of a date are narrower than a finger; the primary colour of the dark theme is too light for white. */
  .stApp [data-testid="stDateInput"] [role="spinbutton"] {
    min-width: 24px; min-height: 24px; display: inline-flex; align-items: center; justify-content: center;
  }
  [data-testid^="stBaseButton-primary"], .stApp [data-testid="stMultiSelect"] [data-tag],
  .stApp [data-testid="stMultiSelect"] [data-tag] * { color: ON_PRIMARY !important; }
  /* A picture that is wider than a phone is moved sideways by itself, not the whole page. */
  .stApp [class*="st-key-picture-"] { overflow-x: auto; }
  .stApp h1, .stApp h2, .stApp h3 { text-wrap: balance; }
  .stApp [data-testid="stMainBlockContainer"] { padding-top: 4.5rem; padding-bottom: 4rem; max-width: 80rem; }
  @media (max-width: 640px) {
    .stApp [data-testid="stMainBlockContainer"] { padding-top: 4.5rem; padding-left: 1rem; padding-right: 1rem; }
  }
  @media print {
    [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stStatusWidget"],
    [data-testid="stSidebarCollapsedControl"], .stButton, .stDownloadButton { display: none !important; }
    .stApp, [data-testid="stMain"], [data-testid="stAppViewContainer"] {
      position: static !important; overflow: visible !important; height: auto !important;
    }
    [data-testid="stMainBlockContainer"] { padding: 0 !important; max-width: none !important; }
    h1, h2, h3 { break-after: avoid; }
    tr, figure, [data-testid="stVegaLiteChart"] { break-inside: avoid; }
  }
</style>
"""


def apply() -> None:
    """Put the styles into the page; it takes no room there."""
    dark = st.context.theme.type == "dark"
    st.html(CSS.replace("ON_PRIMARY", "#0B1621" if dark else "#FFFFFF"))
