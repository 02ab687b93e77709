"""The reports page: four kinds as cards, made beside the server, each with its steps and then its download.

While something is being made the page looks every second, so it shows no inputs then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from maturity.operations.reports import KINDS, ReportKind, can_make
from maturity.operations.saved_plans import plans
from maturity.ui import working
from maturity.ui.clock import local
from maturity.ui.context import PageContext, page_context, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.reports_kept import (
    ALL,
    ANSWERS,
    PLAN,
    WORK,
    Asked,
    Kept,
    begin,
    facts_now,
    has_changed,
    kept,
    made_here,
    take,
)
from maturity.ui.roadmap_shown import VERSION_STATUS
from maturity.words.messages import NO_ROUND, on_day
from maturity.words.pack_sentences import FULL_SET, made_said, name_within

WITH_ANSWERS = "With answers and evidence as an appendix"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the parts of the page share: the visit, what it keeps, the plan, and what is being made."""

    here: PageContext
    mine: Kept
    plan: str
    running: Asked | None


def show_reports() -> None:
    """The whole page below its title."""
    here = page_context()
    if here.organisation is None:
        st.info(NO_ROUND)
        return
    show_kept_refusals()
    mine = kept()
    running = take(mine)
    names = _plans(here)
    if mine.plan not in names:
        mine.plan = next(iter(names))
    view = View(here=here, mine=mine, plan=mine.plan, running=running)
    _show_plan(view, names)
    _show_missing(view)
    with st.container(key="report-full-set"):
        _show_full_set(view)
    kinds = list(KINDS)
    for pair in (kinds[:2], kinds[2:]):
        for column, kind in zip(st.columns(2, gap="medium"), pair, strict=True):
            with column, st.container(border=True, key=f"report-{kind}"):
                _show_card(view, kind)


def _plans(here: PageContext) -> dict[str, str]:
    """The plans by name with what they are called here, the one in force first; "latest" where there is none."""
    assert here.organisation is not None
    every = plans(here.workspace, here.visitor, here.organisation.name)
    ordered = sorted(every, key=lambda each: each.status != "current")
    return {e.name: f"{e.name} ({VERSION_STATUS.get(e.status, e.status)})" for e in ordered} or {"latest": "latest"}


def _show_plan(view: View, names: dict[str, str]) -> None:
    if len(names) < 2:
        return
    if view.running:
        st.caption(f"Plan: {plain(names[view.plan])}. The choice comes back when the making is over.")
    else:
        _choose_plan(view, names)


@st.fragment
def _choose_plan(view: View, names: dict[str, str]) -> None:
    every = list(names)
    chosen = st.selectbox(
        "Plan", every, index=every.index(view.plan), format_func=names.__getitem__, key=PLAN, width=360
    )
    if chosen and chosen != view.plan:
        view.mine.plan = chosen
        st.rerun()


def _show_missing(view: View) -> None:
    """Of which day the facts are, and what reports have nothing of yet."""
    facts = facts_now(view.here, view.mine, view.plan)
    st.write(f"Every report says the same numbers, as of {on_day(facts.as_of)}, in the organisation's colours.")
    if facts.missing:
        with st.expander(f"What is missing yet ({len(facts.missing)})", key="reports-missing"):
            st.markdown("\n".join(f"- {plain(each)}" for each in facts.missing))


def _show_full_set(view: View) -> None:
    every = can_make()
    if view.running is None:
        with st.container(horizontal=True):
            st.button(
                f"{FULL_SET}: make all {len(every)}", key="reports:all", type="primary", icon=":material/folder_zip:",
                on_click=begin, args=(view.here, view.plan, every, True),
            )  # fmt: skip
    _show_stand(view, ALL)


def _show_card(view: View, kind: ReportKind) -> None:
    about = KINDS[kind]
    st.header(about.name, anchor=False)
    st.markdown(f"**{about.reader}.** {about.holds}")
    st.caption(about.file)
    if kind not in can_make():
        st.info("This installation lacks what writes it; install what requirements.txt names.")
        return
    if view.running is None:
        if kind == "strategy":
            _choose_answers(view)
        st.button(
            f"Make the {name_within(kind)}", key=f"reports:make:{kind}",
            icon=":material/play_arrow:", on_click=begin, args=(view.here, view.plan, (kind,), False),
        )  # fmt: skip
    _show_stand(view, kind)


@st.fragment
def _choose_answers(view: View) -> None:
    view.mine.with_answers = st.checkbox(WITH_ANSWERS, value=view.mine.with_answers, key=ANSWERS)


def _show_stand(view: View, card: str) -> None:
    """How far the making at this card is, then the download of what was made of this plan, with its time."""
    if view.running and view.running.card == card:
        working.finished(WORK, "Making the reports." if card == ALL else "Making it.", _draw)
        return
    found = made_here(view.here, view.mine, view.plan, card)
    if found is None:
        return
    asked, report = found
    st.download_button(
        f"Download {report.name}", report.content, file_name=report.name, mime=report.media,
        key=f"reports:download:{card}", icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    st.caption(made_said(local(asked.at), changed=has_changed(view.here, view.mine, asked)))


def _draw(stage: Any) -> None:
    st.progress(min(stage["done"] / max(stage["of"], 1), 1.0), stage["said"])
