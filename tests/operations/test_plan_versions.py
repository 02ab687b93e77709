"""Versions of a plan: proposed, approved by people and bodies, refused, and what lateness is measured by then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from maturity.access.permissions import NotPermitted
from maturity.operations import (
    acceptance,
    actions,
    comparing,
    governing_bodies,
    people,
    plan_making,
    plan_versions,
    upkeep,
)
from maturity.operations.choices import decide_action
from maturity.operations.erasure import erase_person
from maturity.operations.errors import Changed, Refused
from maturity.operations.plan_versions import BodyDecision
from maturity.operations.progress import report_progress
from maturity.operations.saved_plans import plan
from maturity.planning.catalogue import Kpi
from maturity.roadmap.versions import difference, replayed

from .city import ADMIN, LEADER, PARKS_LEAD, RESPONDENT, make_town
from .conftest import NOW

KPI = Kpi(name="Sets listed", unit="%", baseline=10.0, target=90.0, source="the register", frequency="monthly")
DAY = date(2026, 4, 6)


@pytest.fixture
def town(workspace):
    """A town with a plan, and in it an action of people's own that is ready to be signed off."""
    plan_making.replan(workspace, ADMIN, make_town(workspace), "First plan", iterations=1)
    made = actions.add_action(
        workspace, ADMIN, title="Ask everybody", start=DAY, finish=DAY + timedelta(days=30), owner="Ida",
        deliverable="A list", done_when="All are on it", kpi=KPI,
    )  # fmt: skip
    acceptance.note_answer(workspace, ADMIN, made.id, 1, "accepted", note="in the room")
    return workspace


def own(workspace):
    return plan(workspace, ADMIN).action("added-1")


def moved(workspace, days=50, **more):
    action = own(workspace)
    finish = action.finish + timedelta(days=days)
    return actions.edit_action(workspace, ADMIN, action.id, action.row_version, finish=finish, **more)


def propose(workspace, name="Version of spring"):
    return plan_versions.propose_version(workspace, ADMIN, name, "the first that we can keep")


def council(workspace, quorum=2):
    return governing_bodies.add_body(workspace, ADMIN, "Data council", ["Ida", "Jo", "Lea"], quorum)


def decision(body, **changes):
    usual = BodyDecision(body_id=body.id, on=NOW.date(), present=("Ida", "Jo"), minute="item 4.1")
    return replace(usual, **changes)


def test_a_version_is_proposed_and_approved_by_a_person(town):
    made = propose(town)
    assert (made.number, made.state, made.signed) == (1, "proposed", frozenset())
    done = plan_versions.approve_version(town, LEADER, made.id, note="with thanks")
    assert (done.state, done.signed, done.steps[-1].made_by) == ("approved", {"added-1"}, "Mayor")
    assert done.snapshot == made.snapshot and done.sha256 == made.sha256
    every = plan(town, ADMIN).actions
    assert set(done.steps[-1].body["unsigned"]) == {each.code for each in every} - {"added-1"}
    event = upkeep.audit_events(town, ADMIN, 1)[0]
    assert (event.verb, event.detail["sha256"], event.detail["signed"]) == ("approve version", made.sha256, 1)
    assert upkeep.problems_of_store(town, ADMIN) == []


def test_a_body_approves_with_its_quorum_day_and_minutes(town):
    done = plan_versions.approve_version(town, ADMIN, propose(town).id, by=decision(council(town)))
    said = dict(done.steps[-1].body)
    assert {key: said[key] for key in ("body", "quorum", "members", "present", "on", "minute")} == {
        "body": "Data council", "quorum": 2, "members": 3, "present": ["Ida", "Jo"], "on": "2026-03-02",
        "minute": "item 4.1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"present": ("Ida",)}, "decides with at least 2 of its 3 members, and 1 was there"),
        ({"present": ("Ida", "Ida")}, "and 1 was there"),
        ({"present": ("Ida", "Zoe")}, "Zoe is no member of Data council"),
        ({"on": NOW.date() + timedelta(days=1)}, "2026-03-03 is still to come"),
        ({"minute": "  "}, "where the decision stands in the minutes is missing"),
        ({"body_id": "00000000-0000-0000-0000-000000000001"}, "not in the list any more"),
    ],
)
def test_decisions_of_a_body_that_do_not_count(town, changes, said):
    made, body = propose(town), council(town)
    with pytest.raises(Refused, match=said):
        plan_versions.approve_version(town, ADMIN, made.id, by=decision(body, **changes))
    assert plan_versions.versions(town, ADMIN)[0].state == "proposed"


def test_a_plan_that_changed_meanwhile_is_not_approved(town):
    made = propose(town)
    moved(town)
    with pytest.raises(Changed, match="1 of its actions differ, 'Ask everybody' first"):
        plan_versions.approve_version(town, LEADER, made.id)
    assert plan(town, ADMIN).approved is None


