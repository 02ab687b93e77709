"""Where we stand, as a report says it: scores, targets, gaps, rounds and answers, by what the pages are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from maturity.access.permissions import NotPermitted
from maturity.assessment.departments import Department
from maturity.assessment.finding import find
from maturity.assessment.scores import Place, RoundScores, Score
from maturity.framework.model import Framework
from maturity.operations import targets
from maturity.operations.early_sight import is_shown, not_yet
from maturity.operations.errors import Refused
from maturity.operations.evidence_ages import fresh_shares
from maturity.operations.leadership_round import RoundNow, scored_round
from maturity.operations.report_reader import Reader
from maturity.operations.rounds import Round, rounds
from maturity.operations.scores import distributions_by_department, earlier_scores, scores_of
from maturity.planning.targets import furthest
from maturity.publishing.report_facts import AnswerFact, GapFact, Named, RoundFact, ScoreFact
from maturity.words.messages import worth_talking_about
from maturity.words.pack_sentences import topics_said

OVER = ("closed", "signed_off")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The newest round on levels in which the organisation has a score that the visitor may see, and what is read of
    it for a report."""

    reader: Reader
    now: RoundNow

    @property
    def round(self) -> Round:
        """The round."""
        return self.now.round

    @property
    def scores(self) -> RoundScores:
        """Its scores."""
        return self.now.scores

    @property
    def framework(self) -> Framework:
        """The framework of the round."""
        return self.now.framework

    @cached_property
    def before(self) -> Mapping[Place, Score]:
        """The scores of the round before on the same framework; empty where there is none."""
        found = earlier_scores(self.reader.workspace, self.reader.visitor, self.round)
        return found[1].scores if found else {}

    @cached_property
    def targets(self) -> Mapping[tuple[str, str], int]:
        """The furthest target by department and topic."""
        return furthest(targets.targets(self.reader.workspace, self.reader.visitor, self.round))

    @cached_property
    def aims(self) -> Mapping[str, float | None]:
        """The targets of the organisation, by topic: of the priority topics those of the plan's round."""
        return {each.topic: each.target for each in self.now.topics}


def standing_of(reader: Reader) -> Standing | None:
    """Where the organisation stands, None where nothing is shown. A newer round that is not shown yet is noted."""
    now = reader.permitted(lambda: scored_round(reader.workspace, reader.visitor, reader.organisation.name), None)
    waiting = _waiting(reader)
    if now is None:
        reader.lacks("round", waiting)
        return None
    if waiting:
        reader.lacks("waiting", waiting)
    return Standing(reader=reader, now=now)


def shown_rounds(reader: Reader) -> tuple[Round, ...]:
    """The rounds, no drafts, of which the visitor sees results already, the earliest first."""
    found = rounds(reader.workspace, reader.visitor, reader.organisation.name)
    return tuple(each for each in found if each.status != "draft" and is_shown(reader.workspace, reader.visitor, each))


def _waiting(reader: Reader) -> str:
    """Why and until when the newest round is not shown to this visitor; "" where it is."""
    every = rounds(reader.workspace, reader.visitor, reader.organisation.name)
    levels = [each for each in every if each.status != "draft" and each.framework.levels]
    if not levels or is_shown(reader.workspace, reader.visitor, levels[-1]):
        return ""
    last, today = levels[-1], reader.workspace.clock().date()
    return not_yet(last.name, last.status, last.closes_on, last.terms, today)


def named(departments: Iterable[Department]) -> tuple[Named, ...]:
    """Departments by code, in their order, each with the one that it is part of."""
    return tuple(Named(id=each.code, name=each.name, belongs_to=each.parent or "") for each in departments)


def places_of(framework: Framework) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """The dimensions and the topics of a framework, in its order."""
    dimensions = tuple(Named(id=each.id, name=each.name) for each in framework.dimensions)
    topics = tuple(
        Named(id=topic.id, name=topic.name, belongs_to=dimension.id)
        for dimension in framework.dimensions
        for topic in dimension.topics
    )
    return dimensions, topics


def score_facts(stand: Standing) -> tuple[ScoreFact, ...]:
    """The organisation first, then every department, each as a whole, by dimension and by topic."""
    then = stand.before
    if not then:
        stand.reader.lacks("before")
    return tuple(
        ScoreFact(
            department=place.department,
            dimension=None if place.topic else place.dimension,
            topic=place.topic,
            score=stand.scores.scores[place].score,
            coverage=stand.scores.scores[place].coverage or 0.0,
            level=stand.scores.scores[place].level,
            target=_target(stand, place),
            before=then[place].score if place in then else None,
        )
        for place in _places(stand)
    )


