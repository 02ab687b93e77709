"""Workbooks that mean harm, or are none: refused in one sentence before the spreadsheet library sees them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maturity.publishing import foreign_workbook
from maturity.publishing.foreign_workbook import WorkbookUnreadable, sheets_of
from maturity.publishing.workshop_sheets import Filling
from maturity.publishing.workshop_workbook import written_workbook

Parts = dict[str, bytes]
SHEET = "xl/worksheets/sheet2.xml"
GOOD = written_workbook(
    Filling(
        workshop=UUID(int=1),
        round=UUID(int=2),
        workshop_name="W",
        round_name="R",
        organisation="Town",
        place="Parks",
        made_on=date(2026, 3, 2),
        levels=("a", "b", "c"),
        lines=(),
        people=(),
    )
)


def repacked(change: Callable[[Parts], object], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The good workbook with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    def change(parts: Parts) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new, 1)

    return repacked(change)


def row(text: str) -> bytes:
    """The second sheet with one more row."""
    return replaced(SHEET, b"</sheetData>", text.encode() + b"</sheetData>")


def with_flag() -> bytes:
    content = bytearray(repacked(lambda _: None, zipfile.ZIP_STORED))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    return bytes(content)


def lying(said: int) -> bytes:
    """A part that unpacks to more than the archive says."""
    content = bytearray(repacked(lambda parts: parts.update({"xl/a.xml": b"<a>" + b" " * 100_000 + b"</a>"})))
    real = (100_007).to_bytes(4, "little")
    assert content.count(real) == 2
    return bytes(content).replace(real, said.to_bytes(4, "little"))


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b"<a>&b;&b;&b;</a>"
)
IN_UTF_16 = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY a "aa">]><a>&a;</a>'.encode("utf-16")
ZEROS = b"<a>" + b"0" * 13_000_000 + b"</a>"

HARMFUL = {
    "too big": (b"x" * 2_000_001, "the file has more than 2 MB"),
    "empty": (b"", "the file is no Excel workbook, or it is damaged"),
    "a text": (b"department;level\nparks;3", "the file is no Excel workbook, or it is damaged"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "an old workbook (.xls) or locked"),
    "half a workbook": (GOOD[: len(GOOD) // 2], "the file is no Excel workbook, or it is damaged"),
    "another archive": (repacked(lambda parts: parts.pop("xl/workbook.xml")), "the file is no Excel workbook"),
    "an OpenDocument": (repacked(lambda parts: parts.update({"mimetype": b"x"})), "an OpenDocument sheet (.ods)"),
    "a bomb": (repacked(lambda parts: parts.update({"xl/a.xml": ZEROS})), "unpacks to more than 12 MB"),
    "a lying bomb": (lying(1_000), "the file is no Excel workbook, or it is damaged"),
    "many parts": (repacked(lambda parts: parts.update({f"{n}.xml": b"<a/>" for n in range(200)})), "holds more than"),
    "macros": (repacked(lambda parts: parts.update({"xl/vbaProject.bin": b"x"})), "macros or embedded files"),
    "macros by type": (
        replaced("[Content_Types].xml", b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml"),
        "the workbook can hold macros (.xlsm)",
    ),
    "embedded": (repacked(lambda parts: parts.update({"xl/embeddings/a.bin": b"x"})), "macros or embedded files"),
    "links": (repacked(lambda parts: parts.update({"xl/externalLinks/a.xml": b"<a/>"})), "takes values from elsewhere"),
    "connections": (
        repacked(lambda parts: parts.update({"xl/connections.xml": b"<a/>"})),
        "takes values from elsewhere",
    ),
    "a password": (with_flag(), "the file is locked with a password"),
    "entities": (repacked(lambda parts: parts.update({SHEET: ENTITIES})), "declares a document type"),
    "entities in UTF-16": (repacked(lambda parts: parts.update({SHEET: IN_UTF_16})), "declares a document type"),
    "deep": (repacked(lambda parts: parts.update({SHEET: b"<a>" * 50 + b"</a>" * 50})), "nested more than 32 levels"),
    "broken XML": (repacked(lambda parts: parts.update({SHEET: b"<a><b></a>"})), "the file is damaged"),
    "far below": (row('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "stands below row 1,000"),
    "endless": (row('<row r="99999999999999"><c r="A1"><v>1</v></c></row>' * 1200), "stands below row 1,000"),
    "many cells": (row('<row r="9">' + "<c/>" * 100_001 + "</row>"), "at most 100,000 are read"),
    "no such text": (row('<row r="9"><c r="A9" t="s"><v>7</v></c></row>'), "the file is damaged"),
    "a huge number": (row('<row r="9"><c r="A9"><v>' + "9" * 5_000 + "</v></c></row>"), "the file is damaged"),
}


@pytest.mark.parametrize(("content", "said"), HARMFUL.values(), ids=HARMFUL.keys())
def test_a_harmful_file_is_refused_in_one_sentence(content, said):
    with pytest.raises(WorkbookUnreadable) as refused:
        sheets_of(content)
    assert said in str(refused.value) and len(refused.value.problems) == 1
    assert "\n" not in str(refused.value)


def test_the_library_never_sees_what_is_refused(monkeypatch):
    def opened(*_: object, **__: object) -> None:
        raise AssertionError("the library was asked to open it")

    monkeypatch.setattr(foreign_workbook, "load_workbook", opened)
    for name, (content, said) in HARMFUL.items():
        if "damaged" not in said:
            with pytest.raises(WorkbookUnreadable):
                sheets_of(content)
            assert name


def test_two_parts_of_one_name_are_refused():
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning):
        archive.writestr(SHEET, b"<a/>")
    with pytest.raises(WorkbookUnreadable, match="holds more than a workbook does"):
        sheets_of(out.getvalue())


def test_empty_rows_far_below_are_no_harm():
    # Where somebody formatted a whole column, some programs write the last row of all.
    assert sheets_of(row('<row r="1048576"><c r="A1048576" s="1"/></row>')) == sheets_of(GOOD)


def test_pictures_and_settings_of_a_printer_are_left_behind():
    kept = repacked(lambda parts: parts.update({"xl/media/a.png": b"\x89PNG", "xl/printerSettings/a.bin": b"x"}))
    assert sheets_of(kept) == sheets_of(GOOD)


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=40))
@settings(max_examples=80)
def test_damage_anywhere_is_a_refusal_or_a_workbook(at, damage):
    try:
        sheets_of(GOOD[:at] + damage + GOOD[at + len(damage) :])
    except WorkbookUnreadable as refused:
        assert refused.problems


@given(st.integers(0, 5_000), st.binary(min_size=1, max_size=40))
@settings(max_examples=80)
def test_damage_within_a_part_is_a_refusal_or_a_workbook(at, damage):
    def change(parts: Parts) -> None:
        parts[SHEET] = parts[SHEET][:at] + damage + parts[SHEET][at + len(damage) :]

    try:
        sheets_of(repacked(change))
    except WorkbookUnreadable as refused:
        assert refused.problems
