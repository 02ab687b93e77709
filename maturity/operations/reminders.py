"""Reminders: what is due and with whom, and letters ready to send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.operations.acceptance import role_ids
from maturity.operations.addresses import checked_address
from maturity.operations.catalogues import names_of
from maturity.operations.errors import Refused
from maturity.operations.kpi_readings import due_readings
from maturity.operations.local_days import in_zone, local_day
from maturity.operations.rounds import find_round
from maturity.operations.saved_plans import SavedPlan, current_plan
from maturity.operations.setup import Organisation, the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.acceptance import readiness
from maturity.roadmap.actions import Action
from maturity.roadmap.ageing import ages
from maturity.roadmap.milestones import milestone_stands
from maturity.storage import acceptance as stored_acceptance
from maturity.storage import due as stored
from maturity.storage import progress as stored_progress
from maturity.storage.due import DueReview
from maturity.storage.engine import Tx
from maturity.storage.risks import risks_of
from maturity.storage.setup import zone_of
from maturity.words.reminder_sentences import ReminderKind, reminder_letter, reminder_line, reminder_subject

MILESTONES_AHEAD = timedelta(days=30)
REVIEW_AHEAD = timedelta(days=30)
UNANSWERED = ("asked", "changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One thing that is due. `on` is its day (None: at once), `owner` who is to do it as people read it ("" for what
    nobody owns), `person` their id where they come in here, `place` the department's name ("" for city-wide)."""

    kind: ReminderKind
    subject: str
    on: date | None
    owner: str = ""
    person: str | None = None
    place: str = ""
    action_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLetter:
    """A letter to one owner, ready to send."""

    owner: str
    person: str | None
    count: int
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """The plan in force with all that reminders are made from, as one transaction saw it."""

    plan: SavedPlan | None
    found: tuple[Reminder, ...]
    today: date


