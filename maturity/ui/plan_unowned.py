"""The warning about actions that nobody answers for, and handing all of one owner's over to somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from maturity.operations.errors import Refused
from maturity.operations.owners import Unanswered, hand_over_actions
from maturity.roadmap.actions import Action
from maturity.ui.context import keeping_refusals
from maturity.ui.help import plain
from maturity.ui.navigation import link_to
from maturity.ui.plan import PlanView
from maturity.ui.plan_fields import written
from maturity.ui.plan_owner import PERSON, choices, unowned
from maturity.words.delivery_sentences import handed_over, nobody_answers, not_answering
from maturity.words.messages import counted

MOST_LINKS = 8
LAST = {"no_way_in": 1, "only_role": 2}


@dataclass(frozen=True, slots=True)
class Silent:
    """An owner who does not answer, with their open actions: `key` as `operations.owners` takes it."""

    key: str
    name: str
    why: Unanswered
    actions: tuple[Action, ...]

    @property
    def said(self) -> str:
        """Who it is, why, and of how many actions."""
        return not_answering(self.name or "Nobody", self.why, len(self.actions))


def show_unowned(view: PlanView) -> None:
    """One warning, with the actions and the form behind it; nothing where all is well or the plan cannot be changed."""
    if not view.editable:
        return
    silent = silent_owners(view)
    if not silent:
        return
    outside = sum(len(each.actions) for each in silent if each.why == "no_way_in")
    whole = sum(len(each.actions) for each in silent)
    st.warning(nobody_answers(whole - outside, outside), icon=":material/person_alert:")
    box = st.expander("See which, and give them to somebody", key="plan:unowned", on_change="rerun",
                      icon=":material/person_add:")  # fmt: skip
    if box.open:
        with box:
            _show_hand_over(view, silent)
            for each in silent:
                _show_actions(view, each)


def silent_owners(view: PlanView) -> list[Silent]:
    """Who does not answer, each with their actions in the order of the plan: first who is gone, last the roles."""
    found: dict[str, list[Action]] = {}
    why: dict[str, Unanswered] = {}
    demo = view.here.demo  # nobody comes in to the demo city by a link
    for each in (each for each in unowned(view) if not (demo and each.why == "no_way_in")):
        key = each.action.owner_person or each.action.owner
        found.setdefault(key, []).append(each.action)
        why[key] = each.why
    every = [Silent(key, view.name(of[0].owner), why[key], tuple(of)) for key, of in found.items()]
    return sorted(every, key=lambda each: (LAST.get(each.why, 0), -len(each.actions), each.name))


def _show_actions(view: PlanView, silent: Silent) -> None:
    st.markdown(f"**{plain(silent.said)}**")
    for each in silent.actions[:MOST_LINKS]:
        where = f" ({view.name(each.department)})" if each.department else ""
        link_to("plan", plain(each.title + where), action=each.code)
    if silent.why == "no_way_in":
        link_to("people", f"Make {plain(silent.name)} a link on People", icon=":material/link:")
    if len(silent.actions) > MOST_LINKS:
        st.caption(f"And {counted(len(silent.actions) - MOST_LINKS, 'more action')}.")


def _show_hand_over(view: PlanView, silent: Sequence[Silent]) -> None:
    known = choices(view)
    if not known.people:
        st.write("Nobody has a role here yet who could own them. Add people first.")
        link_to("people", "Add people on People")
        return
    with st.form("plan:handing", border=False):
        by_key = {each.key: each for each in silent}
        st.selectbox(
            "Hand over the actions of", list(by_key), key="plan:handing:from", format_func=lambda key: by_key[key].said
        )
        st.selectbox(
            "To", [f"{PERSON}{each}" for each in known.people], index=None, key="plan:handing:to",
            format_func=known.owner_words, placeholder="Choose somebody",
        )  # fmt: skip
        st.text_input("Why", key="plan:handing:why", max_chars=1_000)
        st.form_submit_button("Hand them over", type="primary", on_click=_hand_over, args=(view, by_key))


def _hand_over(view: PlanView, by_key: dict[str, Silent]) -> None:
    with keeping_refusals():
        silent = by_key[st.session_state["plan:handing:from"]]
        to = written("plan:handing:to").removeprefix(PERSON)
        if not to:
            raise Refused("choose who gets the actions")
        given = hand_over_actions(
            view.here.workspace, view.here.visitor, silent.key, to, written("plan:handing:why"),
            seen={each.id: each.row_version for each in silent.actions}, organisation=view.organisation.name,
        )  # fmt: skip
        said = handed_over(len(given), silent.name or "nobody", given[0].owner)
        for name in ("from", "to", "why"):
            st.session_state.pop(f"plan:handing:{name}", None)
        st.session_state["plan:said"] = plain(said)
