"""Group commits: what arrives while the store is busy waits, and is written together in the next transaction.

300 people vote within seconds; one transaction each would make the last wait for all others. Their pages are read in
the same way.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from maturity.web.threads import write_soon

A = TypeVar("A")
B = TypeVar("B")
MOST_TOGETHER = 100
"""No write transaction lasts above 100 ms."""
MOST_WAITING = 2_000
LOG = logging.getLogger(__name__)


class NotWritten(RuntimeError):
    """Nothing of a batch was kept or read, or too much is waiting: it may be sent again."""


class Batches(Generic[A, B]):
    """Writes what is handed in, in its order; whoever hands something in hears the answer after the commit.

    `commit` takes a list in one transaction and answers each, in order; it runs in the one thread for writes, or where
    `soon` has it run."""

    def __init__(
        self,
        commit: Callable[[Sequence[A]], Sequence[B]],
        soon: Callable[[Callable[[], None]], Future[Any]] = write_soon,
    ) -> None:
        self.commit, self.soon = commit, soon
        self.waiting: deque[tuple[A, Future[B]]] = deque()
        self.lock = threading.Lock()
        self.turn_comes = False

    async def add(self, arriving: A) -> B:
        """The answer to one of a batch; `NotWritten` where the store failed, for everybody of that batch."""
        heard: Future[B] = Future()
        with self.lock:
            if len(self.waiting) >= MOST_WAITING:
                raise NotWritten("too much is waiting")
            self.waiting.append((arriving, heard))
            begin, self.turn_comes = not self.turn_comes, True
        if begin:
            self.soon(self._write)
        return await asyncio.wrap_future(heard)

    def _write(self) -> None:
        """One batch; what is left, or came meanwhile, gets the next turn, behind other writes that wait."""
        with self.lock:
            taken = [self.waiting.popleft() for _ in range(min(len(self.waiting), MOST_TOGETHER))]
        # Who has hung up meanwhile is left out; from here on nobody can.
        taken = [(each, heard) for each, heard in taken if heard.set_running_or_notify_cancel()]
        try:
            answers = self.commit([each for each, _ in taken]) if taken else ()
            for (_, heard), answer in zip(taken, answers, strict=True):
                heard.set_result(answer)
        except Exception as failure:  # whatever is wrong with the store, nobody waits for ever
            LOG.warning("a batch of %d failed: %s", len(taken), failure)
            for _, heard in taken:
                if not heard.done():
                    heard.set_exception(NotWritten(str(failure)))
        with self.lock:
            self.turn_comes = bool(self.waiting)
            again = self.turn_comes
        if again:
            self.soon(self._write)
