"""Results by role on the page: for leadership, for a head of department, and where too few would be told apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import Grant, Visitor
from maturity.assessment.answers import Answer
from maturity.assessment.terms import RoundTerms
from maturity.operations import answers, respondents
from maturity.operations.role_split import role_split
from maturity.operations.rounds import Round
from maturity.storage.terms import save_terms
from maturity.ui.results_roles import role_frame, role_table

from .conftest import open_page, seen_as
from .test_early_sight import everything
from .town import closed, founded, own_store

Start = Callable[..., AppTest]


def say(round_: Round, department: str, family: str | None, *levels: int) -> None:
    store = own_store()
    for number, level in enumerate(levels):
        name = f"{department}-{family}-{number}"
        visitor = Visitor(person=name, name=name, grants=(Grant(role="respondent", department=department),))
        made = respondents.start(store, visitor, round_, department, family)
        for code in ("a", "b"):
            answers.save_answer(store, visitor, round_, made, Answer(question=code, state="level", level=level))
        respondents.send(store, visitor, round_, made)


@pytest.fixture
def spring() -> Round:
    """Parks: five managers at 3 and five of the front line at 1. Housing: three managers."""
    round_ = founded()
    say(round_, "parks", "manager", 3, 3, 3, 3, 3)
    say(round_, "parks", "front-line", 1, 1, 1, 1, 1)
    own_store().store.write(save_terms, round_.id, RoundTerms(lead_days=0))
    return round_


def by_role(start: Start, visitor: Visitor | None, department: str = "") -> AppTest:
    at = open_page(start(visitor), "results")
    at.session_state["results_view"], at.session_state["results_of"] = "By role", department
    return at.run()


def test_leadership_sees_roles_apart(start: Start, spring: Round) -> None:
    closed(spring)
    at = by_role(start, seen_as("leader"))
    assert not at.exception and "Manager: 5 people. Front line: 5 people." in everything(at).replace("\\", "")
    assert "Medians of the answers of each role" in everything(at)


def test_a_head_sees_the_own_department(start: Start, spring: Round) -> None:
    closed(spring)
    at = by_role(start, seen_as("department_lead", "parks"), "parks")
    assert not at.exception and "Manager: 5 people" in everything(at).replace("\\", "")


def test_too_few_are_not_shown_apart(start: Start, spring: Round) -> None:
    say(spring, "housing", "manager", 2, 2, 2)
    closed(spring)
    at = by_role(start, None, "housing")
    assert not at.exception and "Results by role are not shown here" in everything(at)


def test_an_open_round_waits(start: Start, spring: Round) -> None:
    assert "Shown once the round is closed" in everything(by_role(start, None))


def test_frame_and_table_by_hand(start: Start, spring: Round) -> None:
    round_ = closed(spring)
    found = role_split(own_store(), seen_as("administrator"), round_, "parks")
    frame = role_frame(round_.framework, found)
    assert list(frame.columns) == ["place", "together", "Manager", "Front line"]
    assert frame.iloc[0].tolist() == ["One", 2.0, 3.0, 1.0] and frame.iloc[1][1:].isna().all()
    assert role_table(round_.framework, found).iloc[0].to_dict() == {
        "Topic": "One",
        "Manager": "3.0",
        "Front line": "1.0",
        "All together": "2.0",
    }
