"""What the phones of a workshop look at: what the room is on, the ballot paper, one's own vote, and what was revealed.
After a step the whole room looks at once, so what all see alike is kept until the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from maturity.assessment.votes import Reveal, reveal
from maturity.assessment.workshop import Matter, Participant, Workshop
from maturity.framework.examples import WorkedExample, example_of
from maturity.framework.model import Question
from maturity.operations.frameworks import framework_by_id
from maturity.operations.kept import Kept
from maturity.operations.workshop_joining import CODE, NoWorkshop
from maturity.operations.workspace import Workspace
from maturity.storage import workshop_votes as stored
from maturity.storage import workshops as stored_workshops
from maturity.storage.rounds import round_of
from maturity.storage.setup import departments
from maturity.storage.workshop_votes import RoomNow, SeatNow

__all__ = ["Paper", "RoomNow", "Seat", "paper", "revealed", "room_now", "seat", "seats"]

MOST_LOOKS = 3


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


_papers = Kept[tuple[str, UUID], Paper](256)
_revealed = Kept[tuple[str, UUID, int, int], Reveal](256)
_stages = Kept[tuple[str, UUID], Stage](256)


def room_now(workspace: Workspace, code: str) -> RoomNow:
    """How the workshop of a code stands, an ended one too; `NoWorkshop` where there is none."""
    found = stored.room_now(workspace.store, code) if CODE.fullmatch(code) else None
    if found is None:
        raise NoWorkshop(code)
    return found


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
    return _stages.put((workspace.url, workshop_id), made)


def revealed(workspace: Workspace, workshop: Workshop, matter: Matter, levels: int) -> Reveal | None:
    """The newest revealed ballot of a matter, None before there is one; kept until the next step, because the
    whole room asks at once and votes on paper may be counted anew."""
    ballot = matter.ballot - 1 if matter.phase == "voting" else matter.ballot
    if ballot < 1:
        return None
    key = (workspace.url, matter.id, ballot, workshop.row_version)
    known = _revealed.get(key)
    if known is not None:
        return known
    with workspace.store.reading() as tx:
        given = stored.levels_of(tx, matter.id, ballot)
    return _revealed.put(key, reveal(ballot, given, levels))


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
    return _papers.put((workspace.url, matter_id), made)
