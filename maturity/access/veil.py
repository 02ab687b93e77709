"""What an anonymous round knows its people by: a code that only the round's secret can make from a person."""

from __future__ import annotations

import hashlib
import hmac

SOMEBODY = "respondent"
"""What stands in logs where an anonymous respondent did something: one word for all of them."""


def veiled(secret: str, person: str) -> str:
    """The same code for the same person and secret; nobody makes it without the secret, nor the person from it."""
    return hmac.new(secret.encode(), person.encode(), hashlib.sha256).hexdigest()
