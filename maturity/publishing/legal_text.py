"""Texts that files of XML can hold: what they cannot hold is taken out, and one sees that something was."""

from __future__ import annotations

import re

REMOVED = "\N{REPLACEMENT CHARACTER}"
"""Stands where a character was taken out."""
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def legal(text: str) -> str:
    """The text without control characters and halves of characters, each replaced by U+FFFD; marks that would turn
    the direction of what follows go without a trace."""
    return _ILLEGAL.sub(REMOVED, _TURNS.sub("", text))


def one_line(text: str) -> str:
    """The legal text with its line breaks as spaces."""
    return " ".join(legal(text).split())
