"""Asks the process of its own that computes for long, one question at a time, and follows how far it has come.

A question that is being answered already is not asked twice: whoever asks the same gets the same work, and it is
stopped only when everybody who waits for it has said so. Stopping a running question kills the process; the next
question starts another one.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

from maturity.operations.errors import Refused

Document = Mapping[str, Any]
State = Literal["waiting", "running", "done", "refused", "failed", "stopped"]
HOUSE = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "maturity.operations.worker")
MOST_KEPT = 16
"""Finished answers that are kept, so that looking at one again costs nothing."""
LONGEST = 600.0
"""Seconds that a question may take, far more than any needs: after them the process is taken for hung, and killed."""
MOST_QUESTIONS = 50
"""So many answers the process gives before another takes its place; what its libraries hold on to goes with it."""
MOST_LINES = 40
"""So much of what the process says beside its answers goes to the log as a warning; the rest is for debugging."""
WENT_DOWN = "the solver's process went down"

log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True, kw_only=True)
class Work:
    """A question that was put to the process. `stage` is the last word of how far it has come and `first` the first
    one, both until it is done; `said` is the sentence of a refusal or failure. They only ever go forward, so read
    them at any time. `wanted` counts those who wait for the answer."""

    kind: str
    question: str
    state: State = "waiting"
    first: Document | None = None
    stage: Document | None = None
    result: Document | None = None
    said: str = ""
    wanted: int = 1
    finished: threading.Event = field(default_factory=threading.Event)

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.finished.is_set()

    def wait(self, seconds: float | None = None) -> Document:
        """The result; `Refused` where the question cannot be meant, `SolverFailed` where there is none."""
        self.finished.wait(seconds)
        if self.state == "refused":
            raise Refused(self.said)
        if self.result is None:
            raise SolverFailed(self.said or f"the work is {self.state}")
        return self.result


class SolverFailed(RuntimeError):
    """The process gave no answer: it is missing, was stopped, hung, or went down."""


class Solver:
    """The one process and the questions that wait for it. All of it may be used from any thread."""

    def __init__(self, command: tuple[str, ...] = COMMAND, longest: float = LONGEST) -> None:
        self.command = command
        self.longest = longest
        self._child: subprocess.Popen[str] | None = None
        self._asked = 0
        self._works: OrderedDict[tuple[str, str], Work] = OrderedDict()
        self._queue: list[Work] = []
        self._running: Work | None = None
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None

    @property
    def pid(self) -> int | None:
        """The process that answers; None while there is none."""
        with self._change:
            return self._child.pid if self._child and self._child.poll() is None else None

    def begin(self, kind: str, body: Document) -> Work:
        """Puts a question, or joins those who wait for the answer to the same one, or finds it answered."""
        question = json.dumps(body, ensure_ascii=False)
        with self._change:
            known = self._works.get((kind, question))
            if known and known.state in ("waiting", "running", "done"):
                self._works.move_to_end((kind, question))
                known.wanted += 1
                return known
            work = Work(kind=kind, question=question)
            self._works[kind, question] = work
            self._forget()
            self._queue.append(work)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="solver", daemon=True)
                self._thread.start()
            self._change.notify()
            return work

    def place(self, work: Work) -> int:
        """How many questions are answered before this one; 0 while it runs and when it is over."""
        with self._change:
            if work not in self._queue:
                return 0
            return self._queue.index(work) + (self._running is not None)

    def stop(self, work: Work) -> None:
        """One of those who wait for the answer does not want it any more; after the last of them it is stopped."""
        with self._change:
            work.wanted -= 1
            if work.wanted <= 0:
                self._stop(work)

    def close(self) -> None:
        """Stops all questions and ends the process; the next question would start another."""
        with self._change:
            for work in (*self._queue, *([self._running] if self._running else [])):
                self._stop(work)
            self._drop()

    def _stop(self, work: Work) -> None:
        if work in self._queue:
            self._queue.remove(work)
            self._end(work, "stopped", "it was stopped")
        elif work is self._running:
            work.state = "stopped"
            self._drop()

    def _forget(self) -> None:
        done = [key for key, each in self._works.items() if each.over]
        for key in done[: max(0, len(done) - MOST_KEPT)]:
            del self._works[key]

    def _end(self, work: Work, state: State, said: str = "", result: Document | None = None) -> None:
        with self._change:
            if self._running is work:
                self._running = None
            if work.state == "stopped":
                state, said, result = "stopped", "it was stopped", None
            if state == "done":
                work.first = work.stage = None
            work.result, work.said, work.state = result, said, state
            work.finished.set()

    def _run(self) -> None:
        number = 0
        while True:
            with self._change:
                while not self._queue:
                    self._change.wait()
                work = self._running = self._queue.pop(0)
                work.state = "running"
            number += 1
            late = threading.Timer(self.longest, self._give_up, (work,))
            late.daemon = True
            late.start()
            try:
                self._ask(number, work)
            except BrokenPipeError:
                self._fail(work, WENT_DOWN)
            except Exception as error:  # whatever happens to the process, the thread goes on with the next question
                log.warning("the solver's process failed: %s: %s", type(error).__name__, error)
                self._fail(work, "the solver's process could not be reached")
            finally:
                late.cancel()

    def _ask(self, number: int, work: Work) -> None:
        child = self._started(work)
        assert child.stdin and child.stdout
        asked = {"number": number, "kind": work.kind, "body": json.loads(work.question)}
        child.stdin.write(json.dumps(asked) + "\n")
        child.stdin.flush()
        for line in child.stdout:
            said = json.loads(line)
            if "stage" in said:
                work.first = work.first or said["stage"]
                work.stage = said["stage"]
            elif "result" in said:
                return self._end(work, "done", result=said["result"])
            elif "refused" in said:
                return self._end(work, "refused", said["refused"])
            else:
                return self._end(work, "failed", said["failed"])
        self._fail(work, WENT_DOWN)

    def _started(self, work: Work) -> subprocess.Popen[str]:
        with self._change:
            if work.state == "stopped":
                raise SolverFailed("it was stopped")
            if self._asked >= MOST_QUESTIONS or (self._child and self._child.poll() is not None):
                self._drop()
            if self._child is None:
                self._child = subprocess.Popen(
                    self.command, cwd=HOUSE, env=_without_secrets(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace", start_new_session=True,
                )  # fmt: skip
                threading.Thread(target=_into_the_log, args=(self._child.stderr,), daemon=True).start()
            self._asked += 1
            return self._child

    def _give_up(self, work: Work) -> None:
        with self._change:
            if work is self._running and work.state == "running":
                work.said = f"the solver's process did not answer within {self.longest:g} seconds"
                self._drop()

    def _fail(self, work: Work, said: str) -> None:
        with self._change:
            self._drop()
            self._end(work, "failed", work.said or said)

    def _drop(self) -> None:
        """Kills the process, if there is one, and waits until it is gone. Only under the lock: so it is always the
        one that answers the question that was looked at."""
        child, self._child, self._asked = self._child, None, 0
        if child is not None:
            child.kill()
            child.wait()


def _without_secrets() -> dict[str, str]:
    """The environment without the store's address and the like, which the process has no use for."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("WAYMARK_", "STREAMLIT_"))}


def _into_the_log(said: IO[str] | None) -> None:
    with said or open(os.devnull) as lines:
        for number, line in enumerate(lines):
            log.log(logging.WARNING if number < MOST_LINES else logging.DEBUG, "solver: %s", line.rstrip()[:500])


_solver = Solver()


def solver() -> Solver:
    """The solver of this server; its process is started by the first question."""
    return _solver
