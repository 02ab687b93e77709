"""How much each topic matters here: five described steps, set by a named person with a reason."""

from __future__ import annotations

import streamlit as st

from maturity.operations import targets as operations
from maturity.planning.targets import IMPORTANCE_STEPS, USUAL_IMPORTANCE
from maturity.ui.clock import local
from maturity.ui.context import REFUSALS, sentence
from maturity.ui.help import number_help, plain
from maturity.ui.pictures import show_table
from maturity.ui.results_choices import choose
from maturity.ui.results_shown import Shown, kept
from maturity.ui.targets_gaps import may_set
from maturity.ui.targets_shown import importance_table, importances_of
from maturity.words.messages import saved_at


def show_importance(shown: Shown) -> None:
    """Every topic with its importance, who said so and why; a form for whoever may set it."""
    st.caption("Priority is gap times importance.", help=number_help("importance"))
    show_table(kept("importance table", shown.key, lambda: importance_table(shown.framework, importances_of(shown))))
    if may_set(shown):
        show_form(shown)


def show_form(shown: Shown) -> None:
    """One topic at a time; the inputs keep what they hold where a save is refused."""
    topics = shown.framework.topics
    st.subheader("Set the importance of a topic")
    topic = choose("Topic", list(topics), lambda code: topics[code].name, key="importance_topic")
    said = next(each for each in importances_of(shown) if each.topic == topic)
    name = f"importance:{shown.round.id}:{said.topic}"
    if f"{name}:step" not in st.session_state:
        st.session_state[f"{name}:step"], st.session_state[f"{name}:reason"] = said.importance, said.reason
    st.radio(
        "Importance",
        list(IMPORTANCE_STEPS),
        format_func=lambda step: f"{step}: {IMPORTANCE_STEPS[step]}",
        key=f"{name}:step",
        help=number_help("importance"),
    )
    st.text_input(
        "Reason", key=f"{name}:reason", max_chars=1_000, placeholder="What in this organisation depends on it"
    )
    st.button("Save importance", key=f"{name}:save", type="primary", on_click=save, args=(shown, said.topic, name))
    show_outcome(shown, name)


def save(shown: Shown, topic: str, name: str) -> None:
    """In a callback: store the step and the reason that the inputs hold; a refusal leaves them as they are."""
    here, state = shown.here, st.session_state
    step, reason = int(state.get(f"{name}:step") or USUAL_IMPORTANCE), state.get(f"{name}:reason") or ""
    try:
        operations.set_importance(here.workspace, here.visitor, shown.round, topic, step, reason)
    except REFUSALS as error:
        state[f"{name}:outcome"] = ("refused", sentence(error))
    else:
        state[f"{name}:outcome"] = ("saved", f"{shown.framework.topics[topic].name}: {step}, {IMPORTANCE_STEPS[step]}.")


def show_outcome(shown: Shown, name: str) -> None:
    """What became of the last click."""
    kind, words = st.session_state.pop(f"{name}:outcome", ("", ""))
    if kind == "saved":
        now = local(shown.here.workspace.clock())
        st.success(plain(f"{saved_at(now)}. {words}"), icon=":material/check:")
    elif words:
        st.error(plain(words), icon=":material/block:")
