from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.planning.request import Capacity
from maturity.roadmap.actions import Action, Raci
from maturity.roadmap.workload import by_role, overloads, workload

START = date(2026, 1, 5)


def made(code, start_week, weeks):
    start = START + timedelta(weeks=start_week)
    finish = start + timedelta(weeks=weeks) - timedelta(days=1)
    return Action(id="1", code=code, title="A", phase=1, start=start, finish=finish, owner="lead",
                  raci=Raci(accountable="lead"), effort={"lead": 10.0})  # fmt: skip


def test_effort_is_spread_over_the_days_of_an_action(make):
    # weeks 12 and 13: the first half in quarter 1, the second in quarter 2
    frame = workload([make("a", 12, 2)], [Capacity(role="lead", days=(4.0,) * 12)], START)
    assert len(frame) == 12
    assert list(frame["planned"][:3]) == [5.0, 5.0, 0.0]
    assert list(frame["available"][:2]) == [4.0, 4.0]
    assert list(overloads(frame)["quarter"]) == [1, 2] and list(overloads(frame)["over"]) == [1.0, 1.0]


def test_department_roles_count_in_their_department_and_unknown_ones_are_shown(make):
    action = make("a", effort={"lead": 2.0, "staff": 3.0, "guest": 1.0}, department="parks")
    offers = [Capacity(role="lead", days=(9.0,) * 12), Capacity(role="staff", department="parks", days=(9.0,) * 12)]
    first = workload([action], offers, START).query("quarter == 1").set_index("role")
    assert first["planned"].to_dict() == {"lead": 2.0, "staff": 3.0, "guest": 1.0}
    assert first.loc["staff", "department"] == "parks" and first["available"].isna().to_dict()["guest"]


@given(start=st.integers(0, 140), weeks=st.integers(1, 16))
def test_nothing_is_lost_within_the_plan(start, weeks):
    frame = workload([made("a", start, weeks)], [], START)
    assert frame["planned"].sum() == pytest.approx(10.0)


def test_a_city_wide_action_shares_what_it_needs_of_departments(make):
    offers = [Capacity(role="staff", department=where, days=(9.0,) * 12) for where in ("parks", "roads")]
    frame = workload([make("a", effort={"staff": 3.0})], offers, START).query("quarter == 1")
    assert list(frame["department"]) == ["parks", "roads"] and list(frame["planned"]) == [1.5, 1.5]
    whole = by_role(frame, {"staff": "Department staff"})
    assert whole.to_dict("records") == [{"role": "Department staff", "quarter": 1, "planned": 3.0, "available": 18.0}]
