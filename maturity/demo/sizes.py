"""The demo in three sizes: four departments, the city, and a region of five organisations for benchmarks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Literal

from maturity.demo.files import DemoCity, DemoDepartment

Size = Literal["small", "city", "region"]
SIZES: tuple[Size, ...] = ("small", "city", "region")
SMALL_PEOPLE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOrganisation:
    """One organisation of the demo, its departments in their fixed order."""

    name: str
    departments: tuple[DemoDepartment, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its departments."""
        return frozenset(each.code for each in self.departments)


def organisations_of(city: DemoCity, size: Size) -> tuple[DemoOrganisation, ...]:
    """The organisations of a size, the city first."""
    if size == "region":
        return tuple(
            DemoOrganisation(name=each.name, departments=_spread_out(city, each.general))
            for each in city.region.organisations
        )
    chosen = city.departments if size == "city" else tuple(_fewer(each) for each in _small(city))
    return (DemoOrganisation(name=city.organisation, departments=chosen),)


def _small(city: DemoCity) -> list[DemoDepartment]:
    return [each for each in city.departments if each.code in city.small]


def _fewer(department: DemoDepartment) -> DemoDepartment:
    # One less than the fewest shown stays where it is: what is hidden has to be seen in the small demo too.
    people = department.people if department.people < SMALL_PEOPLE else SMALL_PEOPLE
    return department.model_copy(update={"people": people})


def _spread_out(city: DemoCity, general: float) -> tuple[DemoDepartment, ...]:
    region = city.region
    everywhere = (
        department.model_copy(
            update={
                "code": f"{department.code}-{area.lower()}",
                "name": f"{department.name}, {area}",
                "people": region.people,
                "general": department.general + general + 0.1 * place,
                "leader_gap": None,
            }
        )
        for department in city.departments
        for place, area in enumerate(region.areas)
    )
    return tuple(islice(everywhere, region.departments))
