"""Asks the process of its own that computes for long, one question at a time, and follows how far it has come.

A question that is being answered already is not asked twice: whoever asks the same gets the same work. Stopping a
running question kills the process; the next question starts another one.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from maturity.operations.errors import Refused

Document = Mapping[str, Any]
State = Literal["waiting", "running", "done", "refused", "failed", "stopped"]
HOUSE = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "maturity.operations.worker")
MOST_KEPT = 16
"""Finished answers that are kept, so that looking at one again costs nothing."""

log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True, kw_only=True)
class Work:
    """A question that was put to the process. `stage` is the last word of how far it has come, `said` the sentence of
    a refusal or failure; read them at any time, they only ever go forward."""

    kind: str
    question: str
    state: State = "waiting"
    stage: Document | None = None
    result: Document | None = None
    said: str = ""
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
    """The process gave no answer: it is missing, was stopped, or went down."""


class Solver:
    """The one process and the questions that wait for it. All of it may be used from any thread."""

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        self.command = command
        self._process: subprocess.Popen[str] | None = None
        self._works: OrderedDict[tuple[str, str], Work] = OrderedDict()
        self._queue: list[Work] = []
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None

    def begin(self, kind: str, body: Document) -> Work:
        """Puts a question, or finds the work on the same one that waits, runs or is done."""
        question = json.dumps(body, ensure_ascii=False)
        with self._change:
            known = self._works.get((kind, question))
            if known and known.state in ("waiting", "running", "done"):
                self._works.move_to_end((kind, question))
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
            running = any(each.state == "running" for each in self._works.values())
            return self._queue.index(work) + running

    def stop(self, work: Work) -> None:
        """Nobody wants the answer any more."""
        with self._change:
            if work.over:
                return
            if work in self._queue:
                self._queue.remove(work)
                self._end(work, "stopped", "it was stopped")
                return
            work.state = "stopped"
        self._kill()

    def close(self) -> None:
        """Ends the process; the next question would start another."""
        self._kill()

    def _forget(self) -> None:
        done = [key for key, each in self._works.items() if each.over]
        for key in done[: max(0, len(done) - MOST_KEPT)]:
            del self._works[key]

    def _end(self, work: Work, state: State, said: str = "", result: Document | None = None) -> None:
        work.result, work.said, work.state = result, said, state
        work.finished.set()

    def _run(self) -> None:
        number = 0
        while True:
            with self._change:
                while not self._queue:
                    self._change.wait()
                work = self._queue.pop(0)
                work.state = "running"
            number += 1
            try:
                self._ask(number, work)
            except Exception as error:  # whatever happens to the process, the thread goes on with the next question
                log.warning("the solver's process failed: %s: %s", type(error).__name__, error)
                self._kill()
                self._end(work, "failed", "the solver's process could not be reached")

    def _ask(self, number: int, work: Work) -> None:
        process = self._started()
        assert process.stdin and process.stdout
        asked = {"number": number, "kind": work.kind, "body": json.loads(work.question)}
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        for line in process.stdout:
            said = json.loads(line)
            if "stage" in said:
                work.stage = said["stage"]
            elif "result" in said:
                return self._end(work, "done", result=said["result"])
            elif "refused" in said:
                return self._end(work, "refused", said["refused"])
            else:
                return self._end(work, "failed", said["failed"])
        self._kill()
        if work.state == "stopped":
            return self._end(work, "stopped", "it was stopped")
        self._end(work, "failed", "the solver's process went down")

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                self.command, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
            )
        return self._process

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()


_solver = Solver()


def solver() -> Solver:
    """The solver of this server; its process is started by the first question."""
    return _solver
