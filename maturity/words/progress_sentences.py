"""What the pages and papers on progress say: milestones, scope, receipts, ageing, and by what lateness is measured."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from maturity.words.messages import counted, on_day

NO_RECEIPTS = (
    "No receipts yet. They appear once a second round is closed and its results are shown to you: each level that a "
    "topic gained, beside the actions that were done before."
)
NO_LEVEL_GAINED = "No topic of a department you may read gained a level from {before} to {after}."
NOTHING_STALLED = "No stalled action stands before a target."
RECEIPT_LIMITS = "Done before is all that dates can say: levels also rise for other reasons, and work may show later."
NOTHING_EXPLAINS = "no action of the roadmap explains it"


def measured_by(version: str | None, by: str | None, at: datetime | None, signed: int, actions: int) -> str:
    """By what lateness is measured: the approved version with who approved it and when, or the plan as it was made."""
    if version is None or at is None:
        return "Nothing is approved yet: late is measured against the plan as it was made."
    rest = "" if signed >= actions else f"; the other {actions - signed} by an earlier sign-off, else as planned"
    return (
        f"Late is measured against {version}, approved by {by} on {on_day(at.date())}, which signed off {signed} of "
        f"{counted(actions, 'action')}{rest}."
    )


def quarters_said(start: date, finish: date) -> str:
    """Two days as the quarters of the year that they fall in: "Q2 2026", "Q2 to Q3 2026", "Q4 2026 to Q1 2027"."""
    first, last = (start.month - 1) // 3 + 1, (finish.month - 1) // 3 + 1
    if (start.year, first) == (finish.year, last):
        return f"Q{first} {start.year}"
    year = "" if start.year == finish.year else f" {start.year}"
    return f"Q{first}{year} to Q{last} {finish.year}"


def milestone_said(code: str, days: int, waits: int, needed: int) -> str:
    """How a milestone stands: "reached", "missed by 12 days, 3 of 8 actions not done"."""
    left = f", {waits} of {counted(needed, 'action')} not done" if waits else ""
    said = {
        "reached": "reached" + (f", {counted(days, 'day')} late" if days else ""),
        "missed": f"missed by {counted(days, 'day')}{left}",
        "due": ("due today" if days == 0 else f"due in {counted(days, 'day')}") + left,
        "past": "past; no action was to finish by it",
    }
    return said[code]


def scope_said(phase: str, at_first: float, now: float) -> str:
    """How the whole of a phase has grown or shrunk since the plan was made, in person-days."""
    changed = round(now) - round(at_first)
    if not changed:
        return f"{phase}: {now:,.0f} person-days in scope, as at the start."
    more = f"{abs(changed):,} {'more' if changed > 0 else 'fewer'}"
    return f"{phase}: {now:,.0f} person-days in scope, {more} than at the start."


def receipt_said(topic: str, department: str, level: int, before: Sequence[str], after: int, not_done: int) -> str:
    """One level gained, with what was done before it; never that it was the cause."""
    rose = f"{topic} in {department} rose to level {level}"
    if before:
        return f"{rose}. Done before: {'; '.join(before)}."
    others = [f"{counted(after, 'action')} for this step {_was(after)} done only after"] if after else []
    others += [f"{counted(not_done, 'action')} for this step {_is(not_done)} not done"] if not_done else []
    return f"{rose}; {NOTHING_EXPLAINS}." + (f" {'; '.join(others)}." if others else "")


def stall_said(why: str, days: int, confidence: int | None) -> str:
    """Why an action is stalled."""
    if why == "unsure":
        return f"confidence {confidence} of 5"
    said = f"late, {counted(days, 'day')}" if why == "late" else f"to have begun {counted(days, 'day')} ago"
    return f"{said}, confidence {confidence} of 5" if confidence is not None and confidence <= 2 else said


def target_due_said(due: date, left: int) -> str:
    """When a target is due, and in how many days or for how long it has been."""
    if left == 0:
        return f"{on_day(due)}, today"
    return f"{on_day(due)}, " + (f"in {counted(left, 'day')}" if left > 0 else f"{counted(-left, 'day')} ago")


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
