"""What is ready for sign-off and what is not: one sentence, and by action what is missing."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from maturity.operations.acceptance import Readiness
from maturity.ui.help import help_link
from maturity.ui.plan_tables import show, table, text
from maturity.ui.versions_seen import Seen
from maturity.words.messages import counted, percent
from maturity.words.version_sentences import NOT_SIGNED, missing_words, readiness_sentence

HEADINGS = ("Action", "What is missing", "Share of value")


def show_ready(seen: Seen) -> None:
    """The sentence, and the table in a box that opens, copies of departments that lack the same as one row."""
    st.header("Ready for sign-off", anchor=False)
    st.write(readiness_sentence(seen.ready))
    if not all(each.ready for each in seen.ready):
        st.caption(NOT_SIGNED)
    box = st.expander("What is missing, action by action", key="versions:ready", on_change="rerun")
    if box.open:
        with box:
            show(table(HEADINGS, list(_rows(seen)), "what each action lacks before sign-off", numbers=HEADINGS[2:]))
            help_link("sign-off")


def _rows(seen: Seen) -> Iterable[tuple[str, str, str]]:
    """What is not ready comes first, what is worth most before the rest."""
    actions = {each.code: each for each in seen.shown.plan.actions}
    folded: dict[tuple[str, tuple[str, ...]], list[Readiness]] = {}
    for each in seen.ready:
        folded.setdefault((actions[each.code].title, each.missing), []).append(each)
    worth = {key: sum(each.share for each in copies) for key, copies in folded.items()}
    for key in sorted(folded, key=lambda key: (not key[1], -worth[key], key[0])):
        copies, (title, missing) = folded[key], key
        place = seen.shown.place(actions[copies[0].code])
        where = counted(len(copies), "department") if len(copies) > 1 else place
        yield text(f"{title} ({where})"), text(missing_words(missing)), text(_share(worth[key]))


def _share(share: float) -> str:
    return "–" if share <= 0 else percent(share) if share >= 0.01 else "under 1%"
