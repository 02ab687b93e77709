"""Objectives: the organisation's own goals that actions serve."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """A name that a roadmap can be grouped by, and the goal as the corporate plan words it."""

    id: str
    name: str
    goal: str = ""
    row_version: int = 1
