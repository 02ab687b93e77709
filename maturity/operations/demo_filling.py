"""The demo's organisation and rounds on their way into the store, in short transactions and with the days of then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import partial
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

import numpy as np

from maturity.access.roles import Grant, Role, Visitor
from maturity.demo.files import DemoFiles
from maturity.demo.filled import DemoRespondent, DemoRound
from maturity.demo.sizes import DemoOrganisation
from maturity.operations.rounds import Round, close_round, create_round, turn_round
from maturity.operations.workspace import Workspace
from maturity.storage import rows, staging
from maturity.storage import setup as stored
from maturity.storage.answers import save_answers
from maturity.storage.audit import record
from maturity.storage.decided import save_decided_value
from maturity.storage.engine import Tx, new_id
from maturity.storage.invitations import keep_invitations
from maturity.storage.respondents import start_respondent

STAGED_AT_ONCE = 1_500
NOTES_AT_ONCE = 500
ANSWERS_AT_ONCE = 10
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chair:
    """Who fills the store: the files, the organisation that is filled in, its seed, and the clock set back."""

    workspace: Workspace
    files: DemoFiles
    city: DemoOrganisation
    seed: tuple[int, int]
    ids: np.random.Generator
    people_ids: np.random.Generator
    settings: Mapping[str, Any] = field(default_factory=dict)
    people: Mapping[str, UUID] = field(default_factory=dict)
    """The ids of people, by e-mail address."""
    by_name: Mapping[str, str] = field(default_factory=dict)
    """The same by name, as texts."""

    def on(self, day: date) -> Workspace:
        """The workspace as it was on a day."""
        return replace(self.workspace, clock=lambda: at_nine(day))

    def new_id(self, moment: datetime) -> UUID:
        """An id of that moment which the seed repeats: the order of people decides the bootstrap."""
        return new_id(moment, self.ids.bytes(10))

    def new_person_id(self, moment: datetime) -> UUID:
        """The same for people, whose chance is their own: one more of them changes no answer's id."""
        return new_id(moment, self.people_ids.bytes(10))

    def somebody(self, email: str, name: str, role: Role, organisation: UUID) -> Visitor:
        """One of the people, in a role that holds in the whole organisation."""
        grant = Grant(role=role, organisation=organisation)
        return Visitor(person=str(self.people[email]), name=name, grants=(grant,))


def at_nine(day: date) -> datetime:
    """Nine in the morning of a day, in UTC."""
    return datetime.combine(day, time(9), UTC)


def acting(name: str) -> Visitor:
    """Somebody of the made-up city, with every right there."""
    return Visitor(person=f"demo: {name}", name=name, grants=(Grant(role="administrator"),))


