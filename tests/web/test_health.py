"""The health route asks the store in its own thread, and says no more than ok or fail."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.testclient import TestClient

from maturity.web.health import Health, health_route

T = TypeVar("T")


def in_a_loop(asked: Coroutine[Any, Any, T]) -> T:
    """Runs it in a thread of its own: the browser tests may have left a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asked).result()


def ask(ping) -> tuple[int, object]:
    answer = TestClient(Starlette(routes=[health_route(ping)])).get("/healthz")
    return answer.status_code, answer.json()


def refuse() -> bool:
    raise RuntimeError("the password of the store is in here")


def test_ok_while_the_store_answers():
    assert ask(lambda: True) == (200, {"status": "ok"})


def test_fail_when_it_says_no_or_raises():
    assert ask(lambda: False) == (503, {"status": "fail"})
    assert ask(refuse) == (503, {"status": "fail"})


def test_the_store_is_asked_outside_the_event_loop():
    asked_in: list[str] = []

    async def once() -> bool:
        return await Health(lambda: not asked_in.append(threading.current_thread().name)).is_well()

    assert in_a_loop(once())
    assert asked_in[0].startswith("health")


def test_a_store_that_hangs_fails_in_time_and_is_asked_once_until_it_answers():
    free, asked = threading.Event(), []

    def hang() -> bool:
        asked.append(1)
        return free.wait(10)

    async def thrice() -> list[bool]:
        health = Health(hang, seconds=0.05)
        answers = [await health.is_well(), await health.is_well()]
        free.set()
        await asyncio.sleep(0.05)
        return [*answers, await health.is_well()]

    assert in_a_loop(thrice()) == [False, False, True]
    assert len(asked) == 2
