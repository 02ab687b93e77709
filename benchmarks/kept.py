"""Whether the store holds what the server has confirmed: every answer in the log, and the last one as it stands now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maturity.storage.engine import open_store

Place = tuple[str, str]  # a person and a question
LOG = """
SELECT r.person, e.question, e.state, e.level
FROM answer_event e JOIN respondent r ON r.id = e.respondent_id
ORDER BY e.made_at, e.id
"""
NOW = """
SELECT r.person, a.question, a.state, a.level
FROM answer a JOIN respondent r ON r.id = a.respondent_id
ORDER BY r.person, a.question
"""


@dataclass(frozen=True, slots=True)
class Click:
    """An answer that somebody has given: what they chose ("1" to "5", or "dont_know"), and whether the page said that
    it is saved."""

    person: str
    question: str
    chosen: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a comparison has found. `lost` are confirmed clicks that are missing in the log, or that were the last on
    their question and are not what the store holds now; `unasked` are answers in the log that nobody has given."""

    confirmed: int
    unconfirmed: int
    lost: tuple[Click, ...]
    unasked: int


def compare(url: str, clicks: Iterable[Click]) -> Kept:
    """Looks for every click, in the order of its question, in the store at `url`, which nobody else may have open."""
    given: dict[Place, list[Click]] = defaultdict(list)
    for click in clicks:
        given[click.person, click.question].append(click)
    logged, now = _stored(url)
    every = [click for sent in given.values() for click in sent]
    confirmed = sum(click.confirmed for click in every)
    missing = (_missing(sent, logged.get(place, []), now.get(place)) for place, sent in given.items())
    said = Counter((place, chosen) for place, answers in logged.items() for chosen in answers)
    asked_for = Counter(((click.person, click.question), click.chosen) for click in every)
    return Kept(
        confirmed=confirmed,
        unconfirmed=len(every) - confirmed,
        lost=tuple(click for found in missing for click in found),
        unasked=(said - asked_for).total(),
    )


def _missing(sent: Sequence[Click], logged: Sequence[str], now: str | None) -> list[Click]:
    """The confirmed clicks on one question that are not in its log in their order, or not what holds now."""
    confirmed = [number for number, click in enumerate(sent) if click.confirmed]
    lost, seen = [], 0
    for number in confirmed:
        if sent[number].chosen in logged[seen:]:
            seen = logged.index(sent[number].chosen, seen) + 1
        else:
            lost.append(number)
    last = confirmed[-1] if confirmed else len(sent)
    # A later click that was never confirmed may have been stored all the same.
    if confirmed and last not in lost and now not in {click.chosen for click in sent[last:]}:
        lost.append(last)
    return [sent[number] for number in lost]


def _stored(url: str) -> tuple[dict[Place, list[str]], dict[Place, str]]:
    """Everything that was ever answered, and what holds now, by person and question."""
    store = open_store(url)
    try:
        with store.reading() as tx:
            events, current = tx.rows(LOG), tx.rows(NOW)
    finally:
        store.close()
    logged: dict[Place, list[str]] = defaultdict(list)
    for row in events:
        logged[row["person"], row["question"]].append(_chosen(row))
    return logged, {(row["person"], row["question"]): _chosen(row) for row in current}


def _chosen(row: Mapping[str, Any]) -> str:
    return str(row["level"]) if row["state"] == "level" else str(row["state"])
