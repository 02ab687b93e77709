"""What a reviewer can do on the page: flag, record, withdraw, send back. A refusal leaves what was typed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import streamlit as st

from maturity.assessment.values import most_points
from maturity.operations import reviewing
from maturity.operations.review import DepartmentReview, ReviewedAnswer, ReviewedQuestion
from maturity.operations.rounds import Round
from maturity.ui.clock import local
from maturity.ui.context import REFUSALS, PageContext, sentence
from maturity.ui.help import plain
from maturity.ui.review_words import level_name
from maturity.words.messages import on_day, saved_at

LONGEST = 4_000
COUNTS_AFTER_CONSENSUS = "A consensus is recorded here and goes before a reviewed value; yours is kept beside it."


def tell(here: PageContext, name: str, deed: Callable[[], object], done: str, *texts: str) -> None:
    """In a callback: do it and keep the sentence about it for the page; `texts` are the inputs to empty afterwards."""
    try:
        deed()
    except REFUSALS as error:
        st.session_state[f"{name}:outcome"] = (False, sentence(error))
        return
    for text in texts:
        st.session_state[text] = ""
    st.session_state[f"{name}:outcome"] = (True, f"{saved_at(local(here.workspace.clock()))}. {done}")


def show_outcome(name: str) -> None:
    """What became of the last click, once."""
    went_well, words = st.session_state.pop(f"{name}:outcome", (True, ""))
    if words and went_well:
        st.success(plain(words), icon=":material/check:")
    elif words:
        st.error(plain(words), icon=":material/block:")


def typed(name: str) -> str:
    """What an input of this visit holds."""
    return str(st.session_state.get(name) or "")


def show_flag(here: PageContext, round_: Round, of: DepartmentReview, given: ReviewedAnswer) -> None:
    """The flag on an answer's evidence with its reason, or the form that sets one."""
    name = f"flag:{given.respondent}:{given.answer.question}"
    place = (given.respondent, given.answer.question)
    if given.flag:
        by, day = of.name_of(given.flag.flagged_by), on_day(local(given.flag.flagged_at).date())
        st.warning(f"Flagged by {plain(by)} on {day}: {plain(given.flag.reason)}", icon=":material/flag:")
        if given.changed_since_flag:
            st.caption("The answer was changed after it was flagged.")
        st.button("Clear the flag", key=f"{name}:clear", on_click=clear, args=(here, round_, name, place))
    else:
        show_flag_form(here, round_, name, place, given)
    show_outcome(name)


def show_flag_form(here: PageContext, round_: Round, name: str, place: tuple[UUID, str], given: ReviewedAnswer) -> None:
    """Drawn only once it is opened: there may be many on one page."""
    box = st.popover("Flag as weak…", key=f"{name}:box", type="tertiary", icon=":material/flag:", on_change="rerun")
    if not box.open:
        return
    with box:
        st.text_area(
            f"Why is the evidence of {plain(given.who)} weak?", key=f"{name}:reason", max_chars=LONGEST, height=90
        )
        st.caption("The respondent reads this when the answers are sent back.")
        st.button(
            "Flag the evidence", key=f"{name}:set", type="primary", on_click=flag, args=(here, round_, name, place)
        )


def flag(here: PageContext, round_: Round, name: str, place: tuple[UUID, str]) -> None:
    """In a callback: flag the evidence for the reason that was typed."""
    reason = f"{name}:reason"
    tell(
        here, name, lambda: reviewing.flag_evidence(here.workspace, here.visitor, round_, *place, typed(reason)),
        "The evidence is flagged.", reason,
    )  # fmt: skip


def clear(here: PageContext, round_: Round, name: str, place: tuple[UUID, str]) -> None:
    """In a callback: take the flag off."""
    tell(here, name, lambda: reviewing.clear_flag(here.workspace, here.visitor, round_, *place), "The flag is cleared.")


def show_value_form(here: PageContext, round_: Round, of: DepartmentReview, asked: ReviewedQuestion) -> None:
    """The form that records, changes or withdraws the reviewed value, drawn once it is opened."""
    name = f"value:{round_.id}:{of.department.code}:{asked.question.id}"
    # One label for all: with another label it would be another box, and closed again.
    box = st.expander("Reviewed value", key=f"{name}:box", icon=":material/edit_note:", on_change="rerun")
    if box.open:
        with box:
            show_value_inputs(here, round_, of, asked, name)
    show_outcome(name)


def show_value_inputs(
    here: PageContext, round_: Round, of: DepartmentReview, asked: ReviewedQuestion, name: str
) -> None:
    """The level (with what it describes) or the points, and the reason."""
    question, framework = asked.question, round_.framework
    if asked.consensus:
        st.caption(COUNTS_AFTER_CONSENSUS)
    if question.by_level:
        words = {n: level_name(framework, n) for n in range(1, framework.top_level + 1)}
        described = {n: f". {plain(text)}" for n, text in enumerate(question.descriptors, start=1)}
        st.radio(
            "Reviewed level", list(words), index=None, key=f"{name}:level",
            format_func=lambda level: f"**{words[level]}**{described.get(level, '')}",
        )  # fmt: skip
    else:
        most = float(most_points(framework, question) or 0.0)
        st.number_input(f"Reviewed points, from 0 to {most:g}", 0.0, most, value=None, key=f"{name}:level")
    st.text_area("Reason", key=f"{name}:reason", max_chars=LONGEST, height=90, placeholder="What you saw, and where")
    args = (here, round_, of.department.code, asked, name)
    with st.container(horizontal=True):
        st.button("Save the reviewed value", key=f"{name}:save", type="primary", on_click=save, args=args)
        if asked.review:
            withdrawn = "Withdraw the recorded value"
            st.button(withdrawn, key=f"{name}:withdraw", icon=":material/undo:", on_click=withdraw, args=args)


def save(here: PageContext, round_: Round, department: str, asked: ReviewedQuestion, name: str) -> None:
    """In a callback: record the value that was chosen, unless somebody recorded one meanwhile."""
    value, version = st.session_state.get(f"{name}:level"), asked.review.row_version if asked.review else 0
    if value is None:
        words = "Choose the level that you found, then save again."
        levels = asked.question.by_level
        st.session_state[f"{name}:outcome"] = (False, words if levels else words.replace("level", "number of points"))
        return
    tell(
        here, name,
        lambda: reviewing.record_review(
            here.workspace, here.visitor, round_, department, asked.question.id, float(value), typed(f"{name}:reason"),
            expected_version=version,
        ),
        "The reviewed value is recorded. The answers stay as they are.", f"{name}:reason",
    )  # fmt: skip


def withdraw(here: PageContext, round_: Round, department: str, asked: ReviewedQuestion, name: str) -> None:
    """In a callback: take the reviewed value back."""
    version = asked.review.row_version if asked.review else 0
    tell(
        here, name,
        lambda: reviewing.withdraw_review(
            here.workspace, here.visitor, round_, department, asked.question.id, expected_version=version
        ),
        "The reviewed value is withdrawn.",
    )  # fmt: skip
