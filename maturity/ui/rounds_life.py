"""What can be done with a round as it stands: open it, close it, sign it off, reopen it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from maturity.access.permissions import may
from maturity.operations.early_sight import held_back_until
from maturity.operations.invitations import waiting_for_invitation
from maturity.operations.rounds import Round, close_round, open_round
from maturity.operations.sign_off import ClosingWarning, closing_warnings, reopen_round, sign_off_round, signature
from maturity.ui.board_reminders import link_to_people
from maturity.ui.clock import local, today
from maturity.ui.context import PageContext, keeping_refusals
from maturity.ui.help import plain
from maturity.words import round_sentences as words
from maturity.words.messages import counted, on_day

STEPS = {"draft": "Draft", "open": "Open", "closed": "Closed", "signed_off": "Signed off"}
ARROW = " :material/arrow_forward: "


def life_line(status: str) -> str:
    """The states of a round in a line, those that are behind it ticked, the one that it is in marked."""
    names = list(STEPS)
    at = names.index(status)
    said = []
    for place, name in enumerate(names):
        if place < at:
            said.append(f":material/check: {STEPS[name]}")
        else:
            said.append(f"**:material/radio_button_checked: {STEPS[name]}**" if place == at else STEPS[name])
    return ARROW.join(said)


def show_turns(here: PageContext, round_: Round) -> None:
    """The buttons for the next state; what cannot be taken back asks a second time."""
    name = plain(round_.name)
    if round_.status == "draft":
        st.button(
            f"Open {name}", key=f"open-{round_.id}", type="primary", on_click=_turn, args=(here, round_, open_round)
        )
        due = waiting_for_invitation(here.workspace, here.visitor, round_)
        said = f"Opening it invites {counted(due, 'person', 'people')}." if due else words.ROLES_FIRST
        st.caption(said, width="content")
        if not due:
            link_to_people(here, "Give people a role")
    elif round_.status == "open":
        with st.popover(f"Close {name}…", key=f"closing-{round_.id}"):
            _show_closing(here, round_, name)
    elif round_.status == "closed":
        show_signing(here, round_)
        _show_reopening(here, round_, name)
    elif may(here.visitor, "sign_off_round"):
        _show_reopening(here, round_, name)


def _show_closing(here: PageContext, round_: Round, name: str) -> None:
    st.write(f"Close {name}? Nobody can answer in it then; what was sent counts.")
    for warning in closing_warnings(here.workspace, here.visitor, round_):
        st.warning(plain(_warned(round_, warning)), icon=":material/warning:")
    if round_.terms.anonymity == "anonymous":
        st.write("The codes that let people resume are thrown away: this cannot be undone.")
    st.button(
        "Close the round", key=f"close-{round_.id}", type="primary", on_click=_turn, args=(here, round_, close_round)
    )


def _warned(round_: Round, warning: ClosingWarning) -> str:
    departments = {round_.names[code]: count for code, count in warning.departments.items()}
    return words.closing_warning(warning.code, departments, least=round_.terms.least_respondents)


def show_signing(here: PageContext, round_: Round) -> None:
    """The button that signs a closed round off, for whoever may; who signed a signed-off one, for everybody."""
    if round_.status == "signed_off":
        st.caption(plain(signature_line(here, round_)))
        return
    if round_.status != "closed" or not may(here.visitor, "sign_off_round", organisation=round_.organisation_id):
        return
    name = plain(round_.name)
    with st.popover(f"Sign off {name}…", key=f"signing-{round_.id}"):
        st.write(
            f"Sign off {name}? Its answers, values and weights are locked under a seal, so that every later change "
            "would be found. Heads of department can reply to their result only until then."
        )
        until = held_back_until(here.workspace, round_)
        if until:
            st.warning(words.signed_early(until), icon=":material/warning:")
        st.button(
            "Sign off the round",
            key=f"sign-{round_.id}",
            type="primary",
            on_click=_turn,
            args=(here, round_, sign_off_round),
        )


def signature_line(here: PageContext, round_: Round) -> str:
    """Who signed a round off, when, and the beginning of its seal; empty where nobody did."""
    said = signature(here.workspace, here.visitor, round_)
    if said is None:
        return ""
    return f"{words.signed_by(said.name, local(said.signed_at).date())} Seal {said.sha256[:12]}."


def _show_reopening(here: PageContext, round_: Round, name: str) -> None:
    with st.popover(f"Reopen {name}…", key=f"reopening-{round_.id}"):
        drops = " The seal is dropped." if round_.status == "signed_off" else ""
        st.write(f"Reopen {name}? People can answer again.{drops} The reason stays in the audit trail.")
        if round_.terms.anonymity == "anonymous":
            st.warning(words.REOPENED_ANONYMOUSLY, icon=":material/warning:")
        _reopening_form(here, round_)


@st.fragment
def _reopening_form(here: PageContext, round_: Round) -> None:
    st.text_input("Why is it reopened? Name no person here.", key=f"why-{round_.id}", max_chars=1_000)
    st.date_input(
        "New last day, if there is one",
        value=None,
        min_value=today(here),
        key=f"until-{round_.id}",
        format="DD/MM/YYYY",
    )
    if st.button("Reopen the round", key=f"reopen-{round_.id}", type="primary"):
        with keeping_refusals():
            reopen_round(
                here.workspace,
                here.visitor,
                round_,
                str(st.session_state.get(f"why-{round_.id}") or ""),
                closes_on=st.session_state.get(f"until-{round_.id}"),
            )
        st.rerun()


def _turn(here: PageContext, round_: Round, turn: Callable[..., Round]) -> None:
    with keeping_refusals():
        turn(here.workspace, here.visitor, round_)


def dates_line(round_: Round) -> str:
    """From when to when a round is."""
    if round_.opens_on and round_.closes_on:
        return f"from {on_day(round_.opens_on)} to {on_day(round_.closes_on)}"
    if round_.opens_on:
        return f"from {on_day(round_.opens_on)}, no last day set"
    return f"until {on_day(round_.closes_on)}" if round_.closes_on else "no days set"
