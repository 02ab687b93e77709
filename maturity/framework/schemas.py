"""Writes the JSON Schemas of the framework file, so that editors can check it: `python -m maturity.framework.schemas`."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from maturity.framework.model import Framework

FOLDER = Path(__file__).resolve().parents[2] / "data" / "schemas"


def schema_text(kind: type[BaseModel]) -> str:
    """The JSON Schema of a file kind, as the bytes that belong in `data/schemas/`."""
    return json.dumps(kind.model_json_schema(), indent=2, sort_keys=True) + "\n"


def write_schema(name: str, kind: type[BaseModel], folder: Path = FOLDER) -> Path:
    """Writes one schema and returns its path."""
    path = folder / f"{name}.json"
    path.write_text(schema_text(kind), encoding="utf-8")
    return path


if __name__ == "__main__":
    print(write_schema("framework", Framework))
