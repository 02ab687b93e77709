"""Who asks for a report, of which organisation, on which day: what every part of its facts is read with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from maturity.access.permissions import NotPermitted
from maturity.access.roles import Visitor
from maturity.operations.errors import Refused
from maturity.operations.setup import Organisation
from maturity.operations.workspace import Workspace

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A visitor who may read reports of an organisation, on the organisation's own day. `missing` collects what a
    report has nothing of, as code and sentence."""

    workspace: Workspace
    visitor: Visitor
    organisation: Organisation
    today: date
    missing: dict[str, str]

    def lacks(self, code: str, why: str = "") -> None:
        """Notes that the report has nothing of something; `why` is a sentence where the usual one would say less."""
        self.missing.setdefault(code, f"{why[:1].upper()}{why[1:].rstrip('.')}." if why else "")

    def permitted(self, read: Callable[[], T], usual: T) -> T:
        """What `read` gives, or `usual` where the visitor may not read it, or it is not there to be read."""
        try:
            return read()
        except (NotPermitted, Refused):
            return usual
