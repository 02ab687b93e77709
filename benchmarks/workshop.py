"""A workshop with 300 phones, beside hello world on the same server: everybody joins, then everybody votes.

Asked for, on 2 cores: phones that join within 10 s, and vote within 10 s after the vote was opened, wait less than
300 ms at p95; every acknowledged vote is counted exactly once, though the server is killed at the end; the projector
shows the full count within 3 s; meanwhile an administrator's pages are at most twice as slow. Nothing leaves this
machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.answering import IDLE, PAUSE, hello, summary, within
from benchmarks.counted import compare
from benchmarks.participant import SECONDS_TO_COME, Load, Participant, Seen
from benchmarks.phone import Phone
from benchmarks.room import Room, ask_for, prepare
from benchmarks.serving import Serving, served
from benchmarks.visit import Visit

ASKED_FOR = 300  # milliseconds of a join and of a vote at p95
ASKED_OF_PROJECTOR = 3_000  # milliseconds from the last acknowledged vote to the full count on the wall
ASKED_OF_PAGES = 2.0  # times as long as idle
MOST_PHONES, LONGEST = 1_000, 120
GRACE = 240  # seconds after which a run that does not come to its end is given up
PHASES = ("idle", "joining", "voting")
OFFICE = {"hello": "hello world", "home": "home", "results": "results"}
STEPS = {
    "hello_alone": "hello world, nobody else there",
    "form": "the page with the form to join",
    "join": "joining, until the page is there",
    "join_post": "  of that, the form alone",
    "vote": "a vote, until the page is there",
    "vote_post": "  of that, the form alone",
    "page": "the page after a step of the room",
    "now": "asking whether the room went on",
    "projector": "the projector's look at the room",
}


@dataclass(slots=True)
class Stage:
    """What the run is doing; the office's reruns are counted under it, and it is over once `phase` is empty."""

    phase: str = "idle"


async def office(port: int, seen: Seen, stage: Stage) -> None:
    """An administrator at work: hello world, the first page and the results, one after the other, all the time."""
    async with Visit(port, query="hello=1") as small, Visit(port) as home, Visit(port, "results") as results:
        pages = dict(zip(OFFICE, (small, home, results), strict=True))
        for visit in pages.values():
            await visit.rerun()
        while stage.phase:
            for name, visit in pages.items():
                before, taken = stage.phase, await visit.rerun()
                seen.add(f"{name}_{before}", taken)
                await asyncio.sleep(PAUSE)
        for name, visit in pages.items():
            seen.errors += [f"{name}: {error}" for error in visit.errors]


async def projector(port: int, seen: Seen, room: Room, full: asyncio.Future[float]) -> None:
    """The facilitator's page on the wall, which asks by itself: until it shows that everybody has voted."""
    async with Visit(port, "workshop", f"workshop={room.id}&projector=1") as wall:
        due: dict[str, float] = {}
        while not full.done():
            now = time.perf_counter()
            due = {part: due.get(part, now + seconds) for part, seconds in wall.every.items()}
            part, at = min(due.items(), key=lambda each: each[1])
            await asyncio.sleep(max(0.0, at - now))
            seen.add("projector", await wall.rerun(part, by_itself=True))
            due[part] = time.perf_counter() + wall.every.get(part, 0.0)
            people = len(seen.joined)
            if seen.opened and any(f"{people} of {people} have voted" in text for text in wall.texts):
                full.set_result(time.perf_counter())
        seen.errors += [f"projector: {error}" for error in wall.errors]


