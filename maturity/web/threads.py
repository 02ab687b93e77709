"""Threads of our own for routes that ask the store: neither the event loop nor the file server waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="web-writes")
_readers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="web-reads")


async def writing(change: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a change in the one thread for writes, and wait for it without holding up the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_writer, lambda: change(*args, **kwargs))


async def reading(look: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a read in one of a few threads, and wait for it without holding up the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_readers, lambda: look(*args, **kwargs))


def write_soon(change: Callable[[], T]) -> Future[T]:
    """Have the thread for writes run a change when its turn comes."""
    return _writer.submit(change)


def read_soon(look: Callable[[], T]) -> Future[T]:
    """Have one of the threads for reads look when its turn comes."""
    return _readers.submit(look)
