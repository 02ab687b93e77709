"""What the page of risks and its forms share: every risk with its number, and the plan that they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from maturity.access.permissions import may
from maturity.operations import risks as operations
from maturity.operations.risks import KnownRisk
from maturity.roadmap.actions import Action
from maturity.ui import plan_tables
from maturity.ui.clock import local, today
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.ui.plan_tables import table, text
from maturity.ui.roadmap_shown import ShownPlan, current_plan
from maturity.words.risk_sentences import STATE, weight_words

SAID = "risk:said"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRisks:
    """Every risk with its number in the list by weight, and the plan that they belong to, None without one."""

    here: PageContext
    known: tuple[KnownRisk, ...]
    plan: ShownPlan | None
    today: date

    @property
    def actions(self) -> Mapping[str, Action]:
        """The plan's actions by code."""
        return {each.code: each for each in self.plan.plan.actions} if self.plan else {}

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of each risk, by id: the heaviest is 1; closed ones come last."""
        ordered = sorted(self.known, key=lambda each: each.risk.state == "closed")
        return {each.risk.id: number for number, each in enumerate(ordered, start=1)}

    def action_name(self, code: str) -> str:
        """An action in words, also where it is in the plan no more."""
        action = self.actions.get(code)
        if action is None or self.plan is None:
            return f"{code} (not in the plan any more)"
        return f"{action.title} ({self.plan.place(action)})"

    def may_keep(self, codes: Sequence[str]) -> bool:
        """Whether the visitor may add or change a risk of these actions; the operations ask again."""
        visitor, mine = self.here.visitor, self.here.organisation
        organisation = mine.id if mine else None
        if may(visitor, "edit_plan", None, organisation):
            return True
        found = [self.actions[code].department if code in self.actions else None for code in codes]
        return bool(found) and all(d and may(visitor, "report_progress", d, organisation) for d in found)


def shown_risks(here: PageContext) -> ShownRisks:
    """What the page shows, read anew on each run."""
    mine = here.organisation
    known = operations.risks(here.workspace, here.visitor, mine.name) if mine else ()
    return ShownRisks(here=here, known=known, plan=current_plan(here), today=today(here))


def show_history(known: KnownRisk) -> None:
    """What was said about one risk, newest first."""
    rows = (
        (
            text(f"{local(each.at):%d %b %Y}", "nowrap"),
            text(STATE[each.state]),
            text(weight_words(each.likelihood, each.impact)),
            text(each.why),
            text(each.by),
        )
        for each in reversed(known.history)
    )
    plan_tables.show(table(("Day", "State", "Weight", "Why", "By"), rows, "History of the risk"))


def show_risks_of(here: PageContext, code: str) -> None:
    """The open risks of one action, for where an action is opened; nothing where there are none."""
    mine = here.organisation
    found = operations.open_risks(here.workspace, here.visitor, mine.name) if mine else ()
    lines = [
        f"- {plain(each.title)}: {weight_words(each.likelihood, each.impact)}, watched by {plain(each.owner)}"
        for each in found
        if code in each.codes
    ]
    if lines:
        st.markdown("**Risks**\n" + "\n".join(lines))
