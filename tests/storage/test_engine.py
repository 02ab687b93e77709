"""One seam: parameters, bulk inserts, transactions, retries."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import RFC_4122, UUID

import pytest

from maturity.storage import RuleBroken, Store, StoreRefused, Tx, new_id, open_store
from maturity.storage.postgres import translated
from maturity.storage.revision import bump, revision, revision_of

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
COLUMNS = (
    *("id", "respondent_id", "question", "state", "level", "option_id"),
    *("points", "comment", "confidence", "actor", "made_at"),
)


def test_ids_carry_their_time_and_can_be_repeated() -> None:
    made = new_id(NOW, bytes(range(10)))
    assert made == new_id(NOW, bytes(range(10)))
    assert made.version == 7 and made.variant == "specified in RFC 4122"
    assert int(made) >> 80 == int(NOW.timestamp() * 1000)
    assert new_id(NOW) != new_id(NOW)


def test_ids_of_one_millisecond_stand_in_the_order_in_which_they_were_made():
    with ThreadPoolExecutor(8) as pool:
        of_eight = list(pool.map(lambda _: [new_id(NOW) for _ in range(500)], range(8)))
    assert all(each == sorted(each) for each in of_eight)
    every = [one for each in of_eight for one in each]
    assert len(set(every)) == 4000
    assert {(one.version, one.variant, one.int >> 80) for one in every} == {(7, RFC_4122, int(NOW.timestamp() * 1000))}


def test_ids_of_other_milliseconds_cannot_be_told_from_one_that_is_known():
    tails = {new_id(NOW + timedelta(milliseconds=place)).int & (1 << 62) - 1 for place in range(100)}
    assert len(tails) == 100 and max(tails) - min(tails) > 1 << 50


def test_text_with_marks_of_either_language_comes_back_unchanged(store: Store) -> None:
    text = '100 % of $name, %(x)s, $1, it\'s "quoted" -- not a comment; \u00e9\u4e2d'
    store.write(lambda tx: tx.run("INSERT INTO revision(scope, value) VALUES ($scope, 1)", scope=text))
    with store.reading() as tx:
        found = tx.rows(
            "SELECT scope, 'a $b % c' AS fixed FROM revision WHERE scope = $scope ORDER BY scope", scope=text
        )
        assert found == [{"scope": text, "fixed": "a $b % c"}]
        assert tx.one("SELECT '100 %' AS fixed") == {"fixed": "100 %"}
        assert tx.one("SELECT value FROM revision WHERE scope LIKE $start || '%'", start="100 %") == {"value": 1}


def test_only_parameters_are_translated() -> None:
    assert translated("SELECT '$a' || $b -- $c\n, 5 % 2") == "SELECT '$a' || %(b)s -- $c\n, 5 %% 2"


@pytest.mark.parametrize("many", [1, 3, 500])
def test_bulk_insert_keeps_nulls_numbers_and_ids(store: Store, many: int) -> None:
    columns = [
        "id",
        "respondent_id",
        "question",
        "state",
        "level",
        "option_id",
        "points",
        "comment",
        "confidence",
        "actor",
        "made_at",
    ]
    rows = [
        (
            new_id(NOW),
            new_id(NOW),
            f"q{n}",
            "points",
            None,
            None,
            0.1 * n if n % 2 else None,
            "a\tb\n\\N",
            None,
            "me",
            NOW,
        )
        for n in range(many)
    ]
    rows.append((new_id(NOW), new_id(NOW), "last", "level", 4, "", None, None, 5, "me", NOW))
    assert store.write(lambda tx: tx.insert("answer_event", columns, rows)) == many + 1
    with store.reading() as tx:
        found = tx.rows(f"SELECT {', '.join(columns)} FROM answer_event ORDER BY id")
    assert len(found) == many + 1 and {tuple(row.values()) for row in found} == set(rows)
    last = next(row for row in found if row["question"] == "last")
    assert type(last["level"]) is int and type(last["id"]) is UUID and last["option_id"] == ""
    assert last["made_at"].utcoffset().total_seconds() == 0


def test_dates_and_truths_go_in_and_out(store: Store) -> None:
    rows = [(new_id(NOW), f"City {n}", n % 2 == 0, "{}", NOW, 1) for n in range(20)]
    names = ["id", "name", "is_demo", "settings", "created_at", "row_version"]
    store.write(lambda tx: tx.insert("organisation", names, rows))
    with store.reading() as tx:
        assert tx.one("SELECT count(*) AS n FROM organisation WHERE is_demo") == {"n": 10}
        assert tx.columns("SELECT name, is_demo FROM organisation ORDER BY created_at, name LIMIT 2") == {
            "name": ["City 0", "City 1"],
            "is_demo": [True, False],
        }
        assert tx.columns("SELECT name FROM organisation WHERE name = 'none'") == {"name": []}
        assert tx.one("SELECT CAST('2026-01-31' AS DATE) AS day") == {"day": date(2026, 1, 31)}
        assert tx.one("SELECT name FROM organisation WHERE name = 'none'") is None


def test_names_of_tables_are_checked_and_no_rows_are_no_work(store: Store) -> None:
    assert store.write(lambda tx: tx.insert("revision", ("scope", "value"), [])) == 0
    with pytest.raises(ValueError, match="not names"):
        store.write(lambda tx: tx.insert("revision; DROP TABLE revision", ("scope",), [("a",)]))


def test_a_broken_rule_undoes_everything_and_is_named(store: Store) -> None:
    def twice(tx: Tx) -> None:
        tx.run("INSERT INTO revision(scope, value) VALUES ('a', 1)")
        tx.run("INSERT INTO revision(scope, value) VALUES ('a', 2)")

    with pytest.raises(RuleBroken, match="refused a row"):
        store.write(twice)
    assert revision(store, "a") == 0


def test_a_page_that_stops_in_the_middle_leaves_nothing(store: Store) -> None:
    class Rerun(BaseException):
        pass

    def stopped(tx: Tx) -> None:
        bump(tx, "setup")
        raise Rerun

    with pytest.raises(Rerun):
        store.write(stopped)
    assert revision(store, "setup") == 0
    assert store.write(bump, "setup") == 1


def test_a_swallowed_failure_is_never_taken_for_success(store: Store) -> None:
    def careless(tx: Tx) -> None:
        bump(tx, "setup")
        with suppress(Exception):
            tx.run("SELECT nothing FROM nowhere")

    with pytest.raises(RuntimeError, match="swallowed"):
        store.write(careless)
    assert revision(store, "setup") == 0


def test_reading_cannot_write(store: Store) -> None:
    with pytest.raises(Exception, match="read-only"), store.reading() as tx:
        bump(tx, "setup")


def test_a_read_sees_one_snapshot(store: Store) -> None:
    store.write(bump, "setup")
    with store.reading() as tx:
        before = tx.one("SELECT value FROM revision WHERE scope = 'setup'")
        store.write(bump, "setup")
        assert tx.one("SELECT value FROM revision WHERE scope = 'setup'") == before
    assert revision(store, "setup") == 2


def test_threads_bump_one_revision_without_losing_one(store: Store) -> None:
    def often() -> None:
        for _ in range(15):
            store.write(bump, "setup")

    threads = [threading.Thread(target=often) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert revision(store, "setup") == 90


def test_revisions_are_read_anew_after_whatever_may_have_moved_them(store: Store) -> None:
    assert revision(store, "setup") == revision(store, "other") == 0
    store.write(bump, "setup")
    assert revision(store, "setup") == 1
    store.write(lambda tx: tx.insert("revision", ("scope", "value"), [("other", 7)]))
    assert revision(store, "other") == 7
    store.write(lambda tx: tx.run("UPDATE revision SET value = 9 WHERE scope = $scope", scope="other"))
    assert revision(store, "other") == 9
    with suppress(ZeroDivisionError):
        store.write(lambda tx: (bump(tx, "setup"), 1 // 0))
    assert revision(store, "setup") == 1


def test_a_draft_answer_makes_duckdb_read_no_revision_anew(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "quiet.duckdb"))
    store.write(bump, "setup")
    before = store.changes()
    store.write(lambda tx: tx.run("DELETE FROM answer WHERE question = $question", question="q"))
    with store.reading() as tx:
        revision_of(tx, "setup")
    assert before is not None and store.changes() == before
    store.write(bump, "setup")
    assert store.changes() == before + 1
    store.close()


def test_passing_trouble_is_retried_and_lasting_trouble_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    class Passing(Exception):
        pass

    monkeypatch.setattr(store, "_passing", lambda reason: isinstance(reason, Passing))
    monkeypatch.setattr("maturity.storage.engine.time.sleep", lambda seconds: None)
    tries = []

    def third_time_lucky(tx: Tx) -> int:
        tries.append(1)
        bump(tx, "setup")
        if len(tries) < 3:
            raise Passing
        return len(tries)

    assert store.write(third_time_lucky) == 3
    assert revision(store, "setup") == 1

    def never(tx: Tx) -> None:
        raise Passing

    with pytest.raises(StoreRefused, match="too busy"):
        store.write(never)


def test_a_real_conflict_of_duckdb_runs_again(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "store.duckdb"))
    store.write(lambda tx: tx.run("CREATE TABLE spot(value INTEGER); INSERT INTO spot VALUES (1)"))
    runs = []

    def slow(tx: Tx) -> None:
        runs.append(tx.one("SELECT value FROM spot"))
        if len(runs) == 1:  # behind the lock's back, as only a mistake could
            store._connection.cursor().execute("UPDATE spot SET value = 10")  # type: ignore[attr-defined]
        tx.run("UPDATE spot SET value = value + 1")

    store.write(slow)
    assert runs == [{"value": 1}, {"value": 10}]
    store.close()


def test_two_stores_on_one_file_are_one_writer(tmp_path: Path) -> None:
    first, second = (open_store(str(tmp_path / "store.duckdb")) for _ in range(2))

    def often(store: Store) -> None:
        for _ in range(20):
            store.write(bump, "setup")

    threads = [threading.Thread(target=often, args=(store,)) for store in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert revision(first, "setup") == revision(second, "setup") == 40
    first.close()
    second.close()


def test_it_answers_closes_and_opens_again(store: Store) -> None:
    store.write(bump, "setup")
    assert store.ping()
    store.reopen()
    assert store.ping() and revision(store, "setup") == 1


def test_a_write_inside_a_write_is_refused(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "store.duckdb"))
    with pytest.raises(RuntimeError, match="inside a write"):
        store.write(lambda tx: store.write(bump, "setup"))
    assert store.write(bump, "setup") == 1
    store.close()
