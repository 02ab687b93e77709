"""The seal of a signed-off round: one hash over all that made its scores, and over nothing that names a person.

No free text, no name and no person is in it, so that somebody's data can be erased without breaking it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What made a round's scores. `framework` is the SHA-256 of the framework's text, `topics` the ids that the round
    asked about (empty: all), `weights` those of the roll-up by department code.

    A row of `answers` is (respondent, department, question, state, level, option, points), of `decided`
    (department, question, source, level, points); each respondent is an id that says nothing of the person."""

    framework: str
    track: str
    topics: Sequence[str]
    weights: Mapping[str, float]
    answers: Sequence[Sequence[Cell]]
    decided: Sequence[Sequence[Cell]]


def seal(sealed: Sealed) -> str:
    """The SHA-256, in hex: the same for the same content in whatever order the rows come."""
    digest = hashlib.sha256()
    head = [sealed.framework, sealed.track, list(sealed.topics), {c: float(w) for c, w in sealed.weights.items()}]
    digest.update(_written(head))
    for rows in (sealed.answers, sealed.decided):
        digest.update(b"\n\n")
        for row in sorted(rows, key=lambda row: tuple(map(str, row[:3]))):
            digest.update(b"\n" + _written(list(row)))
    return digest.hexdigest()


def _written(value: object) -> bytes:
    """JSON whose bytes depend on the value alone."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
