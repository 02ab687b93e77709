"""The schemas in `data/schemas/` are what the program reads, and a stale one is noticed."""

from __future__ import annotations

from pathlib import Path

from maturity.operations.schemas import stale_schemas, write_schemas


def test_the_committed_schemas_are_fresh() -> None:
    assert stale_schemas() == []


def test_a_stale_or_missing_schema_is_noticed(tmp_path: Path) -> None:
    assert stale_schemas(tmp_path) == ["framework", "action-catalogue", "worked-examples"]
    write_schemas(tmp_path)
    (tmp_path / "framework.json").write_text("{}", encoding="utf-8")
    assert stale_schemas(tmp_path) == ["framework"]
