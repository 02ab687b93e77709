"""Reads a filled workbook of a workshop: all in it is of the right kind, or every problem is named by its cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maturity.assessment.workshop import MOST_BALLOTS, Outcome
from maturity.publishing import workshop_sheets as sheets
from maturity.publishing.foreign_workbook import Cell, Row, WorkbookUnreadable, sheets_of
from maturity.publishing.workshop_sheets import Written, WrittenBallot, WrittenNote, WrittenOutcome, WrittenPeople
from maturity.words.messages import counted
from maturity.words.workbook_sentences import in_cell, in_row, in_sheet

HEADINGS_WITHIN = 20
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
_MADE = "download the workbook again and fill that one in"
_ABSENT = Cell("", None, "n")


@dataclass(slots=True)
class _Sheet:
    """One sheet while it is read: its rows below the headings, by heading, and the problems of the whole workbook."""

    name: str
    problems: list[str]
    rows: list[tuple[int, dict[str, Cell]]] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)

    def wrong(self, row: int, heading: str, cell: Cell, said: str) -> None:
        """Note a problem in a cell; a blank one is found by its heading."""
        self.problems.append(in_cell(self.name, cell.place or f"{self.columns[heading]}{row}", said))

    def wrong_row(self, row: int, said: str) -> None:
        """Note a problem of a row."""
        self.problems.append(in_row(self.name, row, said))


def read_workbook(content: bytes, levels: Sequence[str]) -> Written:
    """What somebody filled in, for a scale with these names of levels from 1 up.

    `WorkbookUnreadable` lists every problem in the order of the sheets; a file that is no harmless workbook has one."""
    found, problems = sheets_of(content), list[str]()
    known = _identity(found.get(sheets.HOW_TO, []))
    counted_by = (*sheets.level_headings(levels), sheets.DONT_KNOW)
    votes = _sheet(found, sheets.VOTES, (sheets.ROW, sheets.STOOD, *counted_by), problems)
    texts = (sheets.REASON, sheets.MINORITY_VIEW, sheets.FOLLOW_UP, sheets.FOLLOW_UP_OWNER)
    agreed = _sheet(found, sheets.AGREED, (sheets.ROW, sheets.STOOD, sheets.LEVEL, *texts), problems)
    people = _sheet(found, sheets.PEOPLE, (sheets.ROW, sheets.STOOD, sheets.COUNTED), problems)
    notes = _sheet(found, sheets.NOTES, (sheets.ROW, sheets.KIND, sheets.TEXT, sheets.OWNER, sheets.DUE), problems)
    written = Written(
        workshop=known[0],
        round=known[1],
        workshop_name=known[2],
        round_name=known[3],
        ballots=_once(votes, _each(votes, lambda row, cells: _ballot(votes, row, cells, counted_by))),
        outcomes=_once(agreed, _each(agreed, lambda row, cells: _outcome(agreed, row, cells, texts, len(levels)))),
        people=_once(people, _each(people, lambda row, cells: _people(people, row, cells))),
        notes=_each(notes, lambda row, cells: _note(notes, row, cells)),
    )
    if problems:
        raise WorkbookUnreadable(*problems)
    return written


def identity(content: bytes) -> UUID:
    """The id of the workshop that a workbook was written for; `WorkbookUnreadable` where it is none of ours."""
    return _identity(sheets_of(content).get(sheets.HOW_TO, []))[0]


def _identity(rows: Sequence[tuple[int, Row]]) -> tuple[UUID, UUID, str, str]:
    captions = {f"{caption}:": key for key, caption in {**sheets.IDENTITY, **sheets.NAMED}.items()}
    said: dict[str, str] = {}
    for _, row in rows:
        if len(row) > 1 and isinstance(row[0].value, str) and row[0].value.strip() in captions:
            said[captions[row[0].value.strip()]] = sheets.tidy(sheets.unescaped(str(row[1].value)[:200]))
    try:
        if said.get("format") != sheets.FORMAT:
            raise ValueError
        ids = UUID(said.get("workshop", "")), UUID(said.get("round", ""))
    except ValueError:
        raise WorkbookUnreadable(
            f"the file is no workbook of a workshop, or its sheet {sheets.HOW_TO} was changed; {_MADE}"
        ) from None
    return *ids, said.get("workshop_name", ""), said.get("round_name", "")


def _sheet(found: dict[str, list[tuple[int, Row]]], name: str, headings: Sequence[str], problems: list[str]) -> _Sheet:
    made = _Sheet(name, problems)
    if name not in found:
        problems.append(in_sheet(name, f"it is missing or has another name; {_MADE}"))
        return made
    for at, (_, row) in enumerate(found[name][:HEADINGS_WITHIN]):
        captions = {sheets.on_one_line(sheets.unescaped(str(cell.value)[:300])): _column(cell) for cell in row}
        if sheets.ROW in captions:
            made.columns = {heading: captions[heading] for heading in headings if heading in captions}
            missing = [heading for heading in headings if heading not in captions]
            if missing:
                problems.append(in_sheet(name, f"the heading “{missing[0]}” is missing or changed; put it back"))
                return made
            by_column = {column: heading for heading, column in made.columns.items()}
            for number, cells in found[name][at + 1 :]:
                known = {by_column[_column(cell)]: cell for cell in cells if _column(cell) in by_column}
                made.rows.append((number, known))
            return made
    problems.append(in_sheet(name, f"the line with the headings is missing; {_MADE}"))
    return made


def _column(cell: Cell) -> str:
    return cell.place.rstrip("0123456789")


def _each(sheet: _Sheet, read: Callable[[int, dict[str, Cell]], Any]) -> tuple[Any, ...]:
    return tuple(one for row, cells in sheet.rows if (one := read(row, cells)) is not None)


def _once(sheet: _Sheet, read: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same, with a problem for each row that says again what an earlier one does."""
    first: dict[Any, int] = {}
    for each in read:
        key = (each.family,) if isinstance(each, WrittenPeople) else (each.matter, getattr(each, "ballot", 0))
        if key in first:
            sheet.wrong_row(each.row, f"this row is a copy of row {first[key]}; empty one of them")
        first.setdefault(key, each.row)
    return read


