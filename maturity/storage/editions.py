"""Editions of the public roadmap and what became of them. What has been published is never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from maturity.roadmap.editions import EditionStep, KeptEdition, State, edition_hash
from maturity.storage.engine import Tx, canonical, new_id

READ = """SELECT id, version_id, number, name, state, choices, body, sha256, previous, made_by, made_at, row_version
  FROM edition"""


def editions_of(tx: Tx, organisation_id: UUID) -> tuple[KeptEdition, ...]:
    """Every edition of an organisation with its steps, the earliest first."""
    found = tx.rows(f"{READ} WHERE organisation_id = $organisation ORDER BY made_at, id", organisation=organisation_id)
    steps = tx.rows(
        """SELECT s.edition_id, s.step, s.body, s.note, s.person, s.made_by, s.made_at FROM edition_step s
             JOIN edition e ON e.id = s.edition_id
           WHERE e.organisation_id = $organisation ORDER BY s.made_at, s.step <> 'proposed', s.id""",
        organisation=organisation_id,
    )
    return tuple(_edition(row, (each for each in steps if each["edition_id"] == row["id"])) for row in found)


def chain_of(tx: Tx, organisation_id: UUID) -> tuple[KeptEdition, ...]:
    """What has ever been published, withdrawn editions among it, by number."""
    kept = [each for each in editions_of(tx, organisation_id) if each.number is not None]
    return tuple(sorted(kept, key=lambda each: each.number or 0))


def edition_of(tx: Tx, edition_id: UUID) -> KeptEdition | None:
    """One edition with its steps; None where there is none of this id."""
    row = tx.one(f"{READ} WHERE id = $id", id=edition_id)
    if row is None:
        return None
    steps = tx.rows(
        """SELECT edition_id, step, body, note, person, made_by, made_at FROM edition_step WHERE edition_id = $id
           ORDER BY made_at, step <> 'proposed', id""",
        id=edition_id,
    )
    return _edition(row, steps)


def standing_body(tx: Tx, organisation_id: UUID) -> str | None:
    """The text of the newest edition that is published and was not withdrawn; None where there is none."""
    row = tx.one(
        """SELECT body FROM edition WHERE organisation_id = $organisation AND state = 'published' AND number IS NOT NULL
           ORDER BY number DESC LIMIT 1""",
        organisation=organisation_id,
    )
    return row["body"] if row else None


def organisation_of_edition(tx: Tx, edition_id: UUID) -> UUID | None:
    """The organisation of an edition."""
    row = tx.one("SELECT organisation_id FROM edition WHERE id = $id", id=edition_id)
    return row["organisation_id"] if row else None


def add_edition(tx: Tx, organisation_id: UUID, edition: KeptEdition) -> None:
    """Adds an edition as it is given, without its steps."""
    tx.run(
        """INSERT INTO edition(id, organisation_id, version_id, number, name, state, choices, body, sha256, previous,
             made_by, made_at, row_version)
           VALUES ($id, $organisation, $version, $number, $name, $state, $choices, $body, $sha, $previous, $by, $at,
             $row_version)""",
        id=UUID(edition.id), organisation=organisation_id, version=UUID(edition.version_id), number=edition.number,
        name=edition.name, state=edition.state, choices=canonical(dict(edition.choices)), body=edition.body,
        sha=edition.sha256, previous=edition.previous, by=edition.made_by, at=edition.made_at,
        row_version=edition.row_version,
    )  # fmt: skip


def change_edition(tx: Tx, edition: KeptEdition) -> int | None:
    """Writes name, state, choices, body, number and hashes over the version that was read; None where somebody else
    was faster. A number that is there already, and what belongs to it, stays as it is."""
    row = tx.one(
        """UPDATE edition SET name = $name, state = $state, choices = $choices, row_version = row_version + 1,
             body = CASE WHEN number IS NULL THEN $body ELSE body END,
             sha256 = CASE WHEN number IS NULL THEN $sha ELSE sha256 END,
             previous = CASE WHEN number IS NULL THEN $previous ELSE previous END,
             number = coalesce(number, CAST($number AS INTEGER))
           WHERE id = $id AND row_version = $expected RETURNING row_version""",
        id=UUID(edition.id), name=edition.name, state=edition.state, choices=canonical(dict(edition.choices)),
        body=edition.body, sha=edition.sha256, previous=edition.previous, number=edition.number,
        expected=edition.row_version,
    )  # fmt: skip
    return int(row["row_version"]) if row else None


def add_edition_step(tx: Tx, edition_id: UUID, step: EditionStep) -> None:
    """Adds what became of an edition."""
    tx.run(
        """INSERT INTO edition_step(id, edition_id, step, body, note, person, made_by, made_at)
           VALUES ($id, $edition, $step, $body, $note, $person, $by, $at)""",
        id=new_id(step.made_at), edition=edition_id, step=step.step, body=canonical(dict(step.body)), note=step.note,
        person=step.person, by=step.made_by, at=step.made_at,
    )  # fmt: skip


def broken_editions(tx: Tx) -> list[str]:
    """A sentence for each published edition whose text does not fit its hash, or does not follow the one before."""
    rows = tx.rows(
        """SELECT organisation_id, number, body, sha256, previous FROM edition WHERE number IS NOT NULL
           ORDER BY organisation_id, number"""
    )
    return list(_breaks(rows))


def _breaks(rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    last: dict[UUID, tuple[int, str]] = {}
    for row in rows:
        number, before = last.get(row["organisation_id"], (0, ""))
        if edition_hash(row["body"]) != row["sha256"]:
            yield f"edition {row['number']} of the public roadmap was changed after it was published"
        if (row["number"], row["previous"]) != (number + 1, before):
            yield f"edition {row['number']} of the public roadmap does not follow edition {number}"
        last[row["organisation_id"]] = (row["number"], row["sha256"])


def _edition(row: Mapping[str, Any], steps: Iterable[Mapping[str, Any]]) -> KeptEdition:
    state: State = row["state"]
    return KeptEdition(
        id=str(row["id"]), version_id=str(row["version_id"]), number=row["number"], name=row["name"], state=state,
        choices=json.loads(row["choices"]), body=row["body"], sha256=row["sha256"], previous=row["previous"],
        made_by=row["made_by"], made_at=row["made_at"], row_version=row["row_version"],
        steps=tuple(
            EditionStep(
                step=each["step"], note=each["note"], body=json.loads(each["body"]), person=each["person"],
                made_by=each["made_by"], made_at=each["made_at"],
            )
            for each in steps
        ),
    )  # fmt: skip
