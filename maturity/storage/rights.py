"""What the store holds about one person, table by table: for an export, and to know where a person belongs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from maturity.storage.engine import Tx

_ROUND = "JOIN assessment_round o ON o.id = t.round_id"
_RESPONDENT = "JOIN respondent r ON r.id = t.respondent_id JOIN assessment_round o ON o.id = r.round_id"
_ACTION = """JOIN plan_action a ON a.id = t.plan_action_id JOIN plan p ON p.id = a.plan_id
  JOIN assessment_round o ON o.id = p.round_id"""
_ORGANISATION = """JOIN (SELECT id AS organisation_id, CAST(NULL AS TEXT) AS name FROM organisation) o
  ON o.organisation_id = t.organisation_id"""
_PLAN = "JOIN plan p ON p.id = t.plan_id JOIN assessment_round o ON o.id = p.round_id"
_VERSION, _RISK, _REVIEW, _EDITION = (
    f"""JOIN {table} p ON p.id = t.{column} JOIN (SELECT id AS organisation_id, CAST(NULL AS TEXT) AS name
      FROM organisation) o ON o.organisation_id = p.organisation_id"""
    for table, column in (
        ("plan_version", "version_id"),
        ("risk", "risk_id"),
        ("quarterly_review", "review_id"),
        ("edition", "edition_id"),
    )
)
_WORKSHOP = "JOIN workshop w ON w.id = t.workshop_id JOIN assessment_round o ON o.id = w.round_id"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A table in which something stands under somebody's name: who in `by`, when in `at`, what in `columns`, and how
    the table joins the round it belongs to."""

    kind: str
    table: str
    by: str
    at: str
    columns: tuple[str, ...]
    joined: str = _ROUND


RECORDED = (
    Recorded("target", "target_choice", "set_by", "set_at", ("department", "topic", "steps", "reason")),
    Recorded("importance", "importance", "set_by", "set_at", ("topic", "importance", "reason")),
    Recorded("already done or running", "already", "set_by", "set_at", ("code", "state", "note")),
    Recorded("person-days", "resource_days", "set_by", "set_at", ("days",)),
    Recorded("people and money", "resource_line", "set_by", "set_at", ("kind", "body", "removed_at")),
    Recorded("terms of people and money", "resource_terms", "set_by", "set_at", ("terms",)),
    Recorded("decision on the plan", "action_decision", "set_by", "set_at", ("code", "kind", "start_on", "reason")),
    Recorded("objective", "objective", "set_by", "set_at", ("name", "goal", "measure"), _ORGANISATION),
    Recorded("own action", "own_action", "set_by", "set_at", ("body",), _ORGANISATION),
    Recorded("own estimate", "own_estimate", "set_by", "set_at", ("code", "body", "reason"), _ORGANISATION),
    Recorded("route of an action", "chosen_route", "set_by", "set_at", ("code", "route", "reason"), _ORGANISATION),
    Recorded("plan", "plan", "made_by", "made_at", ("name", "status")),
    Recorded(
        "progress",
        "progress_update",
        "made_by",
        "made_at",
        ("percent_done", "note", "because", "good", "next"),
        _ACTION,
    ),
    Recorded("change to an action", "plan_action_state", "stated_by", "stated_at", ("title", "verb", "reason"), _PLAN),
    Recorded("change to a milestone", "milestone_state", "stated_by", "stated_at", ("name", "on_date"), _PLAN),
    Recorded("plan put in force", "plan_in_force", "put_by", "since", ("reason",), _ORGANISATION),
    Recorded("plan version", "plan_version", "made_by", "made_at", ("number", "name", "reason"), _ORGANISATION),
    Recorded("step of a plan version", "version_step", "made_by", "made_at", ("step", "note"), _VERSION),
    Recorded("governing body", "governing_body", "set_by", "set_at", ("name",), _ORGANISATION),
    Recorded("answer to an action", "acceptance", "made_by", "made_at", ("code", "answer", "note"), _ORGANISATION),
    Recorded("reading of a KPI", "kpi_reading", "made_by", "made_at", ("code", "value", "note"), _ORGANISATION),
    Recorded("risk", "risk", "set_by", "set_at", ("title", "state"), _ORGANISATION),
    Recorded("change to a risk", "risk_state", "stated_by", "stated_at", ("state", "why"), _RISK),
    Recorded("decision asked for", "leadership_decision", "asked_by", "asked_at", ("question",), _ORGANISATION),
    Recorded(
        "decision taken", "leadership_decision", "decided_by", "decided_at", ("question", "chosen"), _ORGANISATION
    ),
    Recorded("quarterly review", "quarterly_review", "opened_by", "opened_at", ("name", "state"), _ORGANISATION),
    Recorded("signature under a review", "review_signature", "signed_by", "signed_at", ("role",), _REVIEW),
    Recorded("promise", "promise", "made_by", "made_at", ("text", "state"), _REVIEW),
    Recorded("promise closed", "promise", "closed_by", "closed_at", ("text", "explanation"), _REVIEW),
    Recorded("weeknote", "weeknote", "made_by", "made_at", ("since", "until"), _ORGANISATION),
    Recorded("edition of the public roadmap", "edition", "made_by", "made_at", ("number", "name"), _ORGANISATION),
    Recorded("step of an edition", "edition_step", "made_by", "made_at", ("step", "note"), _EDITION),
    Recorded("words for residents", "public_words", "set_by", "set_at", ("code", "language", "title"), _ORGANISATION),
    Recorded(
        "class of what is given out", "visibility", "set_by", "set_at", ("code", "class", "reason"), _ORGANISATION
    ),
    Recorded(
        "comment of a resident moderated", "public_comment", "moderated_by", "moderated_at", ("state",), _ORGANISATION
    ),
    Recorded("logo", "logo", "set_by", "set_at", ("alt",), _ORGANISATION),
    Recorded("consensus or review", "decided_value", "decided_by", "decided_at", ("question", "source", "reason")),
    Recorded("reply", "department_reply", "said_by", "said_at", ("reply",)),
    Recorded("sign-off", "round_seal", "signed_by", "signed_at", ()),
    Recorded("result given to a partnership", "shared_result", "given_by", "given_at", ("withdrawn_at",)),
    Recorded("flag on evidence", "evidence_flag", "flagged_by", "flagged_at", ("question", "reason"), _RESPONDENT),
    Recorded("answers sent back", "sent_back", "sent_by", "sent_at", ("note",), _RESPONDENT),
    Recorded("workshop", "workshop", "made_by", "made_at", ("name",)),
    Recorded("last step in a workshop", "workshop", "stepped_by", "stepped_at", ("name", "status")),
    Recorded("agreed in a workshop", "workshop_matter", "settled_by", "settled_at", ("question", "reason"), _WORKSHOP),
    Recorded("note of a workshop", "workshop_note", "made_by", "made_at", ("text", "due_on"), _WORKSHOP),
)
"""Some tables keep a name, some an id. What was done under a name is found by the moment, which the audit trail has
with the actor's id: names change, and two people may have the same."""
UNDER_THE_NAME = "(t.{by} = $person OR t.{at} IN (SELECT made_at FROM audit_event WHERE actor = $person))"

