"""The benchmark of a workshop, in small: that it works and can fail, never how fast anything is."""

import asyncio
import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.counted import Cast, compare
from benchmarks.participant import Load
from benchmarks.phone import Answered
from benchmarks.room import prepare, take
from benchmarks.serving import served
from benchmarks.workshop import OFFICE, PHASES, STEPS, arguments, run, slowest_page, told
from maturity.access.tokens import read_seat
from maturity.operations.workshop_joining import Joining, join
from maturity.operations.workshop_voting import Ballot, cast
from maturity.operations.workshops import SEAT_KEY
from maturity.operations.workspace import Workspace
from maturity.storage.engine import open_store
from maturity.storage.sign_in import installation_secret

SMALL = Load(phones=5, seconds=2)


def test_five_phones_join_vote_and_see_the_reveal_and_each_vote_counts_once(tmp_path):
    environment, room = prepare(tmp_path)
    # In a thread of its own: the browser tests' loop runs in this one.
    with served(environment, kill=True) as serving, ThreadPoolExecutor(1) as thread:
        seen, watched = thread.submit(asyncio.run, run(serving, room, SMALL)).result()
    assert seen.errors == []
    assert set(STEPS) <= set(seen.times)
    assert len(set(seen.joined)) == watched["reveals"] == SMALL.phones
    assert watched["projector_after"] >= 0
    counted = compare(environment["WAYMARK_STORE"], room.id, seen.joined, seen.casts)
    assert (counted.acknowledged, counted.kept) == (len(seen.casts), SMALL.phones)
    assert (counted.lost, counted.unasked, counted.absent, counted.strangers) == ((), 0, (), 0)


@pytest.fixture(scope="module")
def voted(tmp_path_factory):
    """A store in which three voted 2, 4 and "don't know", and the second thought again: its address, the workshop, who
    came in, and what they sent."""
    environment, room = prepare(tmp_path_factory.mktemp("voted"))
    url = environment["WAYMARK_STORE"]
    workspace = Workspace(url=url, store=open_store(url))
    take(workspace, room.id, "begin")
    now = take(workspace, room.id, "open_vote")
    tickets = [letter * 22 for letter in "abc"]
    seats = join(workspace, [Joining(code=room.code, ticket=each, role_family="manager") for each in tickets])
    with workspace.store.reading() as tx:
        key = installation_secret(tx, SEAT_KEY)
    people = [read_seat(key, seat) for seat in seats]
    ballots = [
        Ballot(code=room.code, participant=who, matter=now.id, ballot=now.ballot, level=level)
        for who, level in [*zip(people, (2, 1, None), strict=True), (people[1], 4)]
    ]
    assert cast(workspace, ballots) == [None] * 4
    workspace.store.close()
    casts = [
        Cast(participant=b.participant, matter=b.matter, ballot=b.ballot, level=b.level, acknowledged=True)
        for b in ballots
    ]
    return url, room.id, people, casts


def but(casts, number, **changed):
    """The casts, one of them another."""
    return [replace(each, **changed) if place == number else each for place, each in enumerate(casts)]


def test_what_was_acknowledged_and_stands_is_not_lost(voted):
    counted = compare(*voted)
    assert (counted.acknowledged, counted.unacknowledged, counted.kept) == (4, 0, 3)
    assert (counted.lost, counted.unasked, counted.absent, counted.strangers) == ((), 0, (), 0)


def test_another_level_than_the_last_acknowledged_one_is_lost(voted):
    url, workshop, people, casts = voted
    counted = compare(url, workshop, people, but(casts, 0, level=3))
    assert (counted.lost, counted.unasked) == ((casts[0].place,), 1)
    # The first of two votes was replaced; had it been sent last, it would have to stand.
    assert compare(url, workshop, people, [casts[0], casts[3], casts[2], casts[1]]).lost == (casts[1].place,)


def test_a_vote_that_is_not_in_the_store_is_lost_and_one_that_nobody_gave_is_found(voted):
    url, workshop, people, casts = voted
    assert compare(url, workshop, people, but(casts, 2, ballot=2)).lost == ((casts[2].matter, 2, people[2]),)
    counted = compare(url, workshop, people, casts[1:])
    assert (counted.lost, counted.unasked) == ((), 1)