def _ballot(sheet: _Sheet, row: int, cells: dict[str, Cell], headings: Sequence[str]) -> WrittenBallot | None:
    filled = [heading for heading in headings if not _is_blank(cells.get(heading, _ABSENT))]
    if not filled:
        return None
    key = _text_of(cells.get(sheets.ROW, _ABSENT))
    matter, ballot = _matter(key.rpartition("/")[0]), key.rpartition("/")[2]
    if matter is None or ballot not in map(str, range(1, MOST_BALLOTS + 1)):
        sheet.wrong_row(row, "this row belongs to no question; write into the rows that were there")
        return None
    counts = [_count(sheet, row, each, cells.get(each, _ABSENT)) for each in headings]
    if any(count is None for count in counts):
        return None
    made = WrittenBallot(
        matter=matter,
        ballot=int(ballot),
        counts=tuple(count or 0 for count in counts[:-1]),
        dont_know=counts[-1] or 0,
        stood=_text_of(cells.get(sheets.STOOD, _ABSENT)),
        row=row,
    )
    if not made.votes:
        sheet.wrong_row(row, "nobody voted; leave the row empty, or write the counts")
        return None
    return made


def _outcome(sheet: _Sheet, row: int, cells: dict[str, Cell], texts: Sequence[str], top: int) -> WrittenOutcome | None:
    before = len(sheet.problems)
    level = _level(sheet, row, cells.get(sheets.LEVEL, _ABSENT), top)
    said = [_text(sheet, row, each, cells.get(each, _ABSENT)) for each in texts]
    if level is None and not any(said):
        return None
    if _matter(key := _text_of(cells.get(sheets.ROW, _ABSENT))) is None:
        sheet.wrong_row(row, "this row belongs to no question; write into the rows that were there")
    elif len(sheet.problems) > before:
        return None
    elif level is None:
        where = cells.get(sheets.LEVEL, _ABSENT)
        sheet.wrong(row, sheets.LEVEL, where, f"the level is missing; write 1 to {top}, or empty the row")
    elif len(said[0]) < 3:
        sheet.wrong(row, sheets.REASON, cells.get(sheets.REASON, _ABSENT), "the reason is missing; write why")
    else:
        agreed = Outcome(level=level, reason=said[0], minority_view=said[1], follow_up=said[2], follow_up_owner=said[3])
        stood = _text_of(cells.get(sheets.STOOD, _ABSENT))
        return WrittenOutcome(matter=UUID(key), outcome=agreed, stood=stood, row=row)
    return None


def _people(sheet: _Sheet, row: int, cells: dict[str, Cell]) -> WrittenPeople | None:
    cell = cells.get(sheets.COUNTED, _ABSENT)
    if _is_blank(cell):
        return None
    family = _text_of(cells.get(sheets.ROW, _ABSENT))
    if not family:
        sheet.wrong_row(row, "this row belongs to no role; write into the rows that were there")
        return None
    number = _count(sheet, row, sheets.COUNTED, cell)
    stood = _text_of(cells.get(sheets.STOOD, _ABSENT))
    return None if number is None else WrittenPeople(family=family, counted=number, stood=stood, row=row)


