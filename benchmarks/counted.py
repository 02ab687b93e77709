"""Whether the store holds what phones were told: everybody who came in once, and the last vote of each exactly once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from maturity.storage import workshop_votes
from maturity.storage.engine import open_store

Place = tuple[UUID, int, UUID]  # a matter, a ballot, a participant


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """A vote that a phone has sent (`level` None is "don't know"), and whether the server said that it counts."""

    participant: UUID
    matter: UUID
    ballot: int
    level: int | None
    acknowledged: bool

    @property
    def place(self) -> Place:
        """Whose vote it is, on what: of these the store may hold one."""
        return self.matter, self.ballot, self.participant


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a comparison has found. `lost` are places whose last acknowledged vote is not what the store holds;
    `unasked` are votes in the store that nobody sent, or that stand there twice; `absent` came in and are not in the
    store; `strangers` are in the store and never came in, such as one who was let in twice."""

    acknowledged: int
    unacknowledged: int
    kept: int
    lost: tuple[Place, ...]
    unasked: int
    absent: tuple[UUID, ...]
    strangers: int


def compare(url: str, workshop: UUID, joined: Iterable[UUID], casts: Iterable[Cast]) -> Counted:
    """Looks for everybody and for every vote, in the order of its place, in the store at `url`, which nobody else may
    have open."""
    store = open_store(url)
    try:
        with store.reading() as tx:
            people = workshop_votes.members(tx, workshop)
            rows = workshop_votes.votes(tx, workshop)
    finally:
        store.close()
    there = {(row.matter_id, row.ballot, row.participant_id): row.level for row in rows}
    given: dict[Place, list[Cast]] = defaultdict(list)
    for cast in casts:
        given[cast.place].append(cast)
    every = [cast for sent in given.values() for cast in sent]
    came = set(joined)
    sent = {(cast.place, cast.level) for cast in every}
    twice = sum(count - 1 for count in Counter((r.matter_id, r.ballot, r.participant_id) for r in rows).values())
    return Counted(
        acknowledged=sum(cast.acknowledged for cast in every),
        unacknowledged=sum(not cast.acknowledged for cast in every),
        kept=len(rows),
        lost=tuple(place for place, sent in given.items() if not _holds(sent, place in there, there.get(place))),
        unasked=twice + sum(each not in sent for each in there.items()),
        absent=tuple(sorted(came - people)),
        strangers=len(people - came),
    )


def _holds(sent: list[Cast], stands: bool, level: int | None) -> bool:
    """Whether the store has the last acknowledged vote, or one sent after it: that may have arrived all the same."""
    last = max((number for number, cast in enumerate(sent) if cast.acknowledged), default=None)
    return last is None or (stands and level in {cast.level for cast in sent[last:]})
