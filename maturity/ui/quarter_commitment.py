"""What is promised for 90 days, for everybody who reads the roadmap; the papers of reviews, and the earlier ones."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from maturity.operations.promises import promises_now
from maturity.operations.review_minutes import commitment_page, minutes_markdown, minutes_page
from maturity.roadmap.quarterly_review import QuarterlyReview
from maturity.ui.asked_download import when_pressed
from maturity.ui.clock import local
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.ui.pictures import show_table
from maturity.ui.quarter_forms import organisation_of
from maturity.ui.roadmap_shown import ShownPlan
from maturity.words import review_flow_sentences as words
from maturity.words.messages import counted, on_day

MARKS = {"open": ":material/circle:", "kept": ":material/check_circle:", "not_kept": ":material/cancel:"}


def show_commitment(plan: ShownPlan) -> None:
    """What is promised now: what, who, by when, kept or explained; signed by whom when."""
    here = plan.here
    found = plan.kept("promises", lambda: promises_now(here.workspace, here.visitor, organisation_of(here)))
    if found is None:
        st.info(words.NO_PROMISES)
        return
    review = found.review
    st.header(f"What we promise until {on_day(review.last_day)}", anchor=False)
    st.markdown(
        words.promises_headline(len(review.promises), found.kept, found.overdue, review.held_on, review.last_day)
    )
    for each in review.promises:
        with st.container(border=True):
            late = " Past its day." if each.state == "open" and each.due_on < found.today else ""
            state = words.PROMISE_STATES[each.state].capitalize()
            why = f" {plain(each.explanation)}" if each.explanation else ""
            st.markdown(
                f"**{each.place}. {plain(each.text)}**  \n{plain(each.owner)}, by {on_day(each.due_on)}  \n"
                f"{MARKS[each.state]} {state}.{late}{why}"
            )
    _show_signed(review)
    st.download_button(
        "The promises (to print)", data=when_pressed(lambda: _encoded(commitment_page, here, review)),
        file_name=f"promises-{review.number}.html", mime="text/html", key="quarter-promises-paper",
        icon=":material/print:", on_click="ignore",
    )  # fmt: skip


def _show_signed(review: QuarterlyReview) -> None:
    if review.signatures:
        said = words.signed_sentence(
            [(each.name, each.role) for each in review.signatures], local(review.signatures[0].signed_at).date()
        )
        st.markdown(plain(said))
        st.caption(f"Document: SHA-256 {review.signatures[0].sha256}")


def offer_papers(here: PageContext, review: QuarterlyReview) -> None:
    """The minutes to download: as a page to print, and as Markdown."""
    with st.container(horizontal=True):
        st.download_button(
            "Minutes (to print)", data=when_pressed(lambda: _encoded(minutes_page, here, review)),
            file_name=f"minutes-{review.number}.html", mime="text/html", key=f"quarter-minutes-{review.id}",
            icon=":material/print:", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            "Minutes as Markdown", data=when_pressed(lambda: _encoded(minutes_markdown, here, review)),
            file_name=f"minutes-{review.number}.md", mime="text/markdown", key=f"quarter-markdown-{review.id}",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _encoded(made: object, here: PageContext, review: QuarterlyReview) -> bytes:
    assert callable(made)
    return str(made(here.workspace, here.visitor, review.id)).encode()


def show_earlier_reviews(plan: ShownPlan, every: tuple[QuarterlyReview, ...]) -> None:
    """Every review that has ended, the newest first, with its minutes."""
    ended = [each for each in reversed(every) if each.state != "open"]
    if not ended:
        st.info("No review has ended yet.")
        return
    for each in ended:
        kept = sum(one.state == "kept" for one in each.promises)
        with st.expander(f"{each.name}, {on_day(each.held_on)}: {words.REVIEW_STATES[each.state]}"):
            if each.state == "given_up":
                st.markdown(plain(each.body.given_up))
                continue
            st.markdown(f"{counted(len(each.promises), 'promise')}, {kept} kept so far.")
            rows = [
                (one.text, one.owner, on_day(one.due_on), words.PROMISE_STATES[one.state], one.explanation or "–")
                for one in each.promises
            ]
            show_table(pd.DataFrame(rows, columns=["What", "Who", "By when", "How it stands", "Explanation"]))
            _show_signed(each)
            offer_papers(plan.here, each)
