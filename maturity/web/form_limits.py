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

from maturity.web.allowances import Allowances, Rule

FORMS, SECONDS_EACH = 30, 120
FORMS_OF_ALL, SECONDS_EACH_OF_ALL = 600, 6
DAY = 24 * 3600


class FormLimits:
    """Counts forms per address and altogether. `clock` gives seconds that only rise, `chance` so many random bytes."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, chance: Callable[[int], bytes] = secrets.token_bytes
    ) -> None:
        self.clock, self.chance = clock, chance
        self.left = Allowances(Rule(FORMS, SECONDS_EACH), Rule(FORMS_OF_ALL, SECONDS_EACH_OF_ALL), clock)
        self._new_day()

    def take(self, address: str) -> bool:
        """Takes one form from this address; False where it has sent too many, or all together have."""
        if self.clock() - self.began >= DAY:
            self._new_day()
        known = hashlib.blake2b(address.encode(), key=self.key, digest_size=16).digest()
        if self.left.seconds_to_wait(known):
            return False
        self.left.count(known)
        return True

    def _new_day(self) -> None:
        self.key, self.began = self.chance(32), self.clock()
        self.left.forget()
