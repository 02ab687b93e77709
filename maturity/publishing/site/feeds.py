"""Feeds of changes, RSS 2.0 and JSON Feed 1.1: an entry for each edition with its hash, so that readers keep it.

Links in feeds must be absolute. Where nobody has said the site's address they are relative, which most readers take.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from maturity.publishing.site.facts import SiteFacts
from maturity.publishing.site.frame import environment
from maturity.publishing.site.languages import Words
from maturity.publishing.site.spoken import printable


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed: an edition, with what changed in it as text."""

    id: str
    title: str
    link: str
    on: date
    text: str

    @property
    def moment(self) -> datetime:
        """The morning of its day: editions know days only."""
        return datetime.combine(self.on, time(9), tzinfo=UTC)

    @property
    def rfc(self) -> str:
        """The moment as RSS writes it."""
        return format_datetime(self.moment)


def rss(facts: SiteFacts, entries: Sequence[Entry], title: str, about: str, words: Words) -> bytes:
    """The feed as RSS 2.0."""
    root = f"{facts.base}{words.language}/" if facts.base else ""
    text = (
        environment(words)
        .get_template("feed.xml")
        .render(
            title=title,
            about=about,
            home=f"{root}index.html",
            own=f"{root}feed.xml" if root else "",
            entries=entries,
            built=entries[0].rfc if entries else "",
            words=words,
        )
    )
    return text.encode()


def json_feed(facts: SiteFacts, entries: Sequence[Entry], title: str, about: str, words: Words) -> bytes:
    """The feed as JSON Feed 1.1."""
    root = f"{facts.base}{words.language}/" if facts.base else ""
    shown = [
        {
            "id": each.id,
            "title": printable(each.title),
            "content_text": printable(each.text),
            "date_published": each.moment.isoformat(),
            "language": words.language,
            **({"url": each.link} if root else {}),
        }
        for each in entries
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": printable(title),
        "description": printable(about),
        "language": words.language,
        "items": shown,
        **({"home_page_url": f"{root}index.html", "feed_url": f"{root}feed.json"} if root else {}),
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()
