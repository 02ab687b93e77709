"""Risks in the forecast by hand: one draw for all that a risk holds up, what has happened for certain, and what the
owner expects; and what always holds."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.forecast import make_activities
from maturity.planning.forecast import durations, generator, happening, likely_days, percentiles, release, run, sample
from maturity.planning.forecast_outcomes import forecast
from maturity.planning.forecast_request import (
    Activity,
    ForecastRequest,
    Threat,
    forecast_document,
    read_forecast_request,
)
from maturity.planning.premortem import late, premortem

from .test_forecast import asked, finish_days, often, work

END_BEFORE = {"p50": 813, "p80": 881, "planned": 588, "chance": 0.0033333333333333335}
DRIVERS_BEFORE = [
    {"kind": "role", "code": "r0", "days": 8.7, "count": 5},
    {"kind": "action", "code": "x25", "days": 8.4, "count": 1},
]


def threat(code: str = "r", chance: float = 1.0, longer: float = 0.5, codes: tuple[str, ...] = ("a",)) -> Threat:
    return Threat(code=code, chance=chance, longer=longer, codes=codes)


def test_what_has_happened_makes_what_is_left_longer_for_certain():
    half_done = work("b", 0, 40, begun=0.0, share_done=0.5)  # half in half the time: 20 days are left
    request = asked(work("a", 30, 10), half_done, work("c", 0, 10), now=20, risks=(threat(codes=("a", "b")),))
    assert finish_days(request) == {"a": (45, 45), "b": (50, 50), "c": (30, 30)}


def test_what_is_done_is_not_made_longer():
    done = work("a", 0, 10, begun=0.0, done=10.0, share_done=1.0)
    assert finish_days(asked(done, now=20, risks=(threat(),))) == {"a": (10, 10)}


def test_several_risks_of_one_action_add_up():
    request = asked(work("a", 0, 10), risks=(threat("r", 1, 0.5), threat("s", 1, 0.3)))
    assert finish_days(request) == {"a": (18, 18)}


def test_an_open_risk_strikes_as_often_as_its_chance_and_all_its_actions_in_the_same_runs():
    request = asked(work("a", 0, 10), work("b", 0, 20), samples=10_000, risks=(threat("r", 0.35, 1.0, ("a", "b")),))
    _, finished = run(request)
    struck = finished[0] > 15
    assert struck.mean() == pytest.approx(0.35, abs=0.015)
    assert (struck == (finished[1] > 30)).all()
    assert set(finished[0].tolist()) == {10.0, 20.0}


def test_without_risks_the_numbers_are_those_of_before():
    """Worked out with the code as it was before there were risks."""
    request = ForecastRequest(activities=make_activities(40, 3), now=20.0, samples=300, seed=7)
    found = forecast(request)
    assert found["end"] == END_BEFORE
    assert found["drivers"][:2] == DRIVERS_BEFORE
    # nor does a risk move the draw of anything else
    with_risks = replace(request, risks=(threat("r", 0.5, 0.5, ("x1",)), threat("s", 0.5, 0.5, ())))
    plain, more = run(request)[0], run(with_risks)[0]
    assert (plain.own == more.own).all() and (plain.still == more.still).all()
    alone = replace(request, risks=with_risks.risks[:1])
    assert (run(alone)[1] == run(with_risks)[1]).all()


def test_the_same_seed_gives_the_same_runs_of_a_risk_and_a_greater_chance_only_adds_some():
    some, more = (happening(threat("r", chance), 500, 1) for chance in (0.2, 0.6))
    assert (some == happening(threat("r", 0.2), 500, 1)).all()
    assert (some <= more).all() and some.sum() < more.sum()
    assert (happening(threat("r", 0.2), 500, 2) != some).any()
    assert happening(threat("r", 1.0), 500, 1).all() and not happening(threat("r", 0.0), 500, 1).any()


def test_a_request_with_risks_comes_back_as_it_was_and_an_older_one_can_be_read():
    request = asked(work("a", expected=12.0), risks=(threat("r", 0.15, 0.3, ("a", "b")),))
    written = json.loads(json.dumps(forecast_document(request)))
    assert read_forecast_request(written) == request
    del written["risks"], written["activities"][0]["expected"]
    assert read_forecast_request(written) == replace(request, risks=(), activities=(work("a"),))


def test_a_risk_is_named_among_what_makes_the_end_late():
    risks = (threat("r", 0.6, 1.0, ("a", "b")), threat("h", 1.0, 0.5, ("b",)), threat("idle", 0.9, 1.0, ("c",)))
    request = asked(work("a", 0, 60), work("b", 60, 60, after=("a",)), work("c", 0, 7), samples=2000, risks=risks)
    found = {each["code"]: each for each in forecast(request)["drivers"] if each["kind"] == "risk"}
    assert set(found) == {"r", "h"}
    assert (found["r"]["count"], found["h"]["count"]) == (2, 1)
    # r happens in 6 runs of 10, so it stands in the P80: 60 + 60 days more; h makes b half longer, 30 days
    assert found["r"]["days"] == 120 and found["h"]["days"] == 30


def test_a_story_that_goes_wrong_reckons_with_the_risks_too():
    request = asked(work("a", 0, 10), risks=(threat(),))
    found = premortem(request, late("a"))
    assert found["end"]["base"]["p50"] == 15 and found["end"]["story"]["p50"] == 15 + 182


@pytest.mark.parametrize(
    ("activity", "now", "starts", "left"),
    [
        (work("a", 0, 40, begun=0.0, share_done=0.5, expected=50.0), 20, 20, 30),  # begun: done by what is expected
        (work("a", 0, 40, begun=0.0, share_done=0.5, expected=20.0), 20, 20, 20),  # that day is over: its own pace
        (work("a", 10, 40, expected=50.0), 0, 10, 40),  # as planned
        (work("a", 10, 40, expected=80.0), 0, 40, 40),  # later: it starts later
        (work("a", 10, 40, expected=30.0), 0, 0, 30),  # earlier than it can be done in its days: quicker
        (work("a", 10, 40, expected=30.0), 35, 35, 40),  # not begun, and its day is over
    ],
)
def test_what_the_owner_expects_is_the_likely_finish(activity, now, starts, left):
    assert (release(activity, now), likely_days(activity, now)) == pytest.approx((starts, left))
    assert finish_days(asked(activity, now=now)) == {"a": (starts + left, starts + left)}


def test_what_an_owner_expects_later_is_not_added_to_what_it_waits_for():
    """The owner of b knows that a is late: b is not made late twice."""
    request = asked(work("a", 0, 10, expected=40.0), work("b", 10, 10, after=("a",), expected=50.0))
    assert finish_days(request) == {"a": (40, 40), "b": (50, 50)}


@st.composite
def risky(draw: st.DrawFn) -> ForecastRequest:
    activities = make_activities(draw(st.integers(1, 12)), draw(st.integers(0, 50)))
    codes = st.lists(st.sampled_from([each.code for each in activities]), unique=True).map(tuple)
    count = draw(st.integers(1, 4))
    risks = tuple(
        Threat(code=f"r{n}", chance=draw(st.floats(0, 1)), longer=draw(st.floats(0, 2)), codes=draw(codes))
        for n in range(count)
    )
    return ForecastRequest(activities=activities, now=draw(st.floats(0, 300)), samples=120, risks=risks)


@often
@given(risky(), st.floats(0, 1), st.floats(0, 1))
def test_more_likelihood_or_more_impact_never_makes_anything_earlier(request, likelier, worse):
    first = request.risks[0]
    grown = replace(first, chance=max(first.chance, likelier), longer=max(first.longer, first.longer * (1 + worse)))
    before, after = run(request)[1], run(replace(request, risks=(grown, *request.risks[1:])))[1]
    assert (after >= before - 1e-3).all()
    assert (percentiles(after, (0.8,)) >= percentiles(before, (0.8,)) - 1e-3).all()


@often
@given(risky())
def test_a_risk_touches_only_its_own_actions_and_never_shortens_them(request):
    draws = run(request)[0]
    bare = replace(draws, risks=(), happens=())
    longer, plain = (durations(request.activities, each, request.now) for each in (draws, bare))
    named = {code for risk in request.risks for code in risk.codes}
    for row, each in enumerate(request.activities):
        assert (longer[row] >= plain[row]).all()
        assert each.code in named or (longer[row] == plain[row]).all()


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 400), st.floats(-200, 400))
def test_where_the_expected_finish_is_the_planned_one_of_what_has_not_begun_nothing_changes(days, now):
    plain = Activity(code="a", start=50.0, days=float(days))
    told = replace(plain, expected=plain.finish)
    found = []
    for each in (plain, told):
        request = ForecastRequest(activities=(each,), now=now, samples=2)
        found.append(run(request)[1][0, 0])
    ahead = plain.finish > now
    assert np.isclose(found[0], found[1], atol=1e-3) or (ahead and now > plain.start and found[1] < found[0])


def test_draws_without_risks_need_no_more_than_before():
    activities = (work("a"),)
    assert sample(activities, 3, generator(1)).happens == ()
