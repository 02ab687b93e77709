"""A plan that is not kept yet: what it holds, and what enters, leaves and moves against the current one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from maturity.operations.saved_plans import SavedPlan
from maturity.planning.plan import Plan, PlannedAction
from maturity.planning.request import PHASE_NAMES
from maturity.roadmap.actions import Action
from maturity.ui.plain_text import plain
from maturity.ui.plan import PlanView, short_day
from maturity.ui.plan_headline import in_numbers
from maturity.ui.plan_left_out import show_steps_left_out
from maturity.ui.plan_means import show_money
from maturity.ui.plan_moves import show_moves
from maturity.ui.plan_resources import resources_of
from maturity.ui.plan_rows import cost_words
from maturity.ui.plan_tables import show, table, text
from maturity.words.headline_sentences import how_good
from maturity.words.messages import counted
from maturity.words.plan_sentences import best_possible, left_unseen, sentence
from maturity.words.work_sentences import LOOKS_FOR_BETTER, plan_so_far

Either = Action | PlannedAction


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Action codes by what a new plan does with them, each in the order of the new or the old plan."""

    enters: tuple[PlannedAction, ...]
    leaves: tuple[Action, ...]
    moves: tuple[tuple[PlannedAction, date], ...]
    stays: int


def difference(before: Sequence[Action], approved: Mapping[str, tuple[date, date]], after: Plan) -> Difference:
    """What a plan changes against the actions of the current one. An action moves where it starts on another day
    than it was approved for, or was changed to since."""
    old = {each.code: each for each in before}
    new = {each.id: each for each in after.actions}
    starts = {code: approved.get(code, (each.start,))[0] if each.begun_on else each.start for code, each in old.items()}
    moves = tuple((new[code], start) for code, start in starts.items() if code in new and new[code].start != start)
    return Difference(
        enters=tuple(each for code, each in new.items() if code not in old),
        leaves=tuple(each for code, each in old.items() if code not in new),
        moves=moves,
        stays=sum(code in new for code in old) - len(moves),
    )


def show_preview(view: PlanView, plan: Plan, before: SavedPlan | None, *, say_conflicts: bool = True) -> None:
    """The plan in numbers, its differences from the current one, and what it leaves out; the decisions that it does not
    keep, unless they are named beside it."""
    st.subheader("Not saved yet", anchor=False)
    carry_over = resources_of(view).terms.carry_over
    st.write(in_numbers(plan.actions, plan.budget, view.currency, carry_over=carry_over))
    st.caption(how_good(plan.value, plan.upper_bound))
    for conflict in plan.conflicts if say_conflicts else ():
        st.warning(sentence(conflict, view.names))
    if plan.unseen:
        st.warning(plain(left_unseen(plan.unseen, view.names)))
    if before is None:
        _show_rows("Its actions", [(each, _when(each)) for each in plan.actions], view)
    else:
        _show_difference(view, difference(before.actions, before.baseline, plan), plan)
    st.markdown("**Money by phase**")
    show_money(plan.budget, view.currency, carry_over=carry_over)
    box = st.expander(f"Not planned: {counted(len(plan.not_planned), 'wanted step')}", key="plan:preview:out",
                      on_change="rerun")  # fmt: skip
    if box.open:
        with box:
            show_steps_left_out(view, plan)


def show_so_far(view: PlanView, plan: Plan, first: float) -> None:
    """A plan that is known while better ones are looked for, in two lines; `first` is what the first one was worth."""
    cost = cost_words(plan.actions, view.currency)
    better = plan.value / first - 1 if first > 0 else 0.0
    st.markdown(plan_so_far(len(plan.actions), len({each.phase for each in plan.actions}), cost, better))
    if plan.upper_bound is not None:
        st.markdown(best_possible(plan.value, plan.upper_bound))
    st.caption(LOOKS_FOR_BETTER)


def _show_difference(view: PlanView, found: Difference, plan: Plan) -> None:
    if not found.enters and not found.leaves and not found.moves:
        st.write("Nothing changes: the same actions on the same days.")
        return
    st.write(
        f"{counted(len(found.enters), 'action')} {_verb(found.enters, 'enter')}, "
        f"{len(found.leaves)} {_verb(found.leaves, 'leave')}, {len(found.moves)} {_verb(found.moves, 'move')}, "
        f"{found.stays} {'stays' if found.stays == 1 else 'stay'} as before."
    )
    if plan.moves:
        show_moves(view, plan)
        return
    _show_rows("Enters", [(each, _when(each)) for each in found.enters], view)
    _show_rows("Leaves", [(each, f"was {_when(each)}") for each in found.leaves], view)
    moved = [(each, f"{short_day(each.start)}, was {short_day(was)}") for each, was in found.moves]
    _show_rows("Moves", moved, view)


def _verb(found: Sequence[object], verb: str) -> str:
    return f"{verb}s" if len(found) == 1 else verb


def _when(action: Either) -> str:
    return f"{short_day(action.start)} to {short_day(action.finish)}"


def _show_rows(heading: str, actions: Sequence[tuple[Either, str]], view: PlanView) -> None:
    """Titles with where and when; copies with the same days are one row."""
    folded: dict[tuple[str, int, str], list[str | None]] = {}
    for action, when in sorted(actions, key=lambda each: each[0].start):
        folded.setdefault((action.title, action.phase, when), []).append(action.department)
    if not folded:
        return
    st.markdown(f"**{heading}**")
    rows = (
        (text(f"{title}{_places(view, places)}"), text(PHASE_NAMES[phase - 1]), text(when))
        for (title, phase, when), places in folded.items()
    )
    show(table(("Action", "Phase", "When"), rows, f"{heading}: actions of the new plan against the current one"))


def _places(view: PlanView, places: Sequence[str | None]) -> str:
    named = [place for place in places if place]
    if not named:
        return ""
    return f" ({view.name(named[0]) if len(named) == 1 else counted(len(named), 'department')})"
