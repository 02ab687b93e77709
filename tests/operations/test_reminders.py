"""Reminders, letters and calendars of a small town: what is due with whom, by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from maturity.access.permissions import NotPermitted
from maturity.access.roles import Grant, Visitor
from maturity.operations import actions, calendars, milestones, plan_making, plans, progress, reminders
from maturity.operations.errors import Refused
from maturity.operations.workspace import Workspace
from maturity.storage.engine import Tx, new_id, open_store
from maturity.storage.setup import set_zone

from .city import ADMIN, LEADER, RESPONDENT, make_town

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
IDA = Visitor(person="ida", name="Ida", grants=(Grant(role="owner"),))


@pytest.fixture
def town(tmp_path):
    at = [NOW]
    workspace = Workspace(
        url=str(tmp_path / "t.duckdb"), store=open_store(str(tmp_path / "t.duckdb")), clock=lambda: at[0]
    )
    plan_making.replan(workspace, ADMIN, make_town(workspace), "First plan", iterations=1)
    made = plans.add_action(
        workspace, ADMIN, title="Count the trees; all, of them", start=TODAY, finish=date(2026, 10, 31), owner="Ida",
        department="parks",
    )  # fmt: skip
    actions.edit_action(workspace, ADMIN, made.id, made.row_version, owner="Ida", owner_person="ida")
    yield workspace, at
    workspace.store.close()


def trees(workspace):
    return next(each for each in plans.plan(workspace, ADMIN).actions if each.title.startswith("Count"))


def of_kind(workspace, kind, visitor=ADMIN):
    return [each for each in reminders.reminders(workspace, visitor) if each.kind == kind]


def review(workspace: Workspace, state: str = "signed_off", next_on: date = date(2026, 10, 26)) -> None:
    saved = plans.plan(workspace, ADMIN)

    def write(tx: Tx) -> None:
        organisation = tx.one("SELECT id FROM organisation")["id"]  # type: ignore[index]
        columns = ["id", "organisation_id", "plan_id", "number", "name", "state", "step", "held_on", "next_on", "body",
                   "opened_by", "opened_at", "row_version"]  # fmt: skip
        row = [new_id(NOW), organisation, saved.id, 1, "Review 1", state, "sign", TODAY, next_on, "{}", "x", NOW, 4]
        tx.insert("quarterly_review", columns, [row])
        set_zone(tx, organisation, "Europe/Berlin")

    workspace.store.write(write)


def test_an_owner_is_asked_to_accept_and_the_head_to_confirm(town):
    workspace, _ = town
    (asked,) = of_kind(workspace, "acceptance")
    assert (asked.owner, asked.person, asked.place) == ("Ida", "ida", "Parks")
    (days,) = of_kind(workspace, "days")
    assert days.owner == "Head of Parks"


def test_a_report_is_overdue_after_thirty_days_and_not_before(town):
    workspace, at = town
    action = trees(workspace)
    progress.report_progress(workspace, ADMIN, action.id, action.row_version, 10.0)
    at[0] = NOW + timedelta(days=29)
    assert not [each for each in of_kind(workspace, "report") if each.person == "ida"]
    at[0] = NOW + timedelta(days=30)
    (due,) = [each for each in of_kind(workspace, "report") if each.person == "ida"]
    assert due.on == TODAY + timedelta(days=30)


def test_milestones_in_thirty_days_and_missed_ones(town):
    workspace, at = town
    for name, day in (("Soon", 30), ("Later", 31)):
        milestones.add_milestone(workspace, ADMIN, name, TODAY + timedelta(days=day))
    assert "Soon" in [each.subject for each in of_kind(workspace, "milestone")]
    assert "Later" not in [each.subject for each in of_kind(workspace, "milestone")]
    at[0] = datetime(2026, 11, 1, tzinfo=UTC)
    milestones.add_milestone(workspace, ADMIN, "Trees", date(2026, 10, 31))
    assert [each.on for each in of_kind(workspace, "milestone") if each.subject == "Trees"] == [date(2026, 10, 31)]


def test_a_review_is_due_a_month_ahead_and_an_open_one_at_once(town):
    workspace, at = town
    review(workspace)
    assert of_kind(workspace, "review") == []
    at[0] = datetime(2026, 10, 1, tzinfo=UTC)
    assert [each.on for each in of_kind(workspace, "review")] == [date(2026, 10, 26)]


def test_letters_go_to_each_owner_once_with_the_address_of_my_actions(town):
    workspace, _ = town
    letters = {each.owner: each for each in reminders.reminder_letters(workspace, ADMIN, "https://w.example/")}
    body = letters["Ida"].body
    assert "Count the trees; all, of them (Parks): accept it" in body
    assert "https://w.example/my_actions" in body
    assert letters["Ida"].count == body.count("\n- ")
    with pytest.raises(Refused, match="no address"):
        reminders.reminder_letters(workspace, ADMIN, "javascript:alert(1)")


def test_the_review_is_at_ten_where_the_city_is_also_after_the_clocks_changed(town):
    workspace, _ = town
    review(workspace)
    calendar = Calendar.from_ical(calendars.plan_calendar(workspace, LEADER))
    (meeting,) = [each for each in calendar.events if isinstance(each.start, datetime)]
    assert (meeting.start.hour, meeting.start.astimezone(UTC).hour) == (10, 9)  # winter time from 25 October on
    days = [each for each in calendar.events if not isinstance(each.start, datetime)]
    assert {str(each["summary"]) for each in days} == {m.name for m in plans.plan(workspace, ADMIN).milestones}


def test_a_second_import_updates_also_after_a_renaming_and_a_new_plan(town):
    workspace, at = town

    def read() -> dict[str, tuple[str, date, int]]:
        events = Calendar.from_ical(calendars.plan_calendar(workspace, ADMIN)).events
        return {str(each["uid"]): (str(each["summary"]), each.start, each["sequence"]) for each in events}

    first, mark = read(), plans.plan(workspace, ADMIN).milestones[0]
    milestones.edit_milestone(workspace, ADMIN, mark.id, 1, name="Another name", on=mark.on + timedelta(days=7))
    second = read()
    assert first.keys() == second.keys()
    (uid,) = [each for each in first if first[each] != second[each]]
    assert second[uid] == ("Another name", mark.on + timedelta(days=7), first[uid][2] + 1)
    at[0] += timedelta(days=1)
    plan_making.replan(workspace, ADMIN, "2026", "Second plan", iterations=1)
    third = read()
    assert third.keys() <= second.keys()
    assert all(third[each][2] > second[each][2] for each in third)


def test_owners_get_the_days_of_their_own_actions_and_of_no_other(town):
    workspace, _ = town
    (event,) = Calendar.from_ical(calendars.own_calendar(workspace, IDA)).events
    assert (str(event["summary"]), event.start) == (
        "To be done: Count the trees; all, of them (Parks)",
        date(2026, 10, 31),
    )
    assert Calendar.from_ical(calendars.own_calendar(workspace, LEADER)).events == []


def test_who_reads_no_roadmap_is_told_of_no_reminders(town):
    for visitor in (IDA, RESPONDENT):
        with pytest.raises(NotPermitted):
            reminders.reminders(town[0], visitor)
        with pytest.raises(NotPermitted):
            calendars.plan_calendar(town[0], visitor)
