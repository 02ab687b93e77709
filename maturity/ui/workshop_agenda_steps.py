"""What the buttons of an agenda do. Each step is on the agenda as this visit saw it last, so that a step taken by
somebody else meanwhile is said and never undone, and so that two quick clicks are two steps and not a refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

import streamlit as st

from maturity.assessment.workshop import Matter, Workshop
from maturity.operations.errors import Changed
from maturity.operations.rounds import Round
from maturity.operations.workshop_agenda import MOST
from maturity.operations.workshop_lines import AgendaLine
from maturity.operations.workshops import agenda, change_agenda, open_workshop
from maturity.ui.context import PageContext, keeping_refusals
from maturity.ui.workshop_planning import suggested
from maturity.words import workshop_planning as words

Key = tuple[str | None, str | None, str | None]
Lines = list[AgendaLine]
OPENED = "_workshop_opened"
ADDED = "agenda_add"


def keep_seen(workshop: Workshop, matters: Sequence[Matter]) -> None:
    """Keep what is on the screen: the next step is taken on this."""
    st.session_state[f"_workshop_seen:{workshop.id}"] = (workshop, tuple(matters))


def seen(workshop_id: UUID) -> tuple[Workshop, tuple[Matter, ...]]:
    """The workshop and its agenda as this visit saw them last."""
    found: tuple[Workshop, tuple[Matter, ...]] = st.session_state[f"_workshop_seen:{workshop_id}"]
    return found


def line_of(matter: Matter) -> AgendaLine:
    """The line that keeps a matter on the agenda."""
    return AgendaLine(department=matter.department, question=matter.question, example=matter.example, why=matter.why)


def has_begun(workshop: Workshop, matter: Matter) -> bool:
    """Whether the room is on it, or has voted on it, or settled it: then it stays on the agenda."""
    return bool(matter.ballot or matter.outcome) or matter.id == workshop.current


def open_lobby(here: PageContext, workshop_id: UUID) -> None:
    """In a callback: let people in, once."""
    workshop, matters = seen(workshop_id)
    if workshop.status != "planned":
        return

    def take() -> None:
        keep_seen(open_workshop(here.workspace, here.visitor, workshop), matters)
        st.session_state[OPENED] = workshop_id

    saying_changed(take)


def was_opened(workshop: Workshop) -> bool:
    """Whether the last click opened the lobby; asked once."""
    if st.session_state.get(OPENED) != workshop.id:
        return False
    del st.session_state[OPENED]
    return workshop.status == "open"


def move(here: PageContext, round_: Round, workshop_id: UUID, key: Key, by: int) -> None:
    """In a callback: move a line up (-1) or down (1)."""

    def moved(lines: Lines) -> Lines:
        at = next((place for place, line in enumerate(lines) if line.key == key), None)
        if at is None or not 0 <= at + by < len(lines):
            return lines
        lines[at], lines[at + by] = lines[at + by], lines[at]
        return lines

    _change(here, round_, workshop_id, moved)


def take_off(here: PageContext, round_: Round, workshop_id: UUID, key: Key) -> None:
    """In a callback: take a line off the agenda."""
    _change(here, round_, workshop_id, lambda lines: [line for line in lines if line.key != key])


def add(here: PageContext, round_: Round, workshop_id: UUID, wanted: Callable[[], AgendaLine | None]) -> None:
    """In a callback: put the line that is chosen at the end, a worked example before the questions."""
    line = wanted()

    def added(lines: Lines) -> Lines:
        if line is None or line.key in {each.key for each in lines}:
            return lines
        if line.example is None:
            return [*lines, line]
        first = sum(each.example is not None for each in lines)
        return [*lines[:first], line, *lines[first:]]

    _change(here, round_, workshop_id, added)


def suggest(here: PageContext, round_: Round, workshop_id: UUID) -> None:
    """In a callback: the agenda as it is suggested now. What has begun stays in front, so do worked examples."""
    workshop, matters = seen(workshop_id)
    begun = [line_of(each) for each in matters if has_begun(workshop, each)]
    asked = sum(not each.warms_up for each in matters) or MOST
    examples = [line_of(each) for each in matters if each.warms_up and not has_begun(workshop, each)]
    kept = {line.key for line in begun}
    room = asked - sum(line.example is None for line in begun)
    # What is settled is never suggested; what is not, though begun, may be, and takes no second place.
    most = room + sum(has_begun(workshop, each) and each.outcome is None for each in matters)

    def again(_: Lines) -> Lines:
        found = suggested(here, round_, workshop.department, most) if room > 0 else ()
        return [*begun, *examples, *[line for line in found if line.key not in kept][:room]]

    _change(here, round_, workshop_id, again)


def _change(here: PageContext, round_: Round, workshop_id: UUID, rearranged: Callable[[Lines], Lines]) -> None:
    workshop, matters = seen(workshop_id)
    before = [line_of(each) for each in matters]

    def take() -> None:
        after = rearranged(list(before))
        if after != before:
            changed = change_agenda(here.workspace, here.visitor, round_, workshop, after)
            keep_seen(changed, agenda(here.workspace, here.visitor, changed))

    saying_changed(take)


def saying_changed(take: Callable[[], None]) -> None:
    """In a callback: take a step, and keep what it was refused for, said for a page, until the page is drawn."""
    with keeping_refusals():
        try:
            take()
        except Changed:
            raise Changed(words.CHANGED) from None
