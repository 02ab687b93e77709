"""What the checker finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule: a code of `maturity.words`, the action, role or step it is about, and its numbers."""

    code: str
    subject: str
    values: Mapping[str, Any] = field(default_factory=dict)
