"""Organisations and their departments."""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import UUID

from maturity.storage.engine import Tx, canonical
from maturity.storage.revision import SETUP, bump
from maturity.storage.rows import Department, Organisation
from maturity.storage.versions import edited

_DEPARTMENT = (
    *("id", "organisation_id", "code", "name", "parent_code"),
    *("staff", "tags", "place", "row_version", "archived_at"),
)


def save_organisation(tx: Tx, organisation: Organisation) -> int:
    """Store a new organisation (row_version 0) or an edited one; returns its new row_version."""
    bump(tx, SETUP)
    if organisation.row_version:
        return _update_organisation(tx, organisation)
    tx.run(
        """INSERT INTO organisation(id, name, is_demo, settings, created_at, row_version)
           VALUES ($id, $name, $is_demo, $settings, $created_at, 1)""",
        id=organisation.id,
        name=organisation.name,
        is_demo=organisation.is_demo,
        settings=canonical(dict(organisation.settings)),
        created_at=organisation.created_at,
    )
    return 1


def _update_organisation(tx: Tx, organisation: Organisation) -> int:
    row = tx.one(
        """UPDATE organisation SET name = $name, settings = $settings, row_version = row_version + 1
           WHERE id = $id AND row_version = $version RETURNING row_version""",
        id=organisation.id,
        name=organisation.name,
        settings=canonical(dict(organisation.settings)),
        version=organisation.row_version,
    )
    return edited(tx, row, "organisation", f"The organisation {organisation.name}", organisation.id)


def organisations(tx: Tx) -> list[Organisation]:
    """All organisations, the oldest first."""
    found = tx.rows(
        "SELECT id, name, is_demo, settings, created_at, row_version FROM organisation ORDER BY created_at, id"
    )
    return [Organisation(**{**row, "settings": json.loads(row["settings"])}) for row in found]


def save_department(tx: Tx, department: Department) -> int:
    """Store a new department (row_version 0) or an edited one; returns its new row_version."""
    bump(tx, SETUP)
    if not department.row_version:
        return _insert_departments(tx, [department])
    row = tx.one(
        """UPDATE department SET code = $code, name = $name, parent_code = $parent_code, staff = $staff, tags = $tags,
             place = $place, archived_at = $archived_at, row_version = row_version + 1
           WHERE id = $id AND row_version = $version RETURNING row_version""",
        id=department.id,
        code=department.code,
        name=department.name,
        parent_code=department.parent_code,
        staff=department.staff,
        tags=canonical(list(department.tags)),
        place=department.place,
        archived_at=department.archived_at,
        version=department.row_version,
    )
    return edited(tx, row, "department", f"The department {department.name}", department.id)


def save_departments(tx: Tx, many: Sequence[Department]) -> None:
    """Store several departments, the new ones at once."""
    new = [department for department in many if not department.row_version]
    if new:
        bump(tx, SETUP)
        _insert_departments(tx, new)
    for department in many:
        if department.row_version:
            save_department(tx, department)


def _insert_departments(tx: Tx, many: Sequence[Department]) -> int:
    rows = [
        (
            d.id,
            d.organisation_id,
            d.code,
            d.name,
            d.parent_code,
            d.staff,
            canonical(list(d.tags)),
            d.place,
            1,
            d.archived_at,
        )
        for d in many
    ]
    tx.insert("department", _DEPARTMENT, rows)
    return 1


def departments(tx: Tx, organisation_id: UUID, *, archived: bool = False) -> list[Department]:
    """The departments in the organisation's own order, the archived ones only where asked for."""
    found = tx.rows(
        """SELECT id, organisation_id, code, name, parent_code, staff, tags, place, row_version, archived_at
           FROM department WHERE organisation_id = $organisation AND ($archived OR archived_at IS NULL)
           ORDER BY place, id""",
        organisation=organisation_id,
        archived=archived,
    )
    return [Department(**{**row, "tags": tuple(json.loads(row["tags"]))}) for row in found]


def zone_of(tx: Tx, organisation_id: UUID) -> str | None:
    """The zone that an organisation counts its days in, as an IANA name; None where nobody has set one."""
    row = tx.one("SELECT zone FROM organisation WHERE id = $id", id=organisation_id)
    return row["zone"] if row else None


def set_zone(tx: Tx, organisation_id: UUID, zone: str | None) -> None:
    """Counts an organisation's days in this zone from now on."""
    tx.run("UPDATE organisation SET zone = $zone WHERE id = $id", zone=zone, id=organisation_id)
