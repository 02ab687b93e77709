"""The pictures of a forecast: the fan of levels, and what makes the end late."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from maturity.charts.drawing import specification
from maturity.charts.fan import fan_chart
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.charts.tornado import tornado_chart
from maturity.operations.forecasts import Asking
from maturity.ui.pictures import show_picture
from maturity.ui.plan import PlanView
from maturity.words.forecast_sentences import (
    KIND_WORDS,
    LIKELY,
    NO_STEPS,
    driver_sentences,
    fan_sentences,
    no_steps_in,
)

WIDE, NARROW = 900, 344
WHOLE = ""
NO_NAMES: Mapping[str, str] = {}
BAND = ("low", "middle", "high", "mean", "planned")


def show_fan(view: PlanView, asking: Asking, fan: Mapping[str, Any], key: Hashable) -> None:
    """The average level by quarter, of all departments or of one."""
    if not fan["places"]:
        st.write(NO_STEPS)
        return
    known = dict.fromkeys(department for department, _, _ in asking.ask["request"]["levels"])
    names = {WHOLE: "All departments together" if len(known) > 1 else "Everything"} | {
        code: view.name(code) for code in known
    }
    chosen = WHOLE
    if len(known) > 1:
        forget_strange("plan:forecast:place", names)
        chosen = (
            st.selectbox("Level of", list(names), format_func=names.__getitem__, key="plan:forecast:place", width=420)
            or WHOLE
        )
    if chosen not in fan["places"]:
        st.write(no_steps_in(names[chosen]))
        return
    steps = asking.ask["request"]["steps"]
    places = {(s["department"], s["topic"]) for s in steps if chosen in (WHOLE, s["department"])}
    frame = fan_frame(asking, fan, chosen)
    department = "" if chosen == WHOLE else names[chosen]
    texts = ChartTexts.of(fan_sentences(frame, department=department, places=len(places)))

    def build(narrow: bool, mode: Mode) -> dict[str, Any]:
        width = NARROW if narrow else WIDE
        return specification(fan_chart(frame, mode=mode, texts=texts, width=width, narrow=narrow, today=asking.today))

    show_picture(
        "expected-level", build, lambda: _fan_table(frame), revision=(key, chosen), mode=view.here.mode,
    )  # fmt: skip


def forget_strange(key: str, options: Collection[object]) -> None:
    """Let go of a choice that was made in another plan and is not among the options of this one."""
    if st.session_state.get(key) not in options:
        st.session_state.pop(key, None)


def fan_frame(asking: Asking, fan: Mapping[str, Any], place: str) -> pd.DataFrame:
    """`on`, the last day of each quarter, with the levels of the band."""
    band = fan["places"][place]
    days = [asking.plan.starts + timedelta(days=edge - 1 if edge else 0) for edge in fan["edges"]]
    return pd.DataFrame({"on": pd.to_datetime(days), **{name: band[name] for name in BAND}})


def _fan_table(frame: pd.DataFrame) -> pd.DataFrame:
    heads = {
        "planned": "As planned", "middle": LIKELY, "low": "1 run in 10 is lower", "high": "1 run in 10 is higher",
        "mean": "Mean",
    }  # fmt: skip
    days = [f"{day.day} {day:%b %Y}" for day in frame["on"]]
    return pd.DataFrame({"By": days, **{head: frame[name].map("{:.2f}".format) for name, head in heads.items()}})


def show_drivers(view: PlanView, asking: Asking, drivers: Sequence[Mapping[str, Any]], key: Hashable) -> None:
    """By how many days the late date would come forward without each cause's surprises."""
    if not drivers:
        st.write("Nothing stands out: no single department, role, action or risk moves the end by half a day.")
        return
    frame = drivers_frame(view, drivers, {each.id: each.title for each in asking.risks})
    texts = ChartTexts.of(driver_sentences(frame))

    def build(narrow: bool, mode: Mode) -> dict[str, Any]:
        width = NARROW if narrow else WIDE - 40
        return specification(tornado_chart(frame, mode=mode, texts=texts, width=width, narrow=narrow))

    show_picture("what-makes-it-late", build, lambda: _drivers_table(frame), revision=key, mode=view.here.mode)
    st.caption(
        "The bars do not add up: causes work together. A department or a role stands for all that it does being slower "
        "than likely at the same time, an action for its own surprises alone, a risk for its happening at all."
    )


def drivers_frame(
    view: PlanView, drivers: Sequence[Mapping[str, Any]], risks: Mapping[str, str] = NO_NAMES
) -> pd.DataFrame:
    """`cause`, `kind`, `days` and `count`, the actions that share the cause; `risks` are named by id."""
    actions = {each.code: each for each in view.saved.actions} if view.saved else {}

    def name(driver: Mapping[str, Any]) -> str:
        code = str(driver["code"])
        if driver["kind"] == "risk":
            return risks.get(code, code)
        if driver["kind"] != "action" or code not in actions:
            return view.name(code)
        action = actions[code]
        return f"{action.title}, {view.name(action.department)}" if action.department else action.title

    rows = [(name(each), KIND_WORDS[each["kind"]], float(each["days"]), int(each["count"])) for each in drivers]
    return pd.DataFrame(rows, columns=["cause", "kind", "days", "count"])


def _drivers_table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Cause": frame["cause"],
            "What it is": frame["kind"],
            "Unfinished actions": frame["count"],
            "Days earlier without it": frame["days"].map("{:.0f}".format),
        }
    )
