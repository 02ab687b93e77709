"""Erasing one person: names and texts go, everything that counts stays as it is.

Levels, states and times stay in the log and beside it, so that scores are the same to the last bit and `check` still
finds the answers equal to their log. The audit trail is not touched: it holds ids only.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from maturity.storage.engine import Tx, canonical
from maturity.storage.people import PEOPLE
from maturity.storage.revision import SETUP, bump
from maturity.storage.rights import RECORDED, organisations_of_person, respondents_of
from maturity.storage.rounds import round_scope

LABEL, NOBODY = "Erased respondent", "Erased person"
_OF_A_RESPONDENT = ("answer_event", "answer", "topic_note", "evidence_file", "evidence_flag", "sent_back")
_BLANKS = (
    """UPDATE respondent SET person = NULL, label = $label, row_version = row_version + 1 WHERE id = $id""",
    """UPDATE answer SET comment = NULL, reason = NULL, evidence_note = NULL, evidence_link = NULL
       WHERE respondent_id = $id""",
    """UPDATE answer_event SET comment = NULL, reason = NULL, evidence_note = NULL, evidence_link = NULL,
         actor = $nobody WHERE respondent_id = $id""",
    "DELETE FROM topic_note WHERE respondent_id = $id",
    """UPDATE evidence_file SET name = '', body = NULL, sha256 = '', removed_at = coalesce(removed_at, $now)
       WHERE respondent_id = $id""",
    "UPDATE evidence_flag SET reason = '' WHERE respondent_id = $id",
    "UPDATE sent_back SET note = '' WHERE respondent_id = $id",
)
# Where a name may stand in a workshop: table, column, what stands there afterwards.
_NAMED_IN_WORKSHOPS = (
    ("workshop_participant", "name", "NULL"),
    ("workshop_matter", "follow_up_owner", f"'{NOBODY}'"),
    ("workshop_note", "owner", f"'{NOBODY}'"),
)


def erase(tx: Tx, person_id: UUID, known_as: Collection[str], now: datetime) -> dict[str, int]:
    """Take somebody's names and texts out of the store; returns how many rounds kept their levels and how many drafts
    were thrown away. Erasing once more changes nothing that is left."""
    tx.alone(PEOPLE)
    theirs = respondents_of(tx, known_as)
    sent = [row for row in theirs if row["status"] == "submitted"]
    for row in theirs:
        tx.alone(f"respondent:{row['id']}")
        if row["status"] == "submitted":
            _blank(tx, row["id"], LABEL if row["anonymity"] == "named" else row["label"], now)
        else:
            _delete(tx, row["id"])
    _erase_signatures(tx, str(person_id))
    organisations = organisations_of_person(tx, person_id, known_as)
    _erase_in_workshops(tx, person_id, organisations)
    _erase_owner(tx, person_id, organisations or {None})
    _erase_person(tx, person_id, now)
    for scope in {round_scope(row["round_id"]) for row in theirs} | {PEOPLE, SETUP}:
        bump(tx, scope)
    return {"answers_kept": len(sent), "drafts_deleted": len(theirs) - len(sent)}


def _blank(tx: Tx, respondent_id: UUID, label: str, now: datetime) -> None:
    """What was sent keeps its levels, states and times, and loses whose it is and all that was written. Where the
    round is not held under names the label stays: a new one would say which respondent it was."""
    params: dict[str, Any] = {"id": respondent_id, "label": label, "nobody": NOBODY, "now": now}
    for sql in _BLANKS:
        tx.run(sql, **{name: value for name, value in params.items() if f"${name}" in sql})


def _delete(tx: Tx, respondent_id: UUID) -> None:
    """What was never sent counts nowhere, so nothing of it is left."""
    for table in _OF_A_RESPONDENT:
        tx.run(f"DELETE FROM {table} WHERE respondent_id = $id", id=respondent_id)
    tx.run("DELETE FROM respondent WHERE id = $id", id=respondent_id)


def _erase_signatures(tx: Tx, person: str) -> None:
    """Names under decisions become "Erased person"; where an id stands it stays, for it says nothing any more."""
    for each in RECORDED:
        tx.run(
            f"""UPDATE {each.table} SET {each.by} = $nobody WHERE {each.by} <> $person AND {each.by} <> $nobody
                  AND {each.at} IN (SELECT made_at FROM audit_event WHERE actor = $person)""",
            person=person,
            nobody=NOBODY,
        )


def _erase_in_workshops(tx: Tx, person_id: UUID, organisations: Collection[UUID | None]) -> None:
    """A name that somebody typed at a phone, or that stands as the owner of a follow-up or note, goes where it is the
    person's, letter for letter, and nobody else bears it. No id links a participant to a person."""
    for table, column, put in _NAMED_IN_WORKSHOPS:
        for organisation in organisations:
            tx.run(
                f"""UPDATE {table} SET {column} = {put} WHERE id IN (
                      SELECT t.id FROM {table} t JOIN workshop w ON w.id = t.workshop_id
                        JOIN assessment_round r ON r.id = w.round_id
                      WHERE (CAST($organisation AS UUID) IS NULL OR r.organisation_id = $organisation)
                        AND lower(trim(t.{column})) = (SELECT lower(name) FROM person p WHERE p.id = $person
                          AND p.name <> '' AND NOT EXISTS (
                            SELECT 1 FROM person o WHERE o.id <> p.id AND lower(o.name) = lower(p.name))))""",
                person=person_id,
                organisation=organisation,
            )


