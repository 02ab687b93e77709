"""Own words for residents by action code and language, beside the catalogue's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maturity.roadmap.editions import Language, PublicWords
from maturity.storage.engine import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What an organisation says of an action in one language, who wrote it, and the version that it stands in."""

    code: str
    language: Language
    words: PublicWords
    set_by: str
    set_at: datetime
    row_version: int


def words_of(tx: Tx, organisation_id: UUID) -> tuple[OwnWords, ...]:
    """Every own word of an organisation, by code and language."""
    found = tx.rows(
        """SELECT code, language, title, plain, outcome, set_by, set_at, row_version FROM public_words
           WHERE organisation_id = $organisation ORDER BY code, language""",
        organisation=organisation_id,
    )
    return tuple(
        OwnWords(
            code=row["code"], language=row["language"], set_by=row["set_by"], set_at=row["set_at"],
            words=PublicWords(title=row["title"], plain=row["plain"], outcome=row["outcome"]),
            row_version=row["row_version"],
        )
        for row in found
    )  # fmt: skip


def set_words(tx: Tx, organisation_id: UUID, own: OwnWords) -> int | None:
    """Writes words over the version that was read, 0 where there were none; None where somebody else was faster."""
    values = {
        "organisation": organisation_id, "code": own.code, "language": own.language, "title": own.words.title,
        "plain": own.words.plain, "outcome": own.words.outcome, "by": own.set_by, "at": own.set_at,
    }  # fmt: skip
    if own.row_version == 0:
        row = tx.one(
            """INSERT INTO public_words(organisation_id, code, language, title, plain, outcome, set_by, set_at,
                 row_version)
               VALUES ($organisation, $code, $language, $title, $plain, $outcome, $by, $at, 1)
               ON CONFLICT (organisation_id, code, language) DO NOTHING RETURNING row_version""",
            **values,
        )
    else:
        row = tx.one(
            """UPDATE public_words SET title = $title, plain = $plain, outcome = $outcome, set_by = $by, set_at = $at,
                 row_version = row_version + 1
               WHERE organisation_id = $organisation AND code = $code AND language = $language
                 AND row_version = $expected RETURNING row_version""",
            expected=own.row_version,
            **values,
        )
    return int(row["row_version"]) if row else None


def drop_words(tx: Tx, organisation_id: UUID, code: str, language: Language, expected: int) -> bool:
    """Takes own words away, as they were read; False where somebody else was faster."""
    row = tx.one(
        """DELETE FROM public_words WHERE organisation_id = $organisation AND code = $code AND language = $language
             AND row_version = $expected RETURNING row_version""",
        organisation=organisation_id, code=code, language=language, expected=expected,
    )  # fmt: skip
    return row is not None
