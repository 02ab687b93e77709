"""Requests and plans as JSON documents: how they go to the solver's own process and back, and how plans are stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.plan import (
    BudgetUse,
    CapacityUse,
    Closes,
    Move,
    NotPlanned,
    Plan,
    PlannedAction,
    Price,
    Reason,
)
from maturity.planning.request import Capacity, Decision, PlanRequest, Previous, Stability, Unplannable
from maturity.planning.targets import Target

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def request_document(request: PlanRequest) -> dict[str, Any]:
    """A request in plain lists, texts and numbers; `read_request` gives back an equal one."""
    return {
        "round": request.round,
        "catalogue": request.catalogue.model_dump(mode="json") if request.catalogue else None,
        "departments": list(request.departments),
        "reached": [[department, topic, level] for (department, topic), level in request.reached.items()],
        "targets": [{**asdict(each), "due": each.due.isoformat()} for each in request.targets],
        "starts": request.starts.isoformat(),
        "importance": dict(request.importance),
        "emphasis": dict(request.emphasis),
        "department_weights": dict(request.department_weights),
        "capacities": [{**asdict(each), "days": list(each.days)} for each in request.capacities],
        "budgets": list(request.budgets) if request.budgets else None,
        "carry_over": request.carry_over,
        "discount": request.discount,
        "already": dict(request.already),
        "decisions": [
            {**asdict(each), "start": each.start.isoformat() if each.start else None} for each in request.decisions
        ],
        "unplannable": [asdict(each) for each in request.unplannable],
        "previous": [{**asdict(each), "start": each.start.isoformat()} for each in request.previous],
        "stability": asdict(request.stability),
        "iterations": request.iterations,
        "time_limit": request.time_limit,
        "seed": request.seed,
    }


def read_request(document: Mapping[str, Any]) -> PlanRequest:
    """A request from what `request_document` wrote."""
    catalogue, budgets = document["catalogue"], document["budgets"]
    return PlanRequest(
        round=document["round"],
        catalogue=ActionCatalogue.model_validate(catalogue) if catalogue else None,
        departments=tuple(document["departments"]),
        reached={(department, topic): level for department, topic, level in document["reached"]},
        targets=tuple(Target(**{**each, "due": date.fromisoformat(each["due"])}) for each in document["targets"]),
        starts=date.fromisoformat(document["starts"]),
        importance=document["importance"],
        emphasis=document["emphasis"],
        department_weights=document["department_weights"],
        capacities=tuple(Capacity(**{**each, "days": tuple(each["days"])}) for each in document["capacities"]),
        budgets=(budgets[0], budgets[1], budgets[2], budgets[3]) if budgets else None,
        carry_over=document["carry_over"],
        discount=document["discount"],
        already=document["already"],
        decisions=tuple(Decision(**{**each, "start": _date_or_none(each["start"])}) for each in document["decisions"]),
        unplannable=tuple(Unplannable(**each) for each in document["unplannable"]),
        previous=tuple(
            Previous(**{**each, "start": date.fromisoformat(each["start"])}) for each in document["previous"]
        ),
        stability=Stability(**document["stability"]),
        iterations=document["iterations"],
        time_limit=document["time_limit"],
        seed=document["seed"],
    )


def _date_or_none(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def read_plan(document: Mapping[str, Any]) -> Plan:
    """A plan from what `Plan.as_document` wrote; plans stored by earlier versions say less."""
    return Plan(
        round=document["round"],
        seed=document["seed"],
        value=document["value"],
        upper_bound=document["upper_bound"],
        gap=document["gap"],
        status=document["status"],
        actions=tuple(_planned(each) for each in document["actions"]),
        capacity=tuple(CapacityUse(**each) for each in document["capacity"]),
        budget=tuple(BudgetUse(**each) for each in document["budget"]),
        not_planned=tuple(
            NotPlanned(**{**each, "reason": read_reason(each["reason"])}) for each in document["not_planned"]
        ),
        conflicts=tuple(read_reason(each) for each in document.get("conflicts", ())),
        prices=tuple(Price(**each) for each in document.get("prices", ())),
        moves=tuple(_move(each) for each in document.get("moves", ())),
        engine=document.get("engine", ""),
        unseen=tuple(document.get("unseen", ())),
    )


def _planned(written: Mapping[str, Any]) -> PlannedAction:
    return PlannedAction(
        **{
            **written,
            "start": date.fromisoformat(written["start"]),
            "finish": date.fromisoformat(written["finish"]),
            "requires": tuple(written["requires"]),
            "closes": tuple(Closes(**each) for each in written["closes"]),
            "why": tuple(read_reason(each) for each in written["why"]),
        }
    )


def _move(written: Mapping[str, Any]) -> Move:
    return Move(
        id=written["id"],
        was=_date_or_none(written["was"]),
        now=_date_or_none(written["now"]),
        reason=read_reason(written["reason"]),
    )


def write_reason(reason: Reason) -> dict[str, Any]:
    """A reason in plain values, days as ISO texts."""
    values = {key: each.isoformat() if isinstance(each, date) else each for key, each in reason.values.items()}
    return {"code": reason.code, "values": values}


def read_reason(written: Mapping[str, Any]) -> Reason:
    """Texts that look like days become days again."""
    return Reason(code=written["code"], values={key: _day(each) for key, each in written["values"].items()})


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) and DAY.fullmatch(value) else value
