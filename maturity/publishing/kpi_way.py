"""How far a KPI is on its way from its baseline to its target: what lets KPIs of different units stand in one chart."""

from __future__ import annotations

from maturity.publishing.report_facts import KpiFact


def way(kpi: KpiFact, value: float | None) -> float | None:
    """Per cent of the way that a value has gone, below 0 where it is further away than at the start; None where
    baseline, target or value is missing, or both ends are the same."""
    if kpi.baseline is None or kpi.target is None or value is None or kpi.target == kpi.baseline:
        return None
    return 100 * (value - kpi.baseline) / (kpi.target - kpi.baseline)


def reached(kpi: KpiFact) -> bool:
    """Whether the last reading is at the target or beyond."""
    gone = way(kpi, kpi.value)
    return gone is not None and gone >= 100 - 1e-9


def is_behind(kpi: KpiFact) -> bool:
    """Whether the last reading has gone less of the way than its path had on that day."""
    gone, due = way(kpi, kpi.value), way(kpi, kpi.planned)
    return gone is not None and due is not None and gone < due - 1e-9
