"""Planning around what goes on, on a catalogue of three actions."""

from dataclasses import replace
from datetime import date

import pytest

from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.engine import make_plan
from maturity.planning.request import Capacity, Decision, PlanRequest
from maturity.planning.targets import Target
from maturity.roadmap.actions import from_plan
from maturity.roadmap.critical_path import slacks
from maturity.roadmap.replan import around, goes_on, previous_of, together, with_edits

START = date(2026, 1, 5)


def template(id, level, requires=(), scope="city"):
    return {
        "id": id, "title": f"Do {id}", "summary": "Text.", "phase": 1, "scope": scope, "lead": "cdo",
        "deliverable": "Paper", "done_when": "Read", "kpi": {"name": "Read", "unit": "%"}, "requires": list(requires),
        "raises": [{"topic": "t", "from_level": level, "to_level": level + 1}], "duration_weeks": 13,
        "effort": {"cdo": {"low": 5, "likely": 10, "high": 15}},
        "cost": {"one_off": {"low": 1, "likely": 100, "high": 200}},
    }  # fmt: skip


CATALOGUE = ActionCatalogue.model_validate(
    {
        "id": "c", "version": "1", "framework": "f", "name": "C", "licence": "CC0", "source": "test",
        "price_year": 2026, "roles": [{"id": "cdo", "name": "Data officer", "days_per_quarter": 40}],
        "actions": [template("A", 1), template("B", 2, ["A"]), template("C", 3, ["B"])],
    }
)  # fmt: skip


@pytest.fixture
def request_():
    return PlanRequest(
        round="r",
        catalogue=CATALOGUE,
        departments=("parks",),
        reached={("parks", "t"): 1},
        targets=(Target(department="parks", topic="t", level=4, due=date(2028, 1, 1)),),
        starts=START,
        capacities=(Capacity(role="cdo", days=(40.0,) * 12),),
        budgets=(150.0, 100.0, 100.0, 100.0),
        iterations=1,
    )


def actions_of(plan):
    return {each.id: from_plan(each, CATALOGUE.by_id[each.catalogue_id], id=each.id) for each in plan.actions}


def test_the_earlier_plan_is_what_has_not_begun_and_the_next_quarter_of_it_is_about_to_begin(request_):
    # The money lets A start with phase 1 on 5 January, B with phase 2 on 6 July 2026, C with phase 3 a year after A.
    every = actions_of(make_plan(request_))
    found = previous_of(every.values(), (), date(2026, 4, 6))
    assert [(each.code, each.start, each.committed) for each in found] == [
        ("A", START, True), ("B", date(2026, 7, 6), True), ("C", date(2027, 1, 4), False),
    ]  # fmt: skip
    day_before = previous_of(every.values(), (), date(2026, 4, 5))
    assert [each.committed for each in day_before] == [True, False, False]
    begun = replace(every["A"], begun_on=START)
    left = (begun, every["B"], replace(every["C"], removed_on=START), replace(every["C"], code="Z", catalogue_id=None))
    assert [each.code for each in previous_of(left, (begun,), START)] == ["B"]


def test_only_what_has_begun_or_is_peoples_own_goes_on(request_):
    action = actions_of(make_plan(request_))["A"]
    assert not goes_on(action)
    assert goes_on(replace(action, begun_on=START)) and goes_on(replace(action, origin="added"))
    assert not goes_on(replace(action, begun_on=START, removed_on=START))


def test_what_goes_on_uses_days_and_money(request_):
    begun = replace(actions_of(make_plan(request_))["A"], begun_on=START, percent_done=10.0)
    wanted = replace(request_, decisions=(Decision(code="A", kind="must"),))
    asked = around(wanted, [begun])
    assert asked.already == {"A": "running"} and asked.decisions == ()
    assert asked.capacities[0].days == (30.0, *(40.0,) * 11)  # 10 days in the first quarter
    assert asked.budgets == (50.0, 100.0, 100.0, 100.0)
    done = replace(begun, percent_done=100.0, done_on=START)
    assert around(request_, [done]).already == {"A": "done"}


def test_a_later_plan_pays_only_for_what_starts_in_it(request_):
    before = replace(actions_of(make_plan(request_))["A"], start=date(2025, 11, 3), begun_on=date(2025, 11, 3))
    asked = around(request_, [before])
    assert asked.budgets == request_.budgets and asked.already == {"A": "running"}
    whole = together(request_, make_plan(asked), [before], {"A": (before.start, before.finish)})
    paid = [each.cost for each in whole.actions if each.id != "A"]
    assert sum(use.planned for use in whole.budget) == sum(cost or 0.0 for cost in paid)
    unpriced = together(request_, make_plan(asked), [replace(before, cost=None)], {})
    assert [use.unpriced for use in unpriced.budget] == [use.unpriced for use in whole.budget]


def test_the_kept_and_the_new_make_one_plan(request_):
    begun = replace(actions_of(make_plan(request_))["A"], begun_on=START, finish=date(2026, 4, 12))
    asked = around(request_, [begun])
    whole = together(request_, make_plan(asked), [begun], {"A": (START, date(2026, 4, 5))})
    assert [each.id for each in whole.actions] == ["A", "B", "C"]
    kept, second, _ = whole.actions
    assert kept.finish == date(2026, 4, 5)  # the approved day, not the moved one
    assert second.requires == (("A",) if second.start > begun.finish else ())
    assert whole.capacity[0].available == 40.0 and sum(use.planned for use in whole.capacity) == pytest.approx(
        30.0, abs=0.1
    )
    assert [use.available for use in whole.budget] == [150.0, 100.0, 100.0, 100.0]
    assert sum(use.planned for use in whole.budget) == 300.0
    assert min(slacks(actions_of(whole).values()).values()) >= 0


def test_peoples_words_outlive_a_new_plan(request_):
    fresh = actions_of(make_plan(request_))["A"]
    assert with_edits(fresh, None) is fresh and with_edits(fresh, replace(fresh, owner="x")) is fresh
    edited = replace(fresh, owner="Head of data", start=date(2027, 1, 1), row_version=2)
    assert with_edits(fresh, edited) == replace(fresh, owner="Head of data", row_version=2)
