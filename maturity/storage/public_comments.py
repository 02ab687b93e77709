"""What residents wrote, and what became of it; nothing here says who. Texts go when their time is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from maturity.roadmap.comments import Comment
from maturity.storage.engine import Tx

READ = """id, code, language, text, received_at, state, reason, shown, kind, answer, moderated_by, moderated_at,
  row_version"""


def comments_of(tx: Tx, organisation_id: UUID) -> tuple[Comment, ...]:
    """Every comment on an organisation's roadmap, the earliest first."""
    found = tx.rows(
        f"SELECT {READ} FROM public_comment WHERE organisation_id = $organisation ORDER BY received_at, id",
        organisation=organisation_id,
    )
    return tuple(_comment(row) for row in found)


def comment_row(tx: Tx, comment_id: UUID) -> tuple[UUID, Comment] | None:
    """The organisation whose roadmap a comment is about, and the comment; None for one that is not there."""
    row = tx.one(f"SELECT organisation_id, {READ} FROM public_comment WHERE id = $id", id=comment_id)
    return (row["organisation_id"], _comment(row)) if row else None


def add_comment(tx: Tx, organisation_id: UUID, comment: Comment) -> bool:
    """Adds a comment that waits; False where there is one of this id already."""
    row = tx.one(
        """INSERT INTO public_comment(id, organisation_id, code, language, text, received_at, state, reason, shown,
             kind, answer, moderated_by, moderated_at, row_version)
           VALUES ($id, $organisation, $code, $language, $text, $received, 'waiting', '', '', '', '', NULL, NULL, 1)
           ON CONFLICT (id) DO NOTHING RETURNING row_version""",
        id=UUID(comment.id), organisation=organisation_id, code=comment.code, language=comment.language,
        text=comment.text, received=comment.received_at,
    )  # fmt: skip
    return row is not None


def moderate_comment(tx: Tx, comment: Comment, expected_version: int) -> int | None:
    """Writes what became of a comment, and its text, over the version that was read; None where somebody else was
    faster."""
    row = tx.one(
        """UPDATE public_comment SET text = $text, state = $state, reason = $reason, shown = $shown, kind = $kind,
             answer = $answer, moderated_by = $by, moderated_at = $at, row_version = row_version + 1
           WHERE id = $id AND row_version = $expected RETURNING row_version""",
        id=UUID(comment.id), text=comment.text, state=comment.state, reason=comment.reason, shown=comment.shown,
        kind=comment.kind, answer=comment.answer, by=comment.moderated_by, at=comment.moderated_at,
        expected=expected_version,
    )  # fmt: skip
    return int(row["row_version"]) if row else None


def forget_texts(tx: Tx, organisation_id: UUID, before: datetime) -> int:
    """Empties the text of comments that were refused before this moment, and takes from published ones what was left
    out of them; counts and reasons stay. Returns how many texts went."""
    row = tx.rows(
        """UPDATE public_comment SET text = CASE WHEN state = 'refused' THEN '' ELSE shown END,
             row_version = row_version + 1
           WHERE organisation_id = $organisation AND moderated_at < $before
             AND ((state = 'refused' AND text <> '') OR (state = 'published' AND text <> shown)) RETURNING id""",
        organisation=organisation_id, before=before,
    )  # fmt: skip
    return len(row)


def received_since(tx: Tx, organisation_id: UUID, since: datetime) -> int:
    """How many comments came in since a moment, whatever became of them."""
    row = tx.one(
        "SELECT count(*) AS n FROM public_comment WHERE organisation_id = $organisation AND received_at > $since",
        organisation=organisation_id, since=since,
    )  # fmt: skip
    return int(row["n"]) if row else 0


def waiting_count(tx: Tx, organisation_id: UUID) -> int:
    """How many comments nobody has looked at yet."""
    row = tx.one(
        "SELECT count(*) AS n FROM public_comment WHERE organisation_id = $organisation AND state = 'waiting'",
        organisation=organisation_id,
    )
    return int(row["n"]) if row else 0


def overdue_texts(tx: Tx, organisation_id: UUID, before: datetime) -> int:
    """How many texts `forget_texts` would take."""
    row = tx.one(
        """SELECT count(*) AS n FROM public_comment WHERE organisation_id = $organisation AND moderated_at < $before
             AND ((state = 'refused' AND text <> '') OR (state = 'published' AND text <> shown))""",
        organisation=organisation_id, before=before,
    )  # fmt: skip
    return int(row["n"]) if row else 0


def action_titles(tx: Tx, organisation_id: UUID) -> dict[str, str]:
    """What every action that ever stood in a plan of an organisation is called, in its newest plan, by code."""
    found = tx.rows(
        """SELECT a.code, a.title FROM plan_action a JOIN plan p ON p.id = a.plan_id
           WHERE p.organisation_id = $organisation ORDER BY p.made_at, a.code""",
        organisation=organisation_id,
    )
    return {row["code"]: row["title"] for row in found}


def _comment(row: Mapping[str, Any]) -> Comment:
    values = {name: value for name, value in row.items() if name != "organisation_id"}
    return Comment(**{**values, "id": str(row["id"])})
