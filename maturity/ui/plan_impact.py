"""What each action brings against what it takes, and what sets the end date: both behind one click."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from maturity.charts.drawing import specification
from maturity.charts.impact_effort import impact_effort_chart
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.ui import plan_asked
from maturity.ui.context import PageContext
from maturity.ui.help import number_help, plain
from maturity.ui.pictures import show_picture
from maturity.ui.plan import PlanView, fresh_view, short_day, whole_days
from maturity.words.amount_sentences import about, share
from maturity.words.plan_chart_sentences import impact_effort_sentences
from maturity.words.plan_sentences import named
from maturity.words.why_sentences import NOT_THE_SAME, ends_last, link_words

KEY = "plan:whole"
WIDE, NARROW = 860, 308
LEAST = 0.001
"""Share of the plan's value from which an action left out is worth showing."""
MOST_LEFT_OUT = 10
Told = Mapping[str, Any]


@st.fragment
def show_impact(here: PageContext, shown: tuple[object, ...]) -> None:
    """Two boxes below the actions; either is worked out when it is opened."""
    view = fresh_view(here, shown)
    if view is None or view.saved is None or not view.saved.body.actions:
        return
    for name, label, icon, draw in (
        ("impact", "Impact and effort", ":material/scatter_plot:", _show_impact),
        ("end", "What sets the end date", ":material/flag:", _show_end),
    ):
        box = st.expander(label, key=f"plan:{name}", on_change="rerun", icon=icon)
        if box.open:
            with box:
                told = plan_asked.answer(view, f"{KEY}:{name}", {"plan": True}, "Working it out.")
                if told is not None and plan_asked.fits(told):
                    draw(view, told)
                elif told is not None:
                    st.info(NOT_THE_SAME.partition(" What was noted")[0])


def _show_impact(view: PlanView, told: Told) -> None:
    show_picture(
        "impact-effort",
        lambda narrow, mode: _spec(view, told, narrow, mode),
        lambda: _table(view, told),
        revision=(view.revision, str(told["impacts"])),
        mode=view.here.mode,
    )
    st.caption(
        "Impact is the share of the plan's value that an action brings about itself; what it makes possible counts for "
        "the others. An action left out shows what it could bring at most, if nothing else brought it about."
    )


def _frame(view: PlanView, told: Told) -> pd.DataFrame:
    value = view.saved.body.value if view.saved else 0.0
    left_out = [each for each in told["impacts"] if not each["planned"] and each["value"] >= LEAST * value]
    shown = [each for each in told["impacts"] if each["planned"]] + left_out[:MOST_LEFT_OUT]
    rows = [
        (_title(each), each["value"] / value if value else 0.0, each["effort"], each["phase"], each["quick"],
         each["planned"])
        for each in shown
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["label", "share", "effort_days", "phase", "quick", "planned"])


def _title(impact: Told) -> str:
    return f"{impact['title']} ({impact['copies']})" if impact["copies"] > 1 else str(impact["title"])


def _spec(view: PlanView, told: Told, narrow: bool, mode: Mode) -> dict[str, Any]:
    frame = _frame(view, told)
    texts = ChartTexts.of(impact_effort_sentences(frame))
    width = NARROW if narrow else WIDE
    return specification(impact_effort_chart(frame, mode=mode, texts=texts, width=width, narrow=narrow))


def _table(view: PlanView, told: Told) -> pd.DataFrame:
    value = view.saved.body.value if view.saved else 0.0
    rows = [
        (
            f"{place}. {plain(_title(each))}",
            f"phase {each['phase']}" if each["planned"] else "left out",
            "yes" if each["quick"] else "no",
            whole_days(each["effort"]),
            share(each["value"], value),
            about(each["value"]) if each["value"] else "none",
            "not known" if each["price"] is None else about(each["price"]) if each["price"] else "next to nothing",
        )
        for place, each in enumerate(told["impacts"], start=1)
    ]
    columns = ["Action (departments)", "When", "Quick win", "Person-days", "Share of the plan's value", "Level-weeks"]
    columns.append("Its people and money elsewhere")
    return pd.DataFrame(rows, columns=columns)


def _show_end(view: PlanView, told: Told) -> None:
    if view.saved is None:
        return
    st.write("From the action that ends last back through whatever keeps each from starting a month earlier.")
    days = {each.id: (each.start, each.finish) for each in view.saved.body.actions}
    last = max(days, key=lambda code: days[code][1])
    if last not in told["slack"]:
        st.write(plain(ends_last(named(last, view.names), days[last][1])))
    said = [
        f"{place}. **{plain(named(each['action'], view.names))}**, {_window(days[each['action']])}. "
        f"{plain(link_words(each['kind'], each['reason'], view.names))}"
        for place, each in enumerate(told["chain"], start=1)
    ]
    st.markdown("\n".join(said))
    st.caption(
        f"{number_help('critical_path')} People and money that one action holds and another waits for count here too. "
        f"These are the dates that the plan was made with."
    )


def _window(days: tuple[date, date]) -> str:
    return f"{short_day(days[0])} to {short_day(days[1])}"
