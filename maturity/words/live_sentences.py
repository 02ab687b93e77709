"""What a room reads on the facilitator's screen, made from numbers; nothing here reads a clock or a store."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta

from maturity.words.messages import FEWEST_SHOWN, counted

TAKE_YOUR_TIME = "take your time"
FEW_HERE = f"Fewer than {FEWEST_SHOWN} are here. Votes of fewer than {FEWEST_SHOWN} are not shown, to keep them secret."
TALK_THEN_RECORD = "Talk, then record what you agree on."
ALL_SAME = "Everybody chose the same level. Say in a sentence why, then record it."


def people_here(number: int) -> str:
    """How many have joined: "18 people are here"."""
    if number == 0:
        return "Nobody is here yet"
    return f"{counted(number, 'person is', 'people are')} here"


def attendance(by_role: Mapping[str, int], words: Mapping[str, str]) -> str:
    """Who is in the room by role, in the words for the roles: "Leader 2, Manager 5, Front line 11"; "" for nobody."""
    return ", ".join(f"{words.get(role, role)} {number}" for role, number in by_role.items() if number)


def have_voted(votes: int, here: int) -> str:
    """How far an open vote is: "14 of 18 have voted"."""
    if here == 0:
        return "Nobody is here to vote yet"
    return f"{votes} of {max(here, votes)} {'has' if here == 1 else 'have'} voted"


def clock(left: timedelta) -> str:
    """The time that is left for a vote, "0:42"; it runs out to "0:00" and goes no further."""
    seconds = max(0, math.ceil(left.total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02d}"


def ordinal_line(number: int, of: int, *, warm_up: bool = False) -> str:
    """Where the room is: "Question 3 of 15", "Warm-up 1 of 2"."""
    return f"{'Warm-up' if warm_up else 'Question'} {number} of {of}"


def minutes_line(so_far: timedelta, left: int) -> str:
    """How long the workshop has been going on, and the minutes left: "12 minutes so far, about 48 left"."""
    minutes = max(0, int(so_far.total_seconds() // 60))
    rest = f"about {left} left" if left else "nothing left to vote on"
    return f"{counted(minutes, 'minute')} so far, {rest}"


def speaks_first(lowest: int, highest: int) -> str:
    """Who opens the talk after a reveal, unnamed."""
    return f"Somebody who chose {lowest} and somebody who chose {highest} explain first."


def not_shown(votes: int, dont_know: int) -> str:
    """Why a reveal shows no votes: too few voted, or too few of them chose a level."""
    few = "voted" if votes + dont_know < FEWEST_SHOWN else "chose a level"
    return f"Fewer than {FEWEST_SHOWN} {few}, so the votes are not shown."


def votes_left(ballot: int, most: int) -> str:
    """How often the room may still vote on a question after `ballot` votes of at most `most`."""
    left = most - ballot
    return "No more votes on this one" if left <= 0 else f"{counted(left, 'more vote')} possible"


def agreed_on(level: int, name: str) -> str:
    """The consensus in large letters: "Agreed: 3, Learning"."""
    return f"Agreed: {level}, {name}"


def where_it_stands(agreed: int, parked: int, left: int) -> str:
    """How the questions of an agenda stand: "4 agreed, 1 parked, 10 to go"."""
    parts = [f"{agreed} agreed"] + ([f"{parked} parked"] if parked else []) + [f"{left} to go"]
    return ", ".join(parts)


def before_the_end(agreed: int, parked: int, left: int) -> str:
    """What is asked before a workshop is ended for good."""
    rest = f" {counted(left, 'question')} {'has' if left == 1 else 'have'} no consensus." if left else ""
    said = f"{counted(agreed, 'question')} agreed, {parked} parked.{rest}"
    return f"{said} After the end the code opens nothing any more, and no vote can be held."


def recorded_meanwhile(level: int, name: str, reason: str) -> str:
    """Another facilitator recorded a consensus while the form was open."""
    return f"Somebody else recorded {level}, {name}, meanwhile: {reason} Record again to put yours in its place."


def only_on_this_computer(address: str) -> str:
    """Why no phone can join, and what to do about it."""
    return (
        f"Phones cannot reach {address}: Waymark answers on this computer only. "
        "Start it for your network, then give its address and make yourself a personal link on the page People, as "
        "docs/sign-in.md says; until then, vote on paper and record what you agree on."
    )
