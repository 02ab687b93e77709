"""Keys: what a colour or a shape stands for, drawn as marks beside words, broken into lines that fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair as alt

from .drawing import Box, Label, Symbol, boxes, labels, symbols
from .lettering import text_width, wrapped
from .theme import Mode, maturity_ramp, palette, text_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One entry of a key: a swatch (box or symbol drawn around 0, 0) and its words."""

    swatch: Box | Symbol
    words: str


KEY_LINE = 22


def key_lines(entries: Sequence[Key], width: float) -> list[list[Key]]:
    """The entries broken into lines that fit the width."""
    lines: list[list[Key]] = [[]]
    used = 0.0
    for entry in entries:
        need = 30 + text_width(entry.words) + 14
        if lines[-1] and used + need > width:
            lines.append([])
            used = 0.0
        lines[-1].append(entry)
        used += need
    return lines


def key(entries: Sequence[Key], *, x: float, y: float, width: float, colour: str) -> list[alt.Chart]:
    """A key whose first line has its middle at y; each further line stands KEY_LINE pixels lower."""
    shapes: list[Box | Symbol] = []
    words: list[Label] = []
    for row, line in enumerate(key_lines(entries, width)):
        left, middle = x, y + row * KEY_LINE
        for entry in line:
            shapes.append(_moved(entry.swatch, left + 12, middle))
            words.append(Label(x=left + 30, y=middle, text=entry.words, colour=colour))
            left += 30 + text_width(entry.words) + 14
    drawn = boxes(s for s in shapes if isinstance(s, Box)) + symbols(s for s in shapes if isinstance(s, Symbol))
    return drawn + labels(words)


def _moved(swatch: Box | Symbol, x: float, y: float) -> Box | Symbol:
    if isinstance(swatch, Symbol):
        return replace(swatch, x=x, y=y)
    return replace(swatch, x=swatch.x + x, y=swatch.y + y, x2=swatch.x2 + x, y2=swatch.y2 + y)


def swatch(*, fill: str | None = None, outline: str | None = None, dashed: bool = False, height: float = 12) -> Box:
    """A small box for a key, 22 pixels wide."""
    return Box(x=-11, x2=11, y=-height / 2, y2=height / 2, fill=fill, outline=outline, dashed=dashed, thickness=1.6)


def level_key(levels: Sequence[str], *, x: float, y: float, width: float, mode: Mode) -> tuple[list[alt.Chart], float]:
    """The levels as a strip of named boxes (y is its upper edge) and its height; two lines each where the names are
    long.
    """
    colours, ramp = palette(mode), maturity_ramp(mode, len(levels))
    step = min(width / len(levels), 128)
    lines = [wrapped(f"{place} {name}", step - 8, bold=True) for place, name in enumerate(levels, start=1)]
    if any("…" in line for group in lines for line in group):
        entries = [
            Key(swatch=swatch(fill=fill, outline=colours.ghost), words=f"{place} {name}")
            for place, (name, fill) in enumerate(zip(levels, ramp, strict=True), start=1)
        ]
        high = KEY_LINE * len(key_lines(entries, width))
        return key(entries, x=x, y=y + 11, width=width, colour=colours.ink_soft), high
    height = 24 if all(len(group) == 1 for group in lines) else 38
    edge: dict[str, Any] = {"y": y, "y2": y + height, "outline": colours.ghost, "thickness": 0.8}
    strip = [
        Box(x=x + place * step, x2=x + (place + 1) * step - 2, fill=fill, **edge) for place, fill in enumerate(ramp)
    ]
    words = [
        Label(
            x=x + (place + 0.5) * step - 1,
            y=y + height / 2 + 14 * (row - (len(group) - 1) / 2),
            text=line,
            colour=text_on(ramp[place]),
            weight=600,
            align="center",
        )
        for place, group in enumerate(lines)
        for row, line in enumerate(group)
    ]
    return [*boxes(strip), *labels(words)], height
