"""Frameworks and action catalogues: each version is stored once and never changes."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from pydantic import ValidationError

from maturity.framework.model import Framework
from maturity.planning.catalogue import ActionCatalogue
from maturity.storage.engine import NotStored, RuleBroken, StoreRefused, Tx, new_id
from maturity.storage.revision import SETUP, bump
from maturity.storage.rows import CatalogueVersion, FrameworkVersion


def save_framework(tx: Tx, framework: Framework, now: datetime) -> UUID:
    """Store a version and return its id; the same text again changes nothing, another text is `RuleBroken`."""
    body = framework.model_dump_json()
    sha256 = _sha256(body)
    stored = tx.one(
        "SELECT id, sha256 FROM framework_version WHERE code = $code AND version = $version",
        code=framework.id,
        version=framework.version,
    )
    if stored:
        return _same(stored["id"], stored["sha256"] == sha256, f"framework {framework.id}", framework.version)
    bump(tx, SETUP)
    made = new_id(now)
    tx.run(
        """INSERT INTO framework_version(id, code, version, sha256, body, imported_at)
           VALUES ($id, $code, $version, $sha256, $body, $now)""",
        id=made,
        code=framework.id,
        version=framework.version,
        sha256=sha256,
        body=body,
        now=now,
    )
    return made


def framework(tx: Tx, version_id: UUID) -> Framework:
    """The framework of a stored version."""
    row = tx.one("SELECT code, version, body FROM framework_version WHERE id = $id", id=version_id)
    if row is None:
        raise NotStored(f"no framework version {version_id} is in the store; import the framework first")
    try:
        return Framework.model_validate_json(row["body"])
    except ValidationError as reason:
        raise _unreadable(f"framework {row['code']} {row['version']}", reason) from reason


def framework_versions(tx: Tx) -> list[FrameworkVersion]:
    """All stored versions by code, the newest import of each first."""
    found = tx.rows(
        """SELECT id, code, version, sha256, imported_at FROM framework_version
           ORDER BY code COLLATE "C", imported_at DESC, id DESC"""
    )
    return [FrameworkVersion(**row) for row in found]


def save_catalogue(tx: Tx, catalogue: ActionCatalogue, now: datetime) -> UUID:
    """Store a version and return its id; the same text again changes nothing, another text is `RuleBroken`."""
    body = catalogue.model_dump_json()
    sha256 = _sha256(body)
    stored = tx.one(
        "SELECT id, sha256 FROM catalogue_version WHERE code = $code AND version = $version",
        code=catalogue.id,
        version=catalogue.version,
    )
    if stored:
        return _same(stored["id"], stored["sha256"] == sha256, f"action catalogue {catalogue.id}", catalogue.version)
    bump(tx, SETUP)
    made = new_id(now)
    tx.run(
        """INSERT INTO catalogue_version(id, code, version, framework_code, sha256, body, imported_at)
           VALUES ($id, $code, $version, $framework, $sha256, $body, $now)""",
        id=made,
        code=catalogue.id,
        version=catalogue.version,
        framework=catalogue.framework,
        sha256=sha256,
        body=body,
        now=now,
    )
    return made


def catalogue(tx: Tx, version_id: UUID) -> ActionCatalogue:
    """The action catalogue of a stored version."""
    row = tx.one("SELECT code, version, body FROM catalogue_version WHERE id = $id", id=version_id)
    if row is None:
        raise NotStored(f"no catalogue version {version_id} is in the store; import the catalogue first")
    try:
        return ActionCatalogue.model_validate_json(row["body"])
    except ValidationError as reason:
        raise _unreadable(f"action catalogue {row['code']} {row['version']}", reason) from reason


def catalogue_versions(tx: Tx, framework_code: str | None = None) -> list[CatalogueVersion]:
    """All stored versions, of one framework where it is named; the newest import first."""
    found = tx.rows(
        """SELECT id, code, version, framework_code, sha256, imported_at FROM catalogue_version
           WHERE CAST($framework AS TEXT) IS NULL OR framework_code = $framework
           ORDER BY imported_at DESC, id DESC""",
        framework=framework_code,
    )
    return [CatalogueVersion(**row) for row in found]


def _sha256(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _same(version_id: UUID, same: bool, what: str, version: str) -> UUID:
    if not same:
        raise RuleBroken(f"{what} {version} is stored already with other content: give the changed file a new version")
    return version_id


def _unreadable(what: str, reason: ValidationError) -> StoreRefused:
    first = reason.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return StoreRefused(
        f"the stored {what} does not fit this program ({place or 'file'}: {first['msg']}): import it anew"
    )
