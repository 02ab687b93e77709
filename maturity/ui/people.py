"""People: the list, narrowed as one likes, links for those it shows, and the way to one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

import streamlit as st

from maturity.access.permissions import may
from maturity.access.roles import Role
from maturity.operations.people import KnownPerson, people
from maturity.operations.setup import Organisation
from maturity.ui import cached
from maturity.ui.context import PageContext, show_kept_refusals
from maturity.ui.people_links import MANY, place_of_made, show_made, show_many_links
from maturity.ui.people_person import show_person
from maturity.ui.people_rows import Narrowed, labels, people_table
from maturity.ui.people_said import show_said
from maturity.ui.pictures import on_a_phone, show_table
from maturity.words.messages import counted
from maturity.words.people_sentences import ROLE_NAMES

OPEN, MOST_SHOWN = "people_open", 200
ROLES: tuple[Role, ...] = get_args(Role)


@st.fragment
def show_people(here: PageContext, organisation: Organisation) -> None:
    """The list, or the person who was chosen from it. Links just made come first: they can be seen only now."""
    show_kept_refusals()
    show_said()
    if not may(here.visitor, "invite"):  # taken away since the page was drawn, maybe by the link just made
        show_made(here)
        return
    if place_of_made() not in (None, st.session_state.get(OPEN) or MANY):
        show_made(here)
    # The list may be half a minute old in when links were used; one person's own panel is not.
    opened = bool(st.session_state.get(OPEN))
    everybody = (
        people(here.workspace, here.visitor, organisation.name) if opened else cached.everybody(here, organisation.name)
    )
    chosen = next((each for each in everybody if str(each.person.id) == st.session_state.get(OPEN)), None)
    if chosen:
        st.button("Back to the list", icon=":material/arrow_back:", on_click=_close)
        show_person(here, organisation, chosen)
    elif everybody:
        _show_list(here, organisation, everybody)
    else:
        st.info("Nobody yet. Add one person, or paste a list.")


def _close() -> None:
    st.session_state.pop(OPEN, None)


def _show_list(here: PageContext, organisation: Organisation, everybody: Sequence[KnownPerson]) -> None:
    narrowed = _narrowed(organisation)
    found = [each for each in everybody if narrowed.fits(each)]
    _choose(found)
    show_many_links(here, found)
    said = counted(len(everybody), "person", "people")
    st.caption(said if len(found) == len(everybody) else f"{len(found)} of {said}")
    show_table(people_table(here, found[:MOST_SHOWN], on_a_phone()), empty="Nobody fits. Narrow the list less.")
    if len(found) > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN} are shown. Narrow the list to see others.")


def _narrowed(organisation: Organisation) -> Narrowed:
    """What the reader chose; "" stands for all, because a choice of None could be emptied."""
    words, where, what = st.columns(3)
    text = words.text_input("Find a name or an address", key="people_find", type="search", autocomplete="off")
    departments: Mapping[str, str] = organisation.names
    department = where.selectbox(
        "Department",
        ["", *departments],
        key="people_department",
        format_func=lambda code: departments[code] if code else "All departments",
    )
    role = what.selectbox(
        "Role",
        ["", *ROLES],
        key="people_role",
        format_func=lambda code: ROLE_NAMES[code] if code else "All roles",
    )
    chosen = next((each for each in ROLES if each == role), None)
    return Narrowed(words=text or "", department=department or None, role=chosen)


def _choose(found: Sequence[KnownPerson]) -> None:
    names = labels(found)

    def open_one() -> None:
        st.session_state[OPEN] = st.session_state.pop("people_choose", None)

    st.selectbox(
        "Open a person",
        list(names),
        key="people_choose",
        index=None,
        format_func=lambda one: names.get(one, one),
        placeholder="Choose, or type a name",
        on_change=open_one,
        disabled=not names,
        help="To correct the name or address, give or end roles, and make or take back a link.",
    )
