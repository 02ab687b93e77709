"""What an administrator does for somebody's rights: the export of one person, erasing them, and what is overdue.

`show_rights_of(here, person)` is for a page on which a person was chosen; `show_retention(here)` for the whole list."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from maturity.access.people import Person
from maturity.access.permissions import may
from maturity.operations.erasure import Due, apply_retention, due_for_erasure, erase_person
from maturity.operations.privacy import EXPIRED_DAYS, privacy_terms
from maturity.operations.rights import REASONS, export_person
from maturity.roadmap.comments import DAYS_KEPT
from maturity.ui.clock import local
from maturity.ui.context import PageContext, keeping_refusals, show_kept_refusals
from maturity.ui.people_said import say
from maturity.ui.pictures import show_table
from maturity.ui.plain_text import plain
from maturity.words.messages import counted

SAID = "_rights_said"


def show_rights_of(here: PageContext, person: Person) -> None:
    """Download what is kept about a chosen person, or erase them after a second look. Draws nothing for others than
    those who manage people, and for oneself: that is under My data. Stands inside the fragment of its page."""
    may_manage = here.organisation and may(here.visitor, "manage_people", organisation=here.organisation.id)
    if not may_manage or here.visitor.person == str(person.id):
        return
    name, key, visitor = plain(person.name), person.id, here.visitor  # the download runs outside of the page
    st.subheader("Personal data", anchor=False)
    st.write(
        "The download has all that you may see. Unsent answers, and answers of rounds that are not held under names, "
        f"{name} alone can download, under My data."
    )
    st.download_button(
        "Download the personal data",
        lambda: export_person(here.workspace, visitor, person.id).packed(),
        file_name=f"person-{person.id}.zip",
        mime="application/zip",
        icon=":material/download:",
        key=f"export-{key}",
        on_click="ignore",
    )
    with st.popover("Erase this person…"):
        st.write(
            f"{name}’s name, address, comments, notes, evidence and unsent answers are erased for good, in every "
            "round. The levels that were sent stay without the name, so that no score changes. This cannot be undone."
        )
        reasons = [code for code in REASONS if code != "restore"]
        st.selectbox("Why", reasons, key=f"why-{key}", format_func=lambda code: REASONS[code])
        st.button("Erase this person", type="primary", key=f"erase-{key}", on_click=_erase, args=(here, person))


def _erase(here: PageContext, person: Person) -> None:
    with keeping_refusals():
        erase_person(here.workspace, here.visitor, person.id, st.session_state[f"why-{person.id}"])
        say("The person is erased. No score has changed.")


def show_retention(here: PageContext) -> None:
    """Who and what is kept for longer than the organisation says, and the button that erases it."""
    if here.organisation is None or not may(here.visitor, "manage_people", organisation=here.organisation.id):
        return
    st.header("Data whose time is over", anchor=False)
    if said := st.session_state.pop(SAID, None):
        st.success(said)
    _retention(here, here.organisation.name)


@st.fragment
def _retention(here: PageContext, organisation: str) -> None:
    show_kept_refusals()
    months = privacy_terms(here.workspace, here.visitor, organisation).retention_months
    due = due_for_erasure(here.workspace, here.visitor, organisation)
    st.write(
        f"Whoever has left is due to be erased after {counted(months, 'month')}; links and sessions go "
        f"{counted(EXPIRED_DAYS, 'day')} after their end, names that people gave in a workshop after the same "
        f"months, and texts of residents that are not to be seen {counted(DAYS_KEPT, 'day')} after that was decided. "
        "An administrator changes the months on the privacy notice."
    )
    if due.nothing:
        st.info("Nothing is kept for longer than it should be.")
        return
    if due.people:
        rows = [(plain(each.name), f"{each.left_on}", f"{each.due_since}") for each in due.people]
        show_table(pd.DataFrame(rows, columns=["Who left", "On", "Due since"]))
    st.write(f"Due now: {_said(due)}.")

    def erase() -> None:
        with keeping_refusals():
            done = apply_retention(here.workspace, here.visitor, organisation)
            moment = local(here.workspace.clock())
            st.session_state[SAID] = f"Erased at {moment:%H:%M}: {_said(done)}. No score has changed."

    with st.popover("Erase what is due…"):
        st.write("Names, texts and files of these people are erased for good. Scores stay as they are.")
        if st.button("Erase what is due", type="primary", key="erase_due", on_click=erase):
            st.rerun()


def _said(due: Due) -> str:
    parts = (
        counted(len(due.people), "person", "people"),
        counted(due.sessions, "session"),
        counted(due.links, "personal link"),
        counted(due.names, "name given in a workshop", "names given in workshops"),
        counted(due.texts, "text of a resident", "texts of residents"),
    )
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
