"""The organisation's objectives: what each aims at by when, which topics serve it, and what these weigh in a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from maturity.access.permissions import may
from maturity.operations import objectives as operations
from maturity.planning.objectives import Objective
from maturity.ui.clock import local
from maturity.ui.context import keeping_refusals, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.results_choices import choose
from maturity.ui.results_shown import Shown
from maturity.words.messages import saved_at
from maturity.words.objective_sentences import EMPHASIS, NO_OBJECTIVES, aim_in_words

NEW = "new"
SAID = "objective:said"
INPUTS = ("name", "goal", "topics", "emphasis", "measure", "unit", "baseline", "aim", "due")


def show_objectives(shown: Shown) -> None:
    """Every objective; a form for whoever may change the plan."""
    found = operations.objectives(shown.here.workspace, shown.here.visitor, shown.round.organisation)
    show_kept_refusals()
    if said := st.session_state.pop(SAID, None):
        st.success(said, icon=":material/check:")
    if found:
        st.caption(
            "Topics that serve an objective can weigh more when a plan is made. Where several objectives name a topic, "
            "the one that asks for most counts."
        )
        for each in found:
            _show_one(shown, each)
    else:
        st.info(NO_OBJECTIVES)
    if may(shown.here.visitor, "edit_plan", None, shown.round.organisation_id):
        _show_editing(shown, found)


def _show_one(shown: Shown, objective: Objective) -> None:
    names = {code: topic.name for code, topic in shown.framework.topics.items()}
    topics = ", ".join(names.get(code, code) for code in objective.topics)
    lines = [
        plain(objective.goal),
        f"**Target**: {aim}." if (aim := plain(aim_in_words(objective))) else "",
        f"**Topics that serve it**: {plain(topics)}. In a plan they weigh {EMPHASIS[objective.emphasis]}."
        if topics
        else "",
        f"Set by {plain(objective.set_by)}." if objective.set_by else "",
    ]
    with st.container(border=True):
        st.subheader(plain(objective.name), anchor=False)
        st.markdown("  \n".join(each for each in lines if each))


def _show_editing(shown: Shown, found: tuple[Objective, ...]) -> None:
    st.subheader("Add or change an objective")
    by_id = {each.id: each for each in found}
    labels = {NEW: "A new objective"} | {each.id: each.name for each in found}
    chosen = choose("Objective", list(labels), labels.__getitem__, key="objective:chosen")
    objective = by_id.get(chosen)
    name = f"objective:{chosen}:{objective.row_version if objective else 0}:{_turn()}"
    _seed(name, objective)
    with st.form(name):
        _show_inputs(shown, name)
        label = "Save the objective" if objective else "Add the objective"
        st.form_submit_button(label, type="primary", on_click=_save, args=(shown, objective, name))
    if objective:
        st.button(
            "Remove this objective", key=f"{name}:remove", icon=":material/delete:", on_click=_remove,
            args=(shown, objective),
            help="Its topics lose its weight. Actions that serve it in plans made before keep its name.",
        )  # fmt: skip


def _turn() -> int:
    """How often the form for a new one has been filled anew; part of the names of its inputs."""
    return int(st.session_state.get("objective:turn", 0))


def _seed(name: str, objective: Objective | None) -> None:
    """Give the inputs what is stored, once."""
    if f"{name}:name" in st.session_state:
        return
    filled = objective or Objective(id="", name="")
    for each in INPUTS:
        value = getattr(filled, each)
        st.session_state[f"{name}:{each}"] = list(value) if each == "topics" else value


def _show_inputs(shown: Shown, name: str) -> None:
    topics = {code: topic.name for code, topic in shown.framework.topics.items()}
    known = list(dict.fromkeys([*topics, *st.session_state[f"{name}:topics"]]))
    st.text_input("Name", key=f"{name}:name", max_chars=200, placeholder="As the corporate plan has it")
    st.text_area("The goal it serves", key=f"{name}:goal", max_chars=1_000, height=80)
    st.multiselect("Topics that serve it", known, format_func=lambda code: topics.get(code, code), key=f"{name}:topics")
    st.selectbox(
        "In a plan these topics weigh", list(EMPHASIS), format_func=EMPHASIS.__getitem__, key=f"{name}:emphasis",
        help="Multiplied with the importance of the topic. It changes which actions come first, no score.",
    )  # fmt: skip
    st.markdown("**Its target** (optional)")
    left, right = st.columns(2)
    left.text_input("What is measured", key=f"{name}:measure", max_chars=200)
    right.text_input("Unit", key=f"{name}:unit", max_chars=60, placeholder="% of residents")
    first, second, third = st.columns(3)
    first.number_input("Today", key=f"{name}:baseline", format="%.2f", step=1.0)
    second.number_input("Target", key=f"{name}:aim", format="%.2f", step=1.0)
    third.date_input("Due on", key=f"{name}:due", format="DD/MM/YYYY", min_value=date(2000, 1, 1))


def _save(shown: Shown, objective: Objective | None, name: str) -> None:
    """In a callback: store what the inputs hold; a refusal leaves them as they are."""
    filled: dict[str, Any] = {each: st.session_state.get(f"{name}:{each}") for each in INPUTS}
    texts = {each: filled[each] or "" for each in ("name", "goal", "measure", "unit")}
    filled |= {**texts, "topics": tuple(filled["topics"] or ()), "emphasis": filled["emphasis"] or 1.0}
    here = shown.here
    with keeping_refusals():
        if objective is None:
            saved = operations.add_objective(
                here.workspace, here.visitor, organisation=shown.round.organisation, **filled
            )
            st.session_state["objective:turn"] = _turn() + 1
        else:
            saved = operations.edit_objective(here.workspace, here.visitor, replace(objective, **filled))
        _say(shown, f"“{saved.name}” counts when a plan is made.")


def _remove(shown: Shown, objective: Objective) -> None:
    with keeping_refusals():
        operations.remove_objective(shown.here.workspace, shown.here.visitor, objective)
        _say(shown, f"“{objective.name}” is removed.")


def _say(shown: Shown, words: str) -> None:
    st.session_state[SAID] = plain(f"{saved_at(local(shown.here.workspace.clock()))}. {words}")
