"""Readings of KPIs: who may add them, what is refused, what stays, and what leaders and reminders are told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import Grant, Visitor
from maturity.operations import kpi_readings, objectives, plan_making, plans
from maturity.operations.errors import Refused
from maturity.operations.pasted_readings import read_pasted
from maturity.operations.rounds import find_round
from maturity.operations.setup import the_organisation
from maturity.planning.catalogue import Kpi
from maturity.storage.kpi_readings import readings_of

from .city import ADMIN, LEADER, PARKS_LEAD, make_town

DAY = date(2026, 3, 2)
OWNER = Visitor(person="olga", name="Olga", grants=(Grant(role="owner"),))
TRUST = Kpi(name="Trust", unit="% of residents", baseline=40.0, target=60.0, source="panel", frequency="monthly")


@pytest.fixture
def town(workspace):
    """A plan with an action of the parks and one of the city, both with a KPI."""
    round_ = make_town(workspace)
    plan_making.replan(workspace, ADMIN, round_, "First plan", iterations=1)
    for title, department in (("Ask everybody", None), ("Count the trees", "parks")):
        plans.add_action(
            workspace, ADMIN, title=title, start=DAY - timedelta(days=50), finish=DAY + timedelta(days=50), owner="Ida",
            department=department, kpi=TRUST,
        )  # fmt: skip
    return workspace


def action(workspace, title):
    return next(each for each in plans.plan(workspace, ADMIN).actions if each.title == title)


def kpi_of(workspace, title):
    return next(each for each in kpi_readings.kpis(workspace, LEADER).kpis if each.title == title)


def every_reading(workspace):
    with workspace.store.reading() as tx:
        return readings_of(tx, the_organisation(workspace, ADMIN).id, withdrawn=True)


def test_heads_read_their_own_and_administrators_all(town):
    trees, everybody = action(town, "Count the trees"), action(town, "Ask everybody")
    kpi_readings.add_reading(town, PARKS_LEAD, trees.id, DAY, 45.0)
    kpi_readings.add_reading(town, ADMIN, everybody.id, DAY, 50.0)
    for who, wanted in ((PARKS_LEAD, everybody), (LEADER, trees), (OWNER, trees)):
        with pytest.raises(NotPermitted):
            kpi_readings.add_reading(town, who, wanted.id, DAY, 1.0)
    assert [each.value for each in kpi_of(town, "Count the trees").readings] == [45.0]


def test_owners_read_their_own(town):
    trees = action(town, "Count the trees")
    with pytest.raises(NotPermitted):
        kpi_readings.add_own_reading(town, OWNER, trees.id, DAY, 45.0)
    plans.edit_action(town, ADMIN, trees.id, trees.row_version, owner="Olga", owner_person="olga")
    made = kpi_readings.add_own_reading(town, OWNER, trees.id, DAY, 45.0, "asked 400 people")
    found, today = kpi_readings.own_kpi(town, OWNER, trees.id)
    assert (found.readings, found.readings[0].made_by, today) == ((made,), "Olga", DAY)
    kpi_readings.withdraw_own_reading(town, OWNER, trees.id, made.id, "the wrong panel")
    assert kpi_readings.own_kpi(town, OWNER, trees.id)[0].readings == ()


def test_a_second_reading_of_a_day_takes_the_place_of_the_first(town):
    trees = action(town, "Count the trees")
    first = kpi_readings.add_reading(town, ADMIN, trees.id, DAY, 45.0)
    assert kpi_readings.add_reading(town, ADMIN, trees.id, DAY, 45.0) == first  # pressed twice
    second = kpi_readings.add_reading(town, ADMIN, trees.id, DAY, 46.0, "counted again")
    assert kpi_of(town, "Count the trees").readings == (second,)
    assert {(each.value, each.withdrawn_at is None) for each in every_reading(town)} == {(45.0, False), (46.0, True)}


def test_what_no_reading_can_be_is_refused(town):
    trees = action(town, "Count the trees").id
    for on, value, note, words in (
        (DAY + timedelta(days=1), 1.0, "", "in the future"),
        (date(1850, 1, 1), 1.0, "", "too long ago"),
        (DAY, float("nan"), "", "not nan"),
        (DAY, float("inf"), "", "not inf"),
        (DAY, 1e308, "", r"not 1e\+308"),
        (DAY, 1.0, "x" * 5_000, "5000 characters"),
    ):
        with pytest.raises(Refused, match=words):
            kpi_readings.add_reading(town, ADMIN, trees, on, value, note)
    assert every_reading(town) == ()


def test_today_is_the_organisations_own_day(town):
    """At half past nine in the evening in UTC it is tomorrow in Auckland."""
    evening = replace(town, clock=lambda: datetime(2026, 3, 2, 21, 30, tzinfo=UTC))
    trees = action(town, "Count the trees")
    with pytest.raises(Refused, match="in the future"):
        kpi_readings.add_reading(evening, ADMIN, trees.id, DAY + timedelta(days=1), 1.0)
    town.store.write(lambda tx: tx.run("UPDATE organisation SET zone = 'Pacific/Auckland'"))
    kpi_readings.add_reading(evening, ADMIN, trees.id, DAY + timedelta(days=1), 1.0)


def test_an_action_without_a_kpi_takes_no_reading(town):
    plans.add_action(town, ADMIN, title="Plain", start=DAY, finish=DAY, owner="Ida")
    with pytest.raises(Refused, match="has no KPI"):
        kpi_readings.add_reading(town, ADMIN, action(town, "Plain").id, DAY, 1.0)


def test_pasted_lines_are_stored_all_or_none(town):
    trees = action(town, "Count the trees")
    text = (
        "2026-01-31; 41\n\n28/02/2026\t1.200,5 wrong\n31.12.2025; 40 %; the panel\n2026-05-01; 3\nx; 1\n2026-01-31; 2"
    )
    with pytest.raises(Refused) as refused:
        kpi_readings.add_pasted_readings(town, ADMIN, trees.id, text)
    said = str(refused.value)
    assert "line 3: '1.200,5 wrong' is no number" in said and "line 5: 2026-05-01 is in the future" in said
    assert "line 6: 'x' is no day" in said and "line 7: 2026-01-31 stands there twice" in said
    assert every_reading(town) == ()
    stored = kpi_readings.add_pasted_readings(
        town, PARKS_LEAD, trees.id, "2026-01-31; 41,5\n31.12.2025; 40 %; the panel"
    )
    assert [(each.on, each.value, each.note) for each in stored] == [
        (date(2025, 12, 31), 40.0, "the panel"), (date(2026, 1, 31), 41.5, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "value"),
    [("2026-01-05; 1,5", 1.5), ("2026-01-05; 1,200", 1200.0), ("2026-01-05;-3", -3.0), ("2026-01-05\t1 200", 1200.0),
     ("5/1/2026; 7%", 7.0), ("2026-01-05; 1e3", 1000.0)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(line, value):
    assert [each.value for each in read_pasted(line, DAY)] == [value]


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "no reading"), (" \n\n", "no reading"), ("2026-01-05", "semicolon"), ("2026-01-05; NaN", "no number"),
     ("2026-01-05; 1e308", "not 1e"), ("2026-01-05; inf", "no number"), ("2026-02-30; 1", "no day"),
     ("2026-01-05;", "no number"), ("a; 1\n" * 501, "501 lines"), ("a; 1\n" * 9, "and 4 more lines"),
     ("２０２６-01-05; 1\x00", "no number")],
)  # fmt: skip
def test_what_cannot_be_read_is_named(text, words):
    with pytest.raises(Refused, match=words):
        read_pasted(text, DAY)


def test_a_reading_is_withdrawn_with_a_reason(town):
    trees = action(town, "Count the trees")
    made = kpi_readings.add_reading(town, ADMIN, trees.id, DAY, 45.0)
    with pytest.raises(Refused, match="reason"):
        kpi_readings.withdraw_reading(town, ADMIN, made.id, " ")
    with pytest.raises(NotPermitted):
        kpi_readings.withdraw_reading(town, LEADER, made.id, "wrong")
    kpi_readings.withdraw_reading(town, PARKS_LEAD, made.id, "wrong trees")
    with pytest.raises(Refused, match="not there any more"):
        kpi_readings.withdraw_reading(town, ADMIN, made.id, "wrong trees")
    assert kpi_of(town, "Count the trees").readings == () and len(every_reading(town)) == 1


def test_readings_are_still_there_after_planning_again(town):
    some = next(each for each in plans.plan(town, ADMIN).actions if each.kpi and each.catalogue_id)
    made = kpi_readings.add_reading(town, ADMIN, some.id, DAY, 12.0)
    plan_making.replan(town, ADMIN, find_round(town, ADMIN, "2026"), "Second plan", iterations=1)
    found = [each for each in kpi_readings.kpis(town, ADMIN).kpis if each.code == some.code]
    assert [each.readings for each in found] == [(made,)]


def test_objectives_are_read_by_whoever_changes_the_plan(town):
    goal = objectives.add_objective(
        town, ADMIN, "Warm homes", measure="Cold homes", unit="homes", baseline=310, aim=0, due=date(2030, 1, 1)
    )
    empty = objectives.add_objective(town, ADMIN, "Calm")
    made = kpi_readings.add_objective_reading(town, ADMIN, goal.id, DAY, 300)
    kpi_readings.paste_objective_readings(town, ADMIN, goal.id, "2026-01-01; 308")
    assert [each.value for each in kpi_of(town, "Warm homes").readings] == [308.0, 300.0]
    with pytest.raises(NotPermitted):
        kpi_readings.add_objective_reading(town, PARKS_LEAD, goal.id, DAY, 1)
    with pytest.raises(NotPermitted):
        kpi_readings.withdraw_reading(town, PARKS_LEAD, made.id, "not mine")
    with pytest.raises(Refused, match="measures nothing yet"):
        kpi_readings.add_objective_reading(town, ADMIN, empty.id, DAY, 1)


def test_leaders_are_told_what_is_behind_and_reminders_what_is_due(town):
    """Half way through, the path is at 50; both readings are behind it, the parks' by more."""
    kpi_readings.add_reading(town, ADMIN, action(town, "Ask everybody").id, DAY, 45.0)
    kpi_readings.add_reading(town, ADMIN, action(town, "Count the trees").id, DAY, 41.0)
    found = kpi_readings.behind(town, LEADER)
    assert [(each.of.title, each.expected, each.by) for each in found] == [
        ("Count the trees", 50.0, -9.0), ("Ask everybody", 50.0, -5.0),
    ]  # fmt: skip
    assert kpi_readings.due_readings(town, LEADER) == ()
    later = replace(town, clock=lambda: datetime(2026, 4, 5, 9, tzinfo=UTC))
    assert [(each.title, days) for each, days in kpi_readings.due_readings(later, LEADER)] == [
        ("Ask everybody", 3), ("Count the trees", 3),
    ]  # fmt: skip
