"""Names of people in a text that residents are to read: found, and taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

LEFT_OUT = "[…]"
"""Stands where the name of a person was."""
LEAST_PART = 4
"""Parts of a name with fewer letters are words too often to be looked for."""


def whole_names(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that stand in a text, however their letters are written; one of a single word only as it is written."""
    return tuple(each for each in sorted(set(names)) if each.strip() and _whole(each).search(text))


def parts_of_names(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Parts of names, of at least four letters, that stand in a text as they are written. They may be other words."""
    parts = {part for each in names if " " in each for part in each.split() if len(part) >= LEAST_PART}
    return tuple(each for each in sorted(parts) if each in text and re.search(rf"\b{re.escape(each)}\b", text))


def without_names(text: str, names: Iterable[str]) -> str:
    """A text with every name of a person replaced by `LEFT_OUT`, the longest first."""
    for each in sorted({name for name in names if name.strip()}, key=lambda name: (-len(name), name)):
        text = _whole(each).sub(LEFT_OUT, text)
    return text


@lru_cache(maxsize=4_096)
def _whole(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(each) for each in name.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE if " " in name.strip() else 0)
