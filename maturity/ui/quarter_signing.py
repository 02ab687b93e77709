"""The last step of a quarterly review: what is still missing, and who signs it off."""

from __future__ import annotations

import streamlit as st

from maturity.operations.quarterly_reviews import sign_off_review
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.ui.quarter_commitment import offer_papers
from maturity.ui.quarter_forms import ShownReview, fill, save, stored_review, typed
from maturity.words import review_flow_sentences as words
from maturity.words.messages import counted, on_day

PLACES = 3


def show_signing(shown: ShownReview) -> None:
    """What is missing, the papers as a draft, and the form for whoever may sign off."""
    review, missing = shown.review, shown.facts.open_points
    if missing:
        st.warning("\n".join(f"- {words.MISSING[each]}" for each in missing), icon=":material/pending:")
    else:
        following = f" The next review is on {on_day(review.next_on)}." if review.next_on else ""
        st.markdown(
            f"Everything is there: {counted(len(review.promises), 'promise')}, "
            f"{counted(len(review.body.attendance), 'person', 'people')} present.{following}"
        )
        for each in review.promises:
            st.markdown(f"- **{plain(each.text)}** {plain(each.owner)}, by {on_day(each.due_on)}")
    offer_papers(shown.here, review)
    if not shown.may_sign:
        st.markdown("It is signed off by whoever may sign off plans and reviews, such as leadership.")
        return
    if not missing:
        _show_form(shown)


def _show_form(shown: ShownReview) -> None:
    name = f"quarter-sign-{shown.review.id}"
    rows = range(1, PLACES + 1)
    values = {f"{what}{row}": "" for row in rows for what in ("name", "role")}
    fill(name, shown.review, values)
    st.session_state[f"{name}:seen"] = shown.review  # what is signed is what is shown
    with st.form(name):
        st.markdown("**Who signs**")
        for row in rows:
            left, right = st.columns(2)
            left.text_input(f"Name {row}", key=f"{name}:name{row}", max_chars=120)
            right.text_input(f"Role {row}", key=f"{name}:role{row}", max_chars=120)
        st.caption("After this nothing of the review changes any more; its promises are closed at the next one.")
        st.form_submit_button("Sign off the review", type="primary", on_click=_sign, args=(shown.here, name))


def _sign(here: PageContext, name: str) -> None:
    signers = [(typed(name, f"name{row}") or "", typed(name, f"role{row}") or "") for row in range(1, PLACES + 1)]
    seen = st.session_state.get(f"{name}:seen")
    now = stored_review(here, seen.id) if seen else None
    if now and now.state == "signed_off" and [(s.name, s.role) for s in now.signatures] == [s for s in signers if s[0]]:
        return  # a second click: these very people have signed already
    save(
        here, name, lambda read: sign_off_review(here.workspace, here.visitor, read, signers),
        "The review is signed off. What it promises stands under “90-day promises”.",
    )  # fmt: skip
