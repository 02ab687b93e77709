"""Tables that are real tables on a wide screen and lists on a narrow one, so that nothing is scrolled sideways."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from html import escape

import streamlit as st

EMPTY, EMPTY_KIND = "–", "empty"
CSS = """
<style>
  .plan-table { width: 100%; border-collapse: collapse; font-size: 0.9rem; line-height: 1.4; }
  .plan-table :is(th, td) {
    text-align: left; vertical-align: top; padding: 0.5rem 0.75rem 0.5rem 0; font-weight: 400;
    border: 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent);
  }
  .plan-table thead th, .plan-table .name { font-weight: 600; }
  .plan-table .number { text-align: right; }
  .plan-table :is(.below, .part) { display: block; }
  .plan-table .nowrap { white-space: nowrap; }
  .plan-table.by-phase { table-layout: fixed; }
  .plan-table.by-phase thead th:nth-child(1) { width: 34%; }
  .plan-table.by-phase thead th:nth-child(4) { width: 13%; }
  .plan-table.by-phase thead th:nth-child(5) { width: 8.5%; }
  .plan-table.by-phase thead th:nth-child(6) { width: 11%; }
  .plan-table.means thead th:nth-child(1) { width: 26%; }
  .plan-table.means td:not(.number):last-child { padding-left: 1.5rem; }
  .plan-table.means thead th:not(.number):last-child { padding-left: 1.5rem; }
  .plan-table.means .below { font-size: 0.85rem; font-weight: 400; }
  .plan-table.about th { width: 9rem; }
  @media (max-width: 900px) {
    .plan-table, .plan-table :is(tbody, tr, th, td) { display: block; }
    .plan-table thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .plan-table tr { padding: 0.6rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 30%, transparent); }
    .plan-table :is(th, td, .number) { border: 0; padding: 0.1rem 0; text-align: left; }
    .plan-table td::before { content: attr(data-label) ": "; font-weight: 600; }
    .plan-table td.empty { display: none; }
    .plan-table.about td::before { content: none; }
    .plan-table.means td:not(.number):last-child { padding-left: 0; }
    .plan-table .part { display: inline; }
    .plan-table .part:not(:last-child)::after { content: "; "; }
  }
  @media print { .plan-table tr { break-inside: avoid; } }
</style>
"""


def apply_style() -> None:
    """Put the styles of the tables into the page; they take no room there."""
    st.html(CSS)


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    caption: str,
    *,
    numbers: Collection[str] = (),
    kind: str = "",
) -> str:
    """A table whose cells are HTML: their texts are escaped by whoever makes them, see `text`. The first cell of a
    row names it. The roles are said again, because some browsers forget them where a table is laid out as blocks."""
    head = "".join(
        f'<th scope="col" role="columnheader"{_number(name, numbers)}>{escape(name)}</th>' for name in headings
    )
    body = "".join(_row(headings, row, numbers) for row in rows)
    return (
        f'<table class="plan-table {kind}" role="table" aria-label="{escape(caption, quote=True)}">'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(headings: Sequence[str], row: Sequence[str], numbers: Collection[str]) -> str:
    cells = "".join(
        f'<td role="cell" data-label="{escape(name, quote=True)}"{_kind(name, cell, numbers)}>{cell}</td>'
        for name, cell in zip(headings[1:], row[1:], strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{row[0]}</th>{cells}</tr>'


def _number(name: str, numbers: Collection[str]) -> str:
    return ' class="number"' if name in numbers else ""


def _kind(name: str, cell: str, numbers: Collection[str]) -> str:
    return f' class="{EMPTY_KIND}"' if cell == EMPTY else _number(name, numbers)


def text(words: str, kind: str = "") -> str:
    """A text as a cell, or as a part of one: escaped, whoever wrote it."""
    return f'<span class="{kind}">{escape(words)}</span>' if kind else escape(words)


def parts(words: Iterable[str]) -> str:
    """Several texts in one cell, below one another."""
    return "".join(text(each, "part") for each in words) or EMPTY


def about(known: dict[str, str], caption: str) -> str:
    """Names and texts, a row each."""
    rows = "".join(
        f'<tr role="row"><th scope="row" role="rowheader" class="name">{escape(name)}</th>'
        f'<td role="cell">{escape(words)}</td></tr>'
        for name, words in known.items()
    )
    return (
        f'<table class="plan-table about" role="table" aria-label="{escape(caption, quote=True)}">'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )


def show(html: str) -> None:
    """Put a table into the page."""
    st.html(html)
