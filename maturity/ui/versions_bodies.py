"""The bodies that decide together: who is in them, how many have to be there, and the form to change that."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from maturity.operations import governing_bodies
from maturity.operations.governing_bodies import LONGEST, MOST_MEMBERS, GoverningBody
from maturity.ui.context import keeping_refusals
from maturity.ui.help import plain
from maturity.ui.results_choices import choose
from maturity.ui.versions_seen import Seen, say
from maturity.words.messages import counted

NEW = ""
TURN = "bodies:turn"


def show_bodies(seen: Seen) -> None:
    """Every body in a box that opens; a form for whoever may change the plan."""
    if not seen.bodies and not seen.may("edit_plan"):
        return
    box = st.expander("Bodies that decide on plans", icon=":material/groups:", key="bodies", on_change="rerun")
    if not box.open:
        return
    with box:
        for each in seen.bodies:
            st.markdown(
                f"- **{plain(each.name)}**: {plain(', '.join(each.members))}. It decides with {each.quorum} of its "
                f"{counted(len(each.members), 'member')}."
            )
        if not seen.bodies:
            st.write("No body yet. Add one, such as a data governance council, and plans can be approved by it.")
        if seen.may("edit_plan"):
            _show_editing(seen)


def _show_editing(seen: Seen) -> None:
    known = {each.id: each for each in seen.bodies}
    chosen = choose(
        "Add or change", [NEW, *known], lambda each: known[each].name if each in known else "A new body",
        key="bodies:chosen", in_address=False,
    )  # fmt: skip
    body = known.get(chosen)
    name = f"body:{chosen}:{body.row_version if body else st.session_state.get(TURN, 0)}"
    if f"{name}:name" not in st.session_state:
        st.session_state[f"{name}:name"] = body.name if body else ""
        st.session_state[f"{name}:members"] = "\n".join(body.members) if body else ""
        st.session_state[f"{name}:quorum"] = body.quorum if body else 1
    with st.form(name, border=False):
        st.text_input("Name of the body", key=f"{name}:name", max_chars=LONGEST, placeholder="Data governance council")
        st.text_area("Members, one a line", key=f"{name}:members", height=120, max_chars=8_000)
        st.number_input(
            "How many of them have to be there", min_value=1, max_value=MOST_MEMBERS, step=1, key=f"{name}:quorum"
        )
        label = "Save the body" if body else "Add the body"
        st.form_submit_button(label, type="primary", on_click=_save, args=(seen, body, name))
    if body:
        st.button(
            "Remove this body", key=f"{name}:remove", icon=":material/delete:", on_click=_remove, args=(seen, body),
            help="What it has decided stays with its versions.",
        )  # fmt: skip


def _save(seen: Seen, body: GoverningBody | None, name: str) -> None:
    here, state = seen.here, st.session_state
    called, lines = state.get(f"{name}:name") or "", (state.get(f"{name}:members") or "").splitlines()
    quorum = int(state.get(f"{name}:quorum") or 0)
    with keeping_refusals():
        if body is None:
            governing_bodies.add_body(here.workspace, here.visitor, called, lines, quorum, seen.organisation)
            say(here, f"{called} is added.")
            state[TURN] = int(state.get(TURN, 0)) + 1
        else:
            changed = replace(body, name=called, members=tuple(lines), quorum=quorum)
            governing_bodies.change_body(here.workspace, here.visitor, changed)
            say(here, f"{called} is changed.")


def _remove(seen: Seen, body: GoverningBody) -> None:
    with keeping_refusals():
        governing_bodies.remove_body(seen.here.workspace, seen.here.visitor, body)
        say(seen.here, f"{body.name} is removed.")
