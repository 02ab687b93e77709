"""A plan on the command line, shown or kept."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

from maturity import cli_tables as tables
from maturity.access.roles import COMMAND_LINE
from maturity.cli_commands import bar, command, opened

USUAL_STAGES = 4


def add_commands(commands: Any) -> None:
    """The command `plan`."""
    plan = command(commands, "plan", "A phased plan that closes the gaps of a round.", _plan)
    plan.add_argument("round")
    plan.add_argument("--budget", type=float, help="the whole sum, split over the phases as the phase budgets are")
    plan.add_argument(
        "--start", type=date.fromisoformat, help="first day (default: the quarter after the round closes)"
    )
    plan.add_argument("--time-limit", type=float, help="seconds; gives up that the same seed gives the same bytes")
    plan.add_argument("--seed", type=int, default=0)
    plan.add_argument("--format", choices=tables.FORMATS, default="table")
    plan.add_argument("--save", metavar="NAME", help="keep the plan as a plan version of this name")
    plan.add_argument("--organisation")


def _plan(chosen: argparse.Namespace) -> None:
    from maturity.operations import plans
    from maturity.operations.catalogues import names_of
    from maturity.operations.plan_making import replan
    from maturity.operations.rounds import find_round

    with opened(chosen) as workspace:
        round_ = find_round(workspace, COMMAND_LINE, chosen.round, chosen.organisation)
        with bar("plan") as told:
            asked = {
                "budget": chosen.budget,
                "starts": chosen.start,
                "seed": chosen.seed,
                "time_limit": chosen.time_limit,
                "on_stage": _counting(told),
            }
            if chosen.save:  # around what goes on: a plan that is kept takes the place of the one in force
                made = replan(workspace, COMMAND_LINE, round_, chosen.save, **asked).body
            else:
                made = plans.make_plan(workspace, COMMAND_LINE, round_, **asked)
        names = names_of(workspace, round_)
    print(tables.plan(made, chosen.format, names))


def _counting(told: Callable[[int, int], None]) -> Callable[[object], bool]:
    """Stages of a plan as steps of a bar; nobody knows before how often a plan will still become better."""
    stages = count(1)

    def reached(_: object) -> bool:
        done = next(stages)
        told(done, max(USUAL_STAGES, done + 1))
        return True

    return reached
