"""Receipts on the progress page: what was done before a level rose, and which stalled action holds back what."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from maturity.operations.receipts import HeldBack, Receipt, RoadmapReceipts, roadmap_receipts
from maturity.roadmap.actions import Action
from maturity.ui import cached
from maturity.ui.plain_text import plain
from maturity.ui.roadmap_shown import ShownPlan
from maturity.words.messages import counted, joined, on_day
from maturity.words.progress_sentences import (
    NO_LEVEL_GAINED,
    NO_RECEIPTS,
    NOTHING_STALLED,
    RECEIPT_LIMITS,
    receipt_said,
    stall_said,
    target_due_said,
)

FIRST = 10
MOST_NAMED = 3


def show_receipts(shown: ShownPlan) -> None:
    """Levels gained with what was done before, then targets that are held back."""
    found = _found(shown)
    st.header("Levels gained", anchor=False)
    if found.before is None:
        st.write(NO_RECEIPTS)
    elif not found.gained:
        st.write(NO_LEVEL_GAINED.format(before=plain(found.before), after=plain(found.after or "")))
    else:
        _show_gained(shown, found)
    st.header("Held back", anchor=False)
    _show_held_back(shown, found)


def _found(shown: ShownPlan) -> RoadmapReceipts:
    here = shown.here
    every = cached.every_round(here)
    revision = [here.workspace.revision(each.scope) for each in every]
    name = here.organisation.name if here.organisation else None
    return shown.kept(
        f"receipts {revision}", lambda: roadmap_receipts(here.workspace, here.visitor, shown.plan.name, name)
    )


def _show_gained(shown: ShownPlan, found: RoadmapReceipts) -> None:
    explained = sum(each.explained for each in found.gained)
    st.write(
        f"From {plain(found.before or '')} to {plain(found.after or '')}, topics of departments you may read gained "
        f"{counted(len(found.gained), 'level')}. For {explained} of them an action of the roadmap was done before."
    )
    st.caption(RECEIPT_LIMITS)
    alike: dict[tuple[bool, str, int, tuple[str, ...], tuple[str, ...]], list[Receipt]] = {}
    for each in found.gained:
        before, others = (tuple(one.id for one in of) for of in (each.done_before, each.done_after + each.not_done))
        alike.setdefault((not each.explained, each.topic, each.level, before, others), []).append(each)
    _show_list("receipts_more", [f"- {_receipt(shown, alike[key])}" for key in sorted(alike, key=lambda one: one[0])])


def _receipt(shown: ShownPlan, of: list[Receipt]) -> str:
    """The same level of one topic, gained in several departments, beside the same actions."""
    each = of[0]
    before = [f"{plain(action.title)} ({_place(shown, action)}), on {_done(action)}" for action in each.done_before]
    topic = plain(shown.names.get(each.topic, each.topic))
    where = joined([plain(shown.names.get(one.department, one.department)) for one in of])
    return receipt_said(f"**{topic}**", where, each.level, before, len(each.done_after), len(each.not_done))


def _place(shown: ShownPlan, action: Action) -> str:
    return plain(shown.place(action))


def _done(action: Action) -> str:
    return on_day(action.done_on) if action.done_on else ""


def _show_held_back(shown: ShownPlan, found: RoadmapReceipts) -> None:
    if not found.stalled:
        st.write(NOTHING_STALLED)
        return
    st.write("Stalled is what is late, what was to have begun, and what its owner is unsure of (confidence 1 or 2).")
    by_action = sorted(found.stalled, key=lambda each: (-each.stall.days, each.stall.action.code))
    lines = [_stalled(shown, list(of)) for _, of in groupby(by_action, key=lambda each: each.stall.action.code)]
    _show_list("held_back_more", lines)


def _stalled(shown: ShownPlan, of: list[HeldBack]) -> str:
    """One stalled action with the targets behind it, those of one topic and day together."""
    stall = of[0].stall
    why = stall_said(stall.why, stall.days, stall.confidence)
    head = f"- **{plain(stall.action.title)}** ({_place(shown, stall.action)}): {why}. It holds back:"
    of = sorted(of, key=lambda each: (each.target.due, each.target.topic, each.target.level))
    groups = groupby(of, key=lambda each: (each.target.due, each.target.topic, each.target.level, each.left))
    parts = []
    for (due, topic, level, left), behind in groups:
        every = list(behind)
        names = [plain(shown.names.get(each.target.department, each.target.department)) for each in every]
        who = joined(names) if len(names) <= MOST_NAMED else counted(len(names), "department")
        steps = dict.fromkeys(plain(each.through.title) for each in every if each.through)
        through = f", through {joined([f'“{each}”' for each in list(steps)[:2]])}" if steps else ""
        parts.append(
            f"    - {plain(shown.names.get(topic, topic))} at level {level} in {who}, due on "
            f"{target_due_said(due, left)}{through}"
        )
    return "\n".join([head, *parts])


def _show_list(key: str, lines: list[str]) -> None:
    """The first lines, and the others on a click."""
    room = len(lines) if st.session_state.get(key) else FIRST
    st.markdown("\n".join(lines[:room]))
    if len(lines) > room:
        st.button(
            f"Show {len(lines) - room} more", key=f"{key}_button",
            on_click=lambda: st.session_state.update({key: True}),
        )  # fmt: skip
