"""How the owner and the head stand to an opened action, and taking over what they ask for or noting what they said."""

from __future__ import annotations

from datetime import date

import streamlit as st

from maturity.operations import acceptance as operations
from maturity.operations.errors import Refused
from maturity.roadmap.acceptance import Acceptance, Answer, Part, stand_of
from maturity.roadmap.actions import Action
from maturity.ui.clock import local
from maturity.ui.context import PageContext, keeping_refusals
from maturity.ui.help import plain
from maturity.ui.plan import PlanView
from maturity.ui.plan_fields import seed, written
from maturity.words.delivery_sentences import days_from_to, stands

ANSWERS: dict[Answer, str] = {"accepted": "Accepts it", "amended": "Asks for other days", "refused": "Refuses it"}
ICONS = {"accepted": ":material/check:", "amended": ":material/sync_alt:", "refused": ":material/block:"}


def show_acceptance(view: PlanView, action: Action) -> None:
    """One sentence for the owner and one for the head; whoever may change the plan can take amended days over and note
    an answer that was given elsewhere."""
    if action.done_on:
        return
    said = answers_to(view.here, view.organisation.name, action)
    parts: tuple[Part, ...] = ("owner", "head") if action.department else ("owner",)
    for part in parts:
        stand = stand_of(action, part, said)
        st.markdown(f"{ICONS.get(stand, ':material/hourglass_empty:')} {plain(standing(view, action, part, said))}")
        if stand == "amended" and view.editable:
            st.button(
                "Take these days over" if part == "owner" else "Take these person-days over",
                key=f"plan:{action.id}:{action.row_version}:take:{part}", on_click=_take, args=(view, action, part),
            )  # fmt: skip
    if view.editable:
        _show_noting(view, action)


def answers_to(here: PageContext, organisation: str, action: Action) -> tuple[Acceptance, ...]:
    """What was said to one action, the earliest first."""
    every = operations.acceptances(here.workspace, here.visitor, organisation)
    return tuple(each for each in every if each.code == action.code)


def standing(view: PlanView, action: Action, part: Part, said: tuple[Acceptance, ...]) -> str:
    """How the owner or the head stands, in one or two sentences."""
    last = next((each for each in reversed(said) if each.part == part), None)
    head = f"The head of {view.name(action.department)}" if action.department else ""
    who = view.name(action.owner) if part == "owner" else head
    stand = stand_of(action, part, said)
    if last is None:
        return stands(stand, who)
    noted = last.made_by if part == "owner" else ""
    return stands(
        stand, who, on=local(last.made_at).date(), note=last.note, noted_by=noted, wanted=wanted_words(last, action),
        said=last.answer,
    )  # fmt: skip


def wanted_words(said: Acceptance, action: Action) -> str:
    """What is asked for instead, in words: other days, or another number of person-days."""
    if "days" in said.wanted:
        return f"{said.wanted['days']:g} person-days"
    if said.wanted:
        start, finish = (date.fromisoformat(said.wanted[each]) for each in ("start", "finish"))
        return days_from_to(start, finish)
    return ""


def _take(view: PlanView, action: Action, part: Part) -> None:
    with keeping_refusals():
        operations.take_amendment(view.here.workspace, view.here.visitor, action.id, action.row_version, part)
        st.session_state["plan:said"] = "Taken over, and accepted so."


def _show_noting(view: PlanView, action: Action) -> None:
    box = st.expander("Note what the owner said elsewhere", key=f"plan:noting:{action.id}", on_change="rerun",
                      icon=":material/edit_note:")  # fmt: skip
    if not box.open:
        return
    with box, st.form(_key(action, "form"), border=False):
        st.radio(
            "The owner", list(ANSWERS), key=_key(action, "answer"), format_func=lambda a: ANSWERS[a], horizontal=True
        )
        left, right = st.columns(2)
        for column, name, label in ((left, "start", "From"), (right, "finish", "To")):
            seed(_key(action, name), getattr(action, name))
            column.date_input(f"{label}, where other days are asked for", key=_key(action, name), format="DD/MM/YYYY")
        st.text_input("Where and when, and why", key=_key(action, "note"), max_chars=1_000,
                      placeholder="In the meeting of 3 May: the supplier is late")  # fmt: skip
        st.form_submit_button("Note it", on_click=_note, args=(view, action))


def _key(action: Action, name: str) -> str:
    return f"plan:{action.id}:{action.row_version}:noting:{name}"


def _note(view: PlanView, action: Action) -> None:
    with keeping_refusals():
        answer: Answer = st.session_state.get(_key(action, "answer")) or "accepted"
        days = {name: st.session_state.get(_key(action, name)) for name in ("start", "finish")}
        if answer == "amended" and None in days.values():
            raise Refused("say from when to when the owner asks for")
        other = days if answer == "amended" else {}
        operations.note_answer(
            view.here.workspace, view.here.visitor, action.id, action.row_version, answer,
            note=written(_key(action, "note")), **other,
        )  # fmt: skip
        st.session_state["plan:said"] = "Noted."
        for name in ("answer", "start", "finish", "note"):
            st.session_state.pop(_key(action, name), None)
