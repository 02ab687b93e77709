"""Calendar files read back by the library: whole days, daylight saving, hostile texts, second imports."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from maturity.publishing.calendar_file import CalendarDay, CalendarMeeting, calendar_file

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def read(*events):
    return Calendar.from_ical(calendar_file("Town's roadmap", events, NOW))


def day(**more) -> CalendarDay:
    return CalendarDay(**{"uid": "m-1@waymark", "title": "End of foundations", "on": date(2026, 3, 29), **more})


def meeting(on: date, zone: str = "Europe/Berlin") -> CalendarMeeting:
    starts = datetime(on.year, on.month, on.day, 10, 0)
    return CalendarMeeting(uid=f"r-{on}@waymark", title="Quarterly review", starts=starts, minutes=60, zone=zone)


def test_a_milestone_is_a_whole_day_without_a_zone_also_where_the_clocks_change():
    (event,) = read(day()).events
    assert (event.start, event.end) == (date(2026, 3, 29), date(2026, 3, 30))
    assert not isinstance(event.start, datetime)
    assert event["sequence"] == 0


def test_ten_o_clock_stays_ten_o_clock_on_both_sides_of_daylight_saving():
    calendar = read(meeting(date(2026, 3, 28)), meeting(date(2026, 3, 29)), meeting(date(2026, 10, 25)))
    before, after, back = (each.start for each in calendar.events)
    assert [each.hour for each in (before, after, back)] == [10, 10, 10]
    assert [each.astimezone(UTC).hour for each in (before, after, back)] == [9, 8, 9]
    assert [str(each.tz_name) for each in calendar.timezones] == ["Europe/Berlin"]


def test_utc_needs_no_zone_in_the_file():
    calendar = read(meeting(date(2026, 7, 1), "UTC"))
    assert calendar.events[0].start == datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    assert not calendar.timezones


def test_the_same_event_later_has_the_same_uid_and_a_higher_sequence():
    first, second = read(day()).events[0], read(day(on=date(2026, 4, 30), sequence=3)).events[0]
    assert first["uid"] == second["uid"]
    assert second["sequence"] > first["sequence"]


def test_a_text_cannot_break_out_of_its_line():
    title = "End, of; it\\ all\r\nBEGIN:VEVENT\r\nUID:evil"
    calendar = read(day(title=title, about="one\ntwo; three,\r\nEND:VCALENDAR"))
    (event,) = calendar.events
    assert event["summary"] == "End, of; it\\ all BEGIN:VEVENT UID:evil"
    assert "END:VCALENDAR" in event["description"]
    assert event["uid"] == "m-1@waymark"


def test_lines_are_folded_at_75_bytes():
    made = calendar_file("x", [day(title="ü" * 200)], NOW)
    assert max(len(line) for line in made.split(b"\r\n")) <= 75
    assert Calendar.from_ical(made).events[0]["summary"] == "ü" * 200


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=80)


@given(WORDS, WORDS, st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_text_and_day_comes_back(title, about, on):
    (event,) = read(day(title=title, about=about, on=on)).events
    assert str(event["summary"]) == " ".join(title.split())
    assert str(event.get("description", "")) == about
    assert event.end - event.start == timedelta(days=1)
