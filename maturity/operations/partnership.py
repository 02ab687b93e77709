"""Partnerships: who is a member, and the roll-ups that members give, see again and withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.assessment.roll_up import RollUp, TooFewPeople, read, roll_up, written
from maturity.assessment.terms import shown_from
from maturity.framework.model import Framework
from maturity.operations.early_sight import for_all
from maturity.operations.errors import Changed, Refused
from maturity.operations.frameworks import framework_by_id
from maturity.operations.rounds import Round, find_round
from maturity.operations.scores import planning_scores
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.storage import partnership as stored
from maturity.storage import setup as stored_setup
from maturity.storage.audit import record
from maturity.storage.engine import NotStored, Tx, new_id
from maturity.storage.frameworks import framework_versions
from maturity.words.messages import on_day

__all__ = ["Partnership", "RollUp"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership:
    """An organisation that others are members of: ids and names, in the order in which they were set up."""

    id: UUID
    name: str
    members: tuple[tuple[UUID, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names."""
        return tuple(name for _, name in self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenResult:
    """A roll-up that was given: by whom, to whom, when, and whether it was withdrawn since."""

    id: UUID
    partnership: str
    organisation: str
    given_at: datetime
    withdrawn_at: datetime | None
    result: RollUp


def partnerships(workspace: Workspace, visitor: Visitor) -> tuple[Partnership, ...]:
    """Every partnership of the installation."""
    require(visitor, "run_installation", organisation=None)
    with workspace.store.reading() as tx:
        return _partnerships(tx)


def partnership(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> Partnership | None:
    """The organisation as a partnership; None where it has no members."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_results")
    with workspace.store.reading() as tx:
        return next((each for each in _partnerships(tx) if each.id == mine.id), None)


def partnerships_of(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[Partnership, ...]:
    """The partnerships that the organisation is a member of, with all their members' names."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_results")
    with workspace.store.reading() as tx:
        return tuple(each for each in _partnerships(tx) if mine.id in dict(each.members))


def set_members(workspace: Workspace, visitor: Visitor, partnership_id: UUID, members: Sequence[UUID]) -> None:
    """Makes an organisation a partnership of these members, or none any more. A partnership is no member of another;
    what a former member gave is withdrawn."""
    require(visitor, "run_installation", organisation=None)

    def write(tx: Tx) -> None:
        names = {row.id: row.name for row in stored_setup.organisations(tx)}
        unknown = [each for each in (partnership_id, *members) if each not in names]
        if unknown:
            raise Refused(f"there is no organisation {unknown[0]}; go back to the list and choose again")
        pairs = stored.memberships(tx)
        _check_nesting(names, partnership_id, members, pairs)
        now = workspace.clock()
        stored.set_members(tx, partnership_id, list(dict.fromkeys(members)), now)
        detail = {"members": [names[each] for each in members]}
        record(tx, made_at=now, actor=visitor.person, verb="set members", subject=names[partnership_id], detail=detail)

    workspace.store.write(write)


def _check_nesting(
    names: dict[UUID, str], partnership_id: UUID, members: Sequence[UUID], pairs: Sequence[tuple[UUID, UUID]]
) -> None:
    others = {each for each, _ in pairs if each != partnership_id}
    if partnership_id in members:
        raise Refused(f"{names[partnership_id]} cannot be a member of itself; choose other organisations")
    if nested := [names[each] for each in members if each in others]:
        raise Refused(f"{nested[0]} is a partnership, and no partnership is a member of another; leave it out")
    if members and any(member == partnership_id for _, member in pairs):
        raise Refused(f"{names[partnership_id]} is a member of a partnership and cannot be one itself")


def preview(workspace: Workspace, visitor: Visitor, round_name: str, organisation: str | None = None) -> RollUp:
    """Exactly what would be given of a closed round. Refused while it is open, and where fewer than five answered."""
    return _rolled_up(workspace, visitor, round_name, organisation)[1]


def give_result(
    workspace: Workspace,
    visitor: Visitor,
    round_name: str,
    partnership_id: UUID,
    seen: RollUp,
    organisation: str | None = None,
) -> GivenResult:
    """Gives the roll-up of a closed round, as it was `seen` before, to a partnership that the organisation is a member
    of. One of the same round that was given before is withdrawn."""
    round_, made = _rolled_up(workspace, visitor, round_name, organisation)
    if made != seen:
        raise Changed("the result has changed since it was shown; look at it again, then give it")

    def write(tx: Tx) -> UUID:
        names = {each.id: each for each in _partnerships(tx)}
        if partnership_id not in names or round_.organisation_id not in dict(names[partnership_id].members):
            raise Refused(f"{round_.organisation} is no member of that partnership; ask who runs the installation")
        now = workspace.clock()
        new = stored.SharedResult(
            id=new_id(now),
            partnership_id=partnership_id,
            partnership=names[partnership_id].name,
            organisation_id=round_.organisation_id,
            organisation=round_.organisation,
            round_id=round_.id,
            body=written(made),
            given_at=now,
            withdrawn_at=None,
        )
        stored.give(tx, new, visitor.person)
        detail = {"round": round_.name, "partnership": new.partnership}
        record(tx, made_at=now, actor=visitor.person, verb="give result", subject=str(new.id), detail=detail)
        return new.id

    given = workspace.store.write(write)
    with workspace.store.reading() as tx:
        return _given(stored.result_of(tx, given))


def withdraw_result(workspace: Workspace, visitor: Visitor, result_id: UUID) -> None:
    """Takes a roll-up back: the partnership does not see it any more."""

    def write(tx: Tx) -> None:
        try:
            found = stored.result_of(tx, result_id)
        except NotStored as error:
            raise Refused(str(error)) from None
        require(visitor, "share_results", organisation=found.organisation_id)
        if found.withdrawn_at is not None:
            raise Refused("this result was withdrawn already")
        now = workspace.clock()
        stored.withdraw(tx, result_id, now)
        detail = {"partnership": found.partnership}
        record(tx, made_at=now, actor=visitor.person, verb="withdraw result", subject=str(result_id), detail=detail)

    workspace.store.write(write)


def given_by(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[GivenResult, ...]:
    """What the organisation gave to partnerships, withdrawn ones too, the newest first."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_results")
    with workspace.store.reading() as tx:
        return tuple(_given(each) for each in stored.given_by(tx, mine.id))


def given_to(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[GivenResult, ...]:
    """What the partnership's members gave it and have not withdrawn: by member in their fixed order, then by the day
    that the round closed."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_results")
    with workspace.store.reading() as tx:
        order = [member for partnership, member in stored.memberships(tx) if partnership == mine.id]
        found = [each for each in stored.given_to(tx, mine.id) if each.organisation_id in order]
    place = {each.id: order.index(each.organisation_id) for each in found}
    made = [_given(each) for each in found]
    return tuple(sorted(made, key=lambda each: (place[each.id], str(each.result.closes_on or ""), each.given_at)))


def framework_of(workspace: Workspace, visitor: Visitor, result: RollUp) -> Framework:
    """The framework that a roll-up is on, in its own version."""
    require(visitor, "read_results", organisation=None)
    with workspace.store.reading() as tx:
        for row in framework_versions(tx):
            if (row.code, row.version) == (result.framework, result.version):
                return framework_by_id(tx, row.id)
    raise Refused(f"the framework {result.framework} {result.version} is not in the store; import it first")


def _rolled_up(
    workspace: Workspace, visitor: Visitor, round_name: str, organisation: str | None
) -> tuple[Round, RollUp]:
    round_ = find_round(workspace, visitor, round_name, organisation)
    require(visitor, "share_results", organisation=round_.organisation_id)
    if round_.status not in ("closed", "signed_off"):
        raise Refused(f"the round {round_.name!r} is {round_.status}; close it before you give its result")
    if not for_all(round_.status, round_.closes_on, round_.terms, workspace.clock().date()):
        first = shown_from(round_.closes_on, round_.terms)
        assert first is not None, "a closed round without a day is shown to all"
        raise Refused(f"the heads of department see the result of {round_.name!r} first; give it from {on_day(first)}")
    try:
        made = roll_up(
            round_.framework,
            planning_scores(workspace, round_),
            organisation=round_.organisation,
            name=round_.name,
            opens_on=round_.opens_on,
            closes_on=round_.closes_on,
        )
    except TooFewPeople as error:
        raise Refused(str(error)) from None
    return round_, made


def _partnerships(tx: Tx) -> tuple[Partnership, ...]:
    names = {row.id: row.name for row in stored_setup.organisations(tx)}
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    for whole, member in stored.memberships(tx):
        found.setdefault(whole, []).append((member, names[member]))
    return tuple(Partnership(id=each, name=names[each], members=tuple(m)) for each, m in found.items())


def _given(row: stored.SharedResult) -> GivenResult:
    return GivenResult(
        id=row.id,
        partnership=row.partnership,
        organisation=row.organisation,
        given_at=row.given_at,
        withdrawn_at=row.withdrawn_at,
        result=read(row.body),
    )
