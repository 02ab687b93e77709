"""Links as they leave the house: no formulas, no markup from names, and codes that say the link."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import unescape
from html.parser import HTMLParser

import segno
from hypothesis import given
from hypothesis import strategies as st

from maturity.publishing.link_lists import COLUMNS, FORMULA, LinkRow, as_csv, as_sheet

LINK = "https://waymark.city.example/i/AAAAAAAAAAAAAAAAAAAAAA"


def row(name: str = "Asha Rao", **more) -> LinkRow:
    usual = {"email": "asha@city.example", "departments": ("Parks",), "roles": ("Head of department",), "link": LINK}
    return LinkRow(name=name, until=date(2026, 4, 2), **{**usual, **more})


def test_the_table_has_a_row_for_each_link():
    found = list(csv.DictReader(io.StringIO(as_csv([row(), row("Bo", email=None, departments=())]))))
    assert [tuple(each.values()) for each in found] == [
        ("Asha Rao", "asha@city.example", "Parks", "Head of department", LINK, "2026-04-02"),
        ("Bo", "", "", "Head of department", LINK, "2026-04-02"),
    ]
    assert tuple(found[0]) == COLUMNS


@given(st.text(min_size=1, max_size=30))
def test_no_cell_begins_like_a_formula(name):
    _, read = csv.reader(io.StringIO(as_csv([row(name, departments=(name,), roles=(name,))]), newline=""))
    assert not any(cell.startswith(FORMULA) for cell in read)
    assert read[0].removeprefix("'") == name.removeprefix("'")


def shape(sheet: str) -> set[tuple[int, int]]:
    """The dark modules of the first code of a sheet, from the strokes of its picture."""
    (path,) = re.findall(r'<path[^>]*stroke="#000"[^>]* d="([^"]*)"', sheet) or re.findall(
        r'<path[^>]* d="([^"]*)"[^>]*stroke="#000"', sheet
    )
    dark, x, y = set(), 0.0, 0.0
    for letter, numbers in re.findall(r"([Mmh])([^Mmh]*)", path):
        moved = [float(each) for each in re.findall(r"-?[\d.]+", numbers)]
        if letter == "M":
            x, y = moved
        elif letter == "m":
            x, y = x + moved[0], y + moved[1]
        else:
            dark |= {(int(y - 0.5), int(x) + step) for step in range(int(moved[0]))}
            x += moved[0]
    return dark


def test_the_code_is_the_one_of_the_link():
    code = segno.make(LINK, error="m", micro=False)
    expected = {
        (line, place)
        for line, modules in enumerate(code.matrix_iter(border=4))
        for place, module in enumerate(modules)
        if module
    }
    assert shape(as_sheet([row()], "Town", date(2026, 3, 2))) == expected


class Read(HTMLParser):
    """Tags that are open, and whether every one is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in {"meta", "path"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert tag == "path" or self.open.pop() == tag


def test_the_sheet_stands_alone_and_says_what_each_card_needs():
    sheet = as_sheet([row(), row("Bo", departments=())], "Port Ellery", date(2026, 3, 2))
    read = Read()
    read.feed(sheet)
    assert read.open == []
    tags = [tag for tag, _ in read.seen]
    assert (tags.count("h1"), tags.count("h2"), tags.count("svg")) == (1, 2, 2)
    assert not {"script", "link", "img", "iframe"} & set(tags)
    assert not re.findall(r"(?:src|href)=|url\(|@import", sheet)
    for words in ("Asha Rao", "Parks", "Head of department", "2 April 2026", LINK, "2 links, made on 2 March 2026"):
        assert words in sheet
    labels = [attrs["aria-label"] for _, attrs in read.seen if "aria-label" in attrs]
    assert labels == ["QR code with the personal link of Asha Rao", "QR code with the personal link of Bo"]


@given(st.text(min_size=1, max_size=40))
def test_whatever_a_name_is_it_stays_text(name):
    hostile = name + "\"><script>alert(1)</script><img src=x onerror='x'>&amp;"
    sheet = as_sheet([row(hostile, departments=(hostile,), roles=(hostile,))], hostile, date(2026, 3, 2))
    assert "<script" not in sheet and "<img" not in sheet
    assert hostile.replace("\r", "") in unescape(sheet).replace("\r", "") or "\r" in hostile
