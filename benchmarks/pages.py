"""Reruns of every page, and a click on an answer, beside a hello-world rerun of the same server in the same run.

Asked for, warm: a click on an answer, durably saved and read back, at most 3 times hello world; each page's rerun
without charts 5 times, with charts 10 times, at region size 15 times. First renders are reported apart.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.serving import served
from benchmarks.visit import Visit
from maturity.access.roles import COMMAND_LINE, LOCAL_ADMINISTRATOR
from maturity.operations import answers, demo
from maturity.operations.rounds import create_round, open_round
from maturity.operations.setup import Department, create_organisation
from maturity.operations.workspace import Workspace
from maturity.storage.engine import open_store

PAGES = (
    *("", "rounds", "people", "board", "questionnaire", "review", "department", "results"),
    *("targets", "plan", "library", "roadmap", "progress", "summary", "help"),
    *("kpis", "risks", "decisions", "quarter", "versions", "my_actions"),
)
WITH_CHARTS = frozenset({"results", "targets", "plan", "roadmap", "progress", "summary", "kpis", "risks"})
QUESTION = "data-direction-1"


def prepare(folder: Path, size: str) -> dict[str, str]:
    """A store of our own with an open round that has begun, and the demo city or region; as environment variables."""
    own, city = str(folder / "own.duckdb"), str(folder / "demo.duckdb")
    workspace = Workspace(url=own, store=open_store(own))
    create_organisation(workspace, COMMAND_LINE, "Benchmark", [Department(code="d", name="Department")])
    round_ = open_round(workspace, COMMAND_LINE, create_round(workspace, COMMAND_LINE, "R", "city-data-maturity"))
    answers.start(workspace, LOCAL_ADMINISTRATOR, round_, "d")
    workspace.store.close()
    workspace = Workspace(url=city, store=open_store(city))
    demo.build_demo(workspace, size, today=workspace.clock().date())  # type: ignore[arg-type]
    workspace.store.close()
    return {"WAYMARK_STORE": own, "WAYMARK_DEMO_STORE": city}


async def hello(port: int, times: int) -> float:
    """Median milliseconds of a hello-world rerun."""
    async with Visit(port, query="hello=1") as visit:
        await visit.rerun()
        return median([await visit.rerun() for _ in range(times)])


async def page(port: int, name: str, times: int) -> tuple[float, float]:
    """First render and median warm rerun of a page of the demo, in milliseconds."""
    async with Visit(port, name, "store=demo") as visit:
        for _ in range(2):
            await visit.rerun()
        warm = median([await visit.rerun() for _ in range(times)])
        if visit.errors:
            raise RuntimeError(f"{name}: {visit.errors}")
        return visit.first_render, warm


async def click(port: int, times: int) -> float:
    """Median milliseconds of a click on an answer: saved durably, read back, and shown."""
    async with Visit(port, "questionnaire", f"department=d&q={QUESTION}") as visit:
        await visit.choose(QUESTION, 0)
        return median([await visit.choose(QUESTION, turn % 5) for turn in range(1, times + 1)])


async def measure(port: int, times: int) -> None:
    floor = await hello(port, times)
    saved = await click(port, times)
    print(f"{'hello world':<24}{floor:>9.1f} ms   1.0")
    print(f"{'a click on an answer':<24}{saved:>9.1f} ms {saved / floor:>5.1f}")
    for name in PAGES:
        first, warm = await page(port, name, times)
        floor = await hello(port, times)
        kind = "charts" if name in WITH_CHARTS else ""
        print(f"{name or 'home':<24}{warm:>9.1f} ms {warm / floor:>5.1f}   first {first:>8.0f} ms   {kind}", flush=True)


def main() -> None:
    """Prints one row per page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=("small", "city", "region"), default="city")
    parser.add_argument("--times", type=int, default=15)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, served(prepare(Path(folder), chosen.size)) as serving:
        asyncio.run(measure(serving.port, chosen.times))


if __name__ == "__main__":
    main()
