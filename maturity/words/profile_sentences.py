"""What a department's profile says in words: strengths, gaps, and what there is nothing of."""

from __future__ import annotations

from collections.abc import Mapping

from maturity.words.messages import counted, shown_score

NO_SCORE_HERE = "No result yet. It appears when somebody of the department has sent answers."
NO_KPIS_HERE = "None of the department's own actions has a KPI."
NO_REPLY_HERE = "The head of the department has not replied to this result."
MOST = 3


def strengths_and_gaps(
    scores: Mapping[str, float | None], targets: Mapping[str, float], names: Mapping[str, str]
) -> list[str]:
    """What a department does best, and what is furthest from its own target; topics are compared with each other and
    with targets, never departments with departments. `scores` and `targets` are in levels by topic."""
    known = {topic: score for topic, score in scores.items() if score is not None}
    if not known:
        return ["No topic has a score yet."]
    return [_strengths(known, names), _gaps(known, targets, names), *_unknown(len(scores) - len(known))]


def _strengths(known: Mapping[str, float], names: Mapping[str, str]) -> str:
    best = sorted(known, key=lambda topic: -known[topic])[:MOST]
    return f"Strongest: {', '.join(f'{names[topic]} ({shown_score(known[topic])})' for topic in best)}."


def _gaps(known: Mapping[str, float], targets: Mapping[str, float], names: Mapping[str, str]) -> str:
    gaps = {
        topic: targets[topic] - known[topic] for topic in known if topic in targets and targets[topic] > known[topic]
    }
    if not gaps:
        return "No topic is below a target." if targets else "No target is set for this department."
    widest = sorted(gaps, key=lambda topic: -gaps[topic])[:MOST]
    said = [f"{names[topic]} ({shown_score(known[topic])}, target {targets[topic]:g})" for topic in widest]
    return f"Furthest below its target: {', '.join(said)}."


def _unknown(number: int) -> list[str]:
    return [f"{counted(number, 'topic')} without a score."] if number else []
