"""How the questionnaire looks: answers as large as a finger needs, and ways that look like links."""

from __future__ import annotations

import streamlit as st

# Circles as dark as WCAG 1.4.11 asks, words as large as the text; buttons that lead somewhere look like links.
STYLE = """
<style>
  [class*="st-key-choices-"] [data-testid="stRadioOption"] {
    padding: 0.45rem 0.5rem; border-radius: 0.375rem; width: 100%;
  }
  [class*="st-key-choices-sure"] [data-testid="stRadioOption"] { width: auto; }
  [class*="st-key-choices-"] [data-testid="stRadioOption"]:has(input:checked) {
    background: color-mix(in srgb, currentColor 8%, transparent);
  }
  [class*="st-key-choices-"] [data-testid="stRadioOption"] > div { align-items: flex-start; }
  [class*="st-key-choices-"] [data-testid="stRadioOption"] > div > div:first-child {
    margin-top: 0.2rem; outline: 1.5px solid color-mix(in srgb, currentColor 60%, transparent); outline-offset: -1px;
  }
  [class*="st-key-choices-"] [data-testid="stRadioOption"] p { font-size: 1rem; }
  :is([class*="st-key-topic-"], [class*="st-key-change-"]) button p { text-decoration: underline; font-size: 1rem; }
</style>
"""


def apply() -> None:
    """Put the questionnaire's styles into the page."""
    st.html(STYLE)
