"""The view in which a target is set: a level with its date, and beside it what that level looks like."""

from __future__ import annotations

import streamlit as st

from maturity.operations.targets import first_day_of_plan
from maturity.planning.targets import Target, check_targets
from maturity.ui.help import number_help, plain
from maturity.ui.pictures import show_table
from maturity.ui.results_choices import choose
from maturity.ui.results_shown import Shown, kept
from maturity.ui.results_tables import in_words, level_in_words
from maturity.ui.targets_gaps import may_set
from maturity.ui.targets_saving import (
    EVERYBODY,
    Draft,
    drafted_steps,
    reset,
    save,
    save_none,
    seed,
    show_conflict,
    show_outcome,
)
from maturity.ui.targets_shown import (
    choices_of,
    in_plain_words,
    origin,
    readiness_of,
    standing_of,
    steps_of,
    targets_table,
)
from maturity.words.messages import counted
from maturity.words.plan_sentences import target_warning

ORDINAL = ("Level to reach", "Level after that", "Third level", "Fourth level", "Fifth level")
MOST_WARNED = 3


def show_editor(shown: Shown) -> None:
    """A department and a topic are chosen; the target there can be read, and set by whoever may."""
    may_edit = may_set(shown)
    department, topic = choose_place(shown, may_edit)
    if may_edit:
        show_form(shown, draft_of(shown, department, topic))
    if department == EVERYBODY:
        return
    if not may_edit:
        show_meaning(shown, topic, [level for level, _ in steps_of(shown, department, topic)])
    st.subheader(plain(f"Targets of {shown.name(department)}"))
    st.caption("A default counts until somebody sets a target; nobody has decided on it.", help=number_help("gap"))
    show_table(kept("targets table", (shown.key, department), lambda: targets_table(shown, department)))


def choose_place(shown: Shown, may_edit: bool) -> tuple[str, str]:
    """The department (or all of them, where targets may be set) and the topic."""
    topics = shown.framework.topics
    departments = [*shown.scores.departments, *([EVERYBODY] if may_edit else [])]
    with st.container(horizontal=True):
        department = choose(
            "Department",
            departments,
            lambda code: "All departments" if code == EVERYBODY else shown.name(code),
            key="targets_of",
            width=320,
        )
        topic = choose("Topic", list(topics), lambda code: topics[code].name, key="targets_topic", width=320)
    return department, topic


def draft_of(shown: Shown, department: str, topic: str) -> Draft:
    """What is being edited: for one department, or for all that take part."""
    departments = shown.scores.departments if department == EVERYBODY else (department,)
    return Draft(shown=shown, name=department, departments=departments, topic=topic)


def show_form(shown: Shown, draft: Draft) -> None:
    """The inputs of a target with what they mean beside them; saved in one click."""
    seed(draft)
    show_where_it_stands(shown, draft)
    left, right = st.columns([2, 3], gap="large")
    with left:
        show_steps(shown, draft)
        st.text_input("Reason", key=draft.key("reason"), max_chars=1_000, placeholder="Why this level by this day")
        show_warnings(shown, draft)
        show_buttons(draft)
        show_outcome(draft)
    with right:
        show_meaning(shown, draft.topic, [level for level, _ in drafted_steps(draft)[0]])
    show_conflict(draft)


def show_where_it_stands(shown: Shown, draft: Draft) -> None:
    """Score, level and the target that counts now, with who set it or that it is a default."""
    if draft.name == EVERYBODY:
        st.caption(f"What you save here is set for {counted(len(draft.departments), 'department')} at once.")
        return
    dimension = shown.framework.dimension_of[draft.topic].id
    score = shown.scores.of(draft.name, dimension, draft.topic)
    steps = steps_of(shown, draft.name, draft.topic)
    choice = choices_of(shown).get((draft.name, draft.topic))
    st.markdown(
        f"Score {in_words(score.score)}, level {plain(level_in_words(shown.framework, score.level))}. "
        f"{'Target now: ' if steps else ''}{plain(in_plain_words(shown.framework, steps))}."
    )
    if choice:
        why = f": {plain(choice.reason)}" if choice.reason else ""
        st.caption(f"Set by {plain(origin(choice, steps))}{why}")
    elif steps:
        st.badge("Default, nobody has set it", icon=":material/settings_suggest:", color="gray")


def show_steps(shown: Shown, draft: Draft) -> None:
    """A level and its day for each step of the target."""
    levels = [0, *range(2, shown.framework.top_level + 1)]
    earliest = min([first_day_of_plan(shown.round), *(due for _, due in draft.stored)])
    for place in range(draft.rows):
        first, second = st.columns(2)
        first.selectbox(
            ORDINAL[place],
            levels,
            format_func=lambda level: level_in_words(shown.framework, level) if level else "None",
            key=draft.key(f"level{place}"),
        )
        second.date_input("By", key=draft.key(f"due{place}"), format="DD/MM/YYYY", min_value=earliest)


def show_meaning(shown: Shown, topic: str, levels: list[int]) -> None:
    """What the topic looks like at the levels aimed at: the descriptor of each of its questions."""
    if not levels:
        st.caption("Choose a level to see what it looks like.")
    for level in dict.fromkeys(levels):
        st.markdown(f"**Level {plain(level_in_words(shown.framework, level))} in this topic**")
        said = shown.framework.descriptor(topic, level) or (shown.framework.levels[level - 1].meaning,)
        st.markdown("\n".join(f"- {plain(each)}" for each in said))


def show_warnings(shown: Shown, draft: Draft) -> None:
    """What to think over in the steps as they stand in the inputs, before anything is saved."""
    steps, missing = drafted_steps(draft)
    if missing:
        st.warning(missing, icon=":material/event:")
    targets = [
        Target(department=code, topic=draft.topic, level=level, due=due, chosen=True)
        for code in draft.departments
        for level, due in steps
    ]
    starts, caps = first_day_of_plan(shown.round), readiness_of(shown).caps
    found = check_targets(targets, standing_of(shown).reached, starts, shown.framework.top_level, caps)
    by_words: dict[str, list[str]] = {}
    for warning in found:
        by_words.setdefault(target_warning(warning), []).append(shown.name(warning.department))
    for words, names in list(by_words.items())[:MOST_WARNED]:
        who = f" ({', '.join(dict.fromkeys(names))})" if draft.name == EVERYBODY else ""
        st.warning(plain(words + who), icon=":material/warning:")
    if len(by_words) > MOST_WARNED:
        st.caption(f"And {counted(len(by_words) - MOST_WARNED, 'more warning')} of this kind.")


def show_buttons(draft: Draft) -> None:
    """Save, wish for no target, go back to the default."""
    with st.container(horizontal=True):
        st.button("Save target", key=draft.key("save"), on_click=save, args=(draft,), type="primary")
        st.button("No target here", key=draft.key("none"), on_click=save_none, args=(draft,))
        if any((code, draft.topic) in choices_of(draft.shown) for code in draft.departments):
            st.button("Reset to default", key=draft.key("reset"), on_click=reset, args=(draft,))
