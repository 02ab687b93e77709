"""A workshop: people in a room vote blind on one question at a time, see where they differ, talk, and agree.

What a workshop goes over is a list of matters. A matter is a question of one department, or a worked example of the
warm-up, on which everybody finds out that the levels mean the same to all. Everything here is pure: a matter and a step
in, the matter after it out, or a refusal in one sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

Status = Literal["planned", "open", "ended"]
Phase = Literal["waiting", "voting", "revealed", "settled", "parked"]
Step = Literal["open_vote", "reveal", "settle", "park"]
NoteKind = Literal["parked", "decision", "action"]

MOST_BALLOTS = 3
"""The first vote, and at most two more after talking."""
MINUTES_A_MATTER = 4
SECONDS_TO_VOTE = 60
IDLE = timedelta(hours=12)
"""Nobody new comes in by the code of a workshop in which nothing has been done for so long."""

_AFTER: Mapping[Step, Mapping[Phase, Phase]] = {
    "open_vote": {"waiting": "voting", "revealed": "voting", "parked": "voting"},
    "reveal": {"voting": "revealed"},
    "settle": {"waiting": "settled", "revealed": "settled", "parked": "settled", "settled": "settled"},
    "park": {"waiting": "parked", "revealed": "parked"},
}
_REFUSED: Mapping[Step, str] = {
    "open_vote": "this question is agreed; change the consensus, or go on to the next one",
    "reveal": "no vote is open, so there is nothing to reveal; open the vote first",
    "settle": "the vote is still open; reveal it before you record what was agreed",
    "park": "the vote is still open; reveal it before you park the question",
}


class StepRefused(ValueError):
    """A step that the matter's state does not allow: the message says why and what to do instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the room agreed on: a level, why, who saw it otherwise, and who follows up on what."""

    level: int
    reason: str
    minority_view: str = ""
    follow_up: str = ""
    follow_up_owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One line of the agenda: a `question` of a `department` (ids), or an `example` of the warm-up (its id).

    `why` says why it stands where it does, as numbers and codes. `ballot` counts the votes held on it, the one that is
    open included. `voting_until` is when the timer ends; votes are taken until the reveal all the same."""

    id: UUID
    place: int
    department: str | None = None
    question: str | None = None
    example: str | None = None
    why: Mapping[str, Any] = field(default_factory=dict)
    phase: Phase = "waiting"
    ballot: int = 0
    voting_since: datetime | None = None
    voting_until: datetime | None = None
    outcome: Outcome | None = None
    settled_by: str | None = None
    settled_at: datetime | None = None

    @property
    def warms_up(self) -> bool:
        """Whether it is a worked example: nothing is agreed on it."""
        return self.example is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """A workshop on a round: of one department (its code), or of the whole organisation (None).

    `code` is what people join by; `current` the matter that the room is on, None in the lobby and between two of them.
    `stepped_by` is whoever took the last step; `row_version` rises with each."""

    id: UUID
    round_id: UUID
    organisation_id: UUID
    department: str | None
    name: str
    code: str
    status: Status = "planned"
    current: UUID | None = None
    seconds_to_vote: int = SECONDS_TO_VOTE
    made_by: str
    made_at: datetime
    opened_at: datetime | None = None
    ended_at: datetime | None = None
    stepped_by: str
    stepped_at: datetime
    row_version: int = 0

    def takes_people(self, now: datetime) -> bool:
        """Whether somebody new may join by the code."""
        return self.status == "open" and now - self.stepped_at < IDLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody in the room. `number` counts from 1 within the workshop; `name` only where it was given and the round
    is held by name; `on_paper` votes were counted in the room and came in by the workbook."""

    id: UUID
    workshop_id: UUID
    number: int
    name: str | None = None
    role_family: str
    joined_at: datetime
    on_paper: bool = False

    @property
    def label(self) -> str:
        """The name, or the number."""
        return self.name or f"Participant {self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One vote of one participant in one ballot; `level` None is "don't know"."""

    matter_id: UUID
    ballot: int
    participant_id: UUID
    level: int | None
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the room keeps for later: something parked, a decision, or an action with an owner."""

    id: UUID
    workshop_id: UUID
    matter_id: UUID | None = None
    kind: NoteKind
    text: str
    owner: str = ""
    due_on: date | None = None
    made_by: str
    made_at: datetime


def step(matter: Matter, what: Step) -> Matter:
    """The matter after a step, `StepRefused` where it cannot be taken now.

    Opening a vote raises the ballot; the times of the vote are the caller's to set."""
    if matter.warms_up and what in ("settle", "park"):
        raise StepRefused("nothing is agreed on a worked example; reveal it, then go on")
    after = _AFTER[what].get(matter.phase)
    if after is None:
        opened = what == "open_vote" and matter.phase == "voting"
        raise StepRefused("the vote is open already" if opened else _REFUSED[what])
    if what == "open_vote":
        if matter.ballot >= MOST_BALLOTS or (matter.warms_up and matter.ballot):
            held = "once" if matter.warms_up else f"{MOST_BALLOTS} times"
            raise StepRefused(f"people have voted {held} on this already; record what was agreed, or park it")
        return replace(matter, phase=after, ballot=matter.ballot + 1)
    return replace(matter, phase=after)


def must_not_vote(matter: Matter | None) -> None:
    """`StepRefused` where a vote is open on the matter that the room is on: nobody leaves it unrevealed."""
    if matter is not None and matter.phase == "voting":
        raise StepRefused("a vote is open; reveal it before you go on")
