"""Charts as pictures for reports: a Vega-Lite specification in, SVG and PNG out, drawn here without any network."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import OrderedDict
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from html import escape
from threading import Lock
from typing import Any, NamedTuple

import vl_convert

from maturity.charts.theme import FONT
from maturity.publishing.fonts import STACK, font_folder
from maturity.publishing.legal_text import legal
from maturity.publishing.report_facts import Picture

SCALE = 2
"""Pixels of the PNG for each pixel of the drawing."""
ROOM = {"left": 40, "right": 40, "top": 8, "bottom": 8}
"""Pixels around a drawing that is a file of its own: its reader's typeface may be wider than that of its layout."""
MOST_KEPT = 64
"""Drawings kept: two full sets of reports."""
_SIZE = re.compile(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"')
_NAMED = re.compile(r'(?:id="|url\(#)((?:clip|gradient_)\d+)')


class Drawing(NamedTuple):
    """What was drawn: SVG text, PNG in base64, sizes in pixels of the SVG."""

    svg: str
    png: str
    width: float
    height: float


_kept: OrderedDict[str, Drawing] = OrderedDict()
_lock = Lock()


def draw(name: str, specification: Mapping[str, Any]) -> Picture:
    """The chart as a picture. Title and subtitle stand beside the drawing and not in it: a report sets them as text,
    so that they can be read aloud, searched and scaled."""
    heading = specification.get("title") or {}
    words = json.dumps({**specification, "title": None}, sort_keys=True, default=str)
    return Picture(
        name=name,
        title=_joined(heading, "text"),
        subtitle=_joined(heading, "subtitle"),
        description=legal(str(specification.get("description") or "")),
        **_drawn(words)._asdict(),
    )


def standing_alone(specification: Mapping[str, Any]) -> str:
    """The chart as an SVG file of its own: title and subtitle stand in the drawing, and its name and text alternative
    where screen readers look for them."""
    svg = _svg(json.dumps({**specification, "padding": ROOM}, sort_keys=True, default=str))
    name, said = (escape(each) for each in (_joined(specification.get("title") or {}, "text"),
                                            legal(str(specification.get("description") or ""))))  # fmt: skip
    root, rest = svg.split(">", 1)
    return f'{root} role="img"><title>{name}</title><desc>{said}</desc>{rest}'


def _joined(heading: Mapping[str, Any] | str, part: str) -> str:
    """A heading as one text: charts break it into lines."""
    if isinstance(heading, str):
        return legal(heading) if part == "text" else ""
    lines = heading.get(part) or ""
    return legal(lines if isinstance(lines, str) else " ".join(lines))


def _drawn(words: str) -> Drawing:
    """The drawing of a specification as JSON, kept by what the specification says."""
    key = sha256(words.encode()).hexdigest()
    with _lock:
        if key not in _kept:
            _kept[key] = _draw(words)
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
        _kept.move_to_end(key)
        return _kept[key]


def _draw(words: str) -> Drawing:
    svg = _svg(words)
    png = b64encode(vl_convert.svg_to_png(svg, scale=SCALE)).decode()
    size = _SIZE.search(svg)
    width, height = (float(size[1]), float(size[2])) if size else (0.0, 0.0)
    return Drawing(svg, png, width, height)


def _svg(words: str) -> str:
    _know_the_fonts()
    specification = _plain(json.loads(words.replace(json.dumps(FONT)[1:-1], STACK)))
    if not specification.get("title"):
        specification.pop("title", None)
    return _numbered(vl_convert.vegalite_to_svg(specification, allowed_base_urls=[]))


@cache
def _know_the_fonts() -> None:
    if folder := font_folder():
        vl_convert.register_font_directory(str(folder))


def _plain(part: Any) -> Any:
    """The same with legal texts only: one forbidden character would make the whole SVG unreadable."""
    if isinstance(part, str):
        return legal(part)
    if isinstance(part, Mapping):
        return {legal(str(name)): _plain(value) for name, value in part.items()}
    return [_plain(each) for each in part] if isinstance(part, list) else part


def _numbered(svg: str) -> str:
    """The SVG with its clips and gradients counted from 0: the renderer counts on from drawing to drawing, and the
    same specification would not give the same bytes."""
    names = {name: f"part{place}" for place, name in enumerate(dict.fromkeys(_NAMED.findall(svg)))}
    return re.sub(r"(?<=[\"#])(?:clip|gradient_)\d+(?=[\")])", lambda found: names[found[0]], svg)
