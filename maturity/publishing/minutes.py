"""The minutes of a quarterly review, and the page of what it promises for 90 days: HTML to print, and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from maturity.publishing.paper import page
from maturity.roadmap.quarterly_review import Promise, QuarterlyReview
from maturity.words import review_flow_sentences as words
from maturity.words.messages import on_day

Block = tuple[str, Sequence[str]]
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$])")


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPaper:
    """What the papers are made from. `changed` are sentences, `earlier` the promises of the review before with how they
    ended, `version` says which version is in force, `edition` which edition residents read ("" for none), `signed_on`
    is the day in the organisation's zone; of an open review it is None, and the paper says that it is a draft."""

    organisation: str
    plan: str
    review: QuarterlyReview
    changed: tuple[str, ...]
    earlier: tuple[Promise, ...]
    version: str
    edition: str
    since: date
    signed_on: date | None


def minutes_page(paper: MinutesPaper) -> str:
    """The minutes as one HTML file that needs nothing else."""
    parts = [f"<section><h2>{escape(name)}</h2>\n{_listed(lines)}</section>" for name, lines in _blocks(paper)]
    body = "\n".join([_draft(paper), *parts[:-1], _promises(paper.review), parts[-1], _signatures(paper)])
    return page(f"Minutes: {paper.review.name}", STYLE, _about(paper), body)


def commitment_page(paper: MinutesPaper) -> str:
    """What is promised for 90 days, on one page to print: what, who, by when, kept or explained; signed by whom."""
    review = paper.review
    title = f"What we promise until {on_day(review.last_day)}"
    return page(title, STYLE, _about(paper), "\n".join([_draft(paper), _promises(review, 2), _signatures(paper)]))


def minutes_markdown(paper: MinutesPaper) -> str:
    """The minutes as Markdown; nothing that people wrote is taken for a mark of it."""
    review = paper.review
    lines = [f"# Minutes: {_marked(review.name)}", "", _marked(_said_about(paper)), ""]
    if review.state != "signed_off":
        lines += [DRAFT, ""]
    blocks = _blocks(paper)
    promised = ("Promises for the next 90 days", [_promise_line(each) for each in review.promises])
    signed = ("Signatures", [f"{each.name}, {each.role}" for each in review.signatures])
    for name, said in (*blocks[:-1], promised, blocks[-1], signed):
        lines += [f"## {name}", "", *[f"- {_marked(each)}" for each in said or ["Nothing was noted."]], ""]
    if review.signatures:
        lines += [f"Document: SHA-256 `{review.signatures[0].sha256}`", ""]
    return "\n".join(lines)


DRAFT = "Draft: this review is not signed off."


def _blocks(paper: MinutesPaper) -> list[Block]:
    body = paper.review.body
    notes = [f"{words.STEP_NAMES[step]}: {body.notes[step]}" for step in words.STEP_NAMES if body.notes.get(step)]
    blocks: list[Block] = [
        ("Who was there", body.attendance),
        (f"What changed since {on_day(paper.since)}", paper.changed),
    ]
    if paper.earlier:
        blocks.append(("What was promised last time", [_promise_line(each) for each in paper.earlier]))
    blocks += [
        ("The plan", [each for each in (paper.version, paper.edition) if each]),
        ("Decisions", body.decided),
        ("What was said", [*notes, *[each for each in body.minutes.splitlines() if each.strip()]]),
        ("Actions arising", body.arising),
    ]
    return blocks


def _promise_line(promise: Promise) -> str:
    state = "" if promise.state == "open" else f" {words.PROMISE_STATES[promise.state].capitalize()}."
    why = f" {promise.explanation}" if promise.explanation else ""
    return f"{promise.text} ({promise.owner}, by {on_day(promise.due_on)}).{state}{why}"


def _promises(review: QuarterlyReview, heading: int = 2) -> str:
    if not review.promises:
        return f"<section><h2>Promises for the next 90 days</h2><p>{escape(words.NO_PROMISES)}</p></section>"
    rows = "".join(
        f'<tr><th scope="row">{escape(each.text)}</th><td>{escape(each.owner)}</td><td>{on_day(each.due_on)}</td>'
        f"<td>{words.PROMISE_STATES[each.state].capitalize()}{_explained(each)}</td></tr>"
        for each in review.promises
    )
    return (
        f"<section><h{heading}>Promises for the next 90 days</h{heading}><div class='wide'><table>"
        "<thead><tr><th scope='col'>What</th><th scope='col'>Who</th><th scope='col'>By when</th>"
        f"<th scope='col'>How it stands</th></tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _explained(promise: Promise) -> str:
    return f"<br>{escape(promise.explanation)}" if promise.explanation else ""


def _signatures(paper: MinutesPaper) -> str:
    review = paper.review
    if not review.signatures or paper.signed_on is None:
        return ""
    said = words.signed_sentence([(each.name, each.role) for each in review.signatures], paper.signed_on)
    sha = review.signatures[0].sha256
    return f"<section><h2>Signatures</h2><p>{escape(said)}</p><p class='note'>Document: SHA-256 {sha}</p></section>"


def _draft(paper: MinutesPaper) -> str:
    return "" if paper.review.state == "signed_off" else f"<p class='note'><b>{DRAFT}</b></p>"


def _about(paper: MinutesPaper) -> str:
    return escape(_said_about(paper))


def _said_about(paper: MinutesPaper) -> str:
    review = paper.review
    following = f" The next review is on {on_day(review.next_on)}." if review.next_on else ""
    return f"{paper.organisation}, plan “{paper.plan}”. Held on {on_day(review.held_on)}.{following}"


def _listed(lines: Iterable[str]) -> str:
    found = "".join(f"<li>{escape(each)}</li>" for each in lines)
    return f"<ul>{found}</ul>\n" if found else "<p>Nothing was noted.</p>\n"


def _marked(text: str) -> str:
    return _MARKS.sub(r"\\\1", text.replace("\n", " "))


STYLE = """
  :root { color-scheme: light; }
  * { box-sizing: border-box; }
  body { margin: 0; padding: 1rem; background: #fff; color: #14202b; font: 16px/1.45 system-ui, sans-serif; }
  main { max-width: 190mm; margin: 0 auto; }
  h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; text-wrap: balance; }
  h2 { font-size: 1.2rem; margin: 1.5rem 0 .4rem; }
  h1, h2, p, li, td, th { overflow-wrap: anywhere; }
  p, ul { margin: 0 0 .5rem; }
  .note { color: #46535f; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; min-width: 30rem; }
  th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid #c9d1d9; }
  tbody th { font-weight: 600; }
  tr, li { break-inside: avoid; }
  @page { size: A4; margin: 15mm; }
  @media print { body { padding: 0; } table { min-width: 0; } }
"""
