"""Results by role: medians within a family, and nothing of fewer than five people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import Grant, Visitor
from maturity.assessment.answers import Answer
from maturity.assessment.terms import RoundTerms
from maturity.operations import answers
from maturity.operations.early_sight import NotShownYet
from maturity.operations.errors import Refused
from maturity.operations.respondents import send, start
from maturity.operations.role_split import answering, role_split
from maturity.operations.rounds import Round, close_round, create_round, find_round, open_round
from maturity.operations.setup import Department, create_organisation
from maturity.operations.workspace import Workspace
from maturity.storage.terms import save_terms

from .city import ADMIN, LEADER, PARKS_LEAD, RESPONDENT

TOPIC = "data-direction"
OTHER = "data-ethics"


@pytest.fixture
def round_(workspace: Workspace) -> Round:
    departments = [
        Department(code="green", name="Green"),
        Department(code="parks", name="Parks", parent="green"),
        Department(code="roads", name="Roads", parent="green"),
    ]
    create_organisation(workspace, ADMIN, "Town", departments)
    made = create_round(workspace, ADMIN, "R", "city-data-maturity")
    workspace.store.write(save_terms, made.id, RoundTerms(lead_days=0))
    return open_round(workspace, ADMIN, find_round(workspace, ADMIN, "R"))


def say(workspace: Workspace, round_: Round, department: str, family: str | None, *levels: int, topic: str = TOPIC):
    """One person of the family for each level, who chooses it for every question of the topic."""
    for number, level in enumerate(levels):
        name = f"{department}-{family}-{topic}-{number}"
        visitor = Visitor(person=name, name=name, grants=(Grant(role="respondent", department=department),))
        respondent = start(workspace, visitor, round_, department, family)
        for question in round_.framework.topics[topic].questions:
            answers.save_answer(
                workspace, visitor, round_, respondent, Answer(question=question.id, state="level", level=level)
            )
        send(workspace, visitor, round_, respondent)


def closed(workspace: Workspace) -> Round:
    return close_round(workspace, ADMIN, find_round(workspace, ADMIN, "R"))


def test_families_by_hand(workspace: Workspace, round_: Round) -> None:
    say(workspace, round_, "parks", "manager", 2, 3, 3, 4, 5)
    say(workspace, round_, "parks", "front-line", 1, 1, 2, 2, 2, 5)
    found = role_split(workspace, LEADER, closed(workspace), "parks")
    assert found.people == {"leader": 0, "manager": 5, "front-line": 6, "not-said": 0}
    assert found.shown == ("manager", "front-line") and not found.hidden
    # Medians: 3 of the managers, 2 of the front line; of all eleven 1 1 2 2 2 2 3 3 4 5 5 it is 2.
    assert (found.scores["manager", TOPIC], found.scores["front-line", TOPIC]) == (3.0, 2.0)
    assert found.together[TOPIC] == 2.0
    assert found.scores["manager", OTHER] is None and found.together[OTHER] is None


def test_small_families_and_what_would_give_them_away_are_held_back(workspace: Workspace, round_: Round) -> None:
    say(workspace, round_, "parks", "leader", 5, 5)
    say(workspace, round_, "parks", "manager", 3, 3, 3, 3, 3)
    say(workspace, round_, "parks", "front-line", 1, 1, 2, 2, 2, 5)
    found = role_split(workspace, ADMIN, closed(workspace), "parks")
    assert found.people == {"leader": None, "manager": None, "front-line": 6, "not-said": None}
    assert {family for family, _ in found.scores} == {"front-line"} and found.hidden


def test_the_organisation_pools_everybody_and_departments_do_not_follow_from_it(
    workspace: Workspace, round_: Round
) -> None:
    say(workspace, round_, "parks", "manager", 1, 1, 1, 1, 1, 1)
    say(workspace, round_, "roads", "manager", 5, 5, 5)
    say(workspace, round_, "roads", "front-line", 4, 4, 4, 4, 4)
    round_ = closed(workspace)
    whole = role_split(workspace, LEADER, round_)
    # Nine managers: 1 1 1 1 1 1 5 5 5, in the middle 1; the mean of the departments' medians would be 3.
    assert whole.people == {"leader": 0, "manager": 9, "front-line": 5, "not-said": 0}
    assert (whole.scores["manager", TOPIC], whole.scores["front-line", TOPIC]) == (1.0, 4.0)
    for code in ("parks", "roads"):  # 9 less 6 would be the three managers of Roads
        assert set(role_split(workspace, LEADER, round_, code).people.values()) == {None}


def test_a_question_that_few_of_a_family_answered_does_not_count(workspace: Workspace, round_: Round) -> None:
    say(workspace, round_, "parks", "manager", 3, 3, 3, 3)
    say(workspace, round_, "parks", "manager", 1, 1, 1, 1, 1, topic=OTHER)
    found = role_split(workspace, ADMIN, closed(workspace), "parks")
    assert found.people["manager"] == 9
    assert found.scores["manager", TOPIC] is None and found.scores["manager", OTHER] == 1.0


def test_who_says_no_role_is_a_family_of_its_own(workspace: Workspace, round_: Round) -> None:
    say(workspace, round_, "parks", None, 2, 2, 2, 2, 2)
    found = role_split(workspace, ADMIN, closed(workspace), "parks")
    assert found.shown == ("not-said",) and found.scores["not-said", TOPIC] == 2.0


def test_nobody_has_answered(workspace: Workspace, round_: Round) -> None:
    found = role_split(workspace, ADMIN, closed(workspace))
    assert found.shown == () and not found.hidden and set(found.together.values()) == {None}


def test_who_sees_it_and_when(workspace: Workspace, round_: Round) -> None:
    say(workspace, round_, "parks", "manager", 2, 3, 3, 4, 5)
    with pytest.raises(Refused) as refused:
        role_split(workspace, ADMIN, round_, "parks")
    assert str(refused.value) == "the round R is open; results by role are shown once it is closed"
    round_ = closed(workspace)
    assert role_split(workspace, PARKS_LEAD, round_, "parks").shown == ("manager",)
    with pytest.raises(NotPermitted, match="may see the answers of their own department only; choose it"):
        role_split(workspace, PARKS_LEAD, round_)
    with pytest.raises(NotPermitted):
        role_split(workspace, PARKS_LEAD, round_, "roads")
    with pytest.raises(NotPermitted):
        role_split(workspace, RESPONDENT, round_, "parks")
    one = Visitor(person="rev", name="Rev", grants=(Grant(role="reviewer", department="parks"),))
    with pytest.raises(NotPermitted):
        role_split(workspace, one, round_)
    workspace.store.write(save_terms, round_.id, RoundTerms(lead_days=5))
    held = find_round(workspace, ADMIN, "R")
    with pytest.raises(NotShownYet):
        role_split(workspace, LEADER, held)
    assert role_split(workspace, PARKS_LEAD, held, "parks").shown == ("manager",)
    later = replace(workspace, clock=lambda: datetime(2026, 3, 9, 9, tzinfo=UTC))
    assert role_split(later, LEADER, held).shown == ("manager",)


def test_groups_have_no_roles_of_their_own(workspace: Workspace, round_: Round) -> None:
    assert answering(round_) == ("parks", "roads")
    with pytest.raises(Refused, match="Green groups other departments; choose one that answers"):
        role_split(workspace, ADMIN, closed(workspace), "green")
