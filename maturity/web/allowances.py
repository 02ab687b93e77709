"""How often something may be done: so much at once, and one more every so many seconds after that.

Each address has its own allowance, and all of them share one: what is done behind many addresses ends there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple

MOST_ADDRESSES = 10_000


class Rule(NamedTuple):
    """`at_once` may be done without waiting, and one more after every `seconds_each`."""

    at_once: int
    seconds_each: float


@dataclass(slots=True)
class _Left:
    """What is left at a time, in seconds of the clock."""

    number: float
    at: float


class Allowances:
    """What addresses, or what stands for them, have left of a rule. `clock` gives seconds that only rise."""

    def __init__(self, each: Rule, of_all: Rule, clock: Callable[[], float]) -> None:
        self.each, self.of_all, self.clock = each, of_all, clock
        self._all = _Left(of_all.at_once, clock())
        self.by_address: dict[Hashable, _Left] = {}

    def seconds_to_wait(self, address: Hashable) -> int:
        """0 where it may be done from here now, else the seconds until it may."""
        here = self.by_address.get(address)
        lack = self._lack(self._all, self.of_all)
        return max(lack, self._lack(here, self.each) if here else 0)

    def count(self, address: Hashable) -> None:
        """Once more from here."""
        if address not in self.by_address and len(self.by_address) >= MOST_ADDRESSES:
            self.by_address.pop(next(iter(self.by_address)))
        here = self.by_address.setdefault(address, _Left(self.each.at_once, self.clock()))
        for left, rule in ((here, self.each), (self._all, self.of_all)):
            self._refill(left, rule)
            left.number = max(0.0, left.number - 1)

    def forget(self) -> None:
        """Every address begins anew; what all share goes on."""
        self.by_address.clear()

    def _lack(self, left: _Left, rule: Rule) -> int:
        self._refill(left, rule)
        return 0 if left.number >= 1 else math.ceil((1 - left.number) * rule.seconds_each)

    def _refill(self, left: _Left, rule: Rule) -> None:
        now = self.clock()
        left.number, left.at = min(float(rule.at_once), left.number + (now - left.at) / rule.seconds_each), now


def network(address: str) -> str:
    """An address, or of IPv6 the 64 bits that one household has to itself."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or (int(known) >> 64))
    return str(known)
