"""My data: what is kept about whoever looks, to see, to download, and to ask for erasure; and their own sessions."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from maturity.access.people import Person, Session
from maturity.operations.links import sessions_of, sign_out_everywhere
from maturity.operations.privacy import privacy_terms
from maturity.operations.rights import export_person, held_about, my_person
from maturity.ui import navigation
from maturity.ui.clock import local
from maturity.ui.context import PageContext, keeping_refusals, show_kept_refusals
from maturity.ui.help import ROLE_NAMES
from maturity.ui.pictures import show_table
from maturity.ui.plain_text import plain
from maturity.words.privacy import NO_CONTACT, erasure_request

NOBODY = (
    "Nothing is kept about you as a person here: you are the local administrator of this machine, without a name. "
    "What you change stands in the audit trail as done by the local administrator."
)
IN_THE_DEMO = "The demo city is not real, and nothing is kept about you in it. Leave the demo to see what is kept."
WHAT = {
    "roles": "Roles, now and earlier",
    "links": "Personal links",
    "sessions": "Sessions",
    "invitations": "Invitations",
    "answers": "Answers",
    "topic notes": "Notes on topics",
    "evidence files": "Evidence files",
    "actions": "Actions of yours in plans",
    "decisions": "Decisions and reports",
    "trail": "Entries in the audit trail",
}


def show_my_data(here: PageContext) -> None:
    """Everything about the visitor, or why there is nothing."""
    person = None if here.demo else my_person(here.workspace, here.visitor)
    if person is None:
        st.info(IN_THE_DEMO if here.demo else NOBODY)
    else:
        _show_person(here, person)
        _show_sessions(here)
        _show_request(here, person)
    navigation.link_to("privacy", "What is kept, why, and for how long")


def _show_person(here: PageContext, person: Person) -> None:
    st.write(f"You are known here as **{plain(person.name)}**" + (f", {plain(person.email)}." if person.email else "."))
    document = held_about(here.workspace, here.visitor, person.id)
    counts = [(name, f"{document[key]:,}") for key, name in WHAT.items()]
    st.header("What is kept about you", anchor=False)
    show_table(pd.DataFrame(counts, columns=["What", "How many"]))
    st.caption("Answers that you gave in an anonymous round are not among them once it is closed: nobody knows whose.")
    moment, visitor = local(here.workspace.clock()), here.visitor  # the download runs outside of the page
    st.download_button(
        "Download all of it",
        lambda: export_person(here.workspace, visitor, person.id).packed(),
        file_name=f"my-data-{moment:%Y-%m-%d}.zip",
        mime="application/zip",
        icon=":material/download:",
        on_click="ignore",
        help="A ZIP with one JSON document and your evidence files. The audit trail notes that you downloaded it.",
    )
    st.header("Your roles here", anchor=False)
    roles = dict.fromkeys((ROLE_NAMES[grant.role], _where(here, grant.department)) for grant in here.visitor.grants)
    show_table(pd.DataFrame(list(roles), columns=["Role", "Where"]))


def _where(here: PageContext, department: str | None) -> str:
    if here.organisation is None:
        return "–"
    return plain(here.organisation.names.get(department, department) if department else here.organisation.name)


def _show_sessions(here: PageContext) -> None:
    st.header("Your sessions", anchor=False)
    show_kept_refusals()
    found = sessions_of(here.workspace, here.visitor)
    if not found:
        st.write("You did not come in by a personal link, so no session of yours is kept here.")
        return
    show_table(pd.DataFrame([_session(each) for each in found], columns=["Browser", "Since", "Until"]))
    with st.popover("Sign out everywhere…"):
        st.write(
            "All your browsers are signed out at their next click, this one too, and your personal links stop working. "
            "You need a new link to come in again."
        )

        def sign_out() -> None:
            with keeping_refusals():
                sign_out_everywhere(here.workspace, here.visitor)

        st.button("Sign out everywhere", type="primary", on_click=sign_out)


def _session(session: Session) -> tuple[str, str, str]:
    since, until = local(session.started_at), local(session.expires_at)
    return plain(session.device) or "unknown", f"{since:%Y-%m-%d %H:%M}", f"{until:%Y-%m-%d %H:%M}"


def _show_request(here: PageContext, person: Person) -> None:
    st.header("Ask to be erased", anchor=False)
    name = here.organisation.name if here.organisation else None
    contact = privacy_terms(here.workspace, here.visitor, name).contact if name else ""
    st.write(f"Send this text to {plain(contact)}." if contact else f"Send this text. {NO_CONTACT}")
    st.code(erasure_request(person.name, name or "", str(person.id)), language=None, wrap_lines=True)
    st.caption("Your sent answers keep their levels without your name, so that no result changes.")
