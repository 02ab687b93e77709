"""Worked examples on an agenda: those that fit what a round asks, and no others."""

from __future__ import annotations

import pytest

from maturity.assessment.terms import RoundTerms
from maturity.framework.examples import worked_examples
from maturity.operations.errors import Refused
from maturity.operations.rounds import create_round, find_round, open_round
from maturity.operations.workshop_lines import AgendaLine
from maturity.operations.workshops import agenda, change_agenda, plan_workshop
from maturity.operations.workspace import Workspace
from tests.operations.city import ADMIN, make_town

FIRST, *OTHERS = worked_examples("city-data-maturity")


def test_an_agenda_begins_with_the_examples(workspace: Workspace):
    round_ = make_town(workspace)
    lines = [
        *(AgendaLine(example=each.id) for each in (FIRST, *OTHERS)),
        AgendaLine(department="parks", question="systems-1"),
    ]
    made = plan_workshop(workspace, ADMIN, round_, "parks", "In the room", lines)
    assert [(each.example, each.warms_up) for each in agenda(workspace, ADMIN, made)] == [
        *((each.id, True) for each in (FIRST, *OTHERS)),
        (None, False),
    ]


def test_an_unknown_example_is_refused_and_the_known_are_named(workspace: Workspace):
    round_ = make_town(workspace)
    with pytest.raises(Refused, match=f"'the-moon' is no worked example for what '2026' asks; there are {FIRST.id}"):
        plan_workshop(workspace, ADMIN, round_, None, "In the room", [AgendaLine(example="the-moon")])
    made = plan_workshop(workspace, ADMIN, round_, None, "In the room")
    with pytest.raises(Refused, match="'the-moon' is no worked example"):
        change_agenda(workspace, ADMIN, round_, made, [AgendaLine(example="the-moon")])


def test_an_example_is_about_no_department_of_the_round(workspace: Workspace):
    round_ = make_town(workspace)
    with pytest.raises(Refused, match="is about no department and no question of the round"):
        plan_workshop(workspace, ADMIN, round_, None, "Room", [AgendaLine(example=FIRST.id, department="parks")])


def test_a_round_that_does_not_ask_it_has_no_such_example(workspace: Workspace):
    make_town(workspace)
    create_round(workspace, ADMIN, "Skills", "city-data-maturity", terms=RoundTerms(topics=("skills-and-knowledge",)))
    short = open_round(workspace, ADMIN, find_round(workspace, ADMIN, "Skills"))
    with pytest.raises(Refused, match="'Skills' asks; it has none, so begin with the first question"):
        plan_workshop(workspace, ADMIN, short, None, "Room", [AgendaLine(example=FIRST.id)])
