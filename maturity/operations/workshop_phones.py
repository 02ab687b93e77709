"""What a phone in a workshop does: join by the code, see what the room is on, vote. Nobody is signed in here; whoever
has the code is in the room, and the signed seat is who they are.

Many phones vote within seconds, so joining and voting take lists: one transaction for all that came meanwhile.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from maturity.access import tokens
from maturity.assessment.terms import ROLE_FAMILIES, Anonymity
from maturity.assessment.votes import Reveal, reveal
from maturity.assessment.workshop import Matter, Participant, Vote, Workshop
from maturity.framework.examples import WorkedExample, example_of
from maturity.framework.model import Question
from maturity.operations.errors import Refused
from maturity.operations.frameworks import framework_by_id
from maturity.operations.workshops import CODE_LENGTH, CODE_LETTERS, SEAT_KEY
from maturity.operations.workspace import Workspace
from maturity.storage import workshop_votes as stored
from maturity.storage import workshops as stored_workshops
from maturity.storage.engine import Tx
from maturity.storage.rounds import round_of
from maturity.storage.setup import departments
from maturity.storage.sign_in import installation_secret
from maturity.storage.terms import terms_of
from maturity.storage.workshop_votes import RoomNow, SeatNow

__all__ = ["Ballot", "Door", "Joining", "NoWorkshop", "Paper", "RoomNow", "Seat", "VoteRefused"]

K = TypeVar("K")
V = TypeVar("V")
CODE = re.compile(f"[{CODE_LETTERS}]{{{CODE_LENGTH}}}")
TICKET = re.compile(r"[A-Za-z0-9_-]{22}")
LONGEST_NAME = 60
MOST_PEOPLE = 1_000
MOST_KEPT = 256
MOST_LOOKS = 3

_keys: dict[str, str] = {}
_papers: dict[tuple[str, UUID], Paper] = {}
_revealed: dict[tuple[str, UUID, int, int], Reveal] = {}
_tops: dict[tuple[str, UUID], int] = {}
_stages: dict[tuple[str, UUID], Stage] = {}
_lock = threading.Lock()


class NoWorkshop(Refused):
    """No workshop takes people by that code: it is wrong, or the workshop has ended. Nobody is told which."""

    def __init__(self, code: str) -> None:
        super().__init__(f"No workshop with the code {code} is open. Check the screen and try again.")


REFUSED_VOTES: Mapping[str, str] = {
    "ended": "The workshop has ended, so this vote does not count.",
    "gone_on": "The room has gone on to another question, so your vote on the one before does not count.",
    "again": "The room votes again on this question. Look at it and vote once more.",
    "late": "The votes are revealed, so yours came too late to count.",
    "level": "That is none of the levels of this question, so it does not count. Choose one of the list.",
}


class VoteRefused(Refused):
    """A vote that came too late or for another question than the room is on; `why` is a key of `REFUSED_VOTES`."""

    def __init__(self, why: str) -> None:
        super().__init__(REFUSED_VOTES[why])
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """Somebody who wants in. `ticket` is chance that the form brought along: the same ticket is the same person, so a
    double click or a form sent again lets nobody in twice."""

    code: str
    ticket: str
    role_family: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """A vote as a phone sends it; `level` None is "don't know"."""

    code: str
    participant: UUID
    matter: UUID
    ballot: int
    level: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What stands on a ballot paper. It never changes: a round is pinned to its framework's version.

    Of a worked example the story, and the right level with its reason, which is for after the reveal.
    `department` is the department's name, None where all questions of the workshop are about the one in its title."""

    matter: UUID
    department: str | None
    question: Question | None
    example: WorkedExample | None
    warms_up: bool
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A participant's place in a workshop, as one look finds it; `vote` is what they gave in the ballot at hand, and
    `voted` tells a "don't know" from nothing. `begun` says whether the room has been on a question before. Once the
    workshop has ended, `agreed` are the matters with an outcome."""

    workshop: Workshop
    participant: Participant
    matter: Matter | None
    voted: bool
    vote: int | None
    begun: bool
    agreed: tuple[Matter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What all phones of a workshop see alike, as it stood at the `row_version` of its workshop."""

    workshop: Workshop
    matter: Matter | None
    begun: bool
    agreed: tuple[Matter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What somebody who wants in is told before they join; a name may be given where the round is held by name."""

    name: str
    anonymity: Anonymity

    @property
    def asks_for_names(self) -> bool:
        """Whether a name may be given."""
        return self.anonymity == "named"


def clean_code(written: str) -> str:
    """The code as it was meant: without blanks and dashes, in capitals."""
    return re.sub(r"[\s-]", "", written).upper()


def room_now(workspace: Workspace, code: str) -> RoomNow:
    """How the workshop of a code stands, an ended one too; `NoWorkshop` where there is none."""
    found = stored.room_now(workspace.store, code) if CODE.fullmatch(code) else None
    if found is None:
        raise NoWorkshop(code)
    return found


def door(workspace: Workspace, code: str) -> Door:
    """What a workshop says at its door; `NoWorkshop` where the code takes nobody in."""
    with workspace.store.reading() as tx:
        found = stored_workshops.workshop_by_code(tx, code) if CODE.fullmatch(code) else None
        if found is None or not found.takes_people(workspace.clock()):
            raise NoWorkshop(code)
        return Door(name=found.name, anonymity=terms_of(tx, found.round_id).anonymity)


def seat_of(workspace: Workspace, cookie: str) -> UUID | None:
    """The participant whose cookie this is; None where it is none of ours."""
    key = _key(workspace)
    return tokens.read_seat(key, cookie) if key else None


def join(workspace: Workspace, people: Sequence[Joining]) -> list[str | Refused]:
    """Lets people in, all in one transaction: for each the value of the cookie, or why not."""

    def write(tx: Tx) -> tuple[list[str | Refused], str]:
        key = installation_secret(tx, SEAT_KEY) or ""
        return _joined(tx, workspace, key, people), key

    answers, key = workspace.store.write(write)
    _keys[workspace.url] = key  # a demo that was built anew has another one
    return answers


def _joined(tx: Tx, workspace: Workspace, key: str, people: Sequence[Joining]) -> list[str | Refused]:
    now, answers, new = workspace.clock(), list[str | Refused](), dict[UUID, list[Participant]]()
    open_ones = {
        code: found
        for code in {each.code for each in people}
        if CODE.fullmatch(code) and (found := stored_workshops.workshop_by_code(tx, code)) and found.takes_people(now)
    }
    there = {found.id: stored.members(tx, found.id) for found in open_ones.values()}
    by_name = {found.id: terms_of(tx, found.round_id).anonymity == "named" for found in open_ones.values()}
    for each in people:
        workshop = open_ones.get(each.code)
        if workshop is None:
            answers.append(NoWorkshop(each.code))
            continue
        identity = _participant_id(key, workshop.id, each.ticket)
        try:
            _check(each, full=identity not in there[workshop.id] and len(there[workshop.id]) >= MOST_PEOPLE)
        except Refused as refused:
            answers.append(refused)
            continue
        there[workshop.id].add(identity)
        new.setdefault(workshop.id, []).append(
            Participant(
                id=identity,
                workshop_id=workshop.id,
                number=0,
                name=each.name.strip() or None if by_name[workshop.id] else None,
                role_family=each.role_family,
                joined_at=now,
            )
        )
        answers.append(tokens.sign_seat(key, identity))
    for workshop_id, joined in new.items():
        tx.alone(stored_workshops.workshop_scope(workshop_id))
        stored.add_participants(tx, workshop_id, joined)
    return answers


def _check(joining: Joining, *, full: bool) -> None:
    if not TICKET.fullmatch(joining.ticket):
        raise Refused("This form is not one of ours. Open the page anew and try again.")
    if joining.role_family not in ROLE_FAMILIES:
        raise Refused("Choose your role, so that everybody sees who is in the room.")
    if len(joining.name.strip()) > LONGEST_NAME or not joining.name.isprintable():
        raise Refused(f"A name has at most {LONGEST_NAME} characters and stands on one line. Shorten it.")
    if full:
        raise Refused(f"{MOST_PEOPLE:,} people are in this workshop, and more do not fit. Ask the facilitator.")


def _participant_id(key: str, workshop_id: UUID, ticket: str) -> UUID:
    made = hmac.new(key.encode(), f"{workshop_id.hex}.{ticket}".encode(), hashlib.sha256).digest()
    return UUID(bytes=made[:16], version=4)


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
    if key not in _tops:
        round_id = stored_workshops.workshop_of(tx, workshop_id).round_id
        _keep(_tops, key, framework_by_id(tx, round_of(tx, round_id).framework_version_id).top_level)
    return _tops[key]


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


def seat(workspace: Workspace, code: str, participant: UUID) -> Seat | None:
    """A participant's place in the workshop of a code, read anew; None where they did not join this one."""
    return seats(workspace, [(code, participant)])[0]


def seats(workspace: Workspace, asked: Sequence[tuple[str, UUID]]) -> list[Seat | None]:
    """The places of (code, participant), each as `seat` says, in one look: after a step the whole room looks at once.

    What all phones see alike is kept until the workshop's next step."""
    found: dict[UUID, Seat] = {}
    codes: dict[UUID, str] = {}
    wanted = {participant for _, participant in asked}
    for look in range(MOST_LOOKS):
        for participant, now in stored.seats_now(workspace.store, list(wanted)).items():
            stage = _stage(workspace, now.participant.workshop_id, now.version)
            # Else a step came between the two: the vote belongs to the ballot before, so look again.
            if stage.workshop.row_version == now.version or look == MOST_LOOKS - 1:
                found[participant], codes[participant] = _seat(stage, now), now.code
        wanted -= set(found)
        if not wanted:
            break
    return [found[who] if codes.get(who) == code else None for code, who in asked]


def _seat(stage: Stage, now: SeatNow) -> Seat:
    return Seat(
        workshop=stage.workshop,
        participant=now.participant,
        matter=stage.matter,
        voted=now.voted_at is not None,
        vote=now.level,
        begun=stage.begun,
        agreed=stage.agreed,
    )


def _stage(workspace: Workspace, workshop_id: UUID, version: int) -> Stage:
    """What the room is on at this version of the workshop, or at a later one."""
    kept = _stages.get((workspace.url, workshop_id))
    if kept is not None and kept.workshop.row_version >= version:
        return kept
    with workspace.store.reading() as tx:
        workshop = stored_workshops.workshop_of(tx, workshop_id)
        agenda = stored_workshops.matters(tx, workshop.id)
    made = Stage(
        workshop=workshop,
        matter=next((each for each in agenda if each.id == workshop.current), None),
        begun=any(each.ballot or each.phase != "waiting" for each in agenda),
        agreed=tuple(each for each in agenda if each.outcome) if workshop.status == "ended" else (),
    )
    _keep(_stages, (workspace.url, workshop_id), made)
    return made


def revealed(workspace: Workspace, workshop: Workshop, matter: Matter, levels: int) -> Reveal | None:
    """The newest revealed ballot of a matter, None before there is one; kept until the next step, because the
    whole room asks at once and votes on paper may be counted anew."""
    ballot = matter.ballot - 1 if matter.phase == "voting" else matter.ballot
    if ballot < 1:
        return None
    key = (workspace.url, matter.id, ballot, workshop.row_version)
    if key not in _revealed:
        with workspace.store.reading() as tx:
            given = stored.levels_of(tx, matter.id, ballot)
        _keep(_revealed, key, reveal(ballot, given, levels))
    return _revealed[key]


def paper(workspace: Workspace, workshop: Workshop, matter_id: UUID) -> Paper:
    """What a matter asks, with its levels; kept, because everybody in the room asks for it at once."""
    known = _papers.get((workspace.url, matter_id))
    if known is not None:
        return known
    with workspace.store.reading() as tx:
        matter = stored_workshops.matter_of(tx, matter_id)
        framework = framework_by_id(tx, round_of(tx, workshop.round_id).framework_version_id)
        names = {each.code: each.name for each in departments(tx, workshop.organisation_id, archived=True)}
    example = example_of(framework.id, matter.example) if matter.example else None
    asked = example.question if example else matter.question
    made = Paper(
        matter=matter_id,
        department=names.get(matter.department) if matter.department else None,
        question=framework.questions.get(asked) if asked else None,
        example=example,
        warms_up=matter.warms_up,
        levels=tuple(level.name for level in framework.levels),
    )
    _keep(_papers, (workspace.url, matter_id), made)
    return made


def _keep(kept: dict[K, V], key: K, value: V) -> None:
    with _lock:
        if len(kept) >= MOST_KEPT:
            kept.pop(next(iter(kept)))
        kept[key] = value


def _key(workspace: Workspace) -> str | None:
    if not _keys.get(workspace.url):
        with workspace.store.reading() as tx:
            key = installation_secret(tx, SEAT_KEY)
        if key is None:
            return None
        _keys[workspace.url] = key
    return _keys[workspace.url]
