"""The public site in a browser: what its page on accessibility claims, on every kind of page in both languages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from maturity.cli_public import write_site
from maturity.publishing.site.render import render_site

from ..publishing import site_sample as sample
from .axe import violations

NAMES = (
    "index", "timeline", "changes", "changes-edition-1", "you-said", "data", "tell-us", "ledger", "residents",
    "accessibility", "actions/a04", "actions/a40",
)  # fmt: skip
PAGES = tuple(f"{language}/{name}.html" for language in ("en", "es") for name in NAMES)
SMALLEST = (320, 640)
LOOKS = {
    "light": ((1280, 800), "light", "screen"),
    "dark": ((1280, 800), "dark", "screen"),
    "small": (SMALLEST, "light", "screen"),
    "small-dark": (SMALLEST, "dark", "screen"),
    "print": ((794, 1123), "light", "print"),
    "print-dark": ((794, 1123), "dark", "print"),
}
SITES = {
    "city": sample.city,
    "hostile": sample.hostile,
    "many": partial(sample.many, 120),
    "withdrawn": sample.all_withdrawn,
    "wordy": sample.wordy,
}


class Quiet(SimpleHTTPRequestHandler):
    """A plain server of files that says nothing about it."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a plain server with each of the sites in a folder of its own, as the command line writes it."""
    folder = tmp_path_factory.mktemp("sites")
    for name, facts in SITES.items():
        write_site(folder / name, render_site(facts()))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=LOOKS)
def looked(request: pytest.FixtureRequest, open_browser: Callable[..., Any]) -> Any:
    """A page as wide and as dark as each of the looks."""
    size, scheme, medium = LOOKS[request.param]
    page = open_browser(size, scheme)
    page.emulate_media(media=medium, color_scheme=scheme)
    return page


def test_axe_finds_nothing_on_any_kind_of_page(root, looked):
    found = {}
    for path in (*PAGES, "index.html", "404.html"):
        looked.goto(f"{root}/city/{path}")
        found[path] = violations(looked)
    assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.parametrize("site", ["hostile", "many", "withdrawn"])
def test_axe_finds_nothing_whatever_is_written(root, open_browser, site):
    looked, found = open_browser(SMALLEST), {}
    for name in ("index", "timeline", "changes", "you-said", "data", "tell-us", "ledger"):
        looked.goto(f"{root}/{site}/en/{name}.html")
        found[name] = violations(looked)
    assert {path: said for path, said in found.items() if said} == {}


def test_axe_finds_nothing_on_what_long_pages_lead_to(root, open_browser):
    looked, found = open_browser(SMALLEST), {}
    for name in ("moved", "milestones", "ledger-2", "residents-2", "actions/a01--d0"):
        looked.goto(f"{root}/wordy/en/{name}.html")
        found[name] = violations(looked)
    assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.parametrize("site", SITES)
def test_nothing_has_to_be_pushed_sideways_on_the_smallest_screen(root, open_browser, site):
    page = open_browser(SMALLEST)
    wide = {}
    for path in PAGES if site == "city" else [f"en/{name}.html" for name in NAMES[:8]]:
        page.goto(f"{root}/{site}/{path}")
        wide[path] = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert {path: more for path, more in wide.items() if more > 0} == {}


def test_a_site_asks_nobody_else_keeps_no_cookie_and_reads_the_same_without_script(root, chromium):
    told = {}
    for script in (True, False):
        context = chromium.new_context(java_script_enabled=script)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda sent, asked=asked: asked.append(sent.url))
        told[script] = []
        for path in PAGES:
            assert page.goto(f"{root}/city/{path}").status == 200, path
            told[script].append(page.locator("body").inner_text())
        elsewhere = [each for each in asked if not each.startswith((f"{root}/city/", "data:", f"{root}/favicon.ico"))]
        assert len(asked) >= len(PAGES) and elsewhere == []
        assert context.cookies() == []
        context.close()
    assert told[True] == told[False] and all(len(text) > 200 for text in told[True])


def test_every_page_is_walked_by_keyboard_from_the_skip_link_to_the_end(root, page):
    for path in PAGES:
        page.goto(f"{root}/city/{path}")
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.className") == "skip", path
        page.keyboard.press("Enter")
        assert page.evaluate("() => location.hash").startswith("#"), path
        stops = page.evaluate("() => [...document.querySelectorAll('[tabindex]')].filter(e => e.tabIndex > 0).length")
        assert stops == 0, path
