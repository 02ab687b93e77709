"""Reading a round: its scores (kept with the revision they were made from), distributions, intervals and changes."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from maturity.access.permissions import NotPermitted, may, require
from maturity.access.roles import Visitor
from maturity.assessment.agreement import agreement
from maturity.assessment.interval import bootstrap_interval
from maturity.assessment.scores import Part, Place, RoundScores, Score, score_round
from maturity.assessment.trends import asked_otherwise
from maturity.assessment.values import most_points, on_scale
from maturity.framework.narrow import narrowed
from maturity.operations.early_sight import WHOLE, is_shown, readable, require_any_shown, require_shown, sees
from maturity.operations.kept import Kept
from maturity.operations.rounds import Round, find_round, rounds
from maturity.operations.workspace import Workspace
from maturity.storage import decided as stored
from maturity.storage import respondents as people
from maturity.storage.engine import Tx
from maturity.storage.revision import revision_of
from maturity.storage.rows import KeptScores
from maturity.storage.tallies import answer_rows, tallies

FEWEST = 5

_kept = Kept[tuple[str, UUID], tuple[int, RoundScores]](32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """Answers to one question: counts by level, None where fewer than five answered; A is van der Eijk's agreement."""

    question: str
    counts: tuple[int, ...] | None
    dont_know: int | None
    respondents: int
    median: float | None
    agreement: float | None


def scores_of(
    workspace: Workspace, visitor: Visitor, round_name: str = "latest", organisation: str | None = None
) -> RoundScores:
    """The scores that the visitor may see: everything, or the own departments where a role is limited to them, or
    where the others' time has not come; refused where nothing is shown yet."""
    round_ = find_round(workspace, visitor, round_name, organisation)
    require(visitor, "read_department_results", organisation=round_.organisation_id)
    require_any_shown(workspace, visitor, round_)
    return _visible(workspace, visitor, _all_scores(workspace, round_), round_)


def planning_scores(workspace: Workspace, round_: Round) -> RoundScores:
    """Every score of a round for the planner, whose plan is city-wide whoever looks at it."""
    return _all_scores(workspace, round_)


def _visible(workspace: Workspace, visitor: Visitor, every: RoundScores, round_: Round) -> RoundScores:
    if may(visitor, "read_results", WHOLE, round_.organisation_id) and sees(workspace, visitor, round_):
        return every
    allowed = readable(workspace, visitor, round_)
    scores = {place: score for place, score in every.scores.items() if place.department in allowed}
    own = tuple(code for code in every.departments if code in allowed)
    return RoundScores(scores, own, tuple(code for code in every.groups if code in allowed))


def _all_scores(workspace: Workspace, round_: Round) -> RoundScores:
    key = (workspace.url, round_.id)
    with workspace.store.reading() as tx:
        revision = revision_of(tx, round_.scope) * 1_000_003 + revision_of(tx, "setup")
        known = _kept.get(key)
        if known and known[0] == revision:
            return known[1]
        body = stored.kept_scores(tx, round_.id)
        if body and body.revision == revision:
            return _kept.put(key, (revision, _read(body.body)))[1]
        made = _made(tx, round_)
    workspace.store.write(stored.keep_scores, round_.id, KeptScores(revision=revision, body=_written(made)))
    return _kept.put(key, (revision, made))[1]


def _made(tx: Tx, round_: Round) -> RoundScores:
    """The scores made from the answers as they are."""
    return score_round(
        round_.framework,
        round_.departments,
        tallies(tx, round_.id),
        stored.decided_values(tx, round_.id),
        respondents=people.submitted_counts(tx, round_.id),
        short_track=round_.track == "short",
    )


def forget(workspace: Workspace, round_: Round) -> None:
    """Drops what is kept of a round's scores, here and in the store, so that they are made from the answers again."""
    _kept.drop((workspace.url, round_.id))
    workspace.store.write(stored.drop_scores, round_.id)


