"""The workbook read back by openpyxl: the numbers of the facts, formulas with their values, texts that stay texts."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from maturity.publishing.legal_text import one_line
from maturity.publishing.report_workbook import report_workbook
from maturity.words import report_workbook_sentences as words
from tests.publishing import report_samples as samples
from tests.publishing.office import converted, text_of


def read(content: bytes | Path, *, values: bool = True) -> Any:
    return load_workbook(io.BytesIO(content) if isinstance(content, bytes) else content, data_only=values)


def rows(book: Any, sheet: str) -> list[dict[str, Any]]:
    head, *body = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def formulas(book: Any) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def test_the_scores_are_those_of_the_facts_cell_by_cell():
    facts = samples.full()
    known = {(each.department, each.dimension if not each.topic else None, each.topic): each for each in facts.scores}
    departments = {each.name: each.id for each in facts.departments}
    places = {each.name: each.id for each in (*facts.dimensions, *facts.topics)}
    read_back = rows(read(report_workbook(facts)), words.SCORES)
    assert len(read_back) == len(facts.scores)
    for row in read_back:
        place = places.get(row["Name"])
        key = (place if row["Of"] == "dimension" else None, place if row["Of"] == "topic" else None)
        fact = known[(departments.get(row["Department"]), *key)]
        assert row["Score"] == (None if fact.score is None else pytest.approx(fact.score, abs=1e-12))
        assert (row["Coverage"], row["Level"], row["Target"]) == (fact.coverage, fact.level, fact.target)
        assert row["Before"] == (None if fact.before is None else pytest.approx(fact.before, abs=1e-12))
        if fact.score is not None and fact.target is not None:
            assert row["Gap"] == pytest.approx(max(0, fact.target - fact.score))


def test_gaps_multiply_and_their_shares_are_one():
    facts = samples.full()
    found = rows(read(report_workbook(facts)), words.GAPS)
    assert len(found) == len(facts.gaps)
    for row in found:
        assert row["Gap"] == row["Target"] - row["Score"]
        assert row["Priority"] == row["Gap"] * row["Importance"]
    assert sum(row["Share of all"] for row in found) == pytest.approx(1)
    assert [row["Priority"] for row in found] == sorted((each.priority for each in facts.gaps), reverse=True)


def test_the_plan_has_days_as_days_and_lateness_by_the_one_rule():
    facts = samples.full()
    content = report_workbook(facts)
    written = formulas(read(content, values=False))
    for number, (row, action) in enumerate(zip(rows(read(content), words.PLAN), facts.actions, strict=True), start=2):
        assert (row["Code"], row["Start"], row["Finish"]) == (
            action.code,
            datetime.combine(action.start, datetime.min.time()),
            datetime.combine(action.finish, datetime.min.time()),
        )
        assert row["Days"] == (action.finish - action.start).days + 1
        assert row["Days late"] == action.days_late
        assert row["Done"] == action.percent_done / 100
        assert (row["Cost"], row["Person-days"]) == (action.cost, sum(action.effort.values()))
        assert (words.PLAN, f"L{number}") in written


def test_capacity_budget_kpis_and_risks():
    facts = samples.full()
    book = read(report_workbook(facts))
    for row, quarter in zip(rows(book, words.CAPACITY), facts.quarters, strict=True):
        assert (row["Planned"], row["Available"]) == (quarter.planned, quarter.available)
        assert row["Used"] == quarter.planned / quarter.available
        assert row["Over"] == max(0, quarter.planned - quarter.available)
    *phases, before = rows(book, words.BUDGET)
    assert [row["Left"] for row in phases] == [each[1] - each[2] for each in facts.budgets]
    assert (before["Phase"], before["Planned"], before["Left"]) == (words.BEFORE_THE_PLAN, 2_500, None)
    first, _, last = rows(book, words.KPIS)
    assert (first["Now"], first["Way gone"], first["From the path"]) == (55, 0.5, -5)
    assert (last["Now"], last["Way gone"], last["How it stands"]) == (None, None, "not read yet")
    assert [row["Weight"] for row in rows(book, words.RISKS)] == [16, 15, 6]


def test_the_first_sheet_adds_up():
    facts = samples.full()
    glance = {
        row[0]: row[1] for row in read(report_workbook(facts))[words.README].iter_rows(values_only=True) if row[0]
    }
    assert glance["Actions"] == 30
    assert glance["Late actions"] == sum(each.days_late > 0 for each in facts.actions)
    assert glance["Person-days planned"] == sum(sum(each.effort.values()) for each in facts.actions)
    assert glance["Cost of what is priced"] == sum(each.cost or 0 for each in facts.actions)
    assert glance["Actions without a price"] == sum(each.cost is None for each in facts.actions)
    assert glance["Risks that are not closed"] == 2


def test_a_number_that_no_plain_mean_gives_is_said_to_be_weighted():
    facts = samples.full()
    weighted = tuple(
        each if each.department or each.topic or each.dimension else type(each)(score=2.0, coverage=0.9)
        for each in facts.scores
    )
    row = next(
        row for row in rows(read(report_workbook(samples.full(scores=weighted))), words.SCORES) if row["Of"] == "all"
    )
    assert (row["Score"], row["How it is rolled up"]) == (2.0, words.WEIGHTED)


def test_hostile_texts_stay_texts():
    facts = samples.hostile()
    book = read(report_workbook(facts), values=False)
    texts = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
    assert {one_line(each) for each in samples.HOSTILE} <= texts
    assert not any("HYPERLINK" in each or "SUM(A1:A9)" in each for each in formulas(book).values())
    assert not any(sheet._hyperlinks for sheet in book)


def test_sheets_are_tables_that_print_and_merge_nothing():
    book = read(report_workbook(samples.full(with_answers=True)), values=False)
    assert book.sheetnames == ["Read me", "Scores", "Answers", "Gaps", "Plan", "Capacity", "Budget", "KPIs", "Risks"]
    for sheet in book.worksheets[1:]:
        assert len(sheet.tables) == 1 and sheet.freeze_panes
        assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
        assert sheet.print_area and (sheet.title == "Plan" or sheet.page_setup.fitToHeight == 0)
        assert not sheet.merged_cells.ranges


def test_the_plan_prints_on_two_sides_of_a3_with_code_and_title_on_both():
    sheet = read(report_workbook(samples.full()), values=False)["Plan"]
    about = sheet.page_setup
    assert (about.paperSize, about.pageOrder, sheet.print_title_cols) == (8, "overThenDown", "$A:$B")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (int(about.fitToWidth), int(about.fitToHeight)) == (2, 0)
    wide = [7 * sheet.column_dimensions[get_column_letter(at)].width + 5 for at in range(1, sheet.max_column + 1)]
    larger = min(max(sum(wide[:at]), sum(wide[:2] + wide[at:])) for at in range(3, len(wide)))
    assert 10 * (16.54 - 0.8) * 96 / larger >= 7, "ten-point letters become smaller than seven"


def test_the_plan_names_objectives_and_never_says_their_ids():
    facts = samples.full()
    named = {each.id: each.name for each in facts.objectives}
    actions = tuple(replace(each, objective="trust" if each.phase == 1 else "") for each in facts.actions)
    for row, each in zip(
        rows(read(report_workbook(replace(facts, actions=actions))), words.PLAN), actions, strict=True
    ):
        assert (row["Objective"] or "") == named.get(each.objective, "")


def test_answers_of_small_groups_say_no_number_and_no_spread():
    facts = samples.full(with_answers=True)
    for row, answer in zip(rows(read(report_workbook(facts)), words.ANSWERS), facts.answers, strict=True):
        assert row["Value"] == answer.value
        assert row["Answers"] == ("fewer than 5" if answer.answers < 5 else answer.answers)
        assert row["Share at level 2"] == (None if answer.answers < 5 else 0.5)
    together = rows(read(report_workbook(samples.full())), words.ANSWERS)
    assert len(together) == 10 and "Department" not in together[0]


@pytest.mark.parametrize("name", ["empty", "one_department", "large", "hostile"])
def test_every_sample_is_read_back(name):
    assert len(read(report_workbook(getattr(samples, name)())).sheetnames) == 9


def test_the_same_facts_give_the_same_bytes():
    assert report_workbook(samples.full()) == report_workbook(samples.full())


@pytest.mark.office
def test_libreoffice_calculates_the_same(tmp_path):
    content = report_workbook(samples.full())
    stored, written = read(content), formulas(read(content, values=False))
    assert len(written) > 300
    folder = tmp_path / "again"
    folder.mkdir()
    calculated = read(converted(_without_values(content), "xlsx", "xlsx", folder))
    for sheet, address in written:
        assert calculated[sheet][address].value == pytest.approx(stored[sheet][address].value, abs=1e-9), (
            sheet,
            address,
        )


def _without_values(content: bytes) -> bytes:
    """The workbook as openpyxl writes it: formulas without any value, so that whoever opens it has to calculate."""
    made = io.BytesIO()
    read(content, values=False).save(made)
    return made.getvalue()


@pytest.mark.office
def test_libreoffice_prints_it(tmp_path):
    pages, text = text_of(converted(report_workbook(samples.full()), "xlsx", "pdf", tmp_path))
    assert pages >= 9
    assert "Person-days planned" in text
