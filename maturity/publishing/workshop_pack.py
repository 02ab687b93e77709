"""What a workshop takes along and what it leaves: agenda, cards and question sheets to print, and the summary.

Each is one HTML file that needs nothing else and no script. What is handed out says nothing of anybody's answers: only
the agenda does, and says that it is for whoever runs the workshop.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from maturity.assessment.terms import ROLE_FAMILIES
from maturity.assessment.votes import Reveal
from maturity.assessment.workshop import MINUTES_A_MATTER, Note
from maturity.assessment.workshop_results import AgreementTrend, MatterResult, WorkshopResults
from maturity.publishing.paper import page
from maturity.words import workshop_sentences as words
from maturity.words.messages import counted, on_day
from maturity.words.vote_sentences import agreement_said, vote_name

DONT_KNOW = "Don't know"
COLUMN_HEADER, ROW_HEADER = ' scope="col"', ' scope="row"'
FOR_THE_FACILITATOR = (
    "For whoever runs the workshop. It says how far answers lie apart, and which levels of the warm-up are right: do "
    "not hand it out before the vote."
)
HOW_A_VOTE_GOES = (
    "Read the question and its levels aloud. Nobody says a level yet.",
    "Everybody lays one card face down: a level, or “don't know”. Then all turn over at once.",
    "Whoever chose the lowest and the highest level explains first, without having to defend it.",
    "Vote again if the talk has changed minds, at most twice more.",
    "Agree on a level and write down why, who sees it otherwise, and who follows up on what. Or park the question.",
)


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


def pack_page(paper: WorkshopPaper, sets: int = 1) -> str:
    """Agenda, `sets` sets of level cards, a sheet for each question, and once the workshop has ended its summary."""
    parts = [_agenda(paper), _cards(paper, sets), _sheets(paper)]
    contents = [("agenda", "Agenda"), ("cards", "Cards"), ("sheets", "Question sheets")]
    if paper.results.workshop.status == "ended":
        contents.append(("summary", "Summary"))
        parts.append(f'<section id="summary">\n<h2>Summary</h2>\n{_summary(paper, 3)}\n</section>')
    links = "".join(f'<li><a href="#{at}">{name}</a></li>' for at, name in contents)
    nav = f'<nav aria-label="Contents"><ul>{links}</ul></nav>'
    return _page(f"Workshop pack: {paper.results.workshop.name}", paper, nav + "\n".join(parts))


def summary_page(paper: WorkshopPaper) -> str:
    """What was agreed and what is left, to send to everybody who was there."""
    return _page(f"Summary: {paper.results.workshop.name}", paper, _summary(paper, 2))


def _page(title: str, paper: WorkshopPaper, body: str) -> str:
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


def _agenda(paper: WorkshopPaper) -> str:
    found = paper.results
    questions = [each for each in found.matters if each.question]
    minutes = counted(len(found.matters) * MINUTES_A_MATTER, "minute")
    code = found.workshop.code
    joining = "" if found.workshop.status == "ended" else f"<p>Join code: <b class='code'>{escape(code)}</b></p>"
    reasons = [paper.why.get(str(each.matter.id), "") for each in found.matters]
    rows = [
        (str(place), found.asked(each), str(MINUTES_A_MATTER), *([why] if any(reasons) else []))
        for place, (each, why) in enumerate(zip(found.matters, reasons, strict=True), start=1)
    ]
    columns = ("No.", "Question", "Minutes", *(["Why it is here"] if any(reasons) else []))
    private = any(reasons) or any(each.example for each in found.matters)
    note = f'<p class="note">{FOR_THE_FACILITATOR}</p>' if private else ""
    steps = "".join(f"<li>{step}</li>" for step in HOW_A_VOTE_GOES)
    return f"""<section id="agenda">
