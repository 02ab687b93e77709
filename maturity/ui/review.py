"""The review page: which round and department, what to look at first, and one card for each question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import streamlit as st

from maturity.assessment.marks import MARKS, Mark
from maturity.operations.review import DepartmentReview, reviewable_departments
from maturity.operations.rounds import Round
from maturity.ui import cached
from maturity.ui.context import PageContext, page_context
from maturity.ui.help import number_help
from maturity.ui.results_choices import choose
from maturity.ui.review_card import STYLE, show_card
from maturity.ui.review_optimism import show_optimism_in_review
from maturity.ui.review_people import show_people
from maturity.words.messages import percent

NO_ROUND = "No round to review. A round can be reviewed from the day it opens until it is signed off."
NO_DEPARTMENT = "No department of this round is yours to review. Choose another round, or ask the administrator."
NO_ANSWERS = "Nobody in this department has sent answers yet. Drafts are never shown here."
WHAT_IT_IS = (
    "Answers that were sent, beside their evidence. Flag evidence that does not hold, and record what you found: "
    "it stands beside the answers and changes none of them."
)
MARKS_HELP = (
    "High level, weak evidence: the value is in the upper quarter of the scale, and no unflagged evidence says in use "
    "or checked by others. Aged: older than the round's terms allow. Not reviewed yet: no reviewed value is recorded."
)
EVERYTHING = "all"
A_PAGE = 5
"""Questions shown at a time: more would make a long way to scroll, and a slow one."""
Show = Literal["all"] | Mark


@st.fragment
def show_review() -> None:
    """The whole page below its title."""
    here = page_context()
    st.html(STYLE)
    st.caption(WHAT_IT_IS)
    found = [each for each in cached.every_round(here) if each.status in ("open", "closed")]
    if not found:
        st.info(NO_ROUND)
        return
    with st.container(horizontal=True):
        round_ = choose_round(found)
        departments = {each.code: each.name for each in reviewable_departments(here.visitor, round_)}
        if not departments:
            st.info(NO_DEPARTMENT)
            return
        code = choose("Department", list(departments), departments.__getitem__, key="review_department")
    of = cached.department_review(here, round_, code)
    show_numbers(of)
    views: Mapping[str, Callable[[], None]] = {
        "Questions": lambda: show_questions(here, round_, of),
        "Send back": lambda: show_people(here, round_, of),
        "Self-score and review": lambda: show_optimism_in_review(here, round_),
    }
    names = list(views)
    view = st.segmented_control("View", names, default=names[0], required=True, key="review_view", bind="query-params")
    views[view or names[0]]()


def choose_round(found: list[Round]) -> Round:
    """The round to review, the latest unless another is chosen."""
    names = [each.name for each in reversed(found)]
    name = choose("Round", names, str, key="review_round")
    return next(each for each in found if each.name == name)


def show_numbers(of: DepartmentReview) -> None:
    """How far the review is, and how much rests on fresh evidence."""
    valued = [each for each in of.questions if each.score.score is not None]
    reviewed = sum(each.review is not None for each in valued)
    flagged = sum(given.flag is not None for each in of.questions for given in each.answers)
    with st.container(horizontal=True, key="review-numbers"):
        st.metric("People who sent answers", f"{len(of.respondents):,}")
        st.metric("Coverage", share(of.coverage), help=number_help("coverage"))
        st.metric("With fresh evidence", share(of.fresh), help=number_help("fresh_evidence"))
        st.metric("Questions reviewed", f"{reviewed} of {len(valued)}")
        st.metric("Flags", f"{flagged}")


def share(value: float | None) -> str:
    """A share as per cent, a dash where nothing applies."""
    return "–" if value is None else percent(value)


def show_questions(here: PageContext, round_: Round, of: DepartmentReview) -> None:
    """The filters, and the questions that they leave, a few at a time."""
    if not of.respondents and not any(each.consensus or each.review for each in of.questions):
        st.info(NO_ANSWERS)
        return
    shown, topic = choose_filter(of), choose_topic(round_, of)
    found = [
        each for each in of.questions if (shown == EVERYTHING or shown in each.marks) and topic in ("", each.topic.id)
    ]
    if not found:
        st.info("No question here fits what is chosen above. Choose “All” or another topic.")
        return
    first = choose_page(len(found), f"{of.department.code}-{shown}-{topic}")
    last = min(first + A_PAGE, len(found))
    many = f"Questions {first + 1} to {last}" if last > first + 1 else f"Question {last}"
    st.header(f"{many} of {len(found)}", anchor=False)
    for each in found[first:last]:
        show_card(here, round_, of, each)
    show_turns(len(found), first)


def choose_filter(of: DepartmentReview) -> Show:
    """What to look at: everything, or the questions with one mark; each with the number of them."""
    count = {mark: sum(mark in each.marks for each in of.questions) for mark in MARKS}
    words: dict[Show, str] = {"all": f"All ({len(of.questions)})"}
    words |= {mark: f"{said} ({count[mark]})" for mark, said in MARKS.items()}
    chosen = st.pills(
        "Show", list(words), format_func=words.__getitem__, default="all", required=True, key="review_show",
        help=MARKS_HELP,
    )  # fmt: skip
    return chosen or "all"


def choose_topic(round_: Round, of: DepartmentReview) -> str:
    """The topic to look at, "" for all of them."""
    asked = dict.fromkeys(each.topic.id for each in of.questions)
    names = {"": "All topics", **{topic: round_.framework.topics[topic].name for topic in asked}}
    return choose("Topic", list(names), names.__getitem__, key="review_topic")


def choose_page(total: int, what: str) -> int:
    """The place of the first question to show; back to the beginning where something else is looked at."""
    if st.session_state.get("review_of_page") != what:
        st.session_state["review_of_page"], st.session_state["review_first"] = what, 0
    first = int(st.session_state.get("review_first", 0))
    return first if first < total else 0


def show_turns(total: int, first: int) -> None:
    """The buttons that turn to the questions before and after."""
    with st.container(horizontal=True):
        if first:
            st.button("Earlier questions", key="review-back", on_click=turn, args=(first - A_PAGE,))
        if first + A_PAGE < total:
            st.button("Next questions", key="review-on", on_click=turn, args=(first + A_PAGE,), type="primary")


def turn(first: int) -> None:
    """In a callback: show the questions from this place on."""
    st.session_state["review_first"] = max(0, first)
