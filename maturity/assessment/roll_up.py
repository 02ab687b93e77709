"""What an organisation gives of a round to a partnership: its own scores, by dimension and topic too, and how many
departments and people they rest on. Nothing of any one department, and nothing of few people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from maturity.assessment.scores import Place, RoundScores
from maturity.framework.model import Framework

FEWEST_RESPONDENTS = 5
"""Where fewer people answered in all, nothing is given: a score would say what each of them thinks."""


class TooFewPeople(ValueError):
    """A round that fewer than `FEWEST_RESPONDENTS` people answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledUp:
    """One line: the organisation (no dimension), a dimension (no topic) or a topic. `score` is in levels, in points
    where the framework counts points; `coverage` is 0 to 1."""

    dimension: str | None
    topic: str | None
    score: float | None
    max_points: float | None
    coverage: float | None
    level: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp:
    """Everything that is given, and nothing else: kept as a copy, which later changes of the round do not touch."""

    organisation: str
    round: str
    opens_on: date | None
    closes_on: date | None
    framework: str
    version: str
    departments: int
    respondents: int
    lines: tuple[RolledUp, ...]

    def of(self, dimension: str | None = None, topic: str | None = None) -> RolledUp | None:
        """The line of a place; None where the framework of this round does not have it."""
        return next((each for each in self.lines if (each.dimension, each.topic) == (dimension, topic)), None)


def roll_up(
    framework: Framework,
    scores: RoundScores,
    *,
    organisation: str,
    name: str,
    opens_on: date | None,
    closes_on: date | None,
) -> RollUp:
    """The roll-up of a round's scores; `TooFewPeople` where fewer than five answered in all."""
    people = scores.of().respondents
    if people < FEWEST_RESPONDENTS:
        raise TooFewPeople(
            f"{people} people answered in the round {name!r}; nothing is given below {FEWEST_RESPONDENTS} people"
        )
    places = [Place()]
    for dimension in framework.dimensions:
        places += [Place(None, dimension.id), *(Place(None, dimension.id, topic.id) for topic in dimension.topics)]
    return RollUp(
        organisation=organisation,
        round=name,
        opens_on=opens_on,
        closes_on=closes_on,
        framework=framework.id,
        version=framework.version,
        departments=sum(1 for code in scores.departments if scores.of(code).score is not None),
        respondents=people,
        lines=tuple(_line(scores, place) for place in places if place in scores.scores),
    )


def _line(scores: RoundScores, place: Place) -> RolledUp:
    score = scores.scores[place]
    return RolledUp(
        dimension=place.dimension,
        topic=place.topic,
        score=score.score if score.points is None else score.points,
        max_points=score.max_points,
        coverage=score.coverage,
        level=score.level,
    )


def written(made: RollUp) -> str:
    """The roll-up as JSON: the same bytes for the same roll-up."""
    body = asdict(made) | {
        name: day.isoformat() if (day := getattr(made, name)) else None for name in ("opens_on", "closes_on")
    }
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def read(body: str) -> RollUp:
    """The roll-up that `written` gave."""
    kept: Mapping[str, Any] = json.loads(body)
    days = {name: date.fromisoformat(kept[name]) if kept[name] else None for name in ("opens_on", "closes_on")}
    return RollUp(**{**kept, **days, "lines": tuple(RolledUp(**line) for line in kept["lines"])})
