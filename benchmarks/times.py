"""The milliseconds of each kind of step, as a run collects them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Times:
    """Every step's milliseconds by its kind, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def add(self, kind: str, milliseconds: float) -> None:
        """One more step of a kind."""
        self.times.setdefault(kind, []).append(milliseconds)
