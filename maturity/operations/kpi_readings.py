"""KPIs as measured: what was read when, how that stands beside the target, and who may read values in.

A reading belongs to an action's code or an objective's id, not to a plan: it is still there after planning again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.changes import change, identity, plan_scope, short_text
from maturity.operations.errors import Refused
from maturity.operations.kpi_subjects import Subject, department_of, measuring, of_action, owned, reportable
from maturity.operations.local_days import local_day
from maturity.operations.pasted_readings import ReadLine, checked_day, checked_value, read_pasted
from maturity.operations.saved_plans import SavedPlan, plan
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.planning.objectives import Objective
from maturity.roadmap.kpis import Measured, Reading, Standing, due, standing
from maturity.roadmap.kpis_of_plan import measured
from maturity.storage import kpi_readings as stored
from maturity.storage import objectives as stored_objectives
from maturity.storage.engine import Tx, new_id

__all__ = [
    "KpisOfPlan", "Subject", "add_objective_reading", "add_own_reading", "add_pasted_readings", "add_reading", "behind",
    "due_readings", "kpis", "own_kpi", "paste_objective_readings", "withdraw_own_reading", "withdraw_reading",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class KpisOfPlan:
    """The KPIs of a plan and of the organisation's objectives on the organisation's own day."""

    plan: SavedPlan
    objectives: tuple[Objective, ...]
    kpis: tuple[Measured, ...]
    today: date

    @property
    def standings(self) -> tuple[Standing, ...]:
        """How each KPI stands today."""
        return tuple(standing(each, self.today) for each in self.kpis)


def kpis(
    workspace: Workspace, visitor: Visitor, plan_name: str = "latest", organisation: str | None = None
) -> KpisOfPlan:
    """Every KPI of a plan with its readings; those of objectives first."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    saved = plan(workspace, visitor, plan_name, mine.name)
    with workspace.store.reading() as tx:
        goals, read = stored_objectives.objectives_of(tx, mine.id), stored.readings_of(tx, mine.id)
        today = local_day(tx, mine.id, workspace.clock())
    found = measured(saved.actions, goals, read, saved.starts)
    return KpisOfPlan(plan=saved, objectives=goals, kpis=found, today=today)


def behind(
    workspace: Workspace, visitor: Visitor, plan_name: str = "latest", organisation: str | None = None
) -> tuple[Standing, ...]:
    """The KPIs that are behind their path, those with the largest share of their way missing first; `words.
    kpi_sentences.standing_in_words` says each with its numbers."""
    found = kpis(workspace, visitor, plan_name, organisation)
    late = [each for each in found.standings if each.code == "behind"]
    return tuple(sorted(late, key=lambda each: (_lacking(each), each.of.title, each.of.code)))


def _lacking(each: Standing) -> float:
    path = each.of.path
    whole = abs(path.target - path.first) if path else 0.0
    return (each.by or 0.0) / whole if whole else float("-inf")


def due_readings(
    workspace: Workspace, visitor: Visitor, plan_name: str = "latest", organisation: str | None = None
) -> tuple[tuple[Measured, int], ...]:
    """The KPIs of which a reading is due, with the days since it was, the longest first."""
    found = kpis(workspace, visitor, plan_name, organisation)
    waiting = [(each, days) for each in found.kpis if (days := due(each, found.today)) is not None]
    return tuple(sorted(waiting, key=lambda pair: (-pair[1], pair[0].title, pair[0].code)))


def own_kpi(workspace: Workspace, visitor: Visitor, action_id: str) -> tuple[Measured | None, date]:
    """The KPI of an action for its owner, None where it has none, and the organisation's day."""
    organisation_id, action = owned(workspace, visitor, action_id)
    with workspace.store.reading() as tx:
        read, today = stored.readings_of(tx, organisation_id), local_day(tx, organisation_id, workspace.clock())
    return next(iter(measured([action], (), read, action.start)), None), today


def add_reading(
    workspace: Workspace, visitor: Visitor, action_id: str, on: date, value: float, note: str = ""
) -> Reading:
    """Adds what the KPI of an action was on a day, which is not in the future; what was read of it on that day before
    is withdrawn. City-wide actions need a role that is not limited to a department."""
    subject = reportable(workspace, visitor, action_id)
    return _add(workspace, visitor, subject, on, value, note)


def add_own_reading(
    workspace: Workspace, visitor: Visitor, action_id: str, on: date, value: float, note: str = ""
) -> Reading:
    """The same by the owner of the action, whatever their role is here."""
    organisation_id, action = owned(workspace, visitor, action_id)
    return _add(workspace, visitor, of_action(organisation_id, action), on, value, note)


def add_objective_reading(
    workspace: Workspace, visitor: Visitor, objective_id: str, on: date, value: float, note: str = ""
) -> Reading:
    """Adds what an objective measures, as it was on a day."""
    return _add(workspace, visitor, measuring(workspace, visitor, objective_id), on, value, note)