async def everybody(serving: Serving, room: Room, load: Load, seen: Seen, stage: Stage) -> dict[str, float | None]:
    """All phones from the door to the reveal, with the facilitator's steps between; what the server used meanwhile."""
    people = [
        Participant(Phone(serving.port, room.code), load, random.Random(f"{load.seed}/{number}"), seen)
        for number in range(load.phones)
    ]
    full: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    memory, cpu, own, begun = serving.memory(), serving.cpu_seconds(), time.process_time(), time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        wall = tasks.create_task(projector(serving.port, seen, room, full))
        stage.phase = "joining"
        phones = [tasks.create_task(each.go()) for each in people]
        await asyncio.gather(*(each.in_the_room.wait() for each in people))
        stage.phase = "between"
        await ask_for(serving.port, room, "begin")
        stage.phase, seen.opened = "voting", time.perf_counter()
        await ask_for(serving.port, room, "open_vote")
        await asyncio.gather(*(each.voted.wait() for each in people))
        stage.phase = "between"
        try:
            shown = await asyncio.wait_for(full, SECONDS_TO_COME) - seen.last_vote
        except TimeoutError:
            shown = float("nan")
            seen.errors.append("the projector never showed the full count")
            wall.cancel()
        revealed = time.perf_counter()
        await ask_for(serving.port, room, "reveal")
        await asyncio.wait(phones, timeout=SECONDS_TO_COME)
        for phone in phones:
            phone.cancel()
    after, now = serving.cpu_seconds(), serving.memory()
    return {
        "seconds": time.perf_counter() - begun,
        "server_cpu_seconds": None if cpu is None or after is None else after - cpu,
        "server_megabytes": now,
        "megabytes_more": None if memory is None or now is None else now - memory,
        "client_cpu_seconds": time.process_time() - own,
        "projector_after": shown * 1000,
        "reveal_after": (max(seen.reveals, default=float("nan")) - revealed) * 1000,
        "reveals": len(seen.reveals),
    }


async def run(serving: Serving, room: Room, load: Load) -> tuple[Seen, dict[str, float | None]]:
    """Hello world alone, the office alone, then the workshop beside it. It ends by itself."""
    seen, stage, idle = Seen(), Stage(), min(IDLE, load.seconds)
    async with asyncio.timeout(2 * idle + 2 * load.seconds + GRACE):
        await hello(serving.port, Seen(), "warm", 1)
        await hello(serving.port, seen, "hello_alone", idle)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(office(serving.port, seen, stage))
            await asyncio.sleep(idle)
            watched = await everybody(serving, room, load, seen, stage)
            stage.phase = ""
    return seen, watched


def measure(load: Load) -> dict[str, Any]:
    """One run in a temporary folder: then the server is killed, and its store compared with what phones were told."""
    with tempfile.TemporaryDirectory() as name:
        environment, room = prepare(Path(name))
        with served(environment, kill=True) as serving:
            seen, watched = asyncio.run(run(serving, room, load))
        counted = compare(environment["WAYMARK_STORE"], room.id, seen.joined, seen.casts)
    offices = [f"{page}_{phase}" for page in OFFICE for phase in PHASES]
    return {
        "load": asdict(load),
        "milliseconds": {kind: summary(seen.times.get(kind, [])) for kind in [*STEPS, *offices]},
        **watched,
        "joined": len(seen.joined),
        "acknowledged": counted.acknowledged,
        "unacknowledged": counted.unacknowledged,
        "kept": counted.kept,
        "lost": len(counted.lost),
        "unasked": counted.unasked,
        "absent": len(counted.absent),
        "strangers": counted.strangers,
        "errors": seen.errors,
    }


def slowest_page(found: dict[str, Any]) -> float:
    """How many times as long as idle an administrator's page takes meanwhile, at the median; the slowest counts."""
    steps = found["milliseconds"]
    every = [(steps[f"{page}_{phase}"], steps[f"{page}_idle"]) for page in OFFICE for phase in PHASES[1:]]
    return max((busy["p50"] / idle["p50"] for busy, idle in every if busy["count"] and idle["count"]), default=0.0)


def _row(words: str, each: dict[str, Any], floor: dict[str, Any]) -> str:
    times = "".join(f"{each[name]:>9.1f}" for name in ("p50", "p95", "max"))
    ratios = "".join(f"{each[name] / floor[name]:>7.1f}" for name in ("p50", "p95"))
    return f"{words:<36}{each['count']:>7}{times}   {ratios}"


