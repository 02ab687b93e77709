"""Several organisations in one installation: which one a visit is to, setting up another, and partnerships of them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from maturity.access.permissions import may
from maturity.operations.partnership import Partnership, partnership, partnerships, partnerships_of, set_members
from maturity.operations.setup import Organisation, create_organisation
from maturity.ui import navigation
from maturity.ui.context import (
    PageContext,
    keeping_refusals,
    organisations_here,
    show_kept_refusals,
    use_organisation,
)
from maturity.ui.pictures import show_table
from maturity.ui.plain_text import plain
from maturity.words.messages import counted

SWITCH = "organisation_switch"
NOT_ONE = "an organisation of its own"


def show_which(here: PageContext) -> None:
    """The organisation of the visit; a choice where the visitor has roles in several."""
    every = organisations_here(here)
    if here.organisation is None or len(every) < 2:
        st.markdown(f"**{plain(here.organisation.name) if here.organisation else 'No organisation yet'}**")
        return
    names = {str(each.id): each.name for each in every}
    st.session_state[SWITCH] = str(here.organisation.id)
    st.selectbox(
        "Organisation",
        list(names),
        key=SWITCH,
        format_func=names.__getitem__,
        on_change=lambda: use_organisation(st.session_state[SWITCH]),
    )


def show_partnership_link(here: PageContext) -> None:
    """The way to the partnership's page, for those whose organisation is one or belongs to one."""
    if takes_part(here):
        navigation.link_to("partnership", "Partnership")


def takes_part(here: PageContext) -> bool:
    """Whether the organisation is a partnership or a member of one, and the visitor may see what was given."""
    mine = here.organisation
    if mine is None or not may(here.visitor, "read_results", organisation=mine.id):
        return False
    key = (here.workspace.url, mine.id, here.workspace.revision())
    kept = st.session_state.get("_takes_part")
    if kept is None or kept[0] != key:
        given = (here.workspace, here.visitor, mine.name)
        kept = st.session_state["_takes_part"] = (key, bool(partnership(*given) or partnerships_of(*given)))
    return bool(kept[1])


def show_organisations(here: PageContext) -> None:
    """For whoever runs the installation: the organisations there are, one more, and partnerships."""
    if here.organisation is None or not may(here.visitor, "run_installation"):
        return
    st.header("Organisations and partnerships", anchor=False)
    every, found = organisations_here(here), partnerships(here.workspace, here.visitor)
    st.write(
        "Each organisation has departments, rounds, people and a plan of its own, and sees nothing of the others. A "
        "partnership is an organisation that others belong to: its people see the results that members give it."
    )
    show_table(
        pd.DataFrame([_row(each, found) for each in every], columns=["Organisation", "Departments", "What it is"])
    )
    if said := st.session_state.pop("_members_said", None):
        st.success(said)
    _new_organisation(here)
    if len(every) > 1:
        _members(here, every, found)


def _row(mine: Organisation, found: tuple[Partnership, ...]) -> tuple[str, str, str]:
    own = next((each for each in found if each.id == mine.id), None)
    of = [plain(each.name) for each in found if mine.id in dict(each.members)]
    what = f"partnership of {', '.join(map(plain, own.names))}" if own else ""
    what = what or (f"member of {', '.join(of)}" if of else NOT_ONE)
    return plain(mine.name), f"{len(mine.departments)}", what


@st.fragment
def _new_organisation(here: PageContext) -> None:
    show_kept_refusals()

    def create() -> None:
        with keeping_refusals():
            name = st.session_state["new_organisation"]
            made = create_organisation(here.workspace, here.visitor, name, is_demo=here.demo)
            use_organisation(str(made.id))
            st.session_state["_organisation_made"] = made.name

    with st.form("new_organisation_form", clear_on_submit=True, border=False):
        st.text_input("Name of another organisation", key="new_organisation", autocomplete="off")
        pressed = st.form_submit_button("Set up organisation", on_click=create)
    if pressed and st.session_state.pop("_organisation_made", None):
        st.rerun()  # this visit is to the new one now


@st.fragment
def _members(here: PageContext, every: tuple[Organisation, ...], found: tuple[Partnership, ...]) -> None:
    show_kept_refusals()
    names = {str(each.id): each.name for each in every}
    own = {str(each.id): [str(member) for member, _ in each.members] for each in found}
    st.markdown("**Members of a partnership**")
    whole = st.selectbox("Partnership", list(names), key="partnership_of", format_func=names.__getitem__)
    others = [each for each in names if each != whole]
    key = f"members-{whole}"
    st.session_state.setdefault(key, own.get(whole, []))

    def save() -> None:
        with keeping_refusals():
            ids = {str(each.id): each.id for each in every}
            set_members(here.workspace, here.visitor, ids[whole], [ids[each] for each in st.session_state[key]])
            members = counted(len(st.session_state[key]), "member")
            st.session_state["_members_said"] = f"{plain(names[whole])} has {members} now."

    st.multiselect(
        "Members",
        others,
        key=key,
        format_func=names.__getitem__,
        help="Whoever is taken out takes along what it gave. Without members it is no partnership any more.",
    )
    if st.button("Save members", on_click=save) and "_members_said" in st.session_state:
        st.rerun()
