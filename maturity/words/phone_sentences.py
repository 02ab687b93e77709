"""What a phone in a workshop says, from numbers and codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maturity.words.messages import FEWEST_SHOWN, counted
from maturity.words.vote_sentences import vote_name

SECRET = "The screen shows how many chose each level, never who."
KEPT_OF_VOTES: Mapping[str, str] = {
    "named": "Whoever runs the workshop can look up afterwards what you voted: under your name, or a number without "
    "one.",
    "pseudonymous": "Whoever runs the workshop can look up afterwards what was voted under your number, never a name.",
    "anonymous": "When the workshop ends, nothing says any more who gave which vote.",
}
TIME_IS_UP = "Time is up. Your vote still counts until the reveal."
TOO_FEW = (
    f"Fewer than {FEWEST_SHOWN} people chose a level, so the votes are not shown. Talk about the question instead."
)


def time_left(seconds: int) -> str:
    """The time until a vote is to be revealed; the timer closes nothing by itself."""
    if seconds <= 0:
        return TIME_IS_UP
    minutes, rest = divmod(seconds, 60)
    if minutes < 2:
        return f"{counted(seconds, 'second')} left"
    whole = counted(minutes, "minute")
    return f"{whole} {counted(rest, 'second')} left" if rest else f"{whole} left"


def which_vote(ballot: int) -> str:
    """Which vote on a question it is; nothing to say about the first."""
    return f"{vote_name(ballot)} on this question" if ballot > 1 else ""


def spread(median: float, lowest: int, highest: int) -> str:
    """A revealed vote in one sentence."""
    if lowest == highest:
        return f"Everybody chose level {lowest}."
    return f"The median is {median:g}, the lowest vote {lowest}, the highest {highest}."


def votes(count: int) -> str:
    """How many chose a level."""
    return counted(count, "vote") if count else "no votes"


def did_not_know(count: int) -> str:
    """How many said that they do not know; nothing where nobody did."""
    return f"{counted(count, 'person', 'people')} said that they don't know." if count else ""


def own_vote(voted: bool, level: int | None, levels: Sequence[str]) -> str:
    """What a participant gave in the ballot at hand."""
    if not voted:
        return "You did not vote on this question."
    return "You said that you don't know." if level is None else f"You chose {level_said(level, levels)}."


def level_said(level: int, levels: Sequence[str]) -> str:
    """ "level 3, Learning"; the number alone where the scale has no such name."""
    return f"level {level}, {levels[level - 1]}" if 1 <= level <= len(levels) else f"level {level}"


def wait_after_tries(seconds: int) -> str:
    """Why no code can be tried just now."""
    return f"Too many wrong codes were tried from here. Wait {counted(seconds, 'second')}, then try again."