def in_parts(many: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size`, for transactions that stay short."""
    rest = iter(many)
    while part := list(islice(rest, size)):
        yield part


def found_organisation(chair: Chair, moment: datetime) -> rows.Organisation:
    """Store the organisation, marked as a demo, with its departments."""
    made = rows.Organisation(
        id=chair.new_id(moment), name=chair.city.name, is_demo=True, settings=chair.settings, created_at=moment
    )
    departments = [
        rows.Department(
            id=chair.new_id(moment),
            organisation_id=made.id,
            code=each.code,
            name=each.name,
            staff=each.staff,
            tags=each.tags,
            place=place,
        )
        for place, each in enumerate(chair.city.departments)
    ]

    def write(tx: Tx) -> None:
        stored.save_organisation(tx, made)
        stored.save_departments(tx, departments)
        detail = {"departments": [each.code for each in departments]}
        record(tx, made_at=moment, actor="demo", verb="set up organisation", subject=made.name, detail=detail)

    chair.workspace.store.write(write)
    return made


def departments_by_code(chair: Chair, organisation: rows.Organisation) -> dict[str, UUID]:
    """The ids of an organisation's departments."""
    with chair.workspace.store.reading() as tx:
        return {each.code: each.id for each in stored.departments(tx, organisation.id)}


def fill_round(
    chair: Chair,
    places: Mapping[str, UUID],
    organisation: rows.Organisation,
    filled: DemoRound,
    told: Callable[[int], None] | None = None,
) -> Round:
    """Create, open, fill and close a round; `told` hears the count of answers so far.

    Opening invites those that the round names, and not all who could answer: the partners' check is for heads only."""
    window, visitor = filled.window, acting(chair.files.city.owners["chief-data-officer"])
    then = chair.on(window.opens)
    made = create_round(
        then,
        visitor,
        window.name,
        filled.framework.id,
        departments=filled.departments,
        opens_on=window.opens,
        closes_on=window.closes,
        terms=filled.terms,
        organisation=organisation.name,
    )
    made = turn_round(then, visitor, made, "open", {"draft"}, partial(_invite, chair, made.id, places, filled))
    _fill(chair, places, made, filled, told)
    return close_round(chair.on(window.closes), visitor, made)


def _invite(
    chair: Chair, round_id: UUID, places: Mapping[str, UUID], filled: DemoRound, tx: Tx, now: datetime
) -> dict[str, int]:
    due = [(chair.people[each.person], places[each.department], each.reminded_at) for each in filled.invitations]
    return {"invited": keep_invitations(tx, round_id, due, by="demo", now=now)}


def _fill(
    chair: Chair, place: Mapping[str, UUID], made: Round, filled: DemoRound, told: Callable[[int], None] | None
) -> None:
    store, opens = chair.workspace.store, at_nine(filled.window.opens)
    ids = {each.place: chair.new_id(each.started_at) for each in filled.respondents}
    sent = [each for each in filled.respondents if each.submitted_at]
    staged = (_staged(chair, each, ids[each.place], place[each.department]) for each in sent)
    staging.stage_answers(store, made.id, staged, actor="demo", now=opens, batch=STAGED_AT_ONCE, told=told)
    store.write(staging.publish_staged, made.id, opens)
    for respondent in filled.respondents:
        if respondent.submitted_at is None:
            _start(chair, made.id, ids[respondent.place], place[respondent.department], respondent)
    for some in in_parts(_notes(sent, ids), NOTES_AT_ONCE):
        store.write(_keep_notes, some)
    store.write(_decide, made.id, filled)


def _staged(chair: Chair, respondent: DemoRespondent, identity: UUID, department: UUID) -> rows.StagedRespondent:
    return rows.StagedRespondent(
        id=identity,
        department_id=department,
        label=respondent.label,
        person=str(chair.people[respondent.person]),
        role_family=respondent.role_family,
        speaks_for=respondent.speaks_for,
        started_at=respondent.started_at,
        submitted_at=respondent.submitted_at,
        answers=respondent.answers,
    )


def _start(chair: Chair, round_id: UUID, identity: UUID, department: UUID, respondent: DemoRespondent) -> None:
    """Somebody who has begun and not sent anything yet."""
    store = chair.workspace.store
    begun = rows.Respondent(
        id=identity,
        round_id=round_id,
        department_id=department,
        person=str(chair.people[respondent.person]),
        label=respondent.label,
        role_family=respondent.role_family,
        speaks_for=respondent.speaks_for,
        started_at=respondent.started_at,
    )
    store.write(start_respondent, begun)
    for some in in_parts(respondent.answers, ANSWERS_AT_ONCE):
        store.write(save_answers, identity, some, actor=str(begun.person), now=respondent.started_at)


def _notes(sent: Sequence[DemoRespondent], ids: Mapping[tuple[str, str], UUID]) -> Iterator[tuple[Any, ...]]:
    for each in sent:
        for note in each.notes:
            yield ids[each.place], note.topic, note.stands_in_the_way, note.would_help, each.submitted_at


def _keep_notes(tx: Tx, notes: Sequence[tuple[Any, ...]]) -> None:
    columns = ("respondent_id", "topic", "stands_in_the_way", "would_help", "made_at")
    tx.insert("topic_note", columns, notes)


def _decide(tx: Tx, round_id: UUID, filled: DemoRound) -> None:
    for each in filled.decided:
        save_decided_value(tx, round_id, each.value, decided_by=each.by, now=each.at)
    subject, detail = filled.window.name, {"respondents": len(filled.respondents)}
    record(tx, made_at=at_nine(filled.window.closes), actor="demo", verb="fill round", subject=subject, detail=detail)
