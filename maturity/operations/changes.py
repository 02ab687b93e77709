"""One change: one transaction with its entry in the audit trail and the revision that caches are keyed by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.operations.errors import Refused
from maturity.operations.workspace import Workspace
from maturity.storage.audit import record
from maturity.storage.engine import Tx
from maturity.storage.revision import bump

T = TypeVar("T")
LONGEST_TEXT = 4_000


def change(
    workspace: Workspace,
    visitor: Visitor,
    write: Callable[[Tx, datetime], T],
    *,
    scope: str,
    verb: str,
    subject: str,
    detail: Mapping[str, Any] | None = None,
) -> T:
    """Runs `write(tx, now)`, notes who did what, and raises the revision of `scope`, all or nothing."""

    def run(tx: Tx) -> T:
        now = workspace.clock()
        result = write(tx, now)
        said = {key: each.isoformat() if isinstance(each, date) else each for key, each in (detail or {}).items()}
        record(tx, made_at=now, actor=visitor.person, verb=verb, subject=subject, detail=said)
        bump(tx, scope)
        return result

    return workspace.store.write(run)


def plan_scope(organisation_id: UUID) -> str:
    """The revision scope of an organisation's plans, their actions and the progress on them."""
    return f"plan:{organisation_id}"


def public_scope(organisation_id: UUID) -> str:
    """The revision scope of what an organisation shows its residents, and of what they say."""
    return f"public:{organisation_id}"


def identity(written: str, what: str) -> UUID:
    """The id that a page or an address gave, or a refusal."""
    try:
        return UUID(written)
    except ValueError:
        raise Refused(f"{written!r} is no id of {what}; go back to the list and choose again") from None


def short_text(text: str, what: str, *, least: int = 0) -> str:
    """The text without outer blanks, refused where it is missing or longer than 4,000 characters."""
    kept = text.strip()
    if len(kept) < least:
        raise Refused(f"{what} is missing; enter it")
    if len(kept) > LONGEST_TEXT:
        raise Refused(f"{what} has {len(kept)} characters, at most {LONGEST_TEXT} are kept; shorten it")
    return kept
