"""What an organisation aims at in a topic, from what its departments aim at there."""

from __future__ import annotations

from collections.abc import Mapping

from maturity.assessment.scores import Score


def target_of(score: Score, targets: Mapping[tuple[str, str], int], topic: str) -> float | None:
    """What a topic's score of the organisation becomes when every department has reached its target, weighted as the
    score is; None where no department has a target. Departments without one, or beyond it, stay where they are."""
    parts = [part for part in score.parts if part.counted and part.score is not None]
    aims = [targets.get((part.place.department or "", topic)) for part in parts]
    whole = sum(part.weight for part in parts)
    if not whole or not any(aims):
        return None
    reached = [max(aim or 0, part.score or 0) for aim, part in zip(aims, parts, strict=True)]
    return sum(part.weight * level for part, level in zip(parts, reached, strict=True)) / whole
