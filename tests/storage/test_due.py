"""The review that falls due next and the first names of milestones, on each engine."""

from datetime import UTC, date, datetime
from uuid import UUID

from maturity.roadmap.milestones import Milestone
from maturity.storage import due, progress
from maturity.storage.engine import new_id

AT, LATER = datetime(2026, 3, 2, 9, 30, tzinfo=UTC), datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
CITY, PLAN = UUID(int=1), UUID(int=2)
COLUMNS = [
    "id", "organisation_id", "plan_id", "number", "name", "state", "step", "held_on", "next_on", "body", "opened_by",
    "opened_at", "row_version",
]  # fmt: skip


def add(tx, number: int, state: str, next_on: date | None) -> None:
    held = date(2026, 3 * number, 1)
    row = [new_id(AT), CITY, PLAN, number, f"Review {number}", state, "x", held, next_on, "{}", "CDO", AT, number]
    tx.insert("quarterly_review", COLUMNS, [row])


def test_the_day_that_the_last_review_named_until_one_is_open(store):
    with store.reading() as tx:
        assert due.next_review(tx, CITY) is None
    store.write(add, 1, "signed_off", date(2026, 6, 1))
    with store.reading() as tx:
        found = due.next_review(tx, CITY)
    assert (found.on, found.open, found.number) == (date(2026, 6, 1), False, 2)
    store.write(add, 2, "open", None)
    store.write(add, 3, "given_up", date(2027, 1, 1))
    with store.reading() as tx:
        found = due.next_review(tx, CITY)
    assert (found.on, found.open, found.number, found.row_version) == (date(2026, 6, 1), True, 2, 2)


def test_a_last_review_that_named_no_day_leaves_nothing_due(store):
    store.write(add, 1, "signed_off", None)
    with store.reading() as tx:
        assert due.next_review(tx, CITY) is None


def test_a_milestone_is_known_by_its_first_name(store):
    mark = Milestone(id=str(new_id(AT)), name="Ready", on=date(2026, 6, 1))
    store.write(progress.add_milestones, PLAN, [mark], "CDO", AT)

    def rename(tx) -> None:
        again = Milestone(id=mark.id, name="Ready at last", on=mark.on)
        progress.change_milestone(tx, again, 1, remove=False, by="CDO", at=LATER)

    store.write(rename)
    with store.reading() as tx:
        assert due.first_names(tx, PLAN) == {mark.id: "Ready"}
