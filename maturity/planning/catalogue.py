"""The action catalogue: what a city can do to raise a topic by a level, as templates in a file.

Efforts, durations and costs are estimates for a mid-sized council and are marked as such.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, FiniteFloat, model_validator

from maturity.framework.model import FileValue, Id, Name, Text

PersonDays = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Money = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Weeks = Annotated[int, Field(ge=1, le=156)]


class CatalogueError(ValueError):
    """A catalogue file that is refused: the message says what, where and how to mend it."""


class Estimate(FileValue):
    """Three-point estimate in one unit: person-days for effort, whole currency units for money."""

    low: PersonDays
    likely: PersonDays
    high: PersonDays

    @model_validator(mode="after")
    def _ordered(self) -> Estimate:
        if not self.low <= self.likely <= self.high:
            raise ValueError(f"an estimate must rise: low {self.low}, likely {self.likely}, high {self.high}")
        return self


class Cost(FileValue):
    """Money beside people's time: once, and per year of running. A missing part is unpriced, never 0."""

    one_off: Estimate | None = None
    yearly: Estimate | None = None


class Raise(FileValue):
    """The levels of one topic that a finished action lifts a department over."""

    topic: Id
    from_level: Annotated[int, Field(ge=1, le=9)]
    to_level: Annotated[int, Field(ge=2, le=10)]

    @model_validator(mode="after")
    def _rises(self) -> Raise:
        if self.from_level >= self.to_level:
            raise ValueError(f"{self.topic}: from_level {self.from_level} must be below to_level {self.to_level}")
        return self


KpiKind = Literal["leading", "lagging"]
Frequency = Literal["weekly", "monthly", "quarterly", "yearly"]


class Kpi(FileValue):
    """How one sees that it worked: from `baseline` to `target` by `due`, in `unit`. A leading one shows early whether
    the work takes, a lagging one whether it has changed anything. `source` says where its readings come from."""

    name: Name
    unit: Name
    direction: Literal["up", "down"] = "up"
    kind: KpiKind = "lagging"
    baseline: FiniteFloat | None = None
    target: FiniteFloat | None = None
    due: date | None = None
    source: Text = ""
    frequency: Frequency | None = None


RouteKind = Literal["build", "buy", "partner"]


class Route(FileValue):
    """A way to get an action done: by own people, from a supplier, with other organisations. `exit` says how to get
    out again, `skills` what people here can do afterwards. Numbers that are missing are the
    action's own; a `cost` without a part leaves that part unpriced."""

    kind: RouteKind
    exit: Annotated[Text, Field(min_length=1)]
    skills: Annotated[Text, Field(min_length=1)]
    duration_weeks: Weeks | None = None
    effort: Annotated[dict[Id, Estimate], Field(min_length=1)] | None = None
    cost: Cost | None = None


class CatalogueAction(FileValue):
    """A template: one planned action per city, or one per department that needs it.

    The first of its `routes` is the one that its numbers stand for, and what the catalogue recommends."""

    id: Id
    title: Name
    summary: Text
    phase: Annotated[int, Field(ge=1, le=4)]
    scope: Literal["city", "department"] = "city"
    lead: Id
    deliverable: Text
    done_when: Text
    kpi: Kpi
    requires: tuple[Id, ...] = ()
    raises: tuple[Raise, ...]
    duration_weeks: Weeks
    effort: Annotated[dict[Id, Estimate], Field(min_length=1)]
    cost: Cost | None = None
    quick_win: bool = False
    routes: tuple[Route, ...] = ()
    basis: tuple[str, ...] = ()

    @property
    def likely_effort(self) -> dict[str, float]:
        """Person-days by role, the likely value."""
        return {role: estimate.likely for role, estimate in self.effort.items()}

    @property
    def roles(self) -> set[str]:
        """Every role that leads it or gives time to it, by whatever route."""
        return {self.lead, *self.effort, *(role for route in self.routes for role in route.effort or ())}

    def by_route(self, kind: str) -> CatalogueAction:
        """The action with the numbers of one of its routes; itself where it has no such route."""
        numbers = ("duration_weeks", "effort", "cost")
        for route in self.routes:
            if route.kind == kind:
                own = {name: getattr(route, name) for name in numbers if getattr(route, name) is not None}
                return self.model_copy(update=own) if own else self
        return self

    @model_validator(mode="after")
    def _routes_make_sense(self) -> CatalogueAction:
        kinds = [route.kind for route in self.routes]
        if len(set(kinds)) != len(kinds):
            raise ValueError(f"action {self.id!r} has a kind of route twice; keep one of each")
        if self.routes and (self.routes[0].duration_weeks or self.routes[0].effort or self.routes[0].cost):
            raise ValueError(f"the first route of action {self.id!r} has numbers; its numbers are the action's own")
        return self


class Role(FileValue):
    """Who does the work. A `department` role exists once in every department, the others once in the city."""

    id: Id
    name: Name
    scope: Literal["city", "department"] = "city"
    days_per_quarter: PersonDays


class ActionCatalogue(FileValue):
    """Everything that can be proposed for one framework."""

    id: Id
    version: Annotated[str, Field(min_length=1, max_length=40)]
    framework: Id
    name: Name
    summary: Text = ""
    language: str = "en"
    licence: Name
    source: Text
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "EUR"
    price_year: Annotated[int, Field(ge=2000, le=2100)]
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    actions: Annotated[tuple[CatalogueAction, ...], Field(min_length=1)]

    @cached_property
    def by_id(self) -> dict[str, CatalogueAction]:
        """Actions by id."""
        return {action.id: action for action in self.actions}

    @cached_property
    def role(self) -> dict[str, Role]:
        """Roles by id."""
        return {role.id: role for role in self.roles}

    @model_validator(mode="after")
    def _consistent(self) -> ActionCatalogue:
        if len(self.by_id) != len(self.actions):
            raise ValueError("action ids must be unique")
        for action in self.actions:
            unknown = [p for p in action.requires if p not in self.by_id]
            if unknown:
                raise ValueError(f"action {action.id!r} requires {unknown}, which the catalogue does not have")
            strange = sorted(action.roles - set(self.role))
            if strange:
                raise ValueError(f"action {action.id!r} names the roles {strange}, which are not listed")
            early = [p for p in action.requires if self.by_id[p].phase > action.phase]
            if early:
                raise ValueError(f"action {action.id!r} of phase {action.phase} requires {early} of a later phase")
        cycle = find_cycle({a.id: a.requires for a in self.actions})
        if cycle:
            raise ValueError(f"{' -> '.join(cycle)}: neither can start; remove one of these links")
        return self


def find_cycle(requires: dict[str, tuple[str, ...]]) -> list[str]:
    """One circle of prerequisites as a closed path of ids, or an empty list."""
    finished: set[str] = set()
    for start in requires:
        path: list[str] = []
        walk: list[tuple[str, int]] = [(start, 0)]
        while walk:
            node, turn = walk.pop()
            if turn == 0:
                if node in path:
                    return [*path[path.index(node) :], node]
                if node in finished:
                    continue
                path.append(node)
            below = requires.get(node, ())
            if turn < len(below):
                walk.append((node, turn + 1))
                walk.append((below[turn], 0))
            else:
                path.pop()
                finished.add(node)
    return []
