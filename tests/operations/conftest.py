"""A workspace in an empty store, on each engine, with a clock that goes on by a second at each look."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from maturity.operations.workspace import Workspace
from maturity.storage.engine import open_store

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def workspace(migrated_url: str) -> Iterator[Workspace]:
    """An empty, migrated store on each engine."""
    store = open_store(migrated_url)
    seconds = itertools.count()
    yield Workspace(url=migrated_url, store=store, clock=lambda: NOW + timedelta(seconds=next(seconds)))
    store.close()
