"""The only place with colours: tokens for each mode, what may be read on them, and the chart configuration.

`print` is dark ink on white, told apart in grey as well; `projector` has the colours of light (modes.py enlarges it).

The tokens were chosen for contrast (WCAG 2.2 AA) and for protan, deutan and tritan vision; tests/charts/test_theme.py
holds them to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

Mode = Literal["light", "dark", "print", "projector"]

FONT = "'Source Sans 3', 'Source Sans', Inter, Helvetica, Arial, sans-serif"
BODY, SECONDARY, SMALLEST, HEADLINE = 13, 12, 11, 17


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one mode; every value is #RRGGBB."""

    background: str
    surface: str
    surface_strong: str
    ink: str
    ink_soft: str
    ink_faint: str
    line: str
    grid: str
    accent: str
    focus: str
    maturity: tuple[str, ...]
    unknown: str
    phase: tuple[str, ...]
    phase_tint: tuple[str, ...]
    good: str
    warn: str
    bad: str
    ghost: str
    target: str
    track: tuple[str, str]


LIGHT = Palette(
    background="#FFFFFF",
    surface="#F6F8FA",
    surface_strong="#E8EDF2",
    ink="#14202B",
    ink_soft="#46535F",
    ink_faint="#66727E",
    line="#C9D1D9",
    grid="#E4E9EE",
    accent="#12436D",
    focus="#FFDD00",
    maturity=("#FFF1C2", "#B9E0C6", "#62B9BF", "#2A78AE", "#12346B"),
    unknown="#DDE2E7",
    phase=("#0B3358", "#14756C", "#B0460F", "#7A56B3"),
    phase_tint=("#EDF3F9", "#EAF6F4", "#FCF1EA", "#F3EEFA"),
    good="#1B7F4B",
    warn="#A65500",
    bad="#B3261E",
    ghost="#87939F",
    target="#B0460F",
    track=("#CFD7DF", "#EEF2F5"),
)

TOKENS: dict[Mode, Palette] = {
    "light": LIGHT,
    "dark": Palette(
        background="#0F1720",
        surface="#16212C",
        surface_strong="#263544",
        ink="#EEF3F7",
        ink_soft="#B8C4CF",
        ink_faint="#93A1AE",
        line="#3A4957",
        grid="#24323F",
        accent="#7CC0F5",
        focus="#FFDD00",
        maturity=("#33404D", "#1F5E7C", "#2D93A3", "#7FD0B0", "#FBE58A"),
        unknown="#4A5763",
        phase=("#3E8FE0", "#B4F0E0", "#F79A66", "#D6B8FF"),
        phase_tint=("#142433", "#11282A", "#2A1F1A", "#221D33"),
        good="#5FD39A",
        warn="#F6B04D",
        bad="#FF8A80",
        ghost="#8795A2",
        target="#F79A66",
        track=("#3D4B59", "#212D39"),
    ),
    "print": replace(
        LIGHT,
        surface="#FFFFFF",
        surface_strong="#DDE3E9",
        ink="#000000",
        ink_soft="#26313B",
        ink_faint="#3D4954",
        line="#6B7782",
        grid="#C4CCD4",
        accent="#08294A",
        phase=("#000000", "#0E4A44", "#A33A00", "#8A5CC9"),
        phase_tint=("#F1F3F5", "#FFFFFF", "#F1F3F5", "#FFFFFF"),
        good="#0F5132",
        warn="#7A3E00",
        bad="#8C1D18",
        ghost="#5F6B76",
        target="#8F3300",
        track=("#BCC5CE", "#E6EAEE"),
    ),
    "projector": LIGHT,
}


def palette(mode: Mode) -> Palette:
    """The colours of a mode."""
    return TOKENS[mode]


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of #RRGGBB, each 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: str, second: str, share: float) -> str:
    """The colour that lies `share` (0 to 1) of the way from the first to the second."""
    pairs = zip(channels(first), channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def text_on(fill: str) -> str:
    """Near-black, white or black: the first of them that reads at 4.5:1 or better on the fill."""
    inks = ("#0B1621", "#FFFFFF", "#000000")
    best = max(inks[:2], key=lambda ink: contrast(ink, fill))
    return best if contrast(best, fill) >= 4.5 else max(inks, key=lambda ink: contrast(ink, fill))


def maturity_ramp(mode: Mode, count: int) -> tuple[str, ...]:
    """One colour a level for a scale of `count` levels, lowest first; scales other than 5 are mixed from the five
    tokens.
    """
    anchors = TOKENS[mode].maturity
    if count == len(anchors):
        return anchors
    return tuple(_between(anchors, index / max(1, count - 1)) for index in range(count))


def _between(anchors: tuple[str, ...], share: float) -> str:
    place = share * (len(anchors) - 1)
    lower = min(int(place), len(anchors) - 2)
    return mix(anchors[lower], anchors[lower + 1], place - lower)


def phase_colour(mode: Mode, phase: int) -> str:
    """The colour of phase 1, 2, 3 or 4; later phases start over."""
    return TOKENS[mode].phase[(phase - 1) % 4]


def phase_tint(mode: Mode, phase: int) -> str:
    """The quiet ground behind a phase's part of a timeline."""
    return TOKENS[mode].phase_tint[(phase - 1) % 4]


def phase_rest(mode: Mode, phase: int) -> str:
    """The paler colour of what is not done yet in a phase's bar."""
    return mix(phase_colour(mode, phase), phase_tint(mode, phase), 0.56)


def configuration(mode: Mode) -> dict[str, Any]:
    """The Vega-Lite `config` of a mode, merged into each specification: never Altair's process-wide theme.

    Marks and axes are hidden from assistive technology: the chart's description says what they show, and a table
    stands beside it.
    """
    p = TOKENS[mode]
    return {
        "background": p.background,
        "font": FONT,
        "view": {"stroke": None},
        "mark": {"aria": False},
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "font": FONT,
            "fontSize": HEADLINE,
            "fontWeight": 700,
            "color": p.ink,
            "lineHeight": HEADLINE + 5,
            "subtitleFont": FONT,
            "subtitleFontSize": BODY,
            "subtitleColor": p.ink_soft,
            "subtitleLineHeight": BODY + 5,
            "subtitlePadding": 6,
            "offset": 14,
        },
        "axis": {
            "aria": False,
            "domain": False,
            "ticks": False,
            "gridColor": p.grid,
            "labelColor": p.ink_soft,
            "labelFontSize": SECONDARY,
            "labelPadding": 6,
            "titleColor": p.ink_soft,
            "titleFontSize": SECONDARY,
            "titleFontWeight": 600,
        },
        "text": {"fontSize": SECONDARY, "color": p.ink, "font": FONT},
    }
