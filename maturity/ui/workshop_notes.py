"""What the room keeps for later, noted at any time: what is parked, decided, or to be done by somebody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import streamlit as st

from maturity.assessment.workshop import Matter, Note, NoteKind
from maturity.operations import workshop_steps as steps
from maturity.operations.errors import Refused
from maturity.operations.workshop_steps import LONGEST_OWNER
from maturity.ui.context import REFUSALS, keeping_refusals, sentence, show_kept_refusals, show_refusal
from maturity.ui.plain_text import plain
from maturity.ui.workshop_shown import Live, look, open_panel, panel, turn_notes
from maturity.words.messages import on_day

KINDS: Mapping[NoteKind, str] = {"parked": "Parking lot", "decision": "Decision", "action": "Action"}
HEADINGS: Mapping[NoteKind, str] = {"parked": "Parking lot", "decision": "Decisions", "action": "Actions"}
LONGEST = 4_000


@st.fragment
def show_notes(live: Live) -> None:
    """A form for one more note, and the list of all of them, each of which can be taken off."""
    st.subheader("Notes", anchor=False)
    show_kept_refusals()
    try:
        now = look(live.here, live.round, live.workshop, projector=live.projector)
    except REFUSALS as refused:
        show_refusal(refused)
        return
    kind = st.segmented_control(
        "What it is", list(KINDS), format_func=KINDS.__getitem__, default="parked", required=True, key="note-kind"
    )
    with st.form("note", border=False, clear_on_submit=False):
        st.text_area("Note", key="note-text", height=80, max_chars=LONGEST)
        if kind == "action":
            st.text_input("Who does it", key="note-owner", max_chars=LONGEST_OWNER)
            st.date_input("By when", value=None, key="note-due", format="YYYY-MM-DD")
        st.form_submit_button(
            "Keep the note", type="primary", on_click=_add, args=(now, kind or "parked"), key="note-add"
        )
    for each in KINDS:
        _show_kind(now, each)
    if st.button("Close the notes", key="note-close", on_click=turn_notes, args=(False,)):
        st.rerun()


def _add(live: Live, kind: NoteKind) -> None:
    """A callback: keep the note; a refusal leaves what was typed."""
    action = kind == "action"
    due = st.session_state.get("note-due") if action else None
    with keeping_refusals():
        steps.add_note(
            live.here.workspace,
            live.here.visitor,
            live.workshop,
            kind,
            str(st.session_state.get("note-text") or ""),
            owner=str(st.session_state.get("note-owner") or "") if action else "",
            due_on=due if isinstance(due, date) else None,
            matter_id=live.workshop.current,
        )
        st.session_state["note-text"] = ""
        if action:
            st.session_state["note-owner"], st.session_state["note-due"] = "", None


def _show_kind(live: Live, kind: NoteKind) -> None:
    found = [each for each in live.room.notes if each.kind == kind]
    if not found:
        return
    st.markdown(f"**{HEADINGS[kind]}**")
    for each in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"note-row-{each.id}", wrap=False):
            st.markdown(note_line(each))
            st.button(
                "Take off",
                key=f"note-off-{each.id}",
                type="tertiary",
                icon=":material/close:",
                help=f"Take this note off: {plain(each.text[:60])}",
                on_click=_remove,
                args=(live, each.id),
            )


def _remove(live: Live, note_id: UUID) -> None:
    with keeping_refusals():
        steps.remove_note(live.here.workspace, live.here.visitor, live.workshop, note_id)


def note_line(note: Note) -> str:
    """A note with who does it and by when, as Markdown."""
    who = " · ".join(filter(None, [note.owner, f"by {on_day(note.due_on)}" if note.due_on else ""]))
    return plain(note.text) + (f"  \n*{plain(who)}*" if who else "")


@st.fragment
def show_parking(live: Live, matter: Matter) -> None:
    """The line that says what is open about a question, before it is left for later."""
    if panel(live) != "park":
        st.rerun()  # it was parked or left just now
    name = f"park-{matter.id}"
    with st.form(name, border=False):
        st.subheader("Park this question", anchor=False)
        st.text_area("What is open about it?", key=f"{name}-text", height=90, max_chars=LONGEST)
        st.caption("It goes to the parking lot, and the question stays without a consensus until you come back to it.")
        said = st.session_state.pop(f"{name}:outcome", None)
        if said:
            st.error(plain(said), icon=":material/block:")
        st.form_submit_button(
            "Park the question", type="primary", key=f"{name}-keep", on_click=_park, args=(live, matter, name)
        )
    st.button("Leave without parking", key=f"{name}-close", on_click=open_panel, args=(live, None))


def _park(live: Live, matter: Matter, name: str) -> None:
    """A callback: parks what the form is about; where the room has gone on meanwhile, a sentence stands in the form."""
    here = live.here
    try:
        now = look(here, live.round, live.workshop, projector=live.projector)
        if now.workshop.current != matter.id:
            raise Refused("the room has gone on to another question; turn it back to this one to park it")
        steps.park(here.workspace, here.visitor, now.workshop, str(st.session_state.get(f"{name}-text") or ""))
    except REFUSALS as refused:
        st.session_state[f"{name}:outcome"] = sentence(refused)
    else:
        open_panel(live, None)
