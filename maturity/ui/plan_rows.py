"""Actions as rows: department copies folded into one, with what they cost, what they close, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from maturity.planning.plan import Reason
from maturity.roadmap.actions import Action
from maturity.roadmap.bars import Row
from maturity.ui.plan import PlanView, short_day, whole_days
from maturity.ui.plan_tables import parts, table, text
from maturity.words.messages import counted
from maturity.words.plan_sentences import sentence, steps_said

NOT_PRICED = "not priced"
ORIGINS = {"running": "Was running when the plan was made.", "added": "Added by people, not by the planner."}
COLUMNS = ("Action, and why", "Where", "Owner", "When", "Person-days", "Cost", "Brings about")


class Costed(Protocol):
    """Anything that may have a price."""

    @property
    def cost(self) -> float | None: ...


def rows_table(view: PlanView, rows: Iterable[Row], caption: str) -> str:
    """The rows of one phase as a table in HTML."""
    cells = (_cells(view, row) for row in rows)
    return table(COLUMNS, cells, caption, numbers=("Person-days", "Cost"), kind="by-phase")


def _cells(view: PlanView, row: Row) -> tuple[str, ...]:
    why = " ".join(why_sentences(row.copies, view.names))
    return (
        text(row.title, "name") + text(why, "below"),
        text(where(view, row.copies)),
        text(view.name(row.owner)),
        f"{text(short_day(row.start), 'nowrap')} to {text(short_day(row.finish), 'nowrap')}",
        whole_days(sum(each.person_days for each in row.copies)),
        text(cost_words(row.copies, view.currency)),
        parts(closes_words(view, row.copies)),
    )


def where(view: PlanView, copies: Sequence[Action]) -> str:
    """For whom: the whole organisation, one department by name, or how many."""
    places = {each.department for each in copies}
    if places == {None}:
        return "Whole organisation"
    return view.name(str(next(iter(places)))) if len(places) == 1 else counted(len(places), "department")


def money(amount: float, currency: str) -> str:
    """An amount in whole units of its currency: "EUR 25,000"."""
    return f"{currency} {amount:,.0f}"


def cost_words(copies: Iterable[Costed], currency: str) -> str:
    """What actions cost together; what nobody has priced is counted beside the sum and never a 0 in it."""
    costs = [each.cost for each in copies]
    priced = [cost for cost in costs if cost is not None]
    if not priced:
        return NOT_PRICED
    unpriced = len(costs) - len(priced)
    return money(sum(priced), currency) + (f" + {unpriced} {NOT_PRICED}" if unpriced else "")


def closes_words(view: PlanView, copies: Iterable[Action]) -> list[str]:
    """The steps that actions bring about, the same step of several departments said once."""
    return steps_said([action.closes for action in copies], view.name)


def why_sentences(copies: Sequence[Action], names: Mapping[str, str]) -> list[str]:
    """Why the actions of a row are in, and why then: shares of copies added up, the date's reason of the first."""
    first = min(copies, key=lambda each: each.start)
    closing = [reason for each in copies for reason in each.why if reason.code == "closes"]
    told = [reason for reason in first.why if reason.code != "closes"]
    together = [_added_up(closing)] if closing else []
    said = [sentence(reason, names) for reason in (*together, *told)]
    return said or [ORIGINS.get(first.origin, "")]


def _added_up(closing: Sequence[Reason]) -> Reason:
    if len(closing) == 1:
        return closing[0]
    values = [reason.values for reason in closing]
    return Reason(
        code="closes",
        values={
            "steps": sum(each["steps"] for each in values),
            "departments": sum(each["departments"] for each in values),
            "topics": sorted({topic for each in values for topic in each["topics"]}),
            "share": sum(each["share"] for each in values),
        },
    )
