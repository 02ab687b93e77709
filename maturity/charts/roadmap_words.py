"""What the timeline says in words: titles, owners, progress, status and its distance from the approved finish."""

from __future__ import annotations

from .drawing import Label
from .lettering import shortened, text_width
from .roadmap_layout import NOTE, Layout
from .theme import BODY, SECONDARY, SMALLEST, Mode, palette


def slip_words(days: int | None, against: str = "as approved") -> str:
    """The distance from the finish that the bars are held against, in words that judge nothing: '+30 days', '-5 days',
    'as approved' or ''.
    """
    if days is None:
        return ""
    return against if days == 0 else f"{days:+d} day{'' if abs(days) == 1 else 's'}"


def _status_ink(status: str, mode: Mode) -> str:
    colours, word = palette(mode), status.lower()
    return colours.bad if word.startswith("late") else colours.warn if word.startswith("at risk") else colours.ink_soft


def row_words(layout: Layout, mode: Mode, against: str | None = "as approved") -> list[Label]:
    """What is written in the rows, beside the bars or above them. `against` is said where a finish is the one that it
    is held against; None leaves the distance to the status."""
    return _narrow_words(layout, mode) if layout.narrow else _wide_words(layout, mode, against)


def _wide_words(layout: Layout, mode: Mode, against: str | None) -> list[Label]:
    """Title and owner at the left, done and status with its distance from the approved finish at the right."""
    colours, done, status, room = palette(mode), layout.plot + 48, layout.plot + 62, layout.left - 12
    parts = [
        Label(x=done, y=-12, text="Done", colour=colours.ink_soft, weight=600, align="right"),
        Label(x=status, y=-12, text="Status", colour=colours.ink_soft, weight=600),
    ]
    for bar in layout.bars:
        middle = bar.top + layout.room
        slip = "" if against is None else slip_words(bar.slip, against)
        low = middle - 6 if slip else middle
        parts += [
            Label(
                x=-layout.left,
                y=middle - 5 if bar.owner else middle,
                text=shortened(bar.title, room, BODY),
                colour=colours.ink,
                size=BODY,
            ),
            Label(
                x=-layout.left,
                y=middle + 10,
                text=shortened(bar.owner, room, SMALLEST),
                colour=colours.ink_faint,
                size=SMALLEST,
            ),
            Label(x=done, y=middle, text=f"{bar.done:.0%}", colour=colours.ink, align="right"),
            Label(
                x=status,
                y=low,
                text=shortened(bar.status, layout.status_room),
                colour=_status_ink(bar.status, mode),
                weight=600,
            ),
            Label(x=status, y=middle + 8, text=slip, colour=colours.ink_faint, size=SMALLEST),
        ]
    return [part for part in parts if part.text]


def _narrow_words(layout: Layout, mode: Mode) -> list[Label]:
    """A phone's rows: title above the bar, done and status at its right end."""
    colours, parts = palette(mode), []
    for bar in layout.bars:
        words = f"{bar.done:.0%}, {bar.status}" if bar.done else bar.status
        room = layout.plot - text_width(words) - 18
        ink, title = _status_ink(bar.status, mode), shortened(bar.title, room, SECONDARY)
        y, halo = bar.top + 11, colours.background
        parts.append(Label(x=2, y=y, text=title, colour=colours.ink, halo=halo))
        parts.append(Label(x=layout.plot - 2, y=y, text=words, colour=ink, weight=600, align="right", halo=halo))
    return parts


def rest_note(layout: Layout, mode: Mode) -> list[Label]:
    """How many actions the picture leaves to the table, if any."""
    if not layout.hidden:
        return []
    words = f"{layout.hidden} more in the table"
    return [
        Label(x=-layout.left, y=layout.height - NOTE / 2 + 2, text=words, colour=palette(mode).ink_soft, italic=True)
    ]
