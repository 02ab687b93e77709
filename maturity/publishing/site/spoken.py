"""Texts that are there in some languages and not in others: what is said says in which language it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

# Signs that neither HTML nor XML may hold, nor a reader could see.
_ENDS = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
UNPRINTABLE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_ENDS}]")


def printable(value: Any) -> Any:
    """The text without signs that no page may hold; everything else as it is."""
    if not isinstance(value, str) or value.isprintable():
        return value
    kept = UNPRINTABLE.sub("", value)
    return Markup(kept) if isinstance(value, Markup) else kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A text with the language it is in; `language` is "" where it is that of the page."""

    text: str
    language: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)

    def __html__(self) -> Markup:
        """The text set apart from its surroundings: its direction is its own, its language is named."""
        return Markup("<bdi{}>{}</bdi>").format(self.attribute, printable(self.text))

    @property
    def attribute(self) -> Markup:
        """What an element that holds the text says of its language."""
        return Markup(' lang="{}"').format(self.language) if self.language else Markup("")


def spoken(texts: Mapping[Any, str], language: str, otherwise: str = "") -> Spoken:
    """The text in the language, else in English, else in any; `otherwise` is in the page's own language."""
    if texts.get(language):
        return Spoken(text=texts[language])
    found = next((each for each in ("en", *sorted(texts)) if texts.get(each)), None)
    return Spoken(text=texts[found], language=found) if found else Spoken(text=otherwise)
