"""Pages while a round's results are with the heads of department, and from the day that everybody sees them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from maturity.assessment.terms import RoundTerms
from maturity.operations.rounds import Round
from maturity.storage.terms import save_terms

from .conftest import open_page, seen_as
from .town import answered, closed, founded, own_store

HELD = "The results of Spring are with the heads of department until"


@pytest.fixture
def spring() -> Round:
    """Spring, answered by both departments and closed today, so held back for five working days."""
    round_ = founded()
    answered(round_, "parks", 2)
    answered(round_, "housing", 3)
    return closed(round_)


def everything(at: AppTest) -> str:
    """All the text of a page."""
    parts = [*at.markdown, *at.info, *at.caption, *at.error, *at.header, *at.title, *at.subheader]
    return "\n".join(str(each.value) for each in parts)


@pytest.mark.parametrize("page", ["home", "results", "targets", "summary", "plan", "roadmap", "progress"])
def test_leadership_reads_when_it_sees_and_no_number(start: Callable[..., AppTest], spring: Round, page: str) -> None:
    at = open_page(start(seen_as("leader")), page)
    assert not at.exception and not at.error
    if page in ("home", "results", "targets", "summary"):
        assert HELD in everything(at)
    assert not at.metric and "2.5" not in everything(at)


@pytest.mark.parametrize("page", ["home", "results", "targets"])
def test_a_head_of_department_sees_the_own_one(start: Callable[..., AppTest], spring: Round, page: str) -> None:
    at = open_page(start(seen_as("department_lead", "parks")), page)
    assert not at.exception and not at.error
    assert "2.0" in everything(at) or any(metric.value.startswith("2.0") for metric in at.metric)
    assert HELD not in everything(at)


def test_everybody_sees_it_from_the_day_on(start: Callable[..., AppTest], spring: Round) -> None:
    own_store().store.write(save_terms, spring.id, RoundTerms(lead_days=0))
    at = open_page(start(seen_as("leader")), "results")
    assert HELD not in everything(at) and at.metric[0].value == "2.5"


def test_an_open_round_waits_for_its_end(start: Callable[..., AppTest]) -> None:
    answered(founded(), "parks", 2)
    at = open_page(start(seen_as("leader")), "results")
    assert "shown once the round is closed" in everything(at) and not at.metric


def test_who_leads_nothing_of_a_round_is_promised_nothing(start: Callable[..., AppTest], spring: Round) -> None:
    at = open_page(start(seen_as("department_lead", "zoo")), "results")
    assert not at.exception and HELD not in everything(at) and not at.metric
