"""What a little more of people or money would be worth, and what holds the plan back."""

from __future__ import annotations

import streamlit as st

from maturity.planning.plan import Plan
from maturity.ui.help import plain
from maturity.ui.plan import PlanView
from maturity.words.price_sentences import MOST_PRICES, Scarce, bottleneck, no_prices, price_sentence
from maturity.words.why_sentences import LEVEL_WEEK


def show_prices(view: PlanView) -> None:
    """The most valuable of what is scarce, at most five, and the bottleneck by name."""
    if view.saved is None or not view.saved.actions:
        return
    body = view.saved.body
    st.header("What more would be worth", anchor="prices")
    if not body.prices or not body.value:
        st.write(no_prices(body.upper_bound is not None))
        return
    st.write(f"**{plain(bottleneck(body.prices, _offered(body), view.names))}**")
    said = [price_sentence(each, view.names, body.value, view.currency) for each in body.prices[:MOST_PRICES]]
    st.markdown("\n".join(f"- {plain(each)}" for each in said))
    more = len(body.prices) - len(said)
    rest = f" {more} more would be worth less." if more else ""
    st.caption(
        f"{LEVEL_WEEK} These are orders of size, two digits at best: each holds for a little more of one thing while "
        f"everything else stays as it is.{rest}"
    )


def _offered(plan: Plan) -> dict[Scarce, float]:
    """What there is of everything scarce: person-days, and money in thousands."""
    days: dict[Scarce, float] = {(use.role, use.department, use.quarter, None): use.available for use in plan.capacity}
    money: dict[Scarce, float] = {(None, None, None, use.phase): (use.available or 0) / 1000 for use in plan.budget}
    return {**days, **money}
