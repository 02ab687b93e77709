"""Plan versions, their steps, what was signed off when, bodies, and what was said between two moments."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from maturity.roadmap.actions import Action, Raci
from maturity.roadmap.versions import VersionStep, snapshot_of
from maturity.storage import plan_versions as versions
from maturity.storage import plans
from maturity.storage.plan_versions import GoverningBody

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CITY, PLAN, OTHER, BODY = (UUID(int=n) for n in range(1, 5))
A01 = Action(
    id=str(UUID(int=9)), code="A01", title="List the data", phase=1, start=date(2026, 4, 6), finish=date(2026, 5, 29),
    owner="Asha", raci=Raci(accountable="Asha"), effort={"data-team": 12.5}, cost=1e9,
)  # fmt: skip
A02 = replace(A01, id=str(UUID(int=10)), code="A02")


def snapshot(*actions: Action):
    return snapshot_of("Roadmap ‹1›", "Spring", date(2026, 4, 6), actions or (A01, A02), ())


def add(store, name, held=None, *, days=0, plan=PLAN):
    return store.write(
        versions.add_version, CITY, plan, name, "why", held or snapshot(), made_by="CDO",
        made_at=AT + timedelta(days=days),
    )  # fmt: skip


def step(store, version, what, *, days, **body):
    made = VersionStep(step=what, note="said", body=body, made_by="Mayor", made_at=AT + timedelta(days=days))
    store.write(versions.add_step, UUID(version.id), made)
    return made


def test_versions_are_numbered_and_come_back_as_they_were_kept(store):
    first, second = add(store, "First"), add(store, "Second", snapshot(A02), days=1)
    drafted, proposed = step(store, second, "drafted", days=1), step(store, second, "proposed", days=2)
    with store.reading() as tx:
        assert versions.versions_of(tx, CITY) == (first, replace(second, steps=(drafted, proposed)))
        assert versions.version_of(tx, UUID(first.id)) == first and versions.version_of(tx, OTHER) is None
        assert versions.organisation_of_version(tx, UUID(first.id)) == (CITY, PLAN)
        assert versions.version_named(tx, CITY, "fIrSt") == 1 and versions.version_named(tx, CITY, "Third") is None
        assert versions.versions_of(tx, OTHER) == () and versions.broken_versions(tx) == []
    assert (first.number, second.number) == (1, 2) and first.snapshot == snapshot()


def test_two_versions_cannot_bear_one_name(store):
    add(store, "First")
    with pytest.raises(Exception, match=r"(?i)unique|duplicate|constraint"):
        add(store, "First")


def test_what_was_approved_up_to_a_moment_and_of_a_plan(store):
    first, second = add(store, "First"), add(store, "Second", days=5, plan=OTHER)
    step(store, first, "approved", days=1, signed=["A01"])
    step(store, second, "approved", days=6, signed=["A02"])
    with store.reading() as tx:
        assert versions.approved(tx, CITY, upto=AT) is None and versions.approved(tx, OTHER) is None
        now, then = versions.approved(tx, CITY), versions.approved(tx, CITY, upto=AT + timedelta(days=2))
        assert now is not None and (now.name, now.signed) == ("Second", {"A02"})
        assert then is not None and (then.name, then.approved_at) == ("First", AT + timedelta(days=1))
        assert versions.approved(tx, CITY, of_plan=PLAN) == then


def test_each_action_keeps_the_days_that_it_was_signed_off_with_last(store):
    later = replace(A01, finish=date(2026, 9, 1)), replace(A02, finish=date(2026, 8, 1))
    first, second = add(store, "First"), add(store, "Second", snapshot(*later), days=5, plan=OTHER)
    step(store, first, "approved", days=1, signed=["A01", "gone"])
    step(store, second, "approved", days=6, signed=["A02"])
    with store.reading() as tx:
        assert versions.signed_dates(tx, CITY) == {
            "A01": (A01.start, A01.finish), "A02": (A02.start, date(2026, 8, 1)),
        }  # fmt: skip
        assert versions.signed_dates(tx, CITY, of_plan=PLAN) == {"A01": (A01.start, A01.finish)}
        then = {"A01": (A01.start, A01.finish)}
        assert versions.signed_dates(tx, CITY, upto=AT + timedelta(days=3)) == then
        assert versions.signed_dates(tx, OTHER) == {}


def test_a_body_is_read_once_however_often_its_version_is_asked_for(store):
    step(store, add(store, "First"), "approved", days=1, signed=["A01"])
    versions._snapshot.cache_clear()
    with store.reading() as tx:
        for _ in range(5):
            versions.approved(tx, CITY)
            versions.signed_dates(tx, CITY)
            versions.versions_of(tx, CITY)
    assert versions._snapshot.cache_info().misses == 1


def test_a_changed_version_is_found(store):
    made = add(store, "First")
    store.write(
        lambda tx: tx.run(
            "UPDATE plan_version SET body = replace(body, '2026-05-29', '2026-06-29') WHERE id = $id", id=UUID(made.id)
        )
    )
    with store.reading() as tx:
        assert versions.broken_versions(tx) == ["version 1 of the plan, 'First', was changed after it was made"]


def test_bodies_are_changed_as_they_were_read_and_removed(store):
    body = GoverningBody(id=str(BODY), name="Council", members=("Ida", "Jo"), quorum=2, set_by="CDO")
    store.write(versions.add_body, CITY, body, AT)
    with store.reading() as tx:
        assert versions.bodies_of(tx, CITY) == (body,) and versions.bodies_of(tx, OTHER) == ()
        assert versions.organisation_of_body(tx, BODY) == CITY
    wider = replace(body, members=("Ida", "Jo", "Lea"))

    def change(body, *, remove=False):
        return store.write(lambda tx: versions.change_body(tx, body, AT, remove=remove))

    assert change(wider) == 2 and change(wider) is None
    with store.reading() as tx:
        assert versions.bodies_of(tx, CITY) == (replace(wider, row_version=2),)
    assert change(replace(wider, row_version=2), remove=True) == 3
    with store.reading() as tx:
        assert versions.bodies_of(tx, CITY) == () and versions.organisation_of_body(tx, BODY) is None


def test_what_people_said_between_two_moments_and_a_plan_as_it_was_made(store, city):
    said = plans.Stated(at=AT, by="CDO", verb="save plan", reason="Roadmap")
    made = UUID(int=77)

    def build(tx):
        tx.run(
            """INSERT INTO plan(id, organisation_id, round_id, name, status, start_on, body, sha256, made_by, made_at,
                 row_version) VALUES ($id, $city, $round, 'Roadmap', 'current', $on, '{}', '', 'CDO', $at, 1)""",
            id=made, city=city.organisation, round=city.round, on=A01.start, at=AT,
        )  # fmt: skip
        plans.add_actions(tx, made, [A01], said)
        plans.add_actions(tx, made, [A02], plans.Stated(at=AT + timedelta(days=1), by="CDO", verb="add action"))
        edit = plans.Stated(at=AT + timedelta(days=2), by="Asha", verb="edit action", reason="the supplier is late")
        plans.change_action(tx, made, replace(A01, finish=date(2026, 7, 1)), 1, edit)

    store.write(build)
    with store.reading() as tx:
        (found,) = versions.reasons_given(tx, city.organisation, AT - timedelta(1), AT + timedelta(2))
        assert (found["code"], found["stated_by"], found["reason"]) == ("A01", "Asha", "the supplier is late")
        assert versions.reasons_given(tx, city.organisation, AT, AT + timedelta(days=1)) == []
        assert versions.reasons_given(tx, OTHER, AT, AT + timedelta(days=9)) == []
        assert versions.plans_made(tx, city.organisation, AT - timedelta(1), AT) == (made,)
        assert versions.plans_made(tx, city.organisation, AT, AT + timedelta(9)) == ()
        assert versions.first_states(tx, made, AT) == (A01,)
