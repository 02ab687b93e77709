"""An edition exactly as residents see it, in a frame: the home page or an action's, in each language."""

from __future__ import annotations

import streamlit as st

from maturity.operations.editions import Preview
from maturity.operations.public_preview import one_file, preview_pages
from maturity.ui.context import PageContext
from maturity.ui.results_choices import choose
from maturity.words.edition_sentences import LANGUAGE_NAMES

HOME = ""
HEIGHT = 640


def show_preview(here: PageContext, look: Preview) -> None:
    """A box that opens: which page in which language, and the page itself; nothing of it leads anywhere."""
    kept = look.kept
    if kept.state == "withdrawn":
        return
    key = f"preview:{kept.id}"
    box = st.expander("See it as residents do", key=key, on_change="rerun", icon=":material/preview:")
    if not box.open:
        return
    titles = {each.slug: _title(look, each.slug) for each in look.edition.actions}
    with box:
        left, right = st.columns([3, 1])
        with left:
            slug = choose(
                "Page", [HOME, *titles], lambda each: titles.get(each, "The home page"), key=f"{key}:page",
                in_address=False,
            )  # fmt: skip
        with right:
            language = choose(
                "In this language",
                look.edition.languages,
                lambda each: LANGUAGE_NAMES[each],
                key=f"{key}:language",
                in_address=False,
            )
        files = preview_pages(here.workspace, here.visitor, kept.id, slug)
        path = f"{language}/actions/{slug}.html" if slug else f"{language}/index.html"
        st.iframe(one_file(files, path), height=HEIGHT, alt=f"What residents see: {titles.get(slug, 'the home page')}")
        st.caption("Made by what makes the site. Its links lead nowhere here.")


def _title(look: Preview, slug: str) -> str:
    action = look.edition.action(slug)
    words = next(iter(action.words.values()), None) if action else None
    return words.title if words else slug
