"""Making a plan on its page: waiting, better plans coming in, stopping, taking what there is, a solver that fails."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import plan_making, plans
from maturity.operations.errors import Changed, Refused
from maturity.operations.rounds import Round
from maturity.operations.solver import Solver, Work
from maturity.operations.workspace import Workspace, default_url, open_workspace
from maturity.ui import working
from tests.operations.city import make_town

from .conftest import open_page
from .making import LONG, made
from .test_plan import press, said

STEP_BY_STEP = """
import sys, time
from pathlib import Path
from maturity.operations import worker

def slowly(body, tell):
    wait("begin")
    return make(body, lambda stage: (tell(stage), wait(stage["done"])))

def wait(name):
    while not (Path(sys.argv[1]) / name).exists() and not (Path(sys.argv[1]) / "all").exists():
        time.sleep(0.01)

make, worker.KINDS = worker.KINDS["plan"], {"plan": slowly}
worker.main()
"""
NOTHING_SAID = "import sys, time; sys.stdin.readline(); time.sleep(600)"
NO_SOLVER = "import sys; sys.modules['ortools'] = None; from maturity.operations.worker import main; main()"


def says(line: str) -> str:
    """A process that answers every question with this line."""
    return f"import sys\nfor _ in sys.stdin: print({line!r}, flush=True)"


@pytest.fixture
def town(stores) -> tuple[Workspace, Round]:
    """A town with a closed round and no plan, in the visitor's own store."""
    workspace = open_workspace(default_url())
    return workspace, make_town(workspace)


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., Solver]]:
    """`asking(code, longest=LONG)`: pages ask a process that runs this code; `tmp_path` is its argument."""
    begun: list[Solver] = []

    def begin(code: str, longest: float = LONG) -> Solver:
        begun.append(Solver((sys.executable, "-c", code, str(tmp_path)), longest))
        monkeypatch.setattr(working, "solver", lambda: begun[-1])
        return begun[-1]

    yield begin
    for each in begun:
        each.close()


@pytest.fixture
def visit(start, town) -> Callable[[], AppTest]:
    """`visit()`: a new visit that has opened the part in which a plan is made."""

    def begin() -> AppTest:
        at = open_page(start(), "plan")
        at.query_params["part"] = "again"
        return at.run()

    return begin


def work_of(at: AppTest) -> Work:
    return at.session_state["plan:work"]


def reached(at: AppTest, stage: str) -> AppTest:
    """The page once its work has said that it has come to this stage."""
    ends = time.monotonic() + LONG
    while (work_of(at).stage or {}).get("done") != stage:
        assert time.monotonic() < ends and not work_of(at).over, f"{stage} was not reached"
        time.sleep(0.01)
    return at.run()


def buttons(at: AppTest) -> list[str]:
    return [each.label for each in at.main.button]


def let_go_on(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).touch()


def test_while_it_is_made_there_is_nothing_to_type_into_and_stopping_brings_the_form_back(visit, asking):
    asking(STEP_BY_STEP)
    at = visit()
    at.number_input(key="plan:make:budget").set_value(70_000.0)
    press(at, "Make the plan")
    assert not at.exception
    assert "Making the plan." in said(at)
    assert not at.text_input and not at.number_input and not at.date_input
    assert buttons(at) == ["Stop"]
    work = work_of(at)
    press(at, "Stop")
    assert not at.exception
    assert "Stopped. Nothing was kept." in said(at)
    assert work.finished.wait(5) and work.state == "stopped"
    assert at.number_input(key="plan:make:budget").value == 70_000.0
    assert "Stopped" not in said(at.run())


