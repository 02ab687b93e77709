"""Work that a page begins: a click that ends the run leaves nobody waiting."""

from __future__ import annotations

from typing import Any

import pytest

from maturity.operations.solver import Solver
from maturity.ui import working

KEY = "work"


class Ended(BaseException):
    """What Streamlit ends a run with, which is no Exception either."""


class State(dict[str, Any]):
    """The state of a visit in which somebody clicks again."""

    clicked = False

    def __setitem__(self, key: str, value: Any) -> None:
        if self.clicked:
            raise Ended
        super().__setitem__(key, value)


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> State:
    made, solver = State(), Solver(("/no/such/program",))
    monkeypatch.setattr(solver, "_run", lambda: None)  # nothing is answered here
    monkeypatch.setattr(working, "solver", lambda: solver)
    monkeypatch.setattr(working.st, "session_state", made)
    return made


def test_a_run_that_is_ended_while_it_asks_leaves_nobody_waiting(state: State) -> None:
    theirs = working.solver().begin("report", {})
    state.clicked = True
    with pytest.raises(Ended):
        working.begin(KEY, "report", {})
    assert theirs.wanted == 1 and KEY not in state
    state.clicked = False
    working.begin(KEY, "report", {})
    assert state[KEY] is theirs and theirs.wanted == 2


def test_the_same_question_again_has_one_who_waits_and_another_lets_the_first_go(state: State) -> None:
    for _ in range(2):
        working.begin(KEY, "report", {})
    first = state[KEY]
    assert first.wanted == 1
    working.begin(KEY, "plan", {})
    assert (first.wanted, first.over, state[KEY].wanted) == (0, True, 1)
    working.forget(KEY)
    assert KEY not in state