def test_a_report_does_not_change_what_is_to_be_approved(town):
    made, action = propose(town), own(town)
    report_progress(town, ADMIN, action.id, action.row_version, 20.0, begun_on=NOW.date())
    assert plan_versions.approve_version(town, LEADER, made.id).state == "approved"


def test_a_version_is_approved_once(town):
    made = propose(town)
    plan_versions.approve_version(town, LEADER, made.id)
    for who in (LEADER, ADMIN):
        with pytest.raises(Changed, match="was approved by Mayor already"):
            plan_versions.approve_version(town, who, made.id)
    assert [each.step for each in plan_versions.versions(town, ADMIN)[0].steps] == ["proposed", "approved"]


def test_what_was_sent_back_withdrawn_or_only_kept_is_not_approved(town):
    back, drawn = propose(town), propose(town, "Another")
    assert plan_versions.return_version(town, LEADER, back.id, "name the owners").state == "returned"
    assert plan_versions.withdraw_version(town, ADMIN, drawn.id, "too early").state == "withdrawn"
    kept = plan_versions.keep_version(town, ADMIN, "Kept")
    for version, said in ((back, "was sent back by Mayor"), (drawn, "was withdrawn by"), (kept, "only kept")):
        with pytest.raises(Refused, match=said):
            plan_versions.approve_version(town, LEADER, version.id)
    with pytest.raises(Refused, match="the reason is missing"):
        plan_versions.withdraw_version(town, ADMIN, propose(town, "Third").id, " ")


@pytest.mark.parametrize("who", [PARKS_LEAD, RESPONDENT])
def test_only_some_may_approve(town, who):
    made = propose(town)
    with pytest.raises(NotPermitted):
        plan_versions.approve_version(town, who, made.id)
    with pytest.raises(NotPermitted):
        plan_versions.propose_version(town, LEADER, "Mine", "because")


def test_nothing_ready_is_not_approved(town):
    moved(town)
    made = propose(town)
    with pytest.raises(Refused, match="no action of this version can be signed off yet"):
        plan_versions.approve_version(town, LEADER, made.id)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "1 to 120 characters, not 0"),
        ("x" * 5_000, "1 to 120 characters, not 5000"),
        ("Latest", "cannot be called"),
        ("a\x00b", "cannot be called"),
        ("version of SPRING", "version 1 is called"),
    ],
)
def test_names_that_cannot_be(town, name, said):
    propose(town)
    with pytest.raises(Refused, match=said):
        plan_versions.keep_version(town, ADMIN, name)


def test_a_hostile_name_is_only_a_name(town):
    name = "<script>alert('x')</script> **'; DROP TABLE plan_version; --"
    assert plan_versions.keep_version(town, ADMIN, name).name == name
    with pytest.raises(Refused, match="in no plan of this store"):
        plan_versions.approve_version(town, ADMIN, "00000000-0000-0000-0000-000000000001")
    with pytest.raises(Refused, match="no id of a version"):
        plan_versions.approve_version(town, ADMIN, name)


def test_lateness_is_measured_by_what_was_signed_off(town):
    before = plan(town, ADMIN)
    assert before.approved is None and "added-1" not in before.baseline
    made = {each.id: (each.start, each.finish) for each in before.body.actions}
    assert before.baseline == made
    plan_versions.approve_version(town, LEADER, propose(town).id)
    signed = (DAY, DAY + timedelta(days=30))
    assert plan(town, ADMIN).baseline == made | {"added-1": signed}
    late = moved(town)
    saved, week = plan(town, ADMIN), signed[1] + timedelta(days=8)
    assert saved.status_of(late, week).days_late == 8
    # Approved again with another action: what was moved without its owner's word keeps the days of its sign-off.
    other = actions.add_action(
        town, ADMIN, title="Tell everybody", start=DAY, finish=DAY, owner="Jo", deliverable="x", done_when="y", kpi=KPI
    )
    acceptance.note_answer(town, ADMIN, other.id, 1, "accepted", note="in the room")
    assert plan_versions.approve_version(town, LEADER, propose(town, "Next").id).signed == {"added-2"}
    assert plan(town, ADMIN).baseline == made | {"added-1": signed, "added-2": (DAY, DAY)}


def test_a_plan_made_again_is_measured_by_what_was_approved_before_it(town):
    plan_versions.approve_version(town, LEADER, propose(town).id)
    moved(town)
    plan_making.replan(town, ADMIN, "2026", "Second plan", iterations=1)
    now, then = plan(town, ADMIN), plan(town, ADMIN, "First plan")
    signed = (DAY, DAY + timedelta(days=30))
    assert now.baseline["added-1"] == then.baseline["added-1"] == signed != (own(town).start, own(town).finish)
    assert now.approved is not None and then.approved is not None
    plan_versions.approve_version(town, LEADER, _accepted(town).id)
    assert plan(town, ADMIN).baseline["added-1"][1] == own(town).finish
    assert plan(town, ADMIN, "First plan").baseline["added-1"] == signed


