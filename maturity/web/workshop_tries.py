"""How often wrong join codes may be tried. Nobody learns by trying which codes are right, and nobody is in the way.

A code is one of 24^6 = 191,102,976. It takes new people for 12 hours after the workshop's last step. In these, an
address that tries on and on has 120 + 12 * 60 * 6 = 4,440 tries: the chance that it finds one open workshop is 1 in
43,000. All addresses of the world together have 1,200 + 12 * 60 * 30 = 22,800 tries: 1 in 8,400. What is won is one
more seat in the room, which the facilitator sees in the count.

A hall shares one address. 300 people may mistype 120 codes at once and 6 a minute after that; a right code costs no
try, and who has a seat is never asked.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from maturity.web.allowances import Allowances, Rule, network

TRIES, PER_MINUTE = 120, 6
TRIES_OF_ALL, PER_MINUTE_OF_ALL = 1_200, 30


class Tries:
    """Counts wrong codes per address and altogether. `clock` gives seconds that only rise."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.left = Allowances(Rule(TRIES, 60 / PER_MINUTE), Rule(TRIES_OF_ALL, 60 / PER_MINUTE_OF_ALL), clock)

    def seconds_to_wait(self, address: str) -> int:
        """0 where a code may be tried from here now, else the seconds until one may be."""
        return self.left.seconds_to_wait(network(address))

    def count_wrong(self, address: str) -> None:
        """One more wrong code from here."""
        self.left.count(network(address))
