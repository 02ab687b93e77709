"""Office files are archives with the time in them: here the same content gives the same bytes, whenever it is made."""

from __future__ import annotations

import io
import zipfile
from datetime import date


def steady(archive: bytes, day: date) -> bytes:
    """The same archive with all its parts dated to a day."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            dated = zipfile.ZipInfo(part.filename, (day.year, day.month, day.day, 0, 0, 0))
            dated.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(dated, source.read(part))
    return made.getvalue()