def _accepted(workspace):
    action = own(workspace)
    acceptance.note_answer(workspace, ADMIN, action.id, action.row_version, "accepted", note="in the room")
    return propose(workspace, "After")


def test_check_tells_a_version_that_was_tampered_with(town):
    made = propose(town)
    town.store.write(lambda tx: tx.run("UPDATE plan_version SET body = replace(body, 'Ask everybody', 'Ask nobody')"))
    assert upkeep.problems_of_store(town, ADMIN) == [
        f"version 1 of the plan, {made.name!r}, was changed after it was made"
    ]


def test_two_moments_are_compared_with_the_reasons_of_people(town):
    first = plan_versions.keep_version(town, ADMIN, "Before")
    moved(town, reason="the supplier is late")
    told = comparing.comparison(town, LEADER, first.id, comparing.NOW)
    (change,) = told.difference.changes
    assert (change.kinds, change.later) == (("re_dated",), 50)
    assert change.reasons == (f"the supplier is late ({ADMIN.name}, 2 March 2026)",)
    assert replayed(told.before.snapshot, told.difference) == told.after.snapshot
    back = comparing.compare(town, LEADER, comparing.NOW, first.id)
    assert (back.changes[0].later, back.changes[0].reasons) == (-50, change.reasons)
    assert comparing.compare(town, LEADER, first.id, first.id) == difference(first.snapshot, first.snapshot)
    with pytest.raises(Refused, match="not among the organisation's"):
        comparing.compare(town, LEADER, "nothing", comparing.NOW)


def test_the_plan_as_it_was_made_is_compared_with_what_became_of_it(town):
    told = comparing.compare(town, ADMIN, comparing.MADE, comparing.NOW)
    assert [(each.code, each.kinds) for each in told.changes] == [("added-1", ("entered",))]
    saved = plan(town, ADMIN)
    dates = comparing.comparison(town, ADMIN, comparing.MADE, comparing.NOW).before.snapshot.dates
    assert dates == {each.id: (each.start, each.finish) for each in saved.body.actions}


def test_the_planner_says_why_a_plan_that_followed_moved_things(town):
    first = plan_versions.keep_version(town, ADMIN, "Before")
    code = plan(town, ADMIN).body.actions[0].id
    decide_action(town, ADMIN, "2026", code, "rejected", "no longer wanted")
    plan_making.replan(town, ADMIN, "2026", "Second plan", iterations=1)
    told = comparing.compare(town, ADMIN, first.id, comparing.NOW)
    left = {each.code: each for each in told.of("left")}
    assert left[code].reasons[0].endswith("It has been rejected.")
    assert all("Second plan" not in words for each in told.changes for words in each.reasons)


def test_owners_are_named_for_reading_and_erased_ones_are_not(town):
    person = people.add_person(town, ADMIN, "Nadia Brandt", None, "owner").id
    action = own(town)
    actions.edit_action(town, ADMIN, action.id, action.row_version, owner="Nadia Brandt", owner_person=str(person))
    told = comparing.comparison(town, ADMIN, comparing.MADE, comparing.NOW)
    assert told.owner(f"person:{person}") == "Nadia Brandt" and told.owner("cdo") == "cdo"
    erase_person(town, ADMIN, person, "asked")
    assert comparing.comparison(town, ADMIN, comparing.MADE, comparing.NOW).owner(f"person:{person}") == "Erased person"


@pytest.mark.parametrize(
    ("name", "members", "quorum", "said"),
    [
        ("", ["Ida"], 1, "the name of the body"),
        ("x" * 5_000, ["Ida"], 1, "the name of the body"),
        ("Board", [], 1, "needs 1 to 60 members"),
        ("Board", ["Ida", " ida "], 1, "stands among the members of Board twice"),
        ("Board", ["Ida"], 0, "from 1 to its 1 members, not 0"),
        ("Board", ["Ida"], 2, "not 2"),
        ("Board", ["Ida"], float("nan"), "not nan"),
        ("data COUNCIL", ["Ida"], 1, "already"),
    ],
)
def test_bodies_that_cannot_be(town, name, members, quorum, said):
    council(town)
    with pytest.raises(Refused, match=said):
        governing_bodies.add_body(town, ADMIN, name, members, quorum)


def test_a_body_is_changed_by_whoever_has_read_it(town):
    body = council(town)
    wider = governing_bodies.change_body(town, ADMIN, replace(body, members=(*body.members, "Max"), quorum=3))
    assert governing_bodies.bodies(town, LEADER) == (wider,) and wider.row_version == 2
    with pytest.raises(Changed, match="changed by somebody else"):
        governing_bodies.change_body(town, ADMIN, body)
    with pytest.raises(NotPermitted):
        governing_bodies.remove_body(town, LEADER, wider)
    governing_bodies.remove_body(town, ADMIN, wider)
    assert governing_bodies.bodies(town, LEADER) == ()
    with pytest.raises(Refused, match="not in the list any more"):
        governing_bodies.remove_body(town, ADMIN, wider)
