"""Scenarios of the plan that counts now: asked for by whoever reads the roadmap, as nothing of them is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from maturity.access.roles import Visitor
from maturity.operations.plan_making import Question, question_of
from maturity.operations.standing import Asked, the_round
from maturity.operations.workspace import Workspace
from maturity.planning.documents import request_document
from maturity.planning.request import PlanRequest
from maturity.planning.scenarios import Wish, changed, write_wish


def scenarios_question(workspace: Workspace, visitor: Visitor, round_name: Asked) -> Question:
    """The question that all scenarios start from: today's targets, decisions and limits, around the current plan."""
    return question_of(workspace, visitor, the_round(workspace, visitor, round_name, verb="read_roadmap"))


def scenarios_document(question: Question, wishes: Sequence[Wish]) -> dict[str, Any]:
    """What the solver's own process is asked: kind `scenarios`."""
    return {"request": request_document(question.request), "wishes": [write_wish(each) for each in wishes]}


def question_with(question: Question, wish: Wish) -> Question:
    """The question under the limits of a wish, so that the plan that answers it can be kept as any other. What goes on
    spends what it spent before."""
    asked = changed(question.request, wish)
    return replace(question, request=asked, whole=_whole(question, asked))


def _whole(question: Question, asked: PlanRequest) -> PlanRequest:
    """The wished limits and what goes on together."""
    whole, left = question.whole, question.request
    budgets = whole.budgets
    if whole.budgets and left.budgets and asked.budgets:
        first, second, third, fourth = (
            round(whole_ - left_ + asked_, 2)
            for whole_, left_, asked_ in zip(whole.budgets, left.budgets, asked.budgets, strict=True)
        )
        budgets = first, second, third, fourth
    capacities = tuple(
        replace(each, days=_together(each.days, free.days, new.days))
        for each, free, new in zip(whole.capacities, left.capacities, asked.capacities, strict=True)
    )
    return replace(
        whole, budgets=budgets, capacities=capacities, carry_over=asked.carry_over, decisions=asked.decisions
    )


def _together(whole: Sequence[float], left: Sequence[float], asked: Sequence[float]) -> tuple[float, ...]:
    return tuple(every - free + new for every, free, new in zip(whole, left, asked, strict=True))