_CONTENT = """question, state, level, option_id, points, label, reason, comment, confidence, evidence_note,
  evidence_link, evidence_date, evidence_strength, made_at"""
# What belongs to one respondent: key in the export, the query.
PARTS = {
    "answers": f"""SELECT {_CONTENT} FROM answer WHERE respondent_id = $respondent AND state <> 'withdrawn'
      ORDER BY question COLLATE "C" """,
    "history": f"SELECT {_CONTENT} FROM answer_event WHERE respondent_id = $respondent ORDER BY made_at, id",
    "topic_notes": """SELECT topic, stands_in_the_way, would_help, made_at FROM topic_note
      WHERE respondent_id = $respondent ORDER BY topic COLLATE "C" """,
    "files": """SELECT id, question, name, media_type, size, sha256, uploaded_at, removed_at FROM evidence_file
      WHERE respondent_id = $respondent ORDER BY uploaded_at, id""",
    "flags": """SELECT question, reason, flagged_at FROM evidence_flag WHERE respondent_id = $respondent
      ORDER BY question COLLATE "C" """,
    "sent_back": "SELECT note, sent_at FROM sent_back WHERE respondent_id = $respondent ORDER BY sent_at, id",
}


def organisations_of_person(tx: Tx, person_id: UUID, known_as: Collection[str]) -> set[UUID | None]:
    """Where somebody has or had a role, was invited, or answered; None among them stands for the whole installation."""
    found = tx.rows(
        """SELECT organisation_id FROM person_grant WHERE person_id = $person
           UNION SELECT o.organisation_id FROM invitation i JOIN assessment_round o ON o.id = i.round_id
             WHERE i.person_id = $person""",
        person=person_id,
    )
    places = {row["organisation_id"] for row in found}
    return places | {row["organisation_id"] for row in respondents_of(tx, known_as)}


def roles_ever(tx: Tx, person_id: UUID) -> list[dict[str, Any]]:
    """Every role that somebody has or had, in the order they were given."""
    return tx.rows(
        """SELECT g.role, g.organisation_id, o.name AS organisation, d.name AS department, g.until, g.given_at,
             g.ended_at, g.delegated_by IS NOT NULL AS as_deputy
           FROM person_grant g LEFT JOIN organisation o ON o.id = g.organisation_id
             LEFT JOIN department d ON d.id = g.department_id
           WHERE g.person_id = $person ORDER BY g.given_at, g.id""",
        person=person_id,
    )