def _yes(met: bool) -> str:
    return "yes" if met else "no"


def told(found: dict[str, Any]) -> str:
    """A run as plain tables, with what is asked for."""
    load, steps = found["load"], found["milliseconds"]
    titles = f"{'count':>7}{'p50':>9}{'p95':>9}{'max':>9}"
    lines = [
        f"{load['phones']} phones, joining within {load['seconds']:g} s, voting within {load['seconds']:g} s "
        f"(seed {load['seed']})",
        f"{'milliseconds':<36}{titles}   as multiples of hello world (p50, p95)",
        *(_row(words, steps[kind], steps["hello_alone"]) for kind, words in STEPS.items() if steps[kind]["count"]),
        f"{'an administrator meanwhile':<36}{titles}   as multiples of the same page idle",
        *(
            _row(f"{words}, {phase}", steps[f"{page}_{phase}"], steps[f"{page}_idle"])
            for page, words in OFFICE.items()
            for phase in PHASES
            if steps[f"{page}_{phase}"]["count"] and steps[f"{page}_idle"]["count"]
        ),
    ]
    cpu, more = found["server_cpu_seconds"], found["megabytes_more"]
    used = "" if cpu is None else f"server: {cpu:.1f} s of a core in {found['seconds']:.0f} s; "
    grown = "" if more is None else f"{found['server_megabytes']:.0f} MB, {more:.0f} MB more than before; "
    slow = [steps[kind]["p95"] for kind in ("join", "vote")]
    pages = slowest_page(found)
    right = not (found["lost"] or found["unasked"] or found["absent"] or found["strangers"])
    return "\n".join(
        [
            *lines,
            f"{used}{grown}this client: {found['client_cpu_seconds']:.1f} s",
            f"{found['joined']} joined, {found['acknowledged']} votes acknowledged, {found['unacknowledged']} not; "
            f"in the store {found['kept']} votes that stand, {found['lost']} lost, {found['unasked']} that nobody "
            f"gave, {found['absent']} people missing, {found['strangers']} too many",
            f"the reveal was on the last of {found['reveals']} phones after {found['reveal_after']:.0f} ms",
            f"p95 of joining and of a vote under {ASKED_FOR} ms: "
            f"{_yes(all(each is not None and each < ASKED_FOR for each in slow))}",
            f"every acknowledged vote counted exactly once: {_yes(right)}",
            f"the projector showed the full count {found['projector_after']:.0f} ms after the last vote, "
            f"under {ASKED_OF_PROJECTOR} ms: {_yes(found['projector_after'] < ASKED_OF_PROJECTOR)}",
            f"an administrator's pages at most {pages:.1f} times as slow, under {ASKED_OF_PAGES:g}: "
            f"{_yes(pages <= ASKED_OF_PAGES)}",
            *(f"trouble: {each}" for each in found["errors"][:5]),
            *([f"trouble: {len(found['errors'])} in all"] if found["errors"] else []),
        ]
    )


def arguments(given: Sequence[str] | None = None) -> tuple[Load, Path | None]:
    """The load that is asked for, and the file to write to."""
    usual = Load()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phones", type=within(1, MOST_PHONES), default=usual.phones)
    parser.add_argument("--seconds", type=within(0, LONGEST), default=usual.seconds, help="in which all join, and vote")
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write what was found to a file")
    chosen = vars(parser.parse_args(given))
    file = chosen.pop("json")
    return Load(**{**chosen, "phones": int(chosen["phones"])}), file


def main() -> None:
    """Prints the tables; the exit code says whether every acknowledged vote counts once, never how fast it was."""
    load, file = arguments()
    found = measure(load)
    print(told(found))
    if file:
        file.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    if any(found[each] for each in ("lost", "unasked", "absent", "strangers", "errors")):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
