"""Personal links: made for one or for many, shown this once as text, as a letter, as CSV and as a sheet to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

import pandas as pd
import streamlit as st

from maturity.access.permissions import may
from maturity.operations.addresses import Address, address, set_address
from maturity.operations.link_lists import LinkRow, link_rows, links_csv, links_sheet, make_links
from maturity.operations.links import LINK_DAYS, MOST_DAYS
from maturity.operations.people import KnownPerson
from maturity.ui.clock import local, today
from maturity.ui.context import PageContext, keeping_refusals
from maturity.ui.people_rows import has_valid_link, labels, roles_in_words
from maturity.ui.people_said import say
from maturity.ui.pictures import show_table
from maturity.ui.plain_text import plain
from maturity.words.messages import counted, on_day
from maturity.words.people_sentences import letter, letter_subject, only_here

MADE, PRESSED, MANY = "_people_made", "_people_pressed", "many"
NOW_SIGN_IN = (
    "From now on Waymark asks everybody to come in by a link or an account, here too: an administrator has a link. "
    "Keep it, and open it to go on."
)
WITHOUT, ALL, SOME = "Those shown without a valid link", "Everybody shown", "Chosen by name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Links just made, kept in this visit only: the store knows no token. `place` is where on the page they are shown:
    a person's id, or MANY. `roles` are in words, of one person only."""

    place: str
    rows: tuple[LinkRow, ...]
    roles: tuple[str, ...]
    begins: Address
    made_on: date


def page_address(here: PageContext) -> Address:
    """What links begin with, where this visit came to without the page's own name."""
    url = (st.context.url or "").partition("?")[0].rstrip("/").removesuffix("/people")
    return address(here.workspace, here.visitor, url or None, here.organisation.name if here.organisation else None)


def make(here: PageContext, chosen: Sequence[KnownPerson], days_key: str, place: str) -> None:
    """A callback: links for these people, of as many days as the field says now. Pressed twice, it makes them once."""
    drawn = tuple((each.person.id, each.link.id if each.link else None) for each in chosen)
    if st.session_state.get(PRESSED) == drawn:
        return
    # Asked once: as soon as an administrator has a link, the local administrator of this machine is nobody.
    visitor, name = here.visitor, here.organisation.name if here.organisation else None
    with keeping_refusals():
        begins = page_address(here)
        days = int(st.session_state.get(days_key) or LINK_DAYS)
        made = make_links(here.workspace, visitor, [each.person.id for each in chosen], days=days)
        rows = link_rows(here.workspace, visitor, made, begins.url, name, local=local)
        roles = tuple(roles_in_words(here, chosen[0].roles)) if len(chosen) == 1 else ()
        st.session_state[MADE] = Made(place=place, rows=rows, roles=roles, begins=begins, made_on=today(here))
        st.session_state[PRESSED] = drawn


def choose_days(key: str) -> None:
    """How long a new link holds; `make` reads it by the same key."""
    st.number_input(
        "Days that a link holds", min_value=1, max_value=MOST_DAYS, value=LINK_DAYS, step=1, key=key, width=240
    )


def show_many_links(here: PageContext, found: Sequence[KnownPerson]) -> None:
    """New links for those whom the list shows, or some of them."""
    able = [each for each in found if each.decided and each.person.is_here]
    box = st.expander("Make links for several people", key="people_many", on_change="rerun", icon=":material/link:")
    if box.open:
        with box:
            if place_of_made() == MANY:
                st.write("Keep the links below first.")
            elif able:
                _show_choice(here, able)
                show_address(here)
            else:
                st.write("Nobody in this list can get a link from you.")
    show_made(here, MANY)


def _show_choice(here: PageContext, able: Sequence[KnownPerson]) -> None:
    without = [each for each in able if not has_valid_link(here, each)]
    sizes = {WITHOUT: len(without), ALL: len(able), SOME: None}
    which = st.radio(
        "For whom?",
        list(sizes),
        key="people_which",
        format_func=lambda one: one if sizes[one] is None else f"{one} ({sizes[one]})",
    )
    chosen = {WITHOUT: without, ALL: able}.get(which)
    if chosen is None:
        names = labels(able)
        some = st.multiselect("People", list(names), key="people_some", format_func=lambda one: names.get(one, one))
        chosen = [each for each in able if str(each.person.id) in some]
    choose_days("people_many_days")
    st.write("Each link is shown once, now. Earlier links go on until they expire or are taken back.")
    st.button(
        f"Make {counted(len(chosen), 'link')}" if chosen else "Make links",
        type="primary",
        key="people_make_many",
        disabled=not chosen,
        on_click=make,
        args=(here, chosen, "people_many_days", MANY),
    )


