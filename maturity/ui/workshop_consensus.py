"""What the room agrees on: the form that records it, and how it stands there afterwards."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from maturity.assessment.workshop import Matter, Outcome, Workshop
from maturity.operations import workshop_steps as steps
from maturity.operations.errors import Changed
from maturity.operations.workshop_steps import LONGEST_OWNER
from maturity.ui.context import REFUSALS, sentence, show_refusal
from maturity.ui.plain_text import plain
from maturity.ui.workshop_shown import Live, look, open_panel, opened, panel
from maturity.ui.workshop_vote import heading_html, show_ballots
from maturity.words.live_sentences import agreed_on, recorded_meanwhile

LONGEST = 4_000
GONE_ON = "Somebody else has taken a step meanwhile. Look at the room, then record it again."
MATTER_GONE = "The room has gone on to another question. Turn it back to this one to record what you write."
REASON_FIRST = "Write in a sentence why the room agrees on this level, then record it again."
LEVEL_FIRST = "Choose the level that the room agrees on, then record it again."


@st.fragment
def show_consensus_form(live: Live, matter: Matter) -> None:
    """The form about one question. It stays with it wherever the room goes, so that nothing typed is lost."""
    if panel(live) != "consensus":
        st.rerun()  # it was recorded or left just now
    try:
        now = look(live.here, live.round, live.workshop, projector=live.projector)
    except REFUSALS as refused:
        show_refusal(refused)
        return
    name = f"consensus-{matter.id}"
    _seed(name, matter)
    args = (live, matter, name)
    with st.form(name, border=False):
        st.subheader("What do we agree on?", anchor=False)
        st.radio(
            "Level",
            [each.level for each in live.round.framework.levels],
            key=f"{name}-level",
            index=None,
            format_func=lambda level: f"{level} {plain(live.level_name(level))}",
            captions=_captions(live, matter),
        )
        st.text_area("Reason (required)", key=f"{name}-reason", height=90, max_chars=LONGEST)
        st.text_area("Minority view", key=f"{name}-minority", height=70, max_chars=LONGEST)
        st.text_area("Follow-up", key=f"{name}-follow", height=70, max_chars=LONGEST)
        st.text_input("Who follows up", key=f"{name}-owner", max_chars=LONGEST_OWNER)
        _show_outcome(name)
        st.form_submit_button(
            "Record", type="primary", icon=":material/check:", key=f"{name}-record", on_click=_record, args=args
        )
    elsewhere = now.workshop.current != matter.id
    if elsewhere:
        st.warning(plain(MATTER_GONE), icon=":material/swap_horiz:")
    with st.container(horizontal=True, gap="small"):
        if elsewhere:
            st.button("Turn the room back to it", key=f"{name}-turn", on_click=_turn_back, args=args)
        st.button("Leave without recording", key=f"{name}-close", on_click=open_panel, args=(live, None))
        if matter.outcome is not None:
            st.button("Take the consensus back", key=f"{name}-back", on_click=_withdraw, args=args)


def _captions(live: Live, matter: Matter) -> list[str] | None:
    asked = live.question(matter)
    if asked is None or len(asked.descriptors) != live.round.framework.top_level:
        return None
    return [plain(each) for each in asked.descriptors]


def _seed(name: str, matter: Matter) -> None:
    """What the inputs begin with: what is recorded already, or nothing."""
    known = matter.outcome
    for part, value in (
        ("level", known.level if known else None),
        ("reason", known.reason if known else ""),
        ("minority", known.minority_view if known else ""),
        ("follow", known.follow_up if known else ""),
        ("owner", known.follow_up_owner if known else ""),
    ):
        st.session_state.setdefault(f"{name}-{part}", value)


def _record(live: Live, matter: Matter, name: str) -> None:
    """A callback: keeps what is in the form, if the room is still on this question and nobody was faster; otherwise one
    sentence stands beside what was typed."""
    level: int | None = st.session_state.get(f"{name}-level")
    if level is None or len(_typed(name, "reason").strip()) < 3:
        _say(name, LEVEL_FIRST if level is None else REASON_FIRST)
        return
    outcome = Outcome(
        level=level,
        reason=_typed(name, "reason"),
        minority_view=_typed(name, "minority"),
        follow_up=_typed(name, "follow"),
        follow_up_owner=_typed(name, "owner"),
    )
    here = live.here

    def keep(seen: Workshop) -> None:
        steps.record_consensus(here.workspace, here.visitor, live.round, seen, outcome)

    _take(live, matter, name, keep)


def _withdraw(live: Live, matter: Matter, name: str) -> None:
    """A callback: what counted before the consensus counts again."""
    here = live.here
    _take(live, matter, name, lambda seen: steps.withdraw_consensus(here.workspace, here.visitor, live.round, seen))


def _take(live: Live, matter: Matter, name: str, deed: Callable[[Workshop], object]) -> None:
    """One step from the workshop as it was when the form was opened, or when it was last said what had changed."""
    try:
        now = look(live.here, live.round, live.workshop, projector=live.projector)
        if now.workshop.current != matter.id:
            _say(name, MATTER_GONE)
            return
        found = opened(now)
        deed(found.seen if found else now.workshop)
    except Changed:
        open_panel(now, "consensus", matter.id)  # from now on it is known, so the next click holds
        _say(name, _meanwhile(now, matter))
    except REFUSALS as refused:
        _say(name, sentence(refused))
    else:
        open_panel(live, None)


def _meanwhile(now: Live, matter: Matter) -> str:
    """What somebody else did to the question since the form was opened."""
    found = next((each.outcome for each in now.room.matters if each.id == matter.id), None)
    if found and found != matter.outcome:
        return recorded_meanwhile(found.level, now.level_name(found.level), found.reason)
    return GONE_ON


def _turn_back(live: Live, matter: Matter, name: str) -> None:
    """A callback: the room turns back to the question that the form is about."""
    here = live.here
    try:
        now = look(here, live.round, live.workshop, projector=live.projector)
        steps.go_to(here.workspace, here.visitor, now.workshop, matter.id)
        open_panel(look(here, live.round, live.workshop, projector=live.projector), "consensus", matter.id)
    except REFUSALS as refused:
        _say(name, sentence(refused))


def _say(name: str, said: str) -> None:
    st.session_state[f"{name}:outcome"] = said


def _show_outcome(name: str) -> None:
    said = st.session_state.pop(f"{name}:outcome", None)
    if said:
        st.error(plain(said), icon=":material/block:")


def _typed(name: str, part: str) -> str:
    return str(st.session_state.get(f"{name}-{part}") or "")


def show_settled(live: Live, matter: Matter) -> None:
    """The consensus in large letters, why, and who saw it otherwise; the votes stay beside it."""
    found = matter.outcome
    st.html(f'<div class="wm-after">{heading_html(live, matter)}</div>')
    if found is None:
        return
    parts = [
        ("Why", found.reason),
        ("Minority view", found.minority_view),
        (
            "Follow-up",
            " ".join(filter(None, [found.follow_up, f"({found.follow_up_owner})" if found.follow_up_owner else ""])),
        ),
    ]
    said = "".join(f'<p class="wm-said"><b>{name}:</b> {escape(text)}</p>' for name, text in parts if text)
    name = escape(agreed_on(found.level, live.level_name(found.level)))
    st.html(f'<p class="wm-agreed">{name}</p>{said}')
    ballots = live.room.reveals.get(matter.id, ())
    if any(not each.hidden for each in ballots):
        show_ballots(live, matter, ballots)
