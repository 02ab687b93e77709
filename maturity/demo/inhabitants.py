"""Who the demo's people are: names, addresses, roles, who stands in for whom, and the links that some of them got."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from maturity.demo.days import DemoDays
from maturity.demo.files import DemoFiles
from maturity.demo.people_file import LinkOf, Names, Role, Somebody
from maturity.demo.sizes import DemoOrganisation

HANDED_OVER = (-10, 18)
"""Days from today: on which the head handed over, and until which the deputy leads."""
LEFT = -12
LINK_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Inhabitant:
    """Somebody who may come in, known by e-mail address; each role with the code of its department, None for all."""

    email: str
    name: str
    roles: tuple[tuple[Role, str | None], ...]
    left_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A head's department in the hands of a deputy; both by e-mail address, `until` is the last day."""

    department: str
    head: str
    deputy: str
    on: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLink:
    """A personal link of somebody (by e-mail address), without any token: nobody comes in by it."""

    email: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inhabitants:
    """Everybody of one organisation. `answering` has the address of each who is asked, by department and number there,
    the silent ones last; `runs`, `reviews` and `leads` are who sets up rounds, reviews them and signs them off, and
    `facilitates` is who holds workshops."""

    people: tuple[Inhabitant, ...]
    answering: Mapping[tuple[str, int], str]
    runs: str
    reviews: str
    leads: str
    facilitates: str
    handed_over: HandOver | None
    links: tuple[DemoLink, ...]

    def head_of(self, department: str) -> str:
        """The address of a department's head."""
        return self.answering[department, 1]

    def name_of(self, department: str, number: int) -> str:
        """The name of somebody who answers."""
        address = self.answering[department, number]
        return next(each.name for each in self.people if each.email == address)


def address_of(name: str, organisation: str) -> str:
    """An address that cannot exist: asha.renner@port-ellery.example."""
    return f"{name.lower().replace(' ', '.')}@{organisation.lower().replace(' ', '-')}.example"


def contact_of(files: DemoFiles, organisation: DemoOrganisation) -> str:
    """Whom people ask about their data."""
    name = files.city.owners["data-protection-officer"]
    return f"{name}, data protection officer, {address_of(name, organisation.name)}"


def inhabitants_of(files: DemoFiles, organisation: DemoOrganisation, days: DemoDays, place: int = 0) -> Inhabitants:
    """Everybody of an organisation, the `place`th of the demo; nothing here is chance."""
    roles: dict[str, list[tuple[Role, str | None]]] = {}
    for each in files.people.staff:
        roles.setdefault(each.name, []).append((each.role, None))
    answering = dict(_answering(files, organisation, place))
    for (department, number), name in answering.items():
        roles.setdefault(name, []).append(("department_lead" if number == 1 else "respondent", department))
    addresses = {name: address_of(name, organisation.name) for name in roles}
    asked = {place: addresses[name] for place, name in answering.items()}
    gone = asked.get(_key(files.people.left))
    return Inhabitants(
        people=tuple(
            Inhabitant(
                email=addresses[name],
                name=name,
                roles=tuple(held),
                left_on=days.today + timedelta(days=LEFT) if addresses[name] == gone else None,
            )
            for name, held in roles.items()
        ),
        answering=asked,
        runs=addresses[files.people.with_role("administrator")],
        reviews=addresses[files.people.with_role("reviewer")],
        leads=addresses[files.people.with_role("leader")],
        facilitates=addresses[files.people.with_role("facilitator")],
        handed_over=_handed_over(files.people.deputy, asked, days.today),
        links=tuple(_link(each, asked[_key(each)], days) for each in files.people.links if _key(each) in asked),
    )


def _answering(files: DemoFiles, organisation: DemoOrganisation, place: int) -> Iterator[tuple[tuple[str, int], str]]:
    names = _names(files.people.names, place * 500)
    for department in organisation.departments:
        yield (department.code, 1), department.head
        invited = department.people + files.people.silent.get(department.code, 0)
        for number in range(2, invited + 1):
            yield (department.code, number), next(names)


def _names(names: Names, begin: int) -> Iterator[str]:
    """First and last names from the `begin`th pair on: no pair comes twice, as the count of last names is a prime."""
    first, last = names.first, names.last
    for number in range(begin, len(first) * len(last)):
        block, at = divmod(number, len(first))
        yield f"{first[at]} {last[(at * 7 + block) % len(last)]}"


def _key(somebody: Somebody) -> tuple[str, int]:
    return somebody.department, somebody.person


def _handed_over(deputy: Somebody, asked: Mapping[tuple[str, int], str], today: date) -> HandOver | None:
    if _key(deputy) not in asked:
        return None
    on, until = (today + timedelta(days=days) for days in HANDED_OVER)
    head = asked[deputy.department, 1]
    return HandOver(department=deputy.department, head=head, deputy=asked[_key(deputy)], on=on, until=until)


def _link(link: LinkOf, email: str, days: DemoDays) -> DemoLink:
    """A link made when the second round opened, or a week ago where it is to be valid today."""
    opened, closed = (_at(day) for day in (days.rounds[1].opens, days.rounds[1].closes))
    made = _at(days.today - timedelta(days=7)) if link.state == "valid" else opened
    return DemoLink(
        email=email,
        made_at=made,
        expires_at=made + timedelta(days=90 if link.state == "revoked" else LINK_DAYS),
        used_at=made + timedelta(days=1),
        revoked_at=closed if link.state == "revoked" else None,
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)


def everybody_asked(inhabitants: Inhabitants, departments: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Who is invited to a round: department codes with addresses."""
    return tuple((code, email) for (code, _), email in inhabitants.answering.items() if code in departments)
