"""Group commits, the board that phones ask, and the count of wrong codes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maturity.operations.workshop_seats import RoomNow
from maturity.web import workshop_batches
from maturity.web.allowances import MOST_ADDRESSES
from maturity.web.workshop_batches import Batches, NotWritten
from maturity.web.workshop_board import LOOKS_PER_SECOND, Board
from maturity.web.workshop_tries import TRIES, TRIES_OF_ALL, Tries

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """The result of a coroutine; in a thread, because the browser tests' loop runs in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result(30)


def test_what_comes_while_the_store_is_busy_goes_into_the_next_batch():
    sizes, go_on = [], threading.Event()

    def commit(arrived):
        go_on.wait(10)
        sizes.append(len(arrived))
        return [each * 2 for each in arrived]

    async def three_hundred():
        batches = Batches(commit)
        adding = [asyncio.create_task(batches.add(n)) for n in range(300)]
        await asyncio.sleep(0.05)
        go_on.set()
        return await asyncio.gather(*adding)

    assert run(three_hundred()) == [n * 2 for n in range(300)]
    assert sum(sizes) == 300
    assert max(sizes) <= 100
    assert len(sizes) <= 5


def test_a_failure_is_everybody_s_of_that_batch_and_nobody_else_s():
    def commit(arrived):
        if "bad" in arrived:
            raise OSError("the disk is full")
        return arrived

    async def after_another():
        batches = Batches(commit)
        first = await asyncio.gather(batches.add("bad"), batches.add("good"), return_exceptions=True)
        return first, await batches.add("good")

    first, second = run(after_another())
    assert "NotWritten" in {type(each).__name__ for each in first}
    assert second == "good"


def test_an_answer_too_few_leaves_nobody_waiting():
    async def short():
        return await asyncio.gather(*(Batches(lambda _: ()).add(n) for n in range(2)), return_exceptions=True)

    assert [type(each) for each in run(short())] == [NotWritten, NotWritten]


def test_more_than_can_wait_is_refused_at_once(monkeypatch):
    monkeypatch.setattr(workshop_batches, "MOST_WAITING", 3)
    go_on = threading.Event()

    def commit(arrived):
        go_on.wait(10)
        return arrived

    async def too_many():
        batches = Batches(commit)
        adding = [asyncio.create_task(batches.add(n)) for n in range(9)]
        await asyncio.sleep(0.1)
        go_on.set()
        return await asyncio.gather(*adding, return_exceptions=True)

    assert 3 <= sum(not isinstance(each, NotWritten) for each in run(too_many())) <= 6


def test_who_hangs_up_holds_nobody_up():
    go_on = threading.Event()

    def commit(arrived):
        go_on.wait(10)
        return arrived

    async def hang_up():
        batches = Batches(commit)
        adding = [asyncio.create_task(batches.add(n)) for n in range(4)]
        await asyncio.sleep(0.05)
        adding[2].cancel()
        await asyncio.sleep(0)
        go_on.set()
        return await asyncio.gather(*adding, return_exceptions=True)

    answers = run(hang_up())
    assert [answers[n] for n in (0, 1, 3)] == [0, 1, 3]
    assert isinstance(answers[2], asyncio.CancelledError)


class Room:
    """A workshop that counts how often it is looked at."""

    def __init__(self) -> None:
        self.looks, self.version, self.seconds = 0, 1, 0.0
        self.trouble: Exception | None = None

    def look(self) -> RoomNow:
        self.looks += 1
        if self.trouble:
            raise self.trouble
        return RoomNow(
            id=uuid4(),
            status="open",
            version=self.version,
            matter=None,
            phase=None,
            ballot=None,
            voting_until=None,
            stepped_at=NOW,
        )

    def board(self, chance: float = 0.5) -> Board:
        return Board(self.look, lambda: self.seconds, lambda: chance)


def test_three_hundred_phones_cost_one_look():
    room = Room()
    board = room.board()

    async def all_ask():
        return {each.version for each in await asyncio.gather(*(board.now() for _ in range(300)))}

    assert run(all_ask()) == {1}
    assert room.looks == 1
    room.version, room.seconds = 2, 0.4
    assert run(all_ask()) == {1}
    room.seconds = 0.6
    assert run(all_ask()) == {2}
    assert room.looks == 2


def test_a_look_that_fails_is_told_and_tried_again():
    room = Room()
    board, room.trouble = room.board(), OSError("gone")

    async def two_ask():
        return await asyncio.gather(board.now(), board.now(), return_exceptions=True)

    assert {type(each) for each in run(two_ask())} == {OSError}
    room.trouble = None
    assert {each.version for each in run(two_ask())} == {1}


def test_phones_wait_longer_where_nothing_happens_and_where_many_are_there():
    room = Room()
    board = room.board()
    run(board.now())
    assert board.milliseconds_to_wait("a") == 1000
    room.seconds = 100
    assert board.milliseconds_to_wait("a") == 2000
    room.seconds = 1000
    assert board.milliseconds_to_wait("a") == 4000
    room.version = 2
    run(board.now())
    assert board.milliseconds_to_wait("a") == 1000
    waits = [board.milliseconds_to_wait(str(n)) for n in range(3 * LOOKS_PER_SECOND)]
    assert (waits[0], waits[-1]) == (1000, 3010)
    room.seconds += 50
    assert board.milliseconds_to_wait("a") == 1000  # the others have gone
    assert (board.knows("a"), board.knows("7")) == (True, False)


def test_chance_keeps_phones_apart():
    room = Room()
    assert [room.board(chance).milliseconds_to_wait("a") for chance in (0.0, 0.999)] == [750, 1249]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["10.0.0.1", "10.0.0.2"]), st.integers(0, 30)), max_size=300))
def test_no_address_gets_more_than_its_tries(tries):
    seconds = 0.0
    counted = Tries(lambda: seconds)
    made = {"10.0.0.1": 0, "10.0.0.2": 0}
    for address, after in tries:
        seconds += after / 10
        for _ in range(3):
            if not counted.seconds_to_wait(address):
                counted.count_wrong(address)
                made[address] += 1
    assert all(count <= TRIES + seconds / 10 + 1 for count in made.values())


def test_many_addresses_share_one_count_and_little_memory():
    counted = Tries(lambda: 0.0)
    for number in range(TRIES_OF_ALL):
        assert counted.seconds_to_wait(f"10.0.{number // 256}.{number % 256}") == 0
        counted.count_wrong(f"10.0.{number // 256}.{number % 256}")
    assert counted.seconds_to_wait("192.0.2.1") == 2
    for number in range(MOST_ADDRESSES):
        counted.count_wrong(f"11.0.{number // 256}.{number % 256}")
    assert len(counted.left.by_address) == MOST_ADDRESSES


@pytest.mark.parametrize("other", ["2001:db8::2", "2001:db8:0:0:ffff::1"])
def test_a_household_of_ipv6_is_one_address(other):
    counted = Tries(lambda: 0.0)
    for _ in range(TRIES):
        counted.count_wrong("2001:db8::1")
    assert counted.seconds_to_wait(other)
    assert not counted.seconds_to_wait("2001:db8:0:1::1")
    assert not counted.seconds_to_wait("not an address")
