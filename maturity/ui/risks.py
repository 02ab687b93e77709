"""The risks of the plan: where they lie, the list by weight, and one opened with its history."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from maturity.charts.drawing import specification
from maturity.charts.plan_frames import risk_frame
from maturity.charts.risk_grid import risk_grid_chart
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.roadmap.risks import Risk
from maturity.ui import plan_tables
from maturity.ui.context import PageContext, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.pictures import show_picture
from maturity.ui.plan_tables import EMPTY, parts, table, text
from maturity.ui.results_choices import choose
from maturity.ui.risks_form import show_adding, show_opened
from maturity.ui.risks_shown import SAID, ShownRisks, shown_risks
from maturity.words.messages import NO_PLAN, counted
from maturity.words.risk_sentences import (
    IMPACT,
    LIKELIHOOD,
    NO_RISKS,
    STATE,
    grid_sentences,
    response_said,
    risks_sentence,
    weight_words,
)

WIDE, NARROW = 760, 344
ALL, ANYWHERE, NONE = "all", "", "none"
SHOWN_STATES: Mapping[str, str] = {
    "open": "Open", "overdue": "Review overdue", "happened": "Happened", "closed": "Closed", ALL: "All",
}  # fmt: skip


@st.fragment
def show_risks(here: PageContext) -> None:
    """The whole page, read anew on each of its own runs."""
    if here.organisation is None:
        st.info(NO_PLAN)
        return
    shown = shown_risks(here)
    plan_tables.apply_style()
    show_kept_refusals()
    if said := st.session_state.pop(SAID, None):
        st.success(said, icon=":material/check:")
    if shown.known:
        _show_head(shown)
        _show_grid(shown)
        _show_list(shown)
        show_opened(shown)
    else:
        st.info(NO_RISKS)
    show_adding(shown)


def _show_head(shown: ShownRisks) -> None:
    live = [each.risk for each in shown.known if each.risk.state != "closed"]
    open_ = [each for each in live if each.state == "open"]
    first = open_[0] if open_ else None
    overdue = sum(each.overdue(shown.today) for each in live)
    said = risks_sentence(
        len(open_), len(live) - len(open_), overdue, first.title if first else "", first.weight if first else 0
    )
    st.markdown(f"**{plain(said)}**")


def _show_grid(shown: ShownRisks) -> None:
    live = [each.risk for each in shown.known if each.risk.state == "open"]
    if not live:
        return
    frame = risk_frame(shown.numbers, live)
    texts = ChartTexts.of(grid_sentences(frame))

    def build(narrow: bool, mode: Mode) -> dict[str, Any]:
        width = NARROW if narrow else WIDE
        return specification(risk_grid_chart(frame, mode=mode, texts=texts, width=width, narrow=narrow))

    key: Hashable = tuple((each.id, each.row_version, shown.numbers[each.id]) for each in live)
    show_picture("risks", build, lambda: _grid_table(frame), revision=key, mode=shown.here.mode)


def _grid_table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Number": frame["number"],
            "Risk": [plain(each) for each in frame["title"]],
            "Likelihood": [f"{step} {LIKELIHOOD[step]}" for step in frame["likelihood"]],
            "Impact": [f"{step} {IMPACT[step]}" for step in frame["impact"]],
            "Weight": frame["likelihood"] * frame["impact"],
        }
    )


def _show_list(shown: ShownRisks) -> None:
    st.header("By weight", anchor="list")
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        state = st.segmented_control(
            "Show", list(SHOWN_STATES), default="open", required=True, format_func=SHOWN_STATES.__getitem__,
            key="risk:state",
        )  # fmt: skip
    with right:
        where = _choose_place(shown)
    rows = [each.risk for each in shown.known if _fits(shown, each.risk, state or "open", where)]
    if not rows:
        st.write("No risk fits.")
        return
    plan_tables.show(_table(shown, rows, with_state=state in (ALL, "overdue")))


def _choose_place(shown: ShownRisks) -> str:
    """Where the risk's actions are: a department, the whole organisation, or anywhere."""
    codes = {code for each in shown.known for code in each.risk.codes}
    found = {shown.actions[code].department for code in codes if code in shown.actions}
    names = shown.plan.names if shown.plan else {}
    places = {each: names.get(each, each) for each in sorted(each for each in found if each)}
    options = {ANYWHERE: "Everywhere"} | ({NONE: "City-wide"} if None in found else {}) | places
    return choose("Actions in", list(options), options.__getitem__, key="risk:place", in_address=False)


def _fits(shown: ShownRisks, risk: Risk, state: str, where: str) -> bool:
    wanted = risk.overdue(shown.today) if state == "overdue" else state in (ALL, risk.state)
    if not wanted or where == ANYWHERE:
        return wanted
    places = {shown.actions[code].department for code in risk.codes if code in shown.actions}
    return (None if where == NONE else where) in places


def _table(shown: ShownRisks, rows: Sequence[Risk], *, with_state: bool) -> str:
    numbers = shown.numbers
    cells = (
        (
            f"{text(f'{numbers[each.id]} {each.title}', 'name')}",
            text(weight_words(each.likelihood, each.impact)),
            text(each.owner),
            text(response_said(each.response, each.response_text)),
            parts(_actions(shown, each)),
            _review(shown, each),
            *([text(STATE[each.state])] if with_state else []),
        )
        for each in rows
    )
    heads = ("Risk", "Weight", "Watched by", "Response", "Holds up", "Review", *(["State"] if with_state else []))
    return table(heads, cells, "Risks by weight")


def _actions(shown: ShownRisks, risk: Risk) -> list[str]:
    names = [shown.action_name(code) for code in risk.codes]
    return [*names[:3], *([f"and {counted(len(names) - 3, 'more action')}"] if len(names) > 3 else [])]


def _review(shown: ShownRisks, risk: Risk) -> str:
    if not risk.review_on:
        return EMPTY
    late = (shown.today - risk.review_on).days
    words = text(f"{risk.review_on.day} {risk.review_on:%b %Y}", "nowrap")
    return words + (text(f", {counted(late, 'day')} overdue") if risk.overdue(shown.today) else "")
