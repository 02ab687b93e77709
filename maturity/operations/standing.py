"""A round as the planner reads it: scores, levels reached, what is done already, and when a plan starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from maturity.access.permissions import Verb, may, require
from maturity.access.roles import Visitor
from maturity.assessment.scores import RoundScores
from maturity.operations.catalogues import catalogue_of
from maturity.operations.early_sight import WHOLE, readable, require_any_shown, sees
from maturity.operations.rounds import Round, find_round
from maturity.operations.scores import planning_scores
from maturity.operations.workspace import Workspace
from maturity.storage import targets as stored

Asked = str | Round
"""A round, or its name ("latest" is the newest)."""
BASELINE_ASSESSMENT = {"city-data-actions": "A02"}
"""The catalogue action, by catalogue id, that a closed round has done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where departments stand: `scores` and `reached` level by (department, topic), the organisation's score by
    topic. A place without enough coverage is missing in `reached`."""

    round: Round
    departments: tuple[str, ...]
    scores: Mapping[tuple[str, str], float | None]
    reached: Mapping[tuple[str, str], int]
    overall: Mapping[str, float | None]

    @property
    def top_level(self) -> int:
        """The highest level of the round's scale, 0 where only points count."""
        return self.round.framework.top_level


def the_round(workspace: Workspace, visitor: Visitor, asked: Asked, *, verb: Verb) -> Round:
    """The round itself, or the one of that name; refused where the visitor may not do `verb` in its organisation."""
    found = asked if isinstance(asked, Round) else find_round(workspace, visitor, asked)
    require(visitor, verb, organisation=found.organisation_id)
    return found


def standing(workspace: Workspace, visitor: Visitor, asked: Asked) -> Standing:
    """The scores of a round as the planner reads them, of the departments whose results the visitor may read; the
    organisation's too where the visitor reads those of all."""
    round_ = the_round(workspace, visitor, asked, verb="read_roadmap")
    require_any_shown(workspace, visitor, round_)
    now = whole_standing(workspace, round_)
    if may(visitor, "read_results", WHOLE, round_.organisation_id) and sees(workspace, visitor, round_):
        return now
    allowed = readable(workspace, visitor, round_)
    return replace(
        now,
        departments=tuple(code for code in now.departments if code in allowed),
        scores={place: score for place, score in now.scores.items() if place[0] in allowed},
        reached={place: level for place, level in now.reached.items() if place[0] in allowed},
        overall=dict.fromkeys(now.overall),
    )


def whole_standing(workspace: Workspace, round_: Round) -> Standing:
    """The standing of every department, for what is made of all of them whoever asks: targets, priorities, a plan."""
    return standing_by(round_, planning_scores(workspace, round_))


def standing_by(round_: Round, found: RoundScores) -> Standing:
    """The standing of every department by these scores of the round."""
    scores: dict[tuple[str, str], float | None] = {}
    reached: dict[tuple[str, str], int] = {}
    overall: dict[str, float | None] = {}
    for topic, dimension in round_.framework.dimension_of.items():
        overall[topic] = found.of(None, dimension.id, topic).score
    for department in found.departments:
        for topic, dimension in round_.framework.dimension_of.items():
            score = found.of(department, dimension.id, topic)
            scores[department, topic] = score.score
            if score.level is not None:
                reached[department, topic] = score.level
    return Standing(round=round_, departments=found.departments, scores=scores, reached=reached, overall=overall)


def first_day_of_plan(round_: Round) -> date:
    """The first day of the calendar quarter after the round closes: never today, so that a plan can be made again.

    A round without a day of closing counts from the day it opened, or was made where it has not been opened."""
    day = round_.closes_on or round_.opens_on or _made_on(round_)
    month = 3 * ((day.month - 1) // 3) + 4
    return date(day.year + month // 12, month % 12, 1) if month > 12 else date(day.year, month, 1)


def _made_on(round_: Round) -> date:
    """Ids of rounds are UUIDs of version 7, which begin with their time in milliseconds."""
    return date.fromordinal(date(1970, 1, 1).toordinal() + (round_.id.int >> 80) // 86_400_000)


def already_done(workspace: Workspace, round_: Round) -> dict[str, Literal["done", "running"]]:
    """Action codes that are done or running, by code; a closed round has done the baseline assessment itself."""
    with workspace.store.reading() as tx:
        marked = {each.code: each.state for each in stored.already(tx, round_.id)}
    catalogue = catalogue_of(workspace, round_)
    code = BASELINE_ASSESSMENT.get(catalogue.id) if catalogue else None
    if code and round_.status in ("closed", "signed_off"):
        marked.setdefault(code, "done")
    return marked
