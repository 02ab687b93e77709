"""Who is in the room of a workshop, and their votes. Votes move no revision: pages ask while a vote is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from maturity.assessment.workshop import Participant, Vote
from maturity.storage.engine import Store, Tx

_VOTE_AGAIN = """ON CONFLICT (matter_id, ballot, participant_id)
  DO UPDATE SET level = excluded.level, made_at = excluded.made_at"""
_ROOM = """SELECT w.id, w.status, w.row_version AS version, w.current_matter AS matter, m.phase, m.ballot,
  m.voting_until, w.stepped_at
  FROM workshop w LEFT JOIN workshop_matter m ON m.id = w.current_matter WHERE w.code = $code"""
_PARTICIPANT = "id, workshop_id, number, name, role_family, joined_at, on_paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomNow:
    """What a phone needs to know of a workshop at each look: read in one statement, without a transaction.

    `version` rises with each step; `matter` is the one that the room is on, with its phase and ballot."""

    id: UUID
    status: str
    version: int
    matter: UUID | None
    phase: str | None
    ballot: int | None
    voting_until: datetime | None
    stepped_at: datetime


def room_now(store: Store, code: str) -> RoomNow | None:
    """How the workshop of a join code stands now; None where no workshop has it."""
    row = store.glance(_ROOM, code=code)
    return RoomNow(**row) if row else None


def room_in(tx: Tx, code: str) -> RoomNow | None:
    """The same, as a transaction sees it."""
    row = tx.one(_ROOM, code=code)
    return RoomNow(**row) if row else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatNow:
    """A participant's seat at one look: the `code` of the workshop, how it stands (`version`), who they are, and what
    they gave in the ballot that the room is on; `voted_at` tells a "don't know" (no level) from no vote."""

    code: str
    version: int
    participant: Participant
    level: int | None
    voted_at: datetime | None


def seats_now(store: Store, people: Sequence[UUID]) -> dict[UUID, SeatNow]:
    """The seats of people by their ids, in one statement, since a whole room looks at once; without ids of nobody."""
    with store.reading() as tx:
        rows = tx.rows(
            """SELECT w.code, w.row_version, v.level, v.made_at AS voted_at,
                 p.id, p.workshop_id, p.number, p.name, p.role_family, p.joined_at, p.on_paper
               FROM workshop_participant p JOIN workshop w ON w.id = p.workshop_id
               LEFT JOIN workshop_matter m ON m.id = w.current_matter
               LEFT JOIN workshop_vote v ON v.matter_id = m.id AND v.ballot = m.ballot AND v.participant_id = p.id
               WHERE p.id IN (SELECT unnest(CAST($people AS UUID[])))""",
            people=list(people),
        )
    return {row["id"]: _seat(row) for row in rows}


def _seat(row: dict[str, Any]) -> SeatNow:
    code, version, level, voted_at = (row.pop(name) for name in ("code", "row_version", "level", "voted_at"))
    return SeatNow(code=code, version=version, participant=Participant(**row), level=level, voted_at=voted_at)


def add_participants(tx: Tx, workshop_id: UUID, new: Sequence[Participant]) -> None:
    """Let people in, numbered after those who are there; who is in already, by id, stays as they are."""
    there = members(tx, workshop_id, [each.id for each in new])
    highest = tx.one(
        "SELECT coalesce(max(number), 0) AS number FROM workshop_participant WHERE workshop_id = $w", w=workshop_id
    )
    assert highest is not None
    rows: dict[UUID, tuple[Any, ...]] = {}
    for each in new:
        if each.id not in there and each.id not in rows:
            number = highest["number"] + len(rows) + 1
            rows[each.id] = (each.id, workshop_id, number, each.name, each.role_family, each.joined_at, each.on_paper)
    columns = ("id", "workshop_id", "number", "name", "role_family", "joined_at", "on_paper")
    tx.insert("workshop_participant", columns, rows.values())


def participant_of(tx: Tx, participant_id: UUID) -> Participant | None:
    """Somebody in a room; None for an id that no store gave out, or that was thrown away."""
    row = tx.one(f"SELECT {_PARTICIPANT} FROM workshop_participant WHERE id = $id", id=participant_id)
    return Participant(**row) if row else None


def participants(tx: Tx, workshop_id: UUID) -> list[Participant]:
    """Everybody who joined, in the order they did."""
    found = tx.rows(
        f"SELECT {_PARTICIPANT} FROM workshop_participant WHERE workshop_id = $workshop ORDER BY number",
        workshop=workshop_id,
    )
    return [Participant(**row) for row in found]


def members(tx: Tx, workshop_id: UUID, among: Sequence[UUID] | None = None) -> set[UUID]:
    """The ids of everybody who joined; of those in `among` only where it is given."""
    if among is None:
        found = tx.rows("SELECT id FROM workshop_participant WHERE workshop_id = $w", w=workshop_id)
    else:
        found = tx.rows(
            "SELECT id FROM workshop_participant WHERE workshop_id = $w AND id = ANY(CAST($among AS UUID[]))",
            w=workshop_id,
            among=list(among),
        )
    return {row["id"] for row in found}


def forget_name(tx: Tx, participant_id: UUID) -> None:
    """Take a participant's name off; the number, the role and the votes stay."""
    tx.run("UPDATE workshop_participant SET name = NULL WHERE id = $id", id=participant_id)


