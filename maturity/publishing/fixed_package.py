"""Office files that have the same bytes whenever the same facts are written: no clock in them."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a ZIP file can say."""
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(?=<)")


def fixed(package: bytes, day: date) -> bytes:
    """The same file with `day` for all times of writing, workbooks inside it too."""
    made = BytesIO()
    with ZipFile(BytesIO(package)) as read, ZipFile(made, "w", ZIP_DEFLATED) as write:
        for name in read.namelist():
            write.writestr(_entry(name), _part(name, read.read(name), day))
    return made.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _FIRST_DAY)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _part(name: str, content: bytes, day: date) -> bytes:
    if name.endswith(".xlsx"):
        return fixed(content, day)
    return (
        _WRITTEN.sub(rb"\g<1>%bT00:00:00Z" % day.isoformat().encode(), content)
        if name.endswith("core.xml")
        else content
    )