def test_the_first_plan_comes_at_once_better_ones_after_it_and_the_last_is_the_preview(visit, asking, tmp_path):
    asking(STEP_BY_STEP)
    at = press(visit(), "Make the plan")
    let_go_on(tmp_path, "begin")
    first = next(iter(("preview", "greedy")))
    ends = time.monotonic() + LONG
    while work_of(at).stage is None and time.monotonic() < ends:
        time.sleep(0.01)
    first = work_of(at).stage["done"]
    assert "A first plan: **" in said(reached(at, first))
    assert "Better ones are being looked for." in said(at)
    assert buttons(at) == ["Take what there is", "Stop"]
    let_go_on(tmp_path, "preview", "greedy")
    assert "No plan under these limits could close" in said(reached(at, "bound"))
    let_go_on(tmp_path, "all")
    made(at)
    assert not at.exception
    assert "Not saved yet" in said(at) and "Better ones are being looked for" not in said(at)
    assert "Save the plan" in buttons(at)


def test_what_there_is_can_be_taken_and_that_very_plan_is_saved(visit, asking, town, tmp_path):
    asking(STEP_BY_STEP)
    at = press(visit(), "Make the plan")
    let_go_on(tmp_path, "begin", "preview", "greedy")
    work = work_of(reached(at, "bound"))
    seen = work.stage["plan"]
    press(at, "Take what there is")
    assert not at.exception
    assert work.finished.wait(5) and work.state == "stopped"
    assert "the best plan that was known when you stopped" in said(at)
    assert "No plan under these limits could close" in said(at)
    press(at, "Save the plan")
    assert not at.exception
    kept = plans.plan(town[0], ADMIN).body.as_document()
    assert (kept["actions"], kept["upper_bound"]) == (seen["actions"], seen["upper_bound"])


def test_who_waits_for_another_plan_is_told_so(visit, asking):
    asking(STEP_BY_STEP)
    one, two, three = visit(), visit(), visit()
    press(one, "Make the plan")
    two.number_input(key="plan:make:budget").set_value(50_000.0)
    press(two, "Make the plan")
    three.number_input(key="plan:make:budget").set_value(60_000.0)
    press(three, "Make the plan")
    assert "yours is next" not in said(one)
    assert "Another request is being worked on; yours is next." in said(two)
    assert "2 other requests come before yours." in said(three)
    press(two, "Stop")
    assert "Another request is being worked on; yours is next." in said(three.run())


def test_two_visits_share_the_work_and_stopping_ones_own_takes_nothing_from_the_other(visit, asking, tmp_path):
    asking(STEP_BY_STEP)
    one, two = press(visit(), "Make the plan"), press(visit(), "Make the plan")
    assert work_of(one) is work_of(two)
    press(one, "Stop")
    assert not work_of(two).over
    let_go_on(tmp_path, "all")
    assert "Not saved yet" in said(made(two))
    assert "Not saved yet" not in said(one.run())


def test_a_new_visit_that_asks_the_same_finds_the_finished_work(visit, asking):
    asking("from maturity.operations.worker import main; main()")
    made(press(visit(), "Make the plan"))
    again = press(visit(), "Make the plan")
    assert "plan:asked" not in again.session_state
    assert "Not saved yet" in said(again)


