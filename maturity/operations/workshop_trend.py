"""How far people agree, from the answers over the votes to the end, and against earlier workshops and rounds."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from maturity.access.permissions import may
from maturity.access.roles import Visitor
from maturity.assessment.workshop import Workshop
from maturity.assessment.workshop_results import AgreementLine, AgreementTrend, Compared, MatterResult, WorkshopResults
from maturity.operations.early_sight import OVER, sees
from maturity.operations.rounds import Round, rounds
from maturity.operations.workshop_results import results_in, self_scores
from maturity.operations.workshops import may_run, require_run
from maturity.operations.workspace import Workspace
from maturity.storage import workshops as stored
from maturity.storage.engine import Tx

Place = tuple[str, str]
"""A department's code and a question's id."""


def agreement_trend(workspace: Workspace, visitor: Visitor, round_: Round, workshop: Workshop) -> AgreementTrend:
    """How agreement went in a workshop, and how it stood in ended workshops before it and in the rounds before this
    one, on the same questions of the same departments; those only that the visitor may see."""
    require_run(visitor, workshop)
    others = _alike(rounds(workspace, visitor, round_.organisation), round_)
    with workspace.store.reading() as tx:
        found = results_in(tx, round_, stored.workshop_of(tx, workshop.id))
        earlier = [each for other in others for each in _ended(tx, other, workshop, visitor)]
        places = {_place(each) for each in found.matters if each.question}
        seen = [each for each in others if each.id != round_.id and _reads(workspace, visitor, each, places)]
        answers = [(each.name, {p: s.agreement for p, s in self_scores(tx, each).items()}) for each in seen]
    lines = tuple(_line(each) for each in found.matters if each.question and each.votes)
    ends = {_place(each.result): each.end for each in lines}
    given = {_place(each): each.before.agreement for each in found.matters if each.before}
    return AgreementTrend(
        lines=lines,
        from_answers=_mean("answers", {_place(each.result): each.answers for each in lines}, ends),
        from_first=_mean("first vote", {_place(x.result): x.first for x in lines if x.last is not None}, ends),
        workshops=_each([(_named(each), _last_votes(each)) for each in earlier], ends),
        rounds=_each(answers, given),
    )


def _alike(every: Sequence[Round], round_: Round) -> list[Round]:
    """This round and those before it on the same framework, the newest first: they ask the same questions."""
    names = [each.id for each in every]
    until = every[: names.index(round_.id) + 1] if round_.id in names else every
    return [each for each in reversed(until) if each.framework.id == round_.framework.id]


def _ended(tx: Tx, round_: Round, workshop: Workshop, visitor: Visitor) -> list[WorkshopResults]:
    """The ended workshops of a round that began before this one and that the visitor may run, the newest first."""
    found = stored.workshops(tx, round_.id)
    before = [
        each for each in found if each.status == "ended" and each.id != workshop.id and _began(each) < _began(workshop)
    ]
    return [results_in(tx, round_, each) for each in before if may_run(visitor, each)]


def _began(workshop: Workshop) -> datetime:
    return workshop.opened_at or workshop.made_at


def _reads(workspace: Workspace, visitor: Visitor, round_: Round, places: set[Place]) -> bool:
    return round_.status in OVER and all(
        may(visitor, "read_department_results", code, round_.organisation_id) and sees(workspace, visitor, round_, code)
        for code in {code for code, _ in places}
    )


def _line(result: MatterResult) -> AgreementLine:
    answers, *votes = result.agreements
    return AgreementLine(
        result=result, answers=answers, first=votes[0], last=votes[-1] if len(votes) > 1 else None
    )  # fmt: skip


def _last_votes(found: WorkshopResults) -> dict[Place, float | None]:
    return {_place(each): each.votes[-1].agreement for each in found.matters if each.question and each.votes}


def _place(result: MatterResult) -> Place:
    return result.matter.department or "", result.matter.question or ""


def _named(found: WorkshopResults) -> str:
    return found.workshop.name


def _each(
    before: Sequence[tuple[str, Mapping[Place, float | None]]], now: Mapping[Place, float | None]
) -> tuple[Compared, ...]:
    made = (_mean(name, then, now) for name, then in before)
    return tuple(each for each in made if each is not None)


def _mean(of: str, then: Mapping[Place, float | None], now: Mapping[Place, float | None]) -> Compared | None:
    both = [(a, b) for place, a in then.items() if a is not None and (b := now.get(place)) is not None]
    if not both:
        return None
    middle: Callable[[Sequence[float]], float] = lambda numbers: math.fsum(numbers) / len(numbers)  # noqa: E731
    return Compared(of=of, questions=len(both), then=middle([a for a, _ in both]), now=middle([b for _, b in both]))
