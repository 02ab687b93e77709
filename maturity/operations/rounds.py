"""Assessment rounds: created, opened, closed; who takes part, and by which weights the roll-up counts."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maturity.access.permissions import may, require
from maturity.access.roles import Visitor
from maturity.assessment.departments import Department, DepartmentsRefused, Weights, weighted
from maturity.assessment.terms import RoundTerms
from maturity.framework.model import Framework
from maturity.operations.early_sight import WHOLE, NotShownYet, for_all, not_yet, runs
from maturity.operations.errors import Changed, Refused
from maturity.operations.frameworks import (
    find_framework,
    framework_by_id,
    framework_of_round,
    keep_framework,
)
from maturity.operations.round_rules import check_round, possible_terms, said
from maturity.operations.setup import domain_department, the_organisation
from maturity.operations.workspace import Workspace
from maturity.storage import rounds as stored
from maturity.storage import rows
from maturity.storage import setup as stored_setup
from maturity.storage import terms as stored_terms
from maturity.storage.audit import record
from maturity.storage.engine import Conflict, RuleBroken, Tx, new_id
from maturity.storage.invitations import invite_all

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One assessment round with the framework version it is pinned to and the departments that take part.

    `framework` has the topics that the round asks about, and no others: whatever reads it agrees on them."""

    id: UUID
    organisation_id: UUID
    organisation: str
    name: str
    status: rows.RoundStatus
    track: rows.Track
    weights: Weights
    opens_on: date | None
    closes_on: date | None
    row_version: int
    framework: Framework
    departments: tuple[Department, ...]
    terms: RoundTerms = field(default_factory=RoundTerms)

    @property
    def scope(self) -> str:
        """The revision scope that rises with every answer of this round."""
        return stored.round_scope(self.id)

    @property
    def names(self) -> dict[str, str]:
        """Department names by code."""
        return {d.code: d.name for d in self.departments}


