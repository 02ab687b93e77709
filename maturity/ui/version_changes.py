"""Every change between two moments of the plan as a table and as a file: before, after, days, reasons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from maturity.operations.comparing import Comparison
from maturity.roadmap.versions import OF_DATES, OF_OWNERS, Change, Difference, Document
from maturity.ui.plan_tables import EMPTY, parts, show, table, text
from maturity.ui.roadmap_shown import ShownPlan
from maturity.ui.roadmap_tables import dates, safe
from maturity.words.messages import counted, on_day
from maturity.words.version_sentences import KINDS, PARTS, shift

HEADINGS = ("Action", "What", "Before", "After", "Finish", "Reasons")
LONGEST = 160
Cells = tuple[str, tuple[str, ...], tuple[str, ...], str, tuple[str, ...]]


def show_changes(shown: ShownPlan, found: Comparison) -> None:
    """One row for each change, department copies that changed alike as one; and all of them as a file."""
    changes = found.difference.changes
    if not changes:
        return
    show(table(HEADINGS, list(_rows(shown, found)), "what differs between the two, action by action"))
    st.download_button(
        "Download every change as CSV",
        lambda: pd.DataFrame([_line(shown, found, each) for each in changes]).to_csv(index=False).encode("utf-8-sig"),
        file_name="changes.csv",
        mime="text/csv",
        key="compare_csv",
        on_click="ignore",
    )


def show_milestone_changes(told: Difference) -> None:
    """The milestones that differ, by name."""
    if told.milestones:
        st.markdown("**Milestones**")
        rows = [_milestone(name, before, after) for name, (before, after) in told.milestones.items()]
        show(table(("Milestone", "Before", "After", "Moved"), rows, "what differs between the two, by milestone"))


def _milestone(name: str, before: Document | None, after: Document | None) -> tuple[str, str, str, str]:
    was, now = (date.fromisoformat(each["on"]) if each else None for each in (before, after))
    moved = shift((now - was).days) if was and now else "entered" if now else "left"
    said = moved or "what it proves"
    return text(name), text(on_day(was)) if was else EMPTY, text(on_day(now)) if now else EMPTY, text(said)


def _rows(shown: ShownPlan, found: Comparison) -> Iterable[tuple[str, ...]]:
    folded: dict[tuple[str, Cells], list[Change]] = {}
    for each in found.difference.changes:
        folded.setdefault((each.title, _cells(shown, found, each)), []).append(each)
    for (title, (kinds, before, after, later, reasons)), copies in folded.items():
        place = (copies[0].after or copies[0].before or {})["department"]
        one = f" ({shown.names.get(place, place)})" if place else ""
        where = f" ({counted(len(copies), 'department')})" if len(copies) > 1 else one
        yield (
            text(title + where), text(kinds), parts(before), parts(after), text(later) if later else EMPTY,
            parts(reasons),
        )  # fmt: skip


def _cells(shown: ShownPlan, found: Comparison, change: Change) -> Cells:
    before, after = (_said(shown, found, change, each) for each in (change.before, change.after))
    kinds = ", ".join(KINDS[each] for each in change.kinds)
    return kinds, before, after, shift(change.later), change.reasons


def _said(shown: ShownPlan, found: Comparison, change: Change, held: Document | None) -> tuple[str, ...]:
    """What is to be seen of one side of a change: only what differs, and the days of what entered or left."""
    if held is None:
        return ()
    differs = set(change.parts)
    said = [_days(held)] if not differs or differs & OF_DATES else []
    if differs & OF_OWNERS:
        said.append(f"Owner: {_owner(shown, found, held)}")
    said += [
        f"{PARTS.get(each, each)[:1].upper()}{PARTS.get(each, each)[1:]}: {_value(shown, each, held.get(each))}"
        for each in change.parts
        if each not in OF_DATES | OF_OWNERS
    ]
    return tuple(said)


def _days(held: Document) -> str:
    return dates(date.fromisoformat(held["start"]), date.fromisoformat(held["finish"]))


def _owner(shown: ShownPlan, found: Comparison, held: Document) -> str:
    """The owner, and who is accountable where that is somebody else."""
    owner, accountable = (_named(shown, found, each) for each in (held["owner"], held["raci"]["accountable"]))
    return owner if owner == accountable else f"{owner}, accountable: {accountable}"


def _named(shown: ShownPlan, found: Comparison, written: str) -> str:
    name = found.owner(written)
    return shown.names.get(name, name)


def _value(shown: ShownPlan, part: str, value: Any) -> str:
    names = shown.names
    if value in (None, "", [], {}):
        return "none"
    if part == "kpi":
        numbers = ", ".join(f"{each} {value[each]:g}" for each in ("baseline", "target") if value[each] is not None)
        said = f"{value['name']} ({value['unit']}{'; ' if numbers else ''}{numbers})"
    elif part == "effort":
        said = ", ".join(f"{names.get(role, role)} {days:g} days" for role, days in value.items())
    elif part == "requires":
        said = ", ".join(names.get(code.partition("/")[0], code) for code in value)
    elif part == "closes":
        said = counted(len(value), "step")
    else:
        said = f"{value:,.10g}" if isinstance(value, float) else names.get(str(value), str(value))
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"


def _line(shown: ShownPlan, found: Comparison, change: Change) -> dict[str, object]:
    """One change for a file: codes and ISO dates, ready to be counted and sorted."""
    before, after = change.before or {}, change.after or {}
    place = (after or before)["department"]
    return {
        "code": change.code,
        "action": safe(change.title),
        "department": safe(shown.names.get(place, place) if place else "City-wide"),
        "change": ", ".join(KINDS[each] for each in change.kinds),
        "start_before": before.get("start", ""),
        "finish_before": before.get("finish", ""),
        "start_after": after.get("start", ""),
        "finish_after": after.get("finish", ""),
        "days_later": change.later if before and after else "",
        "owner_before": safe(_owner(shown, found, before)) if before else "",
        "owner_after": safe(_owner(shown, found, after)) if after else "",
        "differs": ", ".join(PARTS.get(each, each) for each in change.parts),
        "reasons": safe("; ".join(change.reasons)),
    }
