"""Which KPIs a plan has: those of its actions, and what its objectives measure, each with its readings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from maturity.planning.objectives import Objective
from maturity.roadmap.actions import Action
from maturity.roadmap.kpis import Direction, Measured, Reading, Standing, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The department copies of one KPI, in their order; most families have one member."""

    members: tuple[Measured, ...]

    @property
    def first(self) -> Measured:
        """The member whose name, unit and kind the family has."""
        return self.members[0]

    @property
    def measured(self) -> tuple[Measured, ...]:
        """The members that have readings."""
        return tuple(each for each in self.members if each.readings)


def families(kpis: Iterable[Measured]) -> tuple[Family, ...]:
    """KPIs with the copies of several departments folded, in the order of their first members; a copy whose name or
    unit was changed stands alone."""
    found: dict[tuple[str, str, str], list[Measured]] = {}
    for each in kpis:
        found.setdefault((each.family, each.name, each.unit), []).append(each)
    return tuple(Family(members=tuple(members)) for members in found.values())


def measured(
    actions: Sequence[Action], objectives: Sequence[Objective], readings: Iterable[Reading], starts: date
) -> tuple[Measured, ...]:
    """Every KPI of a plan that starts on a day: those of objectives that measure something, then those of actions."""
    kept = sorted((each for each in readings if each.withdrawn_at is None), key=_subject)
    told = {key: tuple(found) for key, found in groupby(kept, key=lambda each: (each.measures, each.code))}
    of_objectives = [_of_objective(each, told.get(("objective", each.id), ()), starts) for each in objectives]
    of_actions = [_of_action(each, told.get(("action", each.code), ())) for each in actions]
    return tuple(each for each in (*of_objectives, *of_actions) if each is not None)


def _subject(reading: Reading) -> tuple[str, str, date, datetime]:
    return reading.measures, reading.code, reading.on, reading.made_at


def _of_action(action: Action, readings: tuple[Reading, ...]) -> Measured | None:
    kpi = action.kpi
    if kpi is None:
        return None
    copy = bool(action.catalogue_id and action.department)
    return Measured(
        measures="action", code=action.code, title=action.title, name=kpi.name, unit=kpi.unit, kind=kpi.kind,
        direction=kpi.direction, baseline=kpi.baseline, target=kpi.target, begins=action.start,
        ends=kpi.due or action.finish, family=str(action.catalogue_id) if copy else action.code, action_id=action.id,
        department=action.department, objective=action.objective, frequency=kpi.frequency, source=kpi.source,
        readings=readings,
    )  # fmt: skip


def _of_objective(objective: Objective, readings: tuple[Reading, ...], starts: date) -> Measured | None:
    """An objective's baseline is of the plan's first day; less is better where its aim lies below its baseline."""
    if not objective.measure:
        return None
    direction: Direction | None = None
    if objective.baseline is not None and objective.aim is not None:
        direction = "down" if objective.aim < objective.baseline else "up"
    return Measured(
        measures="objective", code=objective.id, title=objective.name, name=objective.measure, unit=objective.unit,
        kind="lagging", direction=direction, baseline=objective.baseline, target=objective.aim,
        begins=starts, ends=objective.due, family=objective.id, objective=objective.id, readings=readings,
    )  # fmt: skip


def weakest(family: Family, today: date) -> Standing:
    """How the member stands that is worst off: those behind first, the least of the way done before the others."""
    order = ("behind", "no_path", "on_path", "ahead", "reached", "no_reading")
    stands = [standing(each, today) for each in family.members]
    return min(stands, key=lambda each: (order.index(each.code), each.of.way_done or 0.0))
