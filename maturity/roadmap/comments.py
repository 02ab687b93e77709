"""What residents write about the public roadmap: how a text is taken in, what a moderator is told, what is shown of it.

Nothing here says who wrote. A comment waits, then it is published or refused for a reason; what is published may leave
words out, which is marked, and never adds any.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

State = Literal["waiting", "published", "refused"]
Reason = Literal["abuse", "personal_data", "spam", "off_topic", "duplicate", "unlawful"]
REASONS: tuple[Reason, ...] = ("abuse", "personal_data", "spam", "off_topic", "duplicate", "unlawful")
Kind = Literal["done", "planned", "already", "not_done", "answered"]
KINDS: tuple[Kind, ...] = ("done", "planned", "already", "not_done", "answered")
Hint = Literal["mail", "phone", "link", "name", "capitals", "same"]
HINTS: tuple[Hint, ...] = ("mail", "phone", "link", "name", "capitals", "same")
"""What a moderator should look at, in the order in which it is told."""

LONGEST_COMMENT, LONGEST_ANSWER = 2_000, 1_000
LEFT_OUT = "[…]"
"""Stands in what is published wherever something of the text was left out."""
DAYS_KEPT = 30
"""Days after which the text of a refused comment is deleted, and of a published one what was left out of it."""

_MOST_MARKS = 4
_SHOUTED = 12
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_LINK = re.compile(r"(?i)\b(https?://|www\.)\S|\b[a-z0-9-]{2,}\.(com|org|net|info|biz|io|ru|xyz|top|shop|online)\b")
_PHONE = re.compile(r"\+?\d(?:[\s()./-]{0,2}\d){7,14}")
_DAY = re.compile(r"\b(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})\b")
_TOKEN = re.compile(r"\w+|[^\w\s]")


class CommentRefused(ValueError):
    """A text that cannot be taken in as it is: `code` says why."""

    def __init__(self, code: Literal["empty", "too_long", "added"], length: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.length = length


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What one resident wrote. `code` is the action that it is about, None for the whole roadmap; `shown` is what is
    published of `text`; `kind` and `answer` are what became of it, "" until somebody has answered. The text of an old
    refused comment is ""."""

    id: str
    code: str | None
    language: str
    text: str
    received_at: datetime
    state: State = "waiting"
    reason: str = ""
    shown: str = ""
    kind: str = ""
    answer: str = ""
    moderated_by: str | None = None
    moderated_at: datetime | None = None
    row_version: int = 1

    @property
    def shortened(self) -> bool:
        """Whether something of the text was left out when it was published."""
        return LEFT_OUT in self.shown


def cleaned(text: str) -> str:
    """A text as it is kept: composed letters, no control characters, no signs that turn the reading direction of what
    stands after them, at most four marks on a letter, single blanks, at most one empty line in a row."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    kept = (" ".join("".join(_readable(line)).split()) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _readable(line: str) -> Iterable[str]:
    marks = 0
    for sign in line:
        kind = unicodedata.category(sign)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if kind == "Cc":
            yield " "
        elif kind not in ("Cs", "Co", "Cn") and sign not in _TURNING and marks <= _MOST_MARKS:
            yield sign


def taken_in(text: str, longest: int = LONGEST_COMMENT) -> str:
    """The text cleaned, refused where nothing readable is left or more than `longest` characters are."""
    kept = cleaned(text)
    if not any(sign.isalnum() or unicodedata.category(sign) == "So" for sign in kept):
        raise CommentRefused("empty")
    if len(kept) > longest:
        raise CommentRefused("too_long", len(kept))
    return kept


def published_text(text: str, shown: str) -> str:
    """What is published of a text: `shown` with a mark wherever something of the text is missing in it.

    Refused as `added` where it says anything that the text does not say in this order, as `empty` where nothing of
    the text is left."""
    wanted = cleaned(shown)
    pieces = list(_TOKEN.finditer(wanted.replace(LEFT_OUT, " " * len(LEFT_OUT))))
    if not pieces:
        raise CommentRefused("empty")
    own = _TOKEN.findall(text)
    places = _in_order([piece.group() for piece in pieces], own)
    gaps = [here != before + 1 for before, here in zip([-1, *places], places, strict=False)]
    made, end = "", 0
    for piece, gap in zip(pieces, gaps, strict=True):
        between = wanted[end : piece.start()]
        made += between if not gap or LEFT_OUT in between else f"{between} {LEFT_OUT} " if made else f"{LEFT_OUT} "
        made += piece.group()
        end = piece.end()
    tail = wanted[end:]
    return cleaned(made + (f" {LEFT_OUT}" if places[-1] + 1 < len(own) and LEFT_OUT not in tail else tail))


def _in_order(pieces: list[str], own: list[str]) -> list[int]:
    """Where each piece stands in the text: as late as the ones after it allow, so that a gap is one gap."""
    places: list[int] = []
    end = len(own)
    for piece in reversed(pieces):
        found = next((place for place in range(end - 1, -1, -1) if own[place] == piece), None)
        if found is None:
            raise CommentRefused("added")
        places.append(found)
        end = found
    return places[::-1]


def hints(text: str, *, names: Collection[str] = (), repeated: bool = False) -> tuple[Hint, ...]:
    """What a moderator should look at in a text: `names` are those of `known_names`, `repeated` says that another
    comment has the same words. Hints only point; nobody's comment is refused by them."""
    found: set[Hint] = {"same"} if repeated else set()
    if _MAIL.search(text):
        found.add("mail")
    if _LINK.search(_MAIL.sub(" ", text)):
        found.add("link")
    if _PHONE.search(_DAY.sub(" ", text)):
        found.add("phone")
    words = f" {only_words(text)} "
    if any(f" {name} " in words for name in names):
        found.add("name")
    letters = [sign for sign in text if sign.isalpha()]
    if len(letters) >= _SHOUTED and sum(map(str.isupper, letters)) > 0.5 * len(letters):
        found.add("capitals")
    return tuple(each for each in HINTS if each in found)


def known_names(names: Iterable[str]) -> frozenset[str]:
    """What people are called in a text, in small letters: the whole name, and a surname of four letters or more."""
    every = [only_words(name).split() for name in names]
    surnames = (parts[-1] for parts in every if len(parts) > 1 and len(parts[-1]) >= 4)
    return frozenset([*(" ".join(parts) for parts in every if parts), *surnames])


def only_words(text: str) -> str:
    """A text by which it is compared with others: its words alone, in small letters, with a blank between."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def refused_by_reason(comments: Iterable[Comment]) -> dict[str, int]:
    """How many comments were refused for each reason, in the order of `REASONS`; only reasons that occur."""
    count = Counter(each.reason for each in comments if each.state == "refused")
    return {reason: count[reason] for reason in REASONS if count[reason]}


def kept_until(moderated_at: datetime) -> datetime:
    """Until when the text of a comment that was refused or shortened at this moment is kept."""
    return moderated_at + timedelta(days=DAYS_KEPT)
