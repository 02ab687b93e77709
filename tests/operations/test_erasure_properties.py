"""Whoever is erased from whatever round: scores and tallies are the same to the last bit, and the store is sound."""

from __future__ import annotations

import itertools
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from maturity.access.roles import COMMAND_LINE
from maturity.assessment.answers import Answer
from maturity.operations import answers, erasure, scores
from maturity.operations.frameworks import import_framework
from maturity.operations.rounds import Round, create_round, open_round
from maturity.operations.setup import Department, create_organisation
from maturity.operations.upkeep import problems_of_store
from maturity.operations.workspace import Workspace
from maturity.storage.engine import open_store
from maturity.storage.rights import RECORDED
from maturity.storage.tallies import tallies
from tests.assessment.small import framework

from .known_people import known

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
QUESTIONS = ("a1", "a2", "b1", "c1")
STATES = some.sampled_from((1, 2, 3, 4, 5, "dont_know", "not_applicable"))
# One respondent: department, what was said in which order (a question may be answered again), and whether it was sent.
RESPONDENT = some.tuples(
    some.sampled_from("xy"),
    some.lists(some.tuples(some.sampled_from(QUESTIONS), STATES), min_size=1, max_size=6),
    some.booleans(),
)


def answer(question: str, said: int | str) -> Answer:
    state: dict[str, Any] = {"state": "level", "level": said} if isinstance(said, int) else {"state": said}
    return Answer(question=question, reason="we have none", comment="mine alone", **state)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(everybody=some.lists(RESPONDENT, min_size=1, max_size=5), data=some.data())
def test_no_score_notices_an_erasure(everybody: list[tuple[str, list[tuple[str, Any]], bool]], data: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "s.duckdb"))
        seconds = itertools.count()
        workspace = Workspace(url=store.name, store=store, clock=lambda: NOW + timedelta(seconds=next(seconds)))
        import_framework(workspace, COMMAND_LINE, framework())
        departments = [Department(code="x", name="Works", staff=10), Department(code="y", name="Parks", staff=30)]
        town = create_organisation(workspace, COMMAND_LINE, "Town", departments)
        round_ = open_round(workspace, COMMAND_LINE, create_round(workspace, COMMAND_LINE, "R1", "small"))
        people = []
        for number, (department, given_answers, sent) in enumerate(everybody):
            person = known(workspace, f"Person {number}", "respondent", department, town)
            one = answers.start(workspace, person, round_, department)
            for question, level in given_answers:
                answers.save_answer(workspace, person, round_, one, answer(question, level))
            if sent:
                answers.send(workspace, person, round_, one)
            people.append(UUID(person.person))
        before = numbers(workspace, round_)
        for person_id in data.draw(some.lists(some.sampled_from(people), unique=True, min_size=1)):
            erasure.erase_person(workspace, COMMAND_LINE, person_id, "asked")
        assert numbers(workspace, round_) == before
        assert problems_of_store(workspace, COMMAND_LINE) == []
        store.close()


def numbers(workspace: Workspace, round_: Round) -> tuple[Any, Any, Any]:
    """Tallies, every score made anew from them, and the intervals."""
    with workspace.store.reading() as tx:
        found = tallies(tx, round_.id)
    scores.forget(workspace, round_)
    intervals = [scores.interval(workspace, COMMAND_LINE, round_, department) for department in "xy"]
    return found, dict(scores.scores_of(workspace, COMMAND_LINE, round_.name).scores), intervals


# Columns that say who did something, in tables of which nothing has to be erased: what stands there is always an id.
ONLY_IDS = {
    ("person_grant", "given_by"),
    ("person_grant", "delegated_by"),
    ("personal_link", "made_by"),
    ("invitation", "invited_by"),
}


def test_no_table_in_which_something_stands_under_a_name_is_forgotten(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "s.duckdb"))
    with store.reading() as tx:
        found = tx.rows(
            """SELECT table_name, column_name FROM information_schema.columns
               WHERE table_schema = 'main' AND data_type <> 'DATE' AND column_name LIKE '%\\_by' ESCAPE '\\'"""
        )
    store.close()
    named = {(row["table_name"], row["column_name"]) for row in found}
    assert named - ONLY_IDS == {(each.table, each.by) for each in RECORDED}
