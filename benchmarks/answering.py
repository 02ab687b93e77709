"""Many people answering at once, each by their own personal link, beside hello world on the same server.

Asked for: with 150 people on 2 cores an answer, saved durably and shown as saved, takes less than 500 ms at p95, and no
answer that was shown as saved is lost, though the server is killed at the end. Nothing leaves this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.kept import compare
from benchmarks.respondent import Answering, Load, Person, Seen, prepare
from benchmarks.serving import Serving, served
from benchmarks.times import Times
from benchmarks.visit import Visit

ASKED_FOR = 500  # milliseconds of an answer at p95
MOST_PEOPLE, LONGEST, LEAST_PERIOD = 600, 1_800, 0.2
GRACE = 240  # seconds after which a run that does not come to its end is given up
IDLE, PAUSE = 10.0, 0.1  # seconds for which hello world is measured first, and between two of its reruns
STEPS = {
    "hello_idle": "hello world, nobody else there",
    "hello_meanwhile": "hello world, meanwhile",
    "opening": "opening the questionnaire",
    "start": "starting it",
    "answer": "an answer, saved and shown",
    "going_on": "on to the next question",
}


async def hello(port: int, seen: Times, kind: str, seconds: float) -> None:
    """Reruns of the hello-world page for some seconds."""
    until = time.perf_counter() + seconds
    async with Visit(port, query="hello=1") as visit:
        while time.perf_counter() < until:
            seen.add(kind, await visit.rerun())
            await asyncio.sleep(PAUSE)


async def watch(serving: Serving, seen: Seen, load: Load) -> dict[str, float | None]:
    """Once everybody is in: hello world beside the load, and what the server and this client use meanwhile."""
    await asyncio.sleep(load.ramp)
    begun, before, own = time.perf_counter(), serving.cpu_seconds(), time.process_time()
    await hello(serving.port, seen, "hello_meanwhile", load.seconds)
    after = serving.cpu_seconds()
    return {
        "seconds": time.perf_counter() - begun,
        "server_cpu_seconds": None if before is None or after is None else after - before,
        "server_megabytes": serving.memory(),
        "client_cpu_seconds": time.process_time() - own,
    }


async def run(serving: Serving, people: Sequence[Person], load: Load) -> tuple[Seen, dict[str, float | None]]:
    """Hello world while nobody else is there, then everybody at once. It ends by itself."""
    seen = Seen()
    async with asyncio.timeout(IDLE + load.ramp + load.seconds + GRACE):
        await hello(serving.port, Seen(), "warm", 1)
        await hello(serving.port, seen, "hello_idle", min(IDLE, load.seconds))
        begun = time.perf_counter()
        everybody = [Answering(each, random.Random(f"{load.seed}/{n}"), seen) for n, each in enumerate(people)]
        watched, *_ = await asyncio.gather(
            watch(serving, seen, load), *(each.go(serving.port, load, begun) for each in everybody)
        )
    return seen, watched


def measure(load: Load) -> dict[str, Any]:
    """One run in a temporary folder: then the server is killed, and its store compared with what it confirmed."""
    with tempfile.TemporaryDirectory() as name:
        environment, people = prepare(Path(name), load.people)
        with served(environment, kill=True) as serving:
            seen, watched = asyncio.run(run(serving, people, load))
        kept = compare(environment["WAYMARK_STORE"], seen.clicks)
    steps = {kind: summary(seen.times.get(kind, [])) for kind in STEPS}
    return {
        "load": asdict(load),
        "milliseconds": steps,
        "answers_per_second": steps["answer"]["count"] / (watched["seconds"] or load.seconds),
        **watched,
        "confirmed": kept.confirmed,
        "not_confirmed": kept.unconfirmed,
        "lost": len(kept.lost),
        "unasked": kept.unasked,
        "errors": seen.errors,
    }


def summary(times: Sequence[float]) -> dict[str, Any]:
    """The count, and in milliseconds p50, p95 (by nearest rank) and the longest; None where there were none."""
    ordered = sorted(times)
    at = {"p50": len(ordered) // 2, "p95": int(0.95 * len(ordered)), "max": len(ordered) - 1}
    return {"count": len(ordered), **{name: ordered[place] if ordered else None for name, place in at.items()}}


def told(found: dict[str, Any]) -> str:
    """A run as a plain table."""
    load, floor = found["load"], found["milliseconds"]["hello_idle"]
    lines = [
        f"{load['people']} people, coming in over {load['ramp']:g} s, then {load['seconds']:g} s "
        f"with a click every {load['period']:g} s each (seed {load['seed']})",
        f"{'milliseconds':<32}{'count':>7}{'p50':>9}{'p95':>9}{'max':>9}   as multiples of idle hello (p50, p95)",
    ]
    for kind, words in STEPS.items():
        each = found["milliseconds"][kind]
        if each["count"]:
            times = "".join(f"{each[name]:>9.1f}" for name in ("p50", "p95", "max"))
            ratios = "".join(f"{each[name] / floor[name]:>7.1f}" for name in ("p50", "p95"))
            lines.append(f"{words:<32}{each['count']:>7}{times}   {ratios}")
    cpu, memory = found["server_cpu_seconds"], found["server_megabytes"]
    used = "" if cpu is None else f"server: {cpu:.1f} s of a core in {found['seconds']:.0f} s, {memory:.0f} MB; "
    slow = found["milliseconds"]["answer"]["p95"]
    met = "yes" if slow is not None and slow < ASKED_FOR else "no"
    return "\n".join(
        [
            *lines,
            f"{used}this client: {found['client_cpu_seconds']:.1f} s",
            f"answers: {found['answers_per_second']:.1f} a second; {found['confirmed']} confirmed, "
            f"{found['not_confirmed']} not confirmed, {found['lost']} lost, {found['unasked']} stored that nobody gave",
            f"p95 of an answer under {ASKED_FOR} ms: {met}",
            *(f"trouble: {each}" for each in found["errors"][:5]),
            *([f"trouble: {len(found['errors'])} in all"] if found["errors"] else []),
        ]
    )


def within(least: float, most: float) -> Any:
    """A number between two bounds, for the command line."""

    def read(text: str) -> float:
        number = float(text)
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"{text} is not between {least:g} and {most:g}")
        return number

    return read


def arguments(given: Sequence[str] | None = None) -> tuple[Load, Path | None]:
    """The load that is asked for, and the file to write to."""
    usual = Load()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=within(1, MOST_PEOPLE), default=usual.people)
    parser.add_argument("--seconds", type=within(1, LONGEST), default=usual.seconds)
    parser.add_argument("--period", type=within(LEAST_PERIOD, 60), default=usual.period, help="seconds between clicks")
    parser.add_argument("--ramp", type=within(0, LONGEST), default=usual.ramp, help="seconds in which all come in")
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write what was found to a file")
    chosen = vars(parser.parse_args(given))
    file = chosen.pop("json")
    return Load(**{**chosen, "people": int(chosen["people"])}), file


def main() -> None:
    """Prints the table; the exit code says whether every confirmed answer was kept, never how fast it was."""
    load, file = arguments()
    found = measure(load)
    print(told(found))
    if file:
        file.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    if found["lost"] or found["unasked"] or found["errors"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
