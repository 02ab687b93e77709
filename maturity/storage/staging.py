"""Imports: batches of short transactions that nobody sees, then one flip that shows them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from maturity.storage.answers import CONTENT, content
from maturity.storage.engine import Store, Tx, new_id
from maturity.storage.revision import bump
from maturity.storage.rounds import round_scope
from maturity.storage.rows import StagedRespondent

BATCH = 3_000  # answers per transaction: none may last above a tenth of a second
_RESPONDENT = (
    *("id", "round_id", "department_id", "person", "label", "role_family", "speaks_for"),
    *("status", "started_at", "submitted_at", "row_version"),
)
_EVENT = ["id", "respondent_id", *CONTENT, "actor", "made_at"]
_ANSWER = ["event_id", "respondent_id", *CONTENT, "made_at", "row_version"]
Rows = list[tuple[Any, ...]]


def stage_answers(
    store: Store,
    round_id: UUID,
    respondents: Iterable[StagedRespondent],
    *,
    actor: str,
    now: datetime,
    batch: int = BATCH,
    told: Callable[[int], None] | None = None,
) -> int:
    """Bring in respondents with their answers, unseen until `publish_staged`; returns the count of answers.

    `told` hears the count so far after every transaction, for a progress bar."""
    count = 0
    for people, events, answers in _batches(round_id, respondents, actor, now, batch):
        store.write(_stage, people, events, answers)
        count += len(answers)
        if told:
            told(count)
    return count


def _batches(
    round_id: UUID, respondents: Iterable[StagedRespondent], actor: str, now: datetime, batch: int
) -> Iterator[tuple[Rows, Rows, Rows]]:
    people: Rows = []
    events: Rows = []
    answers: Rows = []
    for one in respondents:
        began = one.started_at or now
        people.append(
            (
                one.id,
                round_id,
                one.department_id,
                one.person,
                one.label,
                one.role_family,
                one.speaks_for,
                "staged",
                began,
                one.submitted_at,
                1,
            )
        )
        for answer in one.answers:
            event, made_at, values = new_id(now), one.submitted_at or now, content(answer)
            events.append((event, one.id, *values, actor, made_at))
            answers.append((event, one.id, *values, made_at, 1))
            if len(answers) >= batch:
                yield people, events, answers
                people, events, answers = [], [], []
        if len(people) >= batch:
            yield people, events, answers
            people, events, answers = [], [], []
    if people or answers:
        yield people, events, answers


def _stage(tx: Tx, people: Rows, events: Rows, answers: Rows) -> None:
    tx.insert("respondent", _RESPONDENT, people)
    tx.insert("answer_event", _EVENT, events)
    tx.insert("answer", _ANSWER, answers)


def publish_staged(tx: Tx, round_id: UUID, now: datetime) -> int:
    """Make everything staged for a round count, at once; returns how many respondents."""
    waiting = tx.one(
        "SELECT count(*) AS n FROM respondent WHERE round_id = $round AND status = 'staged'", round=round_id
    )
    tx.run(  # RETURNING would make DuckDB a hundred times slower here
        """UPDATE respondent SET status = 'submitted', submitted_at = coalesce(submitted_at, $now),
             row_version = row_version + 1
           WHERE round_id = $round AND status = 'staged'""",
        round=round_id,
        now=now,
    )
    bump(tx, round_scope(round_id))
    return int(waiting["n"]) if waiting else 0


def discard_staged(store: Store, round_id: UUID, *, batch: int = 100) -> int:
    """Remove what was staged for a round and never published, some respondents at a time; returns how many."""
    count = 0
    while gone := store.write(_discard, round_id, batch):
        count += gone
    return count


def _discard(tx: Tx, round_id: UUID, batch: int) -> int:
    found = tx.rows(
        "SELECT id FROM respondent WHERE round_id = $round AND status = 'staged' ORDER BY id LIMIT $batch",
        round=round_id,
        batch=batch,
    )
    people = [row["id"] for row in found]
    if people:
        tx.run("DELETE FROM answer WHERE respondent_id = ANY($people)", people=people)
        tx.run("DELETE FROM answer_event WHERE respondent_id = ANY($people)", people=people)
        tx.run("DELETE FROM respondent WHERE id = ANY($people)", people=people)
    return len(people)
