"""The import law and the other rules of the house that a reader of the code may rely on.

`offences` looks at a folder laid out like this one, so that the tests at the end can show it houses that break the law.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "services", "service", "managers", "manager", "misc"}

PATH = ("framework", "assessment", "planning", "roadmap", "charts", "publishing")  # one path, no way back
DOMAIN = PATH[:4]
DOORS = {"operations", *DOMAIN, "access", "words", "charts"}
MAY_IMPORT: dict[str, set[str]] = {
    **{room: {*PATH[:place], "words"} for place, room in enumerate(PATH)},
    "publishing": {*PATH[:5], "words", "access"},
    "access": set(),
    "words": set(),
    "storage": {*DOMAIN, "access", "words"},
    "demo": set(DOMAIN),
    "operations": {*DOMAIN, "access", "words", "storage", "publishing", "demo"},
    "ui": DOORS,
    "web": DOORS,
    "cli": DOORS,
    "__main__": {"cli"},
    "pages": {"ui", *DOORS},
    "app": {"ui", "web", *DOORS},
}
# A library and the places that may know it.
HOMES: dict[str, set[str]] = {
    "streamlit": {"ui", "pages", "app"},
    "duckdb": {"storage"},
    "psycopg": {"storage"},
    "psycopg_pool": {"storage"},
    "altair": {"charts", "publishing"},
    "openpyxl": {"publishing"},
    "icalendar": {"publishing"},
    "pptx": {"publishing"},
    "docx": {"publishing"},
    "xlsxwriter": {"publishing"},
    "typst": {"publishing"},
    "vl_convert": {"publishing"},
    "PIL": {"publishing"},
    "jinja2": {"publishing"},
    "babel": {"publishing"},
    "ortools": {"planning"},
    "scipy": {"planning"},
    "starlette": {"web", "app"},
    "uvicorn": {"web", "app"},
}
# The seam joins names of tables and columns, which come from the code, into bulk inserts; values it always binds.
SEAM = {"duck.py", "postgres.py"}
LIBRARIES = set(HOMES) | {"pandas", "numpy", "pydantic", "yaml", "tqdm", "pyarrow", "pytest", "playwright", "jinja2"}


def python_files(house: Path) -> Iterator[Path]:
    """Every file of the program: maturity/, pages/, app.py."""
    yield from sorted(path for folder in ("maturity", "pages") for path in (house / folder).rglob("*.py"))
    if (house / "app.py").exists():
        yield house / "app.py"


def place_of(house: Path, path: Path) -> str:
    """The room (or `pages`, `app`, `cli`) that a file stands in; `maturity` for the package's own first file."""
    return room_of(path.relative_to(house).with_suffix("").parts)


def room_of(parts: Sequence[str]) -> str:
    """The room of a dotted name; the files of the command line, cli.py and cli_*.py, are one room."""
    if parts[0] != "maturity":
        return parts[0]
    room = parts[1] if len(parts) > 1 and parts[1] != "__init__" else "maturity"
    return "cli" if room.startswith("cli_") else room


def imports(house: Path, path: Path) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything a file imports: relative names resolved, `from a import b` as a.b."""
    package = path.relative_to(house).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call):
            yield from by_name(node)


def by_name(node: ast.Call) -> Iterator[tuple[int, str]]:
    """What is imported by a call: `import_module("maturity.storage")` and `__import__("duckdb")`."""
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    first = node.args[0] if node.args else None
    if called in {"import_module", "__import__"} and isinstance(first, ast.Constant) and isinstance(first.value, str):
        yield node.lineno, first.value


def wrong_import(place: str, name: str) -> str | None:
    """What is wrong with a place importing a name; None where nothing is."""
    parts = name.split(".")
    if parts[0] in {"maturity", "pages", "app"}:
        room = room_of(parts)
        allowed = MAY_IMPORT.get(place, set())
        return None if room in {"maturity", place, *allowed} else f"{place} may not import {room}"
    homes = HOMES.get(parts[0])
    return f"{parts[0]} may be known only in {', '.join(sorted(homes))}" if homes and place not in homes else None


def import_offences(house: Path) -> Iterator[str]:
    """Imports against the law, and rooms that the law does not know."""
    for path in python_files(house):
        place = place_of(house, path)
        where = path.relative_to(house).as_posix()
        if place not in MAY_IMPORT and place != "maturity":
            yield f"{where}: {place} is no room of the house"
        for line, name in imports(house, path):
            if wrong := wrong_import(place, name):
                yield f"{where}:{line}: {wrong}"


def naming_offences(house: Path) -> Iterator[str]:
    """Names that say nothing, and modules in ui/ that would hide a library (ui/ is first on the path there)."""
    for path in python_files(house):
        where = path.relative_to(house)
        if FORBIDDEN_NAMES & {part.lower() for part in where.with_suffix("").parts}:
            yield f"{where.as_posix()}: the name says nothing about what is inside"
        hidden = path.stem in LIBRARIES | sys.stdlib_module_names
        if where.parts[:2] == ("maturity", "ui") and hidden and path.stem != "__init__":
            yield f"{where.as_posix()}: a module in ui/ may not bear a library's name"


def page_offences(house: Path) -> Iterator[str]:
    """Pages whose first statement after docstring and imports is not the permission check."""
    for path in sorted((house / "pages").glob("*.py")):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        rest = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom) and not is_docstring(node)]
        if not rest or not is_permission_check(rest[0]):
            yield f"pages/{path.name}: the first statement must be `visitor = require(...)`"


def is_docstring(node: ast.stmt) -> bool:
    """A bare string."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def is_permission_check(node: ast.stmt) -> bool:
    """`visitor = require("verb")` or `require("verb")`, with a verb that is written out."""
    call = node.value if isinstance(node, ast.Assign | ast.Expr) else None
    named = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "require"
    return named and len(call.args) == 1 and isinstance(call.args[0], ast.Constant)


