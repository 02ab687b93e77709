"""Replies to results in the store."""

from __future__ import annotations

from typing import Any

from maturity.storage.replies import drop_reply, put_reply, replies

from .conftest import NOW, City


def test_a_reply_is_kept_changed_and_dropped(city: City) -> None:
    said: dict[str, Any] = {"said_by": "pat", "said_at": NOW}
    city.store.write(put_reply, city.round, city.works, "Fair", row_version=1, **said)
    city.store.write(put_reply, city.round, city.parks, "We had no data", row_version=1, **said)
    city.store.write(put_reply, city.round, city.parks, "We had little data", row_version=2, **said)
    with city.store.reading() as tx:
        found = replies(tx, city.round)
    assert [(each.department, each.reply, each.row_version) for each in found] == [
        ("parks", "We had little data", 2),
        ("works", "Fair", 1),
    ]
    assert found[0].said_by == "pat" and found[0].said_at == NOW
    city.store.write(drop_reply, city.round, city.parks)
    with city.store.reading() as tx:
        assert [each.department for each in replies(tx, city.round)] == ["works"]