def _note(sheet: _Sheet, row: int, cells: dict[str, Cell]) -> WrittenNote | None:
    before = len(sheet.problems)
    kind, text, owner = (
        _text(sheet, row, each, cells.get(each, _ABSENT)) for each in (sheets.KIND, sheets.TEXT, sheets.OWNER)
    )
    due = _day(sheet, row, cells.get(sheets.DUE, _ABSENT))
    if len(sheet.problems) > before or not (kind or text or owner or due):
        return None
    kinds = {name.casefold(): each for each, name in sheets.NOTE_KINDS.items()}
    if kind.casefold() not in kinds:
        said = f"{_quoted(kind)} is no kind of note; choose one of" if kind else "the kind is missing; choose one of"
        names = ", ".join(sheets.NOTE_KINDS.values())
        sheet.wrong(row, sheets.KIND, cells.get(sheets.KIND, _ABSENT), f"{said} {names}")
    elif not text:
        sheet.wrong(
            row, sheets.TEXT, cells.get(sheets.TEXT, _ABSENT), "the text is missing; write it, or empty the row"
        )
    else:
        known = _matter(_text_of(cells.get(sheets.ROW, _ABSENT)))
        return WrittenNote(known=known, kind=kinds[kind.casefold()], text=text, owner=owner, due_on=due, row=row)
    return None


def _count(sheet: _Sheet, row: int, heading: str, cell: Cell) -> int | None:
    """A count, 0 for a blank cell; None, with the problem noted, for anything else."""
    number = 0 if _is_blank(cell) else _whole(cell)
    if number is None or not 0 <= number <= sheets.MOST_PEOPLE:
        said = f"{_shown(cell)} is no count; write a whole number from 0 to {sheets.MOST_PEOPLE:,}"
        sheet.wrong(row, heading, cell, said)
        return None
    return number


def _level(sheet: _Sheet, row: int, cell: Cell, top: int) -> int | None:
    if _is_blank(cell):
        return None
    number = _whole(cell)
    if number is None or not 1 <= number <= top:
        sheet.wrong(row, sheets.LEVEL, cell, f"{_shown(cell)} is no level; write 1 to {top}")
        return None
    return number


def _text(sheet: _Sheet, row: int, heading: str, cell: Cell) -> str:
    """A text; "" for a blank cell, and where a problem was noted. Numbers and days are taken as they are written."""
    if _is_blank(cell):
        return ""
    most = sheets.MOST_OWNER if heading in (sheets.OWNER, sheets.FOLLOW_UP_OWNER) else sheets.MOST_TEXT
    if cell.kind in "fe":
        sheet.wrong(row, heading, cell, f"{_shown(cell)}; write the text itself")
        return ""
    # Looked at by its length first: a megabyte of text is not worked through to say that it is too long.
    text = _text_of(cell) if len(str(cell.value)) <= 10 * most else str(cell.value)
    if len(text) > most:
        said = f"the text has {counted(len(text), 'character')}, at most {most:,} are kept; shorten it"
        sheet.wrong(row, heading, cell, said)
        return ""
    return text


def _day(sheet: _Sheet, row: int, cell: Cell) -> date | None:
    if _is_blank(cell):
        return None
    day = cell.value.date() if isinstance(cell.value, datetime) else cell.value
    if cell.kind == "s":
        try:
            day = date.fromisoformat(_text_of(cell))
        except ValueError:
            day = None
    if cell.kind == "f" or not isinstance(day, date) or not EARLIEST <= day <= LATEST:
        sheet.wrong(row, sheets.DUE, cell, f"{_shown(cell)} is no day; write it as 2026-05-04")
        return None
    return day


def _whole(cell: Cell) -> int | None:
    """A whole number, also one that is written as text; None for anything else."""
    value = cell.value
    if cell.kind == "s":
        text = _text_of(cell) if len(value) < 40 else ""
        return int(text) if text.isascii() and text.isdecimal() else None
    if cell.kind != "n" or isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # Infinity and what is no number at all are not smaller than anything.
    return int(value) if abs(value) < 1e9 and value == int(value) else None


def _is_blank(cell: Cell) -> bool:
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())


def _text_of(cell: Cell) -> str:
    """What a cell shows, as a text."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date() if value.time() == value.time().min else value.replace(microsecond=0)
    if isinstance(value, float) and abs(value) < 1e15 and value == int(value):
        value = int(value)
    return sheets.tidy(sheets.unescaped(str(value)))


def _shown(cell: Cell) -> str:
    """A cell's value as a problem quotes it."""
    if cell.kind == "f":
        return "a formula"
    return _quoted(_text_of(Cell(cell.place, str(cell.value)[:80], "s") if cell.kind == "s" else cell))


def _quoted(text: str) -> str:
    line = sheets.on_one_line(text)
    return f"“{line[:40]}…”" if len(line) > 41 else f"“{line}”"


def _matter(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None
