"""The benchmark of many people answering, in small: that it works and can fail, never how fast anything is."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.answering import STEPS, arguments, run, told
from benchmarks.kept import compare
from benchmarks.respondent import Load, prepare
from benchmarks.serving import served
from maturity.storage.engine import open_store

SMALL = Load(people=3, seconds=4, period=0.4, ramp=1)


def test_three_people_answer_and_nothing_is_lost_until_something_is_taken_away(tmp_path):
    environment, people = prepare(tmp_path, SMALL.people)
    # In a thread of its own: the browser tests' loop runs in this one.
    with served(environment, kill=True) as serving, ThreadPoolExecutor(1) as thread:
        seen, watched = thread.submit(asyncio.run, run(serving, people, SMALL)).result()
    assert seen.errors == []
    assert set(seen.times) == set(STEPS)
    assert {click.person for click in seen.clicks} == {each.id for each in people}
    assert all(click.confirmed for click in seen.clicks)
    assert watched["seconds"] >= SMALL.seconds

    url = environment["WAYMARK_STORE"]
    kept = compare(url, seen.clicks)
    assert (kept.confirmed, kept.lost, kept.unasked) == (len(seen.clicks), (), 0)

    last = seen.clicks[-1]
    store = open_store(url)
    gone = """DELETE FROM answer WHERE question = $question
              AND respondent_id IN (SELECT id FROM respondent WHERE person = $person)"""
    store.write(lambda tx: tx.run(gone, question=last.question, person=last.person))
    store.close()
    assert [(each.person, each.question) for each in compare(url, seen.clicks).lost] == [(last.person, last.question)]


def found(**changed):
    """A run as `measure` gives it."""
    step = {"count": 2, "p50": 20.0, "p95": 400.0, "max": 500.0}
    steps = dict.fromkeys(STEPS, step) | {"hello_idle": {"count": 9, "p50": 4.0, "p95": 8.0, "max": 9.0}}
    load = {"people": 150, "seconds": 60, "period": 5, "ramp": 20, "seed": 1}
    whole = {"load": load, "milliseconds": steps, "answers_per_second": 15.0, "seconds": 60.0, "confirmed": 900}
    whole |= {"server_cpu_seconds": 30.0, "server_megabytes": 300.0, "client_cpu_seconds": 5.0}
    return whole | {"not_confirmed": 0, "lost": 0, "unasked": 0, "errors": []} | changed


def test_the_table_shows_ratios_to_the_idle_floor_and_whether_what_is_asked_for_holds():
    lines = told(found()).splitlines()
    assert next(line for line in lines if line.startswith("an answer")).split()[-2:] == ["5.0", "50.0"]
    assert lines[-1] == "p95 of an answer under 500 ms: yes"


def test_the_table_says_what_went_wrong():
    steps = found()["milliseconds"] | {"answer": {"count": 0, "p50": None, "p95": None, "max": None}}
    said = told(found(milliseconds=steps, lost=2, errors=["one", "two"], server_cpu_seconds=None))
    assert "2 lost" in said
    assert "under 500 ms: no" in said
    assert "trouble: one" in said


@pytest.mark.parametrize("wrong", [["--people", "0"], ["--people", "5000"], ["--seconds", "1e9"], ["--period", "0"]])
def test_a_load_without_bounds_is_refused(wrong, capsys):
    with pytest.raises(SystemExit) as ended:
        arguments(wrong)
    assert ended.value.code == 2
    assert "is not between" in capsys.readouterr().err


def test_the_load_is_what_was_asked_for():
    assert arguments([]) == (Load(people=150, seconds=60, period=5, ramp=20), None)
    assert arguments(["--people", "9", "--seed", "4", "--json", "x.json"]) == (Load(people=9, seed=4), Path("x.json"))
