"""The demo's workshop: planned for whoever looks around, with made-up people who join and vote at the press of a
button, so that one visitor can try the whole of it alone."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from maturity.access.roles import Visitor
from maturity.assessment.workshop import Matter, Workshop
from maturity.demo.inhabitants import Inhabitants
from maturity.demo.room import ROOM, example_counts, made_up_votes
from maturity.framework.examples import example_of, fitting_examples
from maturity.operations.demo_filling import Chair
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round
from maturity.operations.workshop_agenda import suggest_agenda
from maturity.operations.workshop_joining import Joining, join, seat_of
from maturity.operations.workshop_lines import AgendaLine
from maturity.operations.workshop_voting import Ballot, cast
from maturity.operations.workshops import agenda, find_workshop, plan_workshop, require_run
from maturity.operations.workspace import Workspace
from maturity.storage import setup as stored_setup
from maturity.storage.tallies import tallies

WORKSHOP_OF, NAME = "housing", "Housing: what leaders and teams see differently"
"""Where leaders and the front line see things most differently, as `data/demo/port-ellery.yaml` has it."""
WARM_UPS, QUESTIONS = 2, 6
"""Worked examples and questions of the demo's agenda: half an hour."""
CODE = 5
"""The join code has a chance of its own: no id of the demo moves because of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUp:
    """What the made-up people did: how many of them are in the room, and how many votes of theirs counted."""

    people: int
    votes: int


def plan_demo_workshop(chair: Chair, inhabitants: Inhabitants, round_: Round, day: date) -> Workshop:
    """The workshop that whoever looks around finds planned and can hold: two worked examples, then what is worth
    settling most. The facilitator planned it on a day; nobody has joined, so no score moves."""
    then = chair.on(day)
    facilitator = chair.somebody(inhabitants.facilitates, "Facilitator", "facilitator", round_.organisation_id)
    examples = fitting_examples(round_.framework)[:WARM_UPS]
    questions = suggest_agenda(then, facilitator, round_, WORKSHOP_OF, most=QUESTIONS)
    lines = [*(AgendaLine(example=each.id) for each in examples), *questions]
    chance = np.random.default_rng((*chair.seed, CODE))
    return plan_workshop(then, facilitator, round_, WORKSHOP_OF, NAME, lines, chance=chance.bytes)


def make_believe_votes(workspace: Workspace, visitor: Visitor, round_: Round, workshop: Workshop) -> MadeUp:
    """Lets a dozen made-up people into an open workshop of the demo, and votes for them where a vote is open.

    Pressed again they are the same people and vote the same; in a vote after talking some come nearer to the middle.
    Refused outside the demo: nobody votes for others in a real room."""
    require_run(visitor, workshop)
    _require_demo(workspace, workshop)
    now = find_workshop(workspace, visitor, workshop.id)
    if now.status != "open":
        raise Refused("made-up people join an open workshop only; open this one first")
    seats = _seats(workspace, now)
    matter = next((each for each in agenda(workspace, visitor, now) if each.id == now.current), None)
    if matter is None or matter.phase != "voting":
        return MadeUp(people=len(seats), votes=0)
    levels = made_up_votes(_counts(workspace, round_, matter), matter.ballot, _seed(matter))
    ballots = [
        Ballot(code=now.code, participant=seat, matter=matter.id, ballot=matter.ballot, level=level)
        for seat, level in zip(seats, levels, strict=True)
    ]
    return MadeUp(people=len(seats), votes=sum(refused is None for refused in cast(workspace, ballots)))


def _require_demo(workspace: Workspace, workshop: Workshop) -> None:
    with workspace.store.reading() as tx:
        demo = {row.id for row in stored_setup.organisations(tx) if row.is_demo}
    if workshop.organisation_id not in demo:
        raise Refused("made-up people vote in the demo city only; here people vote with their phones")


def _seats(workspace: Workspace, workshop: Workshop) -> list[UUID]:
    """The seats of the made-up people; who is in already stays, known by the ticket."""
    people = [
        Joining(code=workshop.code, ticket=f"made-up-{number:014}", role_family=each.role_family, name=each.name)
        for number, each in enumerate(ROOM)
    ]
    seats = []
    for answer in join(workspace, people):
        if isinstance(answer, Refused):
            raise answer
        seat = seat_of(workspace, answer)
        assert seat is not None
        seats.append(seat)
    return seats


def _counts(workspace: Workspace, round_: Round, matter: Matter) -> list[int]:
    """The answers that the room's department gave at each level; those of a worked example are made up."""
    top = round_.framework.top_level
    if matter.example is not None:
        example = example_of(round_.framework.id, matter.example)
        return example_counts(example.level, top) if example else [0] * top
    with workspace.store.reading() as tx:
        found = Counter[int]()
        for each in tallies(tx, round_.id):
            if (each.department, each.question) == (matter.department, matter.question) and each.level:
                found[each.level] += each.count
    return [found[level] for level in range(1, top + 1)]


def _seed(matter: Matter) -> tuple[int, ...]:
    """A seed that a question has in every demo: ids differ from one to the next."""
    asked = f"{matter.department}/{matter.question}/{matter.example}"
    return tuple(hashlib.sha256(asked.encode()).digest()[:4])
