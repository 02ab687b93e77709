"""The timeline as geometry: bars, bands, ticks and labels in the units of its SVG, for the template to draw.

Bars are as exact as what is promised: one by the quarter begins and ends with its quarters. All places are counted
from the side where reading begins, and mirrored once for languages that are written from right to left.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from babel.dates import format_skeleton

from maturity.publishing.site.labels import phase_names, status_words
from maturity.publishing.site.languages import Words, window
from maturity.publishing.site.sentences import title_of
from maturity.roadmap.editions import Edition, PublicAction, PublicMilestone
from maturity.roadmap.phases import Phase, phases

WIDTH, LABELS, STATUS = 1000.0, 292.0, 118.0
HEAD, ROW, GROUP, BAR = 84.0, 34.0, 34.0, 13.0
LONGEST_LABEL = 40
MOST_TICKS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle from `x`, `width` wide; `kind` is its class in the style sheet."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: what it is called, its boxes (bar, part done, as first planned), its status word and class."""

    y: float
    label: str
    under: str
    phase: int
    bar: Box | None = None
    done: Box | None = None
    first: Box | None = None
    status: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A word or a few lines of it at a place."""

    x: float
    y: float
    lines: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """All that the SVG shows, `height` high; `rtl` is whether it has been mirrored."""

    width: float = WIDTH
    height: float = 0.0
    bottom: float = 0.0
    rtl: bool = False
    bands: tuple[Box, ...] = ()
    band_labels: tuple[Label, ...] = ()
    ticks: tuple[Label, ...] = ()
    groups: tuple[Label, ...] = ()
    lines: tuple[Line, ...] = ()
    diamonds: tuple[Label, ...] = ()
    now: Label | None = None


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date
    rtl: bool = False
    left: float = field(default=LABELS)
    right: float = field(default=WIDTH - STATUS)

    def at(self, day: date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days + 1)
        return self.turned(self.left + (self.right - self.left) * min(1.0, max(0.0, share)))

    def turned(self, x: float) -> float:
        return round(WIDTH - x if self.rtl else x, 1)

    def box(self, first: date, last: date, kind: str, share: float = 1.0) -> Box:
        begin, end = self.at(first), self.at(last + timedelta(days=1))
        end = begin + (end - begin) * share
        return Box(x=round(min(begin, end), 1), width=round(abs(end - begin), 1), kind=kind)


def drawing(
    edition: Edition, actions: Sequence[PublicAction], words: Words, milestones: Sequence[PublicMilestone]
) -> Drawing | None:
    """The picture of these actions of an edition; None where none of them has days. Milestones have the numbers of
    their places."""
    dated = [each for each in actions if each.start and each.finish]
    if not dated:
        return None
    rtl = words.direction == "rtl"
    axis = _Axis(*_span(edition, dated), rtl)
    lines, groups, y = [], [], HEAD
    for number in sorted({each.phase for each in dated}):
        name = phase_names(words)[number - 1]
        groups.append(Label(x=axis.turned(0), y=y + 23, lines=(f"{number}. {name}",), kind=f"f{number}"))
        y += GROUP
        for each in (one for one in dated if one.phase == number):
            lines.append(_line(each, y, axis, words))
            y += ROW
    bands = tuple(_bands(edition, axis))
    return Drawing(
        height=y + 26,
        bottom=y + 4,
        rtl=rtl,
        bands=bands,
        band_labels=tuple(_band_labels(bands, words)),
        ticks=tuple(_ticks(axis, y + 22, words)),
        groups=tuple(groups),
        lines=tuple(lines),
        diamonds=tuple(_diamonds(milestones, axis)),
        now=_now(edition, axis, words),
    )


def _span(edition: Edition, dated: Sequence[PublicAction]) -> tuple[date, date]:
    begins = [window(each.start, each.precision)[0] for each in dated if each.start]
    begins += [each.first_start for each in dated if each.first_start]
    ends = [window(each.finish, each.precision)[1] for each in dated if each.finish]
    ends += [each.first_finish for each in dated if each.first_finish]
    return min(edition.plan_starts, *begins), max(max(ends), edition.published_on)


def _line(action: PublicAction, y: float, axis: _Axis, words: Words) -> Line:
    assert action.start is not None and action.finish is not None
    first, last = window(action.start, action.precision)[0], window(action.finish, action.precision)[1]
    if action.precision == "day" and action.done_on:
        last = max(first, action.done_on)
    share = 1.0 if action.status == "done" else (action.percent_done or 0.0) / 100
    promised = action.first_finish and action.first_finish != action.finish
    return Line(
        y=y,
        phase=action.phase,
        label=textwrap.shorten(title_of(action, words).text, LONGEST_LABEL, placeholder="…"),
        under=textwrap.shorten(
            ", ".join(filter(None, (action.department, action.owner_role))), LONGEST_LABEL, placeholder="…"
        ),
        bar=axis.box(first, last, f"k{action.phase}"),
        done=axis.box(first, last, f"f{action.phase}", min(1.0, share)) if share > 0 else None,
        first=axis.box(action.first_start or first, action.first_finish, "g")
        if promised and action.first_finish
        else None,
        status=status_words(words).get(action.status or "", ""),
        kind=action.status or "",
    )


def _bands(edition: Edition, axis: _Axis) -> list[Box]:
    shown: list[Phase] = [each for each in phases(edition.plan_starts) if each.start <= axis.last]
    return [axis.box(each.start, min(each.finish, axis.last), f"v{each.number}") for each in shown]


def _band_labels(bands: Sequence[Box], words: Words) -> list[Label]:
    made = []
    for number, (box, name) in enumerate(zip(bands, phase_names(words), strict=False), 1):
        lines = tuple(textwrap.wrap(f"{number} {name}", max(8, int(box.width / 8)))[:3])
        made.append(
            Label(x=box.x + (box.width - 6 if words.direction == "rtl" else 6), y=18, lines=lines, kind=f"f{number}")
        )
    return made


def _ticks(axis: _Axis, y: float, words: Words) -> list[Label]:
    months = (axis.last.year - axis.first.year) * 12 + axis.last.month - axis.first.month + 1
    step = next(each for each in (1, 3, 6, 12, 24, 60, 1200) if months / each <= MOST_TICKS)
    made = []
    for month in range(axis.first.year * 12, (axis.last.year + 1) * 12 + 1, step):
        day = date(month // 12, month % 12 + 1, 1)
        if axis.first <= day <= axis.last - timedelta(days=20):
            text = str(day.year) if step >= 12 else format_skeleton("yMMM", day, locale=words.locale)
            made.append(Label(x=axis.at(day), y=y, lines=(text,)))
    return made


def _diamonds(milestones: Sequence[PublicMilestone], axis: _Axis) -> list[Label]:
    return [
        Label(x=axis.at(each.on), y=68, lines=(str(place),), kind="m" if each.reached else "mo")
        for place, each in enumerate(milestones, 1)
        if axis.first <= each.on <= axis.last
    ]


def _now(edition: Edition, axis: _Axis, words: Words) -> Label:
    return Label(x=axis.at(edition.published_on), y=68, lines=(words.day(edition.published_on),))
