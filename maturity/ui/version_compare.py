"""What differs between two moments of the plan: one sentence, ghost bars, and every change with its reasons."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd
import streamlit as st

from maturity.charts.drawing import specification
from maturity.charts.roadmap import roadmap_chart
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.operations.comparing import MADE, NOW, Comparison, comparison
from maturity.operations.people import PEOPLE
from maturity.operations.plan_versions import Version
from maturity.roadmap.actions import Action, Raci
from maturity.roadmap.bars import roadmap_bars
from maturity.roadmap.phases import phases
from maturity.roadmap.versions import Document, Snapshot
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.ui.pictures import show_picture
from maturity.ui.plan_tables import apply_style
from maturity.ui.results_choices import choose
from maturity.ui.roadmap_shown import ShownPlan
from maturity.ui.roadmap_tables import dates
from maturity.ui.version_changes import show_changes, show_milestone_changes
from maturity.ui.versions_seen import every_version, seen_versions, titled
from maturity.words.version_sentences import difference_chart, difference_sentence, shift

WIDE, NARROW = 900, 344
POINTS = {NOW: "The plan as it stands now", MADE: "The plan as it was made"}
MARKS = ["name", "on"]


@st.fragment
def show_compare(here: PageContext) -> None:
    """The two choices, and all that differs from the one to the other."""
    apply_style()
    seen = seen_versions(here)
    if seen is None:
        return
    shown, known = seen.shown, {each.id: each for each in every_version(seen.shown)}
    approved = shown.plan.approved
    first = [approved.id] if approved and approved.id in known else []
    others = [each for each in reversed(known) if each not in first]
    left, right = st.columns(2, gap="medium")
    with left:
        before = _choose("Earlier", [*first, MADE, *others, NOW], known, "before")
    with right:
        after = _choose("Later", [NOW, *reversed(known), MADE], known, "after")
    key = (before, after, here.workspace.revision(PEOPLE))
    found = shown.kept(
        f"compared {key}", lambda: comparison(here.workspace, here.visitor, before, after, seen.organisation)
    )
    _show(shown, found, (_name(before, known), _name(after, known)), key)


def _choose(label: str, options: list[str], known: dict[str, Version], key: str) -> str:
    return choose(label, options, lambda each: _name(each, known), key=f"compare_{key}")


def _name(point: str, known: dict[str, Version]) -> str:
    return titled(known[point]) if point in known else POINTS[point]


def _show(shown: ShownPlan, found: Comparison, named: tuple[str, str], key: tuple[object, ...]) -> None:
    told = found.difference
    st.header(plain(difference_sentence(told.changes, len(told.milestones))), anchor=False)
    if found.after.version and found.after.version.reason:
        st.markdown(f"Why version {found.after.version.number}: {plain(found.after.version.reason)}")
    if not told.changes and not told.milestones:
        return
    show_changes(shown, found)
    show_milestone_changes(told)
    st.header("On the timeline", anchor=False)
    show_picture(
        "compared-plans",
        lambda narrow, mode: _drawn(shown, found, named, narrow, mode),
        lambda: _cells(shown, found),
        revision=(shown.key, key),
        mode=shown.here.mode,
    )


def bars(shown: ShownPlan, found: Comparison) -> pd.DataFrame:
    """The later moment as bars, the earlier one as what they are held against; the status says the distance."""
    frame = roadmap_bars(
        actions_of(found.after.snapshot, found, shown), found.before.snapshot.dates, shown.today, names=shown.names
    )
    late = (frame["finish"] - frame["baseline_finish"]).dt.days
    moved = (frame["start"] - frame["baseline_start"]).dt.days
    said = [
        "entered" if pd.isna(finish) else shift(int(finish)) or ("starts on another day" if start else "as before")
        for finish, start in zip(late, moved, strict=True)
    ]
    return frame.assign(status=said, critical=False)


def actions_of(snapshot: Snapshot, found: Comparison, shown: ShownPlan) -> list[Action]:
    """The actions of a snapshot as far as bars need them; how much is done is as it stands now."""
    now = {each.code: each for each in (*shown.plan.actions, *shown.plan.removed)}
    return [_action(code, each, found, now.get(code)) for code, each in snapshot.actions.items()]


def _action(code: str, held: Document, found: Comparison, now: Action | None) -> Action:
    first, last = Snapshot(
        plan="", round="", starts=found.after.snapshot.starts, actions={code: held}, milestones={}
    ).dates[code]  # fmt: skip
    return Action(
        id=code, code=code, title=held["title"], phase=held["phase"], start=first, finish=last,
        owner=found.owner(held["owner"]), raci=Raci(accountable=found.owner(held["raci"]["accountable"])),
        catalogue_id=held["catalogue_id"], department=held["department"], requires=tuple(held["requires"]),
        percent_done=now.percent_done if now else 0.0,
    )  # fmt: skip


def _drawn(shown: ShownPlan, found: Comparison, named: tuple[str, str], narrow: bool, mode: Mode) -> dict[str, Any]:
    held = found.after.snapshot
    windows = [{"name": each.name, "start": each.start, "finish": each.finish} for each in phases(held.starts)]
    marks = [{"name": name, "on": pd.Timestamp(each["on"]).date()} for name, each in held.milestones.items()]
    before, after = (each[:1].lower() + each[1:] if each in POINTS.values() else each for each in named)
    chart = roadmap_chart(
        bars(shown, found).assign(lane=""),
        links=pd.DataFrame([], columns=["from_id", "to_id"]),
        phases=pd.DataFrame(windows),
        milestones=pd.DataFrame(marks, columns=MARKS),
        today=shown.today,
        mode=mode,
        texts=ChartTexts.of(difference_chart(found.difference.changes, before, after)),
        width=NARROW if narrow else WIDE,
        narrow=narrow,
        against="before",
        slips=False,
    )
    return specification(chart)


def _cells(shown: ShownPlan, found: Comparison) -> pd.DataFrame:
    rows = [cast(Any, row) for row in bars(shown, found).itertuples()]
    return pd.DataFrame(
        [
            {
                "Action": plain(row.title),
                "Before": "" if pd.isna(row.baseline_start) else dates(row.baseline_start, row.baseline_finish),
                "After": dates(row.start, row.finish),
                "Finish": row.status,
            }
            for row in rows
        ]
    )
