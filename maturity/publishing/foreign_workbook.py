"""A workbook that somebody brings: hostile until it is validated.

Nothing of it reaches the spreadsheet library before its size, its parts and its XML are known to be harmless: then the
library gets a new archive with the XML parts alone.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from openpyxl import load_workbook

MOST_BYTES = 2_000_000
MOST_UNPACKED = 12_000_000
MOST_PARTS = 200
MOST_CELLS = 100_000
MOST_DEPTH = 32
MOST_ROWS = 1_000
MOST_COLUMNS = 64

_ACTIVE = re.compile(r"vbaproject|/embeddings/|/activex/|/ctrlprops/|/customui/|macrosheets", re.IGNORECASE)
_OUTSIDE = re.compile(r"externallinks/|connections\.xml|querytables/", re.IGNORECASE)
_WORKSHEET = re.compile(r"/worksheets/[^/]+\.xml$", re.IGNORECASE)
_SAVE_AS = "save it as an Excel workbook (.xlsx) and bring that one"


class WorkbookUnreadable(ValueError):
    """A workbook that is refused. `problems` has one sentence for each thing that is wrong, with sheet and cell."""

    def __init__(self, *problems: str) -> None:
        super().__init__(problems[0])
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it is ("F7"), its value, and the kind that the file gives it (n number, s text, d day, b truth,
    f formula, e error)."""

    place: str
    value: Any
    kind: str


Row = tuple[Cell, ...]


def sheets_of(content: bytes) -> dict[str, list[tuple[int, Row]]]:
    """The sheets of an .xlsx workbook by name, each as its rows with their numbers, blank cells and rows left out.

    `WorkbookUnreadable` where it is too big, no workbook, has macros, links or embedded files, or is malformed."""
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise WorkbookUnreadable(f"the file has more than {most} MB, which no filled workbook has; {_NOT_OURS}")
    harmless = _harmless(content)
    try:
        book = load_workbook(io.BytesIO(harmless), read_only=True, data_only=False, keep_links=False)
        return {sheet.title: _rows(sheet) for sheet in book.worksheets}
    except Exception:
        # The library raises whatever a malformed file leads it to; none of it says more than this to the reader.
        raise WorkbookUnreadable(f"the file is damaged and cannot be read as a workbook; {_NOT_OURS}") from None


_NOT_OURS = "download the workbook again and fill that one in"


def _rows(sheet: Any) -> list[tuple[int, Row]]:
    found = []
    rows = sheet.iter_rows(min_row=1, max_row=MOST_ROWS, min_col=1, max_col=MOST_COLUMNS)
    for number, row in enumerate(rows, start=1):
        cells = tuple(Cell(each.coordinate, each.value, each.data_type) for each in row if each.value is not None)
        if cells:
            found.append((number, cells))
    return found


def _harmless(content: bytes) -> bytes:
    """The XML parts of a workbook in an archive of their own, each parsed once and found without harm."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_parts(parts)
            kept = {part.filename: _read(archive, part) for part in parts if part.filename.endswith((".xml", ".rels"))}
    except WorkbookUnreadable:
        raise
    except Exception:
        # Archives break in as many ways as there are ways to pack: none of them says more to the reader.
        raise WorkbookUnreadable(_not_a_workbook(content)) from None
    if "[Content_Types].xml" not in kept or "xl/workbook.xml" not in kept:
        raise WorkbookUnreadable(f"the file is no Excel workbook; {_SAVE_AS}")
    if b"macroenabled" in kept["[Content_Types].xml"].lower():
        raise WorkbookUnreadable(f"the workbook can hold macros (.xlsm), which are not taken; {_SAVE_AS}")
    return _packed(kept)


def _packed(parts: dict[str, bytes]) -> bytes:
    cells = 0
    for name, body in parts.items():
        cells += _checked_xml(name, body)
    if cells > MOST_CELLS:
        raise WorkbookUnreadable(f"the workbook has {cells:,} cells, at most {MOST_CELLS:,} are read; {_NOT_OURS}")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return made.getvalue()


def _not_a_workbook(content: bytes) -> str:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return f"the file is an old workbook (.xls) or locked with a password; {_SAVE_AS}, without a password"
    return f"the file is no Excel workbook, or it is damaged; {_SAVE_AS}"


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if "mimetype" in names or "content.xml" in names:
        raise WorkbookUnreadable(f"the file is an OpenDocument sheet (.ods); {_SAVE_AS}")
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise WorkbookUnreadable(f"the file holds more than a workbook does; {_NOT_OURS}")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        most = MOST_UNPACKED // 1_000_000
        raise WorkbookUnreadable(f"the file unpacks to more than {most} MB, which no filled workbook does; {_NOT_OURS}")
    if any(part.flag_bits & 1 for part in parts):
        raise WorkbookUnreadable(f"the file is locked with a password; {_SAVE_AS}, without a password")
    for name in names:
        if _ACTIVE.search(name):
            raise WorkbookUnreadable(f"the workbook holds macros or embedded files, which are not taken; {_SAVE_AS}")
        if _OUTSIDE.search(name):
            raise WorkbookUnreadable(
                f"the workbook takes values from elsewhere by links; copy the values in, {_SAVE_AS}"
            )


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """One part, never more of it than the archive said it has: whatever lies beyond breaks its checksum."""
    with archive.open(part) as opened:
        body = opened.read(part.file_size + 1)
    if len(body) != part.file_size:
        raise zipfile.BadZipFile("the part is longer or shorter than said")
    return body


def _checked_xml(name: str, body: bytes) -> int:
    """Looks through one part for what makes XML dangerous or a sheet endless; returns how many cells it has."""
    parser, seen = expat.ParserCreate(), _Seen(name)
    parser.StartDoctypeDeclHandler = seen.doctype
    parser.StartElementHandler = seen.begin
    parser.EndElementHandler = seen.end
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, WorkbookUnreadable):
            raise
        raise WorkbookUnreadable(f"the file is damaged and cannot be read as a workbook; {_NOT_OURS}") from None
    return seen.cells


class _Seen:
    """What the parser met in one part."""

    def __init__(self, name: str) -> None:
        self.is_sheet = _WORKSHEET.search(name) is not None
        self.cells = self.depth = self.row = 0

    def doctype(self, *_: object) -> None:
        raise WorkbookUnreadable(f"the file declares a document type, which no workbook does; {_NOT_OURS}")

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise WorkbookUnreadable(f"the file is nested more than {MOST_DEPTH} levels deep; {_NOT_OURS}")
        if not self.is_sheet:
            return
        kind = name.rpartition(":")[2]
        if kind == "row":
            number = attributes.get("r", "")
            self.row = int(number) if number.isdecimal() and len(number) < 10 else self.row + 1
        elif kind == "c":
            self.cells += 1
        elif kind in ("v", "is", "f") and self.row > MOST_ROWS:
            raise WorkbookUnreadable(
                f"something stands below row {MOST_ROWS:,} of a sheet; take it away, or {_NOT_OURS}"
            )

    def end(self, _: str) -> None:
        self.depth -= 1
