"""What is kept in memory: the newest so many, whoever puts them in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from maturity.operations.kept import Kept


def test_what_was_put_in_first_goes_first() -> None:
    kept = Kept[str, int](2)
    assert [kept.put("a", 1), kept.put("b", 2), kept.put("c", 3)] == [1, 2, 3]
    assert [kept.get(each) for each in "abc"] == [None, 2, 3]


def test_a_newer_value_of_a_known_key_pushes_nothing_out() -> None:
    kept = Kept[str, int](2)
    for key, value in (("a", 1), ("b", 2), ("b", 3)):
        kept.put(key, value)
    assert (kept.get("a"), kept.get("b")) == (1, 3)


def test_what_was_dropped_is_gone_and_leaves_room() -> None:
    kept = Kept[str, int](2)
    kept.put("a", 1)
    kept.put("b", 2)
    kept.drop("a")
    kept.drop("never there")
    kept.put("c", 3)
    assert [kept.get(each) for each in "abc"] == [None, 2, 3]
    kept.clear()
    assert kept.get("b") is None


def test_many_threads_at_once_never_keep_more() -> None:
    kept = Kept[int, int](8)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda each: kept.put(each, each), range(2_000))) == list(range(2_000))
    assert sum(kept.get(each) is not None for each in range(2_000)) == 8
