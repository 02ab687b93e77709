"""Somebody in a workshop: comes in by phone, waits as the page's script does, votes, and sees what is revealed."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from uuid import UUID

from benchmarks.counted import Cast
from benchmarks.phone import Answered, Phone, Refusing
from benchmarks.times import Times
from maturity.assessment.terms import ROLE_FAMILIES

LEVELS = 5
DOES_NOT_KNOW, CHANGES_MIND = 0.05, 0.1
THINKING = 1.0  # seconds after which somebody who changes their mind does
SECONDS_TO_COME = 60  # for a page that must show something sooner or later


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """So many phones come in within `seconds`, and vote within `seconds` after the vote was opened."""

    phones: int = 300
    seconds: float = 10
    seed: int = 1


@dataclass(slots=True)
class Seen(Times):
    """What happened: who came in, every vote that was sent; and when (by `perf_counter`) the vote was opened, the last
    phone's first vote was acknowledged, and each phone saw the reveal."""

    joined: list[UUID] = field(default_factory=list)
    casts: list[Cast] = field(default_factory=list)
    opened: float = 0.0
    last_vote: float = 0.0
    reveals: list[float] = field(default_factory=list)


class Participant:
    """One person with one phone. `in_the_room` and `voted` are set as they get so far, also where they never will."""

    def __init__(self, phone: Phone, load: Load, chance: random.Random, seen: Seen) -> None:
        self.phone, self.load, self.chance, self.seen = phone, load, chance, seen
        self.in_the_room, self.voted = asyncio.Event(), asyncio.Event()
        self.page = Answered(0, {}, "")
        self.wait = self.counted_at = 0.0

    async def go(self) -> None:
        """From the door to the reveal."""
        try:
            await asyncio.sleep(self.load.seconds * self.chance.random())
            await self._come_in()
            while "ballot" not in self.page.fields():
                await self._until_the_room_goes_on()
            await self._vote()
            while "ballot" in self.page.fields():
                await self._until_the_room_goes_on()
            self.seen.reveals.append(time.perf_counter())
        except Exception as error:  # one phone's trouble is told at the end, and stops nobody else
            self.seen.errors.append(f"{type(error).__name__}: {error}"[:400])
        finally:
            self.in_the_room.set()
            self.voted.set()
            self.phone.hang_up()

    async def _come_in(self) -> None:
        begun = time.perf_counter()
        form = await self.phone.look()
        self.seen.add("form", _since(begun))
        begun = time.perf_counter()
        onto = await self.phone.join(form, self.chance.choice(list(ROLE_FAMILIES)))
        if self.phone.participant is None:
            raise Refusing("join: a page to go on to, but no cookie")
        self.seen.joined.append(self.phone.participant)
        await self._follow("join", begun, onto)
        self.in_the_room.set()

    async def _follow(self, kind: str, begun: float, onto: str) -> None:
        """Goes on to the page behind a form, and notes how long the form alone took, and all of it."""
        self.seen.add(f"{kind}_post", _since(begun))
        self._shows(await self.phone.look(onto))
        self.seen.add(kind, _since(begun))

    async def _vote(self) -> None:
        """At a random moment after the vote was opened; some think again."""
        at = self.seen.opened + self.load.seconds * self.chance.random()
        await self._until(at)
        await self._cast()
        self.seen.last_vote = max(self.seen.last_vote, self.counted_at)
        if self.chance.random() < CHANGES_MIND:
            await self._until(min(time.perf_counter() + THINKING, self.seen.opened + self.load.seconds))
            await self._cast()
        self.voted.set()

    async def _cast(self) -> None:
        level = None if self.chance.random() < DOES_NOT_KNOW else self.chance.randint(1, LEVELS)
        fields, begun, acknowledged = self.page.fields(), time.perf_counter(), False
        assert self.phone.participant is not None
        try:
            onto = await self.phone.vote(self.page, level)
            acknowledged = True
        finally:
            self.seen.casts.append(
                Cast(
                    participant=self.phone.participant,
                    matter=UUID(fields["matter"][0]),
                    ballot=int(fields["ballot"][0]),
                    level=level,
                    acknowledged=acknowledged,
                )
            )
        self.counted_at = self.counted_at or time.perf_counter()  # who thinks again is counted already
        await self._follow("vote", begun, onto)

    async def _until_the_room_goes_on(self) -> None:
        """Waits until the page is another one."""
        while not await self._asked():
            pass

    async def _until(self, at: float) -> None:
        """Waits until a moment, and asks meanwhile as often as the page's script does."""
        while time.perf_counter() + self.wait < at:
            await self._asked()
        await asyncio.sleep(max(0.0, at - time.perf_counter()))

    async def _asked(self) -> bool:
        """One turn of the page's script: wait, ask, and load the page anew where the room has gone on."""
        await asyncio.sleep(self.wait)
        begun = time.perf_counter()
        now = await self.phone.now()
        self.seen.add("now", _since(begun))
        self.wait = now["wait"] / 1000
        if now["version"] <= (self.page.version() or 0):
            return False
        begun = time.perf_counter()
        self._shows(await self.phone.look())
        self.seen.add("page", _since(begun))
        return True

    def _shows(self, page: Answered) -> None:
        """A page has come: its script asks at once, and then as the answers say."""
        self.page, self.wait = page, 0.0


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000
