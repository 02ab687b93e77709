"""Reminders on the progress page: what is due, letters ready to send, and the calendar file."""

from __future__ import annotations

import streamlit as st

from maturity.access.permissions import may
from maturity.operations.addresses import address
from maturity.operations.calendars import own_calendar, plan_calendar
from maturity.operations.reminders import ReminderLetter, reminder_letters, reminders
from maturity.ui.asked_download import when_pressed
from maturity.ui.context import PageContext, page_context
from maturity.ui.plain_text import plain
from maturity.ui.roadmap_shown import ShownPlan
from maturity.words.messages import counted
from maturity.words.people_sentences import only_here
from maturity.words.reminder_sentences import KIND_NAMES, NO_MAIL, NOTHING_DUE, calendar_said, reminder_line

MOST_LISTED = 8


def show_reminders(shown: ShownPlan) -> None:
    """All that is due, by kind; a letter for each owner; the calendar file. Always of the plan in force."""
    here = shown.here
    found = reminders(here.workspace, here.visitor, _organisation(here))
    st.header("What is due", anchor=False)
    if not found:
        st.write(NOTHING_DUE)
    for kind, name in KIND_NAMES.items():
        every = [each for each in found if each.kind == kind]
        if not every:
            continue
        lines = []
        for each in every[:MOST_LISTED]:
            who = f" Owner: {plain(each.owner)}." if each.owner and kind != "days" else ""
            lines.append(f"- {plain(reminder_line(each.kind, each.subject, each.place, each.on, shown.today))}.{who}")
        if len(every) > MOST_LISTED:
            lines.append(f"- and {len(every) - MOST_LISTED} more; the letters have all.")
        st.markdown("\n".join([f"**{name} ({len(every)})**\n", *lines]))
    _show_letters(here)
    st.header("Calendar", anchor=False)
    st.write(calendar_said(own=False))
    st.download_button(
        "Download milestones and reviews", when_pressed(_calendar), file_name="roadmap.ics", mime="text/calendar",
        key="roadmap_ics", on_click="ignore", icon=":material/calendar_month:",
    )  # fmt: skip


def _organisation(here: PageContext) -> str | None:
    return here.organisation.name if here.organisation else None


def _calendar() -> bytes:
    here = page_context()
    return plan_calendar(here.workspace, here.visitor, _organisation(here))


def _show_letters(here: PageContext) -> None:
    """Letters are for whoever keeps the plan and looks after people: others see what is due, and with whom."""
    if not may(here.visitor, "edit_plan"):
        return
    visit = (st.context.url or "").partition("?")[0].rstrip("/").removesuffix("/progress")
    begins = address(here.workspace, here.visitor, visit or None, _organisation(here))
    letters = reminder_letters(here.workspace, here.visitor, begins.url, _organisation(here))
    if not letters:
        return
    st.header("Letters", anchor=False)
    names = {_label(each): each for each in letters}
    chosen = st.selectbox("To whom", list(names), key="reminder_letter", width=420)
    letter = names[chosen] if chosen in names else letters[0]
    st.code(letter.subject, language=None, wrap_lines=True)
    st.code(letter.body, language=None, wrap_lines=True)
    st.caption(NO_MAIL)
    if "localhost" in begins.url or "127.0.0.1" in begins.url:
        st.caption(only_here(begins.url))


def _label(letter: ReminderLetter) -> str:
    return f"{letter.owner} ({counted(letter.count, 'thing')})"


def show_own_calendar() -> None:
    """The calendar file of one's own actions, for the page of My actions."""
    st.download_button(
        "My days as a calendar file", when_pressed(_own_calendar), file_name="my-actions.ics", mime="text/calendar",
        key="own_ics", on_click="ignore", icon=":material/calendar_month:",
        help=calendar_said(own=True),
    )  # fmt: skip


def _own_calendar() -> bytes:
    here = page_context()
    return own_calendar(here.workspace, here.visitor, _organisation(here))