def _written(made: RoundScores) -> str:
    rows = [
        [
            *(s.place, s.score, s.points, s.max_points, s.coverage, s.respondents, s.value_from, s.level, s.state),
            s.rule,
            [[p.place, p.weight, p.score, p.counted, p.state] for p in s.parts],
        ]
        for s in made.scores.values()
    ]
    return json.dumps({"departments": made.departments, "groups": made.groups, "scores": rows}, separators=(",", ":"))


def _read(body: str) -> RoundScores:
    kept = json.loads(body)
    scores: dict[Place, Score] = {}
    for row in kept["scores"]:
        parts = tuple(Part(Place(*part[0]), *part[1:]) for part in row[-1])
        scores[Place(*row[0])] = Score(*(Place(*row[0]), *row[1:-1], parts))
    return RoundScores(scores, tuple(kept["departments"]), tuple(kept["groups"]))


def distributions(
    workspace: Workspace, visitor: Visitor, round_: Round, department: str | None = None, topic: str | None = None
) -> tuple[Distribution, ...]:
    """How answers spread, by question, over one department or all; nothing that would show one of fewer than five."""
    require(visitor, "read_department_results", department, organisation=round_.organisation_id)
    if department is None and not may(visitor, "read_results", WHOLE, round_.organisation_id):
        raise NotPermitted(f"{visitor.name} may see the answers of their own department only; choose it")
    require_shown(workspace, visitor, round_, department)
    with workspace.store.reading() as tx:
        counted = [t for t in tallies(tx, round_.id) if department in (None, t.department)]
    by_question: dict[str, dict[str, Counter[Any]]] = {}
    for each in counted:
        key = each.level if each.level is not None else each.state
        by_question.setdefault(each.question, {}).setdefault(each.department, Counter())[key] += each.count
    return tuple(
        _distribution(question.id, _together(by_question.get(question.id, {})), round_.framework.top_level)
        for _, of, question in round_.framework.walk()
        if question.by_level and topic in (None, of.id)
    )


def distributions_by_department(
    workspace: Workspace, visitor: Visitor, round_: Round
) -> Mapping[str, tuple[Distribution, ...]]:
    """How answers spread in each department that the visitor may read; nothing that would show one of fewer than
    five."""
    require(visitor, "read_department_results", organisation=round_.organisation_id)
    require_any_shown(workspace, visitor, round_)
    allowed = readable(workspace, visitor, round_)
    with workspace.store.reading() as tx:
        counted = [each for each in tallies(tx, round_.id) if each.department in allowed]
    found: dict[str, dict[str, Counter[Any]]] = {code: {} for code in round_.names if code in allowed}
    for each in counted:
        key = each.level if each.level is not None else each.state
        found[each.department].setdefault(each.question, Counter())[key] += each.count
    top, asked = round_.framework.top_level, [q.id for _, _, q in round_.framework.walk() if q.by_level]
    return {
        code: tuple(_distribution(question, given.get(question, {}), top) for question in asked)
        for code, given in found.items()
    }


def _together(by_department: Mapping[str, Counter[Any]]) -> Counter[Any]:
    """The answers of departments added up so that taking the shown ones away reveals nobody: departments with fewer
    than five answers come in only where there are two of them or more, with five answers between them."""
    large, small = Counter[Any](), Counter[Any]()
    few = [found for found in by_department.values() if _levels(found) < FEWEST]
    for found in by_department.values():
        (small if _levels(found) < FEWEST else large).update(found)
    alone = len(by_department) == 1
    return large + small if alone or (len(few) > 1 and _levels(small) >= FEWEST) else large


def _levels(found: Counter[Any]) -> int:
    return sum(count for key, count in found.items() if isinstance(key, int))


