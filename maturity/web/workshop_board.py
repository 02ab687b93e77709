"""What phones ask every few seconds: has the room gone on? One look at the store answers all of them.

Per workshop the store is asked at most about twice a second, whatever number of phones; who asks meanwhile waits for
the look that is under way.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from random import random

from maturity.operations.workshop_seats import RoomNow
from maturity.web.threads import read_soon

FRESH = 0.5
"""Seconds for which a look holds."""
LOOKS_PER_SECOND = 100
"""More phones than this wait longer, so that all of them together ask no more often."""
WAITS = ((60.0, 1.0), (300.0, 2.0), (float("inf"), 4.0))
"""Seconds since the last step up to which a phone waits so many seconds until its next look."""
GONE_AFTER = 30.0
MOST_PHONES = 2_000


class Board:
    """How one workshop stands, and which phones look. `look` asks the store; `clock` gives seconds that only rise."""

    def __init__(
        self,
        look: Callable[[], RoomNow],
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random,
    ) -> None:
        self.look, self.clock, self.chance = look, clock, chance
        self.lock = threading.Lock()
        self.seen: RoomNow | None = None
        self.seen_at = self.changed_at = self.counted_at = clock()
        self.under_way: Future[RoomNow] | None = None
        self.phones: dict[str, float] = {}

    async def now(self) -> RoomNow:
        """How the workshop stands, at most half a second old; whoever waits for a look hears what it raises."""
        with self.lock:
            if self.seen is not None and self.clock() - self.seen_at < FRESH:
                return self.seen
            if self.under_way is None:
                self.under_way = read_soon(self._look)
            waited_for = self.under_way
        # Shielded: a phone that hangs up does not take the look away from the others.
        return await asyncio.shield(asyncio.wrap_future(waited_for))

    def knows(self, seat: str) -> bool:
        """Whether a cookie was seen to hold a seat here."""
        return seat in self.phones

    def milliseconds_to_wait(self, seat: str) -> int:
        """How long the phone with this cookie, which is now known, is to wait: by chance a quarter more or less, so
        that phones that began together do not ask together."""
        now = self.clock()
        if seat in self.phones or len(self.phones) < MOST_PHONES:
            self.phones[seat] = now
        if now - self.counted_at > GONE_AFTER / 2:
            self.phones = {each: at for each, at in self.phones.items() if now - at < GONE_AFTER}
            self.counted_at = now
        quiet = next(wait for until, wait in WAITS if now - self.changed_at < until)
        seconds = max(quiet, len(self.phones) / LOOKS_PER_SECOND)
        return int(1000 * seconds * (0.75 + self.chance() / 2))

    def _look(self) -> RoomNow:
        try:
            found = self.look()
        except BaseException:
            with self.lock:
                self.under_way = None
            raise
        with self.lock:
            if self.seen is None or self.seen.version != found.version:
                self.changed_at = self.clock()
            self.seen, self.seen_at, self.under_way = found, self.clock(), None
        return found