def rounds(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[Round, ...]:
    """The rounds of an organisation in the order of time, the earliest first; a half import is not one."""
    mine = the_organisation(workspace, visitor, organisation)
    with workspace.store.reading() as tx:
        found = [row for row in stored.rounds(tx, mine.id) if row.status != "importing"]
        return tuple(_round(tx, row, mine.name) for row in found)


def find_round(workspace: Workspace, visitor: Visitor, name: str = "latest", organisation: str | None = None) -> Round:
    """The round of that name; "latest" is the newest that people can answer or have answered on a scored scale, and
    for whoever reads results as others show them, the newest whose results are shown."""
    mine = the_organisation(workspace, visitor, organisation)
    with workspace.store.reading() as tx:
        row = _latest(workspace, visitor, tx, mine.id) if name == "latest" else stored.round_by_name(tx, mine.id, name)
        if row is not None and row.status != "importing":
            return _round(tx, row, mine.name)
        known = ", ".join(repr(r.name) for r in stored.rounds(tx, mine.id)) or "none yet"
    raise Refused(f"{mine.name} has no round {name!r}; its rounds are {known}")


def _latest(workspace: Workspace, visitor: Visitor, tx: Tx, organisation_id: UUID) -> rows.Round | None:
    """The newest round that counts maturity levels, else the newest of any kind (points frameworks come second).

    A leader's pages go on showing the round before while a newer one is open, or with the heads of department."""
    seen = [row for row in stored.rounds(tx, organisation_id) if row.status not in ("importing", "draft")]
    levels = [row for row in seen if framework_by_id(tx, row.framework_version_id).levels]
    ordered = [*reversed(levels), *(row for row in reversed(seen) if row not in levels)]
    if runs(visitor, organisation_id) or not may(visitor, "read_results", WHOLE, organisation_id):
        return next(iter(ordered), None)
    today, terms = workspace.clock().date(), {row.id: stored_terms.terms_of(tx, row.id) for row in ordered}
    for row in ordered:
        if for_all(row.status, row.closes_on, terms[row.id], today):
            return row
    if ordered:
        row = ordered[0]
        raise NotShownYet(not_yet(row.name, row.status, row.closes_on, terms[row.id], today))
    return None


def _round(tx: Tx, row: rows.Round, organisation: str) -> Round:
    terms = stored_terms.terms_of(tx, row.id)
    weight = {each.department: each.weight for each in stored.scope(tx, row.id)}
    departments = [
        domain_department(each, weight[each.code])
        for each in stored_setup.departments(tx, row.organisation_id, archived=True)
        if each.code in weight
    ]
    try:
        # Signing off has kept the weights as they were, so that a later change of staff does not move its scores.
        counted = weighted(departments, "chosen" if row.status == "signed_off" else row.weights)
    except DepartmentsRefused as error:
        raise Refused(f"round {row.name!r}: {error}") from None
    return Round(
        id=row.id,
        organisation_id=row.organisation_id,
        organisation=organisation,
        name=row.name,
        status=row.status,
        track=row.track,
        weights=row.weights,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        row_version=row.row_version,
        framework=framework_of_round(tx, row.framework_version_id, terms.topics),
        departments=counted,
        terms=terms,
    )


def create_round(
    workspace: Workspace, visitor: Visitor, name: str, framework: str, *, departments: Sequence[str] | None = None,
    chosen_weights: dict[str, float] | None = None, weights: Weights = "equal", track: rows.Track = "full",
    opens_on: date | None = None, closes_on: date | None = None, terms: RoundTerms | None = None,
    organisation: str | None = None,
) -> Round:  # fmt: skip
    """A draft round; `departments` are codes (all where None), `chosen_weights` go with weights="chosen", `terms` are
    the usual ones where None."""
    mine = the_organisation(workspace, visitor, organisation, verb="manage_rounds")
    chosen = [mine.department(code) for code in departments] if departments is not None else list(mine.departments)
    name = name.strip()
    check_round(name, chosen, weights, chosen_weights or {}, opens_on, closes_on)
    asked = find_framework(workspace, visitor, framework)
    held_on = possible_terms(terms or RoundTerms(), asked, track)

    def write(tx: Tx) -> None:
        now = workspace.clock()
        version = keep_framework(tx, asked, workspace, visitor)
        new = rows.Round(
            id=new_id(now), organisation_id=mine.id, framework_version_id=version, name=name, track=track,
            weights=weights, opens_on=opens_on, closes_on=closes_on, created_at=now,
        )  # fmt: skip
        try:
            stored.create_round(tx, new)
        except RuleBroken as error:
            raise Refused(str(error)) from None
        keep_scope(tx, new.organisation_id, new.id, [each.code for each in chosen], chosen_weights or {})
        stored_terms.save_terms(tx, new.id, held_on)
        detail = {"framework": asked.id, "version": asked.version, "departments": [d.code for d in chosen]}
        record(tx, made_at=now, actor=visitor.person, verb="create round", subject=name, detail=detail)

    workspace.store.write(write)
    return find_round(workspace, visitor, name, mine.name)


def keep_scope(
    tx: Tx, organisation_id: UUID, round_id: UUID, codes: Iterable[str], weights: Mapping[str, float]
) -> None:
    """Inside a transaction: the departments of a round by their codes, each with its weight, 1 where none is named."""
    ids = {row.code: row.id for row in stored_setup.departments(tx, organisation_id, archived=True)}
    stored.save_scope(tx, round_id, {ids[code]: weights.get(code, 1.0) for code in codes})


def open_round(
    workspace: Workspace, visitor: Visitor, round_: Round, *, chance: Callable[[int], bytes] = secrets.token_bytes
) -> Round:
    """People can answer from now on, and whoever can answer for a department that takes part is invited. `chance` makes
    the secret of an anonymous round."""
    require(visitor, "manage_rounds", organisation=round_.organisation_id)

    def write(tx: Tx, now: datetime) -> dict[str, int]:
        if round_.terms.anonymity == "anonymous":
            stored_terms.keep_round_secret(tx, round_.id, chance(SECRET_BYTES).hex())
        return {"invited": invite_all(tx, round_.id, by=visitor.person, now=now)}

    return turn_round(workspace, visitor, round_, "open", {"draft"}, write)


def close_round(workspace: Workspace, visitor: Visitor, round_: Round) -> Round:
    """Nobody can answer any more; the round's day of closing becomes today where none was set or it lies ahead.
    What an anonymous round knew its people by is thrown away."""
    require(visitor, "manage_rounds", organisation=round_.organisation_id)

    def write(tx: Tx, now: datetime) -> dict[str, int]:
        row = stored.round_of(tx, round_.id)
        if row.closes_on is None or row.closes_on > now.date():
            opened = min(row.opens_on, now.date()) if row.opens_on else None
            stored.update_round(tx, replace(row, opens_on=opened, closes_on=now.date()))
        stored_terms.drop_round_secret(tx, round_.id)
        return {}

    return turn_round(workspace, visitor, round_, "closed", {"open"}, write)


def turn_round(
    workspace: Workspace,
    visitor: Visitor,
    round_: Round,
    status: rows.RoundStatus,
    allowed: set[str],
    also: Callable[[Tx, datetime], Mapping[str, Any]],
) -> Round:
    """The next state of a round and what else `also` writes then, in one transaction; `also` gives back the details for
    the audit trail. Whoever calls this has asked for the permission."""
    if round_.status not in allowed:
        raise Refused(f"round {round_.name!r} is {said(round_.status)} and cannot become {said(status)}")

    def write(tx: Tx) -> None:
        now = workspace.clock()
        try:
            stored.set_status(tx, round_.id, status, round_.row_version)
            detail = also(tx, now)
        except Conflict as error:
            raise Changed(str(error)) from None
        verb = f"turn round {said(status)}"
        record(tx, made_at=now, actor=visitor.person, verb=verb, subject=round_.name, detail=detail)

    workspace.store.write(write)
    return find_round(workspace, visitor, round_.name, round_.organisation)


def require_unsigned(tx: Tx, round_id: UUID) -> None:
    """Inside the transaction of anything that would change what a round's scores are made from: refused where the
    round is signed off."""
    row = stored.round_of(tx, round_id)
    if row.status == "signed_off":
        raise Refused(
            f"the round {row.name!r} is signed off, so nothing in it can change; an administrator can reopen it, "
            "with a reason"
        )
