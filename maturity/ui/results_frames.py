"""Frames for the charts of the results page: pure functions over the scores of a round."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from maturity.assessment.aims import target_of
from maturity.assessment.scores import Place, RoundScores, Score
from maturity.charts.score_frames import NAN, Levels, number
from maturity.framework.model import Framework, Question
from maturity.operations.scores import Distribution


def profile_frame(
    framework: Framework,
    scores: RoundScores,
    department: str | None,
    targets: Levels,
) -> pd.DataFrame:
    """A department by topics beside the organisation (NaN where that may not be seen), or the organisation with the
    range of its departments and what its score becomes once they have all reached their targets. Columns as
    `profile_chart` and, with `place`, as `dumbbell_chart`."""
    rows = []
    for topic, dimension in framework.dimension_of.items():
        whole = scores.scores.get(Place(None, dimension.id, topic))
        own = [scores.of(code, dimension.id, topic).score for code in scores.departments] if department is None else []
        known = [score for score in own if score is not None]
        rows.append(
            {
                "topic": framework.topics[topic].name,
                "place": framework.topics[topic].name,
                "score": number(scores.of(department, dimension.id, topic).score),
                "target": number(
                    target_of(scores.of(None, dimension.id, topic), targets, topic)
                    if department is None
                    else targets.get((department, topic))
                ),
                "organisation": number(whole.score) if whole and department is not None else NAN,
                "lowest": min(known, default=NAN),
                "highest": max(known, default=NAN),
            }
        )
    return pd.DataFrame(rows)


def distribution_frame(framework: Framework, found: Sequence[Distribution]) -> pd.DataFrame:
    """Counts at each level by question, NaN where they may not be shown; columns as `distribution_chart`."""
    rows = []
    for each in found:
        counts = each.counts or (NAN,) * framework.top_level
        rows.append(
            {
                "question": framework.questions[each.question].text,
                **{f"n{level}": count for level, count in enumerate(counts, start=1)},
                "dont_know": number(each.dont_know),
                "median": number(each.median),
                "agreement": number(each.agreement),
            }
        )
    return pd.DataFrame(rows)


def theme_frame(framework: Framework, scores: RoundScores, names: Mapping[str, str]) -> pd.DataFrame:
    """Departments by themes: the weighted mean of a department's questions of each theme; columns as `heatmap_chart`
    with the column `theme`."""
    rows = []
    for department in scores.departments:
        for theme in framework.themes:
            asked = [(q, _question(framework, scores, department, q)) for q in _of_theme(framework, theme.id)]
            score, coverage = _mean(asked)
            rows.append(
                {
                    "department": names[department],
                    "theme": theme.name,
                    "score": number(score),
                    "target": NAN,
                    "coverage": coverage or 0.0,
                    "enough": score is not None and (coverage or 0.0) >= framework.least_coverage,
                }
            )
    return pd.DataFrame(rows)


def theme_matrix(
    framework: Framework, scores: RoundScores, department: str | None, weights: Mapping[str, float]
) -> pd.DataFrame:
    """Themes by topics from question scores, NaN where a topic asks nothing of a theme: of one department, or the
    weighted mean over all (`weights` by department)."""
    departments = scores.departments if department is None else (department,)
    rows = []
    for theme in framework.themes:
        row: dict[str, object] = {"theme": theme.name}
        for topic in framework.topics.values():
            asked = [q for q in _of_theme(framework, theme.id) if framework.topic_of[q.id].id == topic.id]
            per_department = [
                (weights.get(code, 1.0), _mean([(q, _question(framework, scores, code, q)) for q in asked])[0])
                for code in departments
            ]
            row[topic.name] = number(weighted_mean([(w, s) for w, s in per_department if s is not None]))
        rows.append(row)
    return pd.DataFrame(rows)


def weighted_mean(pairs: Sequence[tuple[float, float]]) -> float | None:
    """The mean of (weight, value) pairs; None where nothing weighs anything."""
    whole = math.fsum(weight for weight, _ in pairs)
    return math.fsum(weight * value for weight, value in pairs) / whole if whole else None


def _of_theme(framework: Framework, theme: str) -> list[Question]:
    return [question for question in framework.questions.values() if question.theme == theme]


def _question(framework: Framework, scores: RoundScores, department: str, question: Question) -> Score | None:
    topic = framework.topic_of[question.id].id
    return scores.scores.get(Place(department, framework.dimension_of[topic].id, topic, question.id))


def _mean(asked: Sequence[tuple[Question, Score | None]]) -> tuple[float | None, float | None]:
    """The weighted mean of question scores and the share of what applies that was answered."""
    known = [(question.weight, score) for question, score in asked if score is not None]
    applies = [(weight, score.coverage) for weight, score in known if score.coverage is not None]
    answered = [(weight, score.score) for weight, score in known if score.score is not None]
    return weighted_mean(answered), weighted_mean(applies)


def points_frame(scores: RoundScores, names: Mapping[str, str], dimension: str | None) -> pd.DataFrame:
    """Points of each department, in all or in one dimension, on a scale to the most there are; as `bullet_chart`."""
    rows = []
    for department in scores.departments:
        score = scores.of(department, dimension)
        rows.append(
            {
                "name": names[department],
                "unit": f"of {score.max_points or 0:,.10g} points",
                "score": number(score.points),
                "target": NAN,
                "previous": NAN,
                "highest": number(score.max_points),
            }
        )
    return pd.DataFrame(rows)


def points_sentences(frame: pd.DataFrame, *, subject: str, period: str) -> tuple[str, str, str]:
    """Title, subtitle and description of the bars of points."""
    known = frame.dropna(subset=["score"]) if not frame.empty else frame
    if known.empty:
        return (
            "Points by department",
            "Nothing to show yet",
            f"Points by department, {subject}: nothing yet.",
        )
    rows = [f"{row.name}: {row.score:,.10g} of {row.highest:,.10g}." for row in known.itertuples(index=False)]
    low, high = known["score"].min(), known["score"].max()
    ends = f"from {low:,.10g} to {high:,.10g}" if low < high else f"{high:,.10g} everywhere"
    return f"Points run {ends}", f"{subject}, points out of the most there are. {period}", " ".join(rows)
