"""The demo in a store: built once, refused beside real data, and what people meet when they open it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest

from maturity.access.roles import COMMAND_LINE
from maturity.assessment.departments import Department
from maturity.assessment.finding import find
from maturity.demo.changes import at_ten
from maturity.demo.days import demo_days
from maturity.operations.acceptance import sign_off_readiness
from maturity.operations.demo import build_demo, holds_demo
from maturity.operations.errors import Refused
from maturity.operations.frameworks import find_framework, import_framework
from maturity.operations.people import add_person
from maturity.operations.people import people as everybody
from maturity.operations.plan_versions import versions
from maturity.operations.plans import make_plan, plan_request
from maturity.operations.readiness import readiness
from maturity.operations.rounds import find_round, rounds
from maturity.operations.saved_plans import SavedPlan
from maturity.operations.saved_plans import plan as saved_plan
from maturity.operations.scores import scores_of
from maturity.operations.setup import create_organisation, organisations
from maturity.operations.targets import priority_topics_of
from maturity.operations.workspace import Workspace
from maturity.planning.check import check_plan
from maturity.roadmap.actions import check_action, overlaps
from maturity.roadmap.bars import roadmap_bars
from maturity.roadmap.ledger import changes
from maturity.roadmap.ledger import verify_chain as verify_editions
from maturity.roadmap.versions import difference
from maturity.storage import (
    editions,
    kpi_readings,
    leadership_decisions,
    open_store,
    plans,
    public_comments,
    quarterly_reviews,
    risks,
    weeknotes,
)
from maturity.storage.audit import verify_chain
from maturity.storage.objectives import objectives_of
from maturity.storage.people import people
from maturity.storage.progress import updates_of_plan
from maturity.storage.respondents import respondents

TODAY = date(2026, 11, 22)


def workspace_at(path: Path) -> Workspace:
    """A workspace on a store of its own, on the day of these tests."""
    return Workspace(url=str(path), store=open_store(str(path)), clock=lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    workspace = workspace_at(tmp_path_factory.mktemp("demo") / "city.duckdb")
    build_demo(workspace, "city", TODAY)
    yield workspace
    workspace.store.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    workspace = workspace_at(tmp_path / "empty.duckdb")
    yield workspace
    workspace.store.close()


@pytest.fixture(scope="module")
def roadmap(city: Workspace) -> SavedPlan:
    return saved_plan(city, COMMAND_LINE, "latest")


def test_the_city_is_marked_as_a_demo_and_complete(city):
    found = organisations(city, COMMAND_LINE)
    assert [(each.name, each.is_demo, len(each.departments)) for each in found] == [("Port Ellery", True, 12)]
    assert holds_demo(city)
    assert verify_chain(city.store) == []


def test_its_rounds_in_the_order_of_time(city):
    found = rounds(city, COMMAND_LINE)
    assert [each.name for each in found] == ["Autumn 2025", "Partner check 2025", "Autumn 2026"]
    assert [each.status for each in found] == ["signed_off", "signed_off", "closed"]
    assert find_round(city, COMMAND_LINE).name == "Autumn 2026"
    with city.store.reading() as tx:
        counted = Counter(each.status for each in respondents(tx, found[0].id))
    assert counted == {"submitted": 136, "started": 4}


def test_five_priority_topics_and_the_finding(city):
    for name in ("Autumn 2025", "Autumn 2026"):
        round_ = find_round(city, COMMAND_LINE, name)
        topics = priority_topics_of(city, COMMAND_LINE, round_)
        assert len(topics) == 5 and "protecting-data" in topics
        finding = find(scores_of(city, COMMAND_LINE, name), round_.departments, round_.framework)
        assert finding is not None
        assert finding.departments == ("housing", "adult-care", "children", "public-health")


def test_the_partners_no_proposes_actions(city):
    found = readiness(city, COMMAND_LINE)
    assert found.round == "Partner check 2025" and found.caps == ()
    assert {each.question: each.actions for each in found.proposals} == {
        "outcomes-measured": ("A12", "A17"),
        "partnership-agreement": ("A19",),
    }


def test_the_first_screen_of_the_plan_has_at_most_25_rows(roadmap):
    bars = roadmap_bars(roadmap.actions, roadmap.baseline, TODAY)
    assert 15 <= len(bars) <= 25
    assert set(bars["phase"]) == {1, 2, 3, 4}
    assert set(bars["status"]) == {"done", "on_track", "late", "not_started"}


def test_the_plan_is_the_planners_and_passes_the_checker(city, roadmap):
    first = find_round(city, COMMAND_LINE, "Autumn 2025")
    request = plan_request(city, COMMAND_LINE, first, starts=roadmap.starts)
    assert check_plan(request, roadmap.body) == ()
    assert {each.phase for each in roadmap.body.actions} == {1, 2, 3, 4}
    assert all(each.planned <= each.available for each in roadmap.body.budget)


def test_a_new_plan_from_the_latest_round_reaches_over_all_phases(city):
    plan = make_plan(city, COMMAND_LINE)
    assert check_plan(plan_request(city, COMMAND_LINE), plan) == ()
    assert {each.phase for each in plan.actions} == {1, 2, 3, 4}
    assert all(each.planned <= each.available for each in plan.budget)


def test_a_finished_pilot_and_a_late_chain(roadmap):
    pilot = roadmap.action("A16")
    assert pilot.origin == "running" and pilot.done_on is not None and pilot.done_on < TODAY
    moved = {
        each.code
        for each in roadmap.actions
        if each.code in roadmap.baseline and each.start != roadmap.baseline[each.code][0]
    }
    late = [each for each in roadmap.actions if each.begun_on and not each.done_on and each.finish > TODAY]
    head = next(each for each in late if roadmap.baseline[each.code][1] < TODAY)
    assert (head.finish - roadmap.baseline[head.code][1]).days > 14
    followers = {each.code for each in roadmap.actions if head.code in each.requires}
    assert moved & followers
    assert overlaps(roadmap.actions) == ()


def test_every_action_keeps_the_rules_and_has_a_person(city, roadmap):
    with city.store.reading() as tx:
        objectives = {each.id for each in objectives_of(tx, organisations(city, COMMAND_LINE)[0].id)}
    assert len(objectives) == 3
    for each in roadmap.actions:
        check_action(each)
        assert " " in each.owner, f"{each.code} is owned by the role {each.owner}"
        assert each.objective is None or each.objective in objectives
    assert len({each.objective for each in roadmap.actions} - {None}) == 3


def test_reports_lead_up_to_where_the_actions_stand(city, roadmap):
    with city.store.reading() as tx:
        updates = updates_of_plan(tx, roadmap.id)
    last = {each.code: each for each in updates}
    begun = {each.code: each for each in roadmap.actions if each.begun_on}
    assert set(last) == set(begun)
    assert all(last[code].percent_done == action.percent_done for code, action in begun.items())
    assert all(each.note and (each.confidence or each.note == "Added to the plan") for each in updates)
    assert all(each.made_at.date() <= TODAY for each in updates)
    assert len(roadmap.milestones) >= 6


def test_building_again_leaves_it_and_reset_builds_the_same(empty):
    first = build_demo(empty, "small", TODAY)
    assert first.fresh and str(first) == "The demo (small) is ready: Port Ellery."
    before, revision = contents(empty), empty.revision("setup")
    again = build_demo(empty, "city", TODAY)
    assert not again.fresh and "is there already" in str(again)
    assert contents(empty) == before
    with empty.store.reading() as reader:
        reader.rows("SELECT count(*) AS n FROM answer")
        assert build_demo(empty, "small", TODAY, reset=True).fresh
    assert contents(empty) == before
    assert empty.revision("setup") > revision
    assert verify_chain(empty.store) == []


def contents(workspace: Workspace) -> tuple[object, ...]:
    """What people see of a demo: every score, and the plan to the byte."""
    plan = make_plan(workspace, COMMAND_LINE, "Autumn 2025")
    scores = [scores_of(workspace, COMMAND_LINE, name) for name in ("Autumn 2025", "Autumn 2026")]
    return plan.as_document(), scores, saved_plan(workspace, COMMAND_LINE, "latest").actions


def test_another_seed_gives_another_city(empty, tmp_path):
    build_demo(empty, "small", TODAY, seed=1)
    other = workspace_at(tmp_path / "other.duckdb")
    build_demo(other, "small", TODAY)
    assert contents(empty)[1] != contents(other)[1]
    other.store.close()


def test_progress_is_told_to_the_end(empty):
    heard: list[tuple[int, int]] = []
    build_demo(empty, "small", TODAY, on_progress=lambda done, total: heard.append((done, total)))
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    assert {total for _, total in heard} == {2 * 19 * 40}
    assert heard[-1][0] > 0.95 * heard[-1][1]


def test_a_store_with_anything_real_is_refused_and_left(empty):
    create_organisation(empty, COMMAND_LINE, "Real Council", [Department(code="parks", name="Parks")])
    for reset in (False, True):
        with pytest.raises(Refused, match="'Real Council', which is not of the demo"):
            build_demo(empty, "small", TODAY, reset=reset)
    assert [each.name for each in organisations(empty, COMMAND_LINE)] == ["Real Council"]


def test_a_store_with_an_imported_framework_is_refused(empty):
    import_framework(empty, COMMAND_LINE, find_framework(empty, COMMAND_LINE, "partner-readiness"))
    with pytest.raises(Refused, match="'partner-readiness'"):
        build_demo(empty, "small", TODAY, reset=True)


def test_a_store_with_people_and_nothing_else_is_refused_and_names_nobody(empty):
    add_person(empty, COMMAND_LINE, "Mara Quist", "mara@council.example", "administrator", installation=True)
    for reset in (False, True):
        with pytest.raises(Refused, match="holds people, and no demo that they could belong to") as refused:
            build_demo(empty, "small", TODAY, reset=reset)
        assert "Mara" not in str(refused.value)
    with empty.store.reading() as tx:
        assert [each.name for each in people(tx)] == ["Mara Quist"]


def test_whoever_was_added_to_the_demo_goes_with_it(empty):
    build_demo(empty, "small", TODAY)
    with empty.store.reading() as tx:
        before = people(tx)
    add_person(empty, COMMAND_LINE, "Mara Quist", "mara@council.example", "facilitator")
    assert build_demo(empty, "small", TODAY, reset=True).fresh
    with empty.store.reading() as tx:
        assert people(tx) == before


def test_an_unknown_size_is_refused(empty):
    with pytest.raises(Refused, match="small, city, region"):
        build_demo(empty, "village", TODAY)  # type: ignore[arg-type]
    assert not holds_demo(empty)


def test_its_roadmap_was_put_before_the_council_and_changed_with_reasons(city, roadmap):
    found = versions(city, COMMAND_LINE)
    assert [each.state for each in found] == ["approved", "approved", "approved", "proposed"]
    assert found[0].steps[-1].body["quorum"] <= len(found[0].steps[-1].body["present"])
    kinds = {
        kind for a, b in pairwise(found) for each in difference(a.snapshot, b.snapshot).changes for kind in each.kinds
    }
    assert {"entered", "left", "re_dated", "re_owned", "moved"} <= kinds
    assert roadmap.approved is not None and roadmap.approved.number == 3


def test_owners_have_accepted_what_begins_within_the_year_but_for_one(city, roadmap):
    standing = {each.code: each for each in sign_off_readiness(city, COMMAND_LINE)}
    assert {each.owner for each in standing.values()} == {"accepted", "refused", "asked"}
    refused = [code for code, each in standing.items() if each.owner == "refused"]
    late = next(each for each in roadmap.actions if each.expected_on)
    assert all(late.code in roadmap.action(code).requires for code in refused)
    people = {str(each.person.id) for each in everybody(city, COMMAND_LINE)}
    assert {each.owner_person for each in roadmap.actions if each.owner_person} <= people


def test_each_day_of_its_year_can_be_seen_again(city, roadmap):
    with city.store.reading() as tx:
        states = plans.states_of(tx, UUID(roadmap.id))
    last = {each.action.code: each.action for each in states}
    assert {each.code: each for each in (*roadmap.actions, *roadmap.removed)} == last
    done = [sum(a.action.percent_done == 100 for a in states if a.stated.at <= at) for at in (_at(0), _at(26), _at(52))]
    assert done == sorted(done) and done[0] < done[1] < done[2]


def _at(week: int) -> datetime:
    return at_ten(demo_days(TODAY, "").plan_starts + timedelta(weeks=week))


def test_its_quarters_were_reviewed_and_what_was_promised_was_closed(city):
    with city.store.reading() as tx:
        mine = organisations(city, COMMAND_LINE)[0].id
        found, broken = quarterly_reviews.reviews_of(tx, mine), quarterly_reviews.broken_reviews(tx)
        notes = weeknotes.weeknotes_of(tx, mine)
    assert broken == [] and [each.state for each in found] == ["signed_off"] * 3
    states = [[promise.state for promise in each.promises] for each in found]
    assert "open" not in states[0] + states[1] and set(states[2]) == {"open"}
    assert all(len(each) <= 7 for each in states)
    unkept = [promise for each in found for promise in each.promises if promise.state == "not_kept"]
    assert unkept and all(each.explanation for each in unkept)
    assert [each.signatures[0].name for each in found] == ["Ingrid Vale"] * 3
    assert found[-1].next_on is not None and found[-1].next_on < TODAY + timedelta(weeks=4)
    assert len(notes) == 3


def test_its_risks_decisions_and_readings_tell_the_same_year(city, roadmap):
    with city.store.reading() as tx:
        mine = organisations(city, COMMAND_LINE)[0].id
        known, asked = risks.risks_of(tx, mine), leadership_decisions.decisions_of(tx, mine)
        readings = kpi_readings.readings_of(tx, mine)
    codes = {each.code for each in roadmap.actions}
    assert {each.state for each in known} == {"open", "happened", "closed"}
    assert all(set(each.codes) <= codes for each in known) and any(each.codes for each in known)
    assert Counter(each.state for each in asked) == {"decided": 2, "open": 2}
    assert all(each.chosen in {option.name for option in each.options} for each in asked if each.state == "decided")
    assert {each.measures for each in readings} == {"action", "objective"}
    assert all(each.on <= TODAY and each.made_at.date() <= TODAY for each in readings)
    of_actions = {each.code for each in readings if each.measures == "action"}
    assert of_actions <= codes and len(of_actions) > 20


def test_its_public_roadmap_has_been_published_three_times_and_names_nobody(city):
    with city.store.reading() as tx:
        mine = organisations(city, COMMAND_LINE)[0].id
        chain = editions.chain_of(tx, mine)
        assert editions.broken_editions(tx) == []
    assert [(each.number, each.state) for each in chain] == [(1, "published"), (2, "published"), (3, "published")]
    assert verify_editions({each.number or 0: each.body for each in chain}, {}) == ()
    persons = {each.last("proposed").person for each in chain} & {each.last("published").person for each in chain}
    assert persons == set(), "the second person is another one"
    names = {each.person.name for each in everybody(city, COMMAND_LINE)}
    assert not [name for name in names for each in chain if name in each.body]
    assert all(each.edition.is_demo and set(each.edition.languages) == {"en", "es"} for each in chain)


def test_its_editions_tell_how_it_stood_on_their_days_and_why_a_date_moved(city):
    with city.store.reading() as tx:
        chain = [each.edition for each in editions.chain_of(tx, organisations(city, COMMAND_LINE)[0].id)]
    done = [sum(action.status == "done" for action in each.actions) for each in chain]
    assert done == sorted(done) and done[0] < done[1] < done[2]
    assert all((action.done_on or each.published_on) <= each.published_on for each in chain for action in each.actions)
    moved = [each for each in changes(chain[0], chain[1]) if each.kind == "moved"]
    assert [(each.days, each.why[:8], each.approved_by) for each in moved] == [
        (21, "The supp", "Data governance council")
    ]
    assert all(action.words["en"].outcome and action.words["es"].outcome for action in chain[-1].actions)
    seen = {each.topic: each.seen for each in chain[-1].twin}
    assert seen["engaging-with-others"] is not None and seen["skills-and-knowledge"] is None, "three are too few"


def test_its_residents_were_heard_answered_and_refused_with_a_reason(city):
    with city.store.reading() as tx:
        mine = organisations(city, COMMAND_LINE)[0].id
        comments = public_comments.comments_of(tx, mine)
        last = editions.chain_of(tx, mine)[-1].edition
    assert Counter(each.state for each in comments) == {"published": 7, "refused": 3, "waiting": 2}
    assert all(each.answer and each.kind for each in comments if each.state == "published")
    assert dict(last.refused_comments) == {"spam": 2, "personal_data": 1}
    assert 0 < len(last.said) <= 7 and all(each.answered_on for each in last.said if each.answer)
