"""What can be done with an edition: proposed, approved by a second person or for a body, sent back, given up,
withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from maturity.access.permissions import Verb
from maturity.operations import edition_approval as approval
from maturity.operations.edition_approval import BodyDecision
from maturity.operations.editions import Preview
from maturity.operations.errors import Refused
from maturity.operations.governing_bodies import GoverningBody, bodies
from maturity.roadmap.editions import KeptEdition
from maturity.ui.context import PageContext
from maturity.ui.editions_seen import answer, may_here, organisation_name, show_answer, told
from maturity.ui.help import plain
from maturity.ui.results_choices import choose
from maturity.words.edition_sentences import STATES
from maturity.words.messages import counted

PERSON = ""
"""Stands for the visitor among the ids of bodies."""
DEEDS: dict[str, list[tuple[str, str, Verb]]] = {
    "draft": [("propose", "Propose it", "publish"), ("give_up", "Give it up", "publish")],
    "proposed": [
        ("approve", "Approve and publish it", "approve_edition"), ("return", "Send it back", "approve_edition"),
        ("give_up", "Give it up", "publish"),
    ],
    "published": [("withdraw", "Withdraw it", "approve_edition")],
}  # fmt: skip


TURNS: dict[str, Callable[..., KeptEdition]] = {
    "return": approval.return_edition, "give_up": approval.give_up_edition, "withdraw": approval.withdraw_edition,
}  # fmt: skip


def place_of(kept: KeptEdition) -> str:
    """Where it is said what came of a deed: an edition's, whatever it is by now."""
    return f"edition:{kept.id}:deeds"


def show_deeds(here: PageContext, look: Preview) -> None:
    """A field for the note and a button for each deed that the visitor may do; then what came of the last one."""
    kept, key = look.kept, f"edition:{look.kept.id}:{look.kept.state}"
    allowed = [each for each in DEEDS.get(kept.state, []) if may_here(here, each[2])]
    if allowed:
        shown = kept.state == "proposed" and may_here(here, "approve_edition")
        body = _show_approver(here, kept, key) if shown else None
        alone = body is None and _is_proposer(here, kept)
        st.text_area("Note, or the reason", key=f"{key}:note", max_chars=4_000, height=80)
        with st.container(horizontal=True):
            for deed, label, _ in allowed:
                kind: Literal["primary", "secondary"] = "primary" if deed in ("propose", "approve") else "secondary"
                # Another name with each version: what was drawn before somebody changed the edition can do nothing.
                st.button(
                    label, key=f"{key}:{kept.row_version}:{deed}", type=kind, on_click=_do,
                    args=(here, kept, deed, key, body), disabled=deed == "approve" and alone,
                )  # fmt: skip
    show_answer(place_of(kept))


def _show_approver(here: PageContext, kept: KeptEdition, key: str) -> GoverningBody | None:
    """Who approves it: the visitor, or a body whose decision is noted; with its fields."""
    known = {each.id: each for each in bodies(here.workspace, here.visitor, organisation_name(here))}
    me = f"{here.visitor.name}, as a person"
    chosen = choose(
        "Who approves it", [PERSON, *known], lambda each: known[each].name if each in known else me, key=f"{key}:by",
        in_address=False,
    )  # fmt: skip
    if body := known.get(chosen):
        _show_body(f"{key}:{body.id}:{body.row_version}", body)
        return body
    if _is_proposer(here, kept):
        st.caption("You proposed it, so somebody else approves it. You can note the decision of a body.")
    if not known:
        st.caption("Bodies, such as a data governance council, are added at the end of the page Versions.")
    return None


def _is_proposer(here: PageContext, kept: KeptEdition) -> bool:
    proposer = kept.last("proposed")
    return proposer is not None and proposer.person == here.visitor.person


def _show_body(place: str, body: GoverningBody) -> None:
    st.multiselect(
        f"Who was there ({body.quorum} of {counted(len(body.members), 'member')} are needed)", list(body.members),
        key=f"{place}:present",
    )  # fmt: skip
    left, right = st.columns(2)
    left.date_input("On which day it decided", value=None, key=f"{place}:on", format="DD/MM/YYYY")
    right.text_input("Where it stands in the minutes", key=f"{place}:minute", max_chars=200, placeholder="Item 4.1")
    st.caption("Residents read the name of the body. Who was there stays inside.")


def _decision(key: str, body: GoverningBody) -> BodyDecision:
    state, place = st.session_state, f"{key}:{body.id}:{body.row_version}"
    if (on := state.get(f"{place}:on")) is None:
        raise Refused(f"the day on which {body.name} decided is missing; enter it")
    there = tuple(state.get(f"{place}:present") or ())
    return BodyDecision(body_id=body.id, on=on, present=there, minute=state.get(f"{place}:minute") or "")


def _do(here: PageContext, kept: KeptEdition, deed: str, key: str, body: GoverningBody | None) -> None:
    mine, note = told(), st.session_state.get(f"{key}:note") or ""
    ws, who = here.workspace, here.visitor

    def turn() -> str:
        if deed == "propose":
            done = approval.propose_edition(ws, who, kept.id, kept.row_version, note)
        elif deed == "approve":
            by = _decision(key, body) if body else None
            done = approval.approve_edition(ws, who, kept.id, kept.row_version, note=note, by=by)
        else:
            done = TURNS[deed](ws, who, kept.id, kept.row_version, note)
        return f"{plain(done.name)}: {STATES[done.state].lower()}."

    answer(mine, place_of(kept), turn, once=f"{key}:{kept.row_version}:{deed}")
