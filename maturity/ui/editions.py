"""The page of editions: what is published, the draft at hand, its checks, and who puts their name under it."""

from __future__ import annotations

import streamlit as st

from maturity.operations import editions as made
from maturity.operations.edition_drafting import start_edition
from maturity.operations.editions import Preview
from maturity.roadmap.editions import KeptEdition, Language
from maturity.ui.context import PageContext
from maturity.ui.editions_checks import anchor_of, show_checks
from maturity.ui.editions_choices import show_choices
from maturity.ui.editions_classes import show_classes, show_released
from maturity.ui.editions_deciding import place_of, show_deeds
from maturity.ui.editions_preview import show_preview
from maturity.ui.editions_seen import answer, may_here, organisation_name, show_answer, show_other_answers, told
from maturity.ui.editions_site import show_settings, show_site
from maturity.ui.editions_words import show_words
from maturity.ui.help import plain
from maturity.ui.navigation import link_to
from maturity.words.edition_sentences import LANGUAGE_NAMES, STATES, withheld_sentence

START = "editions:start"
MOST_OPEN = 12
"""Texts of more actions than these are folded: the page would be longer than anybody scrolls."""


@st.fragment
def show_editions(here: PageContext) -> None:
    """The form for a new draft, then every edition, the newest first."""
    if here.organisation is None:
        st.info("Nothing is set up yet.")
        link_to("home", "Begin on Home")
        return
    top = st.container()
    every = made.editions(here.workspace, here.visitor, here.organisation.name)
    show_site(here, every)
    if may_here(here, "publish"):
        _show_start(here)
        show_words(here)
        show_settings(here)
        show_classes(here)
        show_released(here)
    if not every:
        st.write("No edition yet. Start a draft from the approved plan: nothing is in it until you choose it.")
    for kept in reversed(every):
        _show_one(here, kept)
    show_other_answers(top)


def _show_start(here: PageContext) -> None:
    turn = told().started  # a form of its own for each draft: a second click on one that was taken finds nothing
    key = f"editions:name:{turn}"
    with st.form(f"editions:start:{turn}", border=False):
        st.text_input("Name of the edition", key=key, max_chars=120, placeholder="Autumn 2026")
        st.form_submit_button("Start a draft", type="primary", on_click=_start, args=(here, key))
    show_answer(START)


def _start(here: PageContext, key: str) -> None:
    mine, name = told(), st.session_state.get(key) or ""

    def deed() -> str:
        done = start_edition(here.workspace, here.visitor, name, organisation=organisation_name(here))
        mine.started += 1
        return f"{plain(done.name)} is started. [Choose what is in it](#{anchor_of(done)})."

    answer(mine, START, deed, once=key)


def _show_one(here: PageContext, kept: KeptEdition) -> None:
    with st.container(border=True, key=f"card-{kept.id}"):
        number = f"Edition {kept.number}: " if kept.number else ""
        st.header(f"{number}{plain(kept.name)}", anchor=False)
        st.markdown(f"**{STATES[kept.state]}.** Made by {plain(kept.made_by)}.")
        for step in kept.steps:
            if step.note:
                st.caption(f"{step.step.replace('_', ' ').capitalize()}: {plain(step.note)}")
        if kept.sha256:
            st.caption("The SHA-256 of this edition. Anybody can compare it with the command sha256sum.")
            st.code(kept.sha256, language=None, wrap_lines=True)
        if kept.state == "given_up":
            show_answer(place_of(kept))
            return
        key = f"edition:{kept.id}"
        # Not by `expanded`, which is part of what the box is: it would close when the edition goes on.
        st.session_state.setdefault(key, kept.state in ("draft", "proposed"))
        box = st.expander("Look at it", key=key, on_change="rerun", icon=":material/visibility:")
        if box.open:
            with box:
                _show_inside(here, kept)


def _show_inside(here: PageContext, kept: KeptEdition) -> None:
    look = made.preview_edition(here.workspace, here.visitor, kept.id)
    if look.stale:
        st.warning("Another version of the plan has been approved since. Give this one up and start another.")
    if kept.state == "draft" and may_here(here, "publish"):
        st.subheader("What is in it", anchor=anchor_of(kept))
        show_choices(here, look)
    show_checks(here, look)
    _show_withheld(look)
    show_deeds(here, look)
    show_preview(here, look)
    _show_contents(look)


def _show_contents(look: Preview) -> None:
    withdrawn = look.kept.state == "withdrawn"
    st.markdown("### What residents read until it was withdrawn" if withdrawn else "### What residents read")
    for language in look.edition.languages if look.edition.actions else ():
        st.markdown(f"#### In {LANGUAGE_NAMES[language]}")
        _show_texts(look, language)
    if not look.edition.actions:
        st.write("Nothing: no action is chosen.")
    if look.kept.state != "draft":
        st.download_button(
            "Download the edition's text", look.text.encode(), f"{look.edition.number:04}.json", "application/json",
            key=f"edition:{look.kept.id}:text",
        )  # fmt: skip


def _show_texts(look: Preview, language: Language) -> None:
    """The words of every action; many of them in a box that opens."""
    many = len(look.edition.actions) > MOST_OPEN
    with st.expander(f"All texts in {LANGUAGE_NAMES[language]}") if many else st.container():
        for action in look.edition.actions:
            if words := action.words.get(language):
                place = f", {plain(action.department)}" if action.department else ""
                st.markdown(f"**{plain(words.title)}**{place}  \n{plain(words.plain)} {plain(words.outcome)}")


def _show_withheld(look: Preview) -> None:
    st.markdown("### Held back")
    lines = [f"- {withheld_sentence(each.part, each.reason, each.count)}" for each in look.edition.withheld]
    st.markdown("\n".join(lines) if lines else "Nothing is held back.")
