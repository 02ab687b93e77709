"""What is said of a workshop afterwards, on its page and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from maturity.words.messages import FEWEST_SHOWN, counted, on_day

WHOSE_VOTES: Mapping[str, str] = {
    "named": "This round is held by name, and people were told that their votes are kept under their name, or under a "
    "number where they gave none. They are for you who run the assessment: they go into no file.",
    "pseudonymous": "People were told that their votes are kept under a number, without a name. They are shown from "
    f"{FEWEST_SHOWN} levels in a vote on.",
    "anonymous": "This round is anonymous: when the workshop ended, votes and people were parted, and nothing says any "
    "more who gave which vote.",
}
ON_PAPER = "These votes were counted on paper, so nothing says whose they were."
OPEN_ROUND = (
    "The round is still open, so the answers before the workshop are not shown beside its votes. Close the round, and "
    "they are here."
)
NOT_FOR_ALL_YET = "What people answered before the workshop is left out, since results are not shown to all yet."
NOTHING_AGREED = "Nothing was agreed in this workshop."
NOTHING_OPEN = "Nothing is left open."
NO_DECISIONS = "No decisions were noted."
NO_ACTIONS = "No actions were noted."
NOBODY_JOINED = "Nobody joined by the code."
NO_VOTES = "No question was voted on, so there is no agreement to follow."
LEFT_OPEN: Mapping[str, str] = {
    "parked": "Parked for later",
    "waiting": "The room did not get to it",
    "voting": "The vote is still open",
    "revealed": "Voted on, and nothing recorded",
}
COUNTS_NOW = "What was agreed is the department's value from now on; the results say so beside each number."


def headline(agreed: int, questions: int, people: int, minutes: int | None) -> str:
    """What a workshop came to, in one sentence."""
    if not questions:
        return "No question was on the agenda."
    who = f" by {counted(people, 'person', 'people')}" if people else ""
    took = f" in {counted(minutes, 'minute')}" if minutes else ""
    return f"{agreed} of {counted(questions, 'question')} agreed{who}{took}."


def moved_from(level: int, median: float | None) -> str:
    """How a consensus stands to the median of the answers before it; "" where that is not known or not shown."""
    if median is None:
        return ""
    apart = abs(level - median)
    if not apart:
        return f"The answers had the same median, {median:g}."
    way = f"{'level' if apart == 1 else 'levels'} {'above' if level > median else 'below'}"
    return f"{apart:g} {way} the median of the answers, {median:g}."


def compared(of: str, questions: int, then: float, now: float, *, what: str = "the last votes") -> str:
    """Two means of agreement over the same questions."""
    over = "the one question that has both" if questions == 1 else f"{questions} questions that have both"
    return f"Over {over}, the agreement of {what} is {now:.2f}, against {then:.2f} in {of}."


def value_from_workshop(workshop: str | None) -> str:
    """Where a value comes from, in a table: "consensus of the workshop “Talking it over”"."""
    return f"consensus of the workshop “{workshop}”" if workshop else "consensus"


def agreed_in(workshop: str | None, day: date) -> str:
    """Before the reason for a consensus: where it was agreed, and when."""
    where = f"Agreed in the workshop “{workshop}”" if workshop else "Recorded as a consensus"
    return f"{where} on {on_day(day)}:"
