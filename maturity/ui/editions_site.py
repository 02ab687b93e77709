"""Where the public site is, how anybody verifies it, the site as files, and what holds for every edition."""

from __future__ import annotations

import streamlit as st

from maturity.operations import public_settings as operations
from maturity.operations.public_settings import FEWEST_MONTHS, LICENCES, MOST_MONTHS, PublicSettings
from maturity.operations.public_site import exported, organisations_with_a_site
from maturity.roadmap.editions import LANGUAGES, KeptEdition
from maturity.ui import clock
from maturity.ui.context import PageContext
from maturity.ui.editions_seen import answer, may_here, organisation_name, show_answer, told
from maturity.words.edition_sentences import LANGUAGE_NAMES, VERIFY, overdue_sentence, verify_command


def show_site(here: PageContext, every: tuple[KeptEdition, ...]) -> None:
    """The address of the site, the command that verifies it and the site as files, once something was published."""
    names = {each.name: each.slug for each in organisations_with_a_site(here.workspace)}
    slug = names.get(organisation_name(here) or "")
    standing = [each for each in every if each.state == "published"]
    if slug is None or not standing:
        return
    last = max(standing, key=lambda each: each.number or 0)
    today = clock.today(here)
    if last.edition.is_old(today):
        said = overdue_sentence(last.edition.published_on, last.edition.next_update_on, today)
        st.warning(said, icon=":material/schedule:")
    address = f"/public/{'demo/' if here.demo else ''}{slug}/"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.link_button("Open the public site", address, icon=":material/open_in_new:")
        if may_here(here, "publish"):
            _show_download(here)
    st.caption(f"Residents find it on this server under {address}, without signing in.")
    box = st.expander("Verify what is published", key="editions:verify", icon=":material/fact_check:")
    with box:
        st.write(VERIFY)
        st.code(verify_command(last.number or 0, last.sha256), language="shell", wrap_lines=True)


def _show_download(here: PageContext) -> None:
    st.download_button(
        "Download the public site", lambda: exported(here.workspace, here.visitor, organisation_name(here)),
        "public-site.zip", "application/zip", key="editions:site", icon=":material/download:", on_click="ignore",
        help="All pages, data and editions as plain files in a zip, for any web server. The forms stay here.",
    )  # fmt: skip


def show_settings(here: PageContext) -> None:
    """What holds for the drafts that are started from now on."""
    box = st.expander(
        "What holds for every edition", key="editions:settings", on_change="rerun", icon=":material/settings:"
    )
    if not box.open:
        return
    now, key = operations.public_settings(here.workspace, here.visitor, organisation_name(here)), "public"
    with box:
        _show_form(here, now, key)
        show_answer(key)


def _show_form(here: PageContext, now: PublicSettings, key: str) -> None:
    with st.form("editions:settings:form", border=False):
        st.caption("For drafts that are started from now on. Each edition can say it otherwise.")
        st.text_input("Where residents write to (mail or web)", value=now.contact, key=f"{key}:contact")
        st.multiselect(
            "Languages of the site, the first one first", list(LANGUAGES), default=list(now.languages),
            key=f"{key}:languages", format_func=lambda each: LANGUAGE_NAMES[each],
        )  # fmt: skip
        licences = list(LICENCES)
        st.selectbox(
            "Usual licence", licences, index=licences.index(now.licence), key=f"{key}:licence",
            format_func=lambda each: LICENCES[each],
        )  # fmt: skip
        st.number_input(
            "Months from one update to the next", FEWEST_MONTHS, MOST_MONTHS, now.months, key=f"{key}:months"
        )
        st.form_submit_button("Save for every edition", on_click=_save, args=(here, key))


def _save(here: PageContext, key: str) -> None:
    mine, state = told(), st.session_state
    settings = PublicSettings(
        contact=state.get(f"{key}:contact") or "", languages=tuple(state.get(f"{key}:languages") or ()),
        licence=state.get(f"{key}:licence") or "", months=int(state.get(f"{key}:months") or 0),
    )  # fmt: skip

    def deed() -> str:
        operations.set_public_settings(here.workspace, here.visitor, settings, organisation_name(here))
        return "What holds for every edition is saved."

    answer(mine, key, deed)
