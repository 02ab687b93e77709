"""The process that computes for long: the same plans as here, one question at a time, and nothing lost when it dies."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from benchmarks.planner import make_city
from maturity.operations.errors import Refused
from maturity.operations.solver import Solver, SolverFailed, Work
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
    here = make_plan(request, engine=Guided())
    assert json.dumps(work.wait(LONG)) == json.dumps(here.as_document())
    assert read_plan(work.wait()) == read_plan(here.as_document())
    assert work.state == "done" and work.stage is not None
    assert read_plan(work.stage["plan"]).value <= here.value


def test_the_same_question_is_the_same_work(solver: Solver) -> None:
    request = make_city(2, 5, iterations=3)
    assert asked(solver, request) is asked(solver, request)


def test_a_question_that_cannot_be_meant_is_refused_and_the_next_is_answered(solver: Solver) -> None:
    bad = {**request_document(make_city(2, 1)), "iterations": 0}
    with pytest.raises(Refused, match="iterations must be at least 1"):
        solver.begin("plan", {"request": bad}).wait(LONG)
    with pytest.raises(SolverFailed, match="KeyError"):
        solver.begin("plan", {}).wait(LONG)
    assert asked(solver, make_city(2, 2, iterations=2)).wait(LONG)["status"] == "proven_within"


def test_stopping_ends_it_at_once_and_what_waits_is_answered(solver: Solver) -> None:
    long, waits, gone = (asked(solver, make_city(count, 9)) for count in (60, 2, 3))
    while long.state == "waiting":
        time.sleep(0.01)
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
    ],
)
def test_a_process_that_is_missing_or_goes_down_fails_the_question_only(command: tuple[str, ...], said: str) -> None:
    solver = Solver(command)
    work = solver.begin("plan", {})
    with pytest.raises(SolverFailed, match=said):
        work.wait(LONG)
    assert work.state == "failed"
    solver.close()


def test_it_never_knows_a_store() -> None:
    code = (
        "import sys, maturity.operations.worker; print(sorted({'duckdb', 'psycopg', 'streamlit'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