def save_votes(tx: Tx, votes: Sequence[Vote]) -> None:
    """Keep votes, each in place of what the same participant gave in the same ballot."""
    by_ballot: dict[tuple[UUID, int], dict[UUID, Vote]] = {}
    for vote in votes:
        by_ballot.setdefault((vote.matter_id, vote.ballot), {})[vote.participant_id] = vote
    for given in by_ballot.values():
        _save_ballot(tx, list(given.values()))


def _save_ballot(tx: Tx, votes: Sequence[Vote]) -> None:
    """Votes of different people in one ballot. A whole room votes at once, so many are one statement, which for a
    hundred takes twice as long as for one; one by itself has a quicker way."""
    first = votes[0]
    if len(votes) == 1:
        tx.run(
            f"""INSERT INTO workshop_vote(matter_id, ballot, participant_id, level, made_at)
               VALUES ($matter, $ballot, $participant, $level, $at) {_VOTE_AGAIN}""",
            matter=first.matter_id,
            ballot=first.ballot,
            participant=first.participant_id,
            level=first.level,
            at=first.made_at,
        )
        return
    tx.run(
        f"""INSERT INTO workshop_vote(matter_id, ballot, participant_id, level, made_at)
           SELECT CAST($matter AS UUID), CAST($ballot AS SMALLINT), unnest(CAST($people AS UUID[])),
             unnest(CAST($levels AS SMALLINT[])), unnest(CAST($times AS TIMESTAMPTZ[])) {_VOTE_AGAIN}""",
        matter=first.matter_id,
        ballot=first.ballot,
        people=[vote.participant_id for vote in votes],
        levels=[vote.level for vote in votes],
        times=[vote.made_at for vote in votes],
    )


def add_votes(tx: Tx, votes: Sequence[Vote]) -> None:
    """Keep many votes of ballots in which none of these participants has voted."""
    columns = ("matter_id", "ballot", "participant_id", "level", "made_at")
    tx.insert("workshop_vote", columns, [(v.matter_id, v.ballot, v.participant_id, v.level, v.made_at) for v in votes])


def drop_votes(tx: Tx, matter_id: UUID, ballot: int) -> None:
    """Forget the votes of one ballot: they were counted anew."""
    tx.run("DELETE FROM workshop_vote WHERE matter_id = $matter AND ballot = $ballot", matter=matter_id, ballot=ballot)


def drop_participants(tx: Tx, people: Sequence[UUID]) -> None:
    """Take people out of the room who were counted by mistake; nobody who votes by phone is."""
    for each in people:
        tx.run("DELETE FROM workshop_participant WHERE id = $id AND on_paper", id=each)


def vote_of(tx: Tx, matter_id: UUID, ballot: int, participant_id: UUID) -> Vote | None:
    """What somebody voted in a ballot; None before they did."""
    row = tx.one(
        """SELECT matter_id, ballot, participant_id, level, made_at FROM workshop_vote
           WHERE matter_id = $matter AND ballot = $ballot AND participant_id = $participant""",
        matter=matter_id,
        ballot=ballot,
        participant=participant_id,
    )
    return Vote(**row) if row else None


def levels_of(tx: Tx, matter_id: UUID, ballot: int) -> list[int | None]:
    """The votes of one ballot as levels (None: don't know), in rising order."""
    found = tx.rows(
        "SELECT level FROM workshop_vote WHERE matter_id = $matter AND ballot = $ballot ORDER BY level",
        matter=matter_id,
        ballot=ballot,
    )
    return [row["level"] for row in found]


def levels_by_ballot(tx: Tx, workshop_id: UUID) -> dict[tuple[UUID, int], list[int | None]]:
    """Every vote of a workshop as levels (None: don't know), by matter and ballot, the levels in rising order."""
    found = tx.rows(
        # Counted in the store: the facilitator's screen asks every second, and a large room leaves thousands of votes.
        """SELECT v.matter_id, v.ballot, v.level, count(*) AS votes
           FROM workshop_vote v JOIN workshop_matter m ON m.id = v.matter_id
           WHERE m.workshop_id = $workshop GROUP BY v.matter_id, v.ballot, v.level
           ORDER BY v.matter_id, v.ballot, v.level""",
        workshop=workshop_id,
    )
    levels: dict[tuple[UUID, int], list[int | None]] = {}
    for row in found:
        levels.setdefault((row["matter_id"], row["ballot"]), []).extend([row["level"]] * row["votes"])
    return levels


def votes(tx: Tx, workshop_id: UUID) -> list[Vote]:
    """Every vote of a workshop with whose it is."""
    found = tx.rows(
        """SELECT v.matter_id, v.ballot, v.participant_id, v.level, v.made_at
           FROM workshop_vote v JOIN workshop_matter m ON m.id = v.matter_id
           WHERE m.workshop_id = $workshop ORDER BY v.matter_id, v.ballot, v.participant_id""",
        workshop=workshop_id,
    )
    return [Vote(**row) for row in found]


def part_votes_from_people(tx: Tx, workshop_id: UUID, now: datetime) -> None:
    """Give each vote of a workshop an id of its own instead of its participant's, and all of them one time: nobody can
    tell any more what one person voted, nor which votes are one person's."""
    kept = [
        Vote(matter_id=v.matter_id, ballot=v.ballot, participant_id=uuid4(), level=v.level, made_at=now)
        for v in sorted(votes(tx, workshop_id), key=lambda v: (v.matter_id, v.ballot, v.level or 0))
    ]
    tx.run(
        "DELETE FROM workshop_vote WHERE matter_id IN (SELECT id FROM workshop_matter WHERE workshop_id = $workshop)",
        workshop=workshop_id,
    )
    save_votes(tx, kept)