def _erase_owner(tx: Tx, person_id: UUID, organisations: Collection[UUID | None]) -> None:
    """The name of an owner goes wherever the id says that it is this person's; plan versions hold the id alone. Where
    only a name stands, in a RACI or as an owner who was written by hand, it goes where it is the person's letter for
    letter and nobody else bears it."""
    found = tx.one(
        """SELECT name FROM person p WHERE id = $person AND name <> '' AND NOT EXISTS (
             SELECT 1 FROM person o WHERE o.id <> p.id AND lower(o.name) = lower(p.name))""",
        person=person_id,
    )
    for table, key in (("plan_action", "id"), ("plan_action_state", "state_id")):
        for organisation in organisations:
            _erase_in_actions(tx, table, key, person_id, found["name"] if found else None, organisation)
    tx.run(
        "UPDATE risk SET owner = $nobody WHERE owner_person = CAST($person AS TEXT) AND owner <> $nobody",
        person=person_id,
        nobody=NOBODY,
    )


def _erase_in_actions(tx: Tx, table: str, key: str, person: UUID, name: str | None, organisation: UUID | None) -> None:
    rows = tx.rows(
        f"""SELECT t.{key} AS row, t.owner, t.owner_person, t.raci FROM {table} t JOIN plan p ON p.id = t.plan_id
            WHERE t.owner_person = CAST($person AS TEXT) OR (
              (CAST($organisation AS UUID) IS NULL OR p.organisation_id = $organisation)
              AND (t.owner = $name OR position(CAST($written AS TEXT) IN t.raci) > 0))""",
        person=person, organisation=organisation, name=name, written=canonical(name) if name else None,
    )  # fmt: skip
    for row in rows:
        theirs = row["owner_person"] == str(person)
        gone = {name, row["owner"] if theirs else name}
        owner = NOBODY if theirs or (row["owner"] == name and not row["owner_person"]) else row["owner"]
        raci = canonical(_without(json.loads(row["raci"]), gone))
        if (owner, raci) != (row["owner"], row["raci"]):
            tx.run(f"UPDATE {table} SET owner = $owner, raci = $raci WHERE {key} = $row",
                   owner=owner, raci=raci, row=row["row"])  # fmt: skip


def _without(raci: dict[str, Any], gone: Collection[str | None]) -> dict[str, Any]:
    """A RACI with "Erased person" in place of these names, once in each of its lists."""

    def put(name: str) -> str:
        return NOBODY if name in gone else name

    return {
        part: put(said) if isinstance(said, str) else list(dict.fromkeys(map(put, said))) for part, said in raci.items()
    }


def _erase_person(tx: Tx, person_id: UUID, now: datetime) -> None:
    for table in ("sign_in_session", "personal_link", "invitation"):
        tx.run(f"DELETE FROM {table} WHERE person_id = $person", person=person_id)
    tx.run(
        """UPDATE person_grant SET ended_at = $now
           WHERE (person_id = $person OR delegated_by = $person) AND ended_at IS NULL""",
        person=person_id,
        now=now,
    )
    tx.run(
        """UPDATE person SET name = '', email = NULL, subject = NULL, left_at = coalesce(left_at, $now),
             erased_at = coalesce(erased_at, $now), row_version = row_version + 1 WHERE id = $person""",
        person=person_id,
        now=now,
    )


def expired_ways_in(tx: Tx, before: datetime) -> list[dict[str, Any]]:
    """How many sessions and links of whom ended or expired before a moment: person_id, sessions, links."""
    return tx.rows(
        """SELECT person_id, CAST(sum(session) AS INTEGER) AS sessions, CAST(sum(link) AS INTEGER) AS links FROM (
             SELECT person_id, 1 AS session, 0 AS link FROM sign_in_session
               WHERE expires_at < $before OR ended_at < $before
             UNION ALL SELECT person_id, 0, 1 FROM personal_link
               WHERE expires_at < $before OR revoked_at < $before) AS old
           GROUP BY person_id ORDER BY person_id""",
        before=before,
    )


def remove_expired(tx: Tx, people: Collection[UUID], before: datetime) -> None:
    """Remove these people's sessions and links that ended or expired before a moment; a link that a session came in
    by goes with its last session."""
    for person in people:
        tx.run(
            """DELETE FROM sign_in_session
               WHERE person_id = $person AND (expires_at < $before OR ended_at < $before)""",
            person=person,
            before=before,
        )
        tx.run(
            """DELETE FROM personal_link WHERE person_id = $person AND (expires_at < $before OR revoked_at < $before)
                 AND id NOT IN (SELECT link_id FROM sign_in_session)""",
            person=person,
            before=before,
        )
    bump(tx, PEOPLE)


_LONG_OVER = """name IS NOT NULL AND workshop_id IN (
  SELECT w.id FROM workshop w JOIN assessment_round r ON r.id = w.round_id
  WHERE r.organisation_id = $organisation AND coalesce(w.ended_at, w.stepped_at) < $before)"""


def names_in_old_workshops(tx: Tx, organisation_id: UUID, before: datetime) -> int:
    """How many participants' names stand in an organisation's workshops that ended, or saw their last step, before a
    moment."""
    row = tx.one(
        f"SELECT count(*) AS n FROM workshop_participant WHERE {_LONG_OVER}",
        organisation=organisation_id,
        before=before,
    )
    return row["n"] if row else 0


def forget_names_in_old_workshops(tx: Tx, organisation_id: UUID, before: datetime) -> None:
    """Take these names off: the participants keep their numbers, the votes stay."""
    tx.run(
        f"UPDATE workshop_participant SET name = NULL WHERE {_LONG_OVER}", organisation=organisation_id, before=before
    )


def left_before(tx: Tx) -> list[dict[str, Any]]:
    """Everybody who left and was not erased: id, name, left_at, the longest gone first."""
    return tx.rows(
        "SELECT id, name, left_at FROM person WHERE left_at IS NOT NULL AND erased_at IS NULL ORDER BY left_at, id"
    )
