"""Is it on its way: readings over time beside the path to the target, panels one above the other on one time axis."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from maturity.words.kpi_sentences import short

from .drawing import MARGIN, Box, Label, at_x, at_y, finished, labels, marks, nothing_to_show, records
from .key import Key, key, swatch
from .lettering import shortened, spread, text_width
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import BODY, SMALLEST, Mode, palette

PANEL, NARROW_PANEL, HEAD, GAP = 170, 150, 30, 34
Dates = tuple[pd.Timestamp, pd.Timestamp]


@in_every_mode
def kpi_path_chart(
    frame: pd.DataFrame, *, mode: Mode, texts: ChartTexts, width: int = 820, narrow: bool = False, today: Any = None
) -> alt.LayerChart:
    """One panel for each `panel` in the given order, each with its own scale, all with the same dates.

    `frame`: panel (its name), unit (one starting with % is written behind the number), line ("reading" or "path"), on
    (date), value. Optional: `figure`, how the value is written; `low` and `high`, which the panel's scale holds
    at least. `today` is drawn as a line where it lies within the dates."""
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    dates = pd.to_datetime(frame["on"])
    first, last = dates.min(), max(dates.max(), dates.min() + pd.Timedelta(days=1))
    groups = [(str(name), group) for name, group in frame.assign(on=dates).groupby("panel", sort=False)]
    scales = [_scale(group) for _, group in groups]
    marks_of = [[short(each, _unit(group)) for each in scale] for (_, group), scale in zip(groups, scales, strict=True)]
    left = max(text_width(each, SMALLEST) for texts_ in marks_of for each in texts_) + 10
    right = 12.0 if narrow else 74.0
    plot, panel = max(160.0, width - 2 * MARGIN - left - right), NARROW_PANEL if narrow else PANEL
    layers: list[alt.Chart] = []
    words: list[Label] = []
    for place, ((name, group), scale) in enumerate(zip(groups, scales, strict=True)):
        top = place * (panel + HEAD + GAP) + (HEAD if len(groups) > 1 else 0)
        rows = _rows(group, (first, last), plot, (top, panel), scale)
        layers += [
            *_grid(scale, plot, (top, panel), mode),
            *_today(today, (first, last), plot, (top, panel), mode),
            *_lines(rows, mode),
        ]
        words += _words(rows, scale, (top, panel), mode, narrow=narrow)
        if len(groups) > 1:
            title = shortened(name, plot + right, BODY, bold=True)
            words.append(Label(x=0, y=top - 16, text=title, colour=palette(mode).ink, size=BODY, weight=600))
    height = len(groups) * (panel + HEAD + GAP) - GAP - (HEAD if len(groups) == 1 else 0)
    words += _days((first, last), plot, height, mode)
    layers += [*labels(words), *_key(frame, height + 40, plot, mode, today=_within(today, (first, last)))]
    return finished(layers, plot=plot, height=height, width=width, mode=mode, texts=texts)


def _unit(group: pd.DataFrame) -> str:
    return str(group["unit"].iloc[0])


def _scale(group: pd.DataFrame) -> tuple[float, ...]:
    """From two to six round numbers around the values; a single value gets room on both sides."""
    low, high = float(group["value"].min()), float(group["value"].max())
    if "low" in group and group["low"].notna().any():
        low, high = min(low, float(group["low"].min())), max(high, float(group["high"].max()))
    if low == high:
        low, high = low - max(1.0, abs(low) / 10), high + max(1.0, abs(high) / 10)
    rough = (high - low) / 4
    power = 10.0 ** int(f"{rough:e}".split("e")[1])
    step = next(power * each for each in (1, 2, 2.5, 5, 10) if power * each >= rough * (1 - 1e-9))
    first, last = int(low // step), -int(-high // step)
    return tuple(place * step for place in range(first, last + 1))


def _rows(
    group: pd.DataFrame, dates: Dates, plot: float, place: tuple[float, float], scale: tuple[float, ...]
) -> list[dict[str, Any]]:
    """The values with their pixels."""
    (top, panel), (first, last) = place, dates
    unit, rows = _unit(group), []
    for record in records(group.sort_values(["line", "on"], kind="stable")):
        on = record["on"]
        rows.append(
            {
                "line": str(record["line"]),
                "day": f"{on.day} {on:%b %Y}",
                "figure": _figure(record, unit),
                "x": plot * float((on - first) / (last - first)),
                "y": top + panel * (scale[-1] - float(record["value"])) / (scale[-1] - scale[0]),
            }
        )
    return rows


def _figure(record: dict[str, Any], unit: str) -> str:
    given = record.get("figure")
    return given if isinstance(given, str) else short(float(record["value"]), unit)


def _grid(scale: tuple[float, ...], plot: float, place: tuple[float, float], mode: Mode) -> list[alt.Chart]:
    top, panel = place
    rows = [{"x": 0, "x2": plot, "y": top + panel * (scale[-1] - each) / (scale[-1] - scale[0])} for each in scale]
    return [marks(rows).mark_rule(color=palette(mode).grid).encode(x=at_x(), x2=alt.X2("x2:Q"), y=at_y())]


def _lines(rows: list[dict[str, Any]], mode: Mode) -> list[alt.Chart]:
    colours, layers = palette(mode), []
    path = [row for row in rows if row["line"] == "path"]
    read = [row for row in rows if row["line"] == "reading"]
    if path:
        dashes = marks(path).mark_line(color=colours.target, strokeDash=[5, 4], strokeWidth=1.8)
        layers.append(dashes.encode(x=at_x(), y=at_y(), order=alt.Order("x:Q")))
        diamond = marks(path[-1:]).mark_point(shape="diamond", filled=True, size=130, opacity=1, color=colours.target)
        tooltip = [alt.Tooltip("day:N", title="Due"), alt.Tooltip("figure:N", title="Target")]
        layers.append(diamond.encode(x=at_x(), y=at_y(), tooltip=tooltip))
    if read:
        line = marks(read).mark_line(color=colours.accent, strokeWidth=2.5)
        dots = marks(read).mark_point(
            filled=True, size=90, opacity=1, color=colours.accent, stroke=colours.background, strokeWidth=1.5
        )
        tooltip = [alt.Tooltip("day:N", title="On"), alt.Tooltip("figure:N", title="Read")]
        layers += [
            line.encode(x=at_x(), y=at_y(), order=alt.Order("x:Q")),
            dots.encode(x=at_x(), y=at_y(), tooltip=tooltip),
        ]
    return layers


def _words(
    rows: list[dict[str, Any]], scale: tuple[float, ...], place: tuple[float, float], mode: Mode, *, narrow: bool
) -> list[Label]:
    """The scale at the left; where each line ends in figures, at the right on a wide picture."""
    (top, panel), colours = place, palette(mode)
    unit = "%" if any(row["figure"].endswith("%") for row in rows) else ""
    parts = [
        Label(
            x=-8, y=top + panel * (scale[-1] - each) / (scale[-1] - scale[0]), text=short(each, unit),
            colour=colours.ink_soft, size=SMALLEST, align="right",
        )
        for each in scale
    ]  # fmt: skip
    ends = {row["line"]: row for row in rows}
    inks = {"reading": colours.accent, "path": colours.target}
    placed = spread([row["y"] for row in ends.values()], 16, top, top + panel)
    for (line, row), y in zip(ends.items(), placed, strict=True):
        near_end = narrow or text_width(row["figure"], bold=True) > 60
        shift = -10 if near_end else 10
        parts.append(
            Label(
                x=row["x"] + shift, y=y - (12 if near_end else 0), text=row["figure"], colour=inks[line], weight=700,
                align="right" if near_end else "left", halo=colours.background,
            )
        )  # fmt: skip
    return parts


def _within(today: Any, dates: Dates) -> bool:
    return today is not None and dates[0] <= pd.Timestamp(today) <= dates[1]


def _today(today: Any, dates: Dates, plot: float, place: tuple[float, float], mode: Mode) -> list[alt.Chart]:
    if not _within(today, dates):
        return []
    x = plot * float((pd.Timestamp(today) - dates[0]) / (dates[1] - dates[0]))
    row = [{"x": x, "y": place[0], "y2": sum(place)}]
    return [
        marks(row)
        .mark_rule(color=palette(mode).ink_soft, strokeDash=[2, 3])
        .encode(x=at_x(), y=at_y(), y2=alt.Y2("y2:Q"))
    ]


def _days(dates: Dates, plot: float, height: float, mode: Mode) -> list[Label]:
    first, last = dates
    colour = palette(mode).ink_soft
    days = [first, first + (last - first) / 2, last]
    return [
        Label(x=plot * place / 2, y=height + 14, text=f"{day.day} {day:%b %Y}", colour=colour, size=SMALLEST, align=how)
        for place, (day, how) in enumerate(zip(days, ("left", "center", "right"), strict=True))
    ]


def _key(frame: pd.DataFrame, y: float, width: float, mode: Mode, *, today: bool) -> list[alt.Chart]:
    colours, lines = palette(mode), set(frame["line"])
    entries = [Key(swatch=swatch(fill=colours.accent, height=3), words="read")]
    if "path" in lines:
        dashed = Box(x=-11, x2=11, y=0, y2=0, outline=colours.target, dashed=True, thickness=1.8)
        entries.append(Key(swatch=dashed, words="path to the target"))
    if today:
        dotted = Box(x=0, x2=0, y=-8, y2=8, outline=colours.ink_soft, dashed=True)
        entries.append(Key(swatch=dotted, words="today"))
    return key(entries, x=0, y=y, width=width, colour=colours.ink_soft)
