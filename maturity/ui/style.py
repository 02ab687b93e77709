"""The little that the theme in .streamlit/config.toml cannot say: focus ring, print, touch targets."""

from __future__ import annotations

import streamlit as st

CSS = """
<style>
  /* Focus that is seen on any ground: yellow inside a dark ring. */
  .stApp :is(a, button, input, textarea, summary, [role="radio"], [role="tab"], [tabindex="0"]):focus-visible {
    outline: 3px solid #FFDD00 !important;
    outline-offset: 2px;
    box-shadow: 0 0 0 6px #14202B !important;
  }
  /* Captions are faded to below the contrast that small text needs. */
  .stApp [data-testid="stCaptionContainer"] { color: inherit; opacity: 0.8; }
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
    st.html(CSS)
