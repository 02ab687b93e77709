"""Actions made by hand: a chain of three, and one beside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from maturity.roadmap.actions import Action, Raci

MONDAY = date(2026, 1, 5)


def make_action(code: str, start_week: int = 0, weeks: int = 4, **changes: object) -> Action:
    """An action of `weeks` weeks that starts `start_week` weeks after Monday 5 January 2026."""
    start = MONDAY + timedelta(weeks=start_week)
    action = Action(
        id=f"id-{code}",
        code=code,
        title=f"Action {code}",
        phase=1,
        start=start,
        finish=start + timedelta(weeks=weeks) - timedelta(days=1),
        owner="lead",
        raci=Raci(accountable="lead"),
        effort={"lead": 10.0},
    )
    return replace(action, **changes)  # type: ignore[arg-type]


@pytest.fixture
def make() -> Callable[..., Action]:
    return make_action


@pytest.fixture
def chain() -> list[Action]:
    """a (weeks 0-3) -> b (weeks 4-7) -> c (weeks 8-11); d (weeks 0-1) stands alone but c requires it too."""
    return [
        make_action("a", 0, 4),
        make_action("b", 4, 4, requires=("a",)),
        make_action("c", 8, 4, requires=("b", "d")),
        make_action("d", 0, 2),
    ]
