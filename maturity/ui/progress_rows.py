"""The actions of a plan as progress is told of them: status, last report, and how long nothing was heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from maturity.roadmap.actions import Action
from maturity.roadmap.ageing import REPORT_DAYS, age
from maturity.roadmap.progress import ProgressUpdate
from maturity.roadmap.status import Status
from maturity.ui.clock import local
from maturity.ui.roadmap_shown import ShownPlan

Filter = Literal["late", "on_track", "silent", "not_started", "done", "all"]
FILTERS: dict[Filter, str] = {
    "late": "Late",
    "on_track": "On track",
    "silent": f"No report for {REPORT_DAYS} days",
    "not_started": "Not started",
    "done": "Done",
    "all": "All",
}
ORDER = ("late", "on_track", "not_started", "done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One action with its status, its reports (oldest first), and the days since anybody said how it goes;
    `silent` is None where nothing is to be said: it is done, or has not begun and is not late."""

    action: Action
    status: Status
    reports: tuple[ProgressUpdate, ...]
    silent: int | None

    def fits(self, wanted: Filter) -> bool:
        """Whether the line belongs to a filter."""
        if wanted == "silent":
            return self.silent is not None and self.silent >= REPORT_DAYS
        return wanted in ("all", self.status.code)


def lines(shown: ShownPlan) -> tuple[Line, ...]:
    """Every action of the plan, the latest first, then what runs, what waits and what is done."""
    return shown.kept("lines", lambda: _lines(shown))


def _lines(shown: ShownPlan) -> tuple[Line, ...]:
    said: dict[str, list[ProgressUpdate]] = {}
    for each in shown.reports:
        said.setdefault(each.code, []).append(each)
    found = [_line(shown, action, said.get(action.code, ())) for action in shown.plan.actions]
    return tuple(sorted(found, key=_place))


def _line(shown: ShownPlan, action: Action, reports: Sequence[ProgressUpdate]) -> Line:
    how = shown.status(action)
    last = local(reports[-1].made_at).date() if reports else None
    silent = age(action, how, last, shown.today).days
    return Line(action=action, status=how, reports=tuple(reports), silent=silent)


def _place(line: Line) -> tuple[int, int, object, str]:
    return ORDER.index(line.status.code), -line.status.days_late, line.action.start, line.action.code
