"""One comment on the page of residents: what it says, and what its moderator may do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import streamlit as st

from maturity.operations import public_comments as operations
from maturity.operations.errors import Changed
from maturity.operations.public_comments import KnownComment
from maturity.roadmap.comments import KINDS, LONGEST_ANSWER, LONGEST_COMMENT, REASONS, Comment
from maturity.ui.clock import local
from maturity.ui.context import REFUSALS, PageContext, show_refusal
from maturity.words import resident_sentences as words
from maturity.words.edition_sentences import LANGUAGE_NAMES
from maturity.words.messages import on_day

OUTCOME = "residents:outcome"
NO_ANSWER = ""
LONG, LONG_LINES = 800, 8
LEAVE_OUT = "Take out what names people. What is left out is marked […]; nothing can be added."
CSS = """
<style>
  .comment { line-height: 1.5; overflow-wrap: anywhere; }
  .comment :is(blockquote, p) { margin: 0 0 0.4rem; }
  .comment blockquote { padding-inline-start: 0.75rem; border-inline-start: 4px solid currentColor;
    white-space: pre-line; }
  .comment .long { max-height: 18rem; overflow-y: auto; }
  .comment .facts { font-size: 0.875rem; }
</style>
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the last click came to, to be said at the comment that it was about: done, or refused, and then the answer
    that was written and is not saved."""

    comment: str
    done: str = ""
    refused: Exception | None = None
    wrote: str = ""


def apply_style() -> None:
    """Put the styles of comments into the page; they take no room there."""
    st.html(CSS)


def show_waiting(here: PageContext, known: KnownComment, outcome: Outcome | None = None) -> None:
    """A comment that waits, with what to look at, and the forms to publish or to refuse it."""
    comment, name = known.comment, f"comment:{known.comment.id}:{known.comment.row_version}"
    with st.container(border=True, key=f"waiting-{comment.id}"):
        _show_text(known)
        if known.hints:
            st.warning(words.hint_sentence(known.hints), icon=":material/visibility:")
        _show_outcome(outcome)
        with st.form(f"{name}:publish", border=False):
            st.text_area(
                "What is published", comment.text, key=f"{name}:shown", max_chars=LONGEST_COMMENT, help=LEAVE_OUT
            )
            _answer_inputs(name, comment)
            st.form_submit_button("Publish", type="primary", on_click=_publish, args=(here, comment, name))
        with st.form(f"{name}:refuse", border=False):
            st.selectbox(
                "Or refuse it, because it", REASONS, key=f"{name}:reason", index=None, placeholder="Choose a reason",
                format_func=lambda code: _lower(words.REASONS[code]),
            )  # fmt: skip
            st.form_submit_button("Refuse", on_click=_refuse, args=(here, comment, name))


def show_decided(here: PageContext, known: KnownComment, outcome: Outcome | None = None) -> None:
    """A comment that was published or refused, with its answer; it can be answered anew, or wait again."""
    comment = known.comment
    name = f"comment:{comment.id}:{comment.row_version}"
    with st.container(border=True, key=f"decided-{comment.id}"):
        _show_text(known)
        _show_outcome(outcome)
        if comment.state == "published":
            box = st.expander("Answer it" if not comment.kind else "Change the answer", key=f"{name}:box")
            with box, st.form(f"{name}:answer", border=False):
                _answer_inputs(name, comment)
                st.form_submit_button("Save the answer", on_click=_answer, args=(here, comment, name))
        if comment.text:  # else it is gone, and nothing is left to be looked at again
            st.button("Let it wait again", key=f"{name}:reopen", on_click=_reopen, args=(here, comment))


def _show_text(known: KnownComment) -> None:
    comment = known.comment
    day = on_day(local(comment.received_at).date())
    language = LANGUAGE_NAMES.get(comment.language, comment.language)
    said = comment.shown if comment.state == "published" else comment.text
    became = words.REASONS.get(comment.reason) or words.KINDS.get(comment.kind)
    # What scrolls must be reached by the keyboard too.
    long = ' class="long" tabindex="0"' if len(said) > LONG or said.count("\n") > LONG_LINES else ""
    parts = [
        f'<blockquote dir="auto" lang="{escape(comment.language)}"{long}>{escape(said)}</blockquote>',
        f'<p class="facts">{escape(words.about_sentence(known.about, day, language))}</p>',
        f'<p dir="auto"><strong>{escape(became)}.</strong> {escape(comment.answer)}</p>' if became else "",
        f'<p class="facts">By {escape(comment.moderated_by or "")}</p>' if comment.state != "waiting" else "",
    ]
    st.html(f'<article class="comment" aria-label="Comment of {escape(day)}">{"".join(parts)}</article>')


def _show_outcome(outcome: Outcome | None) -> None:
    """What the last click on this comment came to."""
    if outcome is None:
        return
    if outcome.done:
        st.success(outcome.done, icon=":material/check:")
    if outcome.refused:
        show_refusal(outcome.refused)
    if outcome.wrote:
        st.warning(words.UNSAVED)
        st.html(f'<div class="comment"><blockquote dir="auto">{escape(outcome.wrote)}</blockquote></div>')


def _answer_inputs(name: str, comment: Comment) -> None:
    kinds = [NO_ANSWER, *KINDS]
    st.selectbox("What came of it", kinds, key=f"{name}:kind", index=kinds.index(comment.kind),
                 format_func=lambda code: words.KINDS.get(code, "No answer yet"))  # fmt: skip
    st.text_area("Answer", comment.answer, key=f"{name}:text", max_chars=LONGEST_ANSWER, height=80)


def _publish(here: PageContext, comment: Comment, name: str) -> None:
    shown, kind, answer = (st.session_state.get(f"{name}:{each}") or "" for each in ("shown", "kind", "text"))
    _do(
        comment,
        lambda: operations.publish_comment(here.workspace, here.visitor, comment, shown, kind=kind, answer=answer),
        "The comment is published.",
        answer,
    )


def _refuse(here: PageContext, comment: Comment, name: str) -> None:
    reason = st.session_state.get(f"{name}:reason") or ""
    _do(
        comment,
        lambda: operations.refuse_comment(here.workspace, here.visitor, comment, reason),
        "The comment is refused.",
    )


def _answer(here: PageContext, comment: Comment, name: str) -> None:
    kind, answer = (st.session_state.get(f"{name}:{each}") or "" for each in ("kind", "text"))
    _do(
        comment,
        lambda: operations.answer_comment(here.workspace, here.visitor, comment, kind, answer),
        "The answer is saved.",
        answer,
    )


def _reopen(here: PageContext, comment: Comment) -> None:
    _do(comment, lambda: operations.reopen_comment(here.workspace, here.visitor, comment), "The comment waits again.")


def _do(comment: Comment, change: Callable[[], Comment], done: str, wrote: str = "") -> None:
    """In a callback: the change, and what came of it, kept for the next run. What is refused keeps its form as it was
    typed, but for a comment that changed meanwhile: its form is another one, so its answer is shown again."""
    try:
        change()
        outcome = Outcome(comment.id, done=done)
    except REFUSALS as error:
        outcome = Outcome(comment.id, refused=error, wrote=wrote if isinstance(error, Changed) else "")
    st.session_state[OUTCOME] = outcome


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
