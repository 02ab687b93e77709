"""The KPIs of a report as lines: what several departments measure alike for one action is one line."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from maturity.publishing.folded_actions import family
from maturity.publishing.kpi_way import way
from maturity.publishing.report_facts import KpiFact


@dataclass(frozen=True, slots=True)
class FoldedKpi:
    """A KPI, or the copies of one; `weakest` is the copy furthest behind its path."""

    weakest: KpiFact
    every: tuple[KpiFact, ...]


def folded_kpis(kpis: Iterable[KpiFact]) -> tuple[FoldedKpi, ...]:
    """The lines in the order of the first copy of each."""
    alike: dict[tuple[str, str, str], list[KpiFact]] = {}
    for each in kpis:
        alike.setdefault((family(each.of), each.name, each.unit), []).append(each)
    return tuple(FoldedKpi(min(copies, key=_ahead), tuple(copies)) for copies in alike.values())


def _ahead(kpi: KpiFact) -> float:
    """Per cent of the way that a KPI is ahead of its path; what was not read comes last."""
    gone, due = way(kpi, kpi.value), way(kpi, kpi.planned)
    if gone is None:
        return math.inf
    return gone - (100.0 if due is None else due)
