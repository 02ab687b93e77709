"""The newest scored round as leaders read it: the score, how it moved, how topics and departments spread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.assessment.aims import target_of
from maturity.assessment.scores import Place, RoundScores, Score
from maturity.framework.model import Framework
from maturity.operations.early_sight import is_shown
from maturity.operations.rounds import Round, rounds
from maturity.operations.saved_plans import plans
from maturity.operations.scores import earlier_scores, scores_of
from maturity.operations.setup import the_organisation
from maturity.operations.targets import priority_topics_of, targets
from maturity.operations.workspace import Workspace
from maturity.words import leadership_sentences as words
from maturity.words.messages import where_we_stand

MOST_TOPICS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicNow:
    """A priority topic: its score, what it becomes when every department has reached its target, and the range over
    departments; None where there is none."""

    topic: str
    name: str
    score: float | None
    target: float | None
    lowest: float | None
    highest: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundNow:
    """A round on levels with the organisation's score, the score of the round before it (None: there is none to
    compare with), and its priority topics; `aims` is the round whose targets these have, the plan's."""

    round: Round
    scores: RoundScores
    before: tuple[str, float] | None
    topics: tuple[TopicNow, ...]
    aims: Round

    @property
    def framework(self) -> Framework:
        """What the round asked."""
        return self.round.framework

    @property
    def score(self) -> Score:
        """The organisation's score."""
        return self.scores.of()

    @property
    def change(self) -> float | None:
        """In levels since the round before."""
        return None if self.before is None or self.score.score is None else self.score.score - self.before[1]

    @property
    def headline(self) -> str:
        """The score and the level that it reaches."""
        level = self.score.level
        return where_we_stand(
            self.score.score,
            top_level=self.framework.top_level,
            level=level,
            level_name=self.framework.level_name(level) if level else "",
        )

    def department_range(self) -> tuple[float, float] | None:
        """The lowest and the highest score of a department; None below two of them."""
        found = [self.scores.of(code).score for code in self.scores.departments]
        known = [each for each in found if each is not None]
        return (min(known), max(known)) if len(known) > 1 else None

    def topic_scores(self) -> dict[str, float]:
        """The organisation's score of every topic that has one, by its name, in the framework's order."""
        found = {
            self.framework.topics[topic].name: self.scores.of(None, dimension.id, topic).score
            for topic, dimension in self.framework.dimension_of.items()
        }
        return {name: score for name, score in found.items() if score is not None}

    def furthest(self) -> TopicNow | None:
        """The priority topic with the widest way to its target."""
        open_ = [(each.target - each.score, each) for each in self.topics if each.target and each.score is not None]
        gap, found = max(open_, key=lambda pair: pair[0], default=(0.0, None))
        return found if gap > 0 else None

    def sentences(self) -> Iterator[str]:
        """How departments and topics spread, and what is furthest from its target."""
        yield words.spread_summary(self.department_range(), self.topic_scores())
        far = self.furthest()
        if far and far.score is not None and far.target is not None:
            of_plan = self.aims.id != self.round.id
            yield words.furthest_summary(far.name, far.score, far.target, of_plan=of_plan)


def scored_round(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> RoundNow | None:
    """The newest round on levels of which the visitor sees the organisation's score; None without any."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_department_results")
    require(visitor, "read_department_results", organisation=mine.id)
    every = [each for each in rounds(workspace, visitor, mine.name) if each.status != "draft"]
    shown = [each for each in every if each.framework.levels and is_shown(workspace, visitor, each)]
    for each in reversed(shown):
        found = scores_of(workspace, visitor, each.name, each.organisation)
        if Place() in found.scores and found.of().score is not None:
            return _now(workspace, visitor, each, found, shown)
    return None


def _now(workspace: Workspace, visitor: Visitor, round_: Round, found: RoundScores, shown: list[Round]) -> RoundNow:
    earlier = earlier_scores(workspace, visitor, round_)
    then = earlier[1].scores.get(Place()) if earlier else None
    before = (earlier[0].name, then.score) if earlier and then and then.score is not None else None
    aims = _aims(workspace, visitor, round_, shown)
    return RoundNow(
        round=round_, scores=found, before=before, aims=aims,
        topics=priority_now(workspace, visitor, round_, found, aims),
    )  # fmt: skip


def _aims(workspace: Workspace, visitor: Visitor, round_: Round, shown: list[Round]) -> Round:
    """The round whose targets count: the one that the plan was made from, if it has the same framework and is shown."""
    versions = plans(workspace, visitor, round_.organisation)
    in_force = next((each for each in versions if each.status == "current"), versions[0] if versions else None)
    made_from = next((each for each in shown if in_force and each.name == in_force.round), None)
    return made_from if made_from and made_from.framework.id == round_.framework.id else round_


def priority_now(
    workspace: Workspace, visitor: Visitor, round_: Round, found: RoundScores, aims: Round
) -> tuple[TopicNow, ...]:
    """At most five priority topics of the round whose targets count, in their order, as they stand in a round."""
    wanted: dict[tuple[str, str], int] = {}
    for each in targets(workspace, visitor, aims):
        place = (each.department, each.topic)
        wanted[place] = max(each.level, wanted.get(place, 0))
    asked = [each for each in priority_topics_of(workspace, visitor, aims) if each in round_.framework.topics]
    return tuple(_topic(round_, found, wanted, topic) for topic in asked[:MOST_TOPICS])


def _topic(round_: Round, found: RoundScores, wanted: Mapping[tuple[str, str], int], topic: str) -> TopicNow:
    dimension = round_.framework.dimension_of[topic]
    score = found.of(None, dimension.id, topic)
    each = [found.of(code, dimension.id, topic).score for code in found.departments]
    known = [value for value in each if value is not None]
    return TopicNow(
        topic=topic,
        name=round_.framework.topics[topic].name,
        score=score.score,
        target=target_of(score, wanted, topic),
        lowest=min(known, default=None),
        highest=max(known, default=None),
    )
