"""What the plan checker finds, as plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class Found(Protocol):
    """A broken rule, such as a `Violation` of the checker."""

    @property
    def code(self) -> str: ...

    @property
    def subject(self) -> str: ...

    @property
    def values(self) -> Mapping[str, Any]: ...


RULES: dict[str, str] = {
    "no_catalogue": "is planned although there is no catalogue",
    "unknown_action": "is no action of the catalogue",
    "malformed_id": "should be called {expected}",
    "duplicate_id": "stands twice in the plan",
    "already_done": "is done or running already",
    "wrong_finish": "does not end when its duration says",
    "outside_horizon": "begins before the plan or ends after it",
    "wrong_phase": "does not start in phase {phase}",
    "before_phase": "starts before phase {phase} opens",
    "off_grid": "does not start with a month of the plan",
    "requires_missing": "requires {requires}, which is not in the plan",
    "requires_later": "starts before {requires} is finished",
    "requires_running": "starts before {requires}, which is running, is over",
    "requires_unmet": "starts without {requires}",
    "level_not_held": "starts where nobody stands at the level it starts from",
    "useless": "brings nothing about, and nothing requires it",
    "closes_wrong": "claims level {level} of {topic} in {department}, which it does not bring about first",
    "closes_missing": "reaches level {level}, but no action claims it",
    "wrong_value": "says a value of {said}, but {found} is right",
    "unaccounted": "level {level} is both planned and left out, or neither",
    "wrong_effort": "does not take the effort that the catalogue says",
    "wrong_cost": "does not cost what the catalogue says",
    "over_capacity": "has too few days in quarter {quarter}: {planned} person-days are planned",
    "wrong_capacity": "is shown with wrong days in quarter {quarter}",
    "over_budget": "costs {planned} up to this phase, but {available} are there",
    "wrong_budget": "is shown with wrong money",
    "rejected": "is planned although it has been rejected",
    "pin_moved": "does not start on the date it is pinned to",
    "outside_window": "does not start on the side of {day} that was decided",
    "decision_dropped": "has been decided, but is not in the plan",
    "wrong_status": "is a status that does not fit the conflicts",
}
_PHASES = ("over_budget", "wrong_budget")


def violation_sentence(found: Found) -> str:
    """A broken rule as one sentence that begins with what it is about."""
    subject = f"Phase {found.subject}" if found.code in _PHASES else found.subject
    place = f" in {found.values['department']}" if "capacity" in found.code and found.values.get("department") else ""
    return f"{subject}{place} {RULES[found.code].format(**found.values)}."
