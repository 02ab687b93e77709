"""Calendar files: milestones, the next review, and the last days of one's own actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo, available_timezones

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.reminders import review_title
from maturity.operations.saved_plans import current_plan
from maturity.operations.setup import Organisation, the_organisation
from maturity.operations.workspace import Workspace
from maturity.publishing.calendar_file import CalendarDay, CalendarMeeting, calendar_file
from maturity.roadmap.actions import Action
from maturity.storage import due as stored
from maturity.storage import plans as stored_plans
from maturity.storage.due import DueReview
from maturity.storage.engine import Tx
from maturity.storage.setup import zone_of

REVIEW_AT = time(10, 0)
"""Nobody enters a time for a review; people move it in their calendars."""
REVIEW_MINUTES = 60
MOST_CHANGES = 10_000
"""Row versions of one event in one plan: the next plan's events go on counting above them."""


def plan_calendar(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> bytes:
    """Milestones as whole days, and the next review at ten in the organisation's zone; an empty calendar without."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    with workspace.store.reading() as tx:
        saved, zone = current_plan(tx, mine.id), known_zone(zone_of(tx, mine.id))
        review = stored.next_review(tx, mine.id)
        names = stored.first_names(tx, UUID(saved.id)) if saved else {}
        past = _plans_before(tx, mine.id)
    events: list[CalendarDay | CalendarMeeting] = [
        CalendarDay(
            uid=_uid(mine.id, "milestone", names.get(each.id, each.name)),
            title=each.name,
            on=each.on,
            about=each.proves,
            sequence=past * MOST_CHANGES + each.row_version - 1,
        )
        for each in (saved.milestones if saved else ())
    ]
    if review:
        events.append(_meeting(mine, review, zone))
    return calendar_file(f"{mine.name}: data roadmap", events, workspace.clock())


def _meeting(mine: Organisation, review: DueReview, zone: str) -> CalendarMeeting:
    return CalendarMeeting(
        uid=_uid(mine.id, "review", str(review.number)),
        title=f"{review_title(review)}, {mine.name}",
        starts=datetime.combine(review.on, REVIEW_AT),
        minutes=REVIEW_MINUTES,
        zone=zone,
        sequence=review.row_version - 1 + (MOST_CHANGES if review.open else 0),
    )


def own_calendar(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> bytes:
    """The last day of each action of one's own that is not done yet, as its owner expects it."""
    require(visitor, "report_own", organisation=None)
    mine = the_organisation(workspace, visitor, organisation, verb="report_own")
    with workspace.store.reading() as tx:
        saved, past = current_plan(tx, mine.id), _plans_before(tx, mine.id)
    own = [each for each in (saved.actions if saved else ()) if each.owner_person == visitor.person]
    return calendar_file(
        f"{mine.name}: my actions", _finishes(mine, (each for each in own if not each.done_on), past), workspace.clock()
    )


def _finishes(mine: Organisation, actions: Iterable[Action], past: int) -> Iterator[CalendarDay]:
    for each in actions:
        place = f" ({mine.names.get(each.department, each.department)})" if each.department else ""
        yield CalendarDay(
            uid=_uid(mine.id, "action", each.code),
            title=f"To be done: {each.title}{place}",
            on=each.ends,
            about=each.done_when,
            sequence=past * MOST_CHANGES + each.row_version - 1,
        )


def _plans_before(tx: Tx, organisation_id: UUID) -> int:
    """How many plans were made before the newest: what counts on above the changes of an earlier plan."""
    return max(len(stored_plans.plan_rows(tx, organisation_id)) - 1, 0)


def _uid(organisation_id: UUID, kind: str, name: str) -> str:
    """The same for the same thing in every plan of the organisation, so that a new plan moves it and adds nothing."""
    return f"{uuid5(organisation_id, f'{kind}/{name}')}@waymark"


def known_zone(zone: str | None) -> str:
    """The zone where calendars know it, else UTC."""
    if not zone or zone not in available_timezones():
        return "UTC"
    return ZoneInfo(zone).key
