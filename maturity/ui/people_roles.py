"""The roles of one person: ended, and given, as far as the visitor may."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import streamlit as st

from maturity.access.permissions import may
from maturity.access.roles import OF_A_DEPARTMENT, ROLES, Role, Visitor
from maturity.operations.given_roles import decides_over, end_role, give_role
from maturity.operations.people import GivenRole, KnownPerson
from maturity.operations.setup import Organisation
from maturity.ui.clock import today
from maturity.ui.context import PageContext, keeping_refusals
from maturity.ui.people_rows import role_in_words, roles_in_words
from maturity.ui.people_said import say
from maturity.ui.plain_text import plain
from maturity.words.people_sentences import ROLE_DEEDS, ROLE_NAMES


def show_roles(here: PageContext, organisation: Organisation, known: KnownPerson) -> None:
    """Every role with a button to end it, and a form to give one more."""
    st.subheader("Roles", anchor=False)
    if not known.roles:
        st.write("None.")
    for given, said in zip(known.roles, roles_in_words(here, known.roles), strict=True):
        what, end = st.columns([3, 1], vertical_alignment="center")
        what.write(plain(said))
        if decides_over(here.visitor, given):
            with end.popover("End…", key=f"role_end_box:{given.id}"):
                st.write(f"End {plain(said)} for {plain(known.person.name)}? It counts at their next click.")
                st.button("End this role", key=f"role_end:{given.id}", on_click=_end, args=(here, known, given))
    with st.expander("Give one more role", key=f"role_box:{known.person.id}", icon=":material/add:"):
        choose_role(here, organisation, f"role:{known.person.id}")
        st.button("Give the role", key=f"role_give:{known.person.id}", on_click=_give, args=(here, organisation, known))


def roles_to_give(visitor: Visitor, organisation: UUID) -> list[Role]:
    """The roles that the visitor may give, the one with the least first."""
    everything = may(visitor, "manage_people", organisation=organisation)
    ordered = sorted(ROLES, key=lambda role: (role not in OF_A_DEPARTMENT, role != "respondent"))
    return [role for role in ordered if everything or role in OF_A_DEPARTMENT]


def choose_role(here: PageContext, organisation: Organisation, key: str) -> None:
    """Fields for a role with its department, its last day and its reach; `chosen_role` reads them."""
    role = st.selectbox(
        "Role",
        roles_to_give(here.visitor, organisation.id),
        key=f"{key}:role",
        format_func=lambda one: f"{ROLE_NAMES[one]}: {ROLE_DEEDS[one]}",
    )
    if role in OF_A_DEPARTMENT:
        names = organisation.names
        st.selectbox(
            "In which department?", list(names), key=f"{key}:department", format_func=lambda code: names.get(code, code)
        )
    elif role == "administrator" and may(here.visitor, "run_installation"):
        st.checkbox("For every organisation here, and for backups and frameworks", key=f"{key}:whole")
    st.date_input(
        "Last day of the role, if it ends", value=None, min_value=today(here), key=f"{key}:until", format="DD/MM/YYYY"
    )


def chosen_role(organisation: Organisation, key: str) -> dict[str, Any]:
    """What the fields of `choose_role` say at this moment, as the operations take it."""
    state = st.session_state
    role = state.get(f"{key}:role")
    whole = role == "administrator" and bool(state.get(f"{key}:whole"))
    return {
        "role": role,
        "department": state.get(f"{key}:department") if role in OF_A_DEPARTMENT else None,
        "until": state.get(f"{key}:until"),
        "installation": whole,
        "organisation": None if whole else organisation.name,
    }


def _give(here: PageContext, organisation: Organisation, known: KnownPerson) -> None:
    with keeping_refusals():
        chosen = chosen_role(organisation, f"role:{known.person.id}")
        give_role(here.workspace, here.visitor, known.person.id, **chosen)
        say(f"The role is given to {known.person.name}.")


def _end(here: PageContext, known: KnownPerson, given: GivenRole) -> None:
    with keeping_refusals():
        end_role(here.workspace, here.visitor, given.id)
        say(f"{known.person.name} is no longer: {role_in_words(here, given)}.")
