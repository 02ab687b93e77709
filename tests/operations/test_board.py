"""Invitations, reminders, and the response board: who is counted, who is named, who sees what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from maturity.access.people import Person
from maturity.access.permissions import NotPermitted
from maturity.access.roles import COMMAND_LINE, Grant, Visitor
from maturity.assessment.answers import Answer
from maturity.assessment.terms import RoundTerms
from maturity.operations import answers, people
from maturity.operations.board import Board, board
from maturity.operations.errors import Refused
from maturity.operations.frameworks import import_framework
from maturity.operations.invitations import invite_added, mark_as_reminded, recipients, waiting_for_invitation
from maturity.operations.rounds import Round, close_round, create_round, find_round, open_round
from maturity.operations.setup import Department, create_organisation
from maturity.operations.upkeep import audit_events, problems_of_store
from maturity.operations.workspace import Workspace
from tests.assessment.small import framework

LEADER = Visitor(person="mayor", name="Mayor", grants=(Grant(role="leader"),))
LEAD_OF_X = Visitor(person="lia", name="Lia", grants=(Grant(role="department_lead", department="x"),))


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    departments = [Department(code="x", name="Works"), Department(code="y", name="Parks")]
    create_organisation(workspace, COMMAND_LINE, "Town", departments)
    import_framework(workspace, COMMAND_LINE, framework())
    return workspace


def add(town: Workspace, name: str, department: str, role: str = "respondent", **more: object) -> Person:
    email = f"{name.lower()}@town.example"
    return people.add_person(town, COMMAND_LINE, name, email, role, department, **more)  # type: ignore[arg-type]


def opened(town: Workspace, name: str = "R1", anonymity: str = "named", **more: object) -> Round:
    terms = RoundTerms(anonymity=anonymity, least_respondents=2)  # type: ignore[arg-type]
    made = create_round(town, COMMAND_LINE, name, "small", terms=terms, **more)  # type: ignore[arg-type]
    return open_round(town, COMMAND_LINE, made)


def as_respondent(person: Person, department: str) -> Visitor:
    return Visitor(person=str(person.id), name=person.name, grants=(Grant(role="respondent", department=department),))


def say(town: Workspace, round_: Round, person: Person, department: str, *, sent: bool = True) -> None:
    visitor = as_respondent(person, department)
    one = answers.start(town, visitor, round_, department, "front-line")
    answers.save_answer(town, visitor, round_, one, Answer(question="a1", state="level", level=3, comment="secret"))
    answers.save_answer(town, visitor, round_, one, Answer(question="a2", state="level", level=3))
    if sent:
        answers.send(town, visitor, round_, one)


def counts(found: Board) -> dict[str, tuple[int, int, int, int, int | None]]:
    return {row.department: (row.invited, row.started, row.sent, row.answered, row.missing) for row in found.rows}


def test_opening_invites_whoever_can_answer_in_a_department_that_takes_part(town: Workspace) -> None:
    add(town, "Ann", "x")
    add(town, "Lia", "x", "department_lead")
    add(town, "Ann", "y")  # the same person for both
    add(town, "Old", "x", until=date(2026, 3, 2))
    gone = add(town, "Gone", "x")
    people.person_left(town, COMMAND_LINE, gone)
    people.add_person(town, COMMAND_LINE, "Rev", "rev@town.example", "reviewer")
    draft = create_round(town, COMMAND_LINE, "Later", "small")
    assert waiting_for_invitation(town, COMMAND_LINE, draft) == 4
    made = opened(town)
    assert counts(board(town, COMMAND_LINE, made)) == {"x": (3, 0, 0, 0, 3), "y": (1, 0, 0, 0, 1)}
    assert audit_events(town, COMMAND_LINE, 1)[0].detail == {"invited": 4}
    only_y = opened(town, "R2", departments=["y"])
    assert counts(board(town, COMMAND_LINE, only_y)) == {"y": (1, 0, 0, 0, 1)}


def test_a_role_that_is_over_is_not_invited(town: Workspace) -> None:
    add(town, "Old", "x", until=date(2026, 3, 2))
    made = create_round(town, COMMAND_LINE, "R1", "small")
    later = Workspace(url=town.url, store=town.store, clock=lambda: town.clock() + timedelta(days=1))
    made = open_round(later, COMMAND_LINE, made)
    assert board(town, COMMAND_LINE, made).total("invited") == 0


def test_those_added_since_are_invited_by_a_button(town: Workspace) -> None:
    made = opened(town)
    add(town, "Ann", "x")
    add(town, "Bob", "y")
    assert waiting_for_invitation(town, COMMAND_LINE, made) == 2
    assert invite_added(town, COMMAND_LINE, made) == 2
    assert invite_added(town, COMMAND_LINE, made) == 0
    assert waiting_for_invitation(town, COMMAND_LINE, made) == 0
    assert counts(board(town, COMMAND_LINE, made)) == {"x": (1, 0, 0, 0, 1), "y": (1, 0, 0, 0, 1)}
    closed = close_round(town, COMMAND_LINE, made)
    with pytest.raises(Refused, match="is not open, so there is nobody to invite or to remind; open it first"):
        invite_added(town, COMMAND_LINE, closed)
    assert waiting_for_invitation(town, COMMAND_LINE, closed) == 0
    assert problems_of_store(town, COMMAND_LINE) == []


def test_the_board_counts_and_names_who_is_missing(town: Workspace) -> None:
    ann, bob, cyd = (add(town, name, "x") for name in ("Ann", "Bob", "Cyd"))
    add(town, "Dee", "y")
    made = opened(town)
    say(town, made, ann, "x")
    say(town, made, bob, "x", sent=False)
    found = board(town, COMMAND_LINE, made)
    assert counts(found) == {"x": (3, 1, 1, 2, 2), "y": (1, 0, 0, 0, 1)}
    assert [(each.name, each.department, each.state, each.answered) for each in found.people] == [
        ("Bob", "x", "started", 2), ("Cyd", "x", "not_started", 0), ("Dee", "y", "not_started", 0),
    ]  # fmt: skip
    works, parks = found.rows
    assert (works.enough, works.front_line, works.last_activity, works.overdue) == (False, 1, date(2026, 3, 2), 0)
    assert parks.last_activity is None and found.invited_on == date(2026, 3, 2) and found.missing == 3
    say(town, made, cyd, "x")
    assert board(town, COMMAND_LINE, made).rows[0].enough
    assert "secret" not in str(board(town, COMMAND_LINE, made))


def test_after_the_last_day_whoever_is_missing_is_overdue(town: Workspace) -> None:
    ann = add(town, "Ann", "x")
    add(town, "Bob", "x")
    made = opened(town, closes_on=date(2026, 3, 2))
    say(town, made, ann, "x")
    assert not board(town, COMMAND_LINE, made).is_over
    later = Workspace(url=town.url, store=town.store, clock=lambda: town.clock() + timedelta(days=1))
    found = board(later, COMMAND_LINE, made)
    assert found.is_over and [row.overdue for row in found.rows] == [1, 0]
    assert not board(later, COMMAND_LINE, close_round(later, COMMAND_LINE, made)).is_over


def test_a_pseudonymous_round_counts_who_is_missing_and_names_nobody(town: Workspace) -> None:
    ann = add(town, "Ann", "x")
    add(town, "Bob", "x")
    made = opened(town, anonymity="pseudonymous")
    say(town, made, ann, "x")
    found = board(town, COMMAND_LINE, made)
    assert (found.people, counts(found)["x"]) == ((), (2, 0, 1, 0, 1))
    assert [each.addresses for each in recipients(town, COMMAND_LINE, made)] == [("bob@town.example",)] * 2


def test_an_anonymous_round_does_not_know_who_is_missing(town: Workspace) -> None:
    ann = add(town, "Ann", "x")
    add(town, "Bob", "x")
    made = opened(town, anonymity="anonymous", closes_on=date(2026, 3, 1), opens_on=date(2026, 2, 1))
    say(town, made, ann, "x")
    found = board(town, COMMAND_LINE, made)
    assert (found.people, counts(found)["x"], found.missing) == ((), (2, 0, 1, 0, None), None)
    assert found.rows[0].overdue is None
    everybody = recipients(town, COMMAND_LINE, made)[0]
    assert everybody.addresses == ("ann@town.example", "bob@town.example") and everybody.anonymity == "anonymous"
    assert mark_as_reminded(town, COMMAND_LINE, made) == 2


def test_a_head_of_department_sees_their_own_and_a_leader_nothing(town: Workspace) -> None:
    add(town, "Ann", "x")
    add(town, "Dee", "y")
    made = opened(town)
    found = board(town, LEAD_OF_X, made)
    assert list(counts(found)) == ["x"] and [each.name for each in found.people] == ["Ann"]
    for ask in (board, recipients, waiting_for_invitation, invite_added, mark_as_reminded):
        with pytest.raises(NotPermitted):
            ask(town, LEADER, made)  # type: ignore[operator]
    with pytest.raises(NotPermitted):
        recipients(town, LEAD_OF_X, made)


def test_reminders_go_to_those_who_have_not_sent_and_are_noted(town: Workspace) -> None:
    ann, bob = add(town, "Ann", "x"), add(town, "Bob", "x")
    people.add_person(town, COMMAND_LINE, "Cyd", None, "respondent", "y")
    made = opened(town)
    say(town, made, ann, "x")
    found = recipients(town, COMMAND_LINE, made)
    assert [(each.department, each.people, each.addresses, each.without_address) for each in found] == [
        (None, 2, ("bob@town.example",), 1), ("x", 1, ("bob@town.example",), 0), ("y", 1, (), 1),
    ]  # fmt: skip
    assert mark_as_reminded(town, COMMAND_LINE, made, "x") == 1
    found = recipients(town, COMMAND_LINE, made)
    assert [each.reminded_on for each in found] == [date(2026, 3, 2), date(2026, 3, 2), None]
    assert board(town, COMMAND_LINE, made).people[0].reminded_on == date(2026, 3, 2)
    event = audit_events(town, COMMAND_LINE, 1)[0]
    assert (event.verb, event.detail) == ("remind", {"department": "x"})
    assert [each.department for each in recipients(town, COMMAND_LINE, made, "y")] == ["y"]
    say(town, made, bob, "x")
    assert [each.department for each in recipients(town, COMMAND_LINE, made)] == [None, "y"]
    with pytest.raises(Refused, match="the department 'zz' does not take part"):
        mark_as_reminded(town, COMMAND_LINE, made, "zz")


def test_a_department_that_only_groups_others_is_no_row(workspace: Workspace) -> None:
    departments = [Department(code="all", name="All"), Department(code="x", name="Works", parent="all")]
    create_organisation(workspace, COMMAND_LINE, "Town", departments)
    import_framework(workspace, COMMAND_LINE, framework())
    made = opened(workspace)
    assert list(counts(board(workspace, COMMAND_LINE, made))) == ["x"]
    add(workspace, "Ann", "all")
    invite_added(workspace, COMMAND_LINE, find_round(workspace, COMMAND_LINE, "R1"))
    assert list(counts(board(workspace, COMMAND_LINE, made))) == ["all", "x"]