def _distribution(question: str, found: Mapping[Any, int], top: int) -> Distribution:
    counts = tuple(found.get(level, 0) for level in range(1, top + 1))
    total, shown = sum(counts), sum(counts) >= FEWEST
    middle = [level for level, count in enumerate(counts, start=1) for _ in range(count)]
    return Distribution(
        question=question,
        counts=counts if shown else None,
        dont_know=found.get("dont_know", 0) if shown else None,
        respondents=total,
        median=(middle[(total - 1) // 2] + middle[total // 2]) / 2 if shown else None,
        agreement=agreement(counts) if shown else None,
    )


def interval(
    workspace: Workspace, visitor: Visitor, round_: Round, department: str, topic: str | None = None
) -> tuple[float, float] | None:
    """The 90 % bootstrap interval of a department's score, or of one topic of it; None below three respondents, and
    None where consensus or review decides any of it."""
    require(visitor, "read_department_results", department, organisation=round_.organisation_id)
    require_shown(workspace, visitor, round_, department)
    every = _all_scores(workspace, round_)
    used = [s for p, s in every.scores.items() if p.department == department and p.question]
    if any(s.value_from in ("consensus", "review") for s in used if topic in (None, s.place.topic)):
        return None
    with workspace.store.reading() as tx:
        given = answer_rows(tx, round_.id, department)
    by_person: dict[int, dict[str, float]] = {}
    for person, question, level, points in zip(
        given.respondent, given.question, given.level, given.points, strict=True
    ):
        asked = round_.framework.questions.get(question)
        if asked is None or (level is None and points is None):
            by_person.setdefault(person, {})
        elif most_points(round_.framework, asked) is not None:
            score = float(level) if level is not None else on_scale(round_.framework, asked, float(points or 0))
            by_person.setdefault(person, {})[question] = score
    weights, topic_weights = _weights(round_, used, topic)
    if round_.framework.scoring != "mean" or not weights:
        return None
    seed = zlib.crc32(f"{round_.name}/{department}/{topic}".encode())
    return bootstrap_interval(list(by_person.values()), weights, topic_weights, seed=seed)


def _weights(
    round_: Round, used: list[Score], topic: str | None
) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Question weights by topic, and each topic's share of the department's score, of what was answered."""
    answered = {s.place.question for s in used if s.score is not None}
    weights: dict[str, dict[str, float]] = {}
    shares: dict[str, float] = {}
    for dimension in round_.framework.dimensions:
        there = []
        for each in dimension.topics:
            questions = {q.id: q.weight for q in each.questions if q.id in answered and q.weight > 0}
            if questions and topic in (None, each.id):
                weights[each.id] = questions
                there.append(each)
        total = sum(each.weight for each in there)
        for each in there:
            shares[each.id] = dimension.weight * each.weight / total if total else 0.0
    return weights, shares


def earlier_scores(
    workspace: Workspace, visitor: Visitor, round_: Round, *, first: bool = False
) -> tuple[Round, RoundScores] | None:
    """The round before this one on the same framework, or the first of all, with its scores, among those that the
    visitor sees; None without any.

    It must have asked about all of this round's topics as this round does; where it asked about more, it is scored on
    these alone, so that like is compared with like."""
    require(visitor, "read_department_results", organisation=round_.organisation_id)
    before = [
        each
        for each in rounds(workspace, visitor, round_.organisation)
        if each.framework.id == round_.framework.id
        and each.status in ("closed", "signed_off")
        and not set(round_.framework.topics) & asked_otherwise(round_.framework, each.framework)
        and (each.id == round_.id or is_shown(workspace, visitor, each))
    ]
    names = [each.name for each in before]
    place = names.index(round_.name) if round_.name in names else len(names)
    if place == 0:
        return None
    chosen = before[0] if first else before[place - 1]
    if set(chosen.framework.topics) == set(round_.framework.topics):
        return chosen, _visible(workspace, visitor, _all_scores(workspace, chosen), chosen)
    alike = replace(chosen, framework=narrowed(chosen.framework, tuple(round_.framework.topics)))
    with workspace.store.reading() as tx:
        made = _made(tx, alike)
    return alike, _visible(workspace, visitor, made, alike)
