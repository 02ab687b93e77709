"""A workshop that has ended: what was agreed, what is left to do, how agreement went, and whose vote was which."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from maturity.assessment.terms import ROLE_FAMILIES
from maturity.assessment.workshop import Note, Workshop
from maturity.assessment.workshop_results import AgreementTrend, Compared, MatterResult, WorkshopResults
from maturity.charts.agreement import agreement_chart
from maturity.charts.drawing import specification
from maturity.charts.score_frames import number
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.operations.rounds import Round
from maturity.operations.workshop_pack import summary_for_everybody, workshop_pack
from maturity.operations.workshop_results import workshop_results
from maturity.operations.workshop_trend import agreement_trend
from maturity.ui.asked_download import when_pressed
from maturity.ui.context import PageContext
from maturity.ui.pictures import show_picture, show_table
from maturity.ui.plain_text import plain
from maturity.ui.workshop_votes import show_votes_beside
from maturity.words import workshop_sentences as words
from maturity.words.messages import on_day
from maturity.words.vote_sentences import agreement_sentences

WIDE, NARROW = 900, 344
NONE = "–"


def show_after(here: PageContext, round_: Round, workshop: Workshop) -> None:
    """The summary of an ended workshop."""
    found = workshop_results(here.workspace, here.visitor, round_, workshop)
    questions = [each for each in found.matters if each.matter.question]
    st.markdown(f"**{words.headline(len(found.agreed), len(questions), found.people, found.minutes)}**")
    _show_downloads(here, round_, workshop)
    _show_agreed(found)
    _show_left_open(found)
    _show_notes(found)
    _show_people(found)
    _show_agreement(here, round_, found)
    show_votes_beside(here, round_, found)


def _show_downloads(here: PageContext, round_: Round, workshop: Workshop) -> None:
    with st.container(horizontal=True):
        _offer(
            "summary",
            "Download the summary to send to everybody",
            ":material/summarize:",
            lambda: summary_for_everybody(here.workspace, here.visitor, round_, workshop),
        )
        _offer(
            "pack",
            "Download the workshop pack to print",
            ":material/print:",
            lambda: workshop_pack(here.workspace, here.visitor, round_, workshop),
        )


def _offer(name: str, label: str, icon: str, made: Callable[[], str]) -> None:
    st.download_button(
        label,
        when_pressed(lambda: made().encode()),
        file_name=f"workshop-{name}.html",
        mime="text/html",
        key=f"after_{name}",
        on_click="ignore",
        icon=icon,
    )


def _show_agreed(found: WorkshopResults) -> None:
    st.header("What was agreed", anchor=False)
    if not found.agreed:
        st.write(words.NOTHING_AGREED)
        return
    st.caption(words.COUNTS_NOW)
    if found.answers_open:
        st.caption(words.OPEN_ROUND)
    for each in found.agreed:
        with st.container(border=True):
            _show_outcome(found, each)


def _show_outcome(found: WorkshopResults, result: MatterResult) -> None:
    outcome = result.outcome
    assert outcome is not None
    st.subheader(plain(found.asked(result)), anchor=False)
    st.markdown(f"**Level {plain(found.level_name(outcome.level))}.** {plain(outcome.reason)}")
    moved = words.moved_from(outcome.level, result.before.median if result.before else None)
    if moved:
        st.caption(plain(moved))
    if outcome.minority_view:
        st.markdown(f"Seen otherwise: {plain(outcome.minority_view)}")
    if outcome.follow_up or outcome.follow_up_owner:
        owner = f" ({plain(outcome.follow_up_owner)})" if outcome.follow_up_owner else ""
        st.markdown(f"Follow-up: {plain(outcome.follow_up) or NONE}{owner}")


def _show_left_open(found: WorkshopResults) -> None:
    st.header("What is left open", anchor=False)
    parked = [each for each in found.notes if each.kind == "parked"]
    said = {each.matter_id: each.text for each in parked if each.matter_id}
    rows = [
        {
            "Question": plain(found.asked(each)),
            "Why": words.LEFT_OPEN[each.matter.phase],
            "What is open": plain(said.get(each.matter.id, "")) or NONE,
        }
        for each in found.left_open
    ]
    known = {each.matter.id for each in found.left_open}
    loose = [each for each in parked if each.matter_id not in known]
    if rows:
        show_table(pd.DataFrame(rows))
    if loose:
        st.markdown("\n".join(f"- {_note_said(each)}" for each in loose))
    if not rows and not loose:
        st.write(words.NOTHING_OPEN)


def _show_notes(found: WorkshopResults) -> None:
    for kind, heading, nothing in (
        ("decision", "Decisions", words.NO_DECISIONS),
        ("action", "Actions", words.NO_ACTIONS),
    ):
        st.header(heading, anchor=False)
        notes = [each for each in found.notes if each.kind == kind]
        st.markdown("\n".join(f"- {_note_said(each)}" for each in notes) if notes else nothing)


def _note_said(note: Note) -> str:
    more = ", ".join(filter(None, [plain(note.owner), f"by {on_day(note.due_on)}" if note.due_on else ""]))
    return plain(note.text) + (f" ({more})" if more else "")


def _show_people(found: WorkshopResults) -> None:
    st.header("Who was there", anchor=False)
    if not found.people:
        st.write(words.NOBODY_JOINED)
        return
    rows = [{"Role": ROLE_FAMILIES[family], "People": str(count)} for family, count in found.attendance.items()]
    show_table(pd.DataFrame([*rows, {"Role": "All", "People": str(found.people)}]))


def _show_agreement(here: PageContext, round_: Round, found: WorkshopResults) -> None:
    st.header("How agreement went", anchor=False)
    trend = agreement_trend(here.workspace, here.visitor, round_, found.workshop)
    if not trend.lines:
        st.write(words.NO_VOTES)
        return
    frame = trend_frame(found, trend)
    subject = found.workshop.name

    def build(narrow: bool, mode: Mode) -> dict[str, Any]:
        texts = ChartTexts.of(agreement_sentences(frame, subject=subject))
        width = NARROW if narrow else WIDE
        return specification(agreement_chart(frame, mode=mode, texts=texts, width=width, narrow=narrow))

    revision = (here.workspace.url, str(found.workshop.id), subject, str(frame.to_dict("records")))
    show_picture("agreement", build, lambda: trend_table(frame), revision=revision, mode=here.mode)
    for said in means_said(trend):
        st.markdown(f"- {plain(said)}")


def trend_frame(found: WorkshopResults, trend: AgreementTrend) -> pd.DataFrame:
    """A row for each question that was voted on; columns as `agreement_chart`."""
    rows = [
        {
            "place": found.asked(each.result),
            "answers": number(each.answers),
            "first": number(each.first),
            "last": number(each.last),
        }
        for each in trend.lines
    ]
    return pd.DataFrame(rows)


def trend_table(frame: pd.DataFrame) -> pd.DataFrame:
    """The same in words."""
    names = {"answers": "Answers before", "first": "First vote", "last": "Last vote"}
    rows = [
        {
            "Question": row["place"],
            **{said: NONE if pd.isna(row[name]) else f"{row[name]:.2f}" for name, said in names.items()},
        }
        for row in frame.to_dict("records")
    ]
    return pd.DataFrame(rows)


def means_said(trend: AgreementTrend) -> list[str]:
    """The means, each against what was before it, as sentences."""

    def last(found: Compared | None, of: str) -> list[str]:
        return [words.compared(of, found.questions, found.then, found.now)] if found else []

    said = [*last(trend.from_answers, "the answers before"), *last(trend.from_first, "the first votes")]
    for each in trend.workshops:
        said += last(each, f"the last votes of {each.of}")
    for each in trend.rounds:
        said.append(words.compared(each.of, each.questions, each.then, each.now, what="the answers"))
    return said
