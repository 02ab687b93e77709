"""The comments of residents a few at a time: those that wait, or what became of the others, found by their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from maturity.operations.public_comments import KnownComment
from maturity.roadmap.comments import DAYS_KEPT, Comment
from maturity.ui import plan_tables
from maturity.ui.context import PageContext
from maturity.ui.plan_tables import table, text
from maturity.ui.residents_comments import OUTCOME, Outcome, apply_style, show_decided, show_waiting
from maturity.words.resident_sentences import NO_FIT, PARTS, REASONS, page_heading, texts_are_gone, waiting_sentence

PART, FIND, FIRST = "residents:part", "residents:find", "residents:first"
OF_PART: Mapping[str, Callable[[Comment], bool]] = {
    "waiting": lambda comment: comment.state == "waiting",
    "unanswered": lambda comment: comment.state == "published" and not comment.kind,
    "published": lambda comment: comment.state == "published",
    "refused": lambda comment: comment.state == "refused",
}
A_PAGE: Mapping[str, int] = {"waiting": 5, "unanswered": 10, "published": 10, "refused": 10}
"""Comments shown at a time: one that waits has two forms."""


def show_comments(here: PageContext, found: Sequence[KnownComment]) -> None:
    """How many comments wait, and a page of those that the reader chose. One that was just decided stays where it is
    until something else is looked at, with what became of it."""
    count = Counter(each.comment.state for each in found)
    st.markdown(f"**{waiting_sentence(count['waiting'], count['published'], count['refused'])}**")
    part, words = _chosen(found)
    outcome = st.session_state.get(OUTCOME) or Outcome("")
    if part == "refused":
        _show_reasons(found)
    wanted = [each for each in found if each.comment.id == outcome.comment or _fits(each, part, words)]
    if part == "waiting":  # again the order in which they came, for the one that waits no more
        wanted.sort(key=lambda each: (each.comment.received_at, each.comment.id))
    if not wanted:
        st.info(NO_FIT if words else PARTS[part][1])
        return
    apply_style()
    _show_page(here, wanted, part, outcome)


def _chosen(found: Sequence[KnownComment]) -> tuple[str, str]:
    """Which part of the comments is looked at, and the words that they have."""
    count = {part: sum(belongs(each.comment) for each in found) for part, belongs in OF_PART.items()}
    st.session_state.setdefault(PART, "waiting" if count["waiting"] else "published")
    part = st.pills(
        "Show", list(OF_PART), key=PART, required=True, on_change=_from_the_start,
        format_func=lambda code: f"{PARTS[code][0]} ({count[code]:,})",
    )  # fmt: skip
    words = st.text_input("Find a word", key=FIND, type="search", autocomplete="off", on_change=_from_the_start)
    return part or "waiting", words or ""


def _fits(known: KnownComment, part: str, words: str) -> bool:
    """Whether a comment belongs to the part, and it, its answer or its action has all the words."""
    comment = known.comment
    if not OF_PART[part](comment) or not (comment.text or part != "refused"):
        return False
    said = f"{comment.text} {comment.shown} {comment.answer} {known.about}".casefold()
    return all(word in said for word in words.casefold().split())


def _show_page(here: PageContext, wanted: Sequence[KnownComment], part: str, outcome: Outcome) -> None:
    size = A_PAGE[part]
    first = int(st.session_state.get(FIRST, 0))
    first = first if first < len(wanted) else 0
    last = min(first + size, len(wanted))
    st.header(page_heading(first + 1, last, len(wanted)), anchor=False)
    for each in wanted[first:last]:
        mine = outcome if outcome.comment == each.comment.id else None
        (show_waiting if each.comment.state == "waiting" else show_decided)(here, each, mine)
    with st.container(horizontal=True):
        if first:
            st.button("Comments before", key="residents-back", on_click=_turn, args=(first - size,))
        if last < len(wanted):
            st.button("Next comments", key="residents-on", on_click=_turn, args=(last,))


def _show_reasons(found: Sequence[KnownComment]) -> None:
    refused = [each.comment for each in found if each.comment.state == "refused"]
    reasons = Counter(each.reason for each in refused)
    rows = ((text(REASONS[reason], "name"), text(f"{reasons[reason]:,}")) for reason in REASONS if reasons[reason])
    if refused:
        plan_tables.show(table(("Reason", "Comments"), rows, "Refused comments by reason", numbers=("Comments",)))
    if gone := sum(not each.text for each in refused):
        st.caption(texts_are_gone(gone, DAYS_KEPT))


def _turn(first: int) -> None:
    _from_the_start()
    st.session_state[FIRST] = max(0, first)


def _from_the_start() -> None:
    """In a callback: something else is looked at, so what was decided last goes where it belongs."""
    st.session_state[FIRST] = 0
    st.session_state[OUTCOME] = None
