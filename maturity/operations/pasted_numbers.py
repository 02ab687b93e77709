"""Numbers typed or copied from a spreadsheet: told from what is none, and refused with where it stands."""

from __future__ import annotations

import re
from math import isfinite

from maturity.operations.errors import Refused
from maturity.planning.request import QUARTERS

LONGEST = 1_000
SHOWN = 20
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_BLANKS_WITHIN = re.compile("(?<=\\d)[  '](?=\\d{3})")


def quarters_of(text: str) -> tuple[float, ...]:
    """Twelve numbers, or one that holds for all quarters. Cells end with a tab, a line or a semicolon, without any of
    them with a blank; 1,200 is twelve hundred, 12,5 twelve and a half."""
    if len(text) > LONGEST:
        raise Refused(f"this is too long for {QUARTERS} numbers; copy one row or column of the spreadsheet")
    cells = _cells(text.strip(" \r\n"))
    if len(cells) not in (1, QUARTERS):
        raise Refused(f"these are {len(cells)} numbers, not {QUARTERS}; copy one for each quarter, or one for all")
    numbers = tuple(_number(cell, place) for place, cell in enumerate(cells, start=1))
    return numbers * QUARTERS if len(numbers) == 1 else numbers


def _cells(text: str) -> list[str]:
    return re.split(r"\t|\r?\n|;", text) if re.search(r"[\t\n;]", text) else text.split() or [""]


def _number(cell: str, place: int) -> float:
    if not cell.strip():
        raise Refused(f"number {place} is empty; enter 0 where there is nothing")
    number = number_of(cell)
    if number is None:
        raise Refused(f"{cell.strip()[:SHOWN]!r} in place {place} is no number that days could have; mend it")
    return number


def number_of(cell: str) -> float | None:
    """A number as people write it: 1,200 is twelve hundred, 12,5 twelve and a half; None for what is none."""
    written = _BLANKS_WITHIN.sub("", cell.strip())
    if _THOUSANDS.fullmatch(written):
        written = written.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(written):
        written = written.replace(",", ".")
    try:
        number = float(written)
    except ValueError:
        return None
    return number if isfinite(number) else None
