"""People and money of a round: written, changed by one of two, removed and kept; budgets of earlier versions."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from maturity.planning.request import Capacity
from maturity.planning.spending import CapacityChange, Commitment, MissingSkill, Source, Terms
from maturity.storage import open_store, resources
from maturity.storage.migrations import FOLDER, migrate
from maturity.storage.resources import ResourceLine

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ROUND, OTHER = UUID(int=2), UUID(int=4)
LINES = (
    Source(name="A grant", kind="grant", amounts=(1.0, 2.0, 3.5, 0.0), note="until phase 3"),
    Commitment(partner="The region", role="team", days=(2.5,) * 12),
    CapacityChange(role="staff", department="parks", first=2, last=3, days=-10.0, reason="holidays"),
    MissingSkill(skill="Linking", role="team", way="train", there_from=4),
)


def entered(number: int) -> ResourceLine:
    return ResourceLine(id=UUID(int=100 + number), line=LINES[number], set_by="cfo", set_at=AT, row_version=1)


def test_days_are_set_replaced_and_belong_to_their_round(store):
    offer = Capacity(role="staff", department="parks", days=(1.5,) * 12)
    assert store.write(resources.put_days, ROUND, (offer,), set_by="cfo", set_at=AT) == 1
    assert store.write(resources.put_days, ROUND, (), set_by="cdo", set_at=AT) == 2
    assert store.write(resources.put_days, OTHER, (offer,), set_by="cfo", set_at=AT) == 1
    with store.reading() as tx:
        now, other = resources.days_of(tx, ROUND), resources.days_of(tx, OTHER)
        assert resources.days_of(tx, UUID(int=9)) is None
    assert (now.capacities, now.set_by, now.row_version) == ((), "cdo", 2)
    assert other.capacities == (offer,)


def test_lines_of_every_kind_come_back_as_they_were_in_the_order_of_entry(store):
    for number in range(len(LINES)):
        store.write(resources.add_line, ROUND, entered(number))
    with store.reading() as tx:
        assert resources.lines_of(tx, ROUND) == tuple(entered(number) for number in range(len(LINES)))
        assert resources.lines_of(tx, OTHER) == ()


def test_of_two_people_one_changes_a_line_and_a_removed_one_keeps_its_row(store):
    first = entered(0)
    store.write(resources.add_line, ROUND, first)
    mine = replace(first, line=replace(LINES[0], amounts=(9.0, 0.0, 0.0, 0.0)), set_by="cdo", set_at=AT + timedelta(1))
    assert store.write(resources.change_line, ROUND, mine) == 2
    assert store.write(resources.change_line, ROUND, first) is None
    assert store.write(resources.change_line, OTHER, replace(mine, row_version=2)) is None
    with store.reading() as tx:
        assert resources.lines_of(tx, ROUND) == (replace(mine, row_version=2),)
    assert store.write(resources.change_line, ROUND, replace(mine, row_version=2), AT + timedelta(2)) == 3
    assert store.write(resources.change_line, ROUND, replace(mine, row_version=3)) is None
    with store.reading() as tx:
        assert resources.lines_of(tx, ROUND) == ()
        assert tx.one("SELECT count(*) AS n FROM resource_line") == {"n": 1}


def test_terms_are_set_and_replaced(store):
    said = Terms(currency="GBP", price_year=2027, money_contingency=0.1, carry_over=False, discount=0.03)
    assert store.write(resources.put_terms, ROUND, Terms(), set_by="cfo", set_at=AT) == 1
    assert store.write(resources.put_terms, ROUND, said, set_by="cdo", set_at=AT) == 2
    with store.reading() as tx:
        now = resources.terms_of(tx, ROUND)
        assert resources.terms_of(tx, OTHER) is None
    assert (now.terms, now.set_by, now.row_version) == (said, "cdo", 2)


def test_a_budget_of_an_earlier_version_becomes_a_source(url, tmp_path):
    before = tmp_path / "before"
    before.mkdir()
    for file in sorted(FOLDER.glob("000[1-3]*.sql")):
        shutil.copy(file, before)
    store = open_store(url, migrated=False)
    migrate(store, before)
    rows = [(ROUND, "[]", "[1.0,2.0,3.0,4.5]", "cfo", AT, 3), (OTHER, "[]", "null", "cfo", AT, 1)]
    names = ("round_id", "capacity", "budget", "set_by", "set_at", "row_version")
    store.write(lambda tx: tx.insert("resources", names, rows))
    migrate(store)
    with store.reading() as tx:
        (source,) = resources.lines_of(tx, ROUND)
        assert resources.lines_of(tx, OTHER) == ()
        days = resources.days_of(tx, ROUND)
        assert "resources" not in tx.tables()
    assert source.line == Source(name="Own budget", kind="own", amounts=(1.0, 2.0, 3.0, 4.5))
    assert (source.set_by, source.row_version, days.capacities, days.row_version) == ("cfo", 1, (), 3)
    store.close()
