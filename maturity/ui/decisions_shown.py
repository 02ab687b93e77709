"""What the page of decisions and its forms share: every decision, the plan that waits for them, and their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from maturity.access.permissions import Verb, may
from maturity.operations import decisions as operations
from maturity.operations.resources import resources
from maturity.roadmap.actions import Action
from maturity.roadmap.decisions import AskedDecision, LeadershipDecision
from maturity.ui import plan_tables
from maturity.ui.clock import local, today
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.ui.plan_tables import EMPTY, about, table, text
from maturity.ui.roadmap_shown import ShownPlan, current_plan
from maturity.words.leadership_sentences import computed_words, cost_words, left_words
from maturity.words.messages import on_day, saved_at

SAID = "decision:said"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDecisions:
    """Every decision as it was asked for, and the plan in force, None without one."""

    here: PageContext
    asked: tuple[AskedDecision, ...]
    plan: ShownPlan | None
    today: date
    currency: str

    @property
    def actions(self) -> Mapping[str, Action]:
        """The plan's actions by code."""
        return {each.code: each for each in self.plan.plan.actions} if self.plan else {}

    @property
    def open(self) -> tuple[AskedDecision, ...]:
        """What waits to be decided, the soonest needed first."""
        found = [each for each in self.asked if each.decision.state == "open"]
        return tuple(sorted(found, key=lambda each: (each.day or date.max, each.decision.id)))

    def action_name(self, code: str) -> str:
        """An action in words, also where it is in the plan no more."""
        action = self.actions.get(code)
        if action is None or self.plan is None:
            return f"{code} (not in the plan any more)"
        return f"{action.title} ({self.plan.place(action)})"

    def may(self, verb: Verb) -> bool:
        """Whether the visitor may do this here; the operations ask again."""
        mine = self.here.organisation
        return may(self.here.visitor, verb, None, mine.id if mine else None)

    def say(self, words: str) -> None:
        """Keep a sentence for the page's next run."""
        st.session_state[SAID] = plain(f"{saved_at(local(self.here.workspace.clock()))}. {words}")


def shown_decisions(here: PageContext) -> ShownDecisions:
    """What the page shows, read anew on each run."""
    mine, plan = here.organisation, current_plan(here)
    asked = operations.decisions(here.workspace, here.visitor, mine.name) if mine else ()
    currency = resources(here.workspace, here.visitor, plan.round).currency if plan and plan.round else ""
    return ShownDecisions(here=here, asked=asked, plan=plan, today=today(here), currency=currency)


def show_record(shown: ShownDecisions, asked: AskedDecision) -> None:
    """One decision in full: what is asked, by when and why then, and the options with their costs."""
    decision = asked.decision
    if decision.background:
        st.write(plain(decision.background))
    plan_tables.show(about(record_facts(shown, asked), "About this decision"))
    plan_tables.show(options_table(shown, decision))


def record_facts(shown: ShownDecisions, asked: AskedDecision) -> dict[str, str]:
    """What is known about a decision, by name; what is empty is left out."""
    decision, computed = asked.decision, asked.computed
    earlier = next((each.decision for each in shown.asked if each.decision.id == decision.supersedes), None)
    found = {
        "Decides": decision.decider,
        "Needed by": f"{on_day(asked.day)}, {left_words(asked.day, shown.today)}" if asked.day else "",
        "As the plan says": computed_words(
            shown.action_name(computed.code), computed.start, computed.slack, computed.day
        )
        if computed
        else "",
        "Set by hand": on_day(decision.needed_by) if decision.needed_by else "",
        "Waits for it": "; ".join(shown.action_name(code) for code in decision.codes),
        "Recommended": decision.recommendation,
        "Replaces": f"{earlier.question} ({earlier.chosen})" if earlier else "",
        "Decided": f"{decision.chosen}, on {on_day(decision.decided_on)}" if decision.decided_on else "",
        "Reason": decision.reason,
        "Minute": decision.minute,
        "Recorded by": decision.decided_by or "",
        "Asked by": f"{decision.asked_by}, {on_day(local(decision.asked_at).date())}" if decision.asked_at else "",
    }
    return {name: words for name, words in found.items() if words}


def options_table(shown: ShownDecisions, decision: LeadershipDecision) -> str:
    """The options, the chosen one marked in words."""
    rows = (
        (
            text(f"{each.name} (chosen)" if each.name == decision.chosen else each.name, "name"),
            text(cost_words(each.cost, shown.currency)),
            text(each.effect) if each.effect else EMPTY,
        )
        for each in decision.options
    )
    return table(("Option", "Cost", "What comes of it"), rows, "Options")
