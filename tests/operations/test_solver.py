"""The process that computes for long: the same plans as here, one question at a time, and nothing lost when it dies."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.planner import make_city
from maturity.operations.errors import Refused
from maturity.operations.solver import MOST_LINES, Solver, SolverFailed, Work
from maturity.planning.documents import read_plan, read_request, request_document
from maturity.planning.engine import make_plan
from maturity.planning.guided import Guided
from maturity.planning.request import PlanRequest

LONG = 60.0


@pytest.fixture(scope="module")
def solver() -> Iterator[Solver]:
    """One process for the tests of this file."""
    made = Solver()
    yield made
    made.close()


def asked(solver: Solver, request: PlanRequest) -> Work:
    return solver.begin("plan", {"request": request_document(request)})


def test_a_request_comes_back_as_it_was() -> None:
    request = make_city(3, 1)
    assert read_request(json.loads(json.dumps(request_document(request)))) == request


def test_it_makes_the_same_plan_to_the_byte(solver: Solver) -> None:
    request = make_city(3, 1, iterations=4)
    work = asked(solver, request)
    seen = []
    while not work.over:
        seen += [work.stage] if work.stage else []
        time.sleep(0.005)
    here = make_plan(request, engine=Guided())
    assert json.dumps(work.wait(LONG)) == json.dumps(here.as_document())
    assert read_plan(work.wait()) == read_plan(here.as_document())
    assert work.state == "done" and work.stage is None
    assert seen and all(read_plan(each["plan"]).value <= here.value for each in seen)


def test_the_same_question_is_the_same_work(solver: Solver) -> None:
    request = make_city(2, 5, iterations=3)
    assert asked(solver, request) is asked(solver, request)


def until(happens: Callable[[], object]) -> None:
    """Wait for something that takes a moment."""
    ends = time.monotonic() + LONG
    while not happens():
        assert time.monotonic() < ends, "it did not happen"
        time.sleep(0.01)


def test_work_that_somebody_else_waits_for_goes_on_when_one_of_them_stops(solver: Solver) -> None:
    mine, theirs = asked(solver, make_city(4, 7)), asked(solver, make_city(4, 7))
    assert mine is theirs and mine.wanted == 2
    solver.stop(mine)
    assert mine.wait(LONG)["value"] > 0
    running = asked(solver, make_city(60, 8))
    waits, too = asked(solver, make_city(2, 8)), asked(solver, make_city(2, 8))
    until(lambda: running.state == "running")
    solver.stop(waits)
    assert too.state == "waiting" and solver.place(too) == 1
    solver.stop(too)
    solver.stop(running)
    assert running.finished.wait(5) and (too.state, running.state) == ("stopped", "stopped")


def test_a_question_that_cannot_be_meant_is_refused_and_the_next_is_answered(solver: Solver) -> None:
    bad = {**request_document(make_city(2, 1)), "iterations": 0}
    with pytest.raises(Refused, match="iterations must be at least 1"):
        solver.begin("plan", {"request": bad}).wait(LONG)
    with pytest.raises(SolverFailed, match="KeyError"):
        solver.begin("plan", {}).wait(LONG)
    assert asked(solver, make_city(2, 2, iterations=2)).wait(LONG)["status"] == "proven_within"


def test_stopping_ends_it_at_once_and_what_waits_is_answered(solver: Solver) -> None:
    long, waits, gone = (asked(solver, make_city(count, 9)) for count in (60, 2, 3))
    until(lambda: long.state == "running")
    assert solver.place(waits) == 1 and solver.place(gone) == 2
    solver.stop(gone)
    solver.stop(long)
    assert long.finished.wait(5) and (long.state, gone.state) == ("stopped", "stopped")
    assert waits.wait(LONG)["value"] > 0
    with pytest.raises(SolverFailed, match="stopped"):
        long.wait()
    assert asked(solver, make_city(60, 9)) is not long


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("/no/such/program",), "could not be reached"),
        ((sys.executable, "-c", "input()"), "went down"),
        ((sys.executable, "-c", "print('no json', flush=True); input()"), "could not be reached"),
        ((sys.executable, "-c", "print(5, flush=True); input()"), "could not be reached"),
    ],
)
def test_a_process_that_is_missing_or_goes_down_fails_the_question_only(command: tuple[str, ...], said: str) -> None:
    solver = Solver(command)
    work = solver.begin("plan", {})
    with pytest.raises(SolverFailed, match=said):
        work.wait(LONG)
    assert work.state == "failed"
    solver.close()


def test_a_process_that_is_killed_fails_its_question_and_the_next_gets_another() -> None:
    solver = Solver()
    long = asked(solver, make_city(60, 9))
    until(lambda: long.state == "running" and solver.pid)
    first = solver.pid
    assert first
    os.kill(first, signal.SIGKILL)
    with pytest.raises(SolverFailed, match="went down"):
        long.wait(LONG)
    assert asked(solver, make_city(2, 1, iterations=2)).wait(LONG)["value"] > 0
    second = solver.pid
    assert second and second != first
    os.kill(second, signal.SIGKILL)  # while it has nothing to do
    until(lambda: solver.pid is None)
    assert asked(solver, make_city(2, 2, iterations=2)).wait(LONG)["value"] > 0
    last = solver.pid
    solver.close()
    assert not [pid for pid in (first, second, last) if is_there(pid)]


def is_there(pid: int | None) -> bool:
    """Whether there is such a process, a dead one that nobody has waited for included."""
    try:
        os.kill(pid or 0, 0)
    except ProcessLookupError:
        return False
    return True


HANGS = "import sys, time; sys.stdin.readline(); time.sleep(600)"
DEAF = "import time; time.sleep(600)"


@pytest.mark.parametrize("code", [HANGS, DEAF])
def test_a_process_that_hangs_is_killed_after_a_while(code: str) -> None:
    solver = Solver((sys.executable, "-c", code), longest=0.5)
    work = solver.begin("plan", {"more than a pipe holds": "x" * 1_000_000})
    until(lambda: solver.pid)
    pid = solver.pid
    with pytest.raises(SolverFailed, match=r"did not answer within 0\.5 seconds"):
        work.wait(LONG)
    assert not is_there(pid)


def test_closing_stops_what_runs_and_what_waits_and_starts_nothing_again() -> None:
    solver = Solver((sys.executable, "-c", HANGS))
    works = [solver.begin("plan", {"number": number}) for number in range(3)]
    until(lambda: works[0].state == "running" and solver.pid)
    pid = solver.pid
    solver.close()
    assert all(work.finished.wait(5) for work in works)
    assert [work.state for work in works] == ["stopped"] * 3
    assert solver.pid is None and not is_there(pid)


ECHO = """
import json, sys
for line in sys.stdin:
    print(json.dumps({"result": {"pid": __import__("os").getpid()}}), flush=True)
