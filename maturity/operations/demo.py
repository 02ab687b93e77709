"""The demo city in a store: built from a seed in short transactions, built once, and rebuilt only where asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from maturity.demo.days import DemoDays, demo_days
from maturity.demo.files import load_demo
from maturity.demo.rounds import readiness_of, rounds_of
from maturity.demo.sizes import SIZES, DemoOrganisation, Size, organisations_of
from maturity.operations.demo_filling import Chair, at_nine, fill_round, found_organisation
from maturity.operations.demo_plan import fill_choices, fill_plan, marks_after
from maturity.operations.errors import Refused
from maturity.operations.frameworks import shipped_frameworks
from maturity.operations.workspace import DATA, Workspace
from maturity.storage import setup as stored
from maturity.storage.emptying import empty
from maturity.storage.frameworks import catalogue_versions, framework_versions
from maturity.storage.rows import Organisation

__all__ = ["SIZES", "DemoBuilt", "Size", "build_demo", "holds_demo"]

FRAMEWORK = "city-data-maturity"
SEED = 7
IDS = 1
"""Ids have a chance of their own: one more of them changes no answer."""
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoBuilt:
    """What `build_demo` leaves behind; `fresh` is False where the demo was there already."""

    size: Size
    organisations: tuple[str, ...]
    fresh: bool

    def __str__(self) -> str:
        """One sentence."""
        names = self.organisations[0]
        if len(self.organisations) > 1:
            names = f"{', '.join(self.organisations[:-1])} and {self.organisations[-1]}"
        if self.fresh:
            return f"The demo ({self.size}) is ready: {names}."
        return f"The demo ({self.size}) is there already: {names}; reset it to build it anew."


def build_demo(
    workspace: Workspace,
    size: Size,
    today: date,
    *,
    seed: int = SEED,
    reset: bool = False,
    on_progress: Told | None = None,
) -> DemoBuilt:
    """Fill a store with the demo as it looks on a day; the same seed and day give the same contents.

    A store that holds the demo is left as it is unless `reset`; one that holds anything else is refused.
    `on_progress` hears (answers so far, of how many)."""
    if size not in SIZES:
        raise Refused(f"the demo has the sizes {', '.join(SIZES)}, not {size!r}; choose one of them")
    there = _demo_there(workspace)
    begun = there[0].settings.get("demo", {}) if there else {}
    if begun.get("complete") and not reset:
        return DemoBuilt(size=begun["size"], organisations=tuple(each.name for each in there), fresh=False)
    if there:
        empty(workspace.store)
    files = load_demo(DATA / "demo")
    cities = organisations_of(files.city, size)
    progress = _Progress(on_progress, cities)
    made = [
        _build(
            Chair(
                workspace=workspace,
                files=files,
                city=each,
                seed=(seed, place),
                ids=np.random.default_rng((seed, place, IDS)),
                settings={"demo": {"size": size, "seed": seed, "complete": False}},
            ),
            demo_days(today, files.city.readiness.name),
            progress,
        )
        for place, each in enumerate(cities)
    ]
    _complete(workspace, made[0])
    return DemoBuilt(size=size, organisations=tuple(each.name for each in cities), fresh=True)


def holds_demo(workspace: Workspace) -> bool:
    """Whether the store holds a demo that was built to its end."""
    with workspace.store.reading() as tx:
        found = stored.organisations(tx)
    return bool(found) and found[0].is_demo and bool(found[0].settings.get("demo", {}).get("complete"))


def _demo_there(workspace: Workspace) -> list[Organisation]:
    """The demo's organisations; a refusal where there is anything that is not of the demo."""
    with workspace.store.reading() as tx:
        found = stored.organisations(tx)
        imported = [row.code for row in framework_versions(tx)] + [row.code for row in catalogue_versions(tx)]
    real = [each.name for each in found if not each.is_demo] if found else imported
    if real:
        raise Refused(
            f"the store {workspace.store.name} holds {real[0]!r}, which is not of the demo; "
            "name another store for the demo, nothing was changed"
        )
    return found


class _Progress:
    """Counts answers over all organisations and rounds."""

    def __init__(self, told: Told | None, cities: tuple[DemoOrganisation, ...]) -> None:
        questions = len(next(each for each in shipped_frameworks() if each.id == FRAMEWORK).questions)
        people = sum(department.people for city in cities for department in city.departments)
        self._told, self._total, self._before, self._now = told, 2 * people * questions, 0, 0

    def __call__(self, count: int) -> None:
        """Hears the answers of the present round so far."""
        self._now = count
        if self._told:
            self._told(min(self._before + count, self._total), self._total)

    def next_round(self) -> None:
        """From here on another round is counted."""
        self._before, self._now = self._before + self._now, 0


def _build(chair: Chair, days: DemoDays, progress: _Progress) -> Organisation:
    """One organisation with both rounds, the partners' check, the plan and half a year of work on it."""
    frameworks = shipped_frameworks()
    framework = next(each for each in frameworks if each.id == FRAMEWORK)
    made = found_organisation(chair, at_nine(days.rounds[0].opens - timedelta(days=21)))
    first, second = rounds_of(chair.files, chair.city, framework, days, np.random.default_rng(chair.seed))
    check = readiness_of(chair.files, chair.city, frameworks, days)
    begun = fill_round(chair, made, first, progress)
    progress.next_round()
    if check is not None:
        fill_round(chair, made, check)
    fill_choices(chair, begun, days.plan_made, chair.files.city.already)
    worked = fill_plan(chair, made, begun, days)
    later = fill_round(chair, made, second, progress)
    progress.next_round()
    fill_choices(chair, later, days.today - timedelta(days=9), marks_after(chair.files.city.already, worked))
    return made


def _complete(workspace: Workspace, first: Organisation) -> None:
    settings = {**first.settings, "demo": {**first.settings["demo"], "complete": True}}
    workspace.store.write(stored.save_organisation, replace(first, settings=settings, row_version=1))
