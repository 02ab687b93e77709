"""KPIs by hand-worked numbers, and what holds for each of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.planning.catalogue import Kpi
from maturity.planning.objectives import Objective
from maturity.planning.plan import Closes
from maturity.roadmap.kpis import Measured, Path, Reading, due, standing
from maturity.roadmap.kpis_of_plan import families, measured
from maturity.roadmap.objective_chains import chains
from maturity.roadmap.outcomes import Outcomes, ScoreAt, beside, capability, outcome, outcomes

from .conftest import MONDAY, make_action

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
FINISH = date(2026, 4, 15)  # 100 days after MONDAY


def read(day, value, code="a", measures="action", **more):
    return Reading(id=f"{code}-{day}", measures=measures, code=code, on=day, value=value, made_at=AT, **more)


def after(days):
    return MONDAY + timedelta(days=days)


def kpi(*values, **more):
    """From 0 on Monday to 100 after 100 days, unless told otherwise; `values` are (days after Monday, value)."""
    usual = {
        "measures": "action", "code": "a", "title": "Action a", "name": "Data sets", "unit": "data sets",
        "kind": "lagging", "direction": "up", "baseline": 0.0, "target": 100.0, "begins": MONDAY, "ends": FINISH,
        "family": "a", "readings": tuple(read(after(days), value) for days, value in values),
    }  # fmt: skip
    return Measured(**{**usual, **more})


def test_the_path_is_straight_and_level_outside():
    path = Path(begins=MONDAY, first=10.0, ends=FINISH, target=60.0)
    assert [path.at(after(days)) for days in (-5, 0, 50, 100, 200)] == [10.0, 10.0, 35.0, 60.0, 60.0]


@pytest.mark.parametrize(
    ("value", "code", "by"),
    [(30, "behind", -20.0), (44, "behind", -6.0), (45, "on_path", -5.0), (50, "on_path", 0.0), (55, "on_path", 5.0),
     (56, "ahead", 6.0), (100, "reached", 50.0)],
)  # fmt: skip
def test_a_reading_is_held_against_the_path_on_its_own_day(value, code, by):
    """Half way through, 50 of 100 is the path; a twentieth of the way, 5, is still on it."""
    found = standing(kpi((50, value)), after(80))
    assert (found.code, found.by, found.expected, found.expected_now, found.age) == (code, by, 50.0, 80.0, 30)


def test_fewer_is_better_where_it_falls():
    falling = {"direction": "down", "baseline": 200.0, "target": 100.0}
    assert standing(kpi((50, 170), **falling), after(50)).code == "behind"
    assert standing(kpi((50, 130), **falling), after(50)).by == 20.0
    assert standing(kpi((50, 100), **falling), after(50)).code == "reached"


def test_after_its_day_what_has_not_reached_the_target_is_behind():
    assert standing(kpi((120, 90)), after(120)).code == "behind"
    assert standing(kpi((120, 100)), after(120)).code == "reached"


def test_without_a_baseline_the_path_begins_at_the_first_reading():
    found = kpi((20, 20), (60, 60), baseline=None)
    assert found.path == Path(begins=after(20), first=20.0, ends=FINISH, target=100.0)
    assert standing(found, after(60)).code == "on_path"
    there = kpi((20, 120), (60, 90), baseline=None)  # reached at the start, then lost
    assert there.path.first == 100.0 and standing(there, after(60)).code == "behind"


@pytest.mark.parametrize(
    ("more", "lacks", "code"),
    [
        ({"target": None}, ("target", "frequency"), "no_path"),
        ({"baseline": None, "target": None}, ("baseline", "target", "frequency"), "no_path"),
        ({"ends": None}, ("due", "frequency"), "no_path"),
        ({"ends": date(2025, 1, 1)}, ("dates", "frequency"), "no_path"),
        ({"baseline": 150.0}, ("direction", "frequency"), "no_path"),
        ({"frequency": "weekly"}, (), "behind"),
        ({"frequency": "weekly", "readings": ()}, ("reading",), "no_reading"),
    ],
)
def test_what_is_missing_is_said_and_never_guessed(more, lacks, code):
    found = kpi((50, 1), **more)
    assert (found.missing, standing(found, after(50)).code) == (lacks, code)


@pytest.mark.parametrize(
    ("frequency", "days"), [("weekly", date(2026, 1, 12)), ("monthly", date(2026, 2, 5)),
                            ("quarterly", date(2026, 4, 5)), ("yearly", FINISH), (None, None)],
)  # fmt: skip
def test_the_first_reading_is_due_one_period_after_the_start(frequency, days):
    assert kpi(frequency=frequency).next_due == days


def test_readings_are_due_until_the_day_of_the_target():
    monthly = {"frequency": "monthly"}
    assert kpi((26, 1), **monthly).next_due == date(2026, 2, 28)  # 31 January, a month later
    assert kpi((90, 1), **monthly).next_due == FINISH
    assert kpi((100, 1), **monthly).next_due is None
    assert [due(kpi(**monthly), day) for day in (date(2026, 2, 4), date(2026, 2, 5), date(2026, 2, 9))] == [None, 0, 4]


def test_the_trend_is_the_last_step_in_the_better_way():
    assert [kpi(*v).trend for v in ([(1, 5)], [(1, 5), (2, 6)], [(1, 6), (2, 5)], [(1, 5), (2, 5)])] == [
        None, "better", "worse", "same",
    ]  # fmt: skip
    assert kpi((1, 5), (2, 4), direction="down").trend == "better"


def test_the_way_done():
    assert kpi((50, 25)).way_done == 0.25
    assert kpi((50, -10)).way_done == -0.1
    assert kpi((50, 25), target=0.0).way_done is None


NUMBERS = st.floats(-1e6, 1e6).map(lambda number: round(number, 3))


@given(NUMBERS, NUMBERS, st.integers(-20, 150))
def test_what_runs_exactly_on_its_path_is_never_behind(first, target, days):
    way = "up" if target >= first else "down"
    path = Path(begins=MONDAY, first=first, ends=FINISH, target=target)
    on_it = kpi((days, path.at(after(days))), baseline=first, target=target, direction=way)
    assert standing(on_it, after(days)).code in ("on_path", "reached")


@given(NUMBERS, NUMBERS, NUMBERS, st.integers(-20, 150))
def test_down_mirrors_up(first, target, value, days):
    up = standing(kpi((days, value), baseline=first, target=target), after(days))
    mirrored = kpi((days, -value), baseline=-first, target=-target, direction="down")
    down = standing(mirrored, after(days))
    assert (up.code, up.by, up.of.missing, up.of.trend) == (down.code, down.by, down.of.missing, down.of.trend)
    assert up.of.way_done == down.of.way_done


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.integers(0, 120))
def test_a_better_reading_never_stands_worse(first, target, one, other, days):
    order = ("behind", "on_path", "ahead", "reached")
    low, high = sorted((one, other))
    stands = [standing(kpi((days, each), baseline=first, target=target), after(days)).code for each in (low, high)]
    if "no_path" not in stands:
        assert order.index(stands[0]) <= order.index(stands[1])


def with_kpi(code, **more):
    given_kpi = Kpi(name="Data sets listed", unit="%", baseline=0.0, target=80.0, frequency="monthly")
    titled = {"title": "List the data"} if "/" in code else {}
    return make_action(code, 0, 8, kpi=given_kpi, **titled, **more)


def test_a_plan_has_the_kpis_of_its_actions_and_what_objectives_measure():
    actions = [
        with_kpi("A1/parks", catalogue_id="A1", department="parks"),
        with_kpi("A1/roads", catalogue_id="A1", department="roads"),
        make_action("plain"),
    ]
    goal = Objective(id="o", name="Warm homes", measure="Cold homes", unit="homes", baseline=310, aim=0.0,
                     due=date(2030, 1, 1))  # fmt: skip
    readings = [
        read(after(9), 5.0, "A1/parks"),
        read(after(2), 4.0, "A1/parks"),
        read(after(5), 9.0, "A1/parks", withdrawn_at=AT),
        read(after(3), 300.0, "o", "objective"),
        read(after(3), 1.0, "gone"),
    ]
    found = measured(actions, [goal, Objective(id="p", name="No measure")], readings, MONDAY)
    assert [(each.code, [one.value for one in each.readings]) for each in found] == [
        ("o", [300.0]), ("A1/parks", [4.0, 5.0]), ("A1/roads", []),
    ]  # fmt: skip
    assert (found[0].direction, found[0].kind, found[0].begins) == ("down", "lagging", MONDAY)
    assert found[1].ends == actions[0].finish
    assert [len(each.members) for each in families(found)] == [1, 2]
    assert [each.code for each in families(found)[1].measured] == ["A1/parks"]


def test_of_an_objective_without_a_baseline_nobody_knows_which_way_is_better():
    goal = Objective(id="o", name="Trust", measure="Trust", aim=60.0, due=date(2030, 1, 1))
    (found,) = measured([], [goal], [read(MONDAY, 70.0, "o", "objective")], MONDAY)
    assert found.direction is None and standing(found, MONDAY).code == "no_path" and outcome(found) is None


def test_a_chain_names_what_is_missing():
    goal = Objective(id="o", name="Warm homes", goal="Nobody is cold", topics=("t",), measure="Cold homes",
                     baseline=9.0, aim=0.0, due=date(2030, 1, 1))  # fmt: skip
    empty = Objective(id="e", name="Nothing")
    closes = (Closes(department="parks", topic="t", from_level=1, to_level=2),)
    actions = [
        with_kpi("A1/parks", catalogue_id="A1", department="parks", closes=closes),
        with_kpi("A1/roads", catalogue_id="A1", department="roads", closes=closes),
        make_action("b", objective="o"),
        make_action("c"),
    ]
    kpis = measured(actions, [goal, empty], [], MONDAY)
    first, second = chains([goal, empty], actions, kpis)
    assert [(each.title, len(each.copies), each.named) for each in first.serving] == [
        ("Action b", 1, True), ("List the data", 2, False),
    ]  # fmt: skip
    assert first.lacks == ("reading", "own_reading") and len(first.kpis) == 2 and len(first.actions) == 3
    assert second.lacks == ("target", "action") and second.outcomes == ()
    told = measured(actions, [goal], [read(MONDAY, 8.0, "o", "objective")], MONDAY)
    assert chains([goal], actions, told)[0].outcomes == (told[0],)


def test_capability_moves_from_a_tenth_of_a_level():
    def at(*scores):
        return [ScoreAt(round=str(place), on=after(place), score=score) for place, score in enumerate(scores)]

    assert capability(at(2.0)) is None
    assert [capability(at(2.0, *more))[0] for more in ((2.1,), (2.05,), (1.9,), (3.0, 2.0))] == [
        "better", "flat", "worse", "flat",
    ]  # fmt: skip


def test_an_outcome_moves_from_a_twentieth_of_its_way():
    assert [outcome(kpi((50, value))) for value in (5, 6, -6)] == ["flat", "better", "worse"]
    assert outcome(kpi((50, 5), baseline=None)) is None
    assert outcome(kpi((1, 100), (50, 106), baseline=None, target=None)) == "better"
    assert outcomes([kpi((50, 6)), kpi((50, 5)), kpi(), kpi((50, -6))]) == Outcomes(better=1, flat=1, worse=1)
    assert Outcomes(better=1, flat=1, worse=1).movement == "flat"
    assert Outcomes(better=0, flat=0, worse=0).movement is None


@pytest.mark.parametrize(
    ("capable", "came", "said"),
    [("better", "better", "both_better"), ("better", "flat", "capability_only"), ("better", "worse", "capability_only"),
     ("flat", "better", "outcomes_only"), ("worse", "better", "outcomes_only"), ("flat", "flat", "both_flat"),
     ("worse", "worse", "both_worse"), ("flat", "worse", "apart_worse"), ("worse", "flat", "apart_worse"),
     (None, "better", "not_known"), ("better", None, "not_known")],
)  # fmt: skip
def test_the_two_beside_each_other(capable, came, said):
    assert beside(capable, came) == said
