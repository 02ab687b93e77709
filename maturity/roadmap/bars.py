"""The roadmap as rows: one bar per action, department copies of one catalogue action folded into one row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

import pandas as pd

from maturity.planning.request import PHASE_NAMES
from maturity.roadmap.actions import Action
from maturity.roadmap.critical_path import critical
from maturity.roadmap.status import joint_status, status

Lane = Literal["phase", "department", "topic", "objective", "owner"]
Baseline = Mapping[str, tuple[date, date]]
"""Approved start and finish by action code."""

COLUMNS = [
    "id",
    "title",
    "owner",
    "lane",
    "phase",
    "start",
    "finish",
    "baseline_start",
    "baseline_finish",
    "percent_done",
    "critical",
    "status",
    "days_late",
    "count",
]
WITHOUT = {"department": "City-wide", "topic": "No topic", "objective": "No objective", "owner": "No owner"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One bar: the copies it stands for, earliest start to latest finish, mean per cent done (0-100)."""

    id: str
    title: str
    owner: str
    lane: str
    phase: int
    start: date
    finish: date
    percent_done: float
    copies: tuple[Action, ...]

    @property
    def count(self) -> int:
        """How many actions stand behind the bar."""
        return len(self.copies)


def lane_of(action: Action, lane: Lane) -> str:
    """What an action is filed under: phase number, or id of a department, topic, objective or owner ("" if none)."""
    if lane == "phase":
        return str(action.phase)
    if lane == "topic":
        return action.closes[0].topic if action.closes else ""
    found = {"department": action.department, "objective": action.objective, "owner": action.owner}[lane]
    return found or ""


def fold_departments(actions: Iterable[Action], lane: Lane = "phase") -> tuple[Row, ...]:
    """Rows by earliest start; copies of one catalogue action are one row wherever they share a lane.

    By phase they always do: the row stands in the phase of its earliest copy. By department they never do."""
    ordered = sorted(actions, key=lambda one: (_family(one, lane), one.start, one.code))
    groups = [tuple(copies) for _, copies in groupby(ordered, key=lambda one: _family(one, lane))]
    catalogue_ids = [copies[0].catalogue_id for copies in groups]
    rows = [
        _row(copies, lane, sole=len(copies) > 1 and catalogue_ids.count(copies[0].catalogue_id) == 1)
        for copies in groups
    ]
    return tuple(sorted(rows, key=lambda row: (row.start, row.finish, row.id)))


def _family(action: Action, lane: Lane) -> tuple[str, str]:
    if not action.catalogue_id or not action.department or lane == "department":
        return ("one", action.code)
    return (action.catalogue_id, "" if lane in ("phase", "topic") else lane_of(action, lane))


def _row(copies: tuple[Action, ...], lane: Lane, sole: bool) -> Row:
    first = copies[0]
    owners = {each.owner for each in copies}
    return Row(
        id=str(first.catalogue_id) if sole else first.code,
        title=first.title if len({each.title for each in copies}) == 1 else f"{first.title} and others",
        owner=first.owner if len(owners) == 1 else f"{len(owners)} owners",
        lane=lane_of(first, lane),
        phase=first.phase,
        start=first.start,
        finish=max(each.finish for each in copies),
        percent_done=sum(each.percent_done for each in copies) / len(copies),
        copies=copies,
    )


def roadmap_bars(
    actions: Iterable[Action],
    baseline: Baseline,
    today: date,
    lane: Lane = "phase",
    names: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """The columns of `COLUMNS`, one row per bar, lane by lane; `percent_done` is 0-1, dates are datetimes (NaT where
    there is no baseline), `status` a code. `names` turns ids of lanes and owners into what people read."""
    kept = [action for action in actions if not action.removed_on]
    chain = critical(kept)
    rows = fold_departments(kept, lane)
    named = names or {}
    frame = pd.DataFrame([_cells(row, baseline, today, lane, chain, named) for row in rows], columns=COLUMNS)
    for column in ("start", "finish", "baseline_start", "baseline_finish"):
        frame[column] = pd.to_datetime(frame[column])
    return frame.iloc[_lane_order(rows, lane, named)].reset_index(drop=True)


def _lane_order(rows: tuple[Row, ...], lane: Lane, names: Mapping[str, str]) -> list[int]:
    """Phases by number, other lanes in the order of `names` where it has them, else by first start."""
    wanted = {name: place for place, name in enumerate(names)}
    seen: dict[str, int] = {}
    for row in rows:
        seen.setdefault(row.lane, len(seen))

    def place(index: int) -> tuple[int, int, int]:
        row = rows[index]
        return (row.phase if lane == "phase" else wanted.get(row.lane, len(wanted)), seen[row.lane], index)

    return sorted(range(len(rows)), key=place)


def _cells(
    row: Row, baseline: Baseline, today: date, lane: Lane, chain: frozenset[str], names: Mapping[str, str]
) -> list[object]:
    approved = [baseline[each.code] for each in row.copies if each.code in baseline]
    how = joint_status(status(each, today, *baseline.get(each.code, ())) for each in row.copies)
    return [
        row.id,
        row.title if row.count == 1 else f"{row.title} ({row.count} departments)",
        names.get(row.owner, row.owner),
        PHASE_NAMES[row.phase - 1] if lane == "phase" else names.get(row.lane, row.lane) or WITHOUT[lane],
        row.phase,
        row.start,
        row.finish,
        min((start for start, _ in approved), default=None),
        max((finish for _, finish in approved), default=None),
        row.percent_done / 100,
        any(each.code in chain for each in row.copies),
        how.code,
        how.days_late,
        row.count,
    ]


def roadmap_links(actions: Iterable[Action], lane: Lane = "phase") -> pd.DataFrame:
    """Dependencies between the bars of `roadmap_bars` with the same lane: `from_id` has to finish before `to_id`."""
    rows = fold_departments([action for action in actions if not action.removed_on], lane)
    row_of = {each.code: row.id for row in rows for each in row.copies}
    pairs = {
        (row_of[needed], row.id): None
        for row in rows
        for each in row.copies
        for needed in each.requires
        if needed in row_of and row_of[needed] != row.id
    }
    return pd.DataFrame(list(pairs), columns=["from_id", "to_id"])
