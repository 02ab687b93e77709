"""What is said about the decisions that leaders are asked for: by when they are needed and why, and how they stand."""

from __future__ import annotations

from datetime import date

from maturity.words.messages import counted, on_day

NO_DECISIONS = (
    "Nothing was put before leaders yet. Two that most plans need: who answers for data that several departments use, "
    "and whether the people that phase 2 asks for are hired, trained or bought?"
)
NOTHING_OPEN = "Nothing waits for a decision."
LONGEST = 70


def shortened(question: str) -> str:
    """A question cut to about a line, at the end of a word."""
    if len(question) <= LONGEST:
        return question
    return f"{question[:LONGEST].rsplit(' ', 1)[0]} …"


def left_words(day: date | None, today: date) -> str:
    """How long there is: "12 days left", "today", "3 days overdue"; empty without a day."""
    if day is None:
        return "no day is set"
    days = (day - today).days
    if days == 0:
        return "today"
    return f"{counted(days, 'day')} left" if days > 0 else f"{counted(-days, 'day')} overdue"


def open_decision_words(question: str, day: date | None, today: date) -> str:
    """An open decision as one line of the leadership summary."""
    when = f"needed by {on_day(day)} ({left_words(day, today)})" if day else "no day is set"
    return f"“{shortened(question)}”: {when}."


def computed_words(title: str, start: date, slack: int, day: date) -> str:
    """The day that the plan says, with its arithmetic."""
    room = f"and can slip {counted(slack, 'day')}" if slack else "and cannot slip"
    return f"{on_day(day)}: “{title}” starts on {on_day(start)} {room} without moving the end of the plan."


def open_sentence(count: int, overdue: int) -> str:
    """The head of the page."""
    if not count:
        return NOTHING_OPEN
    late = f", {overdue} of them overdue" if overdue else ""
    return f"{counted(count, 'decision')} {'waits' if count == 1 else 'wait'} to be taken{late}."


def cost_words(cost: float | None, currency: str) -> str:
    """What an option costs; never 0 where nobody has priced it."""
    return "not priced" if cost is None else f"{cost:,.0f} {currency}".strip()
