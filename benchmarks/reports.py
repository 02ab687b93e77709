"""All four reports of the demo city's own facts, beside the time that is asked for: `python -m benchmarks.reports`.

Charts are drawn before and do not count. With `--to FOLDER` the files are kept there, to be looked at.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from maturity.access.roles import COMMAND_LINE
from maturity.operations.demo import build_demo
from maturity.operations.report_facts import read_report
from maturity.operations.report_making import built, can_make
from maturity.operations.report_pictures import picture_specifications
from maturity.operations.workspace import Workspace
from maturity.publishing.pictures import draw
from maturity.publishing.report_facts import ReportFacts
from maturity.storage.engine import open_store
from maturity.words.pack_sentences import KINDS

RUNS = 3
ASKED = 10.0


def demo_facts() -> ReportFacts:
    """The facts of the demo city with its charts drawn."""
    with tempfile.TemporaryDirectory() as folder:
        url = str(Path(folder) / "demo.duckdb")
        workspace = Workspace(url=url, store=open_store(url))
        try:
            build_demo(workspace, "city", today=workspace.clock().date())
            read = read_report(workspace, COMMAND_LINE)
            wanted = picture_specifications(read)
        finally:
            workspace.store.close()
    return replace(read.facts, pictures={name: draw(name, each) for name, each in wanted.items()})


def seconds(make: Callable[[], bytes]) -> tuple[float, float]:
    """The first time, with all that has to be loaded, and the middle of several more: a library may keep what it made
    for the same facts, so that only the first is what a reader waits."""
    found = []
    for _ in range(RUNS + 1):
        begun = time.perf_counter()
        make()
        found.append(time.perf_counter() - begun)
    return found[0], sorted(found[1:])[RUNS // 2]


def main() -> None:
    """Prints what each report takes, and whether all together stay below what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, help="a folder to keep the files in")
    kept = parser.parse_args().to
    facts, total = demo_facts(), 0.0
    for kind in can_make():
        first, again = seconds(partial(built, kind, facts))
        total += first
        print(f"{KINDS[kind].name:20} {first:6.2f} s the first time, {again:6.2f} s again")
        if kept:
            (kept / f"report-{kind}").write_bytes(built(kind, facts))
    print(f"{'together':20} {total:6.2f} s the first time, of {ASKED:.0f} s: {'met' if total <= ASKED else 'not met'}")


if __name__ == "__main__":
    main()
