"""Step six of a quarterly review: what is promised for the next 90 days, and the minutes."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from maturity.operations.promises import add_promise, edit_promise, remove_promise
from maturity.operations.quarterly_reviews import Minutes, write_minutes
from maturity.roadmap.quarterly_review import MOST_PROMISES, Promise
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.ui.quarter_forms import ShownReview, fill, lines_of, save, stored_promise, stored_review, typed
from maturity.words import review_flow_sentences as words
from maturity.words.messages import counted, on_day

SUGGESTED = 10
NO_ACTION = ""


def show_promises(shown: ShownReview) -> None:
    """The promises with their forms, what could be promised, and the minutes."""
    review = shown.review
    left = MOST_PROMISES - len(review.promises)
    st.subheader("Promises for the next 90 days", anchor=False)
    st.markdown(
        f"{counted(len(review.promises), 'promise')} of at most {MOST_PROMISES}; the last day for one is "
        f"{on_day(review.last_day)}."
    )
    for each in review.promises:
        _show_promise(shown, each)
    if shown.may_edit and left:
        _show_suggestions(shown)
        _show_adding(shown)
    _show_minutes(shown)


def _show_promise(shown: ShownReview, promise: Promise) -> None:
    with st.container(border=True):
        st.markdown(
            f"**{promise.place}. {plain(promise.text)}**  \n{plain(promise.owner)}, by {on_day(promise.due_on)}"
        )
        if not shown.may_edit:
            return
        with st.expander("Change or take out"):
            name = f"quarter-promise-{promise.id}"
            stored = {"text": promise.text, "owner": promise.owner, "due": promise.due_on}
            fill(name, promise, stored)
            with st.form(name, border=False):
                _show_inputs(name)
                st.form_submit_button("Save the promise", on_click=_edit, args=(shown.here, name))
            out = f"quarter-out-{promise.id}-{promise.row_version}"
            fill(out, promise, {})
            st.button("Take this promise out", key=out, on_click=_remove, args=(shown.here, out))


def _show_inputs(name: str) -> None:
    st.text_area("What is promised, in plain words", key=f"{name}:text", height=68)
    left, right = st.columns(2)
    left.text_input("Who keeps it", key=f"{name}:owner", max_chars=200)
    right.date_input("By when", key=f"{name}:due", format="DD/MM/YYYY")


def _show_suggestions(shown: ShownReview) -> None:
    promised = {each.code for each in shown.review.promises}
    open_ = [each for each in shown.facts.suggestions if each.code not in promised]
    if not open_:
        return
    with st.expander(f"What could be promised ({len(open_)})", expanded=not shown.review.promises):
        st.caption("Planned to finish or to begin within 90 days; what is late on the critical path comes first.")
        for each in open_[:SUGGESTED]:
            owner = shown.plan.names.get(each.owner, each.owner)
            text = words.promise_suggestion(each.kind, each.title)
            with st.container(horizontal=True, vertical_alignment="center"):
                late = " Late." if each.late else ""
                st.markdown(f"{plain(text)}  \n{plain(owner)}, by {on_day(each.due_on)}.{late}", width="stretch")
                name = f"quarter-take-{shown.review.id}-{each.code}"
                fill(name, shown.review, {})
                st.button(
                    "Promise this", key=name, on_click=_add,
                    args=(shown.here, name, Promise(
                        id="", place=0, text=text[:300], owner=owner, due_on=each.due_on, code=each.code
                    )),
                )  # fmt: skip


def _show_adding(shown: ShownReview) -> None:
    name = f"quarter-add-{shown.review.id}"
    actions = {each.code: each.title for each in shown.facts.plan.actions}
    fill(name, shown.review, {"text": "", "owner": "", "due": None, "code": NO_ACTION})
    with st.form(name):
        st.markdown("**Add a promise**")
        _show_inputs(name)
        st.selectbox(
            "Action that it is about (optional)", [NO_ACTION, *actions],
            format_func=lambda code: actions.get(code, "None"), key=f"{name}:code",
        )  # fmt: skip
        st.form_submit_button("Add the promise", type="primary", on_click=_add, args=(shown.here, name, None))


def _add(here: PageContext, name: str, taken: Promise | None) -> None:
    text, owner, due, code = (
        (taken.text, taken.owner, taken.due_on, taken.code)
        if taken
        else (typed(name, "text") or "", typed(name, "owner") or "", typed(name, "due"), typed(name, "code") or None)
    )
    save(
        here, name, lambda seen: add_promise(here.workspace, here.visitor, seen.id, text, owner, due, code),
        "The promise stands.",
    )  # fmt: skip


def _edit(here: PageContext, name: str) -> None:
    text, owner, due = typed(name, "text") or "", typed(name, "owner") or "", typed(name, "due")

    def write(seen: Promise) -> None:
        wanted = replace(seen, text=text, owner=owner, due_on=due or seen.due_on)
        edit_promise(here.workspace, here.visitor, wanted, seen.row_version)

    save(here, name, write, "The promise is changed.", lambda: stored_promise(here, name))


def _remove(here: PageContext, name: str) -> None:
    save(here, name, lambda seen: remove_promise(here.workspace, here.visitor, seen), "The promise is taken out.")


def _show_minutes(shown: ShownReview) -> None:
    body, review = shown.review.body, shown.review
    st.subheader("Minutes", anchor=False)
    if not shown.may_edit:
        for heading, lines in (
            ("Who was there", body.attendance), ("Decisions", body.decided), ("Actions arising", body.arising),
        ):  # fmt: skip
            st.markdown(f"**{heading}**")
            st.markdown("\n".join(f"- {plain(each)}" for each in lines) or "Nothing is noted yet.")
        if body.minutes:
            st.markdown(plain(body.minutes))
        return
    name = f"quarter-minutes-{review.id}"
    fill(name, review, {
        "there": "\n".join(body.attendance), "minutes": body.minutes, "decided": "\n".join(body.decided),
        "arising": "\n".join(body.arising), "held": review.held_on, "next": review.next_on,
    })  # fmt: skip
    with st.form(name):
        st.text_area("Who was there, a line each", key=f"{name}:there", height=90)
        st.text_area("Decisions, a line each", key=f"{name}:decided", height=90)
        st.text_area("Actions arising, a line each: what, who, by when", key=f"{name}:arising", height=90)
        st.text_area("What else was said (optional)", key=f"{name}:minutes", height=90)
        left, right = st.columns(2)
        left.date_input("Held on", key=f"{name}:held", format="DD/MM/YYYY")
        right.date_input("Next review on", key=f"{name}:next", format="DD/MM/YYYY")
        st.form_submit_button("Save the minutes", type="primary", on_click=_write, args=(shown.here, name, review.id))
    st.caption(words.ONLY_REVIEWS)


def _write(here: PageContext, name: str, review_id: str) -> None:
    def write(seen: object) -> None:
        stored = stored_review(here, review_id)
        minutes = Minutes(
            attendance=lines_of(typed(name, "there")), minutes=typed(name, "minutes") or "",
            decided=lines_of(typed(name, "decided")), arising=lines_of(typed(name, "arising")),
            held_on=typed(name, "held") or (stored.held_on if stored else here.workspace.clock().date()),
            next_on=typed(name, "next"),
        )  # fmt: skip
        write_minutes(here.workspace, here.visitor, seen, minutes)  # type: ignore[arg-type]

    save(here, name, write, "The minutes are kept.", lambda: stored_review(here, review_id))
