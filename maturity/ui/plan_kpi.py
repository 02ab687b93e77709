"""The KPI of an action in a form: what is measured, which way it should go, from where to where, and how it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from pydantic import ValidationError

from maturity.operations.errors import Refused
from maturity.planning.catalogue import Kpi
from maturity.ui.plan_fields import number, seed, text, written

KINDS = "A leading KPI shows early whether the work takes; a lagging one whether it has changed anything."
Named = Callable[[str], str]


def show_kpi(key: Named, kpi: Kpi | None) -> None:
    """The inputs, filled from a KPI; `key` gives each its name in the session."""
    st.caption("KPI: how one sees that it worked. All of it has to be there before the action is signed off.")
    left, right = st.columns([3, 2])
    with left:
        text(key("kpi"), "KPI", kpi.name if kpi else "", hint="What is counted or measured.")
    with right:
        text(key("unit"), "Its unit", kpi.unit if kpi else "", hint="Such as %, days, or data sets.")
    left, right = st.columns(2)
    with left:
        seed(key("direction"), kpi.direction if kpi else "up")
        st.selectbox("Should go", ["up", "down"], key=key("direction"))
    with right:
        seed(key("kind"), kpi.kind if kpi else "lagging")
        st.selectbox("Kind", ["leading", "lagging"], key=key("kind"), format_func=str.capitalize, help=KINDS)
    left, right = st.columns(2)
    with left:
        number(key("baseline"), "Baseline", kpi.baseline if kpi else None, "Where it stands before the work.")
    with right:
        number(key("target"), "Target", kpi.target if kpi else None, "Where it should stand in the end.")
    _show_reading(key, kpi)


def _show_reading(key: Named, kpi: Kpi | None) -> None:
    left, right = st.columns(2)
    with left:
        seed(key("due"), kpi.due if kpi else None)
        st.date_input("Target reached by", value=None, key=key("due"), format="DD/MM/YYYY")
    with right:
        seed(key("frequency"), kpi.frequency if kpi else None)
        st.selectbox(
            "Read how often", ["weekly", "monthly", "quarterly", "yearly"], index=None, placeholder="Not said",
            key=key("frequency"), format_func=str.capitalize,
        )  # fmt: skip
    text(key("source"), "Source of its readings", kpi.source if kpi else "", hint="Such as the help desk's log.")


def kpi_said(key: Named, title: str, before: Kpi | None = None, *, clear: bool = True) -> Kpi | None:
    """The KPI as it stands in the form, None where name and unit are empty. An emptied source stays unless `clear`."""
    name, unit = written(key("kpi")), written(key("unit"))
    if not name and not unit:
        return None
    if not name or not unit:
        raise Refused(f"{title}: a KPI needs a name and a unit; fill in both, or empty both")
    source = written(key("source")) or (before.source if before and not clear else "")
    given: dict[str, Any] = {
        each: st.session_state.get(key(each)) for each in ("baseline", "target", "due", "frequency")
    }
    chosen = {each: st.session_state.get(key(each)) for each in ("direction", "kind")}
    given |= {each: value for each, value in chosen.items() if value}
    try:
        kpi = Kpi(name=name, unit=unit, source=source, **given)
    except ValidationError:
        raise Refused(f"{title}: baseline and target of the KPI are ordinary numbers; mend them") from None
    _check_direction(title, kpi)
    return kpi


def _check_direction(title: str, kpi: Kpi) -> None:
    if kpi.baseline is None or kpi.target is None:
        return
    wrong = kpi.target < kpi.baseline if kpi.direction == "up" else kpi.target > kpi.baseline
    if wrong:
        raise Refused(
            f"{title}: the KPI should go {kpi.direction}, but its target {kpi.target:g} is "
            f"{'below' if kpi.direction == 'up' else 'above'} its baseline {kpi.baseline:g}; mend one of the three"
        )
