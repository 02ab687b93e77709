"""Where respondents differ: for the head of the department, by name from two answers, else from five."""

from __future__ import annotations

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import Grant, Visitor
from maturity.assessment.answers import Answer
from maturity.assessment.terms import Anonymity, RoundTerms
from maturity.operations import answers
from maturity.operations.differences import differences_of, fewest_shown
from maturity.operations.errors import Refused
from maturity.operations.respondents import send, start
from maturity.operations.rounds import Round, close_round, create_round, find_round, open_round
from maturity.operations.setup import Department, create_organisation
from maturity.operations.workspace import Workspace
from maturity.storage.terms import save_terms

from .city import ADMIN, LEADER, PARKS_LEAD, RESPONDENT

ROADS_LEAD = Visitor(person="ro", name="Ro", grants=(Grant(role="department_lead", department="roads"),))
QUESTIONS = 3


def held(workspace: Workspace, anonymity: Anonymity) -> Round:
    departments = [Department(code="parks", name="Parks"), Department(code="roads", name="Roads")]
    create_organisation(workspace, ADMIN, "Town", departments)
    made = create_round(workspace, ADMIN, "R", "city-data-maturity")
    workspace.store.write(save_terms, made.id, RoundTerms(anonymity=anonymity))
    return open_round(workspace, ADMIN, find_round(workspace, ADMIN, "R"))


def says(workspace: Workspace, round_: Round, department: str, person: str, *levels: int) -> None:
    grants = (Grant(role="respondent", department=department),)
    visitor = Visitor(person=person, name=person, grants=grants)
    respondent = start(workspace, visitor, round_, department)
    for question, level in zip(round_.framework.questions, levels, strict=False):
        answers.save_answer(
            workspace, visitor, round_, respondent, Answer(question=question, state="level", level=level)
        )
    send(workspace, visitor, round_, respondent)


def closed(workspace: Workspace) -> Round:
    return close_round(workspace, ADMIN, find_round(workspace, ADMIN, "R"))


def test_by_name_two_answers_are_enough(workspace: Workspace) -> None:
    round_ = held(workspace, "named")
    says(workspace, round_, "parks", "ann", 1, 2, 3)
    says(workspace, round_, "parks", "ben", 5, 2)
    says(workspace, round_, "roads", "rob", 3, 3, 3)
    round_, (first, second, third) = closed(workspace), list(round_.framework.questions)[:QUESTIONS]
    found = differences_of(workspace, PARKS_LEAD, round_, "parks")
    assert [(e.question, e.lowest, e.highest, e.median, e.agreement, e.count) for e in found.found] == [
        (first, 1, 5, 3.0, -1.0, 2),
        (second, 2, 2, 2.0, 1.0, 2),
    ]
    assert [each.question for each in found.first] == [first]
    assert (found.hidden, found.fewest) == ((third,), 2)
    assert differences_of(workspace, ADMIN, round_, "roads").found == ()


@pytest.mark.parametrize("anonymity", ["pseudonymous", "anonymous"])
def test_else_it_takes_five(workspace: Workspace, anonymity: Anonymity) -> None:
    round_ = held(workspace, anonymity)
    for number, level in enumerate((1, 1, 2, 5)):
        says(workspace, round_, "parks", f"p{number}", level, level)
    says(workspace, round_, "parks", "p5", 3)
    round_, (first, second) = closed(workspace), list(round_.framework.questions)[:2]
    found = differences_of(workspace, PARKS_LEAD, round_, "parks")
    assert [(each.question, each.count) for each in found.found] == [(first, 5)]
    assert (found.hidden, found.fewest) == ((second,), 5)


def test_an_open_round_shows_no_spread(workspace: Workspace) -> None:
    round_ = held(workspace, "named")
    with pytest.raises(Refused) as refused:
        differences_of(workspace, PARKS_LEAD, round_, "parks")
    assert str(refused.value) == "the round R is open; where people differ is shown once it is closed"


@pytest.mark.parametrize("visitor", [LEADER, RESPONDENT, ROADS_LEAD], ids=lambda who: who.name)
def test_it_is_for_the_head_of_the_department(workspace: Workspace, visitor: Visitor) -> None:
    held(workspace, "named")
    with pytest.raises(NotPermitted):
        differences_of(workspace, visitor, closed(workspace), "parks")


def test_an_unknown_department_is_refused(workspace: Workspace) -> None:
    held(workspace, "named")
    with pytest.raises(Refused, match="the department 'zoo' does not take part in the round 'R'"):
        differences_of(workspace, ADMIN, closed(workspace), "zoo")


def test_what_respondents_were_told_decides(workspace: Workspace) -> None:
    assert [fewest_shown(RoundTerms(anonymity=how)) for how in ("named", "pseudonymous", "anonymous")] == [2, 5, 5]
