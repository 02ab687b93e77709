"""What the page of workshops says before a workshop: how long it takes, what it is about, how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from maturity.words.messages import counted, on_day

NO_ROUND = (
    "No round to talk over yet. A workshop goes over the questions of a round, from the day that the round opens until "
    "it is signed off."
)
NO_WORKSHOP = "No workshop in this round yet. Plan one: its agenda is suggested to you, and you can change it."
NONE_WAS_HELD = "No workshop was held in this round."
WHOLE_ORGANISATION = "The whole organisation"
SECONDS_HELP = "A timer for the room. It closes nothing by itself: votes are taken until you reveal them."
WARM_UP_HELP = (
    "Everybody votes on a made-up department of which the right level is known, and hears why it is right. Nothing is "
    "agreed on it; afterwards a level means the same to all."
)
SIGNED_OFF = (
    "The round {name} is signed off, so nothing in it can change and no workshop can be planned. An administrator can "
    "reopen it, with a reason."
)
NO_LEVELS = (
    "The round {name} counts points and has no levels, so a room has nothing to vote on. Choose a round that is "
    "answered by levels."
)
NOBODY = "None of your departments takes part in this round. Choose another round."
NO_EXAMPLES = "This framework has no worked examples, so there is no warm-up."
NOT_OPEN_YET = "People can join from the moment that you open the lobby."
HAS_BEGUN = "The room has begun with it, so it stays."
ADDED = "A facilitator put it here."
NOTHING_TO_OPEN = "Put a question on the agenda before you open the lobby."
EMPTY_AGENDA = "Nothing is on the agenda yet. Add a question below, or take the suggested agenda."
FULL_AGENDA = "The agenda is full: it has {most} lines. Take one off before you add another, or hold two workshops."
ALL_ADDED = "Every question that can be voted on is on the agenda."
AGREED_LATER = "While the round is open nobody looks at where answers agree. Once it is closed, this lists it."
NONE_AGREED = "On no question do the answers agree already, or what agrees is settled."
WHAT_AGREED_MEANS = "Most people chose one level and the others the next one, so the room need not talk about them."
ACCEPT_WHEN_OPEN = "They can be accepted in the room: open the lobby first, and ask whether anybody sees it otherwise."
REASON_EXAMPLE = "The answers agree, and nobody in the room saw it otherwise"
CHANGED = (
    "somebody else has changed this workshop meanwhile. It is shown as it is now, and your last step was not taken: "
    "take it again if it still fits"
)
NOTHING_NEW = "All that this workbook says is recorded already, so there is nothing to bring in."
NOTHING_RECORDED = "Nothing of this workbook was recorded. Mend these cells and bring it in again:"
OVER_THEN = "This workshop was never open: with its workbook it has been held, and is over."
ABOUT_PAPER = (
    "Print the agenda with cards to hold up and a sheet for each question. Without a network in the room, write what "
    "was voted and agreed into the workbook, and bring it in here afterwards: it counts like a vote by phone."
)
PAPER_AFTERWARDS = "Was something voted or agreed on paper? Write it into the workbook as it is now, and bring it in."
PLAN_ONE = "Bring people together where answers differ: vote, talk, and record what you agree on."
COMING: Mapping[str, tuple[str, str]] = {
    "open": ("The workshop “{name}” is open.", "Go to the room"),
    "planned": ("The workshop “{name}” is planned.", "Look at its agenda"),
}
"""What is next about a workshop, with the label of the link that leads there."""
PLANNING = "Looking for the questions that are worth the room's time…"
STATUS: Mapping[str, str] = {"planned": "Planned", "open": "Open", "ended": "Ended"}
PHASE: Mapping[str, str] = {
    "waiting": "Not begun",
    "voting": "The vote is open",
    "revealed": "Voted on, not settled yet",
    "settled": "Settled",
    "parked": "Parked for later",
}
WARM_UP_PHASE: Mapping[str, str] = {
    "waiting": "A worked example; nothing is agreed on it",
    "voting": "The vote is open",
    "revealed": "Voted on",
}
ON_IT = "The room is on it"
SUGGEST_AGAIN = (
    "The agenda becomes what the answers suggest now, with as many questions as it has. Lines that you added go, lines "
    "that you took off may come back. What the room has begun stays in front."
)


def duration(questions: int, minutes_each: int) -> str:
    """How long an agenda takes: "15 questions: about 60 minutes at 4 minutes a question"."""
    took = counted(questions * minutes_each, "minute")
    return f"{counted(questions, 'question')}: about {took} at {minutes_each} minutes a question."


def only(possible: int, wanted: int) -> str:
    """What follows the duration where there are fewer questions than were asked for; else empty."""
    if possible >= wanted:
        return ""
    return f" There {'is' if possible == 1 else 'are'} only {counted(possible, 'question')} to vote on here."


def warm_up(examples: int) -> str:
    """The choice that begins with worked examples."""
    return f"Begin with a warm-up: {counted(examples, 'worked example')}"


def settled_of(settled: int, questions: int) -> str:
    """How far a workshop is: "3 of 15 questions settled"."""
    if not questions:
        return "Nothing on the agenda yet"
    return f"{settled} of {counted(questions, 'question')} settled"


def when(status: str, day: date) -> str:
    """How far a workshop is and since when: "Planned on 2 March 2026", "Open since ...", "Ended on ..."."""
    return f"{STATUS[status]} {'since' if status == 'open' else 'on'} {on_day(day)}"


def settled_at_level(level: str) -> str:
    """What was agreed on one question: "Settled at level 3 Defined"."""
    return f"Settled at level {level}"


def to_vote(seconds: int) -> str:
    """How long a vote takes: "60 seconds to vote"."""
    return f"{counted(seconds, 'second')} to vote"


def warms_up_first(examples: int) -> str:
    """What stands before the questions of an agenda; empty where it is nothing."""
    return f" Before that, a warm-up with {counted(examples, 'worked example')}." if examples else ""


def agreed_already(questions: int) -> str:
    """How many questions need no talk: "On 12 questions the answers agree already"."""
    return f"On {counted(questions, 'question')} the answers agree already"


def accept_all(questions: int) -> str:
    """The button that accepts what agrees: "Accept all 12"."""
    return f"Accept all {questions}" if questions > 1 else "Accept it"


def over_full(fitting: int, over: int, most: int) -> str:
    """What is accepted where not all of it fits on the agenda."""
    return (
        f"An agenda has at most {most} lines, so the first {fitting} can be accepted here, and {over} in workshops of "
        "single departments."
    )


def file_name(name: str) -> str:
    """A workshop's name as a file's: letters and digits, joined by hyphens; "workshop" where there are none."""
    parts = "".join(each if each.isalnum() else " " for each in name).split()
    return "-".join(parts)[:60] or "workshop"


def join_at(address: str) -> str:
    """Where phones type the code: "Phones open waymark.example/w and type the code."."""
    return f"Phones open {address} and type the code."


def no_room_for(over: int, most: int) -> str:
    """What agrees and cannot be accepted here, because the agenda is full."""
    what = f"{counted(over, 'more question')} {'agrees' if over == 1 else 'agree'} already"
    return f"{what}, but this agenda is full with {most} lines. Accept them in workshops of single departments."
