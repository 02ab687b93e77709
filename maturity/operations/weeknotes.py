"""Weeknotes: drafted from what was noted since a day, edited by a person, kept, listed by date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.catalogues import names_of
from maturity.operations.changes import change, identity, plan_scope
from maturity.operations.errors import Changed, Refused
from maturity.operations.local_days import in_zone, local_day
from maturity.operations.review_facts import noted_since, undecided_now
from maturity.operations.rounds import find_round
from maturity.operations.saved_plans import SavedPlan, plan
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.progress import ProgressUpdate
from maturity.roadmap.weeknote import LONGEST, Line, Weeknote, drafted, without_names
from maturity.storage import plan_versions as stored_versions
from maturity.storage import quarterly_reviews as stored_reviews
from maturity.storage import weeknotes as stored
from maturity.storage.engine import Tx, new_id
from maturity.storage.setup import zone_of
from maturity.words import review_flow_sentences as words

LONGEST_TIME = 366
HALF_A_DAY = timedelta(hours=12)


def weeknotes(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[Weeknote, ...]:
    """The organisation's weeknotes, the newest first."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    with workspace.store.reading() as tx:
        return stored.weeknotes_of(tx, mine.id)


def draft_weeknote(
    workspace: Workspace, visitor: Visitor, since: date, *, people: bool = False, organisation: str | None = None
) -> str:
    """A weeknote in Markdown from what was noted since a day, under three headings. It names departments and roles;
    `people` lets it name people, where reports were made under names."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    saved = plan(workspace, visitor, "latest", mine.name)
    with workspace.store.reading() as tx:
        today = local_day(tx, mine.id, workspace.clock())
        _checked_days(since, today, today)
        updates = [
            each
            for each in stored_reviews.updates_of_organisation(tx, mine.id)
            if local_day(tx, mine.id, each.made_at) >= since
        ]
        start = first_moment(since, zone_of(tx, mine.id))
        noted = [*_approved(tx, mine.id, since), *noted_since(tx, mine.id, start, since, saved)]
        noted += undecided_now(tx, mine.id)
    statuses = {each.code: saved.status_of(each, today) for each in saved.actions}
    lines = drafted(saved.actions, updates, statuses, noted, since, today)
    names = _names(workspace, visitor, saved, mine.name)
    hidden = {} if people else _people(saved, updates, names)
    said = [(each.heading, names.get(each.who, each.who) if each.who else "", _said(each, hidden)) for each in lines]
    return words.weeknote_text([(code, who, text) for code, who, text in said], since, today)


def first_moment(day: date, zone: str | None) -> datetime:
    """When a day begins in a zone."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return in_zone(noon, zone).replace(hour=0, minute=0) if in_zone(noon, zone).date() == day else noon - HALF_A_DAY


def _said(line: Line, hidden: dict[str, str]) -> str:
    about, text = (without_names(each, hidden) for each in (line.about, line.text))
    return words.noted_sentence(line.kind, about, text, line.on, line.days)


def _approved(tx: Tx, organisation_id: UUID, since: date) -> list[Line]:
    return [
        Line(kind="version", about=each.name, on=local_day(tx, organisation_id, each.approved_at))
        for each in stored_versions.versions_of(tx, organisation_id)
        if each.approved_at and local_day(tx, organisation_id, each.approved_at) >= since
    ]


def _names(workspace: Workspace, visitor: Visitor, saved: SavedPlan, organisation: str) -> dict[str, str]:
    try:
        return names_of(workspace, find_round(workspace, visitor, saved.round, organisation))
    except Refused:  # the round is not there any more
        return {}


def _people(saved: SavedPlan, updates: list[ProgressUpdate], names: dict[str, str]) -> dict[str, str]:
    """What stands in the place of people's names: whoever owns an action or made a report."""
    owners = {each.owner for each in saved.actions if each.owner_person or each.owner not in names}
    roles = {each.casefold() for each in names.values()}
    return {each: "a colleague" for each in owners | {u.made_by for u in updates} if each.casefold() not in roles}


def keep_weeknote(
    workspace: Workspace, visitor: Visitor, since: date, until: date, text: str, organisation: str | None = None
) -> Weeknote:
    """Keeps a weeknote as it was edited. The very same once more is the one that is there."""
    mine = the_organisation(workspace, visitor, organisation, verb="edit_plan")
    body = _checked_text(text)

    def write(tx: Tx, now: datetime) -> Weeknote:
        _checked_days(since, until, local_day(tx, mine.id, now))
        for each in stored.weeknotes_of(tx, mine.id):
            if (each.since, each.until, each.body) == (since, until, body):
                return each
        made = Weeknote(
            id=str(new_id(now)), since=since, until=until, body=body, made_by=visitor.name, made_at=now
        )  # fmt: skip
        stored.add_weeknote(tx, mine.id, made)
        return made

    return change(
        workspace, visitor, write, scope=plan_scope(mine.id), verb="keep weeknote", subject=f"{since} to {until}"
    )


def edit_weeknote(workspace: Workspace, visitor: Visitor, note: Weeknote, text: str) -> Weeknote:
    """Writes a weeknote over the version that it was read in."""
    return _change(workspace, visitor, replace(note, body=_checked_text(text)), remove=False)


def remove_weeknote(workspace: Workspace, visitor: Visitor, note: Weeknote) -> None:
    """Takes a weeknote out of the list, as it was read."""
    _change(workspace, visitor, note, remove=True)


def _change(workspace: Workspace, visitor: Visitor, note: Weeknote, *, remove: bool) -> Weeknote:
    require(visitor, "edit_plan", organisation=None)
    with workspace.store.reading() as tx:
        organisation_id = stored.organisation_of_weeknote(tx, identity(note.id, "a weeknote"))
    if organisation_id is None:
        raise Refused("this weeknote is in no plan of this store any more; load the page again")
    require(visitor, "edit_plan", organisation=organisation_id)

    def write(tx: Tx, now: datetime) -> Weeknote:
        raised = stored.change_weeknote(tx, note, note.row_version, now if remove else None)
        if raised is None:
            found = next((each for each in stored.weeknotes_of(tx, organisation_id) if each.id == note.id), None)
            if found and not remove and found.body == note.body:
                return found
            raise Changed("this weeknote was changed meanwhile; what you typed is still here: read it, then save again")
        return replace(note, row_version=raised)

    verb = "remove weeknote" if remove else "edit weeknote"
    return change(
        workspace, visitor, write, scope=plan_scope(organisation_id), verb=verb, subject=f"{note.since} to {note.until}"
    )


def _checked_text(text: str) -> str:
    body = text.strip()
    if not body:
        raise Refused("the weeknote is empty; write at least one line")
    if len(body) > LONGEST:
        raise Refused(f"the weeknote has {len(body)} characters, at most {LONGEST} are kept; shorten it")
    return body


def _checked_days(since: date, until: date, today: date) -> None:
    if since > until or until > today:
        raise Refused(f"a weeknote is of days up to today, {today}; choose a first day before its last")
    if (until - since).days > LONGEST_TIME:
        raise Refused(f"a weeknote reaches back a year at most; choose a day after {today - timedelta(LONGEST_TIME)}")
