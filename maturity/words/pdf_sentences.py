"""What the PDF report says beside what the strategy document says too: headings, captions, what is left out."""

from __future__ import annotations

from datetime import date

from maturity.words.leadership_sentences import first_words
from maturity.words.messages import counted, on_day

TITLE = "Data roadmap: report to leadership"
NEEDED = "Decisions needed"
MONEY_TABLE = "Budget and planned cost of each phase"
PROMISES = "What was promised"
PROMISE_TABLE = "Promises of the last review, and how they stand"
PROMISE_HEADS = ("Promise", "By whom or of what", "How it stands")
SIGN_TABLE = "Those who sign"
SIGN_HEADS = ("Who", "Role, or signed so far", "Signature and day")
DECISION_TABLE = "Decisions, by when they are needed, and what postponing them costs"
PHASE_TABLE = "Phases, and how much of their work is done"
HOW_TO_READ = (
    "Scores run from the first level to the last and are shown with one decimal, never rounded up to a level that is "
    "not reached. An action that several departments carry out is one row."
)
REPLACED = (
    "Some characters, pictographs for instance, have no letter in the typefaces of this report; each stands as � here. "
    "The workbook has them as they were written."
)
MOST_NAMED = 40
"""Letters of a name beside a number on the first page."""
NO_SENTENCE = "No sentence says yet what postponing costs."


def as_of(plan: str, day: date) -> str:
    """The line below the title: of which plan, as of when."""
    return f"{plan}, as of {on_day(day)}" if plan else f"As of {on_day(day)}"


def running(name: str, day: date) -> str:
    """The line at the foot of each page."""
    return f"{name} · {TITLE}, {on_day(day)}"


def more(number: int, what: str) -> str:
    """What a table leaves out, and where it stands."""
    return f"{counted(number, f'more {what}')} in the workbook." if number else ""


def needs_words(name: str) -> str:
    """Why a report is refused: a picture that says nothing to those who do not see it."""
    return f"the picture “{name}” has no description, so that nobody could hear what it shows; give its chart one"


def phase_dates(start: date, finish: date) -> str:
    """From when to when a phase runs."""
    return f"{on_day(start)} to {on_day(finish)}"


def score_of(round_name: str) -> str:
    """What the score of the first page is of."""
    return f"score, {first_words(round_name, MOST_NAMED)}" if round_name else "score"


def late_of(number: int) -> str:
    """Of how many actions the late ones are counted."""
    return f"late, of {counted(number, 'action')}"


def next_milestone(name: str) -> str:
    """The milestone that comes next."""
    return f"next: {first_words(name, MOST_NAMED)}"


def decisions_needed(number: int) -> str:
    """Behind the number of decisions."""
    return "decision needed" if number == 1 else "decisions needed"
