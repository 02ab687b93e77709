"""Milestones by hand: due, missed, reached in time or late, and what they wait for."""

from datetime import date

from maturity.roadmap.forecast import gates
from maturity.roadmap.milestones import Milestone, milestone_stands
from tests.roadmap.conftest import MONDAY, make_action

ON = date(2026, 2, 1)  # the last day of four weeks from Monday 5 January


def mark(on: date = ON) -> Milestone:
    return Milestone(id="m", name="Ready", on=on)


def done(code: str, day: date, **more):
    return make_action(code, begun_on=MONDAY, done_on=day, percent_done=100.0, **more)


def stand(actions, today, baseline=None, on=ON):
    (found,) = milestone_stands([mark(on)], actions, baseline or {}, today)
    return found


def test_due_waits_for_what_is_not_done():
    found = stand([done("a", ON), make_action("b"), make_action("later", 1, 4)], date(2026, 1, 22))
    assert (found.code, found.days) == ("due", 10)
    assert [each.code for each in found.needed] == ["a", "b"]
    assert [each.code for each in found.waits_for] == ["b"]


def test_on_its_own_day_it_is_not_missed_yet_and_the_day_after_it_is():
    assert stand([make_action("a")], ON).code == "due"
    found = stand([make_action("a")], date(2026, 2, 2))
    assert (found.code, found.days) == ("missed", 1)


def test_reached_in_time_and_late():
    found = stand([done("a", date(2026, 1, 20)), done("b", ON)], date(2026, 3, 1))
    assert (found.code, found.days, found.reached_on) == ("reached", 0, ON)
    late = stand([done("a", date(2026, 2, 11))], date(2026, 3, 1))
    assert (late.code, late.days, late.reached_on) == ("reached", 10, date(2026, 2, 11))


def test_the_approved_finish_decides_what_belongs_to_it():
    approved = {"a": (MONDAY, ON)}
    moved = make_action("a", 0, 8)
    assert stand([moved], date(2026, 2, 3), approved).code == "missed"
    assert stand([moved], date(2026, 2, 3)).code == "past"


def test_what_hangs_on_no_action_is_past_and_never_reached():
    assert stand([], date(2026, 2, 3)).code == "past"
    assert stand([], date(2026, 1, 3)).code == "due"


def test_the_forecast_waits_for_the_same_actions():
    actions, approved = [make_action("a"), make_action("b", 0, 8), done("c", ON)], {"b": (MONDAY, ON)}
    (gate,) = gates([mark()], actions, approved, MONDAY)
    assert gate.codes == tuple(each.code for each in stand(actions, MONDAY, approved).needed)
