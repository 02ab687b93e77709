"""The address by which people reach Waymark: what every personal link begins with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.errors import Refused
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.storage import setup as stored
from maturity.storage.audit import record
from maturity.storage.engine import Tx

USUAL = "http://localhost:8501"
SETTING = "address"
LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What links begin with, without a slash at the end; `kept` where the organisation has given it itself."""

    url: str
    kept: bool = False

    @property
    def only_here(self) -> bool:
        """Whether links with it work on this very computer only."""
        name = urlsplit(self.url).hostname or ""
        return name in ("localhost", "::1", "0.0.0.0") or name.startswith("127.") or name.endswith(".localhost")


def named_address() -> str:
    """The address that `WAYMARK_URL` gives, else the one of a server on this computer."""
    return checked_address(os.environ.get("WAYMARK_URL") or USUAL)


def stored_address(settings: Mapping[str, Any]) -> str:
    """The address that an organisation with these settings gave, else `WAYMARK_URL`, else ""."""
    given = str(settings.get(SETTING) or "") or os.environ.get("WAYMARK_URL", "")
    return given.strip().rstrip("/")


def checked_address(text: str) -> str:
    """An address as links can begin with it, or a refusal."""
    given = text.strip().rstrip("/")
    try:
        parts = urlsplit(given)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        whole = False
    if not whole or parts.query or parts.fragment or "@" in parts.netloc or len(given) > LONGEST:
        raise Refused(f"{text.strip()!r} is no address of a server; write it like https://waymark.city.example")
    if not given.isascii() or any(each.isspace() or each in "\"'<>\\" for each in given):
        raise Refused(f"{text.strip()!r} has signs that no address has; write it like https://waymark.city.example")
    return given


def address(
    workspace: Workspace, visitor: Visitor, visit: str | None = None, organisation: str | None = None
) -> Address:
    """What links begin with: what the organisation gave, else `WAYMARK_URL`, else what this visit came to, an address
    without the page."""
    mine = the_organisation(workspace, visitor, organisation, verb="invite")
    with workspace.store.reading() as tx:
        settings = next((each.settings for each in stored.organisations(tx) if each.id == mine.id), {})
    if settings.get(SETTING):
        return Address(url=str(settings[SETTING]), kept=True)
    return Address(url=named_address() if os.environ.get("WAYMARK_URL") or not visit else checked_address(visit))


def set_address(workspace: Workspace, visitor: Visitor, text: str, organisation: str | None = None) -> None:
    """Keeps the address by which people reach Waymark; an empty one forgets it."""
    mine = the_organisation(workspace, visitor, organisation, verb="invite")
    require(visitor, "manage_people", organisation=mine.id)
    given = checked_address(text) if text.strip() else ""

    def write(tx: Tx) -> None:
        kept = next(each for each in stored.organisations(tx) if each.id == mine.id)
        stored.save_organisation(tx, replace(kept, settings={**kept.settings, SETTING: given}))
        detail = {"address": given}
        record(
            tx, made_at=workspace.clock(), actor=visitor.person, verb="set address", subject=mine.name, detail=detail
        )

    workspace.store.write(write)
