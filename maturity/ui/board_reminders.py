"""Inviting those who came since, and the reminder: a text to send by one's own mail, and a mark that it was sent."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from maturity.access.permissions import may
from maturity.operations.invitations import (
    Recipients,
    invite_added,
    mark_as_reminded,
    recipients,
    waiting_for_invitation,
)
from maturity.operations.rounds import Round
from maturity.ui import navigation
from maturity.ui.clock import today
from maturity.ui.context import PageContext, keeping_refusals, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.results_choices import EVERY, choose
from maturity.words import round_sentences as words
from maturity.words.messages import counted, on_day

LONGEST_LINK = 1_800
"""Characters of an address that every mail program takes; beyond it the people's addresses are left to be copied."""


def show_invitations(here: PageContext, round_: Round) -> None:
    """A button that invites those who got a role since the round was opened."""
    show_kept_refusals()
    if not may(here.visitor, "invite", organisation=round_.organisation_id):
        return
    waiting = waiting_for_invitation(here.workspace, here.visitor, round_)
    if waiting:
        people = counted(waiting, "person", "people")
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"{people} got a role since the round was opened and {_is(waiting)} not invited yet.")
            st.button(f"Invite {people}", type="primary", on_click=_invite, args=(here, round_))


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _invite(here: PageContext, round_: Round) -> None:
    with keeping_refusals():
        invite_added(here.workspace, here.visitor, round_)


def show_reminders(here: PageContext, round_: Round) -> None:
    """The reminder for one department or all: the text, where to send it, and the mark that it was sent."""
    if not may(here.visitor, "invite", organisation=round_.organisation_id):
        return
    st.header("Remind", anchor=False)
    found = {each.department or EVERY: each for each in recipients(here.workspace, here.visitor, round_)}
    if not found:
        st.success("Everybody who was invited has sent answers. Nobody needs a reminder.")
        return
    names = {code: f"All departments ({each.people})" for code, each in found.items() if code == EVERY}
    names |= {code: f"{round_.names[code]} ({each.people})" for code, each in found.items() if code != EVERY}
    chosen = choose("Whom to remind", list(names), names.__getitem__, key="board_remind", in_address=False)
    _show_text(here, round_, found[chosen])
    st.caption("Waymark sends no mail: copy the text, or open it in your mail program.")
    link_to_people(here, "Personal links, also as a CSV for a mail merge")


def link_to_people(here: PageContext, label: str) -> None:
    """A link to where roles and personal links are given, for whoever may open it."""
    if may(here.visitor, navigation.SCREENS["people"].verb):
        navigation.link_to("people", label)


def _show_text(here: PageContext, round_: Round, to: Recipients) -> None:
    department = round_.names[to.department] if to.department else None
    made = words.reminder(
        organisation=round_.organisation,
        round_name=round_.name,
        department=department,
        questions=sum(round_.track == "full" or each.short_track for each in round_.framework.questions.values()),
        last_day=round_.closes_on,
        today=today(here),
        anonymity=round_.terms.anonymity,
        lead_days=round_.terms.lead_days,
    )
    without = f" {counted(to.without_address, 'of them has', 'of them have')} no e-mail address here."
    last = f" Last reminded on {on_day(to.reminded_on)}." if to.reminded_on else " Not reminded yet."
    due = "invited" if to.anonymity == "anonymous" else "who have not sent"
    people = counted(to.people, "person", "people")
    st.write(f"{people} {due}.{without if to.without_address else ''}{last}")
    st.code(made.subject, language=None, wrap_lines=True)
    st.code(made.body, language=None, wrap_lines=True)
    if to.addresses:
        with st.expander(f"E-mail addresses: {len(to.addresses)}", icon=":material/alternate_email:"):
            st.code(", ".join(to.addresses), language=None, wrap_lines=True)
    with st.container(horizontal=True):
        st.link_button("Open in your mail program", mail_link(made, to.addresses), icon=":material/mail:")
        st.button(
            "Mark as reminded today",
            icon=":material/done_all:",
            help=f"Notes the day beside {plain(department or 'all departments')}. It sends nothing.",
            on_click=_mark,
            args=(here, round_, to.department),
        )


def mail_link(made: words.Reminder, addresses: tuple[str, ...]) -> str:
    """A mailto address: people as blind copies, so that none sees the others; without them where it grows too long."""
    text = f"subject={quote(made.subject)}&body={quote(made.body.replace(chr(10), chr(13) + chr(10)))}"
    whole = f"mailto:?bcc={quote(','.join(addresses), safe='@,')}&{text}"
    return whole if addresses and len(whole) <= LONGEST_LINK else f"mailto:?{text}"


def _mark(here: PageContext, round_: Round, department: str | None) -> None:
    with keeping_refusals():
        mark_as_reminded(here.workspace, here.visitor, round_, department)
