"""Readings of KPIs, written, read back and withdrawn, on each engine."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from maturity.roadmap.kpis import Reading
from maturity.storage import kpi_readings as stored
from maturity.storage.engine import new_id

AT, LATER = datetime(2026, 3, 2, 9, 30, tzinfo=UTC), datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
CITY, OTHER = UUID(int=1), UUID(int=2)


def read(day, value, code="A01", measures="action", note=""):
    return Reading(
        id=str(new_id(AT)), measures=measures, code=code, on=date(2026, 2, day), value=value, note=note, made_by="CDO",
        made_at=AT,
    )  # fmt: skip


def test_readings_come_back_by_day_and_of_their_organisation(store):
    first, second = read(9, 1.5, note="counted by hand"), read(2, -1e12, "o", "objective")
    store.write(stored.add_readings, CITY, [first, second])
    store.write(stored.add_readings, OTHER, [read(3, 7.0)])
    store.write(stored.add_readings, CITY, [])
    with store.reading() as tx:
        assert stored.readings_of(tx, CITY) == (second, first)
        assert stored.reading_of(tx, UUID(first.id)) == (CITY, first)


def test_a_withdrawn_reading_keeps_its_row(store):
    first, second, other = read(9, 1.0), read(10, 2.0), read(9, 3.0, "A02")
    store.write(stored.add_readings, CITY, [first, second, other])
    gone = store.write(stored.withdraw_on, CITY, "action", "A01", [first.on, date(2026, 1, 1)], LATER)
    assert gone == (first,)
    assert not store.write(stored.withdraw, UUID(first.id), LATER)
    with store.reading() as tx:
        assert stored.readings_of(tx, CITY) == (other, second)
        assert replace(first, withdrawn_at=LATER) in stored.readings_of(tx, CITY, withdrawn=True)
        assert stored.reading_of(tx, UUID(first.id)) is None
