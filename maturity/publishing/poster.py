"""The roadmap as a poster: its four phases on one page, to print on A4 or A3. No script; colour is not needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from maturity.publishing.paper import page
from maturity.roadmap.milestones import MilestoneStand
from maturity.roadmap.phases import Phase
from maturity.roadmap.status import Status
from maturity.words.messages import counted, on_day
from maturity.words.progress_sentences import milestone_said, quarters_said

MOST_ROWS = 8
"""Actions of one phase that have room; the rest is counted."""
MOST_OBJECTIVES, MOST_MILESTONES = 5, 3
LONGEST_NAME = 44
MARKS = {"done": "✓", "on_track": "▶", "late": "!", "not_started": "○"}
STATUS_WORDS = {"done": "done", "on_track": "on track", "late": "late", "not_started": "not started"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterRow:
    """One action, copies of departments as one: `departments` is how many they are (0: city-wide). `owner` is the name
    of a role, "" where none is known: a poster hangs where everybody passes, so it names no people."""

    title: str
    departments: int
    place: str
    owner: str
    start: date
    finish: date
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterPhase:
    """A phase with its rows by start and the milestones that fall in it."""

    phase: Phase
    rows: tuple[PosterRow, ...]
    milestones: tuple[MilestoneStand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """All that stands on it. `approval` says in a sentence which version in force is meant and who approved it."""

    organisation: str
    plan: str
    approval: str
    objectives: tuple[str, ...]
    phases: tuple[PosterPhase, ...]
    as_of: date


def poster_page(poster: Poster) -> str:
    """The poster as one HTML file."""
    said = f"{escape(poster.plan)}. {escape(poster.approval)} <b>As of {on_day(poster.as_of)}.</b>"
    body = f'{_goals(poster.objectives)}<div class="phases">{"".join(map(_phase, poster.phases))}</div>{_key()}'
    return page(f"{poster.organisation}: the data roadmap", STYLE, said, body)


def _goals(objectives: Sequence[str]) -> str:
    if not objectives:
        return ""
    shown = "".join(f"<li>{escape(each)}</li>" for each in objectives[:MOST_OBJECTIVES])
    more = len(objectives) - MOST_OBJECTIVES
    rest = f"<li>and {more} more</li>" if more > 0 else ""
    return f'<section class="goals"><h2>What it is for</h2><ul>{shown}{rest}</ul></section>'


def _phase(each: PosterPhase) -> str:
    room = MOST_ROWS - (len(each.milestones) > 1)
    phase, rows = each.phase, _most_pressing(each.rows, room)
    more = len(each.rows) - len(rows)
    rest = f'<p class="more">and {more} more {"action" if more == 1 else "actions"}</p>' if more else ""
    listed = f"<ol>{''.join(map(_row, rows))}</ol>" if rows else '<p class="more">No action starts here.</p>'
    return f"""<section class="phase">
<header><p class="number">Phase {phase.number}</p><h2>{escape(phase.name)}</h2>
<p>{quarters_said(phase.start, phase.finish)}. {_count(each.rows)}</p></header>
{listed}{rest}
{_marks(each.milestones)}
</section>"""


def _most_pressing(rows: Sequence[PosterRow], room: int) -> list[PosterRow]:
    """What has room, in the order given. Late ones are never among those left out while there is another."""
    kept = sorted(range(len(rows)), key=lambda place: (rows[place].status.code != "late", place))[:room]
    return [rows[place] for place in sorted(kept)]


def _count(rows: Sequence[PosterRow]) -> str:
    copies = sum(max(each.departments, 1) for each in rows)
    done = sum(each.status.code == "done" for each in rows)
    apart = f" ({copies} with each department's own)" if copies > len(rows) else ""
    return f"{counted(len(rows), 'action')}{apart}, {done} done"


def _row(row: PosterRow) -> str:
    code = row.status.code
    late = f", {counted(row.status.days_late, 'day')}" if code == "late" else ""
    place = counted(row.departments, "department") if row.departments > 1 else row.place
    facts = [quarters_said(row.start, row.finish), place, *([row.owner] if row.owner else [])]
    return f"""<li class="{code}"><span class="mark" aria-hidden="true">{MARKS[code]}</span>
