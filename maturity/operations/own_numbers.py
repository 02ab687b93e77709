"""Values made of what people typed, with one sentence in words of the page where that is not possible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from maturity.operations.errors import Refused

T = TypeVar("T", bound=BaseModel)
NAMES = {
    "title": "the title", "summary": "the summary", "phase": "the phase", "scope": "the scope", "lead": "the lead",
    "deliverable": "what it delivers", "done_when": "done when", "kpi": "the KPI", "requires": "what comes first",
    "raises": "what it raises", "duration_weeks": "the duration in weeks", "effort": "the effort", "cost": "the cost",
    "routes": "the route", "exit": "the way out", "skills": "the skills left behind", "unit": "the unit of the KPI",
    "name": "its name", "from_level": "from level", "to_level": "to level", "one_off": "once", "yearly": "each year",
    "low": "low", "likely": "likely", "high": "high",
}  # fmt: skip
PLAIN = {
    "missing": "is missing; enter it",
    "string_too_short": "is missing; enter it",
    "too_short": "is empty; give one at least",
    "finite_number": "must be a number that is written out, not infinite or missing",
}


def made_of(kind: type[T], fields: Mapping[str, Any], roles: Mapping[str, str]) -> T:
    """The value that the fields say, or a refusal with the first thing that is wrong: where, and what to do.

    `roles` gives the names of roles by id."""
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        said = str(first["msg"]).removeprefix("Value error, ")
        where = [{**roles, **NAMES}.get(part, part) for part in first["loc"] if isinstance(part, str)]
        what = PLAIN.get(first["type"]) or _bound(first["type"], first.get("ctx") or {})
        if first["type"] == "value_error":
            raise Refused(f"{', '.join(where)}: {said}" if where else said) from None
        raise Refused(f"{', '.join(where) or 'the action'} {what or ': ' + said}") from None


def _bound(kind: str, limits: Mapping[str, Any]) -> str:
    """The refusal of a number or text outside its limits; empty for any other rule."""
    if kind == "greater_than_equal":
        return f"must be {limits['ge']:g} or more"
    if kind == "less_than_equal":
        return f"must be {limits['le']:g} or less"
    if kind == "string_too_long":
        return f"is longer than {limits['max_length']} characters; shorten it"
    if kind in ("int_from_float", "int_parsing", "int_type", "float_parsing", "float_type"):
        return "must be a number"
    return ""