def add_pasted_readings(workspace: Workspace, visitor: Visitor, action_id: str, text: str) -> tuple[Reading, ...]:
    """Adds the readings of a pasted text to an action's KPI, all or none; `pasted_readings` says how they are read."""
    subject = reportable(workspace, visitor, action_id)
    return _keep(workspace, visitor, subject, lambda today: read_pasted(text, today))


def paste_objective_readings(
    workspace: Workspace, visitor: Visitor, objective_id: str, text: str
) -> tuple[Reading, ...]:
    """The same for what an objective measures."""
    subject = measuring(workspace, visitor, objective_id)
    return _keep(workspace, visitor, subject, lambda today: read_pasted(text, today))


def withdraw_reading(workspace: Workspace, visitor: Visitor, reading_id: str, reason: str) -> None:
    """Takes a reading out of all that is reckoned, with a reason; its row stays. One of an action is the department's
    to withdraw, one of an objective theirs who change the plan."""
    require(visitor, "report_progress", organisation=None)
    organisation_id, found = _reading(workspace, reading_id)
    if found.measures == "objective":
        require(visitor, "edit_plan", organisation=organisation_id)
    else:
        department = department_of(workspace, organisation_id, found.code)
        require(visitor, "report_progress", department or "the whole organisation", organisation=organisation_id)
    _withdraw(workspace, visitor, organisation_id, found, reason)


def withdraw_own_reading(workspace: Workspace, visitor: Visitor, action_id: str, reading_id: str, reason: str) -> None:
    """The same by the owner of the action."""
    organisation_id, action = owned(workspace, visitor, action_id)
    place, found = _reading(workspace, reading_id)
    if (place, found.measures, found.code) != (organisation_id, "action", action.code):
        raise Refused(f"this reading is not one of {action.title!r}; choose one of its own")
    _withdraw(workspace, visitor, organisation_id, found, reason)


def _add(workspace: Workspace, visitor: Visitor, subject: Subject, on: date, value: float, note: str) -> Reading:
    line = ReadLine(on=on, value=checked_value(value), note=short_text(note, "the note"))

    def checked(today: date) -> tuple[ReadLine, ...]:
        checked_day(on, today)
        return (line,)

    return _keep(workspace, visitor, subject, checked)[0]


def _keep(
    workspace: Workspace, visitor: Visitor, subject: Subject, lines: Callable[[date], Sequence[ReadLine]]
) -> tuple[Reading, ...]:
    """Writes the lines that are new; what stands there already with the same value and note is left, so that a button
    pressed twice does nothing twice."""
    with workspace.store.reading() as tx:
        wanted = lines(local_day(tx, subject.organisation_id, workspace.clock()))
        there = {each.on: each for each in _read_of(tx, subject)}
    fresh = [each for each in wanted if not _same(there.get(each.on), each)]
    if not fresh:
        return tuple(there[each.on] for each in wanted)

    def write(tx: Tx, now: datetime) -> tuple[Reading, ...]:
        stored.withdraw_on(
            tx, subject.organisation_id, subject.measures, subject.code, [each.on for each in fresh], now
        )
        made = [_made(subject, each, visitor, now) for each in fresh]
        stored.add_readings(tx, subject.organisation_id, made)
        return tuple(made)

    detail = {
        "code": subject.code,
        "readings": [{"on": each.on.isoformat(), "value": each.value, "note": each.note} for each in fresh],
        "in place of": {each.on.isoformat(): there[each.on].value for each in fresh if each.on in there},
    }
    return change(
        workspace, visitor, write, scope=plan_scope(subject.organisation_id), verb="add reading",
        subject=subject.title, detail=detail,
    )  # fmt: skip


def _made(subject: Subject, line: ReadLine, visitor: Visitor, now: datetime) -> Reading:
    return Reading(
        id=str(new_id(now)), measures=subject.measures, code=subject.code, on=line.on, value=line.value,
        note=line.note, made_by=visitor.name, made_at=now,
    )  # fmt: skip


def _same(there: Reading | None, line: ReadLine) -> bool:
    return there is not None and (there.value, there.note) == (line.value, line.note)


def _read_of(tx: Tx, subject: Subject) -> list[Reading]:
    every = stored.readings_of(tx, subject.organisation_id)
    return [each for each in every if (each.measures, each.code) == (subject.measures, subject.code)]


def _withdraw(workspace: Workspace, visitor: Visitor, organisation_id: UUID, found: Reading, reason: str) -> None:
    why = short_text(reason, "the reason for withdrawing it", least=3)

    def write(tx: Tx, now: datetime) -> None:
        if not stored.withdraw(tx, UUID(found.id), now):
            raise Refused("this reading was withdrawn meanwhile; load the page again")

    detail = {"code": found.code, "on": found.on, "value": found.value, "reason": why}
    change(
        workspace, visitor, write, scope=plan_scope(organisation_id), verb="withdraw reading",
        subject=f"{found.measures} {found.code}", detail=detail,
    )  # fmt: skip


def _reading(workspace: Workspace, reading_id: str) -> tuple[UUID, Reading]:
    wanted = identity(reading_id, "a reading")
    with workspace.store.reading() as tx:
        found = stored.reading_of(tx, wanted)
    if found is None:
        raise Refused("this reading is not there any more; load the page again")
    return found
