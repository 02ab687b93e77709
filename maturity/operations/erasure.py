"""Erasing people: on request, when the time for keeping is over, and again after a backup was restored."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from maturity.access.permissions import may, require
from maturity.access.roles import Visitor
from maturity.operations.changes import plan_scope, public_scope
from maturity.operations.errors import Refused
from maturity.operations.given_roles import keep_an_administrator
from maturity.operations.privacy import EXPIRED_DAYS, months_before, terms_of
from maturity.operations.rights import ERASURES, REASONS, names_of, require_over
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.comments import DAYS_KEPT
from maturity.storage import erasure as stored
from maturity.storage import public_comments as stored_comments
from maturity.storage import setup as stored_setup
from maturity.storage.audit import record
from maturity.storage.engine import Tx
from maturity.storage.people import person_of, roles_of
from maturity.storage.revision import bump
from maturity.storage.rights import erased_before, organisations_of_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """Who was erased, by an id that says nothing any more, and when."""

    person_id: UUID
    erased_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePerson:
    """Somebody who left so long ago that their time is over."""

    person_id: UUID
    name: str
    left_on: date
    due_since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What the organisation keeps for longer than it says: people who left, and how many sessions and links that ended
    or expired more than `EXPIRED_DAYS` days ago, how many `names` participants gave in workshops long over, and how
    many `texts` of residents that are not to be seen were kept for more than `DAYS_KEPT` days."""

    people: tuple[DuePerson, ...]
    sessions: int
    links: int
    names: int = 0
    texts: int = 0

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.people or self.sessions or self.links or self.names or self.texts)


def erase_person(workspace: Workspace, visitor: Visitor, person_id: UUID, reason: str) -> None:
    """Takes a person's names and texts out of the store for good; `reason` is one of `REASONS`. Sent answers keep their
    levels, so that no score changes; what was not sent is thrown away. Nobody erases themselves."""
    if reason not in REASONS:
        raise Refused(f"{reason!r} is no reason to erase somebody; choose one of {', '.join(REASONS)}")
    if visitor.person == str(person_id):
        raise Refused("you cannot erase yourself; ask another administrator, so that one is left")

    def write(tx: Tx) -> None:
        require_over(tx, visitor, person_id)
        keep_an_administrator(tx, workspace, {each.id for each in roles_of(tx, person_id)})
        _erase(tx, workspace, visitor, person_id, reason)

    workspace.store.write(write)


