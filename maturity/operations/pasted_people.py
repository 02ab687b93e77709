"""Many people at once, from a pasted list: every line is checked first, then all are added in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from maturity.access.people import GivenRole, Person
from maturity.access.roles import Visitor
from maturity.operations.given_roles import changed_people
from maturity.operations.people_lines import BadLines, Line, read_lines
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.storage import people as stored
from maturity.storage.engine import Tx, new_id

__all__ = ["Added", "BadLines", "add_people"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What came of a list: how many people are new, how many known ones got a further role, and how many lines were
    true already."""

    new: int
    further: int
    there: int


@dataclass
class _Roll:
    """Everybody known when the list comes, and what the list adds."""

    people: dict[str, Person]
    held: list[GivenRole]
    new: dict[str, Person] = field(default_factory=dict)
    given: list[GivenRole] = field(default_factory=list)
    there: int = 0

    def of(self, line: Line) -> Person | None:
        """The known person of a line: by e-mail address, or without one by name and the very role."""
        if line.email:
            return self.people.get(line.email) or self.new.get(line.email)
        for each in self.same(line):
            known = self.people.get(str(each.person_id))
            if known and known.is_here and known.name.casefold() == line.name.casefold():
                return known
        return None

    def same(self, line: Line) -> list[GivenRole]:
        """Who has the role of a line, in its place."""
        place = (line.role, line.place.organisation_id, line.place.department_id)
        return [each for each in self.held if (each.role, each.organisation_id, each.department_id) == place]


def add_people(workspace: Workspace, visitor: Visitor, text: str, organisation: str | None = None) -> Added:
    """Adds the people of a list, a line each: "Name; address; department; role" (tabs do as well; address, department
    and role may be empty; who has a department and no role is a respondent). All or nobody: `BadLines` names every
    line that cannot be. The same list again adds nobody."""
    mine = the_organisation(workspace, visitor, organisation, verb="invite")
    lines = read_lines(workspace, visitor, mine, text)

    def write(tx: Tx, now: datetime) -> Added:
        tx.alone(stored.PEOPLE)
        return _keep(tx, visitor, lines, now)

    return changed_people(workspace, visitor, write, verb="add people", subject=mine.name, detail={"lines": len(lines)})


def _keep(tx: Tx, visitor: Visitor, lines: Sequence[Line], now: datetime) -> Added:
    everybody = stored.people(tx)
    # Who has no address is found by id, through the role that they hold.
    roll = _Roll(people={each.email or str(each.id): each for each in everybody}, held=stored.given_roles(tx))
    gone = [(line, known) for line in lines if (known := roll.of(line)) and not known.is_here]
    if gone:
        raise BadLines([f"line {at.number}: {known.name} has left; say first that they are back" for at, known in gone])
    for line in lines:
        _add(tx, roll, line, visitor, now)
    stored.add_many(tx, roll.new.values(), roll.given)
    new = {each.id for each in roll.new.values()}
    further = sum(1 for each in roll.given if each.person_id not in new)
    return Added(new=len(new), further=further, there=roll.there)


def _add(tx: Tx, roll: _Roll, line: Line, visitor: Visitor, now: datetime) -> None:
    """One line: a person where there is none yet, the role where it is not held for good already."""
    person = roll.of(line)
    if person is None:
        person = Person(id=new_id(now), name=line.name, email=line.email, created_at=now)
        roll.new[line.email or str(person.id)] = person
    own = [each for each in roll.same(line) if each.person_id == person.id]
    if any(each.until is None for each in own):
        roll.there += 1
        return
    for each in own:  # one that ends, or has ended, gives way
        stored.end_role(tx, each.id, now)
    roll.given.append(_given(person.id, line, visitor, now))


def _given(person_id: UUID, line: Line, visitor: Visitor, now: datetime) -> GivenRole:
    return GivenRole(
        id=new_id(now), person_id=person_id, organisation_id=line.place.organisation_id,
        department_id=line.place.department_id, department=line.place.department, role=line.role,
        given_by=visitor.person, given_at=now,
    )  # fmt: skip
