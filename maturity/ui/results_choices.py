"""The choices above the views: they are kept in the address, and one that is not there any more gives way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from maturity.operations.errors import Refused
from maturity.operations.rounds import Round
from maturity.ui import cached
from maturity.ui.context import PageContext, sentence
from maturity.ui.help import plain
from maturity.ui.results_shown import Shown

T = TypeVar("T")
ORGANISATION = ""
"""Stands for the organisation among department codes: a choice of None would show as no choice at all."""
EVERY = ""
"""Stands for every department or topic in a choice that narrows a list."""


def choose(
    label: str,
    options: Sequence[T],
    written: Callable[[T], str],
    *,
    key: str,
    width: int = 360,
    in_address: bool = True,
) -> T:
    """One of the options, by default the first. What was chosen before counts only where it is still there: another
    round, or another role, has other departments."""
    if key in st.session_state and st.session_state[key] not in options:
        st.session_state[key] = options[0]  # not only forgotten: the browser would go on showing the old one
    chosen = st.selectbox(
        label,
        options,
        format_func=written,
        key=key,
        width=width,
        bind="query-params" if in_address else None,
    )
    return options[0] if chosen is None else chosen


def choose_round(found: list[Round], latest: Round | None) -> Round | None:
    """The round to look at, the latest unless another is chosen; None where there is none."""
    if not found:
        return None
    names = [each.name for each in reversed(found)]
    names.sort(key=lambda name: not (latest and name == latest.name))
    name = choose("Round", names, str, key="results_round")
    return next(each for each in found if each.name == name)


def show_waiting(here: PageContext, *, small: bool = False) -> None:
    """One line for the newest round whose results the visitor does not see yet: from which day they do."""
    waiting = cached.waiting_rounds(here)
    if waiting:
        said = plain(sentence(Refused(waiting[-1][1])))
        if small:
            st.caption(said)
        else:
            st.info(said, icon=":material/schedule:")


def choose_place(shown: Shown, *, label: str = "Department") -> str | None:
    """The department to look at (None: the organisation), one choice for all views."""
    codes = [code or ORGANISATION for code in shown.places]
    return choose(label, codes, lambda code: shown.name(code or None), key="results_of") or None


def choose_topic(shown: Shown) -> str:
    """The topic to look at, by its code."""
    topics = shown.framework.topics
    return choose("Topic", list(topics), lambda code: topics[code].name, key="results_topic")
