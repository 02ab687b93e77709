"""Voting in a workshop by phone: many vote within seconds, so it takes a list, one transaction for all that came
meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from maturity.assessment.workshop import Vote
from maturity.operations.errors import Refused
from maturity.operations.frameworks import framework_by_id
from maturity.operations.kept import Kept
from maturity.operations.workshop_joining import CODE, NoWorkshop
from maturity.operations.workspace import Workspace
from maturity.storage import workshop_votes as stored
from maturity.storage import workshops as stored_workshops
from maturity.storage.engine import Tx
from maturity.storage.rounds import round_of
from maturity.storage.workshop_votes import RoomNow

REFUSED_VOTES: Mapping[str, str] = {
    "ended": "The workshop has ended, so this vote does not count.",
    "gone_on": "The room has gone on to another question, so your vote on the one before does not count.",
    "again": "The room votes again on this question. Look at it and vote once more.",
    "late": "The votes are revealed, so yours came too late to count.",
    "level": "That is none of the levels of this question, so it does not count. Choose one of the list.",
}

_tops = Kept[tuple[str, UUID], int](256)


class VoteRefused(Refused):
    """A vote that came too late or for another question than the room is on; `why` is a key of `REFUSED_VOTES`."""

    def __init__(self, why: str) -> None:
        super().__init__(REFUSED_VOTES[why])
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """A vote as a phone sends it; `level` None is "don't know"."""

    code: str
    participant: UUID
    matter: UUID
    ballot: int
    level: int | None


def cast(workspace: Workspace, ballots: Sequence[Ballot]) -> list[Refused | None]:
    """Keeps votes, all in one transaction; None for each that counts, or why it does not. A vote again, before the
    reveal, takes the place of the one before; of two in one list the later one stands."""

    def write(tx: Tx) -> list[Refused | None]:
        now, answers, kept = workspace.clock(), list[Refused | None](), list[Vote]()
        voters: dict[str, list[UUID]] = {}
        for each in ballots:
            voters.setdefault(each.code, []).append(each.participant)
        rooms = {code: _room(tx, workspace, code, voters[code]) for code in sorted(voters)}
        for each in ballots:
            try:
                _check_vote(each, rooms[each.code])
            except Refused as refused:
                answers.append(refused)
                continue
            answers.append(None)
            kept.append(
                Vote(
                    matter_id=each.matter,
                    ballot=each.ballot,
                    participant_id=each.participant,
                    level=each.level,
                    made_at=now,
                )
            )
        stored.save_votes(tx, kept)
        return answers

    return workspace.store.write(write)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """How a workshop stands as votes come in, which of the voters are in it, and the highest level."""

    now: RoomNow
    voters: set[UUID]
    top: int


def _room(tx: Tx, workspace: Workspace, code: str, voters: Sequence[UUID]) -> _Room | None:
    """Inside a transaction: the room that votes are for; None where no workshop has the code. Four small statements,
    because a whole room waits for them."""
    workshop_id = stored_workshops.id_by_code(tx, code) if CODE.fullmatch(code) else None
    if workshop_id is None:
        return None
    # A reveal and a vote wait for each other: what is acknowledged is in the reveal.
    tx.alone(stored_workshops.workshop_scope(workshop_id))
    now = stored.room_in(tx, code)
    if now is None:
        return None
    members = stored.members(tx, workshop_id, voters)
    return _Room(now=now, voters=members, top=_top(tx, workspace, workshop_id))


def _top(tx: Tx, workspace: Workspace, workshop_id: UUID) -> int:
    """The highest level of a workshop's framework; kept, because a round is pinned to its framework's version."""
    key = (workspace.url, workshop_id)
    known = _tops.get(key)
    if known is not None:
        return known
    round_id = stored_workshops.workshop_of(tx, workshop_id).round_id
    return _tops.put(key, framework_by_id(tx, round_of(tx, round_id).framework_version_id).top_level)


def _check_vote(ballot: Ballot, room: _Room | None) -> None:
    if room is None or ballot.participant not in room.voters:
        raise NoWorkshop(ballot.code)
    now = room.now
    if now.status != "open":
        raise VoteRefused("ended")
    if now.matter is None or now.matter != ballot.matter:
        raise VoteRefused("gone_on")
    if now.ballot != ballot.ballot:
        raise VoteRefused("again")
    if now.phase != "voting":
        raise VoteRefused("late")
    if ballot.level is not None and not 1 <= ballot.level <= room.top:
        raise VoteRefused("level")
