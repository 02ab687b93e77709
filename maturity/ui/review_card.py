"""One question of the review: its value, its marks, and every answer beside its evidence."""

from __future__ import annotations

import streamlit as st

from maturity.operations.review import DepartmentReview, ReviewedAnswer, ReviewedQuestion
from maturity.operations.rounds import Round
from maturity.ui.clock import local
from maturity.ui.context import PageContext
from maturity.ui.evidence_download import offer_file
from maturity.ui.help import plain
from maturity.ui.review_forms import show_flag, show_value_form
from maturity.ui.review_words import (
    bare_line,
    decision_in_words,
    evidence_lines,
    file_line,
    level_name,
    marks_line,
    respondent_line,
    value_line,
)
from maturity.words.messages import on_day

STYLE = """
<style>
  /* A line above each answer, so that it is seen which evidence belongs to it. */
  [class*="st-key-answer-"] { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
  [class*="st-key-answer-"] { padding-top: 0.6rem; }
</style>
"""


def show_card(here: PageContext, round_: Round, of: DepartmentReview, asked: ReviewedQuestion) -> None:
    """A question with everything that a reviewer weighs, and what they can do about it."""
    with st.container(border=True, key=f"review-{asked.question.id}", gap="small"):
        st.caption(f"Question {asked.number} · {plain(asked.topic.name)}")
        st.subheader(plain(asked.question.text), anchor=False)
        lines = [value_line(round_.framework, asked), *decided_lines(round_, of, asked), marks_line(asked.marks)]
        st.markdown("  \n".join(line for line in lines if line))
        show_answers(here, round_, of, asked)
        show_levels(round_, asked)
        show_value_form(here, round_, of, asked)


def decided_lines(round_: Round, of: DepartmentReview, asked: ReviewedQuestion) -> list[str]:
    """Consensus and reviewed value, each with who recorded it when and why."""
    lines = []
    for name, decision in (("Consensus", asked.consensus), ("Reviewed value", asked.review)):
        if decision:
            value, by = decision_in_words(round_.framework, decision), of.name_of(decision.decided_by)
            day = on_day(local(decision.decided_at).date())
            lines.append(f"{name} **{value}**, by {plain(by)} on {day}: {plain(decision.reason)}")
    return lines


def show_answers(here: PageContext, round_: Round, of: DepartmentReview, asked: ReviewedQuestion) -> None:
    """Answers with something beside them in two columns, one under the other on a phone; the rest in one line."""
    for each in (each for each in asked.answers if has_something(each)):
        with st.container(key=f"answer-{each.respondent}-{asked.question.id}", gap="xxsmall"):
            left, right = st.columns([2, 3], gap="medium")
            left.markdown(respondent_line(round_.framework, asked, each))
            with right:
                show_evidence(here, round_, of, each)
    bare = [each for each in asked.answers if not has_something(each)]
    if bare:
        with st.container(key=f"answer-others-{asked.question.id}"):
            st.markdown(bare_line(round_.framework, asked, bare))


def has_something(given: ReviewedAnswer) -> bool:
    """Whether an answer comes with evidence, a comment or a flag."""
    return bool(given.evidence.day or given.answer.comment or given.flag)


def show_evidence(here: PageContext, round_: Round, of: DepartmentReview, given: ReviewedAnswer) -> None:
    """Note, link, strength, day and files of one answer's evidence, and the flag on it."""
    st.markdown(evidence_lines(given, round_.terms.evidence_months))
    for file in given.files:
        offer_file(here, file.id, file.name, file.media_type, file_line(file))
    if given.evidence.day or given.flag:
        show_flag(here, round_, of, given)


def show_levels(round_: Round, asked: ReviewedQuestion) -> None:
    """What the levels of the question say, drawn once it is opened: the words that evidence is held against."""
    if not asked.question.descriptors:
        return
    box = st.expander(
        "What the levels say", key=f"levels-{asked.question.id}", icon=":material/format_list_numbered:",
        on_change="rerun",
    )  # fmt: skip
    if box.open:
        lines = [
            f"- **{level_name(round_.framework, level)}.** {plain(text)}"
            for level, text in enumerate(asked.question.descriptors, start=1)
        ]
        example = asked.question.evidence
        box.markdown("\n".join(lines) + (f"\n\nEvidence could be: {plain(example)}" if example else ""))