FAILURES = {
    "missing": ("", "could not be reached"),
    "down": ("input()", "went down"),
    "no JSON": (says("no json"), "could not be reached"),
    "no plan": (says('{"result": {"round": "r"}}'), "its answer is no plan: KeyError"),
    "failed": (says('{"failed": "MemoryError: "}'), "MemoryError"),
    "hung": (NOTHING_SAID, "did not answer within 1 seconds"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_where_the_solver_fails_a_plan_made_without_it_stands_and_the_page_says_so(visit, asking, town, failure):
    code, why = FAILURES[failure]
    solver = asking(code, 1.0)
    if failure == "missing":
        solver.command = ("/no/such/program",)
    at = made(press(visit(), "Make the plan"))
    assert not at.exception and not at.error
    warned = "\n".join(each.value for each in at.warning)
    assert "The solver gave no answer" in warned and why in warned and "Make it again" in warned
    press(at, "Save the plan")
    assert not at.exception
    saved = plans.plan(town[0], ADMIN)
    assert saved.actions and saved.body.upper_bound is None


def test_a_solver_that_is_killed_leaves_the_best_plan_it_had_found_and_the_next_question_is_answered(
    visit, asking, tmp_path
):
    solver = asking(STEP_BY_STEP)
    at = press(visit(), "Make the plan")
    let_go_on(tmp_path, "begin", "preview", "greedy")
    reached(at, "bound")
    os.kill(solver.pid or 0, signal.SIGKILL)
    made(at)
    assert not at.exception
    assert any("this is the best plan it had found" in each.value for each in at.warning)
    assert "No plan under these limits could close" in said(at)
    let_go_on(tmp_path, "all")
    made(press(at, "Make the plan"))
    assert not at.warning and "Not saved yet" in said(at)


def test_a_question_that_cannot_be_meant_is_refused_and_shows_no_preview(visit, asking):
    asking(says('{"refused": "the plan of Roads has no end; give it one"}'))
    at = made(press(visit(), "Make the plan"))
    assert [each.value for each in at.error] == ["The plan of Roads has no end; give it one."]
    assert "Not saved yet" not in said(at) and "Make the plan" in buttons(at)


@pytest.mark.parametrize(("installed", "words"), [(False, "the solver is not installed"), (True, "the solver failed")])
def test_a_missing_bound_is_explained(visit, asking, monkeypatch, installed, words):
    asking(NO_SOLVER)
    monkeypatch.setattr("maturity.ui.plan_making.solver_is_installed", lambda: installed)
    at = made(press(visit(), "Make the plan"))
    assert not at.exception
    assert [words in each.value for each in at.warning] == [True]
    assert "Not saved yet" in said(at)


def test_what_changes_meanwhile_is_said_while_the_plan_is_made_and_after(visit, asking, town, tmp_path):
    workspace, round_ = town
    asking(STEP_BY_STEP)
    at = press(visit(), "Make the plan")
    let_go_on(tmp_path, "begin")
    while work_of(at).stage is None:
        time.sleep(0.01)
    plans.save_plan(workspace, ADMIN, round_, plans.make_plan(workspace, ADMIN, round_), "Theirs")
    assert "saved the plan “Theirs” since this one was made" in said(at.run())
    let_go_on(tmp_path, "all")
    made(at)
    assert "saved the plan “Theirs” since this one was made" in said(at)
    assert "Save as a new version" not in buttons(at)
    made(press(at, "Show what changes"))
    assert "Save as a new version" in buttons(at)


def test_the_same_preview_is_saved_once_and_a_stale_one_never(town):
    workspace, round_ = town
    question = plan_making.plan_question(workspace, ADMIN, round_)
    plan = plan_making.plain_plan(question)
    plan_making.keep_plan(workspace, ADMIN, question, plan, "First")
    with pytest.raises(Refused, match="this very plan is saved already, as 'First'"):
        plan_making.keep_plan(workspace, ADMIN, question, plan, "Second")
    other = plan_making.plan_question(workspace, ADMIN, round_, budget=1_000.0)
    with pytest.raises(Changed, match=r"saved the plan 'First' since this one was made; make yours again from it"):
        plan_making.keep_plan(
            workspace, ADMIN, question, plan_making.whole_plan(other, plan_making.plain_plan(other)), "Third"
        )
    assert [each.name for each in plans.plans(workspace, ADMIN)] == ["First"]


def test_planning_again_without_the_solver_keeps_what_nothing_speaks_against(visit, asking, town):
    workspace, round_ = town
    plans.save_plan(workspace, ADMIN, round_, plans.make_plan(workspace, ADMIN, round_), "First")
    before = plans.plan(workspace, ADMIN)
    asking(says("no json"))
    at = made(press(visit(), "Show what changes"))
    assert not at.exception
    assert "The solver gave no answer" in said(at)
    after = at.session_state["plan:preview"].plan
    stays = {each.id: each.start for each in after.actions}
    assert all(stays.get(each.code) == each.start for each in before.actions)
