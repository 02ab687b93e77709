"""Setting up: the organisation and its departments, in its own order and tree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from maturity.access.permissions import Verb, require
from maturity.access.roles import Visitor
from maturity.assessment.departments import Department, DepartmentsRefused, check_tree
from maturity.operations.errors import Refused
from maturity.operations.workspace import Workspace
from maturity.storage import rows
from maturity.storage import setup as stored
from maturity.storage.audit import record
from maturity.storage.engine import Tx, new_id

__all__ = ["Department", "Organisation", "create_organisation", "organisation", "organisations", "set_departments"]

MOST_DEPARTMENTS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A city, council or agency and its departments in its own order; its days are counted in `zone`."""

    id: UUID
    name: str
    is_demo: bool
    departments: tuple[Department, ...]
    zone: str | None = None

    def department(self, code: str) -> Department:
        """The department with this code, or a refusal that lists the codes there are."""
        for each in self.departments:
            if each.code == code:
                return each
        known = ", ".join(d.code for d in self.departments)
        raise Refused(f"{self.name} has no department {code!r}; it has {known}")

    @property
    def names(self) -> dict[str, str]:
        """Department names by code."""
        return {d.code: d.name for d in self.departments}


def organisations(workspace: Workspace, visitor: Visitor) -> tuple[Organisation, ...]:
    """Every organisation of the store that the visitor has a role in, the oldest first."""
    require(visitor, "read_help", organisation=None)
    with workspace.store.reading() as tx:
        return tuple(_organisation(tx, row) for row in stored.organisations(tx) if visitor.sees(row.id))


def organisation(workspace: Workspace, visitor: Visitor, name: str | None = None) -> Organisation | None:
    """The organisation of that name, or the first that the visitor has a role in; None while nothing is set up."""
    if not visitor.grants:
        return None
    with workspace.store.reading() as tx:
        found = [row for row in stored.organisations(tx) if name in (None, row.name) and visitor.sees(row.id)]
        return _organisation(tx, found[0]) if found else None


def the_organisation(
    workspace: Workspace, visitor: Visitor, name: str | None = None, *, verb: Verb = "read_help"
) -> Organisation:
    """As `organisation`, refusing where there is none, or several and no name to choose by, or where the visitor may
    not do `verb` there."""
    every = organisations(workspace, visitor)
    chosen = [each for each in every if name in (None, each.name)]
    if not chosen:
        known = ", ".join(each.name for each in every)
        raise Refused(
            f"there is no organisation {name!r}; there are {known}"
            if known
            else "nothing is set up in this store yet; run `python -m maturity demo` or set up your organisation first"
        )
    if len(chosen) > 1:
        raise Refused(f"the store holds several organisations: {', '.join(e.name for e in chosen)}; name one of them")
    require(visitor, verb, organisation=chosen[0].id)
    return chosen[0]


def _organisation(tx: Tx, row: rows.Organisation) -> Organisation:
    departments = tuple(domain_department(each) for each in stored.departments(tx, row.id))
    return Organisation(
        id=row.id, name=row.name, is_demo=row.is_demo, departments=departments, zone=stored.zone_of(tx, row.id)
    )


def domain_department(row: rows.Department, weight: float = 1.0) -> Department:
    """A stored department as the scorer sees it."""
    return Department(
        code=row.code,
        name=row.name,
        parent=row.parent_code,
        staff=row.staff,
        tags=frozenset(row.tags),
        weight=weight,
    )


def create_organisation(
    workspace: Workspace,
    visitor: Visitor,
    name: str,
    departments: Sequence[Department] = (),
    *,
    is_demo: bool = False,
) -> Organisation:
    """Sets up an organisation; refuses an empty or taken name and a department tree with a circle."""
    require(visitor, "run_installation", organisation=None)
    name = name.strip()
    if not 1 <= len(name) <= 200:
        raise Refused("an organisation's name has 1 to 200 characters; shorten or enter it")
    checked = _checked(departments)

    def write(tx: Tx) -> None:
        if any(row.name == name for row in stored.organisations(tx)):
            raise Refused(f"there is an organisation {name!r} already; choose another name")
        now = workspace.clock()
        made = rows.Organisation(id=new_id(now), name=name, is_demo=is_demo, created_at=now)
        stored.save_organisation(tx, made)
        keep_departments(tx, made.id, checked, now)
        _note(tx, workspace, visitor, "set up organisation", name, checked)

    workspace.store.write(write)
    made = organisation(workspace, replace(visitor, at=None), name)  # the visit may be to another one
    assert made is not None
    return made


