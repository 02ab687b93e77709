"""Evidence beside an answer: what shows it, a link, files, the date it is of, and how strong it is."""

from __future__ import annotations

import streamlit as st

from maturity.assessment.files import KINDS, MOST_BYTES, MOST_FILES
from maturity.assessment.terms import STRENGTHS
from maturity.framework.model import Question
from maturity.operations import evidence
from maturity.operations.evidence import EvidenceFile
from maturity.ui.clock import local, today
from maturity.ui.evidence_download import offer_file
from maturity.ui.help import plain
from maturity.ui.questionnaire import Sitting
from maturity.ui.questionnaire_saving import LONGEST, attempt, clear_field, keep_field, key, seed
from maturity.words import answering

WHAT_IS_CLEARED = {
    "reason": "reason",
    "evidence_note": "evidence",
    "evidence_link": "link",
    "evidence_date": "date",
    "evidence_strength": "strength",
}


def show_evidence(sitting: Sitting, question: Question) -> None:
    """Everything that can be given as evidence; each part is saved by itself."""
    note = "What shows that this holds?" + (f" For example: {plain(question.evidence)}" if question.evidence else "")
    show_text(sitting, question, "evidence_note", note)
    show_text(sitting, question, "evidence_link", "Link to it, starting with https://")
    _show_files(sitting, question)
    answer = sitting.answers[question.id].answer
    given = (answer.evidence_note, answer.evidence_link, answer.evidence_date, answer.evidence_strength)
    if any(given) or sitting.files.get(question.id):
        with st.container(key=f"choices-strength-{question.id}"):
            _show_strength(sitting, question)
        _show_date(sitting, question)


def show_text(sitting: Sitting, question: Question, field: str, label: str) -> None:
    """A text beside an answer. Emptying it changes nothing: the button under it clears it on purpose."""
    name = key(sitting, question.id, field)
    before = getattr(sitting.answers[question.id].answer, field) or ""
    seed(name, before)
    args = (sitting, question, field)
    if field == "evidence_link":
        st.text_input(label, type="url", key=name, max_chars=LONGEST, on_change=keep_field, args=args)
    else:
        st.text_area(label, height=100, key=name, max_chars=LONGEST, on_change=keep_field, args=args)
    if before:
        _offer_clearing(sitting, question, field)


def _offer_clearing(sitting: Sitting, question: Question, field: str) -> None:
    st.button(
        f"Clear the {WHAT_IS_CLEARED.get(field, 'comment')}",
        key=f"{key(sitting, question.id, field)}:clear",
        type="tertiary",
        icon=":material/delete:",
        on_click=clear_field,
        args=(sitting, question, field),
    )


def _show_strength(sitting: Sitting, question: Question) -> None:
    name = key(sitting, question.id, "evidence_strength")
    seed(name, sitting.answers[question.id].answer.evidence_strength)
    st.radio(
        "How strong is this evidence?",
        list(STRENGTHS),
        index=None,
        key=name,
        format_func=lambda strength: f"**{STRENGTHS[strength]}.** {answering.STRENGTHS[strength]}",
        on_change=keep_field,
        args=(sitting, question, "evidence_strength"),
    )


def _show_date(sitting: Sitting, question: Question) -> None:
    name, field = key(sitting, question.id, "evidence_date"), "evidence_date"
    before = sitting.answers[question.id].answer.evidence_date
    seed(name, before)
    st.date_input(
        answering.DATE_OF_EVIDENCE,
        value=None,
        key=name,
        max_value=today(sitting.here),
        format="DD/MM/YYYY",
        on_change=keep_field,
        args=(sitting, question, field),
        help=answering.DATE_HELP,
    )
    if before:
        _offer_clearing(sitting, question, field)


def _show_files(sitting: Sitting, question: Question) -> None:
    files = sitting.files.get(question.id, [])
    for number, file in enumerate(files, start=1):
        _show_file(sitting, question, file, number)
    if len(files) >= MOST_FILES:
        st.caption(f"{MOST_FILES} files are the most that one answer takes. Remove one to give another.")
        return
    turns = st.session_state.setdefault("_file_turns", {})
    name = f"{key(sitting, question.id, 'file')}:{turns.get(question.id, 0)}"
    st.file_uploader(
        "File that shows it",
        type=list(KINDS),
        key=name,
        max_upload_size=MOST_BYTES // 1_000_000,
        on_change=_keep_file,
        args=(sitting, question, name),
        help=answering.FILES.format(megabytes=MOST_BYTES // 1_000_000, files=MOST_FILES),
    )


def _show_file(sitting: Sitting, question: Question, file: EvidenceFile, number: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(answering.file_line(file.name, file.size, local(file.uploaded_at))), width="stretch")
        offer_file(sitting.here, file.id, file.name, file.media_type, f"Download {number}")
        st.button(
            f"Remove {number}",
            key=f"remove-{file.id}",
            type="tertiary",
            icon=":material/delete:",
            on_click=_remove_file,
            args=(sitting, question, file),
        )


def _keep_file(sitting: Sitting, question: Question, name: str) -> None:
    """A file was chosen: keep it, or say why not; the field is empty again either way."""
    given = st.session_state.get(name)
    if given is None:
        return
    here = sitting.here

    def save() -> None:
        kept = evidence.attach_file(
            here.workspace, here.visitor, sitting.round, sitting.respondent, question.id, given.name, given.getvalue()
        )
        there = sitting.files.setdefault(question.id, [])
        if kept.id not in {each.id for each in there}:
            there.append(kept)

    attempt(sitting, question.id, save)
    turns = st.session_state["_file_turns"]
    turns[question.id] = turns.get(question.id, 0) + 1


def _remove_file(sitting: Sitting, question: Question, file: EvidenceFile) -> None:
    here = sitting.here

    def remove() -> None:
        evidence.remove_file(here.workspace, here.visitor, sitting.round, sitting.respondent, file.id)
        sitting.files[question.id] = [each for each in sitting.files[question.id] if each.id != file.id]

    attempt(sitting, question.id, remove)
