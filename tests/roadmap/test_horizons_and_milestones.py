from datetime import date
from itertools import count

from maturity.roadmap.horizons import by_horizon, horizon
from maturity.roadmap.milestones import upcoming, usual_milestones

TODAY = date(2026, 1, 5)


def test_now_next_later_done(make):
    assert horizon(make("a", 12), TODAY) == "now"
    assert horizon(make("a", 13), TODAY) == "next"
    assert horizon(make("a", 38), TODAY) == "next"
    assert horizon(make("a", 39), TODAY) == "later"
    assert horizon(make("a", -9), TODAY) == "now"
    assert horizon(make("a", 60, begun_on=TODAY), TODAY) == "now"
    assert horizon(make("a", percent_done=100.0, begun_on=TODAY, done_on=TODAY), TODAY) == "done"
    grouped = by_horizon([make("b", 2), make("a", 1)], TODAY)
    assert [a.code for a in grouped["now"]] == ["a", "b"] and grouped["later"] == ()


def test_milestones_stand_at_the_end_of_used_phases_and_a_year_on(make):
    ids = count()
    made = usual_milestones(TODAY, [make("a"), make("b"), make("c", phase=3)], lambda: f"m{next(ids)}")
    assert [(m.name, m.on) for m in made] == [
        ("End of foundations", date(2026, 7, 5)),
        ("Reassessment", date(2027, 1, 4)),
        ("End of expansion and integration", date(2028, 1, 2)),
    ]
    assert "2 actions of phase 1" in made[0].proves and "1 action of phase 3" in made[2].proves
    assert [m.name for m in upcoming(made, date(2026, 7, 6), 1)] == ["Reassessment"]
