"""How sure a score is: a 90 % bootstrap interval over the respondents of a department.

The cluster that is drawn is the person, not the answer (Efron and Tibshirani 1993, chapter 6); each draw recomputes
the same medians and weighted means as the score itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

FEWEST_RESPONDENTS = 3
SHARE = 0.90


def bootstrap_interval(
    answers: Sequence[Mapping[str, float]],
    weights: Mapping[str, Mapping[str, float]],
    topic_weights: Mapping[str, float],
    *,
    seed: int,
    draws: int = 1000,
) -> tuple[float, float] | None:
    """Lowest and highest score of the middle 90 % of draws, in levels; None below three respondents.

    `answers` holds each respondent's scores by question, `weights` the question weights by topic, `topic_weights`
    how the topics count (one topic alone gives the interval of that topic).
    """
    if len(answers) < FEWEST_RESPONDENTS:
        return None
    questions = [question for topic in weights.values() for question in topic]
    matrix = np.array([[person.get(question, np.nan) for question in questions] for person in answers], dtype=float)
    matrix = matrix[np.lexsort(matrix.T)]  # in whatever order people come (or are called), the same draws
    drawn = np.random.default_rng(seed).integers(0, len(answers), size=(draws, len(answers)))
    medians = _medians(matrix[drawn])
    topics, at = [], 0
    for topic in weights.values():
        topics.append(_weighted_means(medians[:, at : at + len(topic)], np.array(list(topic.values()))))
        at += len(topic)
    totals = _weighted_means(np.column_stack(topics), np.array([topic_weights[topic] for topic in weights]))
    totals = totals[~np.isnan(totals)]
    if not len(totals):
        return None
    low, high = np.quantile(totals, [(1 - SHARE) / 2, (1 + SHARE) / 2])
    return float(low), float(high)


def _medians(draws: np.ndarray) -> np.ndarray:
    """Medians over the people (axis 1) of what was answered; NaN where nobody drawn answered."""
    ordered = np.sort(draws, axis=1)  # NaN goes last
    count = (~np.isnan(draws)).sum(axis=1)
    low = np.take_along_axis(ordered, np.maximum((count - 1) // 2, 0)[:, None, :], axis=1)[:, 0, :]
    high = np.take_along_axis(ordered, (count // 2).clip(max=draws.shape[1] - 1)[:, None, :], axis=1)[:, 0, :]
    return np.where(count > 0, (low + high) / 2, np.nan)


def _weighted_means(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted means along the rows over what is there; NaN where nothing is."""
    there = ~np.isnan(values)
    total = (there * weights).sum(axis=1)
    summed = (np.where(there, values, 0.0) * weights).sum(axis=1)
    return np.divide(summed, total, out=np.full(len(values), np.nan), where=total > 0)