<h2>Agenda</h2>
{note}
<p>{counted(len(questions), "question")}, about {minutes} at {MINUTES_A_MATTER} minutes each.</p>
{joining}
{_table("The agenda in its order", columns, rows, number=(0, 2))}
<h3>How a vote goes</h3>
<ol>{steps}</ol>
{_examples_solved(found)}
</section>"""


def _examples_solved(found: WorkshopResults) -> str:
    solved = [
        f"<article class='agreed'><h4>{escape(each.asks.text if each.asks else each.example.question)}</h4>"
        f"<p>{escape(each.example.story)}</p><dl><dt>Right level</dt>"
        f"<dd><b>{escape(found.level_name(each.example.level))}</b></dd>"
        f"<dt>Why</dt><dd>{escape(each.example.why)}</dd></dl></article>"
        for each in found.matters
        if each.example
    ]
    return "\n".join(["<h3>Warm-up: the right levels, told after the vote</h3>", *solved]) if solved else ""


def _cards(paper: WorkshopPaper, sets: int) -> str:
    levels = paper.results.levels
    cards = [(str(number), name) for number, name in enumerate(levels, start=1)] + [("?", DONT_KNOW)]
    made = "\n".join(
        f'<div class="set">{"".join(_card(mark, name, number, sets) for mark, name in cards)}</div>'
        for number in range(1, sets + 1)
    )
    each = "Print these pages once for each participant." if sets == 1 else "Each participant takes one set."
    return f"""<section id="cards">
<h2>Cards</h2>
<p class="note">{counted(sets, "set")} of {len(cards)} cards. {each} Cut along the dashed lines.</p>
{made}
</section>"""


def _card(mark: str, name: str, number: int, sets: int) -> str:
    of = f"<p class='of'>Set {number}</p>" if sets > 1 else ""
    return f"<div class='card'><p class='mark'>{mark}</p><p class='name'>{escape(name)}</p>{of}</div>"


def _sheets(paper: WorkshopPaper) -> str:
    sheets = "\n".join(
        _sheet(paper, place, each) for place, each in enumerate(paper.results.matters, start=1) if _has_sheet(each)
    )
    return f"""<section id="sheets">
<h2>Question sheets</h2>
<p class="note">One page for each question, to lay on the table and to write on.</p>
{sheets}
</section>"""


def _has_sheet(result: MatterResult) -> bool:
    return result.question is not None or result.example is not None


def _sheet(paper: WorkshopPaper, place: int, result: MatterResult) -> str:
    found, example = paper.results, result.example
    asked = result.asks
    told = f"<p class='story'>{escape(example.story)}</p>" if example else ""
    where = f"<p class='where'>{escape(result.department)}</p>" if result.department else ""
    heading = f"{'Warm-up' if example else f'Question {place}'}: {asked.text if asked else result.matter.question}"
    guidance = f"<p>{escape(asked.guidance)}</p>" if asked and asked.guidance else ""
    described = asked.descriptors if asked and asked.descriptors else paper.meanings
    rows = [
        (found.level_name(level), described[level - 1] if level <= len(described) else "")
        for level in range(1, len(found.levels) + 1)
    ]
    write = "" if example else WRITE
    return f"""<article class="sheet">
