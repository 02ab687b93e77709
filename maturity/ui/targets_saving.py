"""Saving a target: what the inputs hold, one click to store it, and nothing lost where the store refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from maturity.operations import targets as operations
from maturity.operations.errors import Changed
from maturity.operations.targets import first_day_of_plan
from maturity.planning.targets import MONTHS_TO_LEVEL_AFTER, MONTHS_TO_NEXT_LEVEL, add_months
from maturity.ui.clock import local
from maturity.ui.context import REFUSALS, sentence
from maturity.ui.help import plain
from maturity.ui.results_shown import Shown
from maturity.ui.targets_shown import Steps, choices_of, common_steps, in_plain_words, steps_of
from maturity.words.messages import counted, saved_at

EVERYBODY = "*"
"""Stands for all departments in the choice of a department; no code can be this."""
FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The target of a topic as it stands in the inputs, for one department or for all; `name` tells them apart."""

    shown: Shown
    name: str
    departments: tuple[str, ...]
    topic: str

    def key(self, field: str) -> str:
        """The name of one input in the session."""
        return f"target:{self.shown.round.id}:{self.name}:{self.topic}:{field}"

    @property
    def stored(self) -> Steps:
        """The steps that count now; for all departments those that they share."""
        return common_steps([steps_of(self.shown, code, self.topic) for code in self.departments])

    @property
    def rows(self) -> int:
        """How many steps there is room for: two, or as many as are stored."""
        return max(FEWEST_ROWS, len(self.stored))


def seed(draft: Draft) -> None:
    """Give the inputs what is stored, once: when they are drawn for the first time, or again after a save."""
    state = st.session_state
    if draft.key("level0") in state:
        return
    choices = choices_of(draft.shown)
    mine = choices.get((draft.name, draft.topic))
    starts = first_day_of_plan(draft.shown.round)
    usual = [add_months(starts, months) for months in (MONTHS_TO_NEXT_LEVEL, MONTHS_TO_LEVEL_AFTER)]
    for place in range(draft.rows):
        level, due = draft.stored[place] if place < len(draft.stored) else (0, usual[min(place, 1)])
        state[draft.key(f"level{place}")] = level
        state[draft.key(f"due{place}")] = due
    state[draft.key("reason")] = mine.reason if mine else ""
    state[draft.key("versions")] = versions_now(draft)


def versions_now(draft: Draft) -> dict[str, int]:
    """The row version of each department's choice, 0 where nobody has chosen."""
    choices = choices_of(draft.shown)
    found = {code: choices.get((code, draft.topic)) for code in draft.departments}
    return {code: choice.row_version if choice else 0 for code, choice in found.items()}


def drafted_steps(draft: Draft) -> tuple[Steps, str]:
    """The steps in the inputs by rising level, and what is missing in them ("" where nothing is)."""
    steps: list[tuple[int, date]] = []
    for place in range(draft.rows):
        level = st.session_state.get(draft.key(f"level{place}"))
        due = st.session_state.get(draft.key(f"due{place}"))
        if level and not due:
            return tuple(sorted(steps)), f"Choose the day by which level {level} is to be reached."
        if level and due:
            steps.append((level, due))
    return tuple(sorted(steps)), ""


def save(draft: Draft) -> None:
    """In a callback: store what the inputs hold."""
    steps, missing = drafted_steps(draft)
    if missing:
        st.session_state[draft.key("outcome")] = ("refused", missing)
    elif not steps:
        words = "No level is chosen. Choose one, or choose “No target here”."
        st.session_state[draft.key("outcome")] = ("refused", words)
    else:
        store(draft, steps)


def save_none(draft: Draft) -> None:
    """In a callback: store that no target is wanted here."""
    store(draft, ())


def store(draft: Draft, steps: Steps) -> None:
    """Write the steps for each department; the inputs are seeded anew only where every one of them was taken."""
    shown, state = draft.shown, st.session_state
    reason, versions = state.get(draft.key("reason")) or "", dict(state.get(draft.key("versions")) or {})

    def write(code: str) -> None:
        versions[code] = operations.set_target(
            shown.here.workspace,
            shown.here.visitor,
            shown.round,
            code,
            draft.topic,
            steps,
            reason,
            expected_version=versions.get(code, 0),
        )

    saved = attempt(draft, write)
    state[draft.key("versions")] = versions
    if saved:
        state[draft.key("outcome")] = ("saved", f"{in_plain_words(shown.framework, steps)}.")


def reset(draft: Draft) -> None:
    """In a callback: forget the choice, so that the default counts again."""
    shown = draft.shown
    chosen = [code for code in draft.departments if (code, draft.topic) in choices_of(shown)]

    def write(code: str) -> None:
        if code in chosen:
            operations.reset_target(shown.here.workspace, shown.here.visitor, shown.round, code, draft.topic)

    if attempt(draft, write):
        st.session_state[draft.key("outcome")] = ("saved", "The default counts again.")


def attempt(draft: Draft, write: Callable[[str], None]) -> bool:
    """Write for each department; True where all were taken. A refusal is kept to be shown, and the inputs stay."""
    state, refused, changed = st.session_state, [], []
    for code in draft.departments:
        try:
            write(code)
        except Changed as error:
            changed.append((code, sentence(error)))
        except REFUSALS as error:
            refused.append((code, sentence(error)))
    state[draft.key("changed")] = changed
    if not refused and not changed:
        forget(draft)
        return True
    done = len(draft.departments) - len(refused) - len(changed)
    words = " ".join(dict.fromkeys(said for _, said in refused))
    if done:
        words = f"{words} Saved for {counted(done, 'department')} of {len(draft.departments)}.".strip()
    state[draft.key("outcome")] = ("refused", words)
    return False


def forget(draft: Draft) -> None:
    """Drop the inputs, so that they are seeded from the store when they are drawn again."""
    beginning = draft.key("")
    for name in [name for name in st.session_state if isinstance(name, str) and name.startswith(beginning)]:
        del st.session_state[name]


def show_outcome(draft: Draft) -> None:
    """What became of the last click, until the next one."""
    kind, words = st.session_state.pop(draft.key("outcome"), ("", ""))
    if kind == "saved":
        now = local(draft.shown.here.workspace.clock())
        st.success(plain(f"{saved_at(now)}. {words}"), icon=":material/check:")
    elif words:
        st.error(plain(words), icon=":material/block:")


def show_conflict(draft: Draft) -> None:
    """Where somebody else set the same target meanwhile: theirs and yours, and a button for each."""
    changed: list[tuple[str, str]] = st.session_state.get(draft.key("changed")) or []
    if not changed:
        return
    framework = draft.shown.framework
    st.warning("Somebody changed this target meanwhile. Nothing of yours is lost.", icon=":material/sync_problem:")
    for code, said in changed:
        theirs = in_plain_words(framework, steps_of(draft.shown, code, draft.topic))
        st.markdown(f"**{plain(draft.shown.name(code))}.** In the store: {plain(theirs)}. {plain(said)}")
    st.markdown(f"Yours: {plain(in_plain_words(framework, drafted_steps(draft)[0]))}.")
    with st.container(horizontal=True):
        st.button("Save mine all the same", key=draft.key("mine"), on_click=insist, args=(draft,))
        st.button("Take theirs", key=draft.key("theirs"), on_click=forget, args=(draft,))


def insist(draft: Draft) -> None:
    """In a callback: having seen the other version, save one's own over it."""
    state: Any = st.session_state
    state[draft.key("versions")] = versions_now(draft)
    save(draft)
