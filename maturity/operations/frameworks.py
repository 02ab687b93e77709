"""Frameworks and action catalogues: the files that come with Waymark and those that are imported."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import yaml

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.framework.formats.table import load_table
from maturity.framework.load import load_framework
from maturity.framework.model import Framework, FrameworkError
from maturity.framework.narrow import narrowed
from maturity.operations.errors import Refused
from maturity.operations.kept import Kept
from maturity.operations.workspace import DATA, Workspace
from maturity.planning.catalogue import ActionCatalogue, CatalogueError
from maturity.planning.load_catalogue import check_catalogue, fitted, load_catalogue
from maturity.storage import frameworks as stored
from maturity.storage.audit import record
from maturity.storage.engine import RuleBroken, Tx

FORMATS = ("yaml", "csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkVersion:
    """A framework as the store has it; `shipped` where it comes with Waymark and is not stored yet."""

    id: UUID | None
    code: str
    version: str
    name: str
    questions: int
    shipped: bool


@lru_cache(maxsize=1)
def shipped_frameworks() -> tuple[Framework, ...]:
    """The framework files in `data/frameworks/`, in the order of their names."""
    return tuple(load_framework(path) for path in sorted((DATA / "frameworks").glob("*.yaml")))


@lru_cache(maxsize=1)
def shipped_catalogues() -> tuple[ActionCatalogue, ...]:
    """The action catalogues in `data/actions/`, in the order of their names."""
    return tuple(load_catalogue(path) for path in sorted((DATA / "actions").glob("*.yaml")))


def catalogue_for(framework: Framework) -> ActionCatalogue | None:
    """The action catalogue that fits a framework, or None: then nothing can be proposed for its gaps.

    Where the framework has only some of the catalogue's topics, its actions raise those only."""
    for place, catalogue in enumerate(shipped_catalogues()):
        if catalogue.framework == framework.id:
            key = (place, frozenset(framework.topics))
            found = _fitted.get(key) or _fitted.put(key, fitted(catalogue, framework))
            check_catalogue(found, framework)
            return found
    return None


def framework_versions(workspace: Workspace, visitor: Visitor) -> tuple[FrameworkVersion, ...]:
    """Every framework that a round can use: the stored ones, then the shipped ones that are not stored yet."""
    require(visitor, "manage_rounds", organisation=None)
    with workspace.store.reading() as tx:
        kept = [(row.id, framework_by_id(tx, row.id)) for row in stored.framework_versions(tx)]
    known = {(framework.id, framework.version) for _, framework in kept}
    fresh = [(None, f) for f in shipped_frameworks() if (f.id, f.version) not in known]
    return tuple(_version(identity, framework) for identity, framework in [*kept, *fresh])


def _version(identity: UUID | None, framework: Framework) -> FrameworkVersion:
    return FrameworkVersion(
        id=identity,
        code=framework.id,
        version=framework.version,
        name=framework.name,
        questions=len(framework.questions),
        shipped=identity is None,
    )


def read_framework_file(path: Path, *, code: str | None = None, format: str | None = None) -> Framework:
    """The framework in a file: YAML, or a table (CSV) for which `code` gives the id. Raises FrameworkError."""
    kind = format or ("csv" if path.suffix.lower() == ".csv" else "yaml")
    if kind not in FORMATS:
        raise FrameworkError(f"{kind!r} is no framework format; there are {', '.join(FORMATS)}")
    if kind == "csv":
        return load_table(path, code=code or path.stem)
    framework = load_framework(path)
    return framework.model_copy(update={"id": code}) if code else framework


def import_framework(workspace: Workspace, visitor: Visitor, framework: Framework) -> Framework:
    """Keeps a framework in the store; the same version with other contents is refused."""
    require(visitor, "administer", organisation=None)
    workspace.store.write(keep_framework, framework, workspace, visitor)
    return framework


def keep_framework(tx: Tx, framework: Framework, workspace: Workspace, visitor: Visitor) -> UUID:
    """Inside a transaction: the id of the stored framework version, kept now if it was not there."""
    known = {(row.code, row.version) for row in stored.framework_versions(tx)}
    try:
        identity = stored.save_framework(tx, framework, workspace.clock())
    except RuleBroken as error:
        raise Refused(str(error)) from None
    if (framework.id, framework.version) not in known:
        detail = {"version": framework.version, "questions": len(framework.questions)}
        now = workspace.clock()
        record(tx, made_at=now, actor=visitor.person, verb="import framework", subject=framework.id, detail=detail)
    return identity


def find_framework(workspace: Workspace, visitor: Visitor, code: str) -> Framework:
    """The newest stored framework with this id, else the shipped one; refuses an unknown id and lists the known."""
    require(visitor, "read_help", organisation=None)
    with workspace.store.reading() as tx:
        kept = {row.code: row.id for row in reversed(stored.framework_versions(tx))}
        if code in kept:
            return framework_by_id(tx, kept[code])
    shipped = {framework.id: framework for framework in shipped_frameworks()}
    if code in shipped:
        return shipped[code]
    raise Refused(f"there is no framework {code!r}; there are {', '.join(sorted({*kept, *shipped}))}")


_parsed = Kept[UUID, Framework](32)
_narrowed = Kept[tuple[UUID, tuple[str, ...]], Framework](32)
_fitted = Kept[tuple[int, frozenset[str]], ActionCatalogue](32)


def framework_by_id(tx: Tx, identity: UUID) -> Framework:
    """Inside a transaction: a stored framework version. A version never changes, so it is parsed once."""
    return _parsed.get(identity) or _parsed.put(identity, stored.framework(tx, identity))


def framework_of_round(tx: Tx, identity: UUID, topics: tuple[str, ...]) -> Framework:
    """Inside a transaction: the framework version that a round is pinned to, with the topics that the round asks about
    (empty: all of them). Kept, so that it is the same object each time."""
    whole = framework_by_id(tx, identity)
    if not topics:
        return whole
    key = (identity, topics)
    return _narrowed.get(key) or _narrowed.put(key, narrowed(whole, topics))


def framework_text(framework: Framework) -> str:
    """The framework as a YAML file that `framework import` reads back to the same value."""
    body = json.loads(framework.model_dump_json(exclude_defaults=True))
    return yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=110)


def problems_of(path: Path) -> Sequence[str]:
    """What is wrong with a framework or catalogue file; empty where nothing is."""
    try:
        document = load_framework(path) if path.suffix.lower() != ".csv" else load_table(path, code=path.stem)
    except FrameworkError as error:
        return _catalogue_problems(path, error)
    return [] if document else ["the file is empty"]


def _catalogue_problems(path: Path, error: FrameworkError) -> Sequence[str]:
    """A file that is no framework may be a catalogue: it has actions."""
    if "actions" not in str(error) and "roles" not in str(error):
        return [str(error)]
    try:
        catalogue = load_catalogue(path)
        for framework in shipped_frameworks():
            if framework.id == catalogue.framework:
                check_catalogue(catalogue, framework)
        return []
    except (CatalogueError, FrameworkError) as broken:
        return [str(broken)]
