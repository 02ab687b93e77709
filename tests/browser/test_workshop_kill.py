"""The server is killed while twenty phones vote: what was acknowledged stands, and everybody carries on."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from uuid import UUID

import pytest

from benchmarks.counted import Cast, compare
from benchmarks.phone import Phone
from benchmarks.room import prepare, take
from maturity.assessment.terms import ROLE_FAMILIES
from maturity.operations.workspace import Workspace
from maturity.storage.engine import open_store
from tests.browser.conftest import started

PHONES = 20
BEFORE_THE_KILL, AFTER_IT = 8, 4  # so many votes are acknowledged at least, so many sent to a server that is gone
TRIES, PAUSE = 240, 0.5
GIVEN = re.compile(r'class="level given" name="level" value="(\d)"')


class Voter:
    """Somebody with a phone, and every vote they sent."""

    def __init__(self, number: int, phone: Phone) -> None:
        self.number, self.phone, self.casts = number, phone, list[Cast]()
        self.at_first, self.afterwards = number % 5 + 1, (number + 2) % 5 + 1

    async def come_in(self) -> None:
        """By the form, once."""
        form = await self.phone.look()
        role = list(ROLE_FAMILIES)[self.number % len(ROLE_FAMILIES)]
        self.paper = await self.phone.look(await self.phone.join(form, role))

    async def vote(self, level: int) -> None:
        """Taps a level, and where the server is gone taps it again until it counts."""
        fields = self.paper.fields()
        for _ in range(TRIES):
            acknowledged = False
            try:
                await self.phone.vote(self.paper, level)
                acknowledged = True
            except OSError:  # nobody there: a browser says so, and the page is still on the phone
                await asyncio.sleep(PAUSE)
            finally:
                self.casts.append(
                    Cast(
                        participant=self.phone.participant,
                        matter=UUID(fields["matter"][0]),
                        ballot=int(fields["ballot"][0]),
                        level=level,
                        acknowledged=acknowledged,
                    )
                )
            if acknowledged:
                return
        pytest.fail(f"the vote of phone {self.number} never counted")

    @property
    def acknowledged(self) -> bool:
        """Whether some vote was."""
        return any(cast.acknowledged for cast in self.casts)


@pytest.fixture
def room(tmp_path):
    """A workshop in a store that no server has open yet, with a vote open on its first question."""
    environment, made = prepare(tmp_path)
    workspace = Workspace(url=environment["WAYMARK_STORE"], store=open_store(environment["WAYMARK_STORE"]))
    for step in ("begin", "open_vote"):
        take(workspace, made.id, step)
    workspace.store.close()
    return made


async def play(folder, room, seen):
    """Everybody joins and votes, the server is killed meanwhile and started anew, everybody thinks again."""
    with ExitStack() as first, ExitStack() as second:
        server = first.enter_context(started(folder))
        voters = [Voter(number, Phone(server.port, room.code)) for number in range(PHONES)]
        seats = await everybody(voter.come_in() for voter in voters)
        assert len(seats) == PHONES
        cookies = [voter.phone.cookie for voter in voters]

        killed = asyncio.Event()

        async def one(voter):
            if voter.number >= PHONES - AFTER_IT:
                await killed.wait()
            await asyncio.sleep(0.02 * voter.number)
            await voter.vote(voter.at_first)

        votes = asyncio.gather(*(one(voter) for voter in voters))
        while sum(voter.acknowledged for voter in voters) < BEFORE_THE_KILL:
            await asyncio.sleep(0.001)
        os.killpg(server.pid, signal.SIGKILL)
        killed.set()
        await asyncio.to_thread(first.close)
        seen["at the kill"] = [cast for voter in voters for cast in voter.casts]
        seen["counted at the kill"] = compare(
            str(folder / "own.duckdb"), room.id, [voter.phone.participant for voter in voters], seen["at the kill"]
        )

        server = await asyncio.to_thread(second.enter_context, started(folder, port=server.port))
        await votes
        pages = await everybody(voter.phone.look() for voter in voters)
        seen["shown"] = [GIVEN.search(page.text)[1] for page in pages]
        await everybody(voter.vote(voter.afterwards) for voter in voters)
        assert [voter.phone.cookie for voter in voters] == cookies
        os.killpg(server.pid, signal.SIGKILL)
    return voters


async def everybody(doing):
    """All at once."""
    return await asyncio.gather(*doing)


def test_a_kill_in_the_middle_of_a_vote_loses_no_acknowledged_vote_and_nobody_joins_again(tmp_path, room):
    seen = {}
    # In a thread of its own: the browser tests' loop runs in this one.
    with ThreadPoolExecutor(1) as thread:
        voters = thread.submit(asyncio.run, play(tmp_path, room, seen)).result()

    at_the_kill = seen["counted at the kill"]
    assert BEFORE_THE_KILL <= at_the_kill.acknowledged <= PHONES - AFTER_IT
    assert (at_the_kill.lost, at_the_kill.absent, at_the_kill.strangers) == ((), (), 0)
    assert seen["shown"] == [str(voter.at_first) for voter in voters]

    people = [voter.phone.participant for voter in voters]
    counted = compare(str(tmp_path / "own.duckdb"), room.id, people, [c for voter in voters for c in voter.casts])
    assert (counted.acknowledged, counted.kept) == (2 * PHONES, PHONES)
    assert (counted.lost, counted.unasked, counted.absent, counted.strangers) == ((), 0, (), 0)
