"""What a workshop takes along: agenda, cards and question sheets to print, and once it has ended its summary.

What is handed out says nothing of anybody's answers: only the agenda does, and says that it is for whoever runs the
workshop.
"""

from __future__ import annotations

from html import escape

from maturity.assessment.workshop import MINUTES_A_MATTER
from maturity.assessment.workshop_results import MatterResult, WorkshopResults
from maturity.publishing.workshop_paper import DONT_KNOW, WorkshopPaper, paper_table, workshop_page
from maturity.publishing.workshop_summary import summary_of
from maturity.words.messages import counted

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


def pack_page(paper: WorkshopPaper, sets: int = 1) -> str:
    """Agenda, `sets` sets of level cards, a sheet for each question, and once the workshop has ended its summary."""
    parts = [_agenda(paper), _cards(paper, sets), _sheets(paper)]
    contents = [("agenda", "Agenda"), ("cards", "Cards"), ("sheets", "Question sheets")]
    if paper.results.workshop.status == "ended":
        contents.append(("summary", "Summary"))
        parts.append(f'<section id="summary">\n<h2>Summary</h2>\n{summary_of(paper, 3)}\n</section>')
    links = "".join(f'<li><a href="#{at}">{name}</a></li>' for at, name in contents)
    nav = f'<nav aria-label="Contents"><ul>{links}</ul></nav>'
    return workshop_page(f"Workshop pack: {paper.results.workshop.name}", paper, nav + "\n".join(parts))


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
{paper_table("The agenda in its order", columns, rows, number=(0, 2))}
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
{paper_table("What each level says", ("Level", "What it says"), rows)}
{write}
</article>"""


WRITE = """<div class="write">
<div class="short"><p>Agreed level</p></div>
<div><p>Why</p></div>
<div><p>Seen otherwise</p></div>
<div><p>Follow-up, and who</p></div>
</div>"""
