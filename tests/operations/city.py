"""A town of three departments with a closed round, its values recorded by a reviewer: quick to make, known by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from maturity.access.roles import COMMAND_LINE, Grant, Visitor
from maturity.assessment.answers import DecidedValue
from maturity.assessment.terms import RoundTerms
from maturity.operations.rounds import Round, close_round, create_round, find_round, open_round
from maturity.operations.setup import Department, create_organisation
from maturity.operations.workspace import Workspace
from maturity.storage.engine import Tx
from maturity.storage.revision import bump
from maturity.storage.rounds import scope
from maturity.storage.terms import save_terms

ADMIN = COMMAND_LINE
LEADER = Visitor(person="mayor", name="Mayor", grants=(Grant(role="leader"),))
PARKS_LEAD = Visitor(person="pat", name="Pat", grants=(Grant(role="department_lead", department="parks"),))
RESPONDENT = Visitor(person="rob", name="Rob", grants=(Grant(role="respondent", department="parks"),))
CLOSED = date(2026, 2, 27)
COLUMNS = (
    *("round_id", "department_id", "question", "source", "level", "points"),
    *("reason", "decided_by", "decided_at", "row_version"),
)
LEVELS = {"parks": 1, "roads": 2, "housing": 3}


def make_town(workspace: Workspace, *, closed: bool = True, levels: Mapping[str, int] = LEVELS) -> Round:
    """Round "2026" on the city framework: parks stand at level 1 everywhere, roads at 2, housing at 3."""
    departments = [
        Department(code="parks", name="Parks", staff=100),
        Department(code="roads", name="Roads", staff=300),
        Department(code="housing", name="Housing"),
    ]
    create_organisation(workspace, ADMIN, "Town", departments)
    made = create_round(workspace, ADMIN, "2026", "city-data-maturity", closes_on=CLOSED)
    # Shown to all on the day of closing: what heads of department see earlier has tests of its own.
    workspace.store.write(save_terms, made.id, RoundTerms(lead_days=0))
    answer(workspace, open_round(workspace, ADMIN, made), levels)
    made = find_round(workspace, ADMIN, "2026")
    return close_round(workspace, ADMIN, made) if closed else made


def answer(workspace: Workspace, round_: Round, levels: Mapping[str, int]) -> None:
    """One level for every question of a department."""
    record_all(
        workspace, round_,
        [
            DecidedValue(department=department, question=question, source="review", level=level, reason="seen")
            for department, level in levels.items()
            for question in round_.framework.questions
        ],
    )  # fmt: skip


def say_no(workspace: Workspace, question: str, departments: tuple[str, ...]) -> Round:
    """A readiness round in which everybody says yes, but these departments no to this question."""
    made = open_round(workspace, ADMIN, create_round(workspace, ADMIN, "Ready?", "partner-readiness"))
    values = []
    for department in LEVELS:
        for each in made.framework.questions:
            points = 0.0 if each == question and department in departments else 1.0
            values.append(
                DecidedValue(department=department, question=each, source="review", points=points, reason="seen")
            )
    record_all(workspace, made, values)
    return made


def record_all(workspace: Workspace, round_: Round, values: list[DecidedValue]) -> None:
    """Every value as a reviewer's, in one transaction."""

    def write(tx: Tx) -> None:
        ids = {row.department: row.department_id for row in scope(tx, round_.id)}
        rows = [
            (round_.id, ids[v.department], v.question, v.source, v.level, v.points, v.reason, "x", workspace.clock(), 1)
            for v in values
        ]
        tx.insert("decided_value", COLUMNS, rows)
        bump(tx, round_.scope)

    workspace.store.write(write)
