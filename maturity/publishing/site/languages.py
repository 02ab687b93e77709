"""What the site says in a language: its catalogue of messages, and days, numbers and sums as they are written there.

English is the language of the messages themselves; every other one has a catalogue in locale/, complete by test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from gettext import c2py
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent
from markupsafe import escape

from maturity.roadmap.editions import Precision
from maturity.words.messages import shown_score

LOCALE = Path(__file__).parent / "locale"
REGIONS = {"en": "en_GB"}
"""Where a language alone would write days as people elsewhere do."""


def _english(count: int) -> int:
    return int(count != 1)


def _with(text: str, values: Mapping[str, object]) -> str:
    return (escape(text) if any(hasattr(each, "__html__") for each in values.values()) else text) % values


@dataclass(frozen=True, eq=False, kw_only=True)
class Words:
    """A language of the site. `messages` are the translations by message, a tuple of plurals where there are any."""

    language: str
    locale: Locale
    messages: Mapping[str, str | tuple[str, ...]]
    form_of: Callable[[int], int] = _english
    direction: str = "ltr"

    def gettext(self, message: str, /, **values: object) -> str:
        """The message in this language, with the values in their places where there are any. Where one of them is
        marked, as a name in another language is, the whole is markup."""
        found = self.messages.get(message, message)
        text = found if isinstance(found, str) else found[0]
        return _with(text, values) if values else text

    def ngettext(self, one: str, many: str, count: int, /, **values: object) -> str:
        """The message for so many, with the values in their places, the count among them."""
        return _with(self.plural(one, many, count), {"count": self.number(count), **values})

    def plural(self, one: str, many: str, count: int) -> str:
        """The message for so many, without its values."""
        found = self.messages.get(one)
        if isinstance(found, tuple):
            return found[self.form_of(count)]
        return (one, many)[_english(count)]

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return (self.locale.language_name or self.language).capitalize()

    def day(self, on: date) -> str:
        """A day, with its month as a word."""
        return format_date(on, "long", locale=self.locale)

    def when(self, on: date, precision: Precision) -> str:
        """A day as exactly as it is promised: itself, its month, its quarter or its year."""
        return self.day(on) if precision == "day" else _when(self.locale, *window(on, precision))

    def listed(self, parts: Sequence[str]) -> str:
        """Parts of a sentence as a list: "a, b and c"."""
        return format_list(parts, locale=self.locale)

    def number(self, value: float, decimals: int = 1) -> str:
        """A number with at most so many decimals."""
        return format_decimal(round(value, decimals), locale=self.locale)

    def level(self, score: float) -> str:
        """A score with one decimal, never rounded up to a level that it has not reached."""
        return format_decimal(float(shown_score(score)), format="0.0", locale=self.locale)

    def percent(self, share: float) -> str:
        """A share of 0 to 1 in whole percent."""
        return format_percent(share, locale=self.locale)

    def money(self, sum_of: float, currency: str) -> str:
        """A sum without cents."""
        return format_currency(sum_of, currency, locale=self.locale, format=self._money_format(), currency_digits=False)

    def _money_format(self) -> str:
        return "#,##0\xa0¤" if str(self.locale.currency_formats["standard"].pattern).endswith("¤") else "¤#,##0"


def window(on: date, precision: Precision) -> tuple[date, date]:
    """First and last day of what a promise at this precision means."""
    if precision == "day":
        return on, on
    months = {"month": 1, "quarter": 3, "year": 12}[precision]
    first = (on.month - 1) // months * months
    after = first + months
    begin = date(on.year, first + 1, 1)
    end = date(on.year + after // 12, after % 12 + 1, 1) - timedelta(days=1)
    return begin, end


@lru_cache(maxsize=2_048)
def _when(locale: Locale, first: date, last: date) -> str:
    """The months from first to last, a whole year by its number alone."""
    if (last - first).days > 100:
        return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return str(format_skeleton("yMMMM", first, locale=locale))
    return str(format_interval(first, last, "yMMMM", locale=locale))


@lru_cache(maxsize=8)
def words_of(language: str) -> Words:
    """The words of a language; without a catalogue its messages are English."""
    locale = Locale.parse(REGIONS.get(language, language))
    catalogue = catalogue_of(language)
    if catalogue is None:
        return Words(language=language, locale=locale, messages={}, direction=locale.text_direction)
    messages = {_key(each.id): _text(each.string) for each in catalogue if each.id and each.string and not each.fuzzy}
    return Words(
        language=language,
        locale=locale,
        messages=messages,
        form_of=c2py(catalogue.plural_expr),
        direction=locale.text_direction,
    )


def catalogue_file(language: str) -> Path:
    """Where the catalogue of a language is."""
    return LOCALE / language / "LC_MESSAGES" / "site.po"


def catalogue_of(language: str) -> Catalog | None:
    """The catalogue of a language as it lies in its folder, that of the forms with it; None where there is none."""
    files = [catalogue_file(language), catalogue_file(language).with_name("forms.po")]
    found = [_read(file, language) for file in files if file.exists()]
    for more in found[1:]:
        for message in more:
            if message.id and message.id not in found[0]:
                found[0].add(message.id, message.string)
    return found[0] if found else None


def _read(file: Path, language: str) -> Catalog:
    with file.open("rb") as lines:
        return read_po(lines, locale=language)


def _key(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


def _text(string: str | tuple[str, ...] | list[str]) -> str | tuple[str, ...]:
    return string if isinstance(string, str) else tuple(string)
