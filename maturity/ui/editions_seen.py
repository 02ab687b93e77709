"""What the parts of the page of editions share: who may do what here, and what is said where somebody clicked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from maturity.access.permissions import Verb, may
from maturity.operations.edition_drafting import EditionChoices
from maturity.ui.context import REFUSALS, PageContext, sentence
from maturity.ui.plain_text import plain

TOLD = "editions:told"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a click, as Markdown: done, or a refusal."""

    words: str
    refused: bool = False


@dataclass(slots=True)
class Told:
    """What a visit keeps of its deeds on this page, on one object: a second click ends a run where that next touches
    the session's state, never between two of these.

    `waiting` are answers by the place that was clicked, until they are shown; `once` is the deed that was done last and
    `answered` its answer. `unsaved` are choices by edition that somebody else's save kept out; `started` counts
    drafts."""

    waiting: dict[str, Answer] = field(default_factory=dict)
    once: str = ""
    answered: dict[str, Answer] = field(default_factory=dict)
    unsaved: dict[str, EditionChoices] = field(default_factory=dict)
    started: int = 0


def told() -> Told:
    """The one object of this visit."""
    found: Told = st.session_state.setdefault(TOLD, Told())
    return found


def answer(mine: Told, place: str, deed: Callable[[], str], once: str = "") -> None:
    """In a callback: do it, and keep its sentence or its refusal for the place that was clicked. A deed that is done
    `once` is not done by a second click, which is told the same again. `deed` reads the session before it acts."""
    if once and once == mine.once:
        mine.waiting |= mine.answered
        return
    try:
        mine.answered = {place: Answer(deed())}
        mine.once = once
        mine.waiting |= mine.answered
    except REFUSALS as error:
        mine.waiting[place] = Answer(plain(sentence(error)), refused=True)


def show_answer(place: str) -> None:
    """What came of a click here, once. The container is there without an answer too: what follows keeps its place in
    the page, and a list that was opened meanwhile stays open."""
    with st.container():
        if said := told().waiting.pop(place, None):
            _show(said)


def show_other_answers(where: st.delta_generator.DeltaGenerator) -> None:
    """What came of clicks whose place is not there any more, because somebody else was faster."""
    mine = told()
    with where:
        for said in mine.waiting.values():
            _show(said)
    mine.waiting.clear()


def _show(said: Answer) -> None:
    if said.refused:
        st.error(said.words, icon=":material/block:")
    else:
        st.success(said.words, icon=":material/check:")


def may_here(here: PageContext, verb: Verb) -> bool:
    """Whether the visitor may do this here."""
    return may(here.visitor, verb, None, here.organisation.id if here.organisation else None)


def organisation_name(here: PageContext) -> str | None:
    """The name of the organisation, None where there is none."""
    return here.organisation.name if here.organisation else None
