"""Receipts of a small town over two rounds: whose levels one sees, and what was done before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from maturity.assessment.terms import RoundTerms
from maturity.operations import plan_making, plans, poster, progress, receipts
from maturity.operations.rounds import close_round, create_round, find_round, open_round
from maturity.operations.workspace import Workspace
from maturity.storage.engine import open_store
from maturity.storage.terms import save_terms

from .city import ADMIN, LEADER, PARKS_LEAD, answer, make_town


@pytest.fixture
def town(tmp_path):
    at = [datetime(2026, 6, 1, 9, 0, tzinfo=UTC)]
    workspace = Workspace(
        url=str(tmp_path / "t.duckdb"), store=open_store(str(tmp_path / "t.duckdb")), clock=lambda: at[0]
    )
    plan_making.replan(workspace, ADMIN, make_town(workspace), "First plan", iterations=1)
    yield workspace, at
    workspace.store.close()


def again(workspace: Workspace, levels: dict[str, int], closes: date) -> None:
    made = create_round(workspace, ADMIN, "2027", "city-data-maturity", closes_on=closes)
    workspace.store.write(save_terms, made.id, RoundTerms(lead_days=0))
    answer(workspace, open_round(workspace, ADMIN, made), levels)
    close_round(workspace, ADMIN, find_round(workspace, ADMIN, "2027"))


def test_without_a_second_round_there_is_nothing_to_compare(town):
    found = receipts.roadmap_receipts(town[0], ADMIN)
    assert (found.before, found.gained) == (None, ())


def test_a_level_has_the_actions_that_were_done_before_the_round_closed(town):
    workspace, at = town
    action = next(
        each for each in plans.plan(workspace, ADMIN).actions if any(one.department == "parks" for one in each.closes)
    )
    at[0] = datetime(2027, 2, 1, tzinfo=UTC)
    progress.report_progress(
        workspace, ADMIN, action.id, action.row_version, 100.0, begun_on=date(2026, 12, 1), done_on=date(2027, 1, 31)
    )
    again(workspace, {"parks": 2, "roads": 2, "housing": 3}, date(2027, 2, 1))
    found = receipts.roadmap_receipts(workspace, ADMIN)
    assert (found.before, found.after, found.closed) == ("2026", "2027", date(2027, 2, 1))
    assert {(each.department, each.level) for each in found.gained} == {("parks", 2)}
    with_it = {each.topic for each in found.gained if action.code in [a.code for a in each.done_before]}
    assert with_it == {one.topic for one in action.closes if one.department == "parks" and one.from_level == 1}
    assert any(not each.explained for each in found.gained)


def test_heads_of_department_see_their_own_and_leaders_all(town):
    workspace, at = town
    at[0] = datetime(2027, 9, 1, tzinfo=UTC)
    again(workspace, {"parks": 2, "roads": 3, "housing": 3}, date(2027, 8, 31))
    own = receipts.roadmap_receipts(workspace, PARKS_LEAD)
    every = receipts.roadmap_receipts(workspace, LEADER)
    assert {each.department for each in own.gained} == {"parks"}
    assert {each.department for each in every.gained} == {"parks", "roads"}
    assert own.stalled
    assert {each.target.department for each in own.stalled} == {"parks"}
    assert {each.target.department for each in every.stalled} > {"parks"}


def test_the_poster_says_what_lateness_is_measured_by_and_names_roles_not_people(town):
    workspace, _ = town
    saved = plans.plan(workspace, ADMIN)
    action = saved.actions[0]
    plans.edit_action(workspace, ADMIN, action.id, action.row_version, owner="Ida Secret")
    page = poster.poster(workspace, LEADER)
    assert "Nothing is approved yet" in page
    assert "Ida Secret" not in page
    assert "<script" not in page


def test_nothing_without_a_plan(tmp_path):
    workspace = Workspace(
        url=str(tmp_path / "e.duckdb"), store=open_store(str(tmp_path / "e.duckdb")), clock=lambda: datetime.now(UTC)
    )
    make_town(workspace)
    assert receipts.roadmap_receipts(workspace, ADMIN) == replace(receipts.RoadmapReceipts())
    workspace.store.close()
