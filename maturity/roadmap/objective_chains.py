"""From a goal to what shows that it is met: objective, the actions that serve it, their KPIs, the dated target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from maturity.planning.objectives import Objective
from maturity.roadmap.actions import Action
from maturity.roadmap.bars import fold_departments
from maturity.roadmap.kpis import Measured
from maturity.roadmap.kpis_of_plan import Family, families

Link = Literal["target", "action", "kpi", "reading", "own_reading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """An action that serves an objective, with the copies of departments; `named` where it names the objective, else it
    raises one of the objective's topics. `kpis` are those of the copies."""

    title: str
    copies: tuple[Action, ...]
    named: bool
    kpis: tuple[Family, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One objective and all that hangs on it; `own` is its own measure, `lacks` the links that are missing."""

    objective: Objective
    own: Measured | None
    serving: tuple[Serving, ...]
    lacks: tuple[Link, ...]

    @property
    def actions(self) -> tuple[Action, ...]:
        """Every action that serves it, each copy of a department for itself."""
        return tuple(copy for each in self.serving for copy in each.copies)

    @property
    def kpis(self) -> tuple[Measured, ...]:
        """The KPIs of the actions that serve it."""
        return tuple(kpi for each in self.serving for family in each.kpis for kpi in family.members)

    @property
    def outcomes(self) -> tuple[Measured, ...]:
        """What shows whether anything changed: its own measure where that has been read, else lagging KPIs."""
        if self.own is not None and self.own.readings:
            return (self.own,)
        return tuple(each for each in self.kpis if each.kind == "lagging")


def chains(objectives: Sequence[Objective], actions: Sequence[Action], kpis: Iterable[Measured]) -> tuple[Chain, ...]:
    """The chain of each objective, in their order."""
    by_subject = {(each.measures, each.code): each for each in kpis}
    of_actions = {code: each for (measures, code), each in by_subject.items() if measures == "action"}
    return tuple(_chain(each, by_subject.get(("objective", each.id)), actions, of_actions) for each in objectives)


def _chain(objective: Objective, own: Measured | None, actions: Sequence[Action], kpis: dict[str, Measured]) -> Chain:
    serving = [each for each in actions if serves(each, objective)]
    rows = [_serving(row.title, row.copies, objective, kpis) for row in fold_departments(serving)]
    return Chain(objective=objective, own=own, serving=tuple(rows), lacks=tuple(_lacks(objective, own, rows)))


def serves(action: Action, objective: Objective) -> bool:
    """Whether an action names the objective, or raises one of its topics."""
    return action.objective == objective.id or bool({each.topic for each in action.closes} & set(objective.topics))


def _serving(title: str, copies: tuple[Action, ...], objective: Objective, kpis: dict[str, Measured]) -> Serving:
    found = families(kpis[each.code] for each in copies if each.code in kpis)
    named = any(each.objective == objective.id for each in copies)
    return Serving(title=title, copies=copies, named=named, kpis=found)


def _lacks(objective: Objective, own: Measured | None, serving: Sequence[Serving]) -> Iterable[Link]:
    if own is None or objective.aim is None or objective.due is None:
        yield "target"
    if not serving:
        yield "action"
    families_ = [family for each in serving for family in each.kpis]
    if serving and not families_:
        yield "kpi"
    if families_ and not any(family.measured for family in families_):
        yield "reading"
    if own is not None and not own.readings:
        yield "own_reading"
