"""What the papers of a workshop have in common: what they are made from, their frame, their tables and their style.

Each paper is one HTML file that needs nothing else and no script.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from maturity.assessment.workshop_results import AgreementTrend, WorkshopResults
from maturity.publishing.paper import page
from maturity.words.messages import on_day

DONT_KNOW = "Don't know"
COLUMN_HEADER, ROW_HEADER = ' scope="col"', ' scope="row"'


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopPaper:
    """What the pages are made from. `about` is the department's name, or the organisation's; `meanings` say what each
    level means, lowest first, empty where the framework does not; `why` says in a sentence why a matter (its id) stands
    on the agenda; `answers_too` is whether what people answered before may stand in a file for everybody."""

    organisation: str
    round_name: str
    about: str
    made_on: date
    results: WorkshopResults
    meanings: tuple[str, ...]
    why: Mapping[str, str]
    trend: AgreementTrend | None
    answers_too: bool


def workshop_page(title: str, paper: WorkshopPaper, body: str) -> str:
    about = "" if paper.about == paper.organisation else f", {escape(paper.about)}"
    said = f"{escape(paper.organisation)}{about}. Round {escape(paper.round_name)}. {_when(paper)}"
    return page(title, STYLE, said, body)


def _when(paper: WorkshopPaper) -> str:
    """The day of the workshop; of one that came in on paper alone, nobody knows when people sat together."""
    held = paper.results.workshop
    if held.status != "ended" or held.ended_at is None:
        return f"Made on {on_day(paper.made_on)}."
    if held.opened_at is None:
        return f"Brought in from paper on {on_day(held.ended_at.date())}."
    return f"Held on {on_day(held.opened_at.date())}."


def paper_table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, number: Iterable[int] = ()
) -> str:
    """A table with a caption, a header for each column, and the first cell of a row as its header."""
    right = set(number)

    def cell(at: int, said: str, tag: str, scope: str = "") -> str:
        kind = ' class="n"' if at in right else ""
        return f"<{tag}{scope}{kind}>{escape(said)}</{tag}>"

    def line(row: Sequence[str]) -> str:
        first, *others = row
        cells = [cell(at, said, "td") for at, said in enumerate(others, start=1)]
        return f"<tr>{cell(0, first, 'th', ROW_HEADER)}{''.join(cells)}</tr>"

    head = "".join(cell(at, name, "th", COLUMN_HEADER) for at, name in enumerate(columns))
    body = "".join(map(line, rows))
    said = escape(caption)
    return (
        f'<div class="wide" role="group" aria-label="{said}" tabindex="0"><table><caption>{said}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


STYLE = """
  :root { color-scheme: light; }
  * { box-sizing: border-box; }
  body { margin: 0; padding: 1rem; background: #fff; color: #14202b; font: 16px/1.45 system-ui, sans-serif; }
  main { max-width: 190mm; margin: 0 auto; }
  h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; text-wrap: balance; }
  h2 { font-size: 1.3rem; margin: 2rem 0 .5rem; }
  h3 { font-size: 1.1rem; margin: 1.25rem 0 .4rem; }
  h4 { font-size: 1rem; margin: 0 0 .3rem; }
  h1, h2, h3, h4, p, li, dd, td { overflow-wrap: anywhere; }
  th { overflow-wrap: break-word; }
  p, ul, ol { margin: 0 0 .5rem; }
  a { color: #12436d; }
  nav ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; }
  nav a { display: inline-block; padding: .25rem 0; }
  .lead { font-size: 1.15rem; font-weight: 600; }
  .note { color: #46535f; }
  .where { font-weight: 600; }
  .code { font: 700 1.4rem/1 ui-monospace, monospace; letter-spacing: .12em; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; margin: 0 0 1rem; font-size: .9rem; }
  caption { text-align: left; color: #46535f; padding-bottom: .25rem; }
  th, td { text-align: left; vertical-align: top; padding: .35rem .5rem .35rem 0; border-bottom: 1px solid #c9d1d9; }
  tbody th { font-weight: 600; }
  .n { text-align: right; white-space: nowrap; }
  thead .n { white-space: normal; }
  .sheet tbody th { min-width: 9rem; }
  .n + :not(.n) { padding-left: 1rem; }
  dd b { font-size: 1.1rem; }
  .agreed { border: 1px solid #c9d1d9; border-radius: 6px; padding: .75rem; margin: 0 0 .75rem; break-inside: avoid; }
  .agreed h3 { margin-top: 0; }
  .agreed table { margin: .5rem 0 0; }
  dl { display: grid; grid-template-columns: 8.5rem 1fr; gap: .2rem .5rem; margin: 0; }
  dt { color: #46535f; }
  dd { margin: 0; }
  .set { display: grid; grid-template-columns: 1fr 1fr; border-top: 1px dashed #5b6770; border-left: 1px dashed #5b6770;
    margin-bottom: 1rem; }
  .card { height: 84mm; display: flex; flex-direction: column; align-items: center; justify-content: center;
    padding: 5mm; border-right: 1px dashed #5b6770; border-bottom: 1px dashed #5b6770; break-inside: avoid;
    text-align: center; }
  .card p { margin: 0; }
  .mark { font: 700 45mm/1 system-ui, sans-serif; }
  .name { font-size: 7mm; line-height: 1.2; font-weight: 600; }
  .of { font-size: .75rem; color: #46535f; }
  .sheet { border-top: 2px solid #14202b; padding-top: .5rem; margin-top: 1.5rem; }
  .story { font-size: 1.05rem; }
  .write { display: grid; gap: 4mm; margin-top: 4mm; }
  .write div { border: 1px solid #46535f; min-height: 24mm; padding: 2mm; }
  .write .short { min-height: 16mm; }
  .write p { color: #46535f; font-size: .85rem; margin: 0; }
  @media screen and (max-width: 600px) {
    dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; }
    .card { height: 60mm; } .mark { font-size: 28mm; } .name { font-size: 5mm; }
  }
  @media print {
    @page { size: A4; margin: 12mm; }
    body { padding: 0; font-size: 11pt; }
    nav { display: none; }
    section + section, .set + .set, .sheet + .sheet { break-before: page; }
    .sheet { border: 0; margin: 0; padding: 0; }
    .set { break-inside: avoid; }
    h2, h3, h4 { break-after: avoid; }
    tr { break-inside: avoid; }
    thead, caption { break-after: avoid; }
    tbody tr:first-child { break-before: avoid; }
    thead { display: table-header-group; }
    .sheet h3 { font-size: 16pt; }
    .sheet table { font-size: 11pt; }
    #cards .note, #sheets .note { margin-bottom: 3mm; }
    .card { height: 79mm; }
    .wide { overflow: visible; }
  }
"""
