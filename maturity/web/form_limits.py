"""How often public forms may be sent, without keeping who sends: addresses become hashes under a key of chance that
lives in memory alone and is another one every day.

An address may send 30 forms at once and one more every two minutes after that. A library or an office shares one
address, and behind a proxy that is not trusted the whole city does; so this only slows programs down. What protects
moderators is the limit of comments an hour (operations/public_comments.py), and here the one of all forms together.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

FORMS, SECONDS_EACH = 30, 120
FORMS_OF_ALL, SECONDS_EACH_OF_ALL = 600, 6
MOST_ADDRESSES = 10_000
DAY = 24 * 3600


@dataclass(slots=True)
class _Left:
    forms: float
    at: float


class FormLimits:
    """Counts forms per address and altogether. `clock` gives seconds that only rise, `chance` so many random bytes."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, chance: Callable[[int], bytes] = secrets.token_bytes
    ) -> None:
        self.clock, self.chance = clock, chance
        self.of_all = _Left(FORMS_OF_ALL, clock())
        self._new_day()

    def take(self, address: str) -> bool:
        """Takes one form from this address; False where it has sent too many, or all together have."""
        if self.clock() - self.began >= DAY:
            self._new_day()
        known = hashlib.blake2b(address.encode(), key=self.key, digest_size=16).digest()
        if known not in self.by_address and len(self.by_address) >= MOST_ADDRESSES:
            self.by_address.pop(next(iter(self.by_address)))
        here = self.by_address.setdefault(known, _Left(FORMS, self.clock()))
        self._refill(here, FORMS, SECONDS_EACH)
        self._refill(self.of_all, FORMS_OF_ALL, SECONDS_EACH_OF_ALL)
        if here.forms < 1 or self.of_all.forms < 1:
            return False
        here.forms -= 1
        self.of_all.forms -= 1
        return True

    def _new_day(self) -> None:
        self.key, self.began = self.chance(32), self.clock()
        self.by_address: dict[bytes, _Left] = {}

    def _refill(self, left: _Left, most: int, seconds_each: int) -> None:
        now = self.clock()
        left.forms, left.at = min(float(most), left.forms + (now - left.at) / seconds_each), now
