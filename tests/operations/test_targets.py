from datetime import date

import pytest

from maturity.access.permissions import NotPermitted
from maturity.operations import targets
from maturity.operations.errors import Changed, Refused
from maturity.operations.standing import first_day_of_plan, standing
from maturity.planning.targets import Target
from maturity.storage.audit import events
from tests.operations.city import ADMIN, LEADER, PARKS_LEAD, RESPONDENT, make_town, say_no


def test_where_departments_stand(workspace):
    now = standing(workspace, ADMIN, make_town(workspace))
    assert now.departments == ("parks", "roads", "housing")
    assert now.reached["parks", "data-direction"] == 1 and now.scores["housing", "data-direction"] == 3.0
    assert now.overall["data-direction"] == 2.0 and now.top_level == 5


def test_defaults_are_two_steps_in_five_topics(workspace):
    found = targets.targets(workspace, ADMIN, make_town(workspace))
    assert len({t.topic for t in found}) == 5 and len(found) == 5 * 3 * 2
    parks = [t for t in found if t.department == "parks"][:2]
    topic = parks[0].topic
    assert parks == [
        Target(department="parks", topic=topic, level=2, due=date(2027, 4, 1)),
        Target(department="parks", topic=topic, level=3, due=date(2029, 4, 1)),
    ]


