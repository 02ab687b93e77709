"""An empty store on each engine, and a small city in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from maturity.framework.model import Framework
from maturity.storage import Store, Tx, new_id, open_store
from maturity.storage.frameworks import save_framework
from maturity.storage.respondents import start_respondent
from maturity.storage.rounds import create_round, save_scope
from maturity.storage.rows import Department, Organisation, Respondent, Round
from maturity.storage.setup import save_departments, save_organisation

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


@dataclass
class City:
    """A small organisation with an open round."""

    store: Store
    organisation: UUID
    parks: UUID
    works: UUID
    framework: UUID
    round: UUID
    now: datetime = NOW

    def respondent(self, department: UUID | None = None, label: str = "Somebody", **more: Any) -> UUID:
        made = new_id(self.now)
        self.store.write(
            start_respondent,
            Respondent(
                id=made,
                round_id=self.round,
                department_id=department or self.parks,
                label=label,
                started_at=self.now,
                **more,
            ),
        )
        return made


def small_framework(version: str = "1", text: str = "Who owns the data?") -> Framework:
    questions = [{"id": f"q{n}", "text": text, "descriptors": ["a", "b", "c"]} for n in (1, 2, 3)]
    topic = {"id": "t1", "name": "Owners", "questions": questions}
    return Framework.model_validate(
        {
            "id": "small",
            "version": version,
            "name": "Small",
            "licence": "CC0-1.0",
            "source": "made for the tests",
            "levels": [{"level": n, "name": f"L{n}"} for n in (1, 2, 3)],
            "dimensions": [{"id": "d1", "name": "People", "topics": [topic]}],
        }
    )


@pytest.fixture
def framework() -> Callable[..., Framework]:
    return small_framework


@pytest.fixture
def city(store: Store) -> City:
    return found_city(store)


def found_city(store: Store) -> City:
    made = City(store, *(new_id(NOW) for _ in range(5)))

    def found(tx: Tx) -> None:
        save_organisation(tx, Organisation(id=made.organisation, name="Port Ellery", created_at=NOW))
        departments = [
            Department(id=made.works, organisation_id=made.organisation, code="works", name="Public works", place=2),
            Department(id=made.parks, organisation_id=made.organisation, code="parks", name="Parks", place=1, staff=40),
        ]
        save_departments(tx, departments)
        made.framework = save_framework(tx, small_framework(), NOW)
        new = Round(
            id=made.round,
            organisation_id=made.organisation,
            framework_version_id=made.framework,
            name="2026",
            status="open",
            created_at=NOW,
        )
        create_round(tx, new)
        save_scope(tx, made.round, {made.parks: 1.0, made.works: 2.0})

    store.write(found)
    return made
