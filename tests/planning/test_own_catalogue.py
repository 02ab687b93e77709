"""A catalogue with an organisation's own actions, estimates and routes: what plans get, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from maturity.planning.catalogue import ActionCatalogue, CatalogueAction, CatalogueError
from maturity.planning.documents import read_request, request_document
from maturity.planning.engine import make_plan
from maturity.planning.own_catalogue import ChosenRoute, Numbers, Own, OwnAction, OwnEstimate, check_own, merged

from .small import action, ask, by_id, catalogue, price

AT = datetime(2026, 3, 2, tzinfo=UTC)
BUILD = {"kind": "build", "exit": "stop", "skills": "some"}
BUY = {"kind": "buy", "exit": "notice", "skills": "few", "duration_weeks": 2, "cost": price(5000.0)}


@pytest.fixture
def made() -> ActionCatalogue:
    return catalogue(
        action("X", ("t", 1, 2), weeks=6, cost=price(100.0), routes=[BUILD, BUY]),
        action("Y", ("t", 2, 3), requires=["X"], phase=2),
    )


def own(code: str, *lifts: tuple[str, int, int], retired: bool = False, **more: Any) -> OwnAction:
    made = CatalogueAction.model_validate(action(code, *(lifts or (("t", 1, 2),)), **more))
    return OwnAction(id=code, action=made, set_by="Ada", set_at=AT, retired_at=AT if retired else None)


def chosen(code: str, route: str) -> ChosenRoute:
    return ChosenRoute(code=code, route=route, reason="so", set_by="Ada", set_at=AT)


def estimated(code: str, route: str, weeks: int, days: float) -> OwnEstimate:
    three = {"low": days, "likely": days, "high": days}
    numbers = Numbers.model_validate({"duration_weeks": weeks, "effort": {"team": three}})
    return OwnEstimate(code=code, route=route, numbers=numbers, reason="so", set_by="Ada", set_at=AT)


def test_the_very_same_catalogue_where_nothing_is_own(made: ActionCatalogue) -> None:
    assert merged(made, Own()) is made
    assert merged(made, Own(actions=(own("own-1", retired=True),))) is made


def test_own_actions_stand_at_the_end_and_retired_ones_do_not(made: ActionCatalogue) -> None:
    found = merged(made, Own(actions=(own("own-1"), own("own-2", retired=True), own("own-3"))))
    assert list(found.by_id) == ["X", "Y", "own-1", "own-3"]
    assert (found.role, found.currency, made.by_id["X"]) == (made.role, made.currency, found.by_id["X"])


def test_the_chosen_route_brings_its_numbers_and_keeps_what_it_does_not_say(made: ActionCatalogue) -> None:
    x = merged(made, Own(routes=(chosen("X", "buy"),))).by_id["X"]
    assert (x.duration_weeks, x.likely_effort, x.cost.one_off.likely) == (2, {"team": 10}, 5000)  # type: ignore[union-attr]
    assert merged(made, Own(routes=(chosen("X", "build"),))).by_id["X"] == made.by_id["X"]
    assert merged(made, Own(routes=(chosen("X", "partner"),))).by_id["X"] == made.by_id["X"], "it has no such route"


def test_an_estimate_counts_for_the_route_that_it_was_made_for(made: ActionCatalogue) -> None:
    for_buying = Own(estimates=(estimated("X", "buy", 3, 4.5),))
    assert merged(made, for_buying).by_id["X"] == made.by_id["X"]
    x = merged(made, replace(for_buying, routes=(chosen("X", "buy"),))).by_id["X"]
    assert (x.duration_weeks, x.likely_effort, x.cost) == (3, {"team": 4.5}, None)
    y = merged(made, Own(estimates=(estimated("Y", "", 9, 1),))).by_id["Y"]
    assert (y.duration_weeks, y.raises, y.requires) == (9, made.by_id["Y"].raises, ("X",))


def test_a_plan_is_made_of_what_is_own(made: ActionCatalogue) -> None:
    """Buying X takes 2 weeks instead of 6, and an own action closes a topic that nothing else does."""
    with_own = merged(made, Own(actions=(own("own-1", ("u", 1, 2)),), routes=(chosen("X", "buy"),)))
    request = ask(with_own, {("d", "t"): 1, ("d", "u"): 1}, {("d", "t"): 2, ("d", "u"): 2})
    plan = by_id(make_plan(request))
    assert set(plan) == {"X", "own-1"}
    assert ((plan["X"].finish - plan["X"].start).days, plan["X"].cost) == (13, 5000)
    assert by_id(make_plan(read_request(request_document(request)))) == plan, "also beside the server"


def test_what_is_fitted_to_fewer_topics_goes_to_the_solver_and_back(made: ActionCatalogue) -> None:
    bare = made.by_id["X"].model_copy(update={"raises": ()})
    fitted = ActionCatalogue.model_construct(**{**dict(made), "actions": (bare, made.by_id["Y"])})
    request = ask(fitted, {("d", "t"): 2}, {("d", "t"): 3})
    assert set(by_id(make_plan(read_request(request_document(request))))) == {"X", "Y"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"requires": ["own-2"]}, "Do own-2 -> Do own-3 -> Do own-1 -> Do own-2: none of these could ever start"),
        ({"requires": ["own-1"]}, "Do own-1 -> Do own-1: none"),
        ({"requires": ["Y"], "phase": 1}, "'Do own-1' of phase 1 requires 'Do Y' of phase 2; choose a later phase"),
        ({"requires": ["own-9"]}, "'own-9', which is not in the library any more"),
        ({"weeks": 60, "phase": 4}, "phase 4 opens in week 104 and 'Do own-1' takes 60 weeks"),
        ({"role": "boss"}, "there is no role 'boss'; choose one of team, staff"),
        ({"days": 1e9}, "1,000,000,000 person-days of The team cannot be meant"),
        ({"days": 0}, "nobody gives time to this action"),
        ({"cost": price(1e12)}, "cannot be meant; enter at most 1,000,000,000"),
        ({"raises": []}, "raises no topic"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(
    made: ActionCatalogue, given: dict[str, Any], message: str
) -> None:
    others = [own("own-2", requires=["own-3"]).action, own("own-3", requires=["own-1"]).action]
    fields = {"weeks": 4, **given}
    raises = fields.pop("raises", None)
    asked = own("own-1", **fields).action
    if raises is not None:
        asked = asked.model_copy(update={"raises": ()})
    if "requires" not in given:
        others = []
    with pytest.raises(CatalogueError) as refused:
        check_own(made, asked, others)
    assert message in str(refused.value) and "\n" not in str(refused.value)


def test_a_later_phase_is_refused_where_another_own_action_needs_it_earlier(made: ActionCatalogue) -> None:
    needs_it = own("own-2", requires=["own-1"], phase=1).action
    check_own(made, own("own-1", phase=1).action, [needs_it])
    with pytest.raises(CatalogueError, match="'Do own-2' of phase 1 requires 'Do own-1' of phase 3"):
        check_own(made, own("own-1", phase=3).action, [needs_it])