"""


def test_a_process_is_replaced_after_many_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maturity.operations.solver.MOST_QUESTIONS", 3)
    solver = Solver((sys.executable, "-c", ECHO))
    pids = [solver.begin("plan", {"number": number}).wait(LONG)["pid"] for number in range(7)]
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]
    assert not [pid for pid in pids[:6] if is_there(pid)]
    solver.close()


def test_what_it_says_beside_its_answers_goes_to_the_log_and_not_in_bulk(caplog: pytest.LogCaptureFixture) -> None:
    noisy = f"import sys; [print('noise', n, file=sys.stderr) for n in range(500)]\n{ECHO}"
    solver = Solver((sys.executable, "-c", noisy))
    assert solver.begin("plan", {}).wait(LONG)
    solver.close()
    until(lambda: len(caplog.records) >= MOST_LINES)
    time.sleep(0.2)
    said = [each for each in caplog.records if "noise" in each.message and each.levelno >= logging.WARNING]
    assert len(said) == MOST_LINES


def test_it_ends_when_whoever_asks_is_killed_even_in_the_middle_of_a_question() -> None:
    asks = (
        "import json, sys; from maturity.operations.solver import solver; from benchmarks.planner import make_city; "
        "from maturity.planning.documents import request_document; "
        "work = solver().begin('plan', {'request': request_document(make_city(60, 1))}); "
        "exec('while work.stage is None: __import__(\"time\").sleep(0.01)'); print(solver().pid, flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", asks], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        pid = int(server.stdout.readline())
        assert is_there(pid)
        server.kill()
    until(lambda: not is_running(pid))


def is_running(pid: int) -> bool:
    """Whether a process that is nobody's child any more still runs: in a container nobody may wait for the dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_without_the_solver_it_makes_the_greedy_plan_and_proves_nothing() -> None:
    code = "import sys; sys.modules['ortools'] = None; from maturity.operations.worker import main; main()"
    solver = Solver((sys.executable, "-c", code))
    made = asked(solver, make_city(2, 1, iterations=2)).wait(LONG)
    assert (made["upper_bound"], made["status"], made["engine"]) == (None, "feasible", "greedy")
    assert made["value"] > 0
    solver.close()


def test_it_is_given_no_secrets() -> None:
    show = f"import os; names = [n for n in os.environ if n.startswith('WAYMARK_')]\n{ECHO}".replace(
        '{"pid": __import__("os").getpid()}', '{"names": names}'
    )
    solver = Solver((sys.executable, "-c", show))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAYMARK_STORE", "postgresql://somebody:secret@somewhere/waymark")
        assert solver.begin("plan", {}).wait(LONG) == {"names": []}
    solver.close()


def test_it_never_knows_a_store() -> None:
    code = (
        "import sys, maturity.operations.worker; print(sorted({'duckdb', 'psycopg', 'streamlit'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
