"""The demo city in a store: built from a seed in short transactions, built once, and rebuilt only where asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from maturity.demo.beside_answers import beside_answers
from maturity.demo.days import DemoDays, demo_days
from maturity.demo.files import DemoFiles, load_demo
from maturity.demo.inhabitants import contact_of, inhabitants_of
from maturity.demo.readiness import readiness_of
from maturity.demo.rounds import rounds_of
from maturity.demo.sizes import SIZES, DemoOrganisation, Size, organisations_of
from maturity.operations.demo_filling import Chair, at_nine, departments_by_code, fill_round, found_organisation
from maturity.operations.demo_partnership import fill_partnership
from maturity.operations.demo_people import fill_changes, fill_people, person_ids
from maturity.operations.demo_plan import fill_choices, fill_plan, marks_after
from maturity.operations.demo_publishing import public_settings_of
from maturity.operations.demo_review import fill_beside, fill_sent_back, sign_off
from maturity.operations.demo_workshop import WORKSHOP_OF, plan_demo_workshop
from maturity.operations.errors import Refused
from maturity.operations.frameworks import shipped_frameworks
from maturity.operations.public_settings import KEY
from maturity.operations.workspace import DATA, Workspace
from maturity.storage import setup as stored
from maturity.storage.emptying import empty
from maturity.storage.frameworks import catalogue_versions, framework_versions
from maturity.storage.people import people
from maturity.storage.rows import Organisation

__all__ = ["SIZES", "DemoBuilt", "Size", "build_demo", "holds_demo"]

FRAMEWORK = "city-data-maturity"
SEED = 7
IDS, PEOPLE_IDS = 1, 3
"""Ids have a chance of their own: one more of them changes no answer, one more person no other id."""
PARTNERSHIP_DAYS = 3
"""So many days ago the region's partnership was set up, and given what it has."""
WORKSHOP_DAYS = 2
"""So many days ago the workshop was planned that nobody has held yet."""
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
    progress, days = _Progress(on_progress, cities), demo_days(today, files.city.readiness.name)
    chairs = [_chair(workspace, files, each, size, (seed, place)) for place, each in enumerate(cities)]
    made = [_build(chair, days, place, progress) for place, chair in enumerate(chairs)]
    names = [each.name for each in cities]
    if size == "region":
        then = chairs[0].on(days.today - timedelta(days=PARTNERSHIP_DAYS))
        names.append(fill_partnership(chairs[0], files.people.partnership, made, then, days.rounds[1].name))
    _complete(workspace, made[0])
    return DemoBuilt(size=size, organisations=tuple(names), fresh=True)


def _chair(workspace: Workspace, files: DemoFiles, city: DemoOrganisation, size: Size, seed: tuple[int, int]) -> Chair:
    return Chair(
        workspace=workspace,
        files=files,
        city=city,
        seed=seed,
        ids=np.random.default_rng((*seed, IDS)),
        people_ids=np.random.default_rng((*seed, PEOPLE_IDS)),
        settings={
            "demo": {"size": size, "seed": seed[0], "complete": False},
            "privacy_contact": contact_of(files, city),
            KEY: public_settings_of(files.public),
        },
    )


def holds_demo(workspace: Workspace) -> bool:
    """Whether the store holds a demo that was built to its end."""
    with workspace.store.reading() as tx:
        found = stored.organisations(tx)
    return bool(found) and found[0].is_demo and bool(found[0].settings.get("demo", {}).get("complete"))


def _demo_there(workspace: Workspace) -> list[Organisation]:
    """The demo's organisations; a refusal where there is anything that is not of the demo. People are the demo's where
    it is in the store, as are those whom somebody added to try it out; with no demo there they are real."""
    with workspace.store.reading() as tx:
        found = stored.organisations(tx)
        imported = [row.code for row in framework_versions(tx)] + [row.code for row in catalogue_versions(tx)]
        strangers = not found and bool(people(tx))
    real = [each.name for each in found if not each.is_demo] if found else imported
    if real:
        raise Refused(
            f"the store {workspace.store.name} holds {real[0]!r}, which is not of the demo; "
            "name another store for the demo, nothing was changed"
        )
    if strangers:  # who are told by no name: it is somebody's who has nothing to do with the demo
        raise Refused(
            f"the store {workspace.store.name} holds people, and no demo that they could belong to; "
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


def _build(chair: Chair, days: DemoDays, place: int, progress: _Progress) -> Organisation:
    """One organisation with its people, both rounds, the partners' check, the plan and a year of work on it.

    The first round and the check are signed off, the second is closed and waits for that."""
    frameworks, files = shipped_frameworks(), chair.files
    framework = next(each for each in frameworks if each.id == FRAMEWORK)
    who = inhabitants_of(files, chair.city, days, place)
    founded = at_nine(days.rounds[0].opens - timedelta(days=21)) + timedelta(seconds=place)  # in their order
    ids = person_ids(chair, who, founded)
    chair = replace(chair, people=ids, by_name={each.name: str(ids[each.email]) for each in who.people})
    made = found_organisation(chair, founded)
    departments = departments_by_code(chair, made)
    fill_people(chair, made, who, departments)
    first, second = rounds_of(files, chair.city, who, framework, days, np.random.default_rng(chair.seed))
    check = readiness_of(files, chair.city, who, frameworks, days)
    begun = fill_round(chair, departments, made, first, progress)
    progress.next_round()
    fill_sent_back(chair, who, begun, first)
    checked = fill_round(chair, departments, made, check) if check else None
    for each in (begun, checked):
        if each is not None:
            sign_off(chair, who, each, days.signed_off)
    fill_choices(chair, begun, days.plan_made, files.city.already)
    worked = fill_plan(chair, made, begun, days)
    later = fill_round(chair, departments, made, second, progress)
    progress.next_round()
    fill_sent_back(chair, who, later, second)
    fill_beside(chair, who, later, beside_answers(files, second, who), departments)
    fill_choices(chair, later, days.today - timedelta(days=9), marks_after(files.city.already, worked))
    if WORKSHOP_OF in chair.city.codes:  # the region's departments go by other names
        plan_demo_workshop(chair, who, later, days.today - timedelta(days=WORKSHOP_DAYS))
    fill_changes(chair, made, who, departments)
    return made


def _complete(workspace: Workspace, first: Organisation) -> None:
    settings = {**first.settings, "demo": {**first.settings["demo"], "complete": True}}
    workspace.store.write(stored.save_organisation, replace(first, settings=settings, row_version=1))
