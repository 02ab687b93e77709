"""How often wrong join codes may be tried. Nobody learns by trying which codes are right, and nobody is in the way.

A code is one of 24^6 = 191,102,976. It takes new people for 12 hours after the workshop's last step. In these, an
address that tries on and on has 120 + 12 * 60 * 6 = 4,440 tries: the chance that it finds one open workshop is 1 in
43,000. All addresses of the world together have 1,200 + 12 * 60 * 30 = 22,800 tries: 1 in 8,400. What is won is one
more seat in the room, which the facilitator sees in the count.

A hall shares one address. 300 people may mistype 120 codes at once and 6 a minute after that; a right code costs no
try, and who has a seat is never asked.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

TRIES, PER_MINUTE = 120, 6
TRIES_OF_ALL, PER_MINUTE_OF_ALL = 1_200, 30
MOST_ADDRESSES = 10_000


@dataclass(slots=True)
class _Left:
    """Tries left at a time, in seconds of the clock."""

    tries: float
    at: float


class Tries:
    """Counts wrong codes per address and altogether. `clock` gives seconds that only rise."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.of_all = _Left(TRIES_OF_ALL, clock())
        self.by_address: dict[str, _Left] = {}

    def seconds_to_wait(self, address: str) -> int:
        """0 where a code may be tried from here now, else the seconds until one may be."""
        here = self.by_address.get(network(address))
        lack = self._lack(self.of_all, TRIES_OF_ALL, PER_MINUTE_OF_ALL)
        return max(lack, self._lack(here, TRIES, PER_MINUTE) if here else 0)

    def count_wrong(self, address: str) -> None:
        """One more wrong code from here."""
        known = network(address)
        if known not in self.by_address and len(self.by_address) >= MOST_ADDRESSES:
            self.by_address.pop(next(iter(self.by_address)))
        here = self.by_address.setdefault(known, _Left(TRIES, self.clock()))
        for left, most, per_minute in ((here, TRIES, PER_MINUTE), (self.of_all, TRIES_OF_ALL, PER_MINUTE_OF_ALL)):
            self._refill(left, most, per_minute)
            left.tries = max(0.0, left.tries - 1)

    def _lack(self, left: _Left, most: int, per_minute: int) -> int:
        self._refill(left, most, per_minute)
        return 0 if left.tries >= 1 else math.ceil((1 - left.tries) * 60 / per_minute)

    def _refill(self, left: _Left, most: int, per_minute: int) -> None:
        now = self.clock()
        left.tries, left.at = min(float(most), left.tries + (now - left.at) * per_minute / 60), now


def network(address: str) -> str:
    """An address, or of IPv6 the 64 bits that one household has to itself."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or (int(known) >> 64))
    return str(known)
