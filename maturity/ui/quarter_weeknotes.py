"""Weeknotes: drafted from what was noted since a day, edited, kept, listed by date."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from maturity.access.permissions import may
from maturity.operations.weeknotes import (
    draft_weeknote,
    edit_weeknote,
    keep_weeknote,
    remove_weeknote,
    weeknotes,
)
from maturity.roadmap.weeknote import Weeknote
from maturity.ui.context import PageContext, keeping_refusals
from maturity.ui.help import plain
from maturity.ui.quarter_forms import fill, organisation_of, save, typed
from maturity.ui.roadmap_shown import ShownPlan
from maturity.words import review_flow_sentences as words
from maturity.words.messages import on_day

DRAFT = "quarter-weeknote"


def show_weeknotes(plan: ShownPlan) -> None:
    """Drafting for whoever may change the plan, and every weeknote, the newest first."""
    here = plan.here
    every = plan.kept("weeknotes", lambda: weeknotes(here.workspace, here.visitor, organisation_of(here)))
    edits = may(here.visitor, "edit_plan")
    if edits:
        _show_drafting(plan)
    st.header("Weeknotes", anchor=False)
    if not every:
        st.info(words.NO_WEEKNOTES)
    for place, each in enumerate(every):
        with st.expander(f"{on_day(each.since)} to {on_day(each.until)}", expanded=place == 0):
            _show_text(each.body)
            st.download_button(
                "As Markdown", data=each.body, file_name=f"weeknote-{each.until}.md", mime="text/markdown",
                key=f"{DRAFT}-file-{each.id}-{each.row_version}", icon=":material/download:", on_click="ignore",
            )  # fmt: skip
            if edits:
                _show_editing(here, each)


def _show_drafting(plan: ShownPlan) -> None:
    here = plan.here
    st.header("Draft a weeknote", anchor=False)
    st.caption(words.NAMES_IN_DRAFTS)
    st.session_state.setdefault(f"{DRAFT}-since", plan.today - timedelta(days=7))
    with st.form(f"{DRAFT}-form"):
        st.date_input("Since", key=f"{DRAFT}-since", format="DD/MM/YYYY")
        st.checkbox("Name people where reports were made under names", key=f"{DRAFT}-people")
        st.form_submit_button("Draft it", on_click=_draft, args=(here, plan.today))
    if f"{DRAFT}-drafted" not in st.session_state:
        return
    since, until, text = st.session_state[f"{DRAFT}-drafted"]
    fill(DRAFT, (since, until), {"text": text})
    with st.form(f"{DRAFT}-keeping"):
        st.text_area("Weeknote, to be edited", key=f"{DRAFT}:text", height=380)
        st.form_submit_button("Keep the weeknote", type="primary", on_click=_keep, args=(here,))


def _draft(here: PageContext, today: date) -> None:
    since, named = st.session_state.get(f"{DRAFT}-since"), bool(st.session_state.get(f"{DRAFT}-people"))
    with keeping_refusals():
        text = draft_weeknote(
            here.workspace, here.visitor, since or today, people=named, organisation=organisation_of(here)
        )
        st.session_state[f"{DRAFT}-drafted"] = (since or today, today, text)
        st.session_state[f"{DRAFT}:text"] = text
        st.session_state[f"{DRAFT}:seen"] = (since or today, today)


def _keep(here: PageContext) -> None:
    text = typed(DRAFT, "text") or ""
    kept = save(
        here, DRAFT,
        lambda seen: keep_weeknote(here.workspace, here.visitor, seen[0], seen[1], text, organisation_of(here)),
        "The weeknote is kept.",
    )  # fmt: skip
    if kept:
        st.session_state.pop(f"{DRAFT}-drafted", None)


def _show_text(body: str) -> None:
    """A weeknote with its headings and lists; everything else in it is shown as it was written."""
    lines = []
    for each in body.splitlines():
        mark = next((mark for mark in ("### ", "## ", "# ", "- ", "* ") if each.startswith(mark)), "")
        shown = {"# ": "### ", "## ": "### ", "### ": "#### ", "- ": "- ", "* ": "- "}.get(mark, "")
        lines.append(f"{shown}{plain(each.removeprefix(mark))}")
    st.markdown("\n".join(lines))


def _show_editing(here: PageContext, note: Weeknote) -> None:
    name = f"{DRAFT}-edit-{note.id}"
    if not st.toggle("Edit this weeknote", key=f"{name}-on"):
        return
    fill(name, note, {"text": note.body})
    with st.form(name, border=False):
        st.text_area("Text of the weeknote", key=f"{name}:text", height=380)
        st.form_submit_button("Save the weeknote", type="primary", on_click=_edit, args=(here, name))
    out = f"{DRAFT}-out-{note.id}-{note.row_version}"
    fill(out, note, {})
    st.button("Remove this weeknote", key=out, on_click=_remove, args=(here, out))


def _edit(here: PageContext, name: str) -> None:
    text = typed(name, "text") or ""
    save(
        here, name, lambda seen: edit_weeknote(here.workspace, here.visitor, seen, text), "The weeknote is saved.",
        lambda: _stored(here, name),
    )  # fmt: skip


def _stored(here: PageContext, name: str) -> Weeknote | None:
    seen: Weeknote = st.session_state[f"{name}:seen"]
    found = weeknotes(here.workspace, here.visitor, organisation_of(here))
    return next((each for each in found if each.id == seen.id), None)


def _remove(here: PageContext, name: str) -> None:
    save(here, name, lambda seen: remove_weeknote(here.workspace, here.visitor, seen), "The weeknote is removed.")
