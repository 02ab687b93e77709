"""The decisions of leaders: what is open and by when, one record in full, and what was decided before."""

from __future__ import annotations

import streamlit as st

from maturity.roadmap.decisions import AskedDecision
from maturity.ui import plan_tables
from maturity.ui.address_choice import choose_by_address
from maturity.ui.context import PageContext, show_kept_refusals
from maturity.ui.decisions_form import show_asking, show_changing, show_deciding
from maturity.ui.decisions_paper import show_paper
from maturity.ui.decisions_shown import SAID, ShownDecisions, show_record, shown_decisions
from maturity.ui.help import plain
from maturity.ui.plan_tables import EMPTY, parts, table, text
from maturity.words.leadership_sentences import NO_DECISIONS, left_words, open_sentence, shortened
from maturity.words.messages import NO_PLAN, on_day


@st.fragment
def show_decisions(here: PageContext) -> None:
    """The whole page, read anew on each of its own runs."""
    if here.organisation is None:
        st.info(NO_PLAN)
        return
    shown = shown_decisions(here)
    plan_tables.apply_style()
    show_kept_refusals()
    if said := st.session_state.pop(SAID, None):
        st.success(said, icon=":material/check:")
    if shown.asked:
        overdue = sum(bool(each.day and each.day < shown.today) for each in shown.open)
        st.markdown(f"**{open_sentence(len(shown.open), overdue)}**")
        _show_open(shown)
        _show_one(shown)
        _show_log(shown)
    else:
        st.info(NO_DECISIONS)
    show_asking(shown)


def _show_open(shown: ShownDecisions) -> None:
    if not shown.open:
        return
    rows = (
        (
            text(each.decision.question, "name"),
            parts([on_day(each.day), left_words(each.day, shown.today)] if each.day else ["no day is set"]),
            text(each.decision.decider),
            parts([shown.action_name(code) for code in each.decision.codes]),
        )
        for each in shown.open
    )
    plan_tables.show(table(("Question", "Needed by", "Decides", "Waits for it"), rows, "Open decisions by day"))


def _show_one(shown: ShownDecisions) -> None:
    st.header("One decision", anchor="decision")
    ordered = [*shown.open, *(each for each in reversed(shown.asked) if each.decision.state != "open")]
    by_id = {each.decision.id: each for each in ordered}
    labels = {each.decision.id: f"{shortened(each.decision.question)} ({each.decision.state})" for each in ordered}
    chosen = choose_by_address("Open a decision", labels, name="decision", placeholder="Choose one of the decisions")
    asked = by_id.get(chosen or "")
    if asked is None:
        st.caption("Open a decision to read its options, and to decide or change it where you may.")
        return
    st.subheader(plain(asked.decision.question), anchor=False)
    show_record(shown, asked)
    show_paper(shown, asked)
    if asked.decision.state == "open":
        show_deciding(shown, asked.decision)
        show_changing(shown, asked.decision)


def _show_log(shown: ShownDecisions) -> None:
    settled = [each for each in shown.asked if each.decision.state != "open"]
    if not settled:
        return
    st.header("What was decided", anchor="decided")
    settled.sort(key=lambda each: (each.decision.decided_at is not None, each.decision.decided_at), reverse=True)
    plan_tables.show(
        table(("Question", "Decided", "On", "Reason", "Minute"), map(_log_row, settled), "Decisions, newest first")
    )


def _log_row(asked: AskedDecision) -> tuple[str, ...]:
    each = asked.decision
    return (
        text(each.question, "name"),
        text(each.chosen if each.state == "decided" else "withdrawn"),
        text(on_day(each.decided_on), "nowrap") if each.decided_on else EMPTY,
        text(each.reason) if each.reason else EMPTY,
        text(each.minute) if each.minute else EMPTY,
    )
