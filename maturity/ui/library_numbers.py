"""Inputs for what an action takes: weeks, person-days by role, money once and each year, each low, likely and high."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from maturity.operations.errors import Refused
from maturity.planning.catalogue import Estimate
from maturity.planning.own_catalogue import Numbers
from maturity.ui.plan import PlanView

THREE = ("low", "likely", "high")
MONEY = {"one_off": "Once", "yearly": "Each year"}


def total(effort: Mapping[str, Estimate]) -> Estimate:
    """The effort of all roles together, lows, likely values and highs each added up."""
    return Estimate(
        low=sum(each.low for each in effort.values()),
        likely=sum(each.likely for each in effort.values()),
        high=sum(each.high for each in effort.values()),
    )


def in_proportion(effort: Mapping[str, Estimate], person_days: float) -> dict[str, dict[str, float]]:
    """The effort of each role in the same proportion, so that the likely values add up to `person_days`, rounded to
    tenths."""
    times = person_days / (total(effort).likely or 1.0)
    return {role: {which: round(getattr(three, which) * times, 1) for which in THREE} for role, three in effort.items()}


def show_numbers(view: PlanView, prefix: str, numbers: Numbers) -> list[str]:
    """The inputs, filled once from `numbers`; the roles that have a row."""
    roles = list(view.catalogue.role) if view.catalogue else []
    _seed(f"{prefix}:weeks", numbers.duration_weeks)
    st.number_input("Duration in weeks", min_value=1, max_value=156, step=1, key=f"{prefix}:weeks", width=200)
    _seed(f"{prefix}:roles", list(numbers.effort))
    st.multiselect("Who works on it", roles, format_func=view.name, key=f"{prefix}:roles")
    chosen = list(st.session_state[f"{prefix}:roles"])
    for role in chosen:
        _three(f"{prefix}:{role}", view.name(role), "person-days", numbers.effort.get(role), 1.0)
    for part, name in MONEY.items():
        known = getattr(numbers.cost, part) if numbers.cost else None
        _three(f"{prefix}:{part}", name, f"{view.currency}, empty: not priced", known, 100.0)
    return chosen


def _three(key: str, name: str, unit: str, known: Estimate | None, step: float) -> None:
    st.markdown(f"**{name}**, {unit}")
    for column, which in zip(st.columns(3), THREE, strict=True):
        _seed(f"{key}:{which}", getattr(known, which) if known else None)
        with column:
            st.number_input(f"{name}, {which}", min_value=0.0, step=step, value=None, format="%.10g",
                            key=f"{key}:{which}")  # fmt: skip


def _seed(key: str, value: Any) -> None:
    st.session_state.setdefault(key, value)


def typed_numbers(view: PlanView, prefix: str, roles: list[str]) -> dict[str, Any]:
    """What was typed, as `Numbers` takes it; refused where a likely value is missing beside others."""
    effort = {role: _typed(f"{prefix}:{role}", view.name(role)) for role in roles}
    cost = {part: _typed(f"{prefix}:{part}", name) for part, name in MONEY.items()}
    empty = [view.name(role) for role, three in effort.items() if three is None]
    if empty:
        raise Refused(f"the person-days of {empty[0]} are missing; enter them, or take the role out")
    return {
        "duration_weeks": st.session_state.get(f"{prefix}:weeks"),
        "effort": effort,
        "cost": cost if any(cost.values()) else None,
    }


def _typed(key: str, name: str) -> dict[str, float] | None:
    """Low, likely and high; None where all three are empty."""
    low, likely, high = (st.session_state.get(f"{key}:{which}") for which in THREE)
    if likely is None:
        if low is None and high is None:
            return None
        raise Refused(f"{name} has no likely value; enter one")
    return {"low": likely if low is None else low, "likely": likely, "high": likely if high is None else high}
