"""Readings copied from a spreadsheet, one a line: day, value and, if one likes, a note."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from maturity.operations.changes import short_text
from maturity.operations.errors import Refused
from maturity.operations.pasted_numbers import SHOWN, number_of

MOST_LINES = 500
LARGEST = 1e12
NAMED = 5
"""So many bad lines are named at once; the rest is counted."""
_ISO, _DAY_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """One reading as it was written."""

    on: date
    value: float
    note: str = ""


def read_pasted(text: str, today: date) -> tuple[ReadLine, ...]:
    """The readings of a pasted text, all or none: "day; value" or "day; value; note" a line, a tab will do for the
    semicolon. Days are 2026-03-31, 31/03/2026 or 31.03.2026; 1,5 is one and a half, 1,200 twelve hundred. `Refused`
    names the bad lines."""
    lines = [(number, each) for number, each in enumerate(text.splitlines(), start=1) if each.strip()]
    if not lines:
        raise Refused("there is no reading in what was pasted; write one a line, such as `2026-03-31; 42`")
    if len(lines) > MOST_LINES:
        raise Refused(f"these are {len(lines):,} lines, at most {MOST_LINES} are read at once; paste fewer")
    found: dict[date, ReadLine] = {}
    wrong: list[str] = []
    for number, line in lines:
        try:
            read = _line(line, today)
            if read.on in found:
                raise Refused(f"{read.on} stands there twice")
            found[read.on] = read
        except Refused as error:
            wrong.append(f"line {number}: {error}")
    if wrong:
        more = f"; and {len(wrong) - NAMED} more lines" if len(wrong) > NAMED else ""
        raise Refused(f"nothing was stored. {'; '.join(wrong[:NAMED])}{more}. Mend them, then store all")
    return tuple(found[day] for day in sorted(found))


def _line(line: str, today: date) -> ReadLine:
    parts = [each.strip() for each in re.split(r"[;\t]", line, maxsplit=2)]
    if len(parts) < 2:
        raise Refused("a day and a value are wanted, with a semicolon between")
    return ReadLine(
        on=checked_day(_day(parts[0]), today),
        value=_value(parts[1]),
        note=short_text(parts[2], "the note") if len(parts) > 2 else "",
    )


def _day(written: str) -> date:
    found = _ISO.fullmatch(written)
    year, month, day = found.groups() if found else ("", "", "")
    if not found and (found := _DAY_FIRST.fullmatch(written)):
        day, month, year = found.groups()
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Refused(f"{written[:SHOWN]!r} is no day; write it like 2026-03-31 or 31/03/2026") from None


def _value(written: str) -> float:
    number = number_of(written.removesuffix("%"))
    if number is None:
        raise Refused(f"{written[:SHOWN]!r} is no number")
    return checked_value(number)


def checked_day(day: date, today: date) -> date:
    """The day, refused where nothing can have been read on it yet, or it is before 1900."""
    if day > today:
        raise Refused(f"{day} is in the future; nothing can have been read then")
    if day.year < 1900:
        raise Refused(f"{day} is too long ago; look at its year")
    return day


def checked_value(value: float) -> float:
    """The value, refused where it is no number or larger than anything that is counted here."""
    if not -LARGEST <= value <= LARGEST:  # NaN too
        raise Refused(f"a reading is a number from -{LARGEST:,.0f} to {LARGEST:,.0f}, not {value:g}")
    return float(value)