<div><p class="title">{escape(row.title)}</p>
<p class="facts"><b>{STATUS_WORDS[code]}{late}</b> · {escape(" · ".join(facts))}</p></div></li>"""


def _marks(stands: Sequence[MilestoneStand]) -> str:
    if not stands:
        return ""
    shown = "".join(
        f"<li>◆ <b>{escape(_short(each.milestone.name))}</b>, {on_day(each.milestone.on)}: {_stand(each)}</li>"
        for each in stands[:MOST_MILESTONES]
    )
    more = len(stands) - MOST_MILESTONES
    rest = f"<li>and {counted(more, 'more milestone')}</li>" if more > 0 else ""
    return f'<ul class="milestones">{shown}{rest}</ul>'


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _stand(each: MilestoneStand) -> str:
    return escape(milestone_said(each.code, each.days, len(each.waits_for), len(each.needed)))


def _key() -> str:
    marks = " ".join(f"<span>{MARKS[code]} {STATUS_WORDS[code]}</span>" for code in MARKS)
    how = "Q1 is January to March. Late is more than 6 days behind what was approved."
    return f'<footer class="key">{marks} <span>◆ milestone</span> <span>{how}</span></footer>'


STYLE = """
  :root { color-scheme: light; }
  * { box-sizing: border-box; }
  html { font-size: 16px; }
  body { margin: 0; padding: 1rem; background: #fff; color: #14202b; font: 1rem/1.3 system-ui, "Helvetica Neue",
    Arial, sans-serif; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  p, ul, ol, h1, h2 { margin: 0; padding: 0; }
  ul, ol { list-style: none; }
  main > header { display: flex; align-items: baseline; justify-content: space-between; gap: 2em; flex-wrap: wrap;
    border-bottom: .2em solid #14202b; padding-bottom: .5em; margin-bottom: .6em; }
  h1 { font-size: 1.9em; line-height: 1.1; overflow-wrap: anywhere; }
  main > header p { font-size: .85em; max-width: 70ch; overflow-wrap: anywhere; }
  .goals { display: flex; gap: 1em; align-items: baseline; font-size: .85em; margin-bottom: .7em; }
  .goals h2 { font-size: 1em; white-space: nowrap; }
  .goals ul { display: flex; flex-wrap: wrap; gap: .3em .6em; }
  .goals li { border: 1px solid #5b6770; border-radius: 1em; padding: .1em .7em; max-width: 34ch; overflow: hidden;
    text-overflow: ellipsis; white-space: nowrap; }
  .phases { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: .8em; align-items: stretch; }
  .phase { border: 1px solid #c3ccd3; border-radius: .4em; padding: 0 .7em .6em; display: flex;
    flex-direction: column; overflow: hidden; }
  .phase > header { margin: 0 -.7em .5em; padding: .5em .7em; background: #e8eef2; }
  .phase h2 { font-size: 1.05em; line-height: 1.15; }
  .phase > header p { font-size: .72em; color: #33414d; }
  .phase > header .number { text-transform: uppercase; letter-spacing: .06em; }
  .phase ol > li { display: grid; grid-template-columns: 1.3em 1fr; gap: .4em; padding: .28em 0;
    border-bottom: 1px solid #e3e8ec; break-inside: avoid; }
  .mark { width: 1.3em; height: 1.3em; border-radius: 50%; display: grid; place-items: center; font-size: .8em;
    border: 1px solid #14202b; margin-top: .1em; }
  .done .mark { background: #14202b; color: #fff; }
  .late .mark { background: #fff; border: 2px solid #a3240f; color: #a3240f; font-weight: 700; }
  .late b { color: #a3240f; }
  .not_started .mark { border-color: transparent; }
  .on_track .mark { font-size: .6em; width: 1.73em; height: 1.73em; }
  .title { font-size: .82em; font-weight: 600; line-height: 1.2; overflow-wrap: anywhere; display: -webkit-box;
    -webkit-box-orient: vertical; -webkit-line-clamp: 2; line-clamp: 2; overflow: hidden; }
  .facts { font-size: .72em; color: #33414d; overflow-wrap: anywhere; display: -webkit-box;
    -webkit-box-orient: vertical; -webkit-line-clamp: 2; line-clamp: 2; overflow: hidden; }
  .more { font-size: .8em; padding: .4em 0; color: #33414d; }
  .milestones { margin-top: auto; padding-top: .5em; font-size: .74em; }
  .milestones li { padding: .15em 0; overflow-wrap: anywhere; }
  .key { display: flex; flex-wrap: wrap; gap: .2em 1.2em; font-size: .72em; margin-top: .7em; color: #33414d; }
  @media screen and (max-width: 900px) { .phases { grid-template-columns: 1fr; } .goals { display: block; } }
  @media print {
    /* No paper is named: the sheet may be A4 or A3, and what stands on it grows with it. */
    @page { size: landscape; margin: 8mm; }
    html { font-size: 1.16vw; }
    body { padding: 0; }
    main { display: flex; flex-direction: column; height: 100vh; overflow: hidden; }
    h1 { max-width: 22em; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
    .phases { flex: 1; min-height: 0; grid-template-columns: repeat(4, minmax(0, 1fr)); }
  }
"""
