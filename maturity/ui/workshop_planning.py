"""The form that plans a workshop: its name, what it is about, how long a vote takes, how many questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from maturity.access.permissions import may
from maturity.assessment.workshop import MINUTES_A_MATTER, SECONDS_TO_VOTE, Workshop
from maturity.framework.examples import WorkedExample, fitting_examples
from maturity.operations.early_sight import WHOLE
from maturity.operations.rounds import Round
from maturity.operations.workshop_agenda import MOST, suggest_agenda
from maturity.operations.workshop_lines import MOST_MATTERS, AgendaLine, votable
from maturity.operations.workshops import FEWEST_SECONDS, LONGEST_NAME, MOST_SECONDS, plan_workshop
from maturity.ui.context import REFUSALS, PageContext, keeping_refusals
from maturity.ui.results_choices import ORGANISATION, choose
from maturity.words import workshop_planning as words

PLANNED = "_workshop_planned"
"""The id of the workshop that this visit has just planned, until its page is shown."""
FORM = "_workshop_form"
"""Counts the forms that were filled in: a second click on one that was taken plans nothing."""
TAKEN = "_workshop_taken"
"""A form that was taken: its round, its number, what was filled in, and the workshop once it is planned."""
WARM_UPS = 2
"""Worked examples to begin with; further ones can be put on the agenda."""


def may_be_about(here: PageContext, round_: Round) -> dict[str, str]:
    """What the visitor may hold a workshop on, by code: the whole organisation first, then departments."""
    mine, visitor = round_.organisation_id, here.visitor
    whole = {ORGANISATION: words.WHOLE_ORGANISATION} if may(visitor, "run_workshop", WHOLE, mine) else {}
    own = {each.code: each.name for each in round_.departments if may(visitor, "run_workshop", each.code, mine)}
    return whole | own if own else {}


def warm_up(round_: Round) -> tuple[WorkedExample, ...]:
    """The worked examples that a room votes on first; () where the framework has none."""
    return fitting_examples(round_.framework)[:WARM_UPS]


def show_planning(here: PageContext, round_: Round) -> None:
    """The inputs and the button."""
    form = st.session_state.setdefault(FORM, 0)
    st.text_input(
        "Name of the workshop", key=f"plan_name:{form}", max_chars=LONGEST_NAME, autocomplete="off",
        placeholder="Where we stand, parks and housing",
    )  # fmt: skip
    places = may_be_about(here, round_)
    place = choose("About", list(places), places.__getitem__, key=f"plan_about:{form}", in_address=False)
    examples = warm_up(round_)
    most = MOST_MATTERS - len(examples)
    possible = _possible(round_, place)
    with st.container(horizontal=True):
        questions = st.number_input(
            "How many questions", 1, most, min(MOST, possible, most), key=f"plan_questions:{form}", width=200
        )
        st.number_input(
            "Seconds to vote", FEWEST_SECONDS, MOST_SECONDS, SECONDS_TO_VOTE, step=10, key=f"plan_seconds:{form}",
            width=200, help=words.SECONDS_HELP,
        )  # fmt: skip
    st.caption(words.duration(min(questions, possible), MINUTES_A_MATTER) + words.only(possible, questions))
    if examples:
        st.checkbox(words.warm_up(len(examples)), value=True, key=f"plan_warm_up:{form}", help=words.WARM_UP_HELP)
    else:
        st.caption(words.NO_EXAMPLES)
    st.button("Plan the workshop", type="primary", key=f"plan_go:{form}", on_click=_plan, args=(round_, form))


def _possible(round_: Round, place: str) -> int:
    """How many questions there are to vote on: of one department, or of all of them."""
    asked = len(votable(round_.framework, short_track=round_.track == "short"))
    return asked * (1 if place else len(round_.departments))


@dataclass
class _Form:
    round: Round
    number: int
    given: Mapping[str, Any]
    planned: str = ""


def _plan(round_: Round, form: int) -> None:
    """In a callback: take the form, once. It is planned where a spinner can be shown: comparing plans takes seconds."""
    if st.session_state.get(FORM) != form:
        return
    st.session_state[FORM] = form + 1  # the second of two clicks finds it taken
    names = ("name", "about", "questions", "seconds", "warm_up")
    given = {name: st.session_state.get(f"plan_{name}:{form}") for name in names}
    st.session_state[TAKEN] = _Form(round=round_, number=form, given=given)


def plan_what_was_taken(here: PageContext) -> None:
    """Plan the workshop of the form that was taken, if one was; a refused form is there again as it was filled in.

    A second click ends this run at whatever touches the session next. So what came of the form is noted on the form
    itself, which the next run finds again, and the form is put away last."""
    form: _Form | None = st.session_state.get(TAKEN)
    if form is None:
        return
    with st.spinner(words.PLANNING):
        try:
            form.planned = form.planned or str(_planned(here, form.round, form.given).id)
        except REFUSALS:
            st.session_state[FORM] = form.number
            st.session_state.pop(TAKEN)
            with keeping_refusals():
                raise
            return
    st.session_state[PLANNED] = form.planned
    st.session_state.pop(TAKEN)


def _planned(here: PageContext, round_: Round, given: Mapping[str, Any]) -> Workshop:
    department, name = given["about"] or None, str(given["name"] or "").strip()
    lines = [AgendaLine(example=each.id) for each in warm_up(round_)] if given["warm_up"] else []
    if name:  # without one it is refused, and nobody waits for that
        lines += suggested(here, round_, department, int(given["questions"] or MOST))
    seconds = int(given["seconds"] or SECONDS_TO_VOTE)
    return plan_workshop(here.workspace, here.visitor, round_, department, name, lines, seconds_to_vote=seconds)


def suggested(here: PageContext, round_: Round, department: str | None, most: int) -> tuple[AgendaLine, ...]:
    """The questions that are worth the room's time, the most worthwhile first."""
    return suggest_agenda(here.workspace, here.visitor, round_, department, most=most)
