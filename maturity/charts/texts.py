"""What a chart says about itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartTexts:
    """Title (what the reader should see), subtitle (measure, period, count) and description (the alternative text)."""

    title: str
    subtitle: str
    description: str

    @classmethod
    def of(cls, parts: Sequence[str]) -> ChartTexts:
        """The texts made by a function of words/chart_sentences.py: title, subtitle and description in that order."""
        title, subtitle, description = parts
        return cls(title=title, subtitle=subtitle, description=description)
