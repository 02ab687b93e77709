"""The steps of an open workshop: one obvious next one, the others beside it, each with its key written on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Literal

import streamlit as st

from maturity.assessment.workshop import MOST_BALLOTS, Workshop
from maturity.operations import workshop_steps as steps
from maturity.operations.demo_workshop import make_believe_votes
from maturity.operations.errors import Changed
from maturity.operations.workshops import find_workshop
from maturity.ui import projector
from maturity.ui.context import keeping_refusals
from maturity.ui.workshop_shown import FORMS, Live, Panel, notes_are_open, open_panel, panel, turn_notes

MORE_SECONDS = 30
SAME_CLICK = timedelta(milliseconds=900)
"""A click so soon after a step was meant for the step before: where "Open the vote" stood, "Reveal" stands now."""
KEYS = "live_keys"
KEY_WORDS: Mapping[str, str] = {
    "Space": "open, reveal, record",
    "N": "next question",
    "B": "back to the agenda",
    "V": "vote again",
    "T": f"{MORE_SECONDS} seconds more",
    "P": "projector",
    "F11": "whole screen",
}
KEYS_HELP = "Enter presses the button you are on. No key works while you type."
Kind = Literal["primary", "secondary", "tertiary"]
Deed = Callable[[Live], Workshop]


def show_steps(live: Live) -> None:
    """What can be done now, and a line about the keys."""
    with st.container(horizontal=True, key="live-steps", gap="xsmall"):
        if panel(live) not in FORMS:  # a step would take the form away, with what is typed in it
            _show_for(live)
        _show_always(live)
        if live.here.demo:
            _show_made_up(live)
    _show_keys()


def _show_for(live: Live) -> None:
    """The buttons of the phase that the room is in."""
    matter = live.matter
    if matter is None:
        _next(live, "Begin" if not any(each.ballot for each in live.room.matters) else "Go on", primary=True)
        return
    if matter.phase == "voting":
        _step(live, "reveal", "Reveal the votes", reveal, key="Space", kind="primary", icon="visibility")
        _step(live, "more", f"{MORE_SECONDS} seconds more", more_time, key="T", icon="more_time")
        return
    if matter.phase == "waiting":
        _step(live, "open", "Open the vote", open_vote, key="Space", kind="primary", icon="how_to_vote")
    if matter.warms_up:
        _next(live, primary=matter.phase == "revealed")
        _back(live)
        return
    if matter.phase == "revealed":
        _panel(live, "consensus", "Record the consensus", key="Space", kind="primary", icon="edit_note")
        if live.may_vote_again(matter):
            _step(live, "open", "Vote again", open_vote, key="V", icon="replay")
    elif matter.phase == "settled":
        _panel(live, "consensus", "Change the consensus", icon="edit_note")
    else:
        _panel(live, "consensus", "Record without a vote")
    if matter.phase == "parked" and matter.ballot < MOST_BALLOTS:
        _step(live, "open", "Vote on it now", open_vote, key="V", icon="how_to_vote")
    if matter.phase in ("waiting", "revealed"):
        _panel(live, "park", "Park it")
    _next(live, primary=matter.phase in ("settled", "parked"))
    _back(live)


def _show_always(live: Live) -> None:
    writing = panel(live) in FORMS
    st.button(
        "Notes",
        key="live-notes-button",
        type="tertiary",
        icon=":material/sticky_note_2:",
        on_click=turn_notes,
        args=(not notes_are_open(),),
    )
    on = live.projector
    st.button(
        "Leave the projector" if on else "Projector",
        key="live-projector",
        type="tertiary",
        icon=":material/close_fullscreen:" if on else ":material/cast:",
        shortcut=_key("P"),
        on_click=projector.turn,
        args=(not on,),
    )
    if live.matter is None and not writing:
        _panel(live, "end", "End the workshop", icon="flag", kind="tertiary")


def _show_made_up(live: Live) -> None:
    """In the demo city: people who join and vote at the press of a button, for whoever looks around alone."""
    matter = live.matter
    if matter is not None and matter.phase != "voting":
        return
    st.button(
        "Let made-up people join" if matter is None else "Let the made-up people vote",
        key=f"live-made-up-{matter.ballot if matter else 'lobby'}",
        icon=":material/science:",
        on_click=_make_believe,
        args=(live,),
    )


def _make_believe(live: Live) -> None:
    with keeping_refusals():
        make_believe_votes(live.here.workspace, live.here.visitor, live.round, live.workshop)


def _show_keys() -> None:
    """Single letters are keys only as long as somebody wants them to be."""
    with st.container(key="live-keys-line", gap="xxsmall"):
        _show_switch(keys_on())
        if keys_on():
            shown = " ".join(f"<span><kbd>{key}</kbd> {word}</span>" for key, word in KEY_WORDS.items())
            st.html(f'<p class="wm-keys">{shown} <span>{KEYS_HELP}</span></p>')


@st.fragment
def _show_switch(drawn: bool) -> None:
    """Keys on or off; `drawn` is how the buttons stand now."""
    st.session_state.setdefault(KEYS, True)
    if st.toggle("Keys", key=KEYS, persist_state="session") != drawn:
        st.rerun()


def keys_on() -> bool:
    """Whether keys take steps; they can be turned off, for those to whom single letters happen by accident."""
    return bool(st.session_state.get(KEYS, True))


def _key(name: str) -> str | None:
    return name if keys_on() else None


def _step(live: Live, name: str, label: str, deed: Deed, *, key: str, kind: Kind = "secondary", icon: str = "") -> None:
    """A button that takes a step. Its own key holds the ballot and the phase: a click on a button that is not there
    any more does nothing."""
    matter = live.matter
    at = f"{matter.id}-{matter.ballot}-{matter.phase}" if matter else "lobby"
    st.button(
        label,
        key=f"live-{name}-{at}",
        type=kind,
        icon=f":material/{icon}:" if icon else None,
        shortcut=_key(key),
        on_click=take_step,
        args=(live, deed),
    )


def _panel(
    live: Live, which: Panel, label: str, *, key: str | None = None, kind: Kind = "secondary", icon: str = ""
) -> None:
    """A button that opens a panel beside the question, or closes it."""
    is_open = panel(live) == which
    st.button(
        label,
        key=f"live-panel-{which}",
        type=kind,
        icon=f":material/{icon}:" if icon else None,
        shortcut=_key(key) if key and not is_open else None,
        on_click=open_panel,
        args=(live, None if is_open else which),
    )


def _next(live: Live, label: str = "Next question", *, primary: bool) -> None:
    if live.upcoming is None:
        return
    word = "Next" if label == "Next question" and live.upcoming.warms_up else label
    _step(live, "next", word, go_on, key="N", kind="primary" if primary else "secondary", icon="arrow_forward")


def _back(live: Live) -> None:
    done = live.upcoming is None and live.matter is not None and live.done(live.matter)
    _step(live, "back", "Agenda", go_back, key="B", kind="primary" if done else "secondary")


def take_step(live: Live, deed: Deed) -> None:
    """A callback: one step from the workshop as it was shown. Where somebody else was first, one sentence says so; a
    second click of one's own is no news."""
    here, seen = live.here, live.workshop
    me = here.visitor.person
    since = here.workspace.clock() - seen.stepped_at
    if deed is not more_time and seen.stepped_by == me and timedelta(0) <= since < SAME_CLICK:
        return
    with keeping_refusals():
        try:
            deed(live)
        except Changed:
            if find_workshop(here.workspace, here.visitor, seen.id).stepped_by != me:
                raise
        open_panel(live, None)


def open_vote(live: Live) -> Workshop:
    """Opens the vote, the first or one again."""
    return steps.open_vote(live.here.workspace, live.here.visitor, live.workshop)


def reveal(live: Live) -> Workshop:
    """Closes the vote and shows it."""
    return steps.reveal_votes(live.here.workspace, live.here.visitor, live.workshop)


def more_time(live: Live) -> Workshop:
    """Half a minute more."""
    return steps.extend_vote(live.here.workspace, live.here.visitor, live.workshop, MORE_SECONDS)


def go_on(live: Live) -> Workshop:
    """On to the next question."""
    following = live.upcoming
    return steps.go_to(live.here.workspace, live.here.visitor, live.workshop, following.id if following else None)


def go_back(live: Live) -> Workshop:
    """Back to the agenda, which is the lobby."""
    return steps.go_to(live.here.workspace, live.here.visitor, live.workshop, None)
