"""Workshops of a round: planned with an agenda, opened for people to join by a code, ended for good."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from maturity.access.permissions import may, require
from maturity.access.roles import Visitor
from maturity.assessment.workshop import SECONDS_TO_VOTE, Matter, StepRefused, Workshop, must_not_vote, step
from maturity.operations.early_sight import WHOLE
from maturity.operations.errors import Changed, Refused
from maturity.operations.rounds import Round, require_unsigned
from maturity.operations.workshop_lines import AgendaLine, as_matters
from maturity.operations.workspace import Workspace
from maturity.storage import setup as stored_setup
from maturity.storage import workshop_votes
from maturity.storage import workshops as stored
from maturity.storage.audit import record
from maturity.storage.engine import Conflict, NotStored, Tx, new_id
from maturity.storage.rounds import round_of
from maturity.storage.sign_in import keep_installation_secret
from maturity.storage.terms import terms_of

T = TypeVar("T")
CODE_LETTERS = "ACDEFGHJKMNPQRTVWXY34679"
"""No letter or digit that is taken for another: none of 0 O, 1 I L, 2 Z, 5 S, 8 B, and no U beside V."""
CODE_LENGTH = 6
LONGEST_NAME = 120
FEWEST_SECONDS, MOST_SECONDS = 10, 900
SEAT_KEY = "seat"
CAN_BE_HELD = ("open", "closed")


def join_code(chance: Callable[[int], bytes] = os.urandom) -> str:
    """A code that people can read from a wall and type: six letters and digits, none of them taken for another."""
    letters = ""
    while len(letters) < CODE_LENGTH:
        # 240 is a multiple of the 24 letters: higher bytes would make some letters likelier.
        letters += "".join(CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in chance(16) if byte < 240)
    return letters[:CODE_LENGTH]


def workshops(workspace: Workspace, visitor: Visitor, round_: Round) -> tuple[Workshop, ...]:
    """The workshops of a round that the visitor may run, the newest first."""
    require(visitor, "run_workshop", organisation=round_.organisation_id)
    with workspace.store.reading() as tx:
        found = stored.workshops(tx, round_.id)
    return tuple(each for each in found if may_run(visitor, each))


def find_workshop(workspace: Workspace, visitor: Visitor, workshop_id: UUID) -> Workshop:
    """One workshop as it is now; refused where there is none that the visitor may run."""
    with workspace.store.reading() as tx:
        try:
            found = stored.workshop_of(tx, workshop_id)
        except NotStored:
            raise Refused("there is no such workshop here; choose one of the list") from None
    require_run(visitor, found)
    return found


def agenda(workspace: Workspace, visitor: Visitor, workshop: Workshop) -> tuple[Matter, ...]:
    """The matters of a workshop in their order."""
    require_run(visitor, workshop)
    with workspace.store.reading() as tx:
        return tuple(stored.matters(tx, workshop.id))


def plan_workshop(
    workspace: Workspace,
    visitor: Visitor,
    round_: Round,
    department: str | None,
    name: str,
    lines: Sequence[AgendaLine] = (),
    *,
    seconds_to_vote: int = SECONDS_TO_VOTE,
    chance: Callable[[int], bytes] = os.urandom,
) -> Workshop:
    """Keeps a workshop of one department, or of the whole organisation (None), with its agenda and its join code."""
    require(visitor, "run_workshop", department or WHOLE, organisation=round_.organisation_id)
    title = name.strip()
    _check_workshop(round_, department, title, seconds_to_vote)

    def write(tx: Tx) -> UUID:
        require_unsigned(tx, round_.id)
        now = workspace.clock()
        made = Workshop(
            id=new_id(now),
            round_id=round_.id,
            organisation_id=round_.organisation_id,
            department=department,
            name=title,
            code=_free_code(tx, chance),
            seconds_to_vote=seconds_to_vote,
            made_by=visitor.person,
            made_at=now,
            stepped_by=visitor.person,
            stepped_at=now,
        )
        ids = department_ids(tx, round_.organisation_id)
        stored.add_workshop(tx, made, ids[department] if department else None)
        stored.save_agenda(tx, made, ids, as_matters(round_, made, lines, now))
        detail = {"workshop": title, "department": department, "matters": len(lines)}
        record(tx, made_at=now, actor=visitor.person, verb="plan workshop", subject=round_.name, detail=detail)
        return made.id

    return find_workshop(workspace, visitor, workspace.store.write(write))


def _check_workshop(round_: Round, department: str | None, title: str, seconds_to_vote: int) -> None:
    if department is not None and department not in round_.names:
        raise Refused(f"the department {department!r} does not take part in the round {round_.name!r}")
    if not 1 <= len(title) <= LONGEST_NAME:
        raise Refused(f"a workshop's name has 1 to {LONGEST_NAME} characters; enter one")
    if not FEWEST_SECONDS <= seconds_to_vote <= MOST_SECONDS:
        raise Refused(f"a vote takes {FEWEST_SECONDS} to {MOST_SECONDS} seconds, not {seconds_to_vote}")


def change_agenda(
    workspace: Workspace, visitor: Visitor, round_: Round, workshop: Workshop, lines: Sequence[AgendaLine]
) -> Workshop:
    """Puts the agenda into this order, with lines added and others left out; what has begun stays as it is.

    Refused where a line is left out on which people have voted already."""

    def write(tx: Tx, now: datetime) -> None:
        require_unsigned(tx, round_.id)
        there = {(i.department, i.question, i.example): i for i in stored.matters(tx, workshop.id)}
        wanted = as_matters(round_, workshop, lines, now)
        kept = [_in_place(there.get((i.department, i.question, i.example)), i) for i in wanted]
        ids = {each.id for each in kept}
        lost = [i for i in there.values() if i.id not in ids and (i.ballot or i.outcome or i.id == workshop.current)]
        if lost:
            what = lost[0].question or lost[0].example
            raise Refused(f"the room has begun with {what!r}, so it stays on the agenda; put it back into the list")
        stored.save_agenda(tx, workshop, department_ids(tx, workshop.organisation_id), kept)
        stored.turn(tx, workshop, by=visitor.person, now=now, current=workshop.current)

    return take(workspace, visitor, workshop, write, "change agenda", matters=len(lines))


def open_workshop(workspace: Workspace, visitor: Visitor, workshop: Workshop) -> Workshop:
    """Opens the lobby: from now on people join by the code."""

    def write(tx: Tx, now: datetime) -> None:
        if workshop.status == "ended":
            raise Refused("this workshop has ended; plan another one")
        require_holdable(tx, workshop.round_id)
        keep_installation_secret(tx, SEAT_KEY, os.urandom(32).hex())
        stored.turn(tx, workshop, by=visitor.person, now=now, status="open", current=workshop.current)

    return take(workspace, visitor, workshop, write, "open workshop")


def end_workshop(workspace: Workspace, visitor: Visitor, workshop: Workshop) -> Workshop:
    """Ends a workshop for good: its code opens nothing any more. In an anonymous round the votes now part from those
    who gave them."""

    def write(tx: Tx, now: datetime) -> None:
        if workshop.status != "open":
            raise Refused("this workshop is not open, so there is nothing to end")
        if workshop.current is not None:
            current = stored.matter_of(tx, workshop.current)
            refusing(lambda: must_not_vote(current))
        if terms_of(tx, workshop.round_id).anonymity == "anonymous":
            workshop_votes.part_votes_from_people(tx, workshop.id, now)
        stored.turn(tx, workshop, by=visitor.person, now=now, status="ended")

    return take(workspace, visitor, workshop, write, "end workshop")


def end_left_open(workspace: Workspace, round_: Round, by: str) -> None:
    """Ends what nobody ended, once the round is signed off: nothing can be agreed in it any more, and in an anonymous
    round votes must not stay with people because somebody forgot. `by` is who signed."""

    def write(tx: Tx) -> None:
        now = workspace.clock()
        anonymous = terms_of(tx, round_.id).anonymity == "anonymous"
        for left in [each for each in stored.workshops(tx, round_.id) if each.status == "open"]:
            current = stored.matter_of(tx, left.current) if left.current else None
            if current is not None and current.phase == "voting":
                stored.save_matter(tx, step(current, "reveal"))
            if anonymous:
                workshop_votes.part_votes_from_people(tx, left.id, now)
            stored.turn(tx, left, by=by, now=now, status="ended")
            detail = {"workshop": left.name, "why": "round signed off"}
            record(tx, made_at=now, actor=by, verb="end workshop", subject=str(left.id), detail=detail)

    workspace.store.write(write)


def may_run(visitor: Visitor, workshop: Workshop) -> bool:
    """Whether the visitor may run this workshop: its department's, or the whole organisation's."""
    return may(visitor, "run_workshop", workshop.department or WHOLE, workshop.organisation_id)


def require_run(visitor: Visitor, workshop: Workshop) -> None:
    """Refuse whoever may not run this workshop."""
    require(visitor, "run_workshop", workshop.department or WHOLE, organisation=workshop.organisation_id)


def require_holdable(tx: Tx, round_id: UUID) -> None:
    """Inside a transaction: refused where no workshop can be held on this round, or no longer."""
    held = round_of(tx, round_id)
    if held.status not in CAN_BE_HELD:
        said = held.status.replace("_", " ")
        raise Refused(f"the round {held.name!r} is {said}; a workshop needs an open or closed one")


def take(
    workspace: Workspace,
    visitor: Visitor,
    workshop: Workshop,
    write: Callable[[Tx, datetime], None],
    verb: str,
    *,
    as_seen: bool = True,
    **detail: Any,
) -> Workshop:
    """One change of a workshop as it was seen, with its entry in the trail; returns the workshop as it is then.

    `Changed` where somebody else took a step first: two facilitators never undo each other's. What waits for nobody,
    such as a note, is not held to what was seen."""
    require_run(visitor, workshop)

    def run(tx: Tx) -> None:
        now = workspace.clock()
        tx.alone(stored.workshop_scope(workshop.id))
        if as_seen:
            stored.must_be_as_seen(tx, workshop)
        write(tx, now)
        said = {"workshop": workshop.name, **detail}
        record(tx, made_at=now, actor=visitor.person, verb=verb, subject=str(workshop.id), detail=said)

    try:
        workspace.store.write(run)
    except Conflict:
        raise Changed(
            f"somebody else has gone on in {workshop.name!r} meanwhile; this shows where the room is now, so look again"
        ) from None
    except NotStored as error:
        raise Refused(str(error)) from None
    return find_workshop(workspace, visitor, workshop.id)


def refusing(ask: Callable[[], T]) -> T:
    """What the domain answers, its refusal turned into ours."""
    try:
        return ask()
    except StepRefused as error:
        raise Refused(str(error)) from None


def department_ids(tx: Tx, organisation_id: UUID) -> dict[str, UUID]:
    """The ids of an organisation's departments by code, archived ones too."""
    return {each.code: each.id for each in stored_setup.departments(tx, organisation_id, archived=True)}


def _free_code(tx: Tx, chance: Callable[[int], bytes]) -> str:
    while stored.workshop_by_code(tx, code := join_code(chance)) is not None:
        pass
    return code


def _in_place(known: Matter | None, wanted: Matter) -> Matter:
    return wanted if known is None else replace(known, place=wanted.place, why=wanted.why or known.why)
