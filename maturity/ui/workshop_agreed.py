"""The questions on which the answers agree already: listed, and accepted all at once without a talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import pandas as pd
import streamlit as st

from maturity.access.roles import Grant
from maturity.assessment.workshop import Matter, Workshop
from maturity.operations.changes import short_text
from maturity.operations.rounds import Round
from maturity.operations.workshop_agenda import agreed_lines, already_agreed
from maturity.operations.workshop_lines import MOST_MATTERS, AgendaLine
from maturity.operations.workshop_steps import accept_agreed
from maturity.operations.workshops import agenda, change_agenda
from maturity.ui import cached
from maturity.ui import workshop_agenda_steps as steps
from maturity.ui.context import REFUSALS, PageContext
from maturity.ui.pictures import show_table
from maturity.ui.plain_text import plain
from maturity.words import workshop_planning as words

REASON = "agreed_reason"
LONGEST_REASON = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What can be accepted now, and how many more there are for which the agenda has no room."""

    lines: tuple[AgendaLine, ...]
    over: int = 0


def show_agreed(here: PageContext, round_: Round, workshop: Workshop, matters: Sequence[Matter]) -> None:
    """How many questions agree already, which, and the button that accepts them with a reason."""
    st.header("Agreed already", anchor=False)
    if round_.status == "open":
        st.write(words.AGREED_LATER)
        return
    found = agreed(here, round_, workshop, matters)
    if not found.lines:
        st.write(words.no_room_for(found.over, MOST_MATTERS) if found.over else words.NONE_AGREED)
        return
    st.write(f"**{words.agreed_already(len(found.lines) + found.over)}**. {words.WHAT_AGREED_MEANS}")
    with st.expander("Which questions", key="agreed-which"):
        show_table(_table(round_, workshop, found.lines))
    if found.over:
        st.caption(words.over_full(len(found.lines), found.over, MOST_MATTERS))
    if workshop.status != "open":
        st.caption(words.ACCEPT_WHEN_OPEN)
        return
    st.text_input(
        "Why are they accepted without a talk?", key=REASON, max_chars=LONGEST_REASON, placeholder=words.REASON_EXAMPLE
    )
    st.button(
        words.accept_all(len(found.lines)), key="agreed-go", icon=":material/done_all:", on_click=accept,
        args=(here, round_, workshop.id, found.lines),
    )  # fmt: skip


def agreed(here: PageContext, round_: Round, workshop: Workshop, matters: Sequence[Matter]) -> Agreed:
    """The lines that agree and that the room has not begun with, as many as the agenda has room for."""
    begun = {steps.line_of(each).key for each in matters if each.phase != "waiting"}
    there = {steps.line_of(each).key for each in matters}
    waiting = [each for each in _lines(here, round_, workshop.department) if each.key not in begun]
    room = MOST_MATTERS - len(matters)
    fitting: list[AgendaLine] = []
    for line in waiting:
        if line.key in there or room > 0:
            room -= line.key not in there
            fitting.append(line)
    return Agreed(lines=tuple(fitting), over=len(waiting) - len(fitting))


def _lines(here: PageContext, round_: Round, department: str | None) -> tuple[AgendaLine, ...]:
    ws = here.workspace
    revisions = (ws.revision(), ws.revision(round_.scope))
    return _kept(ws.url, round_.id, round_.status, department, revisions, here.visitor.grants, here, round_)


@st.cache_resource(ttl=cached.HOUR, max_entries=32, show_spinner=False)
def _kept(
    url: str,
    round_id: UUID,
    status: str,
    department: str | None,
    revisions: tuple[int, int],
    grants: tuple[Grant, ...],
    _here: PageContext,
    _round: Round,
) -> tuple[AgendaLine, ...]:
    return agreed_lines(_here.workspace, _here.visitor, _round, department)


def _table(round_: Round, workshop: Workshop, lines: Sequence[AgendaLine]) -> pd.DataFrame:
    rows = []
    for each in lines:
        level = int(each.why["agreed"])
        row = {"Question": plain(round_.framework.questions[each.question or ""].text)}
        if workshop.department is None:
            row["Department"] = plain(round_.names.get(each.department or "", ""))
        row |= {"Level": plain(f"{level} {round_.framework.level_name(level)}"), "Answers": f"{each.why['count']}"}
        rows.append(row)
    return pd.DataFrame(rows)


def accept(here: PageContext, round_: Round, workshop_id: UUID, lines: Sequence[AgendaLine]) -> None:
    """In a callback: put what agrees on the agenda where it is not there, and record it. Where it cannot be recorded,
    the agenda is as it was."""
    workshop, matters = steps.seen(workshop_id)
    reason = str(st.session_state.get(REASON) or "")
    before = [steps.line_of(each) for each in matters]
    there = {each.key for each in before}

    def take() -> None:
        short_text(reason, "the reason why these are accepted", least=3)
        added = [each for each in lines if each.key not in there]
        seen = _put(here, round_, workshop, [*before, *added]) if added else workshop
        try:
            _record(here, round_, seen, lines, reason)
        except REFUSALS:
            if added:
                _put(here, round_, seen, before)
            raise
        st.session_state[REASON] = ""

    steps.saying_changed(take)


def _put(here: PageContext, round_: Round, workshop: Workshop, lines: Sequence[AgendaLine]) -> Workshop:
    changed = change_agenda(here.workspace, here.visitor, round_, workshop, lines)
    steps.keep_seen(changed, agenda(here.workspace, here.visitor, changed))
    return changed


def _record(here: PageContext, round_: Round, seen: Workshop, lines: Sequence[AgendaLine], reason: str) -> None:
    shown = {(each.department, each.question): each.why["agreed"] for each in lines}
    found = already_agreed(here.workspace, here.visitor, round_, seen)
    levels = [(each.id, level) for each, level in found if shown.get((each.department, each.question)) == level]
    if not levels:  # the second of two clicks, or somebody else was first: the page shows what is settled
        return
    after = accept_agreed(here.workspace, here.visitor, round_, seen, levels, reason)
    steps.keep_seen(after, agenda(here.workspace, here.visitor, after))
