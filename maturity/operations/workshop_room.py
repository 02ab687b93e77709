"""A workshop as its facilitator sees it: who is there, how far the vote is, and what was revealed so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.assessment.terms import ROLE_FAMILIES
from maturity.assessment.votes import Reveal, reveal
from maturity.assessment.workshop import Matter, Note, Participant, Workshop
from maturity.operations.rounds import Round
from maturity.operations.workshops import require_run
from maturity.operations.workspace import Workspace
from maturity.storage import workshop_votes as votes
from maturity.storage import workshops as stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One look at a workshop. `attendance` counts people by role family, in the families' order; `votes_cast` are those
    of the ballot that is open, or 0; `reveals` are the ballots of each matter, by its id, without the open one."""

    workshop: Workshop
    matters: tuple[Matter, ...]
    participants: tuple[Participant, ...]
    attendance: Mapping[str, int]
    votes_cast: int
    reveals: Mapping[UUID, tuple[Reveal, ...]]
    notes: tuple[Note, ...]

    @property
    def current(self) -> Matter | None:
        """The matter that the room is on."""
        return next((each for each in self.matters if each.id == self.workshop.current), None)

    @property
    def last_reveal(self) -> Reveal | None:
        """The newest revealed ballot of the matter that the room is on."""
        shown = self.reveals.get(self.workshop.current, ()) if self.workshop.current else ()
        return shown[-1] if shown else None


def room(workspace: Workspace, visitor: Visitor, round_: Round, workshop: Workshop) -> Room:
    """The workshop as it is now, read anew; votes of an open ballot are counted and never shown."""
    require_run(visitor, workshop)
    with workspace.store.reading() as tx:
        now = stored.workshop_of(tx, workshop.id)
        matters = tuple(stored.matters(tx, now.id))
        people = tuple(votes.participants(tx, now.id))
        by_ballot = votes.levels_by_ballot(tx, now.id)
        notes = tuple(stored.notes(tx, now.id))
    families = Counter(each.role_family for each in people)
    current = next((each for each in matters if each.id == now.current), None)
    open_ballot = (current.id, current.ballot) if current and current.phase == "voting" else None
    return Room(
        workshop=now,
        matters=matters,
        participants=people,
        attendance={family: families.get(family, 0) for family in ROLE_FAMILIES},
        votes_cast=len(by_ballot.get(open_ballot, ())) if open_ballot else 0,
        reveals={
            matter.id: tuple(
                reveal(ballot, by_ballot.get((matter.id, ballot), ()), round_.framework.top_level)
                for ballot in range(1, matter.ballot + 1)
                if (matter.id, ballot) != open_ballot
            )
            for matter in matters
        },
        notes=notes,
    )
