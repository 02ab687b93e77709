"""Personal links as they leave the house: a table for a mail merge, and a sheet of QR codes to print and cut."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import segno

from maturity.publishing.paper import page
from maturity.words.messages import counted, on_day

COLUMNS = ("name", "email", "department", "role", "link", "valid until")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """One person's link as it is handed out. `departments` and `roles` are names; `link` is the whole address."""

    name: str
    email: str | None
    departments: tuple[str, ...]
    roles: tuple[str, ...]
    link: str
    until: date


def as_csv(rows: Sequence[LinkRow]) -> str:
    """The links as CSV, a row each; no cell begins like a formula."""
    out = io.StringIO(newline="")
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    for row in rows:
        cells = (row.name, row.email or "", ", ".join(row.departments), ", ".join(row.roles), row.link)
        sheet.writerow([*map(_unarmed, cells), row.until.isoformat()])
    return out.getvalue()


def _unarmed(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def as_sheet(rows: Sequence[LinkRow], organisation: str, made_on: date) -> str:
    """One HTML file that needs nothing else: a card a person with a QR code, to print on A4 and cut along the lines."""
    cards = "\n".join(_card(row, organisation) for row in rows)
    said = (
        f"{counted(len(rows), 'link')}, made on {on_day(made_on)}. Print this, cut along the dashed lines, and give "
        "each card to the person it names. Whoever has a card comes in as that person: hand it over by hand, and "
        "destroy what is left, this file too."
    )
    return page(f"Personal links, {organisation}", STYLE, said, f"<ul>\n{cards}\n</ul>")


def _card(row: LinkRow, organisation: str) -> str:
    places = f"<p>{escape(', '.join(row.departments))}</p>" if row.departments else ""
    return f"""<li>
<div class="said">
<h2>{escape(row.name)}</h2>
{places}
<p>{escape(", ".join(row.roles))}</p>
<p>Your own way in to the data assessment of {escape(organisation)}, until <b>{on_day(row.until)}</b>. Scan the code
with your phone, or type the address. Do not pass it on.</p>
</div>
<div class="code" role="img" aria-label="QR code with the personal link of {escape(row.name)}">{_code(row.link)}</div>
<p class="link">{escape(row.link)}</p>
</li>"""


def _code(link: str) -> str:
    """The QR code as a picture inside the page: black on white with the quiet margin that readers need."""
    svg = segno.make(link, error="m", micro=False).svg_inline(border=4, omitsize=True, dark="#000", light="#fff")
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


STYLE = """
  :root { color-scheme: light; }
  * { box-sizing: border-box; }
  body { margin: 0; padding: 1rem; background: #fff; color: #14202b; font: 16px/1.4 system-ui, sans-serif; }
  main { max-width: 190mm; margin: 0 auto; }
  h1 { font-size: 1.5rem; margin: 0 0 .25rem; text-wrap: balance; }
  h2 { font-size: 1.15rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
  p { margin: 0 0 .25rem; overflow-wrap: anywhere; }
  header { margin-bottom: 1rem; }
  ul { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: 1fr 1fr;
    border-top: 1px dashed #5b6770; border-left: 1px dashed #5b6770; }
  li { display: grid; grid-template-columns: 1fr 34mm; gap: 0 4mm; padding: 5mm;
    border-right: 1px dashed #5b6770; border-bottom: 1px dashed #5b6770; break-inside: avoid; }
  .said { font-size: .8rem; }
  .code svg { display: block; width: 34mm; height: 34mm; }
  .link { grid-column: 1 / -1; margin: 2mm 0 0; font: .75rem/1.4 ui-monospace, monospace; }
  @media screen and (max-width: 700px) { ul { grid-template-columns: 1fr; } }
  @media print {
    @page { size: A4; margin: 10mm; }
    body { padding: 0; font-size: 12pt; }
    header { margin-bottom: 6mm; }
  }
"""
