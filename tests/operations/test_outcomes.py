"""Scores over the rounds, for setting them beside outcomes: like with like, and only what may be seen by then."""

from datetime import UTC, date, datetime

import pytest

from maturity.operations import rounds
from maturity.operations.outcomes import maturity_course
from maturity.operations.workspace import Workspace
from maturity.storage.engine import open_store
from maturity.storage.terms import save_terms

from .city import ADMIN, LEADER, PARKS_LEAD, answer, make_town


@pytest.fixture
def town(tmp_path):
    """Two rounds that are over, a year apart; the second is with the heads of department for some days."""
    clock = [datetime(2026, 3, 2, 9, tzinfo=UTC)]
    store = open_store(str(tmp_path / "town.duckdb"))
    workspace = Workspace(url=str(tmp_path), store=store, clock=lambda: clock[0])
    make_town(workspace)
    second = rounds.create_round(workspace, ADMIN, "2027", "city-data-maturity", closes_on=date(2027, 3, 1))
    workspace.store.write(save_terms, second.id, rounds.RoundTerms(lead_days=10))
    answer(workspace, rounds.open_round(workspace, ADMIN, second), {"parks": 2, "roads": 3, "housing": 4})
    clock[0] = datetime(2027, 3, 2, 9, tzinfo=UTC)
    rounds.close_round(workspace, ADMIN, rounds.find_round(workspace, ADMIN, "2027"))
    yield workspace
    store.close()


def test_scores_are_those_of_the_whole_or_of_the_own_department(town):
    topic = next(iter(rounds.find_round(town, ADMIN, "2027").framework.topics))
    whole = maturity_course(town, ADMIN)
    assert whole.department is None
    assert [(each.round, each.on, each.score) for each in whole.of([topic, "unknown"])] == [
        ("2026", date(2026, 2, 27), 2.0), ("2027", date(2027, 3, 1), 3.0),
    ]  # fmt: skip
    assert whole.of([]) == ()
    own = maturity_course(town, PARKS_LEAD)
    assert (own.department, [each.score for each in own.of([topic])]) == ("parks", [1.0, 2.0])


def test_what_is_with_the_heads_of_department_is_not_shown_to_others(town):
    assert [each.name for each in maturity_course(town, LEADER).rounds] == ["2026"]
    assert [each.name for each in maturity_course(town, PARKS_LEAD).rounds] == ["2026", "2027"]
