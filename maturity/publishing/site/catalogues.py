"""Every message of the site, found in its templates and its code: what a catalogue of a language must translate."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from jinja2.ext import babel_extract

HERE = Path(__file__).parent


def extracted() -> Catalog:
    """All messages of the site, with their plurals, in the order of the files."""
    found = Catalog(charset="utf-8")
    for path in sorted(HERE.glob("*.py")):
        for _, message, _, _ in extract("python", io.BytesIO(path.read_bytes()), keywords=DEFAULT_KEYWORDS):
            _add(found, message)
    options = {"trimmed": "false", "silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}
    for path in sorted((HERE / "templates").iterdir()):
        content = io.BytesIO(path.read_bytes())
        for _, _, texts, _ in babel_extract(content, ("_", "gettext", "ngettext"), (), options):
            _add(found, texts)
    return found


def _add(found: Catalog, message: str | tuple[str | None, ...] | None) -> None:
    texts = tuple(each for each in (message if isinstance(message, tuple) else (message,)) if each)
    if texts:
        found.add(texts if len(texts) > 1 else texts[0])