def _places(stand: Standing) -> Iterator[Place]:
    for department in (None, *stand.scores.departments):
        yield Place(department)
        for dimension in stand.framework.dimensions:
            yield Place(department, dimension.id)
            for topic in dimension.topics:
                yield Place(department, dimension.id, topic.id)


def _target(stand: Standing, place: Place) -> float | None:
    """A department's own furthest target; of the organisation, in a priority topic, what its score becomes when all
    departments reach theirs."""
    if place.topic is None:
        return None
    if place.department is not None:
        return stand.targets.get((place.department, place.topic))
    return stand.aims.get(place.topic)


def gap_facts(stand: Standing) -> tuple[GapFact, ...]:
    """The gaps of the round by falling priority."""
    found = targets.gaps(stand.reader.workspace, stand.reader.visitor, stand.round).found
    return tuple(
        GapFact(
            department=each.department, topic=each.topic, score=each.score, target=each.target, gap=each.gap,
            importance=each.importance, priority=each.priority, due=each.due,
        )
        for each in found
    )  # fmt: skip


def history(stand: Standing) -> tuple[tuple[Round, RoundScores], ...]:
    """The rounds on the same framework and scale up to this one, as on the results page, with the scores that the
    visitor may see; what each asked about is said by `topics_note`."""
    alike = [
        each
        for each in shown_rounds(stand.reader)
        if each.framework.id == stand.framework.id and each.framework.top_level == stand.framework.top_level
    ]
    until = alike[: [each.id for each in alike].index(stand.round.id) + 1]
    seen = [each for each in until if each.status in OVER or each.id == stand.round.id]
    return tuple(
        (each, scores_of(stand.reader.workspace, stand.reader.visitor, each.name, each.organisation)) for each in seen
    )


def topics_note(stand: Standing, of: Round) -> str:
    """How a round's topics differ from those of the round that the report is of; "" where they are the same."""
    now, then = set(stand.framework.topics), set(of.framework.topics)
    return topics_said(len(now & then), len(now), len(then - now))


def round_facts(stand: Standing, past: tuple[tuple[Round, RoundScores], ...]) -> tuple[RoundFact, ...]:
    """The organisation's score in each round, with the version of the framework that it was made on, and what else it
    asked about."""
    return tuple(
        RoundFact(
            name=each.name,
            on=each.closes_on,
            framework=", ".join(
                part for part in (f"{each.framework.name} {each.framework.version}", topics_note(stand, each)) if part
            ),
            score=scores.scores[Place()].score if Place() in scores.scores else None,
        )
        for each, scores in past
    )


def finding_said(stand: Standing) -> str:
    """The one finding worth talking about, "" where no departments stand apart."""
    found = find(stand.scores, stand.round.departments, stand.framework)
    if found is None:
        return ""
    names, topic = [stand.round.names[code] for code in found.departments], stand.framework.topics[found.topic].name
    return worth_talking_about(topic, names, found.theirs, found.others, stand.framework.top_level)


def answer_facts(stand: Standing) -> tuple[AnswerFact, ...]:
    """The value of every question in every department, with how many people answered and how their answers spread,
    where they are enough; whether fresh evidence stands beside it."""
    reader = stand.reader
    try:
        spread = distributions_by_department(reader.workspace, reader.visitor, stand.round)
        fresh = fresh_shares(reader.workspace, reader.visitor, stand.round)
    except (NotPermitted, Refused):
        return ()
    found = []
    for department in stand.scores.departments:
        by_question = {each.question: each for each in spread.get(department, ())}
        for dimension, topic, question in stand.framework.walk():
            place = Place(department, dimension.id, topic.id, question.id)
            score, how = stand.scores.scores.get(place), by_question.get(question.id)
            if score is None:
                continue
            found.append(
                AnswerFact(
                    department=department,
                    topic=topic.id,
                    question=question.id,
                    text=question.text,
                    value=score.score,
                    value_from=score.value_from or "",
                    answers=score.respondents,
                    evidence="fresh" if fresh.get(place) else "",
                    shares=_shares(how.counts) if how and how.counts else {},
                )
            )
    return tuple(found)


def _shares(counts: tuple[int, ...]) -> dict[str, float]:
    whole = sum(counts)
    return {str(level): count / whole for level, count in enumerate(counts, start=1)} if whole else {}
