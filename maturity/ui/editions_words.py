"""Words for residents, action by action and language by language, with a hint on how easily they are read."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from maturity.operations import public_words as words
from maturity.operations.public_words import LONGEST_TITLE, LONGEST_WORDS, KnownWords
from maturity.roadmap.editions import LANGUAGES, Language, PublicWords
from maturity.roadmap.reading_ease import PLAIN, reading_ease
from maturity.ui.context import PageContext
from maturity.ui.editions_seen import answer, organisation_name, show_answer, told
from maturity.ui.help import plain
from maturity.ui.results_choices import choose
from maturity.words.edition_sentences import LANGUAGE_NAMES

BOX = "editions:words"


def show_words(here: PageContext) -> None:
    """A box that opens: choose an action and a language, see what residents read, write it otherwise."""
    box = st.expander("Words for residents", key=BOX, on_change="rerun", icon=":material/edit_note:")
    if not box.open:
        return
    with box:
        known = {each.code: each for each in words.public_words(here.workspace, here.visitor, organisation_name(here))}
        if not known:
            st.write("There is no plan yet, so there is nothing to put into words.")
            return
        code = st.selectbox(
            "Action",
            list(known),
            key="words:code",
            format_func=lambda each: f"{known[each].phase}. {_called(here, known[each])}",
        )
        language = st.selectbox(
            "Language", list(LANGUAGES), key="words:language", format_func=lambda each: LANGUAGE_NAMES[each]
        )
        _show_one(here, known[code], language, BOX)


def show_words_to_mend(here: PageContext, places: Sequence[tuple[str, Language]], key: str) -> None:
    """A box that opens: the texts that checks name, one after the other, each to be written otherwise where it is."""
    box = st.expander("Mend the words", key=key, on_change="rerun", icon=":material/edit_note:")
    if not box.open or not places:
        return
    with box:
        every = words.public_words(here.workspace, here.visitor, organisation_name(here))
        known = {each.code: each for each in every}
        code, language = choose(
            "Words to mend", places, lambda each: f"{LANGUAGE_NAMES[each[1]]}: {_called(here, known[each[0]])}",
            key=f"{key}:place", in_address=False,
        )  # fmt: skip
        _show_one(here, known[code], language, key)


def _called(here: PageContext, action: KnownWords) -> str:
    """What it is called inside, with its department: copies of one action have words of their own."""
    names = here.organisation.names if here.organisation else {}
    return f"{action.title} ({names.get(action.department, action.department)})" if action.department else action.title


def _show_one(here: PageContext, action: KnownWords, language: Language, place: str) -> None:
    now, own = action.words(language) or PublicWords(title=""), action.own.get(language)
    version = own.row_version if own else 0
    key = f"words:{action.code}:{language}:{version}" if place == BOX else f"{place}:{action.code}:{language}:{version}"
    if not now.title:
        st.caption("Nobody has put this action into words yet.")
    elif not own:
        st.caption("These are the words that come with the catalogue. What you write instead is your own.")
    ease = reading_ease(f"{now.plain} {now.outcome}", language)
    if ease is not None:
        verdict = "plain" if ease >= PLAIN else "hard to read: try shorter sentences and words"
        st.caption(f"Reading ease about {ease:.0f} of 100, {verdict}. It is a hint, nothing more.")
    with st.form(key, border=False):
        st.text_input("What it is called", value=now.title, max_chars=LONGEST_TITLE, key=f"{key}:title")
        st.text_area("What is done", value=now.plain, max_chars=LONGEST_WORDS, height=90, key=f"{key}:plain")
        st.text_area(
            "What residents notice", value=now.outcome, max_chars=LONGEST_WORDS, height=90, key=f"{key}:outcome"
        )
        st.form_submit_button("Save the words", on_click=_save, args=(here, action, language, version, key, place))
    show_answer(place)


def _save(here: PageContext, action: KnownWords, language: Language, version: int, key: str, place: str) -> None:
    mine, state = told(), st.session_state
    title, text, outcome = (state.get(f"{key}:{part}") or "" for part in ("title", "plain", "outcome"))

    def deed() -> str:
        words.set_public_words(
            here.workspace, here.visitor, action.code, language,
            PublicWords(title=title, plain=text, outcome=outcome), expected_version=version,
            organisation=organisation_name(here),
        )  # fmt: skip
        return f"The words for {plain(action.title)} are saved."

    answer(mine, place, deed, once=key)
