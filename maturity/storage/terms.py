"""The terms of a round, and the secret that an anonymous one knows its people by while it is open."""

from __future__ import annotations

import json
from uuid import UUID

from maturity.assessment.terms import RoundTerms
from maturity.storage.engine import Tx, canonical
from maturity.storage.revision import SETUP, bump
from maturity.storage.rounds import round_scope


def terms_of(tx: Tx, round_id: UUID) -> RoundTerms:
    """The terms that a round is held on; the usual ones where none were set."""
    row = tx.one(
        """SELECT anonymity, topics, least_respondents, front_line, lead_days, evidence_months
           FROM round_terms WHERE round_id = $round""",
        round=round_id,
    )
    return RoundTerms(**{**row, "topics": tuple(json.loads(row["topics"]))}) if row else RoundTerms()


def save_terms(tx: Tx, round_id: UUID, terms: RoundTerms) -> None:
    """Keep a round's terms, in place of those before."""
    tx.run(
        """INSERT INTO round_terms(round_id, anonymity, topics, least_respondents, front_line, lead_days,
             evidence_months)
           VALUES ($round, $anonymity, $topics, $least, $front_line, $lead_days, $months)
           ON CONFLICT (round_id) DO UPDATE SET anonymity = excluded.anonymity, topics = excluded.topics,
             least_respondents = excluded.least_respondents, front_line = excluded.front_line,
             lead_days = excluded.lead_days, evidence_months = excluded.evidence_months""",
        round=round_id,
        anonymity=terms.anonymity,
        topics=canonical(list(terms.topics)),
        least=terms.least_respondents,
        front_line=terms.front_line,
        lead_days=terms.lead_days,
        months=terms.evidence_months,
    )
    bump(tx, SETUP)
    bump(tx, round_scope(round_id))


def round_secret(tx: Tx, round_id: UUID) -> str | None:
    """The secret of an anonymous round, None where there is none (any more)."""
    row = tx.one("SELECT secret FROM round_secret WHERE round_id = $round", round=round_id)
    return row["secret"] if row else None


def keep_round_secret(tx: Tx, round_id: UUID, secret: str) -> None:
    """Give a round its secret; one that is there stays."""
    tx.run(
        "INSERT INTO round_secret(round_id, secret) VALUES ($round, $secret) ON CONFLICT (round_id) DO NOTHING",
        round=round_id,
        secret=secret,
    )


def drop_round_secret(tx: Tx, round_id: UUID) -> None:
    """From now on nobody can tell who an anonymous round's respondents were."""
    tx.run("DELETE FROM round_secret WHERE round_id = $round", round=round_id)