def reminders(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[Reminder, ...]:
    """All that is due on the plan in force: what waits longest first, within its kind."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    return _seen(workspace, visitor, mine).found


def reminder_letters(
    workspace: Workspace, visitor: Visitor, base: str, organisation: str | None = None
) -> tuple[ReminderLetter, ...]:
    """A letter to everybody who has something to do, by name. `base` is the address by which people reach Waymark."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    begins, seen = checked_address(base), _seen(workspace, visitor, mine)
    of: dict[tuple[str, str | None], list[Reminder]] = {}
    for each in seen.found:
        if each.owner:
            of.setdefault((each.owner, each.person), []).append(each)
    plan = seen.plan.name if seen.plan else ""
    return tuple(
        _letter(mine.name, plan, owner, found, f"{begins}/my_actions", seen.today)
        for owner, found in sorted(of.items(), key=lambda pair: (pair[0][0].lower(), pair[0][1] or ""))
    )


def _letter(
    organisation: str, plan: str, owner: tuple[str, str | None], found: Sequence[Reminder], link: str, today: date
) -> ReminderLetter:
    lines = [reminder_line(each.kind, each.subject, each.place, each.on, today) for each in found]
    return ReminderLetter(
        owner=owner[0],
        person=owner[1],
        count=len(found),
        subject=reminder_subject(organisation, len(found)),
        body=reminder_letter(owner[0], organisation, plan, lines, link),
    )


def _seen(workspace: Workspace, visitor: Visitor, mine: Organisation) -> _Seen:
    with workspace.store.reading() as tx:
        today, saved = local_day(tx, mine.id, workspace.clock()), current_plan(tx, mine.id)
    if saved is None:
        return _Seen(plan=None, found=(), today=today)
    names, roles = _names(workspace, visitor, saved, mine), role_ids(workspace, visitor, saved, mine.name)
    with workspace.store.reading() as tx:
        every = [
            *_reports(tx, mine.id, saved, names, today),
            *_answers(tx, mine.id, saved, names, roles),
            *_milestones(saved, today),
            *_beside(tx, mine.id, today),
        ]
    every += _readings(workspace, visitor, mine, saved, names, today)
    return _Seen(plan=saved, found=tuple(every), today=today)


def _names(workspace: Workspace, visitor: Visitor, saved: SavedPlan, mine: Organisation) -> Mapping[str, str]:
    try:
        return names_of(workspace, find_round(workspace, visitor, saved.round, mine.name))
    except Refused:  # the round is not there any more
        return mine.names


def _reports(
    tx: Tx, organisation_id: UUID, saved: SavedPlan, names: Mapping[str, str], today: date
) -> Iterator[Reminder]:
    zone = zone_of(tx, organisation_id)
    told = stored_progress.updates_of_plan(tx, UUID(saved.id))
    found = ages(
        saved.actions, lambda each: saved.status_of(each, today), told, today, lambda at: in_zone(at, zone).date()
    )
    late = [(found[each.code].due_on, each) for each in saved.actions if found[each.code].overdue]
    for due, action in sorted(late, key=lambda pair: (str(pair[0]), pair[1].code)):
        yield _of_action("report", action, due, names)


def _of_action(kind: ReminderKind, action: Action, on: date | None, names: Mapping[str, str]) -> Reminder:
    return Reminder(
        kind=kind, subject=action.title, on=on, owner=names.get(action.owner, action.owner),
        person=action.owner_person, place=names.get(action.department or "", action.department or ""),
        action_id=action.id,
    )  # fmt: skip


def _answers(
    tx: Tx, organisation_id: UUID, saved: SavedPlan, names: Mapping[str, str], roles: frozenset[str]
) -> Iterator[Reminder]:
    """Only people are asked to accept: of an action that a role owns, nobody could say who."""
    said = stored_acceptance.acceptances_of(tx, organisation_id)
    ready = {each.code: each for each in readiness(saved.actions, said, roles)}
    open_ones = [each for each in saved.actions if not each.done_on]
    for action in open_ones:
        if action.owner_person and ready[action.code].owner in UNANSWERED:
            yield _of_action("acceptance", action, None, names)
    for action in open_ones:
        if action.owner_person and action.department and ready[action.code].head in UNANSWERED:
            place = names.get(action.department, action.department)
            yield Reminder(
                kind="days", subject=action.title, on=None, owner=f"Head of {place}", place=place, action_id=action.id
            )


def _milestones(saved: SavedPlan, today: date) -> Iterator[Reminder]:
    for each in milestone_stands(saved.milestones, saved.actions, saved.baseline, today):
        soon = each.code == "due" and each.milestone.on <= today + MILESTONES_AHEAD
        if soon or each.code == "missed":
            yield Reminder(kind="milestone", subject=each.milestone.name, on=each.milestone.on)


def _readings(
    workspace: Workspace, visitor: Visitor, mine: Organisation, saved: SavedPlan, names: Mapping[str, str], today: date
) -> Iterator[Reminder]:
    by_code = {each.code: each for each in saved.actions}
    for kpi, days in due_readings(workspace, visitor, saved.name, mine.name):
        on = today - timedelta(days=days)
        if kpi.measures == "action" and kpi.code in by_code:
            yield _of_action("kpi", by_code[kpi.code], on, names)
        elif kpi.measures == "objective":
            yield Reminder(kind="kpi", subject=kpi.title, on=on)


def _beside(tx: Tx, organisation_id: UUID, today: date) -> Iterator[Reminder]:
    review = stored.next_review(tx, organisation_id)
    if review and (review.open or review.on <= today + REVIEW_AHEAD):
        yield Reminder(kind="review", subject=review_title(review), on=review.on)
    for each in risks_of(tx, organisation_id):
        if each.state == "open" and each.review_on and each.review_on <= today:
            on, who = each.review_on, each.owner_person
            yield Reminder(kind="risk", subject=each.title, on=on, owner=each.owner, person=who)


def review_title(review: DueReview) -> str:
    """What the next review is called: by its name once it was begun."""
    return review.name if review.open else "Quarterly review"
