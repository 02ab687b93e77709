"""One comment on the page of residents: what it says, and what its moderator may do with it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from maturity.operations import public_comments as operations
from maturity.operations.public_comments import KnownComment
from maturity.roadmap.comments import KINDS, LONGEST_ANSWER, LONGEST_COMMENT, REASONS, Comment
from maturity.ui import plan_tables
from maturity.ui.clock import local
from maturity.ui.context import PageContext, keeping_refusals
from maturity.ui.plan_tables import about
from maturity.words import resident_sentences as words
from maturity.words.edition_sentences import LANGUAGE_NAMES
from maturity.words.messages import on_day

SAID = "residents:said"
NO_ANSWER = ""
LEAVE_OUT = "Take out what names people. What is left out is marked […]; nothing can be added."


def show_waiting(here: PageContext, known: KnownComment) -> None:
    """A comment that waits, with what to look at, and the forms to publish or to refuse it."""
    comment, name = known.comment, f"comment:{known.comment.id}:{known.comment.row_version}"
    with st.container(border=True, key=f"waiting-{comment.id}"):
        _show_text(known)
        if known.hints:
            st.warning(words.hint_sentence(known.hints), icon=":material/visibility:")
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


def show_decided(here: PageContext, known: KnownComment) -> None:
    """A comment that was published or refused, with its answer; it can be answered anew, or wait again."""
    comment = known.comment
    name = f"comment:{comment.id}:{comment.row_version}"
    with st.container(border=True, key=f"decided-{comment.id}"):
        _show_text(known)
        if comment.state == "published":
            box = st.expander("Answer it" if not comment.kind else "Change the answer", key=f"{name}:box")
            with box, st.form(f"{name}:answer", border=False):
                _answer_inputs(name, comment)
                st.form_submit_button("Save the answer", on_click=_answer, args=(here, comment, name))
        if comment.text:  # else it is gone, and nothing is left to be looked at again
            st.button("Let it wait again", key=f"{name}:reopen", on_click=_reopen, args=(here, comment))


def _show_text(known: KnownComment) -> None:
    comment = known.comment
    language = LANGUAGE_NAMES.get(comment.language, comment.language)
    facts = {
        "Resident": comment.shown if comment.state == "published" else comment.text,
        "About": known.about or "The whole roadmap",
        "Came": f"{on_day(local(comment.received_at).date())}, in {language}",
        "Refused": words.REASONS.get(comment.reason, ""),
        words.KINDS.get(comment.kind, ""): comment.answer,
        "By": comment.moderated_by if comment.state != "waiting" else "",
    }
    plan_tables.show(about({key: value for key, value in facts.items() if key and value}, "Comment of a resident"))


def _answer_inputs(name: str, comment: Comment) -> None:
    kinds = [NO_ANSWER, *KINDS]
    st.selectbox("What came of it", kinds, key=f"{name}:kind", index=kinds.index(comment.kind),
                 format_func=lambda code: words.KINDS.get(code, "No answer yet"))  # fmt: skip
    st.text_area("Answer", comment.answer, key=f"{name}:text", max_chars=LONGEST_ANSWER, height=80)


def _publish(here: PageContext, comment: Comment, name: str) -> None:
    shown, kind, answer = (st.session_state.get(f"{name}:{each}") or "" for each in ("shown", "kind", "text"))
    _do(
        lambda: operations.publish_comment(here.workspace, here.visitor, comment, shown, kind=kind, answer=answer),
        "The comment is published.",
    )


def _refuse(here: PageContext, comment: Comment, name: str) -> None:
    reason = st.session_state.get(f"{name}:reason") or ""
    _do(lambda: operations.refuse_comment(here.workspace, here.visitor, comment, reason), "The comment is refused.")


def _answer(here: PageContext, comment: Comment, name: str) -> None:
    kind, answer = (st.session_state.get(f"{name}:{each}") or "" for each in ("kind", "text"))
    _do(lambda: operations.answer_comment(here.workspace, here.visitor, comment, kind, answer), "The answer is saved.")


def _reopen(here: PageContext, comment: Comment) -> None:
    _do(lambda: operations.reopen_comment(here.workspace, here.visitor, comment), "The comment waits again.")


def _do(change: Callable[[], Comment], said: str) -> None:
    with keeping_refusals():
        change()
        st.session_state[SAID] = said


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
