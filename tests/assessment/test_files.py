"""Which files are taken as evidence: told by their contents, refused in one sentence."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from maturity.assessment.files import KINDS, MOST_BYTES, MOST_PARTS, EvidenceRefused, cleaned_name, media_type

PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + bytes(200)


def packed(*names: str, body: bytes = b"x", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A packed file with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as zip_file:
        for name in names:
            zip_file.writestr(name, body)
    return made.getvalue()


def office(part: str, *more: str) -> bytes:
    return packed("[Content_Types].xml", part, *more)


def open_document(kind: str) -> bytes:
    """An OpenDocument file: its kind comes first and is not packed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zip_file:
        zip_file.writestr(zipfile.ZipInfo("mimetype"), kind, zipfile.ZIP_STORED)
        zip_file.writestr("content.xml", "<x/>")
    return made.getvalue()


TAKEN = {
    "a policy.pdf": PDF,
    "screen.PNG": PNG,
    "photo.jpg": JPEG,
    "photo.jpeg": JPEG,
    "minutes.docx": office("word/document.xml"),
    "list.xlsx": office("xl/workbook.xml"),
    "talk.pptx": office("ppt/presentation.xml"),
    "minutes.odt": open_document(KINDS["odt"]),
    "list.ods": open_document(KINDS["ods"]),
    "rows.csv": "\ufeffname;größe\r\nx;1".encode(),
    "notes.txt": b"Agreed on 2 March.\n\tAll of it.",
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_what_its_name_says_is_taken(name: str) -> None:
    assert media_type(name, TAKEN[name]) == KINDS[name.rpartition(".")[2].lower()]


REFUSED = {
    "an executable named .pdf": ("report.pdf", PROGRAM, "is not what its name says; save it as PDF"),
    "an executable named .txt": ("report.txt", PROGRAM, "is not what its name says"),
    "an executable": ("report.pdf.exe", PROGRAM, "is not of a kind that is taken"),
    "a page of the web": ("page.html", b"<script>alert(1)</script>", "is not of a kind that is taken"),
    "a picture that may hold scripts": ("chart.svg", b"<svg/>", "is not of a kind that is taken"),
    "no end at all": ("README", b"words", "is not of a kind that is taken"),
    "only an end": (".pdf", PDF, "is not of a kind that is taken"),
    "no name": ("", PDF, "“The file” is not of a kind that is taken"),
    "an empty file": ("notes.txt", b"", "is empty; choose the file again"),
    "20 MB": ("scan.pdf", PDF + bytes(20_000_000), "has 20.0 MB, at most 5 MB are taken; give a link instead"),
    "a PDF named .docx": ("minutes.docx", PDF, "is not what its name says"),
    "a packed folder named .docx": ("minutes.docx", packed("a.txt"), "is not what its name says"),
    "a Word file named .xlsx": ("list.xlsx", office("word/document.xml"), "is not what its name says"),
    "macros": ("list.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin"), "is not what its name says"),
    "an OpenDocument text named .ods": ("list.ods", open_document(KINDS["odt"]), "is not what its name says"),
    "text in another coding": ("rows.csv", "größe".encode("utf-16"), "save it as CSV in UTF-8"),
    "a list cut off": ("list.xlsx", office("xl/workbook.xml")[:-30], "is not what its name says"),
}


@pytest.mark.parametrize(("name", "body", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_taken_is_refused_in_one_sentence(name: str, body: bytes, sentence: str) -> None:
    with pytest.raises(EvidenceRefused, match=sentence) as refused:
        media_type(name, body)
    assert "\n" not in str(refused.value)


def test_a_file_made_to_burst_is_refused_without_being_unpacked() -> None:
    burst = office("word/document.xml") + b""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zip_file:
        zip_file.writestr("[Content_Types].xml", "<x/>")
        zip_file.writestr("word/document.xml", bytes(101_000_000))
    assert len(made.getvalue()) < MOST_BYTES
    with pytest.raises(EvidenceRefused, match="is not what its name says"):
        media_type("minutes.docx", made.getvalue())
    many = office("word/document.xml", *[f"p{number}" for number in range(MOST_PARTS)])
    with pytest.raises(EvidenceRefused):
        media_type("minutes.docx", many)
    lying = bytearray(burst)
    at = lying.rfind(b"PK\x01\x02")
    lying[at + 24 : at + 28] = struct.pack("<I", 0xFFFFFFF0)  # the list says that a part is 4 GB
    with pytest.raises(EvidenceRefused):
        media_type("minutes.docx", bytes(lying))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\ann\\report.pdf", "report.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ('x<y>"|?*:.pdf', "xy.pdf"),
        ("  two   words .pdf ", "two words .pdf"),
        ("größe.pdf", "größe.pdf"),
        ("...", ""),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    assert cleaned_name(given) == kept
