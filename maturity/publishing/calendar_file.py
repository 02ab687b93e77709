"""Calendar files (iCalendar): milestones and other whole days, and meetings at a time of the organisation's zone.

Every event keeps its UID, and its SEQUENCE rises with each change: a second import updates what the first one made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

MAKER = "-//Waymark//Roadmap//EN"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A whole day, without a zone, so that none can shift it. `uid` never changes; `sequence` only rises."""

    uid: str
    title: str
    on: date
    about: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarMeeting:
    """A time on a day as the clocks of `zone` show it (an IANA name; UTC is one)."""

    uid: str
    title: str
    starts: datetime
    minutes: int
    zone: str = "UTC"
    about: str = ""
    sequence: int = 0


def calendar_file(name: str, events: Iterable[CalendarDay | CalendarMeeting], made_at: datetime) -> bytes:
    """A whole file with the zones that its meetings need; the library escapes all texts. `made_at` has a zone."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _one_line(name))
    for each in events:
        calendar.add_component(_event(each, made_at))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(each: CalendarDay | CalendarMeeting, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", each.uid)
    event.add("dtstamp", made_at)
    event.add("sequence", each.sequence)
    event.add("summary", _one_line(each.title))
    if each.about:
        event.add("description", each.about)
    if isinstance(each, CalendarDay):
        event.add("dtstart", each.on)
        event.add("dtend", each.on + timedelta(days=1))  # the first day that is not part of it
        event.add("transp", "TRANSPARENT")
        return event
    starts = each.starts.replace(tzinfo=ZoneInfo(each.zone))
    event.add("dtstart", starts)
    event.add("dtend", starts + timedelta(minutes=each.minutes))
    return event


def _one_line(text: str) -> str:
    return " ".join(text.split())
