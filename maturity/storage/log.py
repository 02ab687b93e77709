"""The answer log against the current answers, and what points to nothing: what `check` looks at."""

from __future__ import annotations

from maturity.storage.audit import verify_chain
from maturity.storage.editions import broken_editions
from maturity.storage.engine import Store, Tx
from maturity.storage.plan_versions import broken_versions
from maturity.storage.quarterly_reviews import broken_reviews
from maturity.storage.seals import broken_seals

_KEPT = """respondent_id, question, state, level, option_id, points, label, reason, comment, confidence, evidence_note,
  evidence_link, evidence_date, evidence_strength, event_id, made_at, row_version"""
_LATEST = f"""SELECT {_KEPT} FROM (
    SELECT e.respondent_id, e.question, e.state, e.level, e.option_id, e.points, e.label, e.reason, e.comment,
      e.confidence, e.evidence_note, e.evidence_link, e.evidence_date, e.evidence_strength, e.id AS event_id, e.made_at,
      CAST(count(*) OVER (PARTITION BY e.respondent_id, e.question) AS INTEGER) AS row_version,
      row_number() OVER (PARTITION BY e.respondent_id, e.question ORDER BY e.made_at DESC, e.id DESC) AS nth
    FROM answer_event e) AS told WHERE nth = 1"""

REFERENCES = (
    ("department", "organisation_id", "organisation"),
    ("assessment_round", "organisation_id", "organisation"),
    ("assessment_round", "framework_version_id", "framework_version"),
    ("round_department", "round_id", "assessment_round"),
    ("round_department", "department_id", "department"),
    ("respondent", "round_id", "assessment_round"),
    ("respondent", "department_id", "department"),
    ("answer", "respondent_id", "respondent"),
    ("answer_event", "respondent_id", "respondent"),
    ("topic_note", "respondent_id", "respondent"),
    ("decided_value", "round_id", "assessment_round"),
    ("decided_value", "department_id", "department"),
    ("round_score", "round_id", "assessment_round"),
    ("target_choice", "round_id", "assessment_round"),
    ("importance", "round_id", "assessment_round"),
    ("already", "round_id", "assessment_round"),
    ("resource_days", "round_id", "assessment_round"),
    ("resource_line", "round_id", "assessment_round"),
    ("resource_terms", "round_id", "assessment_round"),
    ("action_decision", "round_id", "assessment_round"),
    ("objective", "organisation_id", "organisation"),
    ("own_action", "organisation_id", "organisation"),
    ("own_estimate", "organisation_id", "organisation"),
    ("chosen_route", "organisation_id", "organisation"),
    ("plan", "organisation_id", "organisation"),
    ("plan", "round_id", "assessment_round"),
    ("plan_action", "plan_id", "plan"),
    ("plan_action", "objective_id", "objective"),
    ("progress_update", "plan_action_id", "plan_action"),
    ("milestone", "plan_id", "plan"),
    ("plan_action_state", "id", "plan_action"),
    ("plan_action_state", "plan_id", "plan"),
    ("milestone_state", "id", "milestone"),
    ("milestone_state", "plan_id", "plan"),
    ("plan_in_force", "plan_id", "plan"),
    ("plan_in_force", "organisation_id", "organisation"),
    ("plan_version", "organisation_id", "organisation"),
    ("plan_version", "plan_id", "plan"),
    ("version_step", "version_id", "plan_version"),
    ("governing_body", "organisation_id", "organisation"),
    ("acceptance", "organisation_id", "organisation"),
    ("kpi_reading", "organisation_id", "organisation"),
    ("risk", "organisation_id", "organisation"),
    ("risk_state", "risk_id", "risk"),
    ("leadership_decision", "organisation_id", "organisation"),
    ("quarterly_review", "organisation_id", "organisation"),
    ("quarterly_review", "plan_id", "plan"),
    ("quarterly_review", "version_id", "plan_version"),
    ("review_signature", "review_id", "quarterly_review"),
    ("promise", "review_id", "quarterly_review"),
    ("weeknote", "organisation_id", "organisation"),
    ("edition", "organisation_id", "organisation"),
    ("edition", "version_id", "plan_version"),
    ("edition_step", "edition_id", "edition"),
    ("public_words", "organisation_id", "organisation"),
    ("visibility", "organisation_id", "organisation"),
    ("public_comment", "organisation_id", "organisation"),
    ("resident_view", "organisation_id", "organisation"),
    ("logo", "organisation_id", "organisation"),
    ("person_grant", "person_id", "person"),
    ("person_grant", "organisation_id", "organisation"),
    ("person_grant", "department_id", "department"),
    ("personal_link", "person_id", "person"),
    ("sign_in_session", "person_id", "person"),
    ("sign_in_session", "link_id", "personal_link"),
    ("round_terms", "round_id", "assessment_round"),
    ("round_secret", "round_id", "assessment_round"),
    ("round_seal", "round_id", "assessment_round"),
    ("invitation", "round_id", "assessment_round"),
    ("invitation", "person_id", "person"),
    ("invitation", "department_id", "department"),
    ("evidence_file", "respondent_id", "respondent"),
    ("evidence_flag", "respondent_id", "respondent"),
    ("sent_back", "respondent_id", "respondent"),
    ("department_reply", "round_id", "assessment_round"),
    ("department_reply", "department_id", "department"),
    ("partnership_member", "partnership_id", "organisation"),
    ("partnership_member", "organisation_id", "organisation"),
    ("shared_result", "partnership_id", "organisation"),
    ("shared_result", "organisation_id", "organisation"),
    ("shared_result", "round_id", "assessment_round"),
    ("workshop", "round_id", "assessment_round"),
    ("workshop", "department_id", "department"),
    ("workshop", "current_matter", "workshop_matter"),
    ("workshop_matter", "workshop_id", "workshop"),
    ("workshop_matter", "department_id", "department"),
    ("workshop_participant", "workshop_id", "workshop"),
    ("workshop_vote", "matter_id", "workshop_matter"),
    ("workshop_note", "workshop_id", "workshop"),
    ("workshop_note", "matter_id", "workshop_matter"),
)


