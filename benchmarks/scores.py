"""Scores beside a bare SQL median of the same rows, in one store, in one run.

Asked for: within 2 times the median, and a growth that is no worse than linear.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from uuid import UUID

from maturity.access.roles import COMMAND_LINE
from maturity.operations import scores as scoring
from maturity.operations.frameworks import shipped_frameworks
from maturity.operations.rounds import Round, create_round, find_round, open_round
from maturity.operations.setup import Department, create_organisation
from maturity.operations.workspace import Workspace
from maturity.storage.engine import Tx, open_store

DEPARTMENTS = 40  # as in one organisation of the region
MOST_AT_ONCE = 20_000  # people in one transaction, so that it fits the memory that a store is given
MEDIAN = """
SELECT r.department_id, a.question, median(a.level) AS middle
FROM answer a JOIN respondent r ON r.id = a.respondent_id
WHERE r.round_id = $round AND r.status = 'submitted' AND a.level IS NOT NULL
GROUP BY r.department_id, a.question
ORDER BY r.department_id, a.question
"""


def filled(workspace: Workspace, answers: int) -> Round:
    """A round with that many submitted answers, made inside the database from its own generator."""
    departments = [Department(code=f"d{n}", name=f"Department {n}") for n in range(DEPARTMENTS)]
    create_organisation(workspace, COMMAND_LINE, "Benchmark", departments)
    made = create_round(workspace, COMMAND_LINE, "R", "city-data-maturity")
    open_round(workspace, COMMAND_LINE, made)
    questions = [q for f in shipped_frameworks() if f.id == "city-data-maturity" for q in f.questions]
    people = max(DEPARTMENTS, answers // len(questions))
    for first in range(0, people, MOST_AT_ONCE):
        workspace.store.write(_fill, made.id, first, min(people, first + MOST_AT_ONCE), questions)
    return find_round(workspace, COMMAND_LINE, "R")


def _fill(tx: Tx, round_id: UUID, first: int, last: int, questions: list[str]) -> None:
    """People number `first` up to `last`, each with an answer to every question."""
    now = datetime.now(UTC)
    tx.run(
        """INSERT INTO respondent(id, round_id, department_id, label, status, started_at, submitted_at, row_version)
           SELECT uuid(), $round, d.id, 'person', 'submitted', $now, $now, 1
           FROM (SELECT i FROM range($first, $last) t(i)) n
           JOIN (SELECT id, row_number() OVER (ORDER BY place) - 1 AS k FROM department) d
             ON n.i % $departments = d.k""",
        round=round_id,
        now=now,
        first=first,
        last=last,
        departments=DEPARTMENTS,
    )
    tx.run(
        """INSERT INTO answer(respondent_id, question, state, level, event_id, made_at, row_version)
           SELECT r.id, q.question, 'level', 1 + CAST(hash(r.id, q.question) % 5 AS SMALLINT), r.id, $now, 1
           FROM respondent r CROSS JOIN (SELECT unnest($questions) AS question) q WHERE r.started_at = $now""",
        now=now,
        questions=questions,
    )


def seconds(run: Callable[[], object], times: int) -> float:
    """The median of several runs after one warm-up."""
    run()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begun)
    return median(taken)


def measure(answers: int, times: int) -> tuple[int, float, float]:
    """Answers there are, seconds for every score of the round from its rows, seconds for the bare median."""
    with tempfile.TemporaryDirectory() as folder:
        url = str(Path(folder) / "scores.duckdb")
        workspace = Workspace(url=url, store=open_store(url))
        round_ = filled(workspace, answers)

        def score() -> None:
            scoring.forget(workspace, round_)
            scoring.planning_scores(workspace, round_)

        def bare() -> None:
            with workspace.store.reading() as tx:
                tx.columns(MEDIAN, round=round_.id)

        with workspace.store.reading() as tx:
            count = (tx.one("SELECT count(*) AS n FROM answer") or {})["n"]
        result = count, seconds(score, times), seconds(bare, times)
        workspace.store.close()
        return result


def main() -> None:
    """Prints one row per size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=float, nargs="+", default=[1e5, 1e6, 1e7])
    parser.add_argument("--times", type=int, default=5)
    chosen = parser.parse_args()
    print(f"{'answers':>10} {'scores s':>9} {'median s':>9} {'ratio':>6} {'per answer against the size before':>36}")
    before: tuple[int, float] | None = None
    for size in chosen.sizes:
        count, scores, bare = measure(int(size), chosen.times)
        growth = f"{(scores / count) / (before[1] / before[0]):.2f}" if before else ""
        print(f"{count:>10} {scores:>9.3f} {bare:>9.3f} {scores / bare:>6.2f} {growth:>36}", flush=True)
        before = (count, scores)


if __name__ == "__main__":
    main()
