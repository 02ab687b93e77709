"""What the facilitator does in a workshop, one step at a time. Each names the workshop as it was seen on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.assessment.answers import DecidedValue
from maturity.assessment.workshop import Matter, Note, NoteKind, Outcome, Phase, Step, Workshop, must_not_vote, step
from maturity.operations.changes import short_text
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round, require_unsigned
from maturity.operations.workshops import refusing, take
from maturity.operations.workspace import Workspace
from maturity.storage import decided
from maturity.storage import workshops as stored
from maturity.storage.engine import Tx, new_id

LONGEST_OWNER = 120
MOST_MORE_SECONDS = 600


def go_to(workspace: Workspace, visitor: Visitor, workshop: Workshop, matter_id: UUID | None) -> Workshop:
    """Turns the room to a matter of the agenda, or back to the lobby (None); not while a vote is open."""

    def write(tx: Tx, now: datetime) -> None:
        _require_open(workshop)
        refusing(lambda: must_not_vote(_current(tx, workshop)))
        if matter_id is not None:
            _on_agenda(tx, workshop, matter_id)
        stored.turn(tx, workshop, by=visitor.person, now=now, current=matter_id)

    return take(workspace, visitor, workshop, write, "go to matter", matter=str(matter_id or ""))


def open_vote(workspace: Workspace, visitor: Visitor, workshop: Workshop, seconds: int | None = None) -> Workshop:
    """Opens a vote on the matter that the room is on: the first, or after talking one of at most two more."""

    def change(matter: Matter, now: datetime) -> Matter:
        until = now + timedelta(seconds=seconds or workshop.seconds_to_vote)
        return replace(refusing(lambda: step(matter, "open_vote")), voting_since=now, voting_until=until)

    return _stepped(workspace, visitor, workshop, change, "open vote")


def extend_vote(workspace: Workspace, visitor: Visitor, workshop: Workshop, seconds: int) -> Workshop:
    """Gives the open vote more time, counted from now where its time is over. The timer closes nothing by itself."""
    if not 0 < seconds <= MOST_MORE_SECONDS:
        raise Refused(f"a vote is prolonged by 1 to {MOST_MORE_SECONDS} seconds, not {seconds}")

    def change(matter: Matter, now: datetime) -> Matter:
        if matter.phase != "voting":
            raise Refused("no vote is open, so there is none to prolong")
        return replace(matter, voting_until=max(now, matter.voting_until or now) + timedelta(seconds=seconds))

    return _stepped(workspace, visitor, workshop, change, "extend vote")


def reveal_votes(workspace: Workspace, visitor: Visitor, workshop: Workshop) -> Workshop:
    """Closes the open vote and shows it to the room: whoever votes from now on is too late."""
    return _stepped(workspace, visitor, workshop, lambda matter, _: _simply(matter, "reveal"), "reveal votes")


def park(workspace: Workspace, visitor: Visitor, workshop: Workshop, text: str = "") -> Workshop:
    """Leaves the matter for later, with a line in the parking lot that says what is open."""
    said = short_text(text, "what is open about the question")

    def change(matter: Matter, now: datetime) -> Matter:
        return _simply(matter, "park")

    def also(tx: Tx, matter: Matter, now: datetime) -> None:
        if said:
            stored.add_note(tx, _note(workshop, visitor, now, "parked", said, matter.id))

    return _stepped(workspace, visitor, workshop, change, "park matter", also)


def record_consensus(
    workspace: Workspace, visitor: Visitor, round_: Round, workshop: Workshop, outcome: Outcome
) -> Workshop:
    """Records what the room agreed on about the matter it is on: from now on this is the department's value.

    Recorded again, it takes the place of what was recorded; the trail keeps both."""
    agreed = checked_outcome(round_, outcome)

    def change(matter: Matter, now: datetime) -> Matter:
        return settled_matter(matter, agreed, visitor, now)

    def also(tx: Tx, matter: Matter, now: datetime) -> None:
        decide(tx, round_, matter, visitor, now)

    said = {"level": agreed.level, "reason": agreed.reason}
    return _stepped(workspace, visitor, workshop, change, "record consensus", also, **said)


def withdraw_consensus(workspace: Workspace, visitor: Visitor, round_: Round, workshop: Workshop) -> Workshop:
    """Takes the consensus on the matter that the room is on back: what counted before it counts again."""

    def change(matter: Matter, now: datetime) -> Matter:
        if matter.phase != "settled":
            raise Refused("nothing is agreed on this question yet, so there is nothing to take back")
        before: Phase = "revealed" if matter.ballot else "waiting"
        return replace(matter, phase=before, outcome=None, settled_by=None, settled_at=None)

    def also(tx: Tx, matter: Matter, now: datetime) -> None:
        require_unsigned(tx, round_.id)
        for each in decided.decisions(tx, round_.id):
            if (each.department, each.question, each.source) == (matter.department, matter.question, "consensus"):
                gone = DecidedValue(department=each.department, question=each.question, source="consensus")
                decided.remove_decided_value(tx, round_.id, gone, expected_version=each.row_version)

    return _stepped(workspace, visitor, workshop, change, "withdraw consensus", also)


def accept_agreed(
    workspace: Workspace,
    visitor: Visitor,
    round_: Round,
    workshop: Workshop,
    levels: Sequence[tuple[UUID, int]],
    reason: str,
) -> Workshop:
    """Records a consensus for matters on which the answers agree already, as (matter, level), all of them or none.

    Matters that the room has begun with are refused: they are settled one by one."""
    why = short_text(reason, "the reason why these are accepted", least=3)

    def write(tx: Tx, now: datetime) -> None:
        _require_open(workshop)
        refusing(lambda: must_not_vote(_current(tx, workshop)))
        there = {each.id: each for each in stored.matters(tx, workshop.id)}
        after = []
        for matter_id, level in levels:
            matter = _among(there, matter_id)
            if matter.phase != "waiting":
                raise Refused(
                    f"the room has begun with {matter.question!r}; settle it by itself, and leave it out here"
                )
            settled = settled_matter(matter, checked_outcome(round_, Outcome(level=level, reason=why)), visitor, now)
            stored.save_matter(tx, settled)
            there[matter_id] = settled
            after.append(settled)
        decide_all(tx, round_, after, visitor, now)
        stored.turn(tx, workshop, by=visitor.person, now=now, current=workshop.current)

    return take(workspace, visitor, workshop, write, "accept agreed", matters=len(levels), reason=why)


def add_note(
    workspace: Workspace,
    visitor: Visitor,
    workshop: Workshop,
    kind: NoteKind,
    text: str,
    *,
    owner: str = "",
    due_on: date | None = None,
    matter_id: UUID | None = None,
) -> Workshop:
    """Keeps something for later: a thing parked, a decision, or an action with who does it and by when.

    Notes wait for nobody: a note made while the other facilitator takes a step is kept all the same."""
    said = short_text(text, "the text of the note", least=1)
    who = short_text(owner, "the owner")
    if len(who) > LONGEST_OWNER:
        raise Refused(f"the owner has {len(who)} characters, at most {LONGEST_OWNER} are kept; shorten it")

    def write(tx: Tx, now: datetime) -> None:
        if matter_id is not None:
            _on_agenda(tx, workshop, matter_id)
        stored.add_note(tx, replace(_note(workshop, visitor, now, kind, said, matter_id), owner=who, due_on=due_on))

    return take(workspace, visitor, workshop, write, "add note", as_seen=False, kind=kind)


def remove_note(workspace: Workspace, visitor: Visitor, workshop: Workshop, note_id: UUID) -> Workshop:
    """Takes a note off."""

    def write(tx: Tx, now: datetime) -> None:
        stored.drop_note(tx, workshop.id, note_id)

    return take(workspace, visitor, workshop, write, "remove note", as_seen=False)


def _stepped(
    workspace: Workspace,
    visitor: Visitor,
    workshop: Workshop,
    change: Callable[[Matter, datetime], Matter],
    verb: str,
    also: Callable[[Tx, Matter, datetime], None] | None = None,
    **detail: Any,
) -> Workshop:
    """One step on the matter that the room is on."""

    def write(tx: Tx, now: datetime) -> None:
        _require_open(workshop)
        matter = _current(tx, workshop)
        if matter is None:
            raise Refused("the room is on no question yet; choose one of the agenda first")
        after = change(matter, now)
        stored.save_matter(tx, after)
        if also is not None:
            also(tx, after, now)
        stored.turn(tx, workshop, by=visitor.person, now=now, current=matter.id)

    return take(workspace, visitor, workshop, write, verb, matter=str(workshop.current or ""), **detail)


def _require_open(workshop: Workshop) -> None:
    if workshop.status != "open":
        said = "has ended; plan another one" if workshop.status == "ended" else "is not open yet; open it first"
        raise Refused(f"the workshop {workshop.name!r} {said}")


def _current(tx: Tx, workshop: Workshop) -> Matter | None:
    return stored.matter_of(tx, workshop.current) if workshop.current else None


def _on_agenda(tx: Tx, workshop: Workshop, matter_id: UUID) -> Matter:
    return _among({each.id: each for each in stored.matters(tx, workshop.id)}, matter_id)


def _among(matters: Mapping[UUID, Matter], matter_id: UUID) -> Matter:
    if matter_id not in matters:
        raise Refused("this question is not on the agenda of this workshop; choose one of the list")
    return matters[matter_id]


def _simply(matter: Matter, what: Step) -> Matter:
    return refusing(lambda: step(matter, what))


def settled_matter(matter: Matter, agreed: Outcome, visitor: Visitor, now: datetime) -> Matter:
    """The matter with what was agreed on it; refused where its vote is still open."""
    return replace(_simply(matter, "settle"), outcome=agreed, settled_by=visitor.person, settled_at=now)


def checked_outcome(round_: Round, outcome: Outcome) -> Outcome:
    """The outcome with its texts trimmed; refused where the level is none of the scale or the reason is missing."""
    if not 1 <= outcome.level <= round_.framework.top_level:
        raise Refused(f"a level is 1 to {round_.framework.top_level}, not {outcome.level}")
    owner = short_text(outcome.follow_up_owner, "the owner of the follow-up")
    if len(owner) > LONGEST_OWNER:
        raise Refused(f"the owner has {len(owner)} characters, at most {LONGEST_OWNER} are kept; shorten it")
    return Outcome(
        level=outcome.level,
        reason=short_text(outcome.reason, "the reason for the consensus", least=3),
        minority_view=short_text(outcome.minority_view, "the minority view"),
        follow_up=short_text(outcome.follow_up, "the follow-up"),
        follow_up_owner=owner,
    )


def decide(tx: Tx, round_: Round, matter: Matter, visitor: Visitor, now: datetime) -> None:
    """Makes what was agreed the department's value."""
    tx.alone(round_.scope)
    require_unsigned(tx, round_.id)
    decided.save_decided_value(tx, round_.id, _decision(matter), decided_by=visitor.person, now=now)


def decide_all(tx: Tx, round_: Round, matters: Sequence[Matter], visitor: Visitor, now: datetime) -> None:
    """Makes what was agreed on each of them the departments' values."""
    tx.alone(round_.scope)
    require_unsigned(tx, round_.id)
    values = [_decision(each) for each in matters]
    decided.save_decided_values(tx, round_.id, values, decided_by=visitor.person, now=now)


def _decision(matter: Matter) -> DecidedValue:
    assert matter.outcome and matter.department and matter.question
    return DecidedValue(
        department=matter.department,
        question=matter.question,
        source="consensus",
        level=matter.outcome.level,
        reason=matter.outcome.reason,
    )


def _note(
    workshop: Workshop, visitor: Visitor, now: datetime, kind: NoteKind, text: str, matter_id: UUID | None
) -> Note:
    return Note(
        id=new_id(now),
        workshop_id=workshop.id,
        matter_id=matter_id,
        kind=kind,
        text=text,
        made_by=visitor.person,
        made_at=now,
    )
