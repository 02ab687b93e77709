"""The whole site as files: the same facts give the same bytes. Each file is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, partial

from markupsafe import Markup

from maturity.publishing.site import open_data
from maturity.publishing.site.action_pages import action_pages
from maturity.publishing.site.data_page import PAGE as DATA
from maturity.publishing.site.data_page import data_page
from maturity.publishing.site.facts import SiteFacts
from maturity.publishing.site.frame import Speak
from maturity.publishing.site.history_pages import changes_pages, feeds
from maturity.publishing.site.home_pages import board_pages, home, missing
from maturity.publishing.site.languages import words_of
from maturity.publishing.site.ledger_pages import ledger_pages
from maturity.publishing.site.milestone_pages import milestone_pages
from maturity.publishing.site.page_writer import Makers, PageWriter
from maturity.publishing.site.style import style
from maturity.publishing.site.timeline_pages import timeline_pages
from maturity.publishing.site.voice_pages import SAID, resident_pages, said_pages
from maturity.roadmap.ledger import (
    EDITIONS_FOLDER,
    LEDGER_FILE,
    SUMS_FILE,
    LedgerEntry,
    edition_file,
    ledger_text,
    sums_text,
)

HOME = "index.html"
Files = dict[str, bytes]


class SiteFiles(Mapping[str, bytes]):
    """Every file of a site by its path below the root: pages by language, feeds, data, the editions themselves. What
    was made is kept, and taken over from the files `before` where nothing in it can have changed."""

    def __init__(self, facts: SiteFacts, speak: Speak = words_of, before: SiteFiles | None = None) -> None:
        self.facts, self._makers = facts, _makers(facts, speak)
        self._made: Files = {} if before is None else _unchanged(before, facts)

    def __getitem__(self, path: str) -> bytes:
        found = self._made.get(path)
        if found is None:
            found = self._made[path] = self._makers[path]()
        return found

    def __contains__(self, path: object) -> bool:
        return path in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    @property
    def made(self) -> Mapping[str, bytes]:
        """Those that have been made so far."""
        return dict(self._made)


def render_site(facts: SiteFacts, speak: Speak = words_of) -> Files:
    """Every file of the site by its path below the root, all made."""
    return dict(SiteFiles(facts, speak))


def _unchanged(before: SiteFiles, facts: SiteFacts) -> Files:
    """What was made before and holds still: all but the pages of voices, where nothing else has changed."""
    if replace(before.facts, live_said=facts.live_said) != facts:
        return {}
    was, now = before.facts.voices_of, facts.voices_of
    spoken_of = {slug for slug in {*was, *now} if was.get(slug) != now.get(slug)}
    changed = {f"{language}/actions/{slug}.html" for language in facts.languages for slug in spoken_of}
    said = tuple(f"{language}/{SAID.removesuffix('.html')}" for language in facts.languages)
    return {path: page for path, page in before.made.items() if path not in changed and not path.startswith(said)}


def _makers(facts: SiteFacts, speak: Speak) -> Makers:
    first = facts.languages[0]
    made: Makers = {"style.css": lambda: style(facts.colour).encode()}
    if facts.logo:
        made["logo.png"] = lambda: facts.logo
    made |= _data(facts, speak(first)) | _editions(facts)
    for language in facts.languages:
        made |= _pages(PageWriter(facts=facts, language=language, speak=speak))
    writer = PageWriter(facts=facts, language=first, speak=speak)
    made[HOME] = partial(home, writer, HOME)
    made["404.html"] = partial(missing, writer)
    made["robots.txt"] = lambda: f"User-agent: *\nAllow: /\n{_sitemap_line(facts)}".encode()
    if facts.base:
        made["sitemap.xml"] = partial(_sitemap, facts, tuple(made))
    return made


def _pages(writer: PageWriter) -> Makers:
    made: Makers = {writer.path(HOME): partial(home, writer, writer.path(HOME))}
    for pages in (timeline_pages, changes_pages, said_pages, action_pages, board_pages, milestone_pages, ledger_pages):
        made |= pages(writer)
    made[writer.path(DATA)] = partial(data_page, writer)
    for name in ("tell-us", "accessibility"):
        path = writer.path(f"{name}.html")
        made[path] = partial(writer.page, f"{name.replace('-', '_')}.html", path)
    return made | resident_pages(writer) | feeds(writer)


def _data(facts: SiteFacts, words: open_data.Words) -> Makers:
    files = cache(partial(open_data.data_files, facts, words))
    return {path: partial(lambda name: files()[name], path) for path in open_data.FILES if facts.standing}


def _editions(facts: SiteFacts) -> Makers:
    """The very bytes of each edition that stands, the ledger of all of them, and their checksums."""
    entries = [
        LedgerEntry(
            number=each.number,
            published_on=each.published_on or facts.today,
            sha256=each.sha256,
            previous=each.previous,
            withdrawn_on=(each.withdrawn_on or facts.today) if each.is_withdrawn else None,
            reason=each.reason,
        )
        for each in facts.editions
    ]
    texts: Makers = {
        f"{EDITIONS_FOLDER}/{edition_file(link.number)}": partial(str.encode, link.text) for link, _ in facts.standing
    }
    return texts | {
        LEDGER_FILE: lambda: ledger_text(entries).encode(),
        SUMS_FILE: lambda: sums_text(entries).encode(),
    }


def _sitemap_line(facts: SiteFacts) -> str:
    return f"Sitemap: {facts.base}sitemap.xml\n" if facts.base else ""


def _sitemap(facts: SiteFacts, paths: tuple[str, ...]) -> bytes:
    pages = sorted(path for path in paths if path.endswith(".html") and "/" in path)
    lines = [Markup("<url><loc>{}</loc></url>").format(f"{facts.base}{path}") for path in pages]
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return (head + "\n".join(lines) + "\n</urlset>\n").encode()