def sql_offences(house: Path) -> Iterator[str]:
    """SQL text put together from values: `execute(f"...")`, `"..." % x`, `"..." + x`, `"...".format(x)`."""
    for path in sorted((house / "maturity" / "storage").rglob("*.py")):
        if path.name in SEAM:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_execute = isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"execute", "executemany"}
            if is_execute and any(is_put_together(text) for text in node.args[:1]):
                yield f"{path.relative_to(house).as_posix()}:{node.lineno}: SQL is put together from values"


def is_put_together(text: ast.expr) -> bool:
    """An f-string, a sum or a remainder of strings, or a call of `format`."""
    formatted = isinstance(text, ast.Call) and getattr(text.func, "attr", "") == "format"
    return formatted or isinstance(text, ast.JoinedStr | ast.BinOp)


def offences(house: Path) -> list[str]:
    """Everything in a house that breaks its rules, one sentence each."""
    kinds = (import_offences, naming_offences, page_offences, sql_offences)
    return [sentence for kind in kinds for sentence in kind(house)]


@pytest.mark.parametrize("kind", [import_offences, naming_offences, page_offences, sql_offences])
def test_this_house_keeps_its_rules(kind):
    assert list(kind(ROOT)) == []


def test_every_screen_of_the_menu_is_a_page_that_requires_its_verb():
    from maturity.ui.navigation import SCREENS

    for name, screen in SCREENS.items():
        assert f'require("{screen.verb}")' in (ROOT / "pages" / f"{name}.py").read_text(encoding="utf-8"), name
    assert {path.stem for path in (ROOT / "pages").glob("*.py")} == set(SCREENS)


def build(house: Path, files: dict[str, str]) -> Path:
    """A small house of the given files."""
    for name, text in files.items():
        path = house / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return house


BROKEN = {
    "a door that enters the cellar": ("maturity/ui/a.py", "from maturity import storage"),
    "a door that enters it by a longer name": ("maturity/web/a.py", "import maturity.storage.store as s"),
    "a relative import": ("maturity/framework/formats/a.py", "from ...storage import store"),
    "a relative import of a room": ("maturity/framework/a.py", "from .. import assessment"),
    "an import inside a function": ("maturity/cli.py", "def f():\n    from maturity.storage import store"),
    "an import by name": ("maturity/ui/a.py", "import importlib\nimportlib.import_module('maturity.storage')"),
    "the command line's other file": ("maturity/cli_tables.py", "from maturity.storage import store"),
    "the way back": ("maturity/assessment/a.py", "from maturity.planning.plan import Plan"),
    "access that knows a room": ("maturity/access/a.py", "from maturity.words import messages"),
    "demo that knows operations": ("maturity/demo/a.py", "from maturity.operations import setup"),
    "words that know a room": ("maturity/words/a.py", "from ..framework.model import Framework"),
    "one door through another": ("maturity/web/a.py", "from maturity.ui import context"),
    "streamlit in a room": ("maturity/charts/a.py", "import streamlit as st"),
    "duckdb in operations": ("maturity/operations/a.py", "import duckdb"),
    "altair on a page": ("pages/a.py", 'import altair\nvisitor = require("answer")'),
    "starlette in ui": ("maturity/ui/a.py", "from starlette.routing import Route"),
    "an unknown room": ("maturity/attic/a.py", "x = 1"),
    "a name that says nothing": ("maturity/planning/utils.py", "x = 1"),
    "a folder that says nothing": ("maturity/planning/common/a.py", "x = 1"),
    "a library's name in ui": ("maturity/ui/pandas.py", "x = 1"),
    "a standard library's name in ui": ("maturity/ui/calendar.py", "x = 1"),
    "a page without the check": ("pages/a.py", '"""A page."""\nimport os\n'),
    "a page that shows first": ("pages/a.py", 'st.title("A")\nvisitor = require("answer")\n'),
    "a page that checks in a condition": ("pages/a.py", 'if True:\n    visitor = require("answer")\n'),
    "a page that calls another check": ("pages/a.py", 'visitor = desire("answer")\n'),
    "SQL with a value inside": ("maturity/storage/a.py", 'c.execute(f"delete from {t}")'),
    "SQL formatted": ("maturity/storage/a.py", 'c.execute("delete from {}".format(t))'),
    "SQL put together": ("maturity/storage/a.py", 'c.execute("delete from " + t)'),
}


@pytest.mark.parametrize(("name", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_rule_is_found_and_named(tmp_path, name, text):
    found = offences(build(tmp_path, {name: text}))
    assert len(found) == 1
    assert found[0].startswith(name.rpartition("/")[0] or name)


KEPT = {
    "maturity/planning/a.py": "from maturity.framework.model import FileValue\nfrom .. import assessment",
    "maturity/operations/a.py": "from maturity.storage import store\nfrom maturity.demo import city",
    "maturity/storage/a.py": 'from maturity.access.roles import Grant\nc.execute("select 1", [2])',
    "maturity/ui/a.py": "import streamlit as st\nfrom maturity.operations import setup",
    "maturity/charts/a.py": "import altair as alt\nfrom maturity.words import messages",
    "pages/a.py": '"""A page."""\nfrom maturity.ui.context import require\nvisitor = require("answer")\n',
    "maturity/cli.py": "from maturity.cli_tables import table",
    "maturity/cli_tables.py": "from maturity.planning.plan import Plan",
    "pages/b.py": 'require("answer")\n',
    "app.py": "import streamlit\nfrom maturity.web import gate\nfrom maturity import ui",
}


def test_what_is_allowed_is_not_complained_about(tmp_path):
    assert offences(build(tmp_path, KEPT)) == []
