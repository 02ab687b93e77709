"""What reminders say: a line for each thing that is due, and the letter to its owner, ready to send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from maturity.words.messages import counted, on_day

ReminderKind = Literal["report", "acceptance", "days", "milestone", "review", "risk", "kpi"]
KIND_NAMES: Mapping[ReminderKind, str] = {
    "report": "Reports overdue",
    "acceptance": "Actions to accept",
    "days": "Person-days to confirm",
    "milestone": "Milestones",
    "review": "Quarterly review",
    "risk": "Risks to look at again",
    "kpi": "KPIs to be read",
}
NOTHING_DUE = "Nothing is due. Nobody needs a reminder."
NO_MAIL = "Waymark sends no mail: copy the text, or open it in your mail program."


def when_due(on: date | None, today: date) -> str:
    """How far a day is off: "due today", "due for 12 days", "in 3 days, on 2 March 2026"; "" without a day."""
    if on is None:
        return ""
    days = (today - on).days
    if days == 0:
        return "due today"
    if days > 0:
        return f"due for {counted(days, 'day')}"
    return f"in {counted(-days, 'day')}, on {on_day(on)}"


def reminder_line(kind: ReminderKind, subject: str, place: str, on: date | None, today: date) -> str:
    """One thing that is due, as it stands in a list or a letter."""
    what = f"{subject} ({place})" if place else subject
    when = when_due(on, today)
    said = {
        "report": f"{what}: say how it goes; a report is {when}",
        "acceptance": f"{what}: accept it, ask for other dates, or refuse it",
        "days": f"{what}: confirm the person-days that it takes of your department",
        "milestone": f"{what}: missed by {counted((today - on).days, 'day')}"
        if on and on < today
        else f"{what}: {when}",
        "review": f"{what}: {when}",
        "risk": f"Risk “{what}”: look at it again; that is {when}",
        "kpi": f"KPI of {what}: give its reading; it is {when}",
    }
    return said[kind]


def reminder_subject(organisation: str, count: int) -> str:
    """The subject of the letter."""
    return f"{organisation}'s data roadmap: {counted(count, 'thing')} to do"


def reminder_letter(name: str, organisation: str, plan: str, lines: Sequence[str], link: str) -> str:
    """The letter to one owner, plain text. `link` is the address of My actions, the same for everybody."""
    listed = "\n".join(f"- {each}" for each in lines)
    return f"""Hello {name},

this is due on your part of “{plan}”, the data roadmap of {organisation}:

{listed}

You do it on your page, in two minutes, also on a phone:
{link}

The page opens where you have come in before. Otherwise use your own personal link first.
Thank you for your time.
"""


def calendar_said(own: bool) -> str:
    """What a calendar file holds, and how it is used."""
    what = "the last day of each of your actions" if own else "milestones and the next quarterly review"
    return (
        f"A file with {what}. Open it with your calendar. When something moves, download and open it again: "
        "what is there already is updated, not doubled."
    )
