"""New people: one by a form, many by a pasted list."""

from __future__ import annotations

import streamlit as st

from maturity.operations.pasted_people import Added, BadLines, add_people
from maturity.operations.people import LONGEST_NAME, add_person
from maturity.operations.people_lines import MOST_LINES
from maturity.operations.setup import Organisation
from maturity.ui.context import REFUSALS, PageContext, keeping_refusals, sentence, show_kept_refusals
from maturity.ui.people_roles import choose_role, chosen_role
from maturity.ui.people_said import say, show_said
from maturity.ui.plain_text import plain
from maturity.words.messages import counted

MOST_NAMED = 20
LIST_HELP = (
    "One person a line: name; address; department; role. Only the name, and a department or a role, are needed; who "
    "has a department and no role is a respondent. Lines copied from a spreadsheet fit as they are. "
    f"At most {MOST_LINES} lines at once."
)
EXAMPLE = """Asha Rao; asha@city.example; Parks; Head of department
Bo Lind; bo@city.example; Parks
Cy Moss; cy@city.example; ; Reviewer"""


@st.fragment
def show_adding_one(here: PageContext, organisation: Organisation) -> None:
    """A form for one person and a first role. Whoever has the address already gets the role beside their others."""
    show_kept_refusals()
    show_said()
    turn = st.session_state.setdefault("_people_turn", 0)  # a new number empties the form
    st.text_input("Name", key=f"new_name:{turn}", max_chars=LONGEST_NAME, autocomplete="off")
    st.text_input(
        "E-mail address, if there is one",
        key=f"new_email:{turn}",
        max_chars=LONGEST_NAME,
        autocomplete="off",
        help="Needed to sign in by an account. A personal link does without.",
    )
    choose_role(here, organisation, f"new:{turn}")
    st.button("Add the person", type="primary", on_click=_add_one, args=(here, organisation, turn))


def _add_one(here: PageContext, organisation: Organisation, turn: int) -> None:
    if st.session_state.get("_people_turn") != turn:  # pressed twice
        return
    name, email = (str(st.session_state.get(f"new_{field}:{turn}") or "") for field in ("name", "email"))
    with keeping_refusals():
        chosen = chosen_role(organisation, f"new:{turn}")
        person = add_person(here.workspace, here.visitor, name, email, **chosen)
        st.session_state["_people_turn"] = turn + 1
        say(f"{person.name} is added. Make a link under “Everybody”.")


@st.fragment
def show_adding_many(here: PageContext, organisation: Organisation) -> None:
    """A pasted list: every bad line is named, and nobody is added before all lines are good."""
    st.write(LIST_HELP)
    st.caption("For example:")
    st.code(EXAMPLE, language=None, wrap_lines=True)
    text = st.text_area("List of people", key="people_list", height=240)
    if st.button("Add these people", type="primary"):
        _add_many(here, organisation, text or "")


def _add_many(here: PageContext, organisation: Organisation, text: str) -> None:
    try:
        added = add_people(here.workspace, here.visitor, text, organisation.name)
    except BadLines as error:
        named = [f"- {plain(each[:1].upper() + each[1:])}" for each in error.problems[:MOST_NAMED]]
        more = len(error.problems) - MOST_NAMED
        named += [f"- and {more} more"] if more > 0 else []
        are = counted(len(error.problems), "line is", "lines are")
        st.error(f"Nobody was added: {are} bad.\n\n" + "\n".join(named), icon=":material/block:")
    except REFUSALS as error:
        st.error(sentence(error), icon=":material/block:")
    else:
        st.success(_said(added))


def _said(added: Added) -> str:
    parts = [counted(added.new, "new person is added", "new people are added")]
    if added.further:
        parts.append(counted(added.further, "further role is given to a known person",
                             "further roles are given to known people"))  # fmt: skip
    if added.there:
        parts.append(counted(added.there, "line was true already", "lines were true already"))
    return ", ".join(parts) + ". Make their links under “Everybody”."
