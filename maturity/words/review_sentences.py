"""What the picture of self-scores beside reviewed values says, computed from the rows that it draws."""

from __future__ import annotations

import pandas as pd

from maturity.words.chart_sentences import ChartSentences, nothing, subtitle_of
from maturity.words.messages import counted


def optimism_sentences(frame: pd.DataFrame, *, source: str, period: str = "", unit: str = "levels") -> ChartSentences:
    """Which way the differences go, never who leads; columns place, score, target, questions. `source` is how the
    found values are called, as "reviewed values"."""
    heading = f"Self-scores beside {source}, by department"
    if frame.empty:
        return nothing(heading)
    change = (frame["score"] - frame["target"]).round(1)
    higher, lower, same = int((change > 0).sum()), int((change < 0).sum()), int((change == 0).sum())
    total = len(frame)
    questions = int(frame["questions"].sum())
    subtitle = subtitle_of(
        f"Means over the questions that have both, in {unit}",
        period,
        f"{counted(total, 'department')}, {counted(questions, 'question')}",
    )
    rows = [
        f"{row['place']}: {row['score']:.1f} against {row['target']:.1f}, {counted(int(row['questions']), 'question')}."
        for row in frame.to_dict("records")
    ]
    told = f"{higher} higher, {lower} lower, {same} about the same."
    return ChartSentences(_title(higher, lower, total, source), subtitle, " ".join([f"{heading}. {told}", *rows]))


def _title(higher: int, lower: int, total: int, source: str) -> str:
    if not higher and not lower:
        return f"Self-scores and {source} are about the same"
    if total == 1:
        return f"The self-score is {'higher' if higher else 'lower'} than the {source}"
    if higher == total or lower == total:
        many = "Both" if total == 2 else f"All {total}"
        return f"{many} self-scores are {'higher' if higher else 'lower'} than the {source}"
    return f"{higher} of {total} self-scores {_are(higher)} higher, {lower} lower than the {source}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def fresh_sentence(coverage: float | None, fresh: float | None, months: int) -> str:
    """How much of what was answered rests on fresh evidence, as shares 0..1 of what applies."""
    if coverage is None or fresh is None:
        return "Nothing here applies."
    if not coverage:
        return "Nothing is answered here yet, so no evidence is asked for."
    of = fresh / coverage
    age = f"no older than {counted(months, 'month')}"
    if not fresh:
        return f"Nothing that was answered rests on evidence {age}."
    if of >= 1 - 1e-9:
        return f"Everything that was answered rests on evidence {age}."
    share = max(1, int(of * 100 + 1e-9))
    return f"{share}% of what was answered rests on evidence {age}."
