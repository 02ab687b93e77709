"""What can be done with a proposed version: approve it as a person or for a body, send it back, withdraw it."""

from __future__ import annotations

import streamlit as st

from maturity.operations.errors import Refused
from maturity.operations.governing_bodies import GoverningBody
from maturity.operations.plan_versions import (
    BodyDecision,
    Version,
    approve_version,
    return_version,
    withdraw_version,
)
from maturity.ui.context import keeping_refusals
from maturity.ui.help import plain
from maturity.ui.results_choices import choose
from maturity.ui.versions_seen import Seen, say
from maturity.words.messages import counted
from maturity.words.version_sentences import readiness_sentence

PERSON = ""
"""Stands for the visitor among the ids of bodies."""


def show_deciding(seen: Seen, version: Version) -> None:
    """The boxes of those who may; whoever may neither approve nor withdraw sees none."""
    approves = seen.may("approve_plan")
    if seen.changed_since(version) and (approves or seen.may("edit_plan")):
        st.warning(
            "The plan has changed since this version was proposed, so it cannot be approved any more. See what differs "
            "under “Compare two”, then have the plan proposed again as it stands now.",
            icon=":material/difference:",
        )
    elif approves:
        _show_approving(seen, version)
    if approves:
        _show_turning(seen, version, "Send it back", ":material/undo:")
    if seen.may("edit_plan"):
        _show_turning(seen, version, "Withdraw it", ":material/block:")


def _show_approving(seen: Seen, version: Version) -> None:
    name = f"approve:{version.id}"
    box = st.expander("Approve it", icon=":material/verified:", key=name, on_change="rerun")
    if not box.open:
        return
    known = {each.id: each for each in seen.bodies}
    with box:
        st.write(f"{readiness_sentence(seen.ready)} What is not ready is not signed off with this version.")
        if version.made_by == seen.here.visitor.name:
            st.caption("You proposed this version yourself. If you approve it too, the list says so.")
        me = f"{seen.here.visitor.name}, as a person"
        chosen = choose(
            "Who approves it", [PERSON, *known], lambda each: known[each].name if each in known else me,
            key=f"{name}:by", in_address=False,
        )  # fmt: skip
        body = known.get(chosen)
        if not known:
            st.caption("Bodies, such as a data governance council, are added at the end of this page.")
        place = f"{name}:{body.id}:{body.row_version}" if body else name
        with st.form(f"{place}:form", border=False):
            if body:
                _show_body(place, body)
            st.text_area("Note (optional)", key=f"{place}:note", max_chars=4_000, height=80)
            label = f"Note the approval of {plain(body.name)}" if body else "Approve this version"
            st.form_submit_button(label, type="primary", on_click=_approve, args=(seen, version, body, place))


def _show_body(place: str, body: GoverningBody) -> None:
    st.multiselect(
        f"Who was there ({body.quorum} of {counted(len(body.members), 'member')} are needed)", list(body.members),
        key=f"{place}:present",
    )  # fmt: skip
    left, right = st.columns(2)
    left.date_input("On which day it decided", value=None, key=f"{place}:on", format="DD/MM/YYYY")
    right.text_input("Where it stands in the minutes", key=f"{place}:minute", max_chars=200, placeholder="Item 4.1")


def _approve(seen: Seen, version: Version, body: GoverningBody | None, place: str) -> None:
    here, state = seen.here, st.session_state
    note, by = state.get(f"{place}:note") or "", None
    with keeping_refusals():
        if body:
            if (on := state.get(f"{place}:on")) is None:
                raise Refused(f"the day on which {body.name} decided is missing; enter it")
            there = tuple(state.get(f"{place}:present") or ())
            by = BodyDecision(body_id=body.id, on=on, present=there, minute=state.get(f"{place}:minute") or "")
        done = approve_version(here.workspace, here.visitor, version.id, note=note, by=by)
        say(here, f"Version {done.number}, {done.name}, is approved: {counted(len(done.signed), 'action')} signed off.")


def _show_turning(seen: Seen, version: Version, label: str, icon: str) -> None:
    name = f"{label}:{version.id}"
    box = st.expander(label, icon=icon, key=name, on_change="rerun")
    if not box.open:
        return
    with box, st.form(f"{name}:form", border=False):
        st.text_area("Why", key=f"{name}:why", max_chars=4_000, height=80)
        st.form_submit_button(label, on_click=_turn, args=(seen, version, label, f"{name}:why"))


def _turn(seen: Seen, version: Version, label: str, why: str) -> None:
    here, back = seen.here, label == "Send it back"
    with keeping_refusals():
        turn = return_version if back else withdraw_version
        done = turn(here.workspace, here.visitor, version.id, st.session_state.get(why) or "")
        say(here, f"Version {done.number}, {done.name}, is {'sent back' if back else 'withdrawn'}.")