def show_address(here: PageContext) -> None:
    """What links begin with, why that may help nobody, and for administrators a field to give it."""
    begins, decides = page_address(here), may(here.visitor, "manage_people")
    if begins.only_here:
        st.warning(plain(only_here(begins.url)), icon=":material/home_pin:")
        if not decides:
            st.write("Ask the administrator to give it on this page.")
    else:
        st.caption(f"Links begin with {plain(begins.url)}")
    if decides:
        with st.container() if begins.only_here else st.expander("Change the address", key="people_address_box"):
            _show_address_field(here, begins)


def _show_address_field(here: PageContext, begins: Address) -> None:
    st.session_state.setdefault("people_address", begins.url if begins.kept else "")
    st.text_input(
        "Address by which people reach Waymark",
        key="people_address",
        placeholder="https://waymark.city.example",
        help="What every new personal link begins with. Empty: the address that you see in your own browser.",
    )
    st.button("Save the address", key="people_address_save", on_click=_save_address, args=(here,))


def _save_address(here: PageContext) -> None:
    given = str(st.session_state.get("people_address") or "")
    with keeping_refusals():
        set_address(here.workspace, here.visitor, given, here.organisation.name if here.organisation else None)
        st.session_state.pop("people_address", None)
        say("The address is saved. New links begin with it." if given.strip() else "The address is forgotten.")


def place_of_made() -> str | None:
    """Where on the page links just made are shown, until they are kept; the buttons there wait so long."""
    made: Made | None = st.session_state.get(MADE)
    return made.place if made else None


def show_made(here: PageContext, place: str | None = None) -> None:
    """The links just made, where they were made for `place`: for one person with the letter, for many as a list and as
    files. Asks nobody's role."""
    made: Made | None = st.session_state.get(MADE)
    if made is None or place not in (None, made.place):
        return
    with st.container(border=True, key="people_made_box"):
        many = len(made.rows) > 1
        heading = f"{len(made.rows)} new links" if many else f"The new link of {plain(made.rows[0].name)}"
        (st.header if place in (None, MANY) else st.subheader)(heading, anchor=False)
        st.write("Shown this once: Waymark keeps no copy, and a reload of the page hides it for good.")
        if made.begins.only_here:
            st.warning(plain(only_here(made.begins.url)), icon=":material/home_pin:")
        if many:
            show_table(pd.DataFrame([(plain(r.name), plain(r.link)) for r in made.rows], columns=["Name", "Link"]))
        else:
            _show_letter(here, made)
        _show_files(here, made)
        if not may(here.visitor, "invite"):
            st.info(NOW_SIGN_IN, icon=":material/login:")
        st.button("I have kept them" if many else "I have kept it", key="people_kept", on_click=_forget)


def _forget() -> None:
    st.session_state.pop(MADE, None)


def _show_letter(here: PageContext, made: Made) -> None:
    (row,) = made.rows
    organisation = here.organisation.name if here.organisation else "Waymark"
    subject = letter_subject(organisation)
    body = letter(row.name, organisation, made.roles, row.link, row.until)
    st.code(row.link, language=None, wrap_lines=True)
    st.caption(f"It holds until {on_day(row.until)}.")
    st.markdown("**A letter, ready to send**")
    st.code(subject, language=None, wrap_lines=True)
    st.code(body, language=None, wrap_lines=True)
    if row.email:
        text = quote(body.replace("\n", "\r\n"))
        mail = f"mailto:{quote(row.email, safe='@')}?subject={quote(subject)}&body={text}"
        st.link_button("Write it as an e-mail", mail, icon=":material/mail:")


def _show_files(here: PageContext, made: Made) -> None:
    name = here.organisation.name if here.organisation else "Waymark"
    table, sheet = st.columns(2)
    table.download_button(
        "Download as CSV",
        lambda: links_csv(made.rows).encode("utf-8-sig"),
        file_name="personal-links.csv",
        mime="text/csv",
        key="people_csv",
        on_click="ignore",
        icon=":material/table:",
    )
    sheet.download_button(
        "Download a sheet of QR codes to print",
        lambda: links_sheet(made.rows, name, made.made_on).encode(),
        file_name="personal-links.html",
        mime="text/html",
        key="people_sheet",
        on_click="ignore",
        icon=":material/qr_code_2:",
    )