def check_store(store: Store) -> list[str]:
    """Everything that is wrong with the content of a store, a sentence each; an empty list if it is sound."""
    with store.reading() as tx:
        return [
            *differences(tx),
            *orphans(tx),
            *broken_seals(tx),
            *broken_versions(tx),
            *broken_reviews(tx),
            *broken_editions(tx),
            *verify_chain(store),
        ]


def differences(tx: Tx) -> list[str]:
    """Whether the current answers are what the log says."""
    row = tx.one(f"""SELECT count(*) AS n FROM (
        (SELECT {_KEPT} FROM answer EXCEPT {_LATEST}) UNION ALL
        ({_LATEST} EXCEPT SELECT {_KEPT} FROM answer)) AS odd""")
    odd = row["n"] if row else 0
    return [f"{odd} current answers differ from the log; rebuild them from it"] if odd else []


def rebuild_answers(tx: Tx) -> None:
    """Make the current answers anew from the log."""
    tx.run("DELETE FROM answer")
    tx.run(f"INSERT INTO answer({_KEPT}) {_LATEST}")


def orphans(tx: Tx) -> list[str]:
    """Rows that point to something that is not there (the tables have no foreign keys)."""
    found = []
    for table, column, target in REFERENCES:
        row = tx.one(f"""SELECT count(*) AS n FROM {table} t LEFT JOIN {target} o ON o.id = t.{column}
            WHERE t.{column} IS NOT NULL AND o.id IS NULL""")
        if row and row["n"]:
            found.append(f"{row['n']} rows of {table} name a {column.removesuffix('_id')} that does not exist")
    return found