def ways_in(tx: Tx, person_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Somebody's personal links and sessions, without tokens, secrets or their hashes."""
    return {
        "links": tx.rows(
            """SELECT made_at, expires_at, revoked_at, used_at FROM personal_link
               WHERE person_id = $person ORDER BY made_at, id""",
            person=person_id,
        ),
        "sessions": tx.rows(
            """SELECT device, started_at, expires_at, ended_at FROM sign_in_session
               WHERE person_id = $person ORDER BY started_at, id""",
            person=person_id,
        ),
    }


def invitations_of(tx: Tx, person_id: UUID) -> list[dict[str, Any]]:
    """Every invitation of somebody, the earliest first."""
    return tx.rows(
        """SELECT o.organisation_id, g.name AS organisation, o.name AS round, d.name AS department, i.invited_at,
             i.reminded_at
           FROM invitation i JOIN assessment_round o ON o.id = i.round_id
             JOIN organisation g ON g.id = o.organisation_id JOIN department d ON d.id = i.department_id
           WHERE i.person_id = $person ORDER BY i.invited_at, o.id, d.id""",
        person=person_id,
    )


def respondents_of(tx: Tx, known_as: Collection[str]) -> list[dict[str, Any]]:
    """Where somebody has answered or begun to, the earliest first; `anonymity` is the round's."""
    found = []
    for person in sorted(known_as):
        found += tx.rows(
            """SELECT r.id, o.id AS round_id, o.organisation_id, g.name AS organisation, o.name AS round,
                 coalesce(m.anonymity, 'named') AS anonymity, d.name AS department, r.label, r.role_family,
                 r.speaks_for, r.status, r.started_at, r.submitted_at
               FROM respondent r JOIN assessment_round o ON o.id = r.round_id
                 JOIN organisation g ON g.id = o.organisation_id JOIN department d ON d.id = r.department_id
                 LEFT JOIN round_terms m ON m.round_id = o.id
               WHERE r.person = $person""",
            person=person,
        )
    return sorted(found, key=lambda row: (row["started_at"], str(row["id"])))


def round_secrets(tx: Tx) -> list[str]:
    """The secrets of the anonymous rounds that still have one."""
    return [row["secret"] for row in tx.rows("SELECT secret FROM round_secret ORDER BY round_id")]


def parts_of(tx: Tx, respondent_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Everything that one respondent gave, and what was said to it."""
    return {name: tx.rows(sql, respondent=respondent_id) for name, sql in PARTS.items()}


def file_body(tx: Tx, file_id: UUID) -> bytes | None:
    """The contents of an evidence file; None where it was removed."""
    row = tx.one("SELECT body FROM evidence_file WHERE id = $id", id=file_id)
    return bytes(row["body"]) if row and row["body"] is not None else None


def recorded_under(tx: Tx, person: str) -> list[dict[str, Any]]:
    """What stands in the store under somebody's name: decisions, targets, progress, replies, sign-offs."""
    found: list[dict[str, Any]] = []
    for each in RECORDED:
        columns = "".join(f", t.{name}" for name in each.columns)
        condition = UNDER_THE_NAME.format(by=each.by, at=each.at)
        rows = tx.rows(
            f"""SELECT o.organisation_id, g.name AS organisation, o.name AS round, t.{each.at} AS made_at{columns}
                FROM {each.table} t {each.joined} JOIN organisation g ON g.id = o.organisation_id
                WHERE {condition} ORDER BY t.{each.at}""",
            person=person,
        )
        found += [{"kind": each.kind, **row} for row in rows]
    return found


def actions_owned_by(tx: Tx, person: str) -> list[dict[str, Any]]:
    """The actions of which somebody is the owner, in plans of now and before: what was promised, and how it goes."""
    return tx.rows(
        """SELECT p.organisation_id, g.name AS organisation, p.name AS plan, p.status, a.code, a.title, a.start_on,
             a.finish_on, a.deliverable, a.done_when, a.percent_done, a.done_on
           FROM plan_action a JOIN plan p ON p.id = a.plan_id JOIN organisation g ON g.id = p.organisation_id
           WHERE a.owner_person = $person AND a.deleted_at IS NULL ORDER BY p.made_at, a.start_on, a.code""",
        person=person,
    )


def trail_of(tx: Tx, person: str) -> list[dict[str, Any]]:
    """The entries of the audit trail of which somebody is the actor."""
    return tx.rows(
        "SELECT number, made_at, verb, subject, detail FROM audit_event WHERE actor = $person ORDER BY number",
        person=person,
    )


def erased_before(tx: Tx, verb: str) -> list[tuple[str, datetime]]:
    """Who was erased when, as the audit trail has it under this verb: ids, the earliest first, each once."""
    found = tx.rows("SELECT subject, made_at FROM audit_event WHERE verb = $verb ORDER BY number", verb=verb)
    first: dict[str, datetime] = {}
    for row in found:
        first.setdefault(row["subject"], row["made_at"])
    return list(first.items())
