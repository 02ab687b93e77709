"""Plans that fixtures ask for, made once for each question: hundreds of tests begin with the same plan of one town.

The planner answers the same request with the same plan to the byte, which tests of its own hold it to. What a test
itself asks for, after its fixtures are set up, is always made anew."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import Any

from maturity.planning import engine, greedy
from maturity.planning.guided import Guided
from maturity.planning.plan import Plan
from maturity.planning.request import PlanRequest

# Others tell somebody how far they are, or were put there by a test: what they do is the point.
QUIET = (Guided(), greedy.solve)


class MadePlans:
    """`engine.make_plan`, which knows what it answered before while `setting_up`."""

    def __init__(self) -> None:
        self.setting_up = False
        self._make = engine.make_plan
        self._known: dict[Hashable, Plan] = {}

    def __call__(self, request: PlanRequest, **how: Any) -> Plan:
        maker = how.get("engine", greedy.solve)
        # With a time limit the machine's speed decides, with a clock the test does.
        if not self.setting_up or request.time_limit is not None or "clock" in how or maker not in QUIET:
            return self._make(request, **how)
        key = (maker, repr(request))
        if key not in self._known:
            self._known[key] = self._make(request, **how)
        return self._known[key]

    @contextmanager
    def while_setting_up(self) -> Iterator[None]:
        """What is asked for in here may be known already."""
        self.setting_up = True
        try:
            yield
        finally:
            self.setting_up = False


MADE = MadePlans()


def install() -> None:
    """Stand where the planner stands."""
    engine.make_plan = MADE
