"""The lines of an agenda with their buttons, and what puts further ones on it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from maturity.assessment.workshop import Matter, Workshop
from maturity.framework.examples import example_of, fitting_examples
from maturity.operations.catalogues import names_of
from maturity.operations.rounds import Round
from maturity.operations.workshop_lines import MOST_MATTERS, AgendaLine, votable
from maturity.ui import workshop_agenda_steps as steps
from maturity.ui.context import PageContext
from maturity.ui.plain_text import plain
from maturity.ui.results_choices import choose
from maturity.words import workshop_planning as words
from maturity.words.agenda_sentences import HOW_ORDERED, ROUND_OPEN, why_on_the_agenda

# All lines lie in one container: a box around each would be drawn anew when its line moves, and the focus with it lost.
# The label of a small button is for those who do not see its arrow, so it is there and takes no room.
STYLE = """
<style>
  .stApp .st-key-agenda-lines { display: grid; grid-template-columns: minmax(0, 1fr) repeat(3, auto); gap: 0; }
  .stApp .st-key-agenda-lines > * { display: flex; align-items: center; padding: 0.6rem 0 0.6rem 0.5rem; }
  .stApp .st-key-agenda-lines > :nth-child(4n + 1) { width: 100% !important; padding-left: 0; }
  .stApp .st-key-agenda-lines > :nth-child(n + 5) { border-top: 1px solid #8A97A480; }
  @media (max-width: 640px) {
    .stApp .st-key-agenda-lines { grid-template-columns: repeat(3, auto) minmax(0, 1fr); }
    .stApp .st-key-agenda-lines > :nth-child(4n + 1) { grid-column: 1 / -1; padding-bottom: 0; }
    .stApp .st-key-agenda-lines > :not(:nth-child(4n + 1)) { border-top: 0; padding-left: 0; padding-right: 0.5rem; }
  }
  .stApp .st-key-agenda-lines button [data-testid="stMarkdownContainer"] {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }
  .stApp .st-key-agenda-lines button { min-width: 2.5rem; position: relative; }
</style>
"""
EXAMPLE = "example:"
"""Before the id of a worked example among the ids of questions."""


def show_lines(here: PageContext, round_: Round, workshop: Workshop, matters: Sequence[Matter], *, fixed: bool) -> None:
    """Every line: what is asked, why it stands there, how far it is, and the buttons that move it."""
    if not matters:
        st.info(words.EMPTY_AGENDA)
    else:
        st.caption(ROUND_OPEN if round_.status == "open" else HOW_ORDERED)
    number, names = 0, names_of(here.workspace, round_)
    with st.container(horizontal=True, key="agenda-lines" if not fixed else "agenda-read"):
        for place, matter in enumerate(matters):
            number += not matter.warms_up
            why = why_on_the_agenda(matter.why, names) or ("" if matter.warms_up else words.ADDED)
            st.markdown(_line(round_, workshop, matter, number) + (f"  \n:small[{plain(why)}]" if why else ""))
            if not fixed:
                _show_turns(here, round_, workshop, matter, place, len(matters))


def _line(round_: Round, workshop: Workshop, matter: Matter, number: int) -> str:
    first = "Warm-up" if matter.warms_up else f"{number}"
    where = [] if matter.warms_up else [_topic(round_, matter.question or "")]
    if matter.department and workshop.department is None:
        where.append(round_.names.get(matter.department, matter.department))
    said = [*(plain(each) for each in where), plain(state(round_, workshop, matter))]
    return f"**{first}. {plain(asked(round_, matter))}**  \n{' · '.join(said)}"


def asked(round_: Round, matter: Matter) -> str:
    """What the room is asked: the question, of a worked example too."""
    code = matter.question
    if matter.example is not None:
        found = example_of(round_.framework.id, matter.example)
        code = found.question if found else matter.example
    question = round_.framework.questions.get(code or "")
    return question.text if question else code or ""


def state(round_: Round, workshop: Workshop, matter: Matter) -> str:
    """How far a line is, in words."""
    if matter.outcome is not None:
        level = matter.outcome.level
        return words.settled_at_level(f"{level} {round_.framework.level_name(level)}")
    if matter.id == workshop.current and matter.phase == "waiting":
        return words.ON_IT
    return words.WARM_UP_PHASE.get(matter.phase, "") if matter.warms_up else words.PHASE[matter.phase]


def _topic(round_: Round, question: str) -> str:
    return next((topic.name for _, topic, each in round_.framework.walk() if each.id == question), "")


def _show_turns(here: PageContext, round_: Round, workshop: Workshop, matter: Matter, place: int, lines: int) -> None:
    name, key = asked(round_, matter), steps.line_of(matter).key
    if matter.warms_up:
        name = f"Warm-up, {name}"
    elif matter.department and workshop.department is None:
        name = f"{name} ({round_.names.get(matter.department, matter.department)})"
    given = (here, round_, workshop.id, key)
    stays = steps.has_begun(workshop, matter)
    for label, icon, by, off in (
        ("Move up", ":material/arrow_upward:", -1, place == 0),
        ("Move down", ":material/arrow_downward:", 1, place == lines - 1),
    ):
        st.button(
            f"{label}: {plain(name)}", key=f"{label}:{matter.id}", icon=icon, on_click=steps.move, args=(*given, by),
            disabled=off,
        )  # fmt: skip
    st.button(
        f"Take off: {plain(name)}", key=f"off:{matter.id}", icon=":material/close:", on_click=steps.take_off,
        args=given, disabled=stays, help=words.HAS_BEGUN if stays else None,
    )  # fmt: skip


def show_adding(here: PageContext, round_: Round, workshop: Workshop, matters: Sequence[Matter]) -> None:
    """A question or a worked example to put on the agenda, of those that are not there."""
    if len(matters) >= MOST_MATTERS:
        st.caption(words.FULL_AGENDA.format(most=MOST_MATTERS))
        return
    there = {steps.line_of(each).key for each in matters}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        department = workshop.department or choose(
            "Add a question about", list(round_.names), round_.names.__getitem__, key="agenda_of", in_address=False
        )
        left = _left(round_, department, there)
        if not left:
            st.caption(words.ALL_ADDED)
            return
        chosen = choose(
            "Add a question" if workshop.department else "Question", list(left), left.__getitem__, key="agenda_add",
            in_address=False, width=560,
        )  # fmt: skip
        st.button(
            "Add to the agenda", key="agenda_go", icon=":material/add:", on_click=steps.add,
            args=(here, round_, workshop.id, partial(_wanted, department, chosen)),
        )  # fmt: skip


def _left(round_: Round, department: str, there: set[steps.Key]) -> dict[str, str]:
    """The questions and worked examples that are not on the agenda, with what the list says of each."""
    possible = votable(round_.framework, short_track=round_.track == "short")
    found = {
        each.id: f"{topic.name}: {each.text}"
        for _, topic, each in round_.framework.walk()
        if each.id in possible and (department, each.id, None) not in there
    }
    examples = [each for each in fitting_examples(round_.framework) if (None, None, each.id) not in there]
    questions = round_.framework.questions
    return found | {EXAMPLE + each.id: f"Warm-up: {questions[each.question].text}" for each in examples}


def _wanted(department: str, chosen: str) -> AgendaLine:
    if chosen.startswith(EXAMPLE):
        return AgendaLine(example=chosen.removeprefix(EXAMPLE))
    return AgendaLine(department=department, question=chosen)


def show_suggesting(here: PageContext, round_: Round, workshop: Workshop) -> None:
    """The way back to the suggestion, which asks first: it takes off what was added."""
    with st.popover("Suggested order…", icon=":material/restart_alt:", key="agenda-suggest"):
        st.write(words.SUGGEST_AGAIN)
        st.button(
            "Put back to the suggested order", key="agenda-suggest-go", type="primary", on_click=steps.suggest,
            args=(here, round_, workshop.id),
        )  # fmt: skip
