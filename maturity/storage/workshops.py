"""Workshops, their agendas, and what was noted in them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from maturity.assessment.workshop import Matter, Note, Outcome, Status, Workshop
from maturity.storage.engine import Conflict, NotStored, Tx, canonical
from maturity.storage.revision import bump
from maturity.storage.versions import edited

_COLUMNS = """w.id, w.round_id, r.organisation_id, d.code AS department, w.name, w.code, w.status,
  w.current_matter AS current, w.seconds_to_vote, w.made_by, w.made_at, w.opened_at, w.ended_at, w.stepped_by,
  w.stepped_at, w.row_version"""
_FROM = (
    """FROM workshop w JOIN assessment_round r ON r.id = w.round_id LEFT JOIN department d ON d.id = w.department_id"""
)
_MATTER = """m.id, m.place, d.code AS department, m.question, m.example, m.why, m.phase, m.ballot, m.voting_since,
  m.voting_until, m.level, m.reason, m.minority_view, m.follow_up, m.follow_up_owner, m.settled_by, m.settled_at"""
_OUTCOME = ("level", "reason", "minority_view", "follow_up", "follow_up_owner")


def workshop_scope(workshop_id: UUID) -> str:
    """The revision scope of a workshop: it rises with every step and note, not with votes."""
    return f"workshop:{workshop_id}"


def add_workshop(tx: Tx, new: Workshop, department_id: UUID | None) -> None:
    """Store a new workshop, still without an agenda."""
    tx.run(
        """INSERT INTO workshop(id, round_id, department_id, name, code, status, current_matter, seconds_to_vote,
             made_by, made_at, opened_at, ended_at, stepped_by, stepped_at, row_version)
           VALUES ($id, $round, $department, $name, $code, $status, $current, $seconds,
             $by, $at, NULL, NULL, $by, $at, 1)""",
        id=new.id,
        round=new.round_id,
        department=department_id,
        name=new.name,
        code=new.code,
        status=new.status,
        current=new.current,
        seconds=new.seconds_to_vote,
        by=new.made_by,
        at=new.made_at,
    )
    bump(tx, workshop_scope(new.id))


def workshop_of(tx: Tx, workshop_id: UUID) -> Workshop:
    """One workshop; `NotStored` where there is none."""
    row = tx.one(f"SELECT {_COLUMNS} {_FROM} WHERE w.id = $id", id=workshop_id)
    if row is None:
        raise NotStored(f"no workshop {workshop_id} is in the store")
    return Workshop(**row)


def workshop_by_code(tx: Tx, code: str) -> Workshop | None:
    """The workshop that people join by this code, whatever its status."""
    row = tx.one(f"SELECT {_COLUMNS} {_FROM} WHERE w.code = $code", code=code)
    return Workshop(**row) if row else None


def id_by_code(tx: Tx, code: str) -> UUID | None:
    """The id of the workshop that people join by this code, whatever its status: a code never gets another one."""
    row = tx.one("SELECT id FROM workshop WHERE code = $code", code=code)
    return row["id"] if row else None


def workshops(tx: Tx, round_id: UUID) -> list[Workshop]:
    """The workshops of a round, the newest first."""
    found = tx.rows(
        f"SELECT {_COLUMNS} {_FROM} WHERE w.round_id = $round ORDER BY w.made_at DESC, w.id", round=round_id
    )
    return [Workshop(**row) for row in found]


def must_be_as_seen(tx: Tx, seen: Workshop) -> None:
    """`Conflict` where somebody took a step since the workshop was looked at."""
    now = workshop_of(tx, seen.id)
    if now.row_version != seen.row_version:
        raise Conflict("the workshop has gone on meanwhile", now.row_version)


def turn(
    tx: Tx,
    seen: Workshop,
    *,
    by: str,
    now: datetime,
    status: Status | None = None,
    current: UUID | None = None,
) -> int:
    """Take a step as the workshop was seen: its status and the matter the room is on; returns the new row_version.

    `Conflict` where somebody else took a step first. Votes and steps of a workshop wait for each other."""
    tx.alone(workshop_scope(seen.id))
    row = tx.one(
        """UPDATE workshop SET status = $status, current_matter = $current, stepped_by = $by, stepped_at = $now,
             opened_at = CASE WHEN $status = 'open' THEN coalesce(opened_at, $now) ELSE opened_at END,
             ended_at = CASE WHEN $status = 'ended' THEN coalesce(ended_at, $now) ELSE ended_at END,
             row_version = row_version + 1
           WHERE id = $id AND row_version = $version RETURNING row_version""",
        id=seen.id,
        status=status or seen.status,
        current=current,
        by=by,
        now=now,
        version=seen.row_version,
    )
    bump(tx, workshop_scope(seen.id))
    return edited(tx, row, "workshop", "The workshop", seen.id)


def matters(tx: Tx, workshop_id: UUID) -> list[Matter]:
    """The agenda of a workshop in its order."""
    found = tx.rows(
        f"""SELECT {_MATTER} FROM workshop_matter m LEFT JOIN department d ON d.id = m.department_id
            WHERE m.workshop_id = $workshop ORDER BY m.place, m.id""",
        workshop=workshop_id,
    )
    return [_matter(row) for row in found]


def matter_of(tx: Tx, matter_id: UUID) -> Matter:
    """One matter; `NotStored` where there is none."""
    row = tx.one(
        f"SELECT {_MATTER} FROM workshop_matter m LEFT JOIN department d ON d.id = m.department_id WHERE m.id = $id",
        id=matter_id,
    )
    if row is None:
        raise NotStored("this question is not on the agenda any more")
    return _matter(row)


def _matter(row: dict[str, Any]) -> Matter:
    level, reason, *texts = (row.pop(name) for name in _OUTCOME)
    minority_view, follow_up, owner = (text or "" for text in texts)
    agreed = Outcome(
        level=level, reason=reason, minority_view=minority_view, follow_up=follow_up, follow_up_owner=owner
    )
    return Matter(**{**row, "why": json.loads(row["why"])}, outcome=None if level is None else agreed)


def save_agenda(tx: Tx, workshop: Workshop, department_ids: dict[str, UUID], agenda: Iterable[Matter]) -> None:
    """Put these matters in place of all that were there; whoever calls has seen to it that nothing begun is lost."""
    tx.run("DELETE FROM workshop_matter WHERE workshop_id = $workshop", workshop=workshop.id)
    for each in agenda:
        tx.run(
            """INSERT INTO workshop_matter(id, workshop_id, place, department_id, question, example, why, phase, ballot,
                 voting_since, voting_until, level, reason, minority_view, follow_up, follow_up_owner, settled_by,
                 settled_at)
               VALUES ($id, $workshop, $place, $department, $question, $example, $why, $phase, $ballot, $since, $until,
                 $level, $reason, $minority_view, $follow_up, $follow_up_owner, $settled_by, $settled_at)""",
            workshop=workshop.id,
            department=department_ids[each.department] if each.department else None,
            place=each.place,
            question=each.question,
            example=each.example,
            why=canonical(dict(each.why)),
            **_changing(each),
        )
    bump(tx, workshop_scope(workshop.id))


def save_matter(tx: Tx, matter: Matter) -> None:
    """Keep what may change of a matter: its phase, ballot and times, and what was agreed."""
    tx.run(
        """UPDATE workshop_matter SET phase = $phase, ballot = $ballot, voting_since = $since, voting_until = $until,
             level = $level, reason = $reason, minority_view = $minority_view, follow_up = $follow_up,
             follow_up_owner = $follow_up_owner, settled_by = $settled_by, settled_at = $settled_at WHERE id = $id""",
        **_changing(matter),
    )


def _changing(matter: Matter) -> dict[str, Any]:
    agreed = matter.outcome
    return {
        "id": matter.id,
        "phase": matter.phase,
        "ballot": matter.ballot,
        "since": matter.voting_since,
        "until": matter.voting_until,
        "settled_by": matter.settled_by,
        "settled_at": matter.settled_at,
        **{name: getattr(agreed, name) if agreed else None for name in _OUTCOME},
    }


def add_note(tx: Tx, note: Note) -> None:
    """Keep a note."""
    tx.run(
        """INSERT INTO workshop_note(id, workshop_id, matter_id, kind, text, owner, due_on, made_by, made_at)
           VALUES ($id, $workshop, $matter, $kind, $text, $owner, $due, $by, $at)""",
        id=note.id,
        workshop=note.workshop_id,
        matter=note.matter_id,
        kind=note.kind,
        text=note.text,
        owner=note.owner,
        due=note.due_on,
        by=note.made_by,
        at=note.made_at,
    )
    bump(tx, workshop_scope(note.workshop_id))


def drop_note(tx: Tx, workshop_id: UUID, note_id: UUID) -> None:
    """Take a note off; nothing happens where it is gone already."""
    tx.run("DELETE FROM workshop_note WHERE id = $id AND workshop_id = $workshop", id=note_id, workshop=workshop_id)
    bump(tx, workshop_scope(workshop_id))


def notes(tx: Tx, workshop_id: UUID) -> list[Note]:
    """The notes of a workshop in the order they were made."""
    found = tx.rows(
        """SELECT id, workshop_id, matter_id, kind, text, owner, due_on, made_by, made_at FROM workshop_note
           WHERE workshop_id = $workshop ORDER BY made_at, id""",
        workshop=workshop_id,
    )
    return [Note(**row) for row in found]


def settled(tx: Tx, round_id: UUID, department: str) -> list[tuple[str, Matter]]:
    """What workshops of a round agreed on about a department, with the workshop's name; the newest last."""
    found = tx.rows(
        f"""SELECT w.name AS workshop, {_MATTER} FROM workshop_matter m JOIN workshop w ON w.id = m.workshop_id
            JOIN department d ON d.id = m.department_id
            WHERE w.round_id = $round AND d.code = $department AND m.phase = 'settled' AND m.level IS NOT NULL
            ORDER BY m.settled_at, m.id""",
        round=round_id,
        department=department,
    )
    return [(row.pop("workshop"), _matter(row)) for row in found]