def test_what_was_never_acknowledged_may_stand_or_not(voted):
    url, workshop, people, casts = voted
    assert compare(url, workshop, people, but(casts, 3, acknowledged=False)).lost == ()
    counted = compare(url, workshop, people, [*casts, *but(casts[:1], 0, level=5, acknowledged=False)])
    assert (counted.acknowledged, counted.unacknowledged, counted.lost) == (4, 1, ())


def test_who_is_missing_and_who_is_too_many_are_told(voted):
    url, workshop, people, casts = voted
    assert compare(url, workshop, people[1:], casts).strangers == 1
    stranger = casts[0].matter  # an id that nobody has
    assert compare(url, workshop, [*people, stranger], casts).absent == (stranger,)


def test_a_vote_that_was_taken_away_is_lost(voted, tmp_path):
    url, workshop, people, casts = voted
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(Path(url).read_bytes())
    store = open_store(str(copy))
    store.write(lambda tx: tx.run("DELETE FROM workshop_vote WHERE level IS NULL"))
    store.close()
    assert compare(str(copy), workshop, people, casts).lost == (casts[2].place,)


def test_a_page_tells_its_fields_its_step_and_where_it_is():
    page = Answered(
        200,
        {},
        '<h1 id="a">Who <em>owns</em> data?</h1><form data-version="7">'
        '<input type="hidden" value="x&amp;y" name="matter">'
        '<button class="level given" name="level" value="1"><button name="level" value="dont_know"><button>Go</button>',
    )
    assert page.fields() == {"matter": ["x&y"], "level": ["1", "dont_know"]}
    assert (page.version(), page.heading()) == (7, "Who owns data?")
    assert Answered(404, {}, "gone").version() is None


def found(**changed):
    """A run as `measure` gives it: every page takes 20 ms idle, and 30 while people vote."""
    step = {"count": 300, "p50": 20.0, "p95": 250.0, "max": 500.0}
    steps = dict.fromkeys(STEPS, step) | {"hello_alone": {"count": 9, "p50": 4.0, "p95": 10.0, "max": 11.0}}
    page = {"count": 20, "p50": 20.0, "p95": 40.0, "max": 50.0}
    steps |= {f"{name}_{phase}": page for name in OFFICE for phase in PHASES}
    steps |= {f"{name}_voting": page | {"p50": 30.0} for name in OFFICE}
    whole = {"load": {"phones": 300, "seconds": 10, "seed": 1}, "milliseconds": steps, "seconds": 30.0}
    whole |= {"server_cpu_seconds": 9.0, "server_megabytes": 300.0, "megabytes_more": 12.0, "client_cpu_seconds": 2.0}
    whole |= {"projector_after": 900.0, "reveal_after": 1500.0, "reveals": 300, "joined": 300, "acknowledged": 330}
    whole |= {"unacknowledged": 0, "kept": 300, "lost": 0, "unasked": 0, "absent": 0, "strangers": 0, "errors": []}
    return whole | changed


def test_the_tables_show_ratios_and_whether_what_is_asked_for_holds():
    lines = told(found()).splitlines()
    assert next(line for line in lines if line.startswith("joining")).split()[-2:] == ["5.0", "25.0"]
    assert next(line for line in lines if line.startswith("results, voting")).split()[-2:] == ["1.5", "1.0"]
    assert [line.rpartition(" ")[2] for line in lines[-4:]] == ["yes"] * 4
    assert slowest_page(found()) == 1.5


def test_the_tables_say_what_does_not_hold_and_what_went_wrong():
    slow = found()["milliseconds"]
    slow = slow | {"vote": slow["vote"] | {"p95": 301.0}, "home_joining": slow["home_idle"] | {"p50": 41.0}}
    said = told(found(milliseconds=slow, lost=1, projector_after=math.nan, errors=["one"], server_cpu_seconds=None))
    assert [line.rpartition(" ")[2] for line in said.splitlines()[-6:-2]] == ["no"] * 4
    assert "trouble: one" in said


@pytest.mark.parametrize("wrong", [["--phones", "0"], ["--phones", "5000"], ["--seconds", "1e9"]])
def test_a_load_without_bounds_is_refused(wrong, capsys):
    with pytest.raises(SystemExit) as ended:
        arguments(wrong)
    assert ended.value.code == 2
    assert "is not between" in capsys.readouterr().err


def test_the_load_is_what_was_asked_for():
    assert arguments([]) == (Load(phones=300, seconds=10), None)
    assert arguments(["--phones", "9", "--seed", "4", "--json", "x.json"]) == (Load(phones=9, seed=4), Path("x.json"))
