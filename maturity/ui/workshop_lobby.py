"""The lobby: how people come in, who is there, and where the agenda stands."""

from __future__ import annotations

from html import escape

import segno
import streamlit as st

from maturity.assessment.terms import ROLE_FAMILIES
from maturity.assessment.votes import FEWEST_SHOWN
from maturity.operations.addresses import Address, address
from maturity.operations.links import links_are_used
from maturity.ui import identity
from maturity.ui.context import REFUSALS, PageContext, show_refusal
from maturity.ui.plain_text import plain
from maturity.ui.workshop_shown import Live, look
from maturity.words.live_sentences import FEW_HERE, attendance, only_on_this_computer, people_here

JOIN = "/w"
"""The page on which phones type the code; with the code behind it, the code is there already."""


def show_lobby(live: Live) -> None:
    """How to join, large; then who is here, and the agenda."""
    begins = page_address(live.here)
    left, right = st.columns([3, 2], gap="large", vertical_alignment="center")
    with left:
        st.html(_join_html(begins, live.workshop.code))
        show_who_is_here(live)
    with right:
        st.html(_qr_html(f"{begins.url}{JOIN}/{live.workshop.code}"))
    if not phones_reach(live.here, begins):
        st.warning(plain(only_on_this_computer(begins.url.partition("://")[2])), icon=":material/signal_disconnected:")


def page_address(here: PageContext) -> Address:
    """What phones type, where this visit came to without the page's own name."""
    url = (st.context.url or "").partition("?")[0].rstrip("/").removesuffix("/workshop")
    return address(here.workspace, here.visitor, url or None, here.organisation.name if here.organisation else None)


def phones_reach(here: PageContext, begins: Address) -> bool:
    """Whether somebody on another device gets to this server at all: by its address, and past its gate."""
    return not begins.only_here and (identity.sign_in_configured() or links_are_used(here.workspace))


@st.fragment(run_every="2s")
def show_who_is_here(live: Live) -> None:
    """The count, by role, read anew every two seconds."""
    try:
        now = look(live.here, live.round, live.workshop, projector=live.projector).room
    except REFUSALS as refused:
        show_refusal(refused)
        return
    number = len(now.participants)
    few = f'<p class="wm-roles">{escape(FEW_HERE)}</p>' if number < FEWEST_SHOWN else ""
    roles = escape(attendance(now.attendance, ROLE_FAMILIES))
    st.html(f'<p class="wm-many">{escape(people_here(number))}</p><p class="wm-roles">{roles}</p>{few}')


def spelled(code: str) -> str:
    """The code in two halves, as it is easier to read off a wall; phones take it with the blank or without."""
    return f"{code[:3]} {code[3:]}"


def _join_html(begins: Address, code: str) -> str:
    shown = begins.url.partition("://")[2] + JOIN
    letters = " ".join(code)
    return (
        f'<p class="wm-join">Scan the code, or open<br><b>{escape(shown)}</b><br>and type</p>'
        f'<p class="wm-bigcode" role="img" aria-label="Join code {escape(letters)}">{escape(spelled(code))}</p>'
    )


def _qr_html(link: str) -> str:
    picture = segno.make(link, error="m", micro=False).svg_data_uri(border=4, dark="#000", light="#fff", scale=8)
    return f'<img class="wm-qr" alt="QR code that opens {escape(link)}" src="{escape(picture)}">'
