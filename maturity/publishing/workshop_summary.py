"""What a workshop leaves: what was agreed, what is left open, and how agreement went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from maturity.assessment.terms import ROLE_FAMILIES
from maturity.assessment.votes import Reveal
from maturity.assessment.workshop import Note
from maturity.assessment.workshop_results import MatterResult
from maturity.publishing.workshop_paper import DONT_KNOW, WorkshopPaper, paper_table, workshop_page
from maturity.words import workshop_sentences as words
from maturity.words.messages import on_day
from maturity.words.vote_sentences import agreement_said, vote_name


def summary_page(paper: WorkshopPaper) -> str:
    """What was agreed and what is left, to send to everybody who was there."""
    return workshop_page(f"Summary: {paper.results.workshop.name}", paper, summary_of(paper, 2))


def summary_of(paper: WorkshopPaper, top: int) -> str:
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
    there = paper_table("People by role", ("Role", "People"), [*roles, ("All", str(found.people))], number=(1,))
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
    return paper_table("Votes at each level", columns, rows, number=range(1, len(columns) - 1))


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
    table = paper_table("Questions without a consensus", ("Question", "Why", "What is open"), rows) if rows else ""
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
    table = paper_table("Agreement, from -1 to 1", columns, rows, number=range(1, len(columns)))
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
