"""Readiness: what a "no" to a readiness question means for targets and plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maturity.access.roles import Visitor
from maturity.assessment.scores import RoundScores
from maturity.framework.model import Question
from maturity.operations.early_sight import sees
from maturity.operations.rounds import Round, rounds
from maturity.operations.scores import planning_scores
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.planning.targets import LevelCap


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Catalogue actions that remove an obstacle which some departments named by a "no"."""

    question: str
    text: str
    because: str
    departments: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What the latest readiness round says; without such a round nothing is capped and nothing proposed."""

    round: str | None = None
    caps: tuple[LevelCap, ...] = ()
    proposals: tuple[Proposal, ...] = ()


def readiness(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> Readiness:
    """The caps and proposals of the latest round whose results are shown and whose framework says what follows from
    a "no".

    A department says "no" where its own value (median, review or consensus) is 0 points."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    every = rounds(workspace, visitor, mine.name)
    return _of_latest(workspace, [each for each in every if _decides(each) and sees(workspace, visitor, each)])


def caps_of(workspace: Workspace, visitor: Visitor, organisation: str) -> tuple[LevelCap, ...]:
    """The caps that the targets of all are reckoned with, whoever asks."""
    return _of_latest(workspace, [each for each in rounds(workspace, visitor, organisation) if _decides(each)]).caps


def _of_latest(workspace: Workspace, asked: Sequence[Round]) -> Readiness:
    if not asked:
        return Readiness()
    latest = asked[-1]
    scores = planning_scores(workspace, latest)
    caps: list[LevelCap] = []
    proposals: list[Proposal] = []
    for dimension, topic, question in latest.framework.walk():
        said_no = _who_said_no(scores, dimension.id, topic.id, question)
        follows = question.when_no
        if not said_no or follows is None:
            continue
        if follows.caps_level is not None:
            level, because = follows.caps_level, follows.because
            caps += [LevelCap(level=level, reason=because, department=department) for department in said_no]
        if follows.proposes:
            proposals.append(
                Proposal(
                    question=question.id,
                    text=question.text,
                    because=follows.because,
                    departments=said_no,
                    actions=follows.proposes,
                )
            )
    return Readiness(round=latest.name, caps=tuple(caps), proposals=tuple(proposals))


def _decides(round_: Round) -> bool:
    return round_.status != "draft" and any(question.when_no for _, _, question in round_.framework.walk())


def _who_said_no(scores: RoundScores, dimension: str, topic: str, question: Question) -> tuple[str, ...]:
    if question.when_no is None:
        return ()
    return tuple(
        department
        for department in scores.departments
        if scores.of(department, dimension, topic, question.id).points == 0
    )
