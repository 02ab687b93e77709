"""What stands first on the plan's page, before its tables: one look says whether the plan can be shown to others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import streamlit as st

from maturity.operations.saved_plans import paid_before
from maturity.planning.plan import BudgetUse, PlannedAction
from maturity.roadmap.actions import Action
from maturity.ui.plain_text import plain
from maturity.ui.plan import PlanView, turn_to
from maturity.ui.plan_means import budget_of, overloaded
from maturity.ui.plan_resources import resources_of
from maturity.ui.plan_rows import cost_words, money
from maturity.words.headline_sentences import how_good, over_capacity, size_and_money, stays_out
from maturity.words.messages import NO_PLAN
from maturity.words.plan_sentences import left_unseen, sentence


def show_headline(view: PlanView) -> None:
    """How much the plan holds, costs and leaves out, how much better one could be at most, and who has too much to
    do; each with the way to the rest of it."""
    saved = view.saved
    if saved is None or not saved.actions:
        st.write(NO_PLAN)
        return
    carry_over = resources_of(view).terms.carry_over
    before = paid_before(saved)
    st.write(in_numbers(saved.actions, budget_of(view), view.currency, carry_over=carry_over, before=before))
    for conflict in saved.body.conflicts:
        st.warning(sentence(conflict, view.names))
    if saved.body.unseen:
        st.warning(plain(left_unseen(saved.body.unseen, view.names)))
    st.caption(how_good(saved.body.value, saved.body.upper_bound))
    with st.container(horizontal=True):
        _way("left-out", stays_out(len(saved.body.not_planned)), "Not planned", alarms=False)
        _way("means", over_capacity(len(over_days := overloaded(view))), "People and money", alarms=bool(over_days))


def in_numbers(
    actions: Sequence[Action | PlannedAction],
    uses: Sequence[BudgetUse],
    currency: str,
    *,
    carry_over: bool,
    before: float = 0.0,
) -> str:
    """How many actions, in how many phases, for how much, and whether there is so much. With carry-over a phase has too
    much where the sums so far are over, without it where its own are. `before` is what of it no phase pays for."""
    phases, cost = len({each.phase for each in actions}), cost_words(actions, currency)
    if any(use.available is None for use in uses):
        return size_and_money(len(actions), phases, cost, None)
    rests = [(use.available or 0.0) - use.planned for use in uses]
    left = accumulate(rests) if carry_over else rests
    over = next((use.phase for use, rest in zip(uses, left, strict=True) if rest < -0.005), None)
    available = money(sum(use.available or 0.0 for use in uses), currency)
    outside = money(before, currency) if before else ""
    return size_and_money(len(actions), phases, cost, available, over, carry_over=carry_over, before=outside)


def _way(part: str, said: str, name: str, *, alarms: bool) -> None:
    st.button(
        said,
        key=f"plan:headline:{part}",
        type="tertiary",
        icon=":material/warning:" if alarms else ":material/arrow_forward:",
        on_click=turn_to,
        args=(part,),
        help=f"Go to “{name}”",
    )
