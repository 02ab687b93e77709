"""The one style sheet of the site: the tokens of the charts as variables, for light, dark and paper.

Only logical properties stand in it, so that a language written from right to left needs nothing of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from maturity.charts.theme import Mode, contrast, mix, palette, phase_rest, text_on
from maturity.publishing.site.facts import USUAL_COLOUR

SHEET = Path(__file__).parent / "templates" / "style.css"
READABLE = 4.5


def style(colour: str) -> str:
    """The style sheet with the organisation's colour (#RRGGBB), made lighter or darker where it could not be read."""
    tokens = f"{_root('light', colour)}\n@media screen and (prefers-color-scheme: dark) {{ {_root('dark', colour)} }}"
    shares = " ".join(f".g{share}{{flex:{share} 0 0}}" for share in range(101))
    return f"{tokens}\n{shares}\n{SHEET.read_text(encoding='utf-8')}"


@lru_cache(maxsize=32)
def _root(mode: Mode, colour: str) -> str:
    p = palette(mode)
    brand = colour.upper() if re.fullmatch("#[0-9A-Fa-f]{6}", colour) else USUAL_COLOUR
    accent = readable(brand, (p.background, p.surface), mode) if brand != USUAL_COLOUR else p.accent
    band = brand if mode == "light" else mix(brand, "#000000", 0.35)
    good_tint, warn_tint = mix(p.good, p.background, 0.9), mix(p.warn, p.background, 0.9)
    tokens = {
        "ground": p.background,
        "surface": p.surface,
        "strong": p.surface_strong,
        "ink": p.ink,
        "soft": p.ink_soft,
        "line": p.line,
        "grid": p.grid,
        "accent": accent,
        "on-accent": text_on(accent),
        "band": band,
        "on-band": text_on(band),
        "focus": p.focus,
        "good": p.good,
        "warn": p.warn,
        "bad": p.bad,
        "ghost": p.ghost,
        "unknown": p.unknown,
        "good-tint": good_tint,
        "warn-tint": warn_tint,
        "good-text": readable(p.good, (p.background, good_tint), mode),
        "warn-text": readable(p.warn, (p.background, warn_tint), mode),
        "wash": mix(accent, p.background, 0.93),
    }
    for number in (1, 2, 3, 4):
        tokens[f"p{number}"] = p.phase[number - 1]
        tokens[f"t{number}"] = p.phase_tint[number - 1]
        tokens[f"r{number}"] = phase_rest(mode, number)
    return f":root {{ color-scheme: {mode}; {' '.join(f'--{name}: {each};' for name, each in tokens.items())} }}"


def readable(colour: str, grounds: tuple[str, ...], mode: Mode) -> str:
    """The colour, mixed with black (or white, in the dark) only as far as text in it can be read on the grounds."""
    towards = "#000000" if mode == "light" else "#FFFFFF"
    steps = (mix(colour, towards, step / 20) for step in range(21))
    return next(each for each in steps if all(contrast(each, ground) >= READABLE for ground in grounds))