@pytest.mark.parametrize(
    ("closes", "starts"),
    [
        (date(2026, 2, 27), date(2026, 4, 1)),
        (date(2026, 3, 31), date(2026, 4, 1)),
        (date(2026, 4, 1), date(2026, 7, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_a_plan_starts_with_the_quarter_after_the_round(workspace, closes, starts):
    from dataclasses import replace

    round_ = make_town(workspace, closed=False)
    assert first_day_of_plan(replace(round_, closes_on=closes)) == starts
    assert first_day_of_plan(replace(round_, closes_on=None, opens_on=closes)) == starts
    assert first_day_of_plan(replace(round_, closes_on=None)) == date(2026, 4, 1)  # made in March


def test_a_chosen_target_replaces_the_default_of_its_place_only(workspace):
    round_ = make_town(workspace)
    before = targets.targets(workspace, ADMIN, round_)
    topic = before[0].topic
    revision = workspace.revision(f"plan:{round_.organisation_id}")
    version = targets.set_target(workspace, LEADER, "2026", "parks", topic, [(4, date(2029, 1, 1))], "promised")
    after = targets.targets(workspace, ADMIN, round_)
    assert version == 1 and workspace.revision(f"plan:{round_.organisation_id}") == revision + 1
    assert Target(department="parks", topic=topic, level=4, due=date(2029, 1, 1), chosen=True) in after
    assert len(after) == len(before) - 1
    assert targets.set_target(workspace, LEADER, round_, "parks", topic, []) == 2
    assert not [t for t in targets.targets(workspace, ADMIN, round_) if (t.department, t.topic) == ("parks", topic)]
    (choice,) = targets.target_choices(workspace, ADMIN, round_)
    assert (choice.steps, choice.set_by, choice.row_version) == ((), "Mayor", 2)
    targets.reset_target(workspace, ADMIN, round_, "parks", topic)
    assert targets.targets(workspace, ADMIN, round_) == before
    assert [e.verb for e in events(workspace.store, 3)] == ["reset target", "set target", "set target"]


def test_a_choice_made_meanwhile_is_not_overwritten_unseen(workspace):
    round_ = make_town(workspace)
    step = [(4, date(2029, 1, 1))]
    targets.set_target(workspace, LEADER, round_, "parks", "data-direction", step, expected_version=0)
    with pytest.raises(Changed, match="Mayor set level 4 by 2029-01-01"):
        targets.set_target(workspace, ADMIN, round_, "parks", "data-direction", [], expected_version=0)
    targets.reset_target(workspace, ADMIN, round_, "parks", "data-direction")
    with pytest.raises(Changed, match="was reset meanwhile"):
        targets.set_target(workspace, ADMIN, round_, "parks", "data-direction", [], expected_version=1)


@pytest.mark.parametrize(
    ("place", "steps", "words"),
    [
        (("nowhere", "data-direction"), [], "no department 'nowhere'"),
        (("parks", "nothing"), [], "no topic 'nothing'"),
        (("parks", "data-direction"), [(1, date(2028, 1, 1))], "level 2 to 5, not 1"),
        (("parks", "data-direction"), [(6, date(2028, 1, 1))], "not 6"),
        (("parks", "data-direction"), [(3, date(2026, 1, 1))], "before the round closed"),
        (("parks", "data-direction"), [(3, date(2028, 1, 1)), (4, date(2027, 1, 1))], "does not follow"),
        (("parks", "data-direction"), [(3, date(2027, 1, 1)), (3, date(2028, 1, 1))], "does not follow"),
    ],
)
def test_targets_that_cannot_be(workspace, place, steps, words):
    round_ = make_town(workspace)
    with pytest.raises(Refused, match=words):
        targets.set_target(workspace, ADMIN, round_, *place, steps)


def test_importance_needs_a_reason_and_moves_the_priorities(workspace):
    round_ = make_town(workspace)
    last = next(t for t in round_.framework.topics if t not in targets.priority_topics_of(workspace, ADMIN, round_))
    with pytest.raises(Refused, match="reason for the importance is missing"):
        targets.set_importance(workspace, ADMIN, round_, last, 5, " ")
    with pytest.raises(Refused, match="1 to 5, not 6"):
        targets.set_importance(workspace, ADMIN, round_, last, 6, "law")
    targets.set_importance(workspace, LEADER, round_, last, 5, "a legal duty")
    said = {each.topic: each for each in targets.importance(workspace, PARKS_LEAD, round_)}
    assert (said[last].importance, said[last].set_by) == (5, "Mayor") and len(said) == 10
    assert targets.priority_topics_of(workspace, ADMIN, round_)[0] == last


def test_gaps_come_by_priority_and_only_where_one_may_read(workspace):
    round_ = make_town(workspace)
    found = targets.gaps(workspace, ADMIN, round_).found
    assert {g.department for g in found} == {"parks", "roads", "housing"}
    assert (found[0].gap, found[0].priority) == (2.0, 6.0) and found[0].person_days
    own = targets.gaps(workspace, PARKS_LEAD, round_).found
    assert {g.department for g in own} == {"parks"} and len(own) == 5


def test_who_may(workspace):
    round_ = make_town(workspace)
    with pytest.raises(NotPermitted):
        targets.set_target(workspace, PARKS_LEAD, round_, "parks", "data-direction", [])
    with pytest.raises(NotPermitted):
        targets.targets(workspace, RESPONDENT, round_)


def test_a_no_about_readiness_caps_the_defaults_of_that_department(workspace):
    round_ = make_town(workspace)
    say_no(workspace, "influence-held", ("housing",))  # caps at level 3
    ready = targets.readiness(workspace, ADMIN)
    assert [(c.level, c.department) for c in ready.caps] == [(3, "housing")] and not ready.proposals
    found = targets.targets(workspace, ADMIN, round_)
    assert {t.department for t in found} == {"parks", "roads"}  # housing stands at 3 already
    targets.set_target(workspace, ADMIN, round_, "housing", "data-direction", [(4, date(2028, 1, 1))])
    (warning,) = targets.target_warnings(workspace, ADMIN, round_)
    assert (warning.code, warning.department) == ("capped", "housing")


def test_a_no_about_readiness_proposes_what_removes_the_obstacle(workspace):
    make_town(workspace)
    say_no(workspace, "leadership-backing-named", ("parks", "roads"))
    (proposal,) = targets.readiness(workspace, ADMIN).proposals
    assert (proposal.actions, proposal.departments) == (("A01", "A10"), ("parks", "roads"))


def test_points_have_no_targets_and_no_gaps(workspace):
    make_town(workspace)
    points = say_no(workspace, "influence-held", ())
    assert targets.targets(workspace, ADMIN, points) == () and targets.gaps(workspace, ADMIN, points).found == ()
    with pytest.raises(Refused, match="counts points"):
        topic = next(iter(points.framework.topics))
        targets.set_target(workspace, ADMIN, points, "parks", topic, [(2, date(2028, 1, 1))])
