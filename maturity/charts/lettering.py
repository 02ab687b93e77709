"""Measuring and breaking text: charts are laid out before any browser sees them, so widths are estimated."""

from __future__ import annotations

_NARROW = frozenset("iljtfrI.,:;'|!()[] ")
_WIDE = frozenset("mwMWGOQ%@")


def text_width(text: str, size: float = 12, *, bold: bool = False) -> float:
    """About how many pixels the text takes in Arial, the widest font of the stack, at `size` pixels."""
    units = sum(0.31 if c in _NARROW else 0.85 if c in _WIDE else 0.68 if c.isupper() else 0.55 for c in text)
    return units * size * (1.06 if bold else 1.0)


def shortened(text: str, width: float, size: float = 12, *, bold: bool = False) -> str:
    """The text cut to fit the width, with an ellipsis where something was left out."""
    if text_width(text, size, bold=bold) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size, bold=bold) > width:
        kept = kept[:-1]
    return kept.rstrip(" ,.&") + "…"


def wrapped(text: str, width: float, size: float = 12, *, most: int = 2, bold: bool = False) -> list[str]:
    """The text in at most `most` lines of the given width; what does not fit in the last one is cut with an
    ellipsis.
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and (text_width(longer, size, bold=bold) <= width or len(lines) == most):
            lines[-1] = longer
        else:
            lines.append(word)
    return [shortened(line, width, size, bold=bold) for line in lines]


def spread(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Positions near the wanted ones, in the same order, at least `gap` apart and inside low to high where there is
    room.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed: list[float] = []
    for index in order:
        placed.append(max(wanted[index], low if not placed else placed[-1] + gap))
    ceiling = high
    for place in range(len(placed) - 1, -1, -1):
        placed[place] = min(placed[place], ceiling)
        ceiling = placed[place] - gap
    result = [0.0] * len(wanted)
    for place, index in enumerate(order):
        result[index] = placed[place]
    return result
