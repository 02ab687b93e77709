"""JSON Schemas of the files that people write, so that editors check them while typing.

`python -m maturity.operations.schemas` writes them to `data/schemas/`; with `--check` it only says which are stale.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel

from maturity.framework.examples import WorkedExamples
from maturity.framework.model import Framework
from maturity.operations.workspace import DATA
from maturity.planning.catalogue import ActionCatalogue

KINDS: Mapping[str, type[BaseModel]] = {
    "framework": Framework,
    "action-catalogue": ActionCatalogue,
    "worked-examples": WorkedExamples,
}
FOLDER = DATA / "schemas"


def schema_text(kind: type[BaseModel]) -> str:
    """The JSON Schema of a file kind, as the text that belongs in `data/schemas/`."""
    return json.dumps(kind.model_json_schema(), indent=2, sort_keys=True) + "\n"


def stale_schemas(folder: Path = FOLDER) -> list[str]:
    """The names of the schemas that are missing or are not what the program now reads."""
    stale = []
    for name, kind in KINDS.items():
        path = folder / f"{name}.json"
        if not path.is_file() or path.read_text(encoding="utf-8") != schema_text(kind):
            stale.append(name)
    return stale


def write_schemas(folder: Path = FOLDER) -> None:
    """Writes every schema."""
    for name, kind in KINDS.items():
        (folder / f"{name}.json").write_text(schema_text(kind), encoding="utf-8")


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        if stale := stale_schemas():
            sys.exit(f"stale: {', '.join(stale)}; run `python -m maturity.operations.schemas` and commit the result")
    else:
        write_schemas()
