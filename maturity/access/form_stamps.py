"""The stamp in a public form: its number, when it was given out, and a seal, so that nobody makes one up."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from uuid import UUID

_STAMP = re.compile(r"([0-9a-f]{32})\.(\d{1,12})\.([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class FormStamp:
    """A form's number, by which it counts once, and the second (since 1970, UTC) in which it was given out."""

    number: UUID
    at: int


def sealed(key: str, stamp: FormStamp) -> str:
    """The stamp as it stands in the form's hidden field."""
    return f"{stamp.number.hex}.{stamp.at}.{_seal(key, stamp.number.hex, str(stamp.at))}"


def read_stamp(key: str, text: str) -> FormStamp | None:
    """The stamp that was sealed with this key; None for any other text."""
    found = _STAMP.fullmatch(text)
    if found is None or not hmac.compare_digest(found[3], _seal(key, found[1], found[2])):
        return None
    return FormStamp(UUID(found[1]), int(found[2]))


def _seal(key: str, number: str, at: str) -> str:
    return hmac.new(key.encode(), f"form.{number}.{at}".encode(), hashlib.sha256).hexdigest()
