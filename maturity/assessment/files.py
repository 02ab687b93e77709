"""Files given as evidence: which kinds are taken, told by what is in them and never by their names alone.

Nothing here opens a file further than it must: of a packed file only the list of its parts is read.
"""

from __future__ import annotations

import struct
import unicodedata
import zipfile
from collections.abc import Mapping
from io import BytesIO

MOST_BYTES = 5_000_000
MOST_FILES = 5
"""At most so many files beside one answer."""
MOST_PARTS = 2_000
MOST_UNPACKED = 100_000_000  # bytes that a packed file may say it holds: an office file of 5 MB is far below
LONGEST_NAME = 120

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
KINDS: Mapping[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "docx": _OFFICE + "wordprocessingml.document",
    "xlsx": _OFFICE + "spreadsheetml.sheet",
    "pptx": _OFFICE + "presentationml.presentation",
    "odt": _OPEN + "text",
    "ods": _OPEN + "spreadsheet",
    "csv": "text/csv",
    "txt": "text/plain",
}
"""Media types by the ends of names; a file must be what its name says."""
_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_BEGINNINGS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff"}
_END_OF_LIST = b"PK\x05\x06"


class EvidenceRefused(ValueError):
    """A file that is not taken, with one sentence on why and what to do."""


def cleaned_name(name: str) -> str:
    """The file's own name without folders, marks that cannot be seen, or signs that a system reads as commands."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(each for each in last if unicodedata.category(each)[0] != "C" and each not in '<>:"|?*')
    kept = " ".join(seen.split()).strip(". ")
    stem, dot, end = kept.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(end) - 1]}{dot}{end[:10]}" if dot else kept[:LONGEST_NAME]


def media_type(name: str, body: bytes) -> str:
    """The media type of a file, or `EvidenceRefused`. `name` is cleaned already."""
    end = name.rpartition(".")[2].lower() if "." in name.strip(".") else ""
    if end not in KINDS:
        raise EvidenceRefused(f"“{name or 'The file'}” is not of a kind that is taken; give {kinds()}, or a link")
    if not body:
        raise EvidenceRefused(f"“{name}” is empty; choose the file again")
    if len(body) > MOST_BYTES:
        has, most = f"{len(body) / 1e6:.1f}", MOST_BYTES // 1_000_000
        raise EvidenceRefused(f"“{name}” has {has} MB, at most {most} MB are taken; give a link instead")
    if not _is(end, body):
        raise EvidenceRefused(f"“{name}” is not what its name says; save it as {_called(end)} and choose it again")
    return KINDS[end]


def kinds() -> str:
    """The kinds that are taken, in words."""
    return "a PDF, a PNG or JPEG picture, a Word, Excel, PowerPoint or OpenDocument file, or CSV or plain text"


def _called(end: str) -> str:
    return {"txt": "plain text in UTF-8", "csv": "CSV in UTF-8", "jpg": "JPEG", "jpeg": "JPEG"}.get(end, end.upper())


def _is(end: str, body: bytes) -> bool:
    if end in _BEGINNINGS:
        return body.startswith(_BEGINNINGS[end])
    if end in ("csv", "txt"):
        return _is_text(body)
    if end in ("odt", "ods"):
        return _says(body, KINDS[end]) and _parts(body) is not None
    parts = _parts(body) or frozenset()
    return {"[Content_Types].xml", _PARTS[end]} <= parts and not any(
        p.lower().endswith("vbaproject.bin") for p in parts
    )


def _is_text(body: bytes) -> bool:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(each >= " " or each in "\t\r\n\f" for each in text)


def _says(body: bytes, kind: str) -> bool:
    """Whether an OpenDocument file begins, as it must, with its kind, not packed: read without unpacking anything."""
    if body[:4] != b"PK\x03\x04" or len(body) < 38:
        return False
    method, size, name, extra = (*struct.unpack("<H", body[8:10]), *struct.unpack("<I", body[22:26]), *_lengths(body))
    begin = 30 + name + extra
    return method == 0 and body[30 : 30 + name] == b"mimetype" and body[begin : begin + size] == kind.encode()


def _lengths(body: bytes) -> tuple[int, int]:
    name, extra = struct.unpack("<HH", body[26:30])
    return int(name), int(extra)


def _parts(body: bytes) -> frozenset[str] | None:
    """The names in a packed file's own list; None where it is none, or has the shape of one made to burst."""
    at = body.rfind(_END_OF_LIST)
    if body[:4] != b"PK\x03\x04" or at < 0 or len(body) < at + 12:
        return None
    if struct.unpack("<H", body[at + 10 : at + 12])[0] > MOST_PARTS:  # before anything is made of that list
        return None
    try:
        with zipfile.ZipFile(BytesIO(body)) as packed:
            listed = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
        return None
    unpacked = sum(each.file_size for each in listed)
    fits = len(listed) <= MOST_PARTS and unpacked <= MOST_UNPACKED and not any(each.flag_bits & 1 for each in listed)
    return frozenset(each.filename for each in listed) if fits else None
