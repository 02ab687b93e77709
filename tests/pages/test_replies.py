"""Replies travel with the result: on results, home, gaps and the leadership summary, for whoever sees the result."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from maturity.assessment.terms import RoundTerms
from maturity.operations import replies
from maturity.operations.rounds import Round
from maturity.storage.terms import save_terms
from maturity.ui.replies import MARK

from .conftest import open_page, seen_as
from .test_early_sight import everything
from .town import answered, closed, founded, own_store

Start = Callable[..., AppTest]
SAID = "We had *no* data."
SHOWN = r"We had \*no\* data\."
LONG = "Nobody told us. " * 20


@pytest.fixture
def spring() -> Round:
    """Spring, closed and shown to all, with a reply of the head of Parks."""
    round_ = founded()
    answered(round_, "parks", 1)
    answered(round_, "housing", 3)
    own_store().store.write(save_terms, round_.id, RoundTerms(lead_days=0))
    made = closed(round_)
    replies.reply_to_result(own_store(), seen_as("department_lead", "parks"), made, "parks", SAID)
    return made


@pytest.mark.parametrize("page", ["home", "results", "targets", "summary"])
@pytest.mark.parametrize("role", ["administrator", "leader"])
def test_it_stands_beside_the_result(start: Start, spring: Round, page: str, role: str) -> None:
    at = open_page(start(seen_as(role)), page)  # type: ignore[arg-type]
    assert not at.exception and SHOWN in everything(at)


@pytest.mark.parametrize("page", ["home", "results", "targets"])
def test_heads_read_their_own_only(start: Start, spring: Round, page: str) -> None:
    assert SHOWN in everything(open_page(start(seen_as("department_lead", "parks")), page))
    assert SHOWN not in everything(open_page(start(seen_as("department_lead", "housing")), page))


def test_it_waits_with_the_result(start: Start, spring: Round) -> None:
    own_store().store.write(save_terms, spring.id, RoundTerms(lead_days=5))
    for page in ("home", "results", "targets", "summary"):
        assert SHOWN not in everything(open_page(start(seen_as("leader")), page))


@pytest.mark.parametrize("view", ["Heat map", "Profile", "Distribution", "Trend", "Why"])
def test_every_view_has_it_for_its_place(start: Start, spring: Round, view: str) -> None:
    at = open_page(start(), "results")
    for department, there in (("parks", True), ("housing", view in ("Heat map", "Trend"))):
        at.session_state["results_view"], at.session_state["results_of"] = view, department
        at.run()
        assert not at.exception and (SHOWN in everything(at)) is there


def test_the_heat_map_marks_who_has_replied(start: Start, spring: Round) -> None:
    at = open_page(start(), "results")
    assert f"\\{MARK.strip()} The head of the department replies, below." in everything(at)
    box = next(each for each in at.expander if each.label == "Table and files")
    assert box is not None


def test_on_the_summary_they_are_a_button_away(start: Start, spring: Round) -> None:
    replies.reply_to_result(own_store(), seen_as("department_lead", "housing"), spring, "housing", LONG)
    at = open_page(start(), "summary")
    assert "2 replies to results" in [each.proto.popover.label for each in at.get("popover")]
    assert SHOWN in everything(at)
    assert LONG.strip()[:80].replace(".", r"\.") in everything(at)
