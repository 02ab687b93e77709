"""The workbook of a workshop, to fill in without a network: written here, read in workshop_workbook_reading.py.

Cells that take something are yellow and open; all others are locked, without a password: against slips, not against
people. There is not one formula in it, and what begins like one is kept as text.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from maturity.assessment.workshop import MOST_BALLOTS
from maturity.charts.theme import TOKENS
from maturity.publishing import workshop_sheets as sheets
from maturity.publishing.workshop_sheets import Filling
from maturity.words.messages import on_day
from maturity.words.workbook_sentences import HINTS, how_to

_COLOURS = {name: getattr(TOKENS["light"], name)[1:] for name in ("accent", "ink", "ink_soft", "ink_faint", "surface")}
_WHITE, _YELLOW = "FFFFFF", TOKENS["light"].maturity[0][1:]
_EDGE = Side(style="thin", color=_COLOURS["ink_faint"])
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_TITLE = Font(size=16, bold=True, color=_COLOURS["ink"])
_SOFT = Font(color=_COLOURS["ink_soft"])
_PLAIN = Font(color=_COLOURS["ink"])
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_NUMBER = Alignment(horizontal="center", vertical="top")
FIRST_ROW = 4
"""The row of the headings; above it stand the title and what to do on the sheet."""


def written_workbook(filling: Filling) -> bytes:
    """The workbook as an .xlsx file, filled with what is recorded already."""
    book = Workbook()
    book.properties.creator, book.properties.title = "Waymark", sheets.tidy(filling.workshop_name)
    made = {name: book.create_sheet(name) for name in sheets.SHEETS}
    book.remove(book.worksheets[0])
    _how_to(made[sheets.HOW_TO], filling)
    _votes(made[sheets.VOTES], filling)
    _agreed(made[sheets.AGREED], filling)
    _people(made[sheets.PEOPLE], filling)
    _notes(made[sheets.NOTES], filling)
    _levels(made[sheets.LEVELS], filling)
    for sheet in made.values():
        _to_print(sheet, filling)
        _lock(sheet)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _how_to(sheet: Worksheet, filling: Filling) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 80
    _put(sheet, 1, 1, filling.workshop_name, font=_TITLE)
    row = 2
    facts = {"Round": filling.round_name, "About": filling.place, "Organisation": filling.organisation}
    for heading, text in [*facts.items(), ("Written on", on_day(filling.made_on)), *how_to(len(filling.levels))]:
        _put(sheet, row, 1, heading, font=Font(bold=True, color=_COLOURS["ink"]), alignment=_WRAPPED)
        _put(sheet, row, 2, text, alignment=_WRAPPED)
        row += 1
    _put(sheet, row + 1, 1, "By these lines the workbook is known when it comes back.", font=_SOFT)
    known = {
        "format": sheets.FORMAT,
        "workshop": str(filling.workshop),
        "round": str(filling.round),
        "workshop_name": filling.workshop_name,
        "round_name": filling.round_name,
    }
    for at, (key, caption) in enumerate({**sheets.IDENTITY, **sheets.NAMED}.items(), start=row + 2):
        _put(sheet, at, 1, f"{caption}:", font=_SOFT)
        _put(sheet, at, 2, known[key], font=_SOFT)


def _votes(sheet: Worksheet, filling: Filling) -> None:
    counted = [*sheets.level_headings(filling.levels), sheets.DONT_KNOW]
    begins = [sheets.ROW, sheets.STOOD, sheets.DEPARTMENT, sheets.QUESTION, sheets.BALLOT]
    _head(sheet, sheets.VOTES, [*begins, *counted, sheets.RECORDED], [0, 0, 16, 44, 8, *[12] * len(counted), 18])
    row = FIRST_ROW + 1
    for line in filling.lines:
        for shown in line.ballots[:MOST_BALLOTS]:
            cells = (f"{line.matter}/{shown.ballot}", shown.stood, line.department, line.question, shown.ballot)
            _row(sheet, row, cells)
            given = (*shown.counts, shown.dont_know) if shown.counts is not None else [None] * len(counted)
            for at, count in enumerate(given, start=len(begins) + 1):
                _open(sheet, row, at, count, alignment=_NUMBER)
            _put(sheet, row, len(begins) + len(counted) + 1, shown.recorded, font=_SOFT, alignment=_WRAPPED)
            row += 1
    first, last = get_column_letter(len(begins) + 1), get_column_letter(len(begins) + len(counted))
    _whole_number(sheet, f"{first}{FIRST_ROW + 1}:{last}{max(row - 1, FIRST_ROW + 1)}", sheets.MOST_PEOPLE)
    sheet.freeze_panes = f"{first}{FIRST_ROW + 1}"


def _agreed(sheet: Worksheet, filling: Filling) -> None:
    texts = [sheets.REASON, sheets.MINORITY_VIEW, sheets.FOLLOW_UP, sheets.FOLLOW_UP_OWNER]
    begins = [sheets.ROW, sheets.STOOD, sheets.DEPARTMENT, sheets.QUESTION, sheets.LEVEL]
    _head(sheet, sheets.AGREED, [*begins, *texts], [0, 0, 16, 38, 10, 32, 24, 24, 16])
    row = FIRST_ROW
    for line in filter(lambda each: each.agreeable, filling.lines):
        row += 1
        _row(sheet, row, (str(line.matter), line.stood, line.department, line.question))
        agreed = line.outcome
        _open(sheet, row, 5, agreed.level if agreed else None, alignment=_NUMBER)
        said = (agreed.reason, agreed.minority_view, agreed.follow_up, agreed.follow_up_owner) if agreed else ("",) * 4
        for at, text in enumerate(said, start=6):
            _open(sheet, row, at, text)
    choices = ",".join(str(level) for level in range(1, len(filling.levels) + 1))
    _choice(sheet, f"E{FIRST_ROW + 1}:E{max(row, FIRST_ROW + 1)}", choices, f"Write 1 to {len(filling.levels)}.")
    sheet.freeze_panes = f"E{FIRST_ROW + 1}"


def _people(sheet: Worksheet, filling: Filling) -> None:
    headings = [sheets.ROW, sheets.STOOD, sheets.ROLE, sheets.BY_PHONE, sheets.COUNTED]
    _head(sheet, sheets.PEOPLE, headings, [0, 0, 26, 14, 24])
    for row, each in enumerate(filling.people, start=FIRST_ROW + 1):
        _row(sheet, row, (each.family, str(each.counted), each.name, each.by_phone))
        _open(sheet, row, 5, each.counted or None, alignment=_NUMBER)
    _whole_number(sheet, f"E{FIRST_ROW + 1}:E{FIRST_ROW + max(len(filling.people), 1)}", sheets.MOST_PEOPLE)
    sheet.freeze_panes = f"A{FIRST_ROW + 1}"


def _notes(sheet: Worksheet, filling: Filling) -> None:
    headings = [sheets.ROW, sheets.KIND, sheets.TEXT, sheets.OWNER, sheets.DUE, sheets.ABOUT]
    _head(sheet, sheets.NOTES, headings, [0, 12, 64, 20, 12, 28])
    row = FIRST_ROW
    for note in filling.notes:
        row += 1
        _row(sheet, row, (str(note.id), sheets.NOTE_KINDS[note.kind], note.text, note.owner, note.due_on, note.about))
    first = row + 1
    for row in range(first, first + sheets.ROOM_FOR_NOTES):
        for at in range(2, 6):
            _open(sheet, row, at, None)
        sheet.cell(row, 5).number_format = "yyyy-mm-dd"
    kinds = ",".join(sheets.NOTE_KINDS.values())
    _choice(sheet, f"B{first}:B{row}", kinds, f"Choose one of {', '.join(sheets.NOTE_KINDS.values())}.")
    sheet.freeze_panes = f"A{FIRST_ROW + 1}"


def _levels(sheet: Worksheet, filling: Filling) -> None:
    named = sheets.level_headings(filling.levels)
    _head(sheet, sheets.LEVELS, [sheets.DEPARTMENT, sheets.QUESTION, *named], [16, 30, *[28] * len(named)])
    for row, line in enumerate(filling.lines, start=FIRST_ROW + 1):
        _row(sheet, row, (line.department, line.question, *line.descriptors))
    sheet.freeze_panes = f"C{FIRST_ROW + 1}"


def _head(sheet: Worksheet, name: str, headings: Sequence[str], widths: Sequence[int]) -> None:
    """Title, what to do here, and the headings; a width of 0 hides the column."""
    shown = next(at for at, width in enumerate(widths, start=1) if width)
    _put(sheet, 1, shown, name, font=_TITLE)
    _put(sheet, 2, shown, HINTS[name], font=_SOFT)
    for at, (heading, width) in enumerate(zip(headings, widths, strict=True), start=1):
        cell = _put(sheet, FIRST_ROW, at, heading, font=Font(bold=True, color=_WHITE))
        cell.fill, cell.border = PatternFill("solid", fgColor=_COLOURS["accent"]), _BORDER
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        column = sheet.column_dimensions[get_column_letter(at)]
        column.width, column.hidden = width or 8, not width
    sheet.print_title_rows = f"{FIRST_ROW}:{FIRST_ROW}"


def _row(sheet: Worksheet, row: int, cells: Sequence[Any]) -> None:
    """Cells to read: locked."""
    for at, value in enumerate(cells, start=1):
        cell = _put(sheet, row, at, value, alignment=_NUMBER if isinstance(value, int) else _WRAPPED)
        cell.border, cell.fill = _BORDER, PatternFill("solid", fgColor=_COLOURS["surface"])
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"


def _open(sheet: Worksheet, row: int, column: int, value: Any, *, alignment: Alignment = _WRAPPED) -> None:
    """A cell to fill in."""
    cell = _put(sheet, row, column, value, alignment=alignment)
    cell.border, cell.fill = _BORDER, PatternFill("solid", fgColor=_YELLOW)
    cell.protection = Protection(locked=False)


def _put(sheet: Worksheet, row: int, column: int, value: Any, *, font: Font = _PLAIN, alignment: Any = None) -> Any:
    cell = sheet.cell(row, column)
    text = sheets.escaped(sheets.tidy(value)) if isinstance(value, str) else None
    cell.value = (text or None) if isinstance(value, str) else value
    if text:
        # Written as text whatever it looks like, and with the mark that keeps it text when somebody edits the cell.
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(sheets.FORMULA)
    cell.font = font
    if alignment is not None:
        cell.alignment = alignment
    return cell


def _whole_number(sheet: Worksheet, cells: str, most: int) -> None:
    said = f"Write a whole number from 0 to {most:,}, or leave the cell empty."
    rule = DataValidation(type="whole", operator="between", formula1="0", formula2=str(most), allow_blank=True)
    _rule(sheet, rule, cells, said)


def _choice(sheet: Worksheet, cells: str, choices: str, said: str) -> None:
    _rule(sheet, DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True), cells, said)


def _rule(sheet: Worksheet, rule: DataValidation, cells: str, said: str) -> None:
    rule.errorTitle, rule.error, rule.showErrorMessage = "Waymark", said, True
    rule.add(cells)
    sheet.add_data_validation(rule)


def _to_print(sheet: Worksheet, filling: Filling) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    # In a footer, & begins a command.
    name = sheets.on_one_line(filling.workshop_name)[:80].replace("&", "&&")
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(name), center=_HeaderFooterPart(sheet.title), right=_HeaderFooterPart("Page &P of &N")
    )
    sheet.sheet_view.showGridLines = False


def _lock(sheet: Worksheet) -> None:
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.sort = sheet.protection.autoFilter = False
