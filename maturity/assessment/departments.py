"""Departments as the scorer sees them: a tree with weights, in the organisation's own order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Weights = Literal["equal", "staff", "chosen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department of a round. `parent` is a code; `weight` counts in the roll-up to groups and organisation."""

    code: str
    name: str
    parent: str | None = None
    staff: int | None = None
    tags: frozenset[str] = frozenset()
    weight: float = 1.0


class DepartmentsRefused(ValueError):
    """A department tree that cannot be: a circle, or a parent that is not there."""


def check_tree(departments: Sequence[Department]) -> None:
    """Refuses an unknown parent and a circle of parents with one sentence."""
    parent = {d.code: d.parent for d in departments}
    for code in parent:
        seen: list[str] = []
        at: str | None = code
        while at is not None:
            if at in seen:
                raise DepartmentsRefused(f"{' is in '.join([*seen, at])}: departments cannot contain themselves")
            if at not in parent:
                raise DepartmentsRefused(
                    f"department {seen[-1]!r} stands in {at!r}, which does not exist; add it first"
                )
            seen.append(at)
            at = parent[at]


def members(departments: Sequence[Department]) -> Mapping[str, tuple[str, ...]]:
    """For each department that others stand in: itself and every department below it, in the given order."""
    parent = {d.code: d.parent for d in departments}
    below: dict[str, list[str]] = {}
    for department in departments:
        at = department.parent
        while at is not None:
            below.setdefault(at, []).append(department.code)
            at = parent.get(at)
    return {code: (code, *codes) for code, codes in below.items()}


def weighted(departments: Sequence[Department], weights: Weights) -> tuple[Department, ...]:
    """The departments with the weights that a roll-up asks for; staff counts need every department's number."""
    if weights == "chosen":
        return tuple(departments)
    if weights == "staff" and any(d.staff is None for d in departments):
        raise DepartmentsRefused(
            "weights by staff need the staff count of every department; missing: "
            + ", ".join(d.name for d in departments if d.staff is None)
        )
    return tuple(replace(d, weight=1.0 if weights == "equal" else float(d.staff or 0)) for d in departments)
