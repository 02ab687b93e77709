"""What is asked and answered about a plan, as plain documents: how it goes to the solver's own process and back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from maturity.planning.board import Board
from maturity.planning.documents import read_request, request_document, write_reason
from maturity.planning.entering import ways_to
from maturity.planning.explain import Explanation, explain, lay_out
from maturity.planning.impact import impacts
from maturity.planning.plan import Plan, Price
from maturity.planning.request import PlanRequest
from maturity.planning.slack import end_chain, slacks

Document = dict[str, Any]
FITS = "fits"
"""In an answer: whether the plan still is what its round, its people and its money say. Where not, nothing more is."""

OTHERWISE = "otherwise"
"""In a question: the same with other dates and another request, for where the first do not fit."""


def question_about(request: PlanRequest, made: Plan, kept: Collection[str] = ()) -> Document:
    """The same for any plan that answers a request; the `kept` codes are no part of the request."""
    return {
        "request": request_document(request),
        "starts": {each.id: each.start.isoformat() for each in made.actions if each.id not in kept},
        "value": made.value,
        "prices": [asdict(each) for each in made.prices],
    }


def answer_about(body: Mapping[str, Any]) -> Document:
    """The answer to `question_about`, as its `about` asks: {"action": code}, {"step": [department, topic, level]} or
    {"plan": true}. `fits` is False, and nothing else said, where the plan does not fit its request any more."""
    starts = {code: date.fromisoformat(day) for code, day in body["starts"].items()}
    board = lay_out(read_request(body["request"]), starts, body["value"])
    about = body["about"]
    if board is None:
        return answer_about({**body[OTHERWISE], "about": about}) if OTHERWISE in body else {FITS: False}
    prices = tuple(Price(**each) for each in body["prices"])
    if "action" in about:
        known = about["action"] in starts
        return {FITS: True, "action": _explained(explain(board, about["action"])) if known else None}
    if "step" in about:
        department, topic, level = about["step"]
        return {FITS: True, "ways": [asdict(each) for each in ways_to(board, (department, topic), level, prices)]}
    return {FITS: True, **_whole(board, prices)}


def _explained(found: Explanation) -> Document:
    refused = write_reason(found.refused) if found.refused else None
    return {**asdict(found), "then": write_reason(found.then), "refused": refused}


def _whole(board: Board, prices: tuple[Price, ...]) -> Document:
    codes = [each.code for each in board.problem.jobs]
    chain = [
        {
            "action": codes[each.job],
            "reason": write_reason(each.reason),
            "after": None if each.after is None else codes[each.after],
            "kind": each.kind,
        }
        for each in end_chain(board)
    ]
    slack = {codes[job]: [each.free, each.total] for job, each in slacks(board).items()}
    return {"chain": chain, "slack": slack, "impacts": [asdict(each) for each in impacts(board, prices)]}
