"""The frame of every page of the site: head, header, navigation, footer. Pages and forms are templates inside it.

`site_page` is all that a form needs: a template that extends base.html, the path that it is served at, its values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from maturity.publishing.site.facts import SiteFacts, relative
from maturity.publishing.site.languages import Words, words_of
from maturity.publishing.site.spoken import Spoken, printable, spoken

TEMPLATES = Path(__file__).parent / "templates"
Speak = Callable[[str], Words]
FORM, VIEW_FORM = "say", "view"
"""Where the forms are, below the folder of a language; only where the application serves the site."""


@lru_cache(maxsize=8)
def environment(words: Words) -> Environment:
    """The templates in one language: everything is escaped, and what is missing is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        finalize=printable,
    )
    made.install_gettext_callables(words.gettext, words.plural, newstyle=True)  # type: ignore[attr-defined]
    made.filters["json"] = data_block
    return made


def data_block(value: Any) -> Markup:
    """A value as JSON that may stand inside an element of a page."""
    text = json.dumps(value, ensure_ascii=False, indent=None)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def site_page(
    facts: SiteFacts, template: str, path: str, values: Mapping[str, Any], *, language: str, speak: Speak = words_of
) -> bytes:
    """A whole page: `template` extends base.html, `path` is where it stands below the root of the site
    ("en/timeline.html"), and `language` a language of the site. `values` reach the template beside the frame's own."""
    words = speak(language)
    text = environment(words).get_template(template).render(**frame(facts, path, words, speak), **values)
    return text.encode()


def frame(facts: SiteFacts, path: str, words: Words, speak: Speak = words_of) -> dict[str, Any]:
    """What base.html needs, and every template may use: `words`, `to(path)` for addresses from the root of the site,
    `here(path)` for those in this language, `said(texts)` for what is given by language, `own(text)` for what the plan
    says in its own language alone, with `own_lang` as the attribute of an element that holds such a text."""
    language = words.language
    page = path.partition("/")[2] if path.startswith(f"{language}/") else "index.html"
    others = [speak(each) for each in facts.languages if each != language]

    def to(target: str) -> str:
        return relative(target, path)

    def here(target: str) -> str:
        return relative(f"{language}/{target}", path)

    def said(texts: Mapping[Any, str], otherwise: str = "") -> Spoken:
        return spoken(texts, language, otherwise)

    def own(text: str) -> Spoken:
        return spoken({facts.own_language: text}, language)

    edition = facts.current
    return {
        "facts": facts,
        "edition": edition,
        "words": words,
        "to": to,
        "here": here,
        "said": said,
        "own": own,
        "own_lang": own("-").attribute,
        "path": path,
        "page": page,
        "others": others,
        "form": FORM,
        "view_form": VIEW_FORM,
        "has_twin": bool(edition and edition.twin),
        "canonical": f"{facts.base}{language}/{page}" if facts.base else "",
        "site_title": said(edition.title if edition else {}, words.gettext("Our data roadmap")),
        "contact_link": contact_link(edition.contact if edition else ""),
    }


def contact_link(contact: str) -> str:
    """The address of a contact as a link: mail or web; "" for anything else, which is shown as text."""
    if re.fullmatch(r"[^@\s<>\"']+@[^@\s<>\"']+", contact):
        return f"mailto:{contact}"
    return contact if re.match(r"https?://[^\s<>\"']+$", contact) else ""
