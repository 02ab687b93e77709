"""A head of department hands over while away, sees to whom and until when, and takes it back."""

from __future__ import annotations

import streamlit as st

from maturity.operations.deputies import deputies, own_departments
from maturity.operations.errors import Refused
from maturity.operations.given_roles import end_role
from maturity.operations.people import LONGEST_NAME, GivenRole, KnownPerson, hand_over
from maturity.operations.setup import Organisation
from maturity.ui.clock import today
from maturity.ui.context import PageContext, keeping_refusals, show_kept_refusals
from maturity.ui.people_rows import role_in_words
from maturity.ui.people_said import say, show_said
from maturity.ui.plain_text import plain

ABOUT = (
    "A deputy may do for your department what you may, until the day you choose. Your own role stays. "
    "A deputy cannot hand it on. The data team sends the deputy a personal link, or they sign in by that address."
)


@st.fragment
def show_deputy(here: PageContext, organisation: Organisation) -> None:
    """Who leads the visitor's departments for them, and a form to hand one over."""
    show_kept_refusals()
    show_said()
    st.write(ABOUT)
    found = deputies(here.workspace, here.visitor)
    st.header("Your deputies", anchor=False)
    if not found:
        st.write("None.")
    for known in found:
        for given in known.roles:
            _show_one(here, known, given)
    st.header("Hand over", anchor=False)
    led = own_departments(here.workspace, here.visitor, organisation.name)
    own = {code: name for code, name in organisation.names.items() if code in led}
    if own:
        _show_form(here, organisation, own)
    else:
        st.write("You lead no department in your own right, so there is none to hand over.")


def _show_one(here: PageContext, known: KnownPerson, given: GivenRole) -> None:
    what, end = st.columns([3, 1], vertical_alignment="center")
    what.write(
        f"**{plain(known.person.name)}**, {plain(known.person.email or '')}  \n{plain(role_in_words(here, given))}"
    )
    with end.popover("Take back…", key=f"deputy_box:{given.id}"):
        st.write(f"{plain(known.person.name)} leads the department no longer, from the next click on.")
        st.button("Take it back", key=f"deputy_end:{given.id}", on_click=_take_back, args=(here, known, given))


def _take_back(here: PageContext, known: KnownPerson, given: GivenRole) -> None:
    with keeping_refusals():
        end_role(here.workspace, here.visitor, given.id)
        say(f"Taken back from {known.person.name}.")


def _show_form(here: PageContext, organisation: Organisation, own: dict[str, str]) -> None:
    department = next(iter(own))
    if len(own) > 1:
        department = st.selectbox("Department", list(own), key="deputy_department", format_func=own.__getitem__)
    st.text_input("Name of the deputy", key="deputy_name", max_chars=LONGEST_NAME, autocomplete="off")
    st.text_input("Their e-mail address", key="deputy_email", max_chars=LONGEST_NAME, autocomplete="off")
    st.date_input("Last day", value=None, min_value=today(here), key="deputy_until", format="DD/MM/YYYY")
    st.button(
        f"Hand over {own[department]}",
        type="primary",
        key="deputy_go",
        on_click=_go,
        args=(here, organisation, department),
    )


def _go(here: PageContext, organisation: Organisation, department: str) -> None:
    name, email = (str(st.session_state.get(f"deputy_{field}") or "") for field in ("name", "email"))
    last = st.session_state.get("deputy_until")
    with keeping_refusals():
        if last is None:
            raise Refused("the last day is missing; choose the day on which you are back")
        deputy = hand_over(here.workspace, here.visitor, department, email, name, last, organisation=organisation.name)
        say(f"{deputy.name} is your deputy now. Tell them, and ask the data team for their link.")
