"""Who may get to see what: the class of every field and question, and the answers that may be given out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from maturity.access.visibility import CLASSES, GIVEN_REASONS
from maturity.operations import released_answers as released
from maturity.operations import visibility as operations
from maturity.operations.released_answers import Releasable
from maturity.operations.visibility import Classed
from maturity.ui import plan_tables
from maturity.ui.context import PageContext
from maturity.ui.editions_seen import answer, organisation_name, show_answer, told
from maturity.ui.help import plain
from maturity.ui.plan_tables import EMPTY, EMPTY_KIND, table, text
from maturity.words.edition_sentences import CLASS_NAMES, FIELD_NAMES, GIVEN_OUT, REASONS

BOX = "editions:classes"
SUBJECTS = {"field": "Fields of an edition", "question": "Questions"}


def show_classes(here: PageContext) -> None:
    """A box that opens: classes with their reasons, and a form that sets them."""
    box = st.expander("Who may get to see what", key=BOX, on_change="rerun", icon=":material/visibility_lock:")
    if not box.open:
        return
    every = operations.visibility(here.workspace, here.visitor, organisation_name(here))
    with box:
        subject = st.segmented_control(
            "Show", list(SUBJECTS), default="field", required=True, key="classes:subject",
            format_func=lambda each: SUBJECTS[each],
        )  # fmt: skip
        shown = [each for each in every if each.subject == subject]
        _show_table(shown)
        if shown:
            _show_form(here, shown)


def _name(each: Classed) -> str:
    return FIELD_NAMES[each.code] if each.subject == "field" else each.name or each.code


def _show_table(shown: Sequence[Classed]) -> None:
    count = Counter(each.level for each in shown)
    st.markdown(", ".join(f"**{count[each]}** {CLASS_NAMES[each].lower()}" for each in CLASSES if count[each]))
    rows = (
        (
            text(_name(each), "name"), text(CLASS_NAMES[each.level]),
            text("The usual" if each.is_usual else ": ".join(part for part in (_reason(each), each.said) if part)),
            text(each.set_by) if each.set_by else text(EMPTY, EMPTY_KIND),
        )
        for each in shown
    )  # fmt: skip
    plan_tables.apply_style()
    plan_tables.show(table(("What", "Class", "Why", "Set by"), rows, "Classes of visibility", numbers=()))


def _reason(each: Classed) -> str:
    return REASONS[each.reason].capitalize() if each.reason in GIVEN_REASONS else ""


def _show_form(here: PageContext, shown: Sequence[Classed]) -> None:
    subject, names = shown[0].subject, {each.code: _name(each) for each in shown}
    key = f"classes:{subject}"
    with st.form(f"{key}:form", border=False):
        st.multiselect("Set the class of", list(names), key=f"{key}:codes", format_func=lambda each: names[each])
        left, right = st.columns(2)
        left.selectbox("Class", list(CLASSES), key=f"{key}:level", format_func=lambda each: CLASS_NAMES[each])
        right.selectbox(
            "Reason, where it is withheld", list(GIVEN_REASONS), index=None, key=f"{key}:reason",
            format_func=lambda each: REASONS[each].capitalize(),
        )  # fmt: skip
        st.text_input("Why, in a sentence", key=f"{key}:said", max_chars=300)
        st.form_submit_button("Set the class", on_click=_set, args=(here, subject, key))
    show_answer(key)


def _set(here: PageContext, subject: operations.Subject, key: str) -> None:
    mine, state = told(), st.session_state
    codes, level = state.get(f"{key}:codes") or (), state[f"{key}:level"]
    reason, said = state.get(f"{key}:reason") or "", state.get(f"{key}:said") or ""

    def deed() -> str:
        count = operations.set_visibility(
            here.workspace, here.visitor, subject, codes, level, reason, said, organisation=organisation_name(here)
        )
        return f"The class of {count} is set. Drafts and proposed editions are checked against it."

    answer(mine, key, deed)


def show_released(here: PageContext) -> None:
    """A box that opens: answers of a round that may be given out to whoever asks, with what is held back."""
    box = st.expander(
        "Answers to give out on request", key="editions:released", on_change="rerun", icon=":material/folder_zip:"
    )
    if not box.open:
        return
    found = released.releasable_rounds(here.workspace, here.visitor, organisation_name(here))
    with box:
        st.write(GIVEN_OUT)
        if not found:
            st.caption("No round is closed yet.")
            return
        name = st.selectbox("Closed round", list(found), key="released:round")
        _show_held_back(released.what_is_released(here.workspace, here.visitor, name, organisation_name(here)))
        st.download_button(
            "Download the answers",
            lambda: released.released_answers(here.workspace, here.visitor, name, organisation_name(here)),
            "released-answers.zip", "application/zip", key=f"released:{name}", icon=":material/download:",
            on_click="ignore",
        )  # fmt: skip


def _show_held_back(found: Releasable) -> None:
    st.markdown(f"**{found.rows:,}** rows, one for each question and department.")
    lines = [
        f"- {part.capitalize()}: {count:,} held back, {REASONS.get(reason, plain(reason))}"
        for (part, reason), count in found.withheld.items()
    ]
    st.markdown("\n".join(lines) if lines else "Nothing is held back.")
