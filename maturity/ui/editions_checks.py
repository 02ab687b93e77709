"""What was found in an edition before it is published, and the way from each finding to what mends it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from maturity.operations.editions import Check, Preview
from maturity.roadmap.editions import slug_of
from maturity.ui.context import PageContext
from maturity.ui.editions_seen import SAID, may_here
from maturity.ui.help import plain
from maturity.ui.navigation import link_to
from maturity.words.edition_sentences import LANGUAGE_NAMES, finding

Mended = Literal["contents", "words", "classes", "settled", "roadmap", "residents"]
"""Where a finding is mended: in the draft itself, in the words for residents, in the classes, in the plan, on the page
Residents, or nowhere any more: the reason of a withdrawn edition stays as it is."""
MOST_SHOWN = 60
OF_WORDS = ("title", "plain", "outcome")
SEEN_AT = "what-is-in-it"
"""The anchor of the heading over the form of a draft."""


def mended_in(check: Check) -> Mended:
    """Where a finding is mended."""
    if check.code in ("words_missing", "outcome_missing", "no_words") or (check.slug and check.part in OF_WORDS):
        return "words"
    if check.code == "field_shut":
        return "classes"
    if check.part == "said":
        return "residents"
    if check.part == "withdrawn":
        return "settled"
    return "roadmap" if check.slug or check.part == "milestones" else "contents"


def show_checks(here: PageContext, look: Preview) -> None:
    """What stops the edition, then hints; of a published one nothing."""
    if look.kept.number:
        return
    st.markdown("### Checks")
    if not look.checks:
        st.write("Nothing was found.")
    hints = [each for each in look.checks if not each.stops]
    prepares = may_here(here, "publish")
    for title, found in (("It cannot go on before this is mended", look.stops), ("Hints", hints)):
        if found:
            linked = prepares and look.kept.state == "draft"
            lines = "\n".join(f"- {_line(each, linked)}" for each in found[:MOST_SHOWN])
            st.markdown(f"**{title}** ({len(found)})\n\n{lines}")
            if prepares:
                _show_ways(look, found)


def _line(check: Check, linked: bool) -> str:
    said = f"{_where(check)}{plain(finding(check.code, check.part, check.value))}"
    return f"{said} [Mend it](#{SEEN_AT})" if linked and mended_in(check) == "contents" else said


def _where(check: Check) -> str:
    where = ", ".join(part for part in (check.slug, LANGUAGE_NAMES.get(check.language or "", "")) if part)
    return plain(f"{where}: ") if where else ""


def _show_ways(look: Preview, found: Sequence[Check]) -> None:
    """From findings that are mended elsewhere: to the words of one action, to the classes, to other pages."""
    key = f"mend:{look.kept.id}:{'stops' if found[0].stops else 'hints'}"
    places = {mended_in(each) for each in found}
    codes = {slug_of(code): code for code, _, _, _ in look.every}
    worded = [each for each in found if mended_in(each) == "words" and each.slug in codes]
    if worded:
        _show_worded(key, worded, codes)
    with st.container(horizontal=True):
        if "words" in places and not worded:
            st.button("Open the words", key=f"{key}:words", on_click=_open, args=("editions:words",))
        if "classes" in places:
            st.button("Open the classes", key=f"{key}:classes", on_click=_open, args=("editions:classes",))
        if "roadmap" in places:
            link_to("roadmap", "Mend it in the roadmap", icon=":material/arrow_forward:")
        if "residents" in places:
            link_to("residents", "Mend it on Residents", icon=":material/arrow_forward:")


def _show_worded(key: str, worded: Sequence[Check], codes: dict[str, str]) -> None:
    places = list(dict.fromkeys((codes[each.slug], each.language or "en") for each in worded))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Words to mend", places, key=f"{key}:place", width=360,
            format_func=lambda each: f"{slug_of(each[0])}, {LANGUAGE_NAMES[each[1]]}",
        )  # fmt: skip
        st.button("Open these words", key=f"{key}:open", on_click=_open_words, args=(f"{key}:place",))


def _open(box: str) -> None:
    st.session_state[box] = True
    st.session_state[SAID] = "It is open above the editions."


def _open_words(place: str) -> None:
    code, language = st.session_state[place]
    st.session_state["words:code"], st.session_state["words:language"] = code, language
    _open("editions:words")
