"""What people wrote, shown as they wrote it: nothing in it is taken for a mark of Markdown."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")


def plain(text: str) -> str:
    """A text from a file or a person, so that no part of it is read as Markdown."""
    return _MARKS.sub(r"\\\1", text.replace("\n", " "))
