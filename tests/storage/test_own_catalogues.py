"""An organisation's own actions, estimates and routes, written and read back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from maturity.planning.catalogue import CatalogueAction
from maturity.planning.own_catalogue import ChosenRoute, Numbers, Own, OwnAction, OwnEstimate
from maturity.storage import catalogues, plans
from maturity.storage.log import orphans

from ..planning.small import action, price
from .test_plans import made_action, made_plan

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
CITY, OTHER, ROUND = (UUID(int=n) for n in range(1, 4))


def own_action(number=1, **changes):
    made = action(f"own-{number}", ("t", 1, 2), cost=price(100.0, 20.0), title="Über “alles”; Nº 1")
    given = {
        "id": str(UUID(int=100 + number)),
        "action": CatalogueAction.model_validate(made),
        "set_by": "Ada",
        "set_at": AT,
    }
    return OwnAction(**{**given, **changes})


def estimate(code="A1", route="buy", **changes):
    three = {"low": 1, "likely": 2.5, "high": 4}
    given = {
        "code": code,
        "route": route,
        "numbers": Numbers.model_validate({"duration_weeks": 7, "effort": {"team": three}}),
        "reason": "we asked",
        "set_by": "Ada",
        "set_at": AT,
    }
    return OwnEstimate(**{**given, **changes})


def test_nothing_is_own_at_first(store):
    with store.reading() as tx:
        assert catalogues.own_of(tx, CITY, "f") == Own()
        assert catalogues.last_number(tx, CITY) == 0


def test_own_actions_keep_their_order_and_their_version(store):
    for number in (1, 2, 10):
        store.write(catalogues.add_own_action, CITY, "f", number, own_action(number))
    store.write(catalogues.add_own_action, CITY, "another", 11, own_action(11))
    with store.reading() as tx:
        assert catalogues.own_of(tx, CITY, "f").actions == (own_action(1), own_action(2), own_action(10))
        assert catalogues.own_of(tx, OTHER, "f") == Own()
        assert catalogues.last_number(tx, CITY) == 11, "ids are the organisation's, whatever the framework"
    retired = own_action(2, retired_at=LATER, set_by="Bob", set_at=LATER)
    assert store.write(catalogues.change_own_action, retired) == 2
    assert store.write(catalogues.change_own_action, retired) is None, "somebody was faster"
    with store.reading() as tx:
        found = catalogues.own_of(tx, CITY, "f")
    assert found.actions[1] == replace(retired, row_version=2)
    assert [each.id for each in found.live] == ["own-1", "own-10"]


def test_an_estimate_is_kept_by_route_and_can_go(store):
    for each in (estimate(), estimate(route="build"), estimate("A2", "")):
        store.write(catalogues.put_estimate, CITY, "f", each)
    store.write(catalogues.put_estimate, CITY, "f", estimate(reason="again", row_version=2))
    store.write(catalogues.drop_estimate, CITY, "f", "A1", "build")
    with store.reading() as tx:
        found = catalogues.own_of(tx, CITY, "f")
    assert found.estimates == (estimate(reason="again", row_version=2), estimate("A2", ""))
    assert found.estimate("A1", "buy").reason == "again" and found.estimate("A1", "build") is None


def test_the_last_choice_of_a_route_counts(store):
    first = ChosenRoute(code="A1", route="buy", reason="cheap", set_by="Ada", set_at=AT)
    store.write(catalogues.put_route, CITY, "f", first)
    store.write(catalogues.put_route, CITY, "f", replace(first, route="partner", set_at=LATER))
    with store.reading() as tx:
        assert catalogues.own_of(tx, CITY, "f").routes == (replace(first, route="partner", set_at=LATER),)


def test_done_actions_are_told_once_as_the_newest_plan_has_them(store):
    first, second = UUID(int=50), UUID(int=51)
    done = made_action(9, begun_on=date(2026, 4, 1), done_on=date(2026, 4, 20), percent_done=100.0, objective=None)
    for number, (plan, at) in enumerate(((first, AT), (second, LATER))):
        store.write(plans.add_plan, plan, CITY, ROUND, f"p{number}", date(2026, 4, 1), made_plan(), made_by="A",
                    made_at=at)  # fmt: skip
    store.write(
        plans.add_actions,
        first,
        [done, made_action(10, code="A10", objective=None)],
        plans.Stated(at=AT, by="CDO", verb="save plan"),
    )
    carried = replace(done, id=str(UUID(int=60)), done_on=date(2026, 4, 22))
    gone = replace(done, id=str(UUID(int=61)), code="A9x", removed_on=date(2026, 5, 1))
    store.write(plans.add_actions, second, [carried, gone], plans.Stated(at=LATER, by="CDO", verb="save plan"))
    with store.reading() as tx:
        assert catalogues.done_actions(tx, CITY) == [
            {
                "catalogue_id": "A1",
                "code": "A9",
                "begun_on": date(2026, 4, 1),
                "done_on": date(2026, 4, 22),
                "days_used": None,
            }
        ]
        assert catalogues.done_actions(tx, OTHER) == []


def test_check_finds_what_belongs_to_no_organisation(store):
    store.write(catalogues.add_own_action, CITY, "f", 1, own_action())
    with store.reading() as tx:
        assert "1 rows of own_action name a organisation that does not exist" in orphans(tx)
