"""The audit trail: every event sealed, any change noticed, and the first broken number named."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from maturity.storage import Store, Tx
from maturity.storage.audit import START, events, record, seal, verify_chain

NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)


def write(store: Store, count: int) -> None:
    for number in range(count):
        told = {"n": number, "t": "é%$"}
        store.write(record, made_at=NOW, actor="ann", verb="save", subject=f"round:{number % 2}", detail=told)


def test_events_are_numbered_and_read_back(store: Store) -> None:
    write(store, 5)
    assert verify_chain(store) == []
    assert [event.number for event in events(store, 3)] == [5, 4, 3]
    mine = events(store, 10, "round:1")
    assert [event.detail["n"] for event in mine] == [3, 1]
    assert mine[0].made_at == NOW and mine[0].detail == {"n": 3, "t": "é%$"}
    assert store.write(record, made_at=NOW, actor="ann", verb="open", subject="round:9") == 6


def test_the_seal_by_hand() -> None:
    import hashlib

    text = START + '\n[1,"2026-03-02T09:00:00.123456+00:00","ann","save","x","{}"]'
    made = seal(START, 1, NOW.astimezone(timezone(timedelta(hours=5))), "ann", "save", "x", "{}")
    assert made == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("UPDATE audit_event SET actor = 'bob' WHERE number = 3", "event 3 was changed"),
        ("UPDATE audit_event SET detail = '{\"n\":9}' WHERE number = 2", "event 2 was changed"),
        ("UPDATE audit_event SET previous_hash = 'x' WHERE number = 4", "event 4 does not follow"),
        ("DELETE FROM audit_event WHERE number = 3", "event 3 is missing: the trail goes on with 4"),
        ("DELETE FROM audit_event WHERE number = 5", "event 5 is missing: 5 events were recorded, 4 are left"),
        ("DELETE FROM audit_event", "event 1 is missing"),
    ],
)
def test_tampering_is_named(store: Store, harm: str, told: str) -> None:
    write(store, 5)
    store.write(lambda tx: tx.run(harm))
    (found,) = verify_chain(store)
    assert told in found


def test_a_change_that_fails_leaves_no_event(store: Store) -> None:
    def fails(tx: Tx) -> None:
        record(tx, made_at=NOW, actor="ann", verb="save", subject="x")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        store.write(fails)
    write(store, 1)
    assert verify_chain(store) == [] and len(events(store)) == 1


def test_threads_append_to_one_chain(store: Store) -> None:
    threads = [threading.Thread(target=write, args=(store, 8)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verify_chain(store) == [] and len(events(store, 100)) == 48
