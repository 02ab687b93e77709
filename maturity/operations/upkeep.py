"""Keeping the store healthy: checks, backups, and the audit trail to read."""

from __future__ import annotations

from pathlib import Path

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.errors import Refused
from maturity.operations.workspace import DATA, Workspace
from maturity.storage import audit
from maturity.storage.backup import restore
from maturity.storage.log import check_store
from maturity.storage.rows import AuditEvent

__all__ = ["AuditEvent", "audit_events", "back_up", "problems_of_store", "restore_store"]


def problems_of_store(workspace: Workspace, visitor: Visitor) -> list[str]:
    """What does not fit together in the store: answers and their log, references to nothing, the audit trail."""
    require(visitor, "run_installation", organisation=None)
    return check_store(workspace.store)


def back_up(workspace: Workspace, visitor: Visitor, folder: Path | None = None) -> Path:
    """Writes a consistent copy of the whole store into a new folder and returns it; live use goes on."""
    require(visitor, "run_installation", organisation=None)
    moment = workspace.clock().strftime("%Y%m%d-%H%M%S")
    return workspace.store.backup(folder or DATA / f"backup-{moment}")


def restore_store(folder: Path, url: str) -> dict[str, int]:
    """Makes a new DuckDB store from a backup folder and returns its rows by table; nothing is overwritten."""
    if "://" in url and not url.startswith("duckdb:///"):
        raise Refused("a backup folder is restored into a DuckDB file; a server is restored with its own tools")
    return restore(folder, Path(url.removeprefix("duckdb:///")))


def audit_events(workspace: Workspace, visitor: Visitor, limit: int = 100) -> list[AuditEvent]:
    """The newest entries of the audit trail, the newest first."""
    require(visitor, "run_installation", organisation=None)
    return audit.events(workspace.store, limit)
