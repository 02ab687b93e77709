"""The reports page: four kinds as cards, made beside the server, each with its steps and then its download."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import streamlit as st

from maturity.operations.report_facts import report_facts
from maturity.operations.reports import (
    KINDS,
    Report,
    ReportKind,
    ReportQuestion,
    can_make,
    full_set,
    report_of,
    report_question,
)
from maturity.operations.saved_plans import plans
from maturity.ui import working
from maturity.ui.clock import local
from maturity.ui.context import REFUSALS, PageContext, keeping_refusals, page_context, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.roadmap_shown import VERSION_STATUS
from maturity.words.messages import NO_ROUND, on_day
from maturity.words.pack_sentences import FULL_SET, made_said

WORK, ASKED, MADE = "reports:work", "reports:asked", "reports:made"
ANSWERS = "reports:answers"


@dataclass(slots=True, kw_only=True)
class Asked:
    """What is being made, and since when; noted on one object, so that a second click finds it whole."""

    question: ReportQuestion
    at: datetime
    plan: str
    whole: bool
    with_answers: bool
    store: str


def show_reports() -> None:
    """The whole page below its title."""
    here = page_context()
    if here.organisation is None:
        st.info(NO_ROUND)
        return
    show_kept_refusals()
    plan = _choose_plan(here)
    _show_missing(here, plan)
    running = _finish(here)
    with st.container(horizontal=True):
        st.button(
            f"{FULL_SET}: make all {len(can_make())}", key="reports:all", type="primary", icon=":material/folder_zip:",
            disabled=running, on_click=_begin, args=(here, plan, can_make(), True),
        )  # fmt: skip
        _offer(here, plan, "all")
    kinds = list(KINDS)
    for pair in (kinds[:2], kinds[2:]):
        for column, kind in zip(st.columns(2, gap="medium"), pair, strict=True):
            with column, st.container(border=True, key=f"report-{kind}"):
                _show_card(here, plan, kind, running)


def _choose_plan(here: PageContext) -> str:
    assert here.organisation is not None
    every = plans(here.workspace, here.visitor, here.organisation.name)
    names = [each.name for each in every]
    if len(names) < 2:
        return names[0] if names else "latest"
    said = {each.name: f"{each.name} ({VERSION_STATUS.get(each.status, each.status)})" for each in every}
    usual = next((place for place, each in enumerate(every) if each.status == "current"), 0)
    chosen = st.selectbox("Plan", names, index=usual, format_func=said.__getitem__, key="reports:plan", width=360)
    return chosen or names[usual]


def _show_missing(here: PageContext, plan: str) -> None:
    """Of which day the facts are, and what reports have nothing of yet."""
    assert here.organisation is not None
    facts = report_facts(here.workspace, here.visitor, plan, here.organisation.name)
    st.write(f"Every report says the same numbers, as of {on_day(facts.as_of)}, in the organisation's colours.")
    if facts.missing:
        with st.expander(f"What is missing yet ({len(facts.missing)})", key="reports-missing"):
            st.markdown("\n".join(f"- {plain(each)}" for each in facts.missing))


def _show_card(here: PageContext, plan: str, kind: ReportKind, running: bool) -> None:
    about = KINDS[kind]
    st.subheader(about.name, anchor=False)
    st.markdown(f"**{about.reader}.** {about.holds}")
    st.caption(about.file)
    if kind == "strategy":
        st.checkbox("With answers and evidence as an appendix", key=ANSWERS)
    if kind not in can_make():
        st.info("This installation lacks what writes it; install what requirements.txt names.")
        return
    with st.container(horizontal=True):
        st.button(
            f"Make the {about.name if kind == 'pdf' else about.name.lower()}", key=f"reports:make:{kind}",
            icon=":material/play_arrow:", disabled=running, on_click=_begin, args=(here, plan, (kind,), False),
        )  # fmt: skip
        _offer(here, plan, kind)


def _begin(here: PageContext, plan: str, kinds: Sequence[ReportKind], whole: bool) -> None:
    """In a callback: reads the facts and puts the question. What is being made already is not made twice."""
    assert here.organisation is not None
    with_answers = bool(st.session_state.get(ANSWERS)) and "strategy" in kinds
    with keeping_refusals():
        question = report_question(
            here.workspace, here.visitor, plan, kinds, here.organisation.name, with_answers=with_answers
        )
        asked = Asked(
            question=question, at=here.workspace.clock(), plan=plan, whole=whole, with_answers=with_answers,
            store=here.workspace.url,
        )  # fmt: skip
        working.begin(WORK, "report", question.body)
        st.session_state[ASKED] = asked


def _finish(here: PageContext) -> bool:
    """Shows how far the making is, and keeps what is finished; whether it still runs."""
    asked: Asked | None = st.session_state.get(ASKED)
    if asked is None:
        return False
    work = working.finished(WORK, "Making the reports.", _draw)
    if work is None:
        return WORK in st.session_state
    try:
        made = report_of(work.wait(0), asked.question)
    except (*REFUSALS, RuntimeError) as error:
        st.error(f"The reports were not made: {plain(str(error))}.", icon=":material/block:")
        return False
    kept = dict(st.session_state.get(MADE, {}))
    kept |= {kind: (asked, one) for kind, one in zip(asked.question.kinds, made, strict=True)}
    if asked.whole:
        kept["all"] = (asked, full_set(made, asked.question))
    st.session_state[MADE] = kept
    return False


def _draw(stage: Any) -> None:
    st.progress(min(stage["done"] / max(stage["of"], 1), 1.0), stage["said"])


def _offer(here: PageContext, plan: str, kind: str) -> None:
    """The download of what was made of this plan, with its time, and whether something changed since."""
    made: tuple[Asked, Report] | None = st.session_state.get(MADE, {}).get(kind)
    if made is None or made[0].plan != plan or made[0].store != here.workspace.url:
        return
    asked, report = made
    if here.organisation is None or asked.question.organisation != here.organisation.name:
        return
    st.download_button(
        f"Download {report.name}", report.content, file_name=report.name, mime=report.media,
        key=f"reports:download:{kind}", icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    st.caption(made_said(local(asked.at), changed=_changed(here, asked)))


def _changed(here: PageContext, asked: Asked) -> bool:
    assert here.organisation is not None
    now = report_facts(
        here.workspace, here.visitor, asked.plan, here.organisation.name, with_answers=asked.with_answers
    )
    return now != asked.question.facts
