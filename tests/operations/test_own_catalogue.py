"""The organisation's own library: added, edited and retired actions, estimates and routes, as plans then have them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from maturity.assessment.terms import RoundTerms
from maturity.operations import choices, own_actions, own_estimates, plan_making, plans
from maturity.operations.catalogues import catalogue_of, names_of
from maturity.operations.errors import Changed, Refused
from maturity.operations.frameworks import catalogue_for
from maturity.operations.library import Library, library
from maturity.operations.progress import report_progress
from maturity.operations.rounds import Round, create_round
from maturity.operations.upkeep import problems_of_store
from maturity.operations.workspace import Workspace
from maturity.planning.own_catalogue import OwnAction

from .city import ADMIN, make_town
from .permission_calls import OWN_ACTION as FIELDS

NUMBERS: dict[str, Any] = {
    "duration_weeks": 9,
    "effort": {"chief-data-officer": {"low": 2, "likely": 3, "high": 4}},
    "cost": {"one_off": {"low": 1, "likely": 2, "high": 3}},
}


@pytest.fixture
def round_(workspace: Workspace) -> Round:
    return make_town(workspace)


def shown(workspace: Workspace, round_: Round) -> Library:
    found = library(workspace, ADMIN, round_)
    assert found is not None
    return found


def add(workspace: Workspace, round_: Round, **fields: Any) -> OwnAction:
    return own_actions.add_own_action(workspace, ADMIN, round_, {**FIELDS, **fields})


def test_the_shipped_catalogue_is_the_same_object_while_nothing_is_own(workspace: Workspace, round_: Round) -> None:
    assert catalogue_of(workspace, round_) is catalogue_for(round_.framework)
    made = add(workspace, round_)
    assert (made.action.id, made.row_version, made.set_by) == ("own-1", 1, ADMIN.name)
    mine = catalogue_of(workspace, round_)
    assert mine is not None and mine.actions[-1] == made.action
    plans.mark_already(workspace, ADMIN, round_, "A01", "done")
    assert catalogue_of(workspace, round_) is mine, "another change of the plan merges nothing anew"
    assert "own-1" not in catalogue_for(round_.framework).by_id  # type: ignore[union-attr]


def test_an_own_action_is_edited_retired_and_brought_back(workspace: Workspace, round_: Round) -> None:
    made = add(workspace, round_)
    edited = own_actions.edit_own_action(workspace, ADMIN, round_, made, {**FIELDS, "title": " Walk twice "})
    assert (edited.action.title, edited.row_version) == ("Walk twice", 2)
    with pytest.raises(Changed, match="changed by somebody else meanwhile"):
        own_actions.edit_own_action(workspace, ADMIN, round_, made, FIELDS)
    gone = own_actions.retire_own_action(workspace, ADMIN, round_, edited)
    assert catalogue_of(workspace, round_) is catalogue_for(round_.framework)
    assert names_of(workspace, round_)["own-1"] == "Walk twice", "earlier plans name it"
    assert add(workspace, round_, title="Another").action.id == "own-2", "a retired one keeps its id"
    own_actions.bring_back_own_action(workspace, ADMIN, round_, gone)
    assert [each.action.id for each in shown(workspace, round_).own.actions if not each.retired_at] == [
        "own-1",
        "own-2",
    ]
    assert problems_of_store(workspace, ADMIN) == []


def test_what_another_requires_is_not_retired_and_circles_are_refused_by_name(
    workspace: Workspace, round_: Round
) -> None:
    first = add(workspace, round_)
    second = add(workspace, round_, title="Second", requires=["own-1"])
    with pytest.raises(Refused, match="'Walk through the archive' is required by 'Second'"):
        own_actions.retire_own_action(workspace, ADMIN, round_, first)
    with pytest.raises(Refused, match=r"-> Second -> Walk|-> Walk through the archive -> Second"):
        own_actions.edit_own_action(workspace, ADMIN, round_, first, {**FIELDS, "requires": ["own-2"]})
    own_actions.retire_own_action(workspace, ADMIN, round_, second)
    own_actions.retire_own_action(workspace, ADMIN, round_, first)
    with pytest.raises(Refused, match="'own-1', which is not in the library any more"):
        own_actions.bring_back_own_action(workspace, ADMIN, round_, replace(second, row_version=2))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": " "}, "the title is missing; enter it"),
        ({"title": "x" * 201}, "the title is longer than 200 characters; shorten it"),
        ({"summary": "x" * 5000}, "the summary has 5000 characters"),
        ({"kpi": {"name": "", "unit": "%"}}, "the KPI, its name is missing; enter it"),
        ({"phase": 5}, "the phase must be 4 or less"),
        ({"duration_weeks": 0}, "the duration in weeks must be 1 or more"),
        ({"duration_weeks": 1.5}, "the duration in weeks must be a number"),
        ({"effort": {}}, "the effort is empty; give one at least"),
        ({"effort": {"data-team": {"low": 3, "likely": 2, "high": 1}}}, "an estimate must rise"),
        ({"effort": {"data-team": {"low": 0, "likely": float("nan"), "high": 1}}}, "must be a number"),
        ({"effort": {"data-team": {"low": 0, "likely": 1, "high": float("inf")}}}, "must be a number"),
        ({"effort": {"data-team": {"low": 1, "likely": 1, "high": 1e12}}}, "cannot be meant"),
        ({"effort": {"data-team": {"low": -1, "likely": 1, "high": 2}}}, "low must be 0 or more"),
        ({"effort": {"wizard": {"low": 1, "likely": 1, "high": 2}}}, "there is no role 'wizard'"),
        ({"lead": "wizard"}, "there is no role 'wizard'"),
        ({"raises": []}, "raises no topic"),
        ({"raises": [{"topic": "moon", "from_level": 1, "to_level": 2}]}, "'moon', which framework"),
        ({"raises": [{"topic": "systems", "from_level": 5, "to_level": 6}]}, "ends at 5; lower to_level"),
        ({"raises": [{"topic": "systems", "from_level": 3, "to_level": 2}]}, "must be below to_level"),
        ({"requires": ["A26"]}, "requires 'Connect the core systems"),
        ({"phase": 4, "duration_weeks": 90}, "phase 4 opens in week 104"),
        ({"wizard": 1}, "Extra inputs"),
    ],
)
def test_hostile_fields_are_refused_in_one_sentence_and_nothing_is_kept(
    workspace: Workspace, round_: Round, fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(Refused) as refused:
        add(workspace, round_, **fields)
    assert message in str(refused.value) and "\n" not in str(refused.value)
    assert shown(workspace, round_).own.actions == ()


def test_a_title_that_is_taken_is_refused(workspace: Workspace, round_: Round) -> None:
    add(workspace, round_)
    with pytest.raises(Refused, match="already; choose another title"):
        add(workspace, round_, title="WALK through the archive")


def test_an_estimate_is_what_plans_use_until_it_is_taken_off(workspace: Workspace, round_: Round) -> None:
    own_estimates.set_estimate(workspace, ADMIN, round_, "A02", NUMBERS, "we did it before")
    a02 = catalogue_of(workspace, round_).by_id["A02"]  # type: ignore[union-attr]
    assert (a02.duration_weeks, a02.likely_effort) == (9, {"chief-data-officer": 3.0})
    assert a02.cost is not None and a02.cost.yearly is None, "the yearly part is unpriced, not 0"
    with pytest.raises(Changed, match="changed meanwhile"):
        own_estimates.set_estimate(workspace, ADMIN, round_, "A02", NUMBERS, "me too")
    own_estimates.set_estimate(workspace, ADMIN, round_, "A02", {**NUMBERS, "duration_weeks": 8}, "again", 1)
    own_estimates.clear_estimate(workspace, ADMIN, round_, "A02", 2)
    assert catalogue_of(workspace, round_) is catalogue_for(round_.framework)


@pytest.mark.parametrize(
    ("code", "numbers", "reason", "message"),
    [
        ("A99", NUMBERS, "because", "the library has no action 'A99'"),
        ("A02", NUMBERS, " ", "the reason for another estimate of .* is missing"),
        ("A02", {**NUMBERS, "duration_weeks": 157}, "because", "must be 156 or less"),
        ("A36", {**NUMBERS, "duration_weeks": 60}, "because", "phase 4 opens in week 104"),
        ("A02", {**NUMBERS, "effort": {"x": NUMBERS["effort"]["chief-data-officer"]}}, "because", "no role 'x'"),
    ],
)
def test_an_estimate_that_cannot_be_is_refused(
    workspace: Workspace, round_: Round, code: str, numbers: dict[str, Any], reason: str, message: str
) -> None:
    with pytest.raises(Refused, match=message):
        own_estimates.set_estimate(workspace, ADMIN, round_, code, numbers, reason)


def test_a_chosen_route_is_what_plans_use(workspace: Workspace, round_: Round) -> None:
    own_estimates.choose_route(workspace, ADMIN, round_, "A11", "build", "we have the people")
    a11, shipped = (
        each.by_id["A11"] for each in (shown(workspace, round_).catalogue, shown(workspace, round_).written)
    )
    assert (a11.duration_weeks, shipped.duration_weeks) == (16, 10)
    assert shown(workspace, round_).own.choice("A11").reason == "we have the people"  # type: ignore[union-attr]
    for code, route, message in (("A11", "steal", "choose buy or build or partner"), ("A01", "buy", "choose build")):
        with pytest.raises(Refused, match=message):
            own_estimates.choose_route(workspace, ADMIN, round_, code, route, "because")


def test_a_round_on_some_topics_changes_nothing_of_the_others(workspace: Workspace, round_: Round) -> None:
    both = [{"topic": topic, "from_level": 1, "to_level": 2} for topic in ("systems", "data-ethics")]
    made = add(workspace, round_, raises=both)
    some = create_round(workspace, ADMIN, "some", "city-data-maturity", terms=RoundTerms(topics=("systems",)))
    (seen,) = shown(workspace, some).own.actions
    assert [each.topic for each in seen.action.raises] == ["systems"]
    fields = {**FIELDS, "raises": [{"topic": "systems", "from_level": 2, "to_level": 3}]}
    own_actions.edit_own_action(workspace, ADMIN, some, seen, fields)
    (whole,) = shown(workspace, round_).own.actions
    assert [(each.topic, each.to_level) for each in whole.action.raises] == [("systems", 3), ("data-ethics", 2)]
    assert whole.action.id == made.action.id


@pytest.fixture
def planned(workspace: Workspace, round_: Round) -> OwnAction:
    """An own action that the current plan has."""
    made = add(workspace, round_)
    choices.decide_action(workspace, ADMIN, round_, "own-1", "must", "promised")
    plans.save_plan(workspace, ADMIN, round_, plans.make_plan(workspace, ADMIN, round_), "First")
    return made


def test_what_was_decided_on_a_retired_action_rests(workspace: Workspace, round_: Round, planned: OwnAction) -> None:
    own_actions.retire_own_action(workspace, ADMIN, round_, planned)
    again = plan_making.replan(workspace, ADMIN, round_, "Second")
    assert "own-1" not in {each.code for each in again.actions}
    assert plans.plan(workspace, ADMIN, "First", round_.organisation).action("own-1").title == planned.action.title
    choices.clear_decision(workspace, ADMIN, round_, "own-1")
    assert choices.decisions(workspace, ADMIN, round_) == ()


def test_a_retired_action_that_has_begun_goes_on_in_the_next_plan(
    workspace: Workspace, round_: Round, planned: OwnAction
) -> None:
    begun = plans.plan(workspace, ADMIN, "First", round_.organisation).action("own-1")
    report_progress(workspace, ADMIN, begun.id, 1, 20.0, begun_on=date(2026, 3, 2))
    own_actions.retire_own_action(workspace, ADMIN, round_, planned)
    again = plan_making.replan(workspace, ADMIN, round_, "Second")
    assert again.action("own-1").begun_on == date(2026, 3, 2)


def test_the_library_says_what_done_actions_took(workspace: Workspace, round_: Round, planned: OwnAction) -> None:
    """Estimated 4 weeks, took 8: 2 ^ (1/4) = 1.19, so 5 weeks; and once that is taken over, nothing more is said."""
    assert shown(workspace, round_).learned == {}
    begun = plans.plan(workspace, ADMIN, "First", round_.organisation).action("own-1")
    report_progress(workspace, ADMIN, begun.id, 1, 100.0, begun_on=date(2026, 1, 5), done_on=date(2026, 3, 1))
    found = shown(workspace, round_).learned["own-1"]
    assert (found.same, found.took_weeks, found.estimated_weeks, found.weeks) == (1, 8, 4, 5)
    plan_making.replan(workspace, ADMIN, round_, "Second")
    assert shown(workspace, round_).learned["own-1"] == found, "a plan that carries it makes it no second one"
    own_estimates.set_estimate(
        workspace, ADMIN, round_, "own-1", {"duration_weeks": 5, "effort": FIELDS["effort"]}, "took 8"
    )
    assert shown(workspace, round_).learned["own-1"] == found, "still against what its author estimated"
    assert shown(workspace, round_).catalogue.by_id["own-1"].duration_weeks == found.weeks


def test_what_began_before_a_route_was_chosen_teaches_nothing_about_it(workspace: Workspace, round_: Round) -> None:
    plan = plans.save_plan(workspace, ADMIN, round_, plans.make_plan(workspace, ADMIN, round_), "First")
    catalogue = catalogue_of(workspace, round_)
    assert catalogue is not None
    done = next(each for each in plan.actions if len(catalogue.by_id[each.catalogue_id or ""].routes) > 1)
    code, other = done.catalogue_id or "", catalogue.by_id[done.catalogue_id or ""].routes[1].kind
    report_progress(workspace, ADMIN, done.id, 1, 100.0, begun_on=date(2026, 1, 5), done_on=date(2026, 2, 1))
    assert shown(workspace, round_).learned[code].same == 1
    own_estimates.choose_route(workspace, ADMIN, round_, code, other, "we do it otherwise now")
    assert code not in shown(workspace, round_).learned
