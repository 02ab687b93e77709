"""How old evidence is, and how much of what was answered rests on evidence that is still fresh.

Age is about days only: how strong evidence is, and what a reviewer thinks of it, changes nothing here, and nothing here
changes a score.
"""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from maturity.assessment.scores import Place, RoundScores
from maturity.framework.model import Framework


class NewestEvidence(NamedTuple):
    """The day of the newest evidence that a department's sent answers to one question come with."""

    department: str
    question: str
    day: date


class _Share(NamedTuple):
    """Of what applies at a place: the shares 0..1 that were answered, and answered with fresh evidence."""

    answered: float | None
    fresh: float | None


NOTHING_APPLIES = _Share(None, None)


def months_after(day: date, months: int) -> date:
    """The same day of the month, `months` later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def evidence_day(evidence_date: date | None, answered_on: date) -> date:
    """The day that evidence is of: as it was given, else the day of the answer."""
    return evidence_date or answered_on


def is_fresh(day: date, months: int, today: date) -> bool:
    """Whether evidence of a day is fresh today: up to and with the day that is `months` later."""
    return today <= months_after(day, months)


def fresh_coverage(
    framework: Framework, scores: RoundScores, newest: Iterable[NewestEvidence], months: int, today: date
) -> dict[Place, float | None]:
    """The share 0..1 of what applies that was answered with fresh evidence, for every place of the scores.

    The same tree, weights and base as the coverage beside it, so it is never above that; None where nothing applies."""
    fresh = {(each.department, each.question) for each in newest if is_fresh(each.day, months, today)}
    shares: dict[Place, _Share] = {}
    for place, score in scores.scores.items():
        if place.question:
            rests = (place.department, place.question) in fresh
            shares[place] = _Share(score.coverage, None if score.coverage is None else score.coverage * rests)
    for department in dict.fromkeys(place.department for place in list(shares)):
        _add_department(framework, department, shares)
    own, rolled_up = dict(shares), {None, *scores.groups}  # a group may answer by itself and be one of its own parts
    for place, score in scores.scores.items():
        if place.department in rolled_up and not place.question:
            shares[place] = _fold([(own.get(part.place, NOTHING_APPLIES), part.weight) for part in score.parts])
    return {place: shares.get(place, NOTHING_APPLIES).fresh for place in scores.scores}


def _add_department(framework: Framework, department: str | None, shares: dict[Place, _Share]) -> None:
    """Topics, dimensions and the whole of a department that answers by itself, from its questions."""
    dimensions = []
    for dimension in framework.dimensions:
        topics = []
        for topic in dimension.topics:
            place = Place(department, dimension.id, topic.id)
            asked = [(shares.get(place._replace(question=q.id), NOTHING_APPLIES), q.weight) for q in topic.questions]
            shares[place] = _fold(asked)
            topics.append((shares[place], topic.weight))
        shares[Place(department, dimension.id)] = _fold(topics)
        dimensions.append((shares[Place(department, dimension.id)], dimension.weight))
    shares[Place(department)] = _fold(dimensions)


def _fold(below: Sequence[tuple[_Share, float]]) -> _Share:
    applies = [(share.answered, share.fresh or 0.0, weight) for share, weight in below if share.answered is not None]
    total = math.fsum(weight for _, _, weight in applies)
    if not total:
        return NOTHING_APPLIES
    answered = math.fsum(share * weight for share, _, weight in applies) / total
    return _Share(answered, min(answered, math.fsum(share * weight for _, share, weight in applies) / total))
