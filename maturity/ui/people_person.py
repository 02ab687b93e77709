"""One person: name and address, roles, the personal link, leaving and coming back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from maturity.access.people import PersonalLink
from maturity.access.permissions import may
from maturity.access.roles import LOCAL_ADMINISTRATOR
from maturity.operations import people as operations
from maturity.operations.links import links_of, revoke_links
from maturity.operations.owners import owned_actions
from maturity.operations.people import KnownPerson
from maturity.operations.setup import Organisation
from maturity.ui.clock import local, today
from maturity.ui.context import PageContext, keeping_refusals
from maturity.ui.navigation import link_to
from maturity.ui.people_links import choose_days, make, place_of_made, show_address, show_made
from maturity.ui.people_roles import show_roles
from maturity.ui.people_rows import link_in_words
from maturity.ui.people_said import say
from maturity.ui.pictures import show_table
from maturity.ui.plain_text import plain
from maturity.ui.rights import show_rights_of
from maturity.words.delivery_sentences import owns
from maturity.words.messages import on_day
from maturity.words.people_sentences import link_said

FIRST_LINK = (
    "Once an administrator of the whole installation has a link, this computer asks for it too, and nobody is the "
    "local administrator any more. The link is shown here once: open it to go on."
)


def show_person(here: PageContext, organisation: Organisation, known: KnownPerson) -> None:
    """Everything about one person that the visitor may see, and what they may change of it."""
    person = known.person
    st.header(plain(person.name), anchor=False)
    if person.left_at:
        _show_left(here, known)
        _show_owned(here, organisation, known)
        show_rights_of(here, person)
        return
    if not known.decided:
        st.info("Only an administrator can change this person or make them a link: they hold a role above yours.")
    else:
        _show_name(here, known)
    show_roles(here, organisation, known)
    if known.decided:
        _show_link(here, known)
        _show_owned(here, organisation, known)
        _show_leaving(here, known)
        show_rights_of(here, person)


def _show_name(here: PageContext, known: KnownPerson) -> None:
    person = known.person
    of = f"{person.id}:{person.row_version}"
    st.session_state.setdefault(f"person_name:{of}", person.name)
    st.session_state.setdefault(f"person_email:{of}", person.email or "")
    name, email = st.columns(2)
    name.text_input("Name", key=f"person_name:{of}", max_chars=operations.LONGEST_NAME, autocomplete="off")
    email.text_input(
        "E-mail address",
        key=f"person_email:{of}",
        max_chars=operations.LONGEST_NAME,
        autocomplete="off",
        help="Who signs in by an account is known by it. Nothing is sent by Waymark itself.",
    )
    st.button("Save name and address", key=f"person_save:{of}", on_click=_save_name, args=(here, known, of))


def _save_name(here: PageContext, known: KnownPerson, of: str) -> None:
    name, email = (str(st.session_state.get(f"person_{field}:{of}") or "") for field in ("name", "email"))
    with keeping_refusals():
        changed = operations.change_person(here.workspace, here.visitor, known.person, name, email)
        say(f"Saved: {changed.name}, {changed.email or 'no e-mail address'}.")


def _show_link(here: PageContext, known: KnownPerson) -> None:
    st.subheader("Personal link", anchor=False)
    said = link_in_words(here, known)
    st.write(said[:1].upper() + said[1:] + ".")
    if place_of_made() == str(known.person.id):
        show_made(here, str(known.person.id))
        return
    earlier = links_of(here.workspace, here.visitor, known.person.id)
    if len(earlier) > 1:
        with st.expander(f"Every link until now ({len(earlier)})", key=f"person_links:{known.person.id}"):
            show_table(pd.DataFrame([_link_row(here, each) for each in earlier], columns=["Made", "Link"]))
    _show_making(here, known, any(each.state(here.workspace.clock()) == "valid" for each in earlier))
    show_address(here)


def _show_making(here: PageContext, known: KnownPerson, valid: bool) -> None:
    one = known.person.id
    if here.visitor.person == LOCAL_ADMINISTRATOR.person and any(e.organisation_id is None for e in known.roles):
        st.warning(FIRST_LINK, icon=":material/login:")
    choose_days(f"person_days:{one}")
    with st.container(horizontal=True):
        st.button(
            "Make a new link" if known.link else "Make a link",
            key=f"person_make:{one}",
            type="primary",
            on_click=make,
            args=(here, [known], f"person_days:{one}", str(one)),
        )
        if valid:
            with st.popover("Take back all links…"):
                st.write(f"Take back every link of {plain(known.person.name)}? Whoever came in by one is out at once.")
                st.button("Take them back", key=f"person_revoke:{one}", on_click=_revoke, args=(here, known))


def _link_row(here: PageContext, link: PersonalLink) -> tuple[str, str]:
    used = local(link.used_at).date() if link.used_at else None
    state = link.state(here.workspace.clock())
    made, expires = local(link.made_at).date(), local(link.expires_at).date()
    return on_day(made), link_said(state, expires, used, today(here))


def _revoke(here: PageContext, known: KnownPerson) -> None:
    with keeping_refusals():
        revoke_links(here.workspace, here.visitor, known.person.id)
        say(f"Every link of {known.person.name} is taken back.")


def _show_leaving(here: PageContext, known: KnownPerson) -> None:
    if not may(here.visitor, "manage_people"):
        return
    st.subheader("Leaving", anchor=False)
    with st.popover(f"{plain(known.person.name)} has left…"):
        st.write(
            "All roles end, links and open visits too, and so does what was handed over to a deputy. "
            "Answers and decisions stay as they are."
        )
        st.button("They have left", key=f"person_left:{known.person.id}", on_click=_leave, args=(here, known))


def _show_owned(here: PageContext, organisation: Organisation, known: KnownPerson) -> None:
    """What they own in the plan, and the way to give it to somebody else."""
    if not may(here.visitor, "read_roadmap", organisation=organisation.id):
        return
    theirs = owned_actions(here.workspace, here.visitor, str(known.person.id), organisation.name)
    if theirs:
        st.subheader("Actions", anchor=False)
        st.write(plain(owns(known.person.name, len(theirs))))
        if may(here.visitor, "edit_plan", organisation=organisation.id) and known.person.left_at:
            link_to("plan", "Give them to somebody on Plan", icon=":material/person_add:")


def _leave(here: PageContext, known: KnownPerson) -> None:
    with keeping_refusals():
        operations.person_left(here.workspace, here.visitor, known.person)
        say(f"{known.person.name} has left. All roles and links have ended.")


def _show_left(here: PageContext, known: KnownPerson) -> None:
    if known.person.left_at:
        st.write(f"Has left on {on_day(local(known.person.left_at).date())}: no role, no link.")
    if may(here.visitor, "manage_people"):
        st.button("They are back", key=f"person_back:{known.person.id}", on_click=_come_back, args=(here, known))


def _come_back(here: PageContext, known: KnownPerson) -> None:
    with keeping_refusals():
        operations.person_is_back(here.workspace, here.visitor, known.person)
        say(f"{known.person.name} is back. Give them a role and a link.")
