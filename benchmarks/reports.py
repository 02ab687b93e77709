"""The strategy document and the workbook, beside a bare file of the same library: `python -m benchmarks.reports`.

Charts are drawn before and do not count; slides and PDF are not measured here yet.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable

from docx import Document
from xlsxwriter import Workbook

from maturity.publishing.report_workbook import report_workbook
from maturity.publishing.strategy_document import strategy_document
from tests.publishing import report_samples as samples

RUNS = 5
ASKED = 10.0


def bare_document() -> bytes:
    """An empty Word file."""
    made = io.BytesIO()
    Document().save(made)
    return made.getvalue()


def bare_workbook() -> bytes:
    """A workbook with one empty sheet."""
    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True})
    book.add_worksheet()
    book.close()
    return made.getvalue()


def seconds(make: Callable[[], bytes]) -> float:
    """The middle of several runs, after one that does not count."""
    make()
    found = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        make()
        found.append(time.perf_counter() - begun)
    return sorted(found)[RUNS // 2]


def main() -> None:
    """Prints what each report takes, and whether the two together stay below what is asked of the full set."""
    kinds = (("strategy document", strategy_document, bare_document), ("workbook", report_workbook, bare_workbook))
    for name in ("full", "large"):
        facts, total = getattr(samples, name)(with_answers=True), 0.0
        for kind, make, bare in kinds:
            took, floor = seconds(lambda make=make, facts=facts: make(facts)), seconds(bare)
            total += took
            print(f"{name:6} {kind:18} {took:6.2f} s, {took / floor:5.1f} times a bare file")
        print(f"{name:6} together           {total:6.2f} s of {ASKED:.0f} s: {'met' if total <= ASKED else 'not met'}")


if __name__ == "__main__":
    main()