def set_departments(
    workspace: Workspace, visitor: Visitor, departments: Sequence[Department], name: str | None = None
) -> Organisation:
    """Replaces names, order, staff, tags and places in the tree; a department left out is archived, never deleted."""
    mine = the_organisation(workspace, visitor, name, verb="manage_rounds")
    checked = _checked(departments)

    def write(tx: Tx) -> None:
        keep_departments(tx, mine.id, checked, workspace.clock())
        _note(tx, workspace, visitor, "set departments", mine.name, checked)

    workspace.store.write(write)
    return the_organisation(workspace, visitor, mine.name)


def departments_from_lines(text: str) -> tuple[Department, ...]:
    """Departments from a pasted list: a name a line, optionally "; staff count"."""
    found: list[Department] = []
    for number, line in enumerate(text.splitlines(), start=1):
        name, _, staff = (part.strip() for part in line.partition(";"))
        if not name:
            continue
        if staff and not staff.isdigit():
            raise Refused(f"line {number}: the staff count {staff!r} is not a whole number; write `Housing; 240`")
        found.append(Department(code=code_of(name), name=name, staff=int(staff) if staff else None))
    return _checked(found)


def code_of(name: str) -> str:
    """A readable code made from a name: lower case, words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "department"


def _checked(departments: Sequence[Department]) -> tuple[Department, ...]:
    if len(departments) > MOST_DEPARTMENTS:
        raise Refused(f"an organisation has at most {MOST_DEPARTMENTS} departments, not {len(departments)}")
    seen: set[str] = set()
    for each in departments:
        if not each.name.strip():
            raise Refused("a department needs a name; enter it or remove the line")
        if each.code in seen:
            raise Refused(f"the department {each.name!r} stands twice; keep one of them")
        seen.add(each.code)
    try:
        check_tree(departments)
    except DepartmentsRefused as error:
        raise Refused(str(error)) from None
    return tuple(departments)


def keep_departments(tx: Tx, organisation_id: UUID, departments: Sequence[Department], now: datetime) -> None:
    """Inside a transaction: the stored departments become these, in this order; others are archived."""
    known = {row.code: row for row in stored.departments(tx, organisation_id, archived=True)}
    wanted = [_row(organisation_id, place, each, known, now) for place, each in enumerate(departments)]
    left_out = set(known) - {row.code for row in wanted}
    gone = [replace(known[code], archived_at=now) for code in sorted(left_out) if known[code].archived_at is None]
    changed = [row for row in wanted if row.row_version == 0 or row != known[row.code]]
    stored.save_departments(tx, [*changed, *gone])


def add_departments(tx: Tx, organisation_id: UUID, departments: Sequence[Department], now: datetime) -> None:
    """Inside a transaction: adds departments behind those that are there."""
    place = 1 + max((row.place for row in stored.departments(tx, organisation_id, archived=True)), default=-1)
    new = [_row(organisation_id, place + number, each, {}, now) for number, each in enumerate(departments)]
    stored.save_departments(tx, new)


def _row(
    organisation_id: UUID, place: int, department: Department, known: Mapping[str, rows.Department], now: datetime
) -> rows.Department:
    before = known.get(department.code)
    return rows.Department(
        id=before.id if before else new_id(now),
        organisation_id=organisation_id,
        code=department.code,
        name=department.name,
        parent_code=department.parent,
        staff=department.staff,
        tags=tuple(sorted(department.tags)),
        place=place,
        row_version=before.row_version if before else 0,
        archived_at=None,
    )


def _note(tx: Tx, workspace: Workspace, visitor: Visitor, verb: str, name: str, after: Sequence[Department]) -> None:
    detail = {"departments": [each.code for each in after]}
    record(tx, made_at=workspace.clock(), actor=visitor.person, verb=verb, subject=name, detail=detail)
