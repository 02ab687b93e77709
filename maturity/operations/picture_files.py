"""One chart as a file of its own, drawn beside the server: drawing in it would hold up everybody's pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from maturity.operations.solver import solver

LONGEST = 120.0
"""Seconds that a reader waits at most, a plan that is being made before it included."""


def picture_file(specification: Mapping[str, Any]) -> bytes:
    """A chart's specification as SVG with its title, subtitle and text alternative. `SolverFailed` where the process
    beside the server gives none in two minutes."""
    asked = json.loads(json.dumps({"specification": specification}, default=str))
    svg: str = solver().begin("picture", asked).wait(LONGEST)["svg"]
    return svg.encode()