def due_for_erasure(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> Due:
    """Who of the organisation's people, and which of their sessions and links, are kept for longer than it says.

    Somebody who belongs to several organisations is due when the longest of their times is over."""
    mine = the_organisation(workspace, visitor, organisation, verb="manage_people")
    with workspace.store.reading() as tx:
        return _due(tx, visitor, mine.id, workspace.clock())


def apply_retention(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> Due:
    """Erases what is due in the organisation, and says what it was."""
    mine = the_organisation(workspace, visitor, organisation, verb="manage_people")

    def write(tx: Tx) -> Due:
        now = workspace.clock()
        due = _due(tx, visitor, mine.id, now)
        for each in due.people:
            _erase(tx, workspace, visitor, each.person_id, "left")
        theirs = [person for person, _, _ in _expired(tx, mine.id, now)]
        stored.remove_expired(tx, theirs, now - timedelta(days=EXPIRED_DAYS))
        stored.forget_names_in_old_workshops(tx, mine.id, _oldest_kept(tx, mine.id, now))
        if stored_comments.forget_texts(tx, mine.id, now - timedelta(days=DAYS_KEPT)):
            bump(tx, public_scope(mine.id))
        if not due.nothing:
            detail = {
                "people": len(due.people), "sessions": due.sessions, "links": due.links, "names": due.names,
                "texts": due.texts,
            }  # fmt: skip
            moment = workspace.clock()
            record(
                tx, made_at=moment, actor=visitor.person, verb="apply retention", subject=str(mine.id), detail=detail
            )
        return due

    return workspace.store.write(write)


def erasures(workspace: Workspace, visitor: Visitor) -> tuple[Erasure, ...]:
    """Everybody who was ever erased, from the audit trail: the list to keep beside backups, without a name in it."""
    require(visitor, "run_installation", organisation=None)
    with workspace.store.reading() as tx:
        return tuple(Erasure(person_id=UUID(who), erased_at=at) for who, at in erased_before(tx, ERASURES))


def reapply_erasures(workspace: Workspace, visitor: Visitor, people: Sequence[UUID] = ()) -> int:
    """After a restore: erases again whoever the trail says was erased, and these people of a list that was kept beside
    the backup. Returns how many were erased now; who is unknown here or erased already is passed over."""
    require(visitor, "run_installation", organisation=None)

    def write(tx: Tx) -> int:
        listed = {UUID(who) for who, _ in erased_before(tx, ERASURES)} | set(people)
        there = [each for each in sorted(listed, key=str) if _is_kept(tx, each)]
        for each in there:
            _erase(tx, workspace, visitor, each, "restore")
        return len(there)

    return workspace.store.write(write)


def _erase(tx: Tx, workspace: Workspace, visitor: Visitor, person_id: UUID, reason: str) -> None:
    """Inside a transaction. The trail keeps why, and no count: how many answers somebody gave stays unknown where
    nobody may know that they answered."""
    now = workspace.clock()
    stored.erase(tx, person_id, names_of(tx, person_id), now)
    for row in stored_setup.organisations(tx):  # names stood under targets, plans and progress too
        bump(tx, plan_scope(row.id))
    record(tx, made_at=now, actor=visitor.person, verb=ERASURES, subject=str(person_id), detail={"reason": reason})


def _due(tx: Tx, visitor: Visitor, organisation_id: UUID, now: datetime) -> Due:
    months = {row.id: terms_of(row).retention_months for row in stored_setup.organisations(tx)}
    people = []
    for row in stored.left_before(tx):
        belongs = organisations_of_person(tx, row["id"], names_of(tx, row["id"]))
        longest = max((months[each] for each in belongs if each), default=0)
        left = row["left_at"].date()
        if organisation_id in belongs and left <= months_before(now.date(), longest) and _over(visitor, belongs):
            since = months_before(left, -longest)
            people.append(DuePerson(person_id=row["id"], name=row["name"], left_on=left, due_since=since))
    expired = _expired(tx, organisation_id, now)
    return Due(
        people=tuple(people),
        sessions=sum(s for _, s, _ in expired),
        links=sum(n for _, _, n in expired),
        names=stored.names_in_old_workshops(tx, organisation_id, _oldest_kept(tx, organisation_id, now)),
        texts=stored_comments.overdue_texts(tx, organisation_id, now - timedelta(days=DAYS_KEPT)),
    )


def _oldest_kept(tx: Tx, organisation_id: UUID, now: datetime) -> datetime:
    """The beginning of the day before which the organisation keeps no participant's name."""
    row = next(each for each in stored_setup.organisations(tx) if each.id == organisation_id)
    return datetime.combine(months_before(now.date(), terms_of(row).retention_months), time(), UTC)


def _over(visitor: Visitor, belongs: Collection[UUID | None]) -> bool:
    """Whether the visitor manages the people of all these organisations: nobody is erased half."""
    if may(visitor, "run_installation"):
        return True
    return all(each is not None and may(visitor, "manage_people", organisation=each) for each in belongs)


def _expired(tx: Tx, organisation_id: UUID, now: datetime) -> list[tuple[UUID, int, int]]:
    """The organisation's people with how many of their sessions and links are long over."""
    found = stored.expired_ways_in(tx, now - timedelta(days=EXPIRED_DAYS))
    return [
        (row["person_id"], row["sessions"], row["links"])
        for row in found
        if organisation_id in organisations_of_person(tx, row["person_id"], ())
    ]


def _is_kept(tx: Tx, person_id: UUID) -> bool:
    try:
        return person_of(tx, person_id).erased_at is None
    except LookupError:
        return False
