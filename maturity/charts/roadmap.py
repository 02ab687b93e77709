"""What is when and what waits for what: phase bands, lanes, approved dates, progress, arrows, milestones and today."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from .drawing import Label, Symbol, at_x, at_y, between, finished, labels, marks, nothing_to_show, own_colour, symbols
from .key import Key, key, swatch
from .modes import in_every_mode
from .roadmap_header import phase_bands, today_line, top_labels
from .roadmap_layout import LANE, Bar, Layout, arranged
from .roadmap_links import arrows, chosen
from .roadmap_words import rest_note, row_words, slip_words
from .texts import ChartTexts
from .theme import SMALLEST, Mode, palette, phase_colour, phase_rest

BAR, NARROW_BAR, GHOST = 15, 12, 3
MONTHS = (1, 2, 3, 6, 12, 24)


@in_every_mode
def roadmap_chart(
    bars: pd.DataFrame,
    *,
    links: pd.DataFrame,
    phases: pd.DataFrame,
    milestones: pd.DataFrame,
    today: date,
    mode: Mode,
    texts: ChartTexts,
    width: int = 1100,
    narrow: bool = False,
    against: str = "as approved",
    slips: bool = True,
    day_word: str = "Today",
) -> alt.LayerChart:
    """The timeline of a plan: at most 40 rows in the given order, grouped by lane, and a note for the rest.

    `bars`: id, title, owner, lane (empty for none), phase (1 to 4), start, finish (inclusive dates; rows without them
    are only counted), baseline_start, baseline_finish (NaT where nothing was approved), percent_done (0 to 1), critical
    (bool), status (words; those starting with "late" or "at risk" are coloured). `links`: from_id, to_id. `phases`:
    name, start, finish, in order. `milestones`: name, on. `against` names the thin lines; without `slips` the status
    says the distance. More than 60 arrows, or a phone: only those of the critical path. `day_word` stands before the
    day of `today`.
    """
    dated = bars.dropna(subset=["start", "finish"]) if not bars.empty else bars
    if dated.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    layout = arranged(bars, phases, today, width, narrow)
    x = _time(layout)
    words, header = top_labels(phases, milestones, today, layout, mode, day_word)
    layers = [
        *phase_bands(phases, layout, x, header, mode),
        *_lanes(layout, mode),
        *today_line(today, layout, header, mode),
        *_bars(layout, x, mode, against),
        *arrows(links, layout, mode),
        *symbols(part for part in words if isinstance(part, Symbol)),
        *labels(part for part in words if isinstance(part, Label)),
        *labels([*row_words(layout, mode, against if slips else None), *rest_note(layout, mode)]),
        *_key(layout, links, phases, milestones, mode, against),
    ]
    return finished(layers, plot=layout.plot, height=layout.height, width=width, mode=mode, texts=texts)


def _time(layout: Layout) -> alt.X:
    months = (layout.last - layout.first).days / 30.4
    step = next((m for m in MONTHS if layout.plot / (months / m) >= 62), MONTHS[-1])
    axis = alt.Axis(
        format="%b %y", tickCount={"interval": "month", "step": step}, title=None, grid=False, orient="bottom"
    )
    return alt.X("start:T", scale=between(layout.first.isoformat(), layout.last.isoformat()), axis=axis)


def _lanes(layout: Layout, mode: Mode) -> list[alt.Chart]:
    colours = palette(mode)
    names = [
        Label(x=-layout.left, y=y + LANE / 2 + 2, text=name.upper(), colour=colours.ink_soft, weight=700, size=SMALLEST)
        for name, y in layout.lanes
    ]
    rules = [{"x": -layout.left, "x2": layout.plot, "y": y} for _, y in layout.lanes if y > 0]
    if not rules:
        return labels(names)
    rule = marks(rules).mark_rule(color=colours.line, strokeWidth=1)
    return [rule.encode(x=at_x(), x2=alt.X2("x2:Q"), y=at_y()), *labels(names)]


def _bars(layout: Layout, x: alt.X, mode: Mode, against: str) -> list[alt.Chart]:
    """Approved dates as a thin line below, the bar in the paler colour, what is done in the full one, critical ones
    outlined.
    """
    colours, thickness = palette(mode), NARROW_BAR if layout.narrow else BAR
    plain, done, critical, ghosts = [], [], [], []
    for bar in layout.bars:
        top = bar.top + layout.room - thickness / 2
        row = {"start": bar.start.isoformat(), "end": bar.end.isoformat(), "top": top, "bottom": top + thickness}
        plain.append(row | _told(bar, against) | {"fill": phase_rest(mode, bar.phase)})
        if bar.done:
            until = (bar.start + (bar.end - bar.start) * bar.done).isoformat()
            done.append(row | {"end": until, "fill": phase_colour(mode, bar.phase)})
        if bar.critical:
            critical.append(row)
        if bar.approved:
            below = top + thickness + 2
            first, until = (when.isoformat() for when in bar.approved)
            ghosts.append({"start": first, "end": until, "top": below, "bottom": below + GHOST})
    layers = [_rectangles(ghosts, x).mark_rect(fill=colours.ghost, opacity=0.75)] if ghosts else []
    layers.append(
        _rectangles(plain, x).mark_rect(cornerRadius=3, opacity=1).encode(color=own_colour("fill"), tooltip=_tooltip())
    )
    if done:
        layers.append(_rectangles(done, x).mark_rect(cornerRadius=3, opacity=1).encode(color=own_colour("fill")))
    if critical:
        layers.append(
            _rectangles(critical, x).mark_rect(fill="transparent", stroke=colours.bad, strokeWidth=2, cornerRadius=3)
        )
    return layers


def _told(bar: Bar, against: str) -> dict[str, Any]:
    """What a bar says when it is pointed at."""
    return {
        "id": bar.id,
        "title": bar.title,
        "owner": bar.owner,
        "phase": bar.phase,
        "status": bar.status,
        "done": bar.done,
        "finish": (bar.end - pd.Timedelta(days=1)).isoformat(),
        "slip": slip_words(bar.slip, against),
    }


def _rectangles(rows: list[dict[str, Any]], x: alt.X) -> alt.Chart:
    return marks(rows).encode(x=x, x2=alt.X2("end:T"), y=at_y("top"), y2=alt.Y2("bottom:Q"))


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("title:N", title="Action"),
        alt.Tooltip("owner:N", title="Owner"),
        alt.Tooltip("phase:N", title="Phase"),
        alt.Tooltip("start:T", title="Start", format="%d %b %Y"),
        alt.Tooltip("finish:T", title="Finish", format="%d %b %Y"),
        alt.Tooltip("done:Q", title="Done", format=".0%"),
        alt.Tooltip("status:N", title="Status"),
        alt.Tooltip("slip:N", title="Finish against the thin bar"),
    ]


def _key(
    layout: Layout, links: pd.DataFrame, phases: pd.DataFrame, milestones: pd.DataFrame, mode: Mode, against: str
) -> list[alt.Chart]:
    colours = palette(mode)
    entries = []
    if layout.narrow:
        names = enumerate(phases["name"], start=1)
        entries = [Key(swatch=swatch(fill=phase_colour(mode, place)), words=f"{place} {name}") for place, name in names]
    entries += [
        Key(swatch=swatch(fill=phase_colour(mode, 1)), words="done"),
        Key(swatch=swatch(fill=phase_rest(mode, 1)), words="to do"),
    ]
    if any(bar.approved for bar in layout.bars):
        entries.append(Key(swatch=swatch(fill=colours.ghost, height=4), words=against))
    if any(bar.critical for bar in layout.bars):
        entries.append(Key(swatch=swatch(outline=colours.bad), words="critical path"))
    if chosen(links, layout):
        shape = "M-1,-0.12H0.4V-0.5L1,0L0.4,0.5V0.12H-1Z"
        entries.append(
            Key(swatch=Symbol(x=0, y=0, shape=shape, area=400, fill=colours.ink_faint), words="must end first")
        )
    if not milestones.empty:
        entries.append(Key(swatch=Symbol(x=0, y=0, shape="diamond", area=110, fill=colours.ink), words="milestone"))
    return key(entries, x=0, y=layout.height + 44, width=layout.plot, colour=colours.ink_soft)
