"""All four reports of a region of 200 departments and 400 actions, from its own facts as a leader may read them."""

from __future__ import annotations

import base64
import io
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pptx import Presentation

from maturity.assessment.terms import RoundTerms
from maturity.operations import plan_making, reports
from maturity.operations.reports import KINDS, ReportQuestion
from maturity.operations.rounds import close_round, create_round, find_round, open_round
from maturity.operations.setup import Department, create_organisation
from maturity.operations.workspace import Workspace
from maturity.publishing.folded_actions import folded
from maturity.storage.engine import open_store
from maturity.storage.terms import save_terms

from .city import ADMIN, CLOSED, LEADER, answer
from .conftest import NOW

DEPARTMENTS, BEHIND = 200, 92
"""All departments, and those that are not at the highest level everywhere: from these come 450 actions."""


@pytest.fixture(scope="module")
def made(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[ReportQuestion, dict[str, io.BytesIO]]:
    """What was asked for the region's reports, and the four files by kind."""
    url = shutil.copy(migrated_file, str(tmp_path_factory.mktemp("region") / "store.duckdb"))
    workspace = Workspace(url=url, store=open_store(url), clock=lambda: NOW)
    try:
        make_region(workspace)
        question = reports.report_question(workspace, LEADER, "latest", list(KINDS), with_answers=True)
    finally:
        workspace.store.close()
    files = reports.make(question.body, lambda _stage: None)["files"]
    return question, {kind: io.BytesIO(base64.b64decode(file)) for kind, file in files.items()}


def make_region(workspace: Workspace) -> None:
    """A closed round of 200 departments, and the plain plan that closes its gaps."""
    levels = {f"d{number:03}": number % 4 + 1 if number < BEHIND else 5 for number in range(DEPARTMENTS)}
    places = [Department(code=code, name=f"Department {code} of the region, with a long name") for code in levels]
    create_organisation(workspace, ADMIN, "Region", places)
    round_ = create_round(workspace, ADMIN, "2026", "city-data-maturity", closes_on=CLOSED)
    workspace.store.write(save_terms, round_.id, RoundTerms(lead_days=0))
    answer(workspace, open_round(workspace, ADMIN, round_), levels)
    closed = close_round(workspace, ADMIN, find_round(workspace, ADMIN, "2026"))
    question = plan_making.plan_question(workspace, ADMIN, closed)
    plan_making.keep_plan(workspace, ADMIN, question, plan_making.plain_plan(question), "First plan")


def test_the_facts_hold_every_department_and_action(made):
    facts = made[0].facts
    assert len(facts.departments) == DEPARTMENTS and len(facts.actions) >= 400
    assert len({each.department for each in facts.answers}) == DEPARTMENTS


def test_the_workbook_has_a_row_for_each(made):
    facts, book = made[0].facts, load_workbook(made[1]["workbook"], read_only=True)
    assert book["Plan"].max_row == len(facts.actions) + 1
    assert book["Scores"].max_row == len(facts.scores) + 1
    assert book["Gaps"].max_row == len(facts.gaps) + 1
    assert book["Answers"].max_row == len(facts.answers) + 1


def test_the_strategy_document_folds_copies_and_has_every_department_behind_the_text(made):
    facts, document = made[0].facts, Document(made[1]["strategy"])
    texts = [first_cells(each) for each in document.tables]
    scores = next(each for each in texts if len(each) == DEPARTMENTS + 2)
    assert scores[2:] == [each.name for each in facts.departments]
    titles = [title for each in texts if each[0] == "Action" for title in each[1:]]
    assert set(titles) == {row.title for row in folded(facts)}


def first_cells(table: Any) -> list[str]:
    """The first column, read row by row: cell by cell, a table of 200 rows takes seconds."""
    return ["".join(each.text or "" for each in row._tr.tc_lst[0].iter(qn("w:t"))) for row in table.rows]


def test_the_pack_and_the_pdf_stay_short_and_say_what_stands_in_the_workbook(made):
    slides = Presentation(made[1]["board-pack"]).slides
    assert 10 <= len(slides) <= 60
    with pikepdf.open(made[1]["pdf"]) as report:
        assert 5 <= len(report.pages) <= 40
