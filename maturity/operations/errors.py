"""One clear sentence for whatever is refused outside the domain rooms."""

from __future__ import annotations


class Refused(RuntimeError):
    """A change or a read that is refused: the message says what, where and how to mend it."""


class Changed(Refused):
    """Somebody else changed the same thing meanwhile: both versions are still there."""