<h3>{escape(heading)}</h3>
{where}{told}{guidance}
{_table("What each level says", ("Level", "What it says"), rows)}
{write}
</article>"""


def _summary(paper: WorkshopPaper, top: int) -> str:
    """The summary; its headings begin at level `top`."""
    found = paper.results
    questions = [each for each in found.matters if each.question]
    said = words.headline(len(found.agreed), len(questions), found.people, found.minutes)
    h = f"h{top}"
    parts = [f"<p class='lead'>{escape(said)}</p>", f"<{h}>What was agreed</{h}>"]
    if found.agreed:
        parts += [f"<p>{escape(words.COUNTS_NOW)}</p>", *(_agreed(paper, each, top + 1) for each in found.agreed)]
    else:
        parts.append(f"<p>{words.NOTHING_AGREED}</p>")
    parts += [f"<{h}>What is left open</{h}>", _left_open(paper)]
    parts += [f"<{h}>Decisions</{h}>", _noted(_of(found.notes, "decision"), words.NO_DECISIONS)]
    parts += [f"<{h}>Actions</{h}>", _noted(_of(found.notes, "action"), words.NO_ACTIONS)]
    roles = [(ROLE_FAMILIES[family], str(number)) for family, number in found.attendance.items()]
    there = _table("People by role", ("Role", "People"), [*roles, ("All", str(found.people))], number=(1,))
    parts += [f"<{h}>Who was there</{h}>", there if found.people else f"<p>{words.NOBODY_JOINED}</p>"]
    parts += [f"<{h}>How agreement went</{h}>", _agreement(paper)]
    return "\n".join(parts)


def _agreed(paper: WorkshopPaper, result: MatterResult, top: int) -> str:
    outcome, h = result.outcome, f"h{top}"
    assert outcome is not None
    follow = outcome.follow_up + (f" ({outcome.follow_up_owner})" if outcome.follow_up_owner else "")
    before = result.before.median if result.before and paper.answers_too else None
    facts = [
        ("Why", outcome.reason),
        ("Seen otherwise", outcome.minority_view),
        ("Follow-up", follow.strip() or ""),
        ("Before", words.moved_from(outcome.level, before)),
    ]
    rows = f"<dt>Level</dt><dd><b>{escape(paper.results.level_name(outcome.level))}</b></dd>"
    rows += "".join(f"<dt>{name}</dt><dd>{escape(said)}</dd>" for name, said in facts if said)
    heading = f"<{h}>{escape(paper.results.asked(result))}</{h}>"
    return f"<article class='agreed'>{heading}<dl>{rows}</dl>{_votes(paper, result)}</article>"


def _votes(paper: WorkshopPaper, result: MatterResult) -> str:
    if not result.votes:
        return ""
    levels = [str(level) for level in range(1, len(paper.results.levels) + 1)]
    rows = [_vote_row(each, len(levels)) for each in result.votes]
    columns = ("Vote", *levels, DONT_KNOW, "Median", "Agreement")
    return _table("Votes at each level", columns, rows, number=range(1, len(columns) - 1))


def _vote_row(vote: Reveal, levels: int) -> tuple[str, ...]:
    counts = [str(count) for count in vote.counts] if vote.counts else ["not shown"] * levels
    median = "–" if vote.median is None else f"{vote.median:g}"
    agreement = "–" if vote.agreement is None else agreement_said(vote.agreement)
    return (vote_name(vote.ballot), *counts, str(vote.dont_know), median, agreement)


def _left_open(paper: WorkshopPaper) -> str:
    found = paper.results
    said = {note.matter_id: note.text for note in _of(found.notes, "parked") if note.matter_id}
    rows = [
        (found.asked(each), words.LEFT_OPEN[each.matter.phase], said.get(each.matter.id, ""))
        for each in found.left_open
    ]
    settled = {each.matter.id for each in found.left_open}
    loose = [note for note in _of(found.notes, "parked") if note.matter_id not in settled]
    table = _table("Questions without a consensus", ("Question", "Why", "What is open"), rows) if rows else ""
    notes = _noted(loose, "") if loose else ""
    return table + notes or f"<p>{words.NOTHING_OPEN}</p>"


def _noted(notes: Sequence[Note], nothing: str) -> str:
    if not notes:
        return f"<p>{nothing}</p>"
    said = []
    for note in notes:
        until = f"by {on_day(note.due_on)}" if note.due_on else ""
        more = ", ".join(filter(None, [note.owner, until]))
        said.append(f"<li>{escape(note.text)}{f' <span>({escape(more)})</span>' if more else ''}</li>")
    return f"<ul>{''.join(said)}</ul>"


def _agreement(paper: WorkshopPaper) -> str:
    trend = paper.trend
    if trend is None or not trend.lines:
        return f"<p>{words.NO_VOTES}</p>"
    answers = ("Answers before",) if paper.answers_too else ()
    rows = [
        (
            paper.results.asked(each.result),
            *([_number(each.answers)] if paper.answers_too else []),
            _number(each.first),
            _number(each.last),
        )
        for each in trend.lines
    ]
    columns = ("Question", *answers, "First vote", "Last vote")
    table = _table("Agreement, from -1 to 1", columns, rows, number=range(1, len(columns)))
    means = [words.compared("the first votes", x.questions, x.then, x.now) for x in (trend.from_first,) if x]
    if paper.answers_too:
        means += [words.compared("the answers before", x.questions, x.then, x.now) for x in (trend.from_answers,) if x]
    else:
        means.append(words.NOT_FOR_ALL_YET)
    return table + "".join(f"<p>{escape(each)}</p>" for each in means)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _of(notes: Iterable[Note], kind: str) -> list[Note]:
    return [each for each in notes if each.kind == kind]


def _table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, number: Iterable[int] = ()) -> str:
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


WRITE = """<div class="write">
<div class="short"><p>Agreed level</p></div>
<div><p>Why</p></div>
<div><p>Seen otherwise</p></div>
<div><p>Follow-up, and who</p></div>
</div>"""

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
