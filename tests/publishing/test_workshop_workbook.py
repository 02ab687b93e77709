"""The workbook of a workshop as a file: what is written comes back, and what is wrong is named by sheet and cell."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from maturity.assessment.workshop import Outcome
from maturity.publishing import foreign_workbook
from maturity.publishing import workshop_sheets as sheets
from maturity.publishing.foreign_workbook import WorkbookUnreadable
from maturity.publishing.workshop_sheets import Filling, Line, ShownBallot, ShownNote, ShownPeople, Written
from maturity.publishing.workshop_workbook import written_workbook
from maturity.publishing.workshop_workbook_reading import identity, read_workbook

LEVELS = ("Initial", "Emerging", "Defined", "Managed", "Optimised")
FIRST, SECOND, WARM_UP = (UUID(int=number) for number in (1, 2, 3))
WORKSHOP, ROUND, NOTE = UUID(int=11), UUID(int=12), UUID(int=13)
HEADINGS = 4


def line(matter: UUID, **given: Any) -> Line:
    ballots = tuple(ShownBallot(ballot=number) for number in (1, 2, 3))
    plain = {"department": "Parks", "question": "=1+1 is asked", "descriptors": ("little",) * 5, "ballots": ballots}
    return Line(matter=matter, **{**plain, **given})


def filling(*lines: Line, **given: Any) -> Filling:
    plain: dict[str, Any] = {
        "workshop": WORKSHOP,
        "round": ROUND,
        "workshop_name": "Parks & rivers",
        "round_name": "2027",
        "organisation": "Town",
        "place": "Parks",
        "made_on": date(2026, 3, 2),
        "levels": LEVELS,
        "people": (
            ShownPeople(family="leader", name="Leader", by_phone=1, counted=2),
            ShownPeople(family="front-line", name="Front line", by_phone=0, counted=0),
        ),
    }
    return Filling(lines=lines or (line(FIRST), line(SECOND)), **{**plain, **given})


def with_cells(cells: dict[str, Any], content: bytes | None = None) -> bytes:
    """A workbook with values in these cells, "Votes!F5"; a text is a text, whatever it looks like."""
    book = load_workbook(io.BytesIO(content or written_workbook(filling())))
    for place, value in cells.items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell].value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: bytes) -> Written:
    return read_workbook(content, LEVELS)


# Everything that people type and paste, and what only a broken program writes.
texts = st.text(st.characters(exclude_categories=[]), max_size=40) | st.sampled_from(
    ["=1+1", "+44 20", "-2", "@here", "_x0041_", "a\r\nb", "#N/A", "\t=1", "5", "2026-05-04", "_x005F_", "𝔘 ✓", "\x0b"]
)
said = texts.filter(lambda text: len(sheets.tidy(text)) >= 3)
counts = st.tuples(*[st.integers(0, 12)] * 6).filter(any)


@st.composite
def fillings(draw: st.DrawFn) -> Filling:
    """Any workbook of a store with something in it: votes, agreements, people and notes."""
    lines = []
    for matter in (FIRST, SECOND):
        ballots = []
        for number in (1, 2, 3):
            given_counts = draw(counts | st.none())
            ballots.append(
                ShownBallot(
                    ballot=number,
                    counts=given_counts[:5] if given_counts else None,
                    dont_know=given_counts[5] if given_counts else None,
                    stood="then" if given_counts else "",
                    recorded=draw(texts),
                )
            )
        agreed = draw(
            st.none()
            | st.builds(
                Outcome,
                level=st.integers(1, 5),
                reason=said,
                minority_view=texts,
                follow_up=texts,
                follow_up_owner=texts,
            )
        )
        lines.append(
            line(
                matter, ballots=tuple(ballots), outcome=agreed, question=draw(texts), department=draw(texts), stood="x"
            )
        )
    notes = [
        ShownNote(
            id=UUID(int=100 + number),
            kind=draw(st.sampled_from(list(sheets.NOTE_KINDS))),
            text=draw(texts.filter(sheets.tidy)),
            owner=draw(texts),
            due_on=draw(st.none() | st.dates(date(2000, 1, 1), date(2199, 12, 31))),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    return filling(*lines, notes=tuple(notes), workshop_name=draw(texts), place=draw(texts), organisation=draw(texts))


@given(fillings())
@settings(max_examples=60)
def test_whatever_is_written_comes_back_and_holds_no_formula(written: Filling) -> None:
    content = written_workbook(written)
    found = read(content)
    assert (found.workshop, found.round, identity(content)) == (WORKSHOP, ROUND, WORKSHOP)
    assert [(b.matter, b.ballot, b.counts, b.dont_know, b.stood) for b in found.ballots] == [
        (each.matter, shown.ballot, shown.counts, shown.dont_know, shown.stood)
        for each in written.lines
        for shown in each.ballots
        if shown.counts is not None
    ]
    assert [(o.matter, o.outcome, o.stood) for o in found.outcomes] == [
        (
            each.matter,
            Outcome(
                level=each.outcome.level,
                **{
                    name: sheets.tidy(getattr(each.outcome, name))
                    for name in ("reason", "minority_view", "follow_up", "follow_up_owner")
                },
            ),
            each.stood,
        )
        for each in written.lines
        if each.outcome
    ]
    assert [(n.known, n.kind, n.text, n.owner, n.due_on) for n in found.notes] == [
        (n.id, n.kind, sheets.tidy(n.text), sheets.tidy(n.owner), n.due_on) for n in written.notes
    ]
    assert [(p.family, p.counted, p.stood) for p in found.people] == [("leader", 2, "2")]
    for sheet in load_workbook(io.BytesIO(content)):
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type in "fe"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_a_cell_shows_a_text_as_it_is(text: str) -> None:
    assert sheets.unescaped(sheets.escaped(text)) == text


def test_the_votes_of_a_ballot_are_levels_again():
    (found,) = read(with_cells({"Votes!F5": 2, "Votes!H5": 1, "Votes!K5": 1})).ballots
    assert (found.levels, found.votes) == ([1, 1, 3, None], 4)


def test_a_new_workbook_says_nothing():
    found = read(written_workbook(filling(people=())))
    assert (found.ballots, found.outcomes, found.people, found.notes) == ((), (), (), ())


def test_a_worked_example_has_no_row_for_an_agreement():
    warm = line(WARM_UP, agreeable=False, ballots=(ShownBallot(ballot=1),))
    book = load_workbook(io.BytesIO(written_workbook(filling(warm, line(FIRST)))))
    assert [row[0].value for row in book["Agreed"].iter_rows(min_row=5)] == [str(FIRST)]
    assert [row[0].value for row in book["Votes"].iter_rows(min_row=5)] == [
        f"{WARM_UP}/1",
        *(f"{FIRST}/{ballot}" for ballot in (1, 2, 3)),
    ]


def test_it_prints_and_guides():
    book = load_workbook(io.BytesIO(written_workbook(filling())))
    assert tuple(book.sheetnames) == sheets.SHEETS
    for sheet in book:
        assert (
            sheet.protection.sheet and sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToWidth == 1
        )
        assert sheet.oddFooter.left.text == "Parks && rivers"
    for name in sheets.SHEETS[1:]:
        assert book[name].freeze_panes and book[name].print_title_rows == "$4:$4"
        assert book[name].cell(2, 3).value or book[name].cell(2, 1).value or book[name].cell(2, 2).value
    assert book["Votes"].column_dimensions["A"].hidden and not book["Votes"]["F5"].protection.locked
    assert book["Votes"]["A5"].protection.locked and book["Votes"]["D5"].quotePrefix
    rules = {str(rule.sqref): rule for name in sheets.SHEETS for rule in book[name].data_validations.dataValidation}
    assert {rule.type for rule in rules.values()} == {"whole", "list"}
    assert rules["E5:E6"].formula1 in ('"1,2,3,4,5"', "0")


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"Votes!F5": "four"}, "Sheet Votes, cell F5: “four” is no count; write a whole number from 0 to 1,000"),
        ({"Votes!F5": 1.5}, "Sheet Votes, cell F5: “1.5” is no count; write a whole number from 0 to 1,000"),
        ({"Votes!K6": -1}, "Sheet Votes, cell K6: “-1” is no count; write a whole number from 0 to 1,000"),
        ({"Votes!K6": 1001}, "Sheet Votes, cell K6: “1001” is no count; write a whole number from 0 to 1,000"),
        ({"Votes!F5": True}, "Sheet Votes, cell F5: “True” is no count; write a whole number from 0 to 1,000"),
        ({"Votes!F5": "=1+1"}, "Sheet Votes, cell F5: a formula is no count; write a whole number from 0 to 1,000"),
        ({"Votes!F5": "#REF!"}, "Sheet Votes, cell F5: “#REF!” is no count; write a whole number from 0 to 1,000"),
        (
            {"Votes!F5": datetime(2026, 3, 1)},
            "Sheet Votes, cell F5: “2026-03-01” is no count; write a whole number from 0 to 1,000",
        ),
        ({"Votes!F5": 0, "Votes!G5": 0}, "Sheet Votes, row 5: nobody voted; leave the row empty, or write the counts"),
        (
            {"Votes!A5": None, "Votes!F5": 3},
            "Sheet Votes, row 5: this row belongs to no question; write into the rows that were there",
        ),
        (
            {"Votes!A5": f"{FIRST}/4", "Votes!F5": 3},
            "Sheet Votes, row 5: this row belongs to no question; write into the rows that were there",
        ),
        (
            {"Votes!A6": f"{FIRST}/1", "Votes!F5": 3, "Votes!F6": 2},
            "Sheet Votes, row 6: this row is a copy of row 5; empty one of them",
        ),
        ({"Votes!F4": "Beginner"}, "Sheet Votes: the heading “1 Initial” is missing or changed; put it back"),
        (
            {"Votes!A4": None},
            "Sheet Votes: the line with the headings is missing; download the workbook again and fill that one in",
        ),
        ({"Agreed!E5": 4.5, "Agreed!F5": "so"}, "Sheet Agreed, cell E5: “4.5” is no level; write 1 to 5"),
        ({"Agreed!E5": 0, "Agreed!F5": "so"}, "Sheet Agreed, cell E5: “0” is no level; write 1 to 5"),
        ({"Agreed!E5": "six"}, "Sheet Agreed, cell E5: “six” is no level; write 1 to 5"),
        ({"Agreed!E5": "=A1"}, "Sheet Agreed, cell E5: a formula is no level; write 1 to 5"),
        ({"Agreed!E5": 3}, "Sheet Agreed, cell F5: the reason is missing; write why"),
        ({"Agreed!E5": 3, "Agreed!F5": "  x "}, "Sheet Agreed, cell F5: the reason is missing; write why"),
        ({"Agreed!E5": 3, "Agreed!F5": "=A1"}, "Sheet Agreed, cell F5: a formula; write the text itself"),
        ({"Agreed!F6": "seen"}, "Sheet Agreed, cell E6: the level is missing; write 1 to 5, or empty the row"),
        (
            {"Agreed!E5": 3, "Agreed!F5": "x" * 4001},
            "Sheet Agreed, cell F5: the text has 4,001 characters, at most 4,000 are kept; shorten it",
        ),
        (
            {"Agreed!E5": 3, "Agreed!F5": "seen", "Agreed!I5": "x" * 121},
            "Sheet Agreed, cell I5: the text has 121 characters, at most 120 are kept; shorten it",
        ),
        (
            {"Agreed!A5": "moved", "Agreed!E5": 3, "Agreed!F5": "seen"},
            "Sheet Agreed, row 5: this row belongs to no question; write into the rows that were there",
        ),
        ({"People!E5": "few"}, "Sheet People, cell E5: “few” is no count; write a whole number from 0 to 1,000"),
        (
            {"People!A6": None, "People!E6": 3},
            "Sheet People, row 6: this row belongs to no role; write into the rows that were there",
        ),
        (
            {"Notes!B5": "Idea", "Notes!C5": "x"},
            "Sheet Notes, cell B5: “Idea” is no kind of note; choose one of Parked, Decision, Action",
        ),
        ({"Notes!C5": "x"}, "Sheet Notes, cell B5: the kind is missing; choose one of Parked, Decision, Action"),
        ({"Notes!B5": "Action"}, "Sheet Notes, cell C5: the text is missing; write it, or empty the row"),
        (
            {"Notes!B5": "Action", "Notes!C5": "x", "Notes!E5": "soon"},
            "Sheet Notes, cell E5: “soon” is no day; write it as 2026-05-04",
        ),
        (
            {"Notes!B5": "Action", "Notes!C5": "x", "Notes!E5": datetime(1950, 1, 1)},
            "Sheet Notes, cell E5: “1950-01-01” is no day; write it as 2026-05-04",
        ),
        (
            {"Notes!B5": "Action", "Notes!C5": "x", "Notes!E5": "=TODAY()"},
            "Sheet Notes, cell E5: a formula is no day; write it as 2026-05-04",
        ),
    ],
)
def test_what_is_wrong_is_one_sentence_with_sheet_and_cell(cells, problem):
    with pytest.raises(WorkbookUnreadable) as refused:
        read(with_cells(cells))
    assert refused.value.problems == (problem,)


def test_every_problem_is_listed_in_the_order_of_the_sheets():
    cells = {"Notes!C5": "x", "Agreed!E5": 9, "Votes!F5": "a", "Votes!G7": "b", "People!E5": "c"}
    with pytest.raises(WorkbookUnreadable) as refused:
        read(with_cells(cells))
    assert [problem.partition(":")[0] for problem in refused.value.problems] == [
        "Sheet Votes, cell F5",
        "Sheet Votes, cell G7",
        "Sheet Agreed, cell E5",
        "Sheet People, cell E5",
        "Sheet Notes, cell B5",
    ]


@pytest.mark.parametrize("name", sheets.SHEETS[1:5])
def test_a_sheet_that_is_gone_is_named(name):
    book = load_workbook(io.BytesIO(written_workbook(filling())))
    book.remove(book[name])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(WorkbookUnreadable, match=f"Sheet {name}: it is missing or has another name; download"):
        read(out.getvalue())


@pytest.mark.parametrize("cell", ["B20", "A20"])
def test_a_workbook_that_nobody_knows_is_none_of_ours(cell):
    content = written_workbook(filling())
    book = load_workbook(io.BytesIO(content))
    row = next(row for row in range(1, 40) if book["How to"].cell(row, 1).value == "Workshop id:")
    with pytest.raises(WorkbookUnreadable, match="no workbook of a workshop, or its sheet How to was changed"):
        read(with_cells({f"How to!{cell[0]}{row}": "changed"}, content))


def test_people_write_numbers_as_texts_and_things_beside_the_table():
    cells = {
        "Votes!F5": " 3 ",
        "Votes!N5": "we voted twice here",
        "Votes!D5": "=the question is not read",
        "Agreed!E5": "4",
        "Agreed!F5": 2026,
        "Notes!B5": "action",
        "Notes!C5": datetime(2026, 5, 4),
        "Notes!E5": " 2026-05-04 ",
    }
    found = read(with_cells(cells))
    assert found.ballots[0].counts == (3, 0, 0, 0, 0)
    assert found.outcomes[0].outcome == Outcome(level=4, reason="2026")
    assert (found.notes[0].text, found.notes[0].due_on, found.notes[0].known) == ("2026-05-04", date(2026, 5, 4), None)


def test_the_document_of_formats_names_every_sheet_and_heading():
    text = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    section = text.partition("## Workbook of a workshop")[2].partition("\n## ")[0]
    named = {*sheets.SHEETS, sheets.FORMAT, sheets.ROW, sheets.STOOD, sheets.DONT_KNOW, sheets.LEVEL, sheets.REASON}
    named |= {sheets.MINORITY_VIEW, sheets.FOLLOW_UP, sheets.FOLLOW_UP_OWNER, sheets.COUNTED}
    named |= {sheets.KIND, sheets.TEXT, sheets.OWNER, sheets.DUE}
    assert {each for each in named if f"`{each}`" not in section} == set()
    assert all(kind in section for kind in sheets.NOTE_KINDS.values())
    for number in (foreign_workbook.MOST_BYTES, foreign_workbook.MOST_UNPACKED):
        assert f"{number // 1_000_000} MB" in section
    for number in (sheets.MOST_TEXT, sheets.MOST_OWNER, foreign_workbook.MOST_ROWS, sheets.MOST_PEOPLE):
        assert f"{number:,}" in section
