"""What a plan made from the current one changes: what enters, leaves and moves, each with its reason in words."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from maturity.planning.plan import Move, Plan, PlannedAction
from maturity.ui.plan import PlanView, short_day
from maturity.ui.plan_tables import show, table, text
from maturity.words.messages import counted
from maturity.words.plan_sentences import sentence
from maturity.words.scenario_sentences import move_sentence

AGAINST = "actions of the new plan against the current one"


def show_moves(view: PlanView, plan: Plan, against: str = AGAINST) -> None:
    """Three tables at most; copies of an action with the same days and reason are one row."""
    planned = {each.id: each for each in plan.actions}
    moves = plan.moves
    _show(view, "Enters", [each for each in moves if each.was is None], planned, against)
    _show(view, "Leaves", [each for each in moves if each.was and each.now is None], planned, against)
    _show(view, "Moves", [each for each in moves if each.was and each.now], planned, against)


def _show(view: PlanView, heading: str, moves: Sequence[Move], planned: dict[str, PlannedAction], against: str) -> None:
    folded: dict[tuple[str, str, str], list[str]] = {}
    for move in sorted(moves, key=lambda each: (each.now or each.was, each.id)):
        action, _, department = move.id.partition("/")
        key = (view.name(action), _when(move, planned), _why(view, move, planned))
        folded.setdefault(key, []).append(department)
    if not folded:
        return
    st.markdown(f"**{heading}**")
    rows = (
        (text(f"{title}{_places(view, places)}"), text(when), text(why))
        for (title, when, why), places in folded.items()
    )
    show(table(("Action", "When", "Why"), rows, f"{heading}: {against}"))


def _when(move: Move, planned: dict[str, PlannedAction]) -> str:
    if move.now is None:
        return f"was to start {short_day(move.was)}" if move.was else ""
    if move.was is None:
        return f"{short_day(move.now)} to {short_day(planned[move.id].finish)}"
    return f"{short_day(move.now)}, was {short_day(move.was)}"


def _why(view: PlanView, move: Move, planned: dict[str, PlannedAction]) -> str:
    """For what enters, what it is in the plan for; its place is free anyway."""
    action = planned.get(move.id)
    if move.reason.code == "entered" and action and action.why:
        return sentence(action.why[0], view.names)
    return move_sentence(move.reason, view.names)


def _places(view: PlanView, places: Sequence[str]) -> str:
    named = [place for place in places if place]
    if not named:
        return ""
    return f" ({view.name(named[0]) if len(named) == 1 else counted(len(named), 'department')})"
