"""Maturity over the rounds, for setting it beside outcomes: what the visitor may see, when they may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from maturity.access.roles import Visitor
from maturity.assessment.scores import RoundScores
from maturity.operations.early_sight import OVER, is_shown
from maturity.operations.rounds import Round, rounds
from maturity.operations.scores import scores_of
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.outcomes import ScoreAt


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredRound:
    """A round that is over: its day, and the scores of its topics in levels."""

    name: str
    on: date
    topics: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class MaturityCourse:
    """The rounds on the newest framework with levels, the earliest first; `department` is whose scores these are, None
    for the whole organisation."""

    department: str | None
    rounds: tuple[ScoredRound, ...]

    def of(self, topics: Sequence[str]) -> tuple[ScoreAt, ...]:
        """The mean score of topics in each round that scored all of them that the newest round did: like with like."""
        if not self.rounds:
            return ()
        asked = [each for each in topics if each in self.rounds[-1].topics]
        whole = [each for each in self.rounds if asked and all(topic in each.topics for topic in asked)]
        return tuple(
            ScoreAt(round=each.name, on=each.on, score=sum(each.topics[topic] for topic in asked) / len(asked))
            for each in whole
        )


def maturity_course(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> MaturityCourse:
    """Scores by topic over the rounds that are over and shown to the visitor; of the visitor's first department where
    they see no more."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_department_results")
    over = [
        each
        for each in rounds(workspace, visitor, mine.name)
        if each.status in OVER and each.framework.levels and is_shown(workspace, visitor, each)
    ]
    alike = [each for each in over if each.framework.id == over[-1].framework.id]
    seen = [(each, scores_of(workspace, visitor, each.name, mine.name)) for each in alike]
    department = _whose(seen[-1][1]) if seen else None
    scored = (_scored(round_, scores, department) for round_, scores in seen)
    return MaturityCourse(department=department, rounds=tuple(each for each in scored if each is not None))


def _whose(scores: RoundScores) -> str | None:
    whole = any(place.department is None for place in scores.scores)
    return None if whole else next(iter(scores.departments), None)


def _scored(round_: Round, scores: RoundScores, department: str | None) -> ScoredRound | None:
    on = round_.closes_on or round_.opens_on
    found = {
        place.topic: score.score
        for place, score in scores.scores.items()
        if place.department == department and place.topic and not place.question and score.score is not None
    }
    return ScoredRound(name=round_.name, on=on, topics=found) if on and found else None
