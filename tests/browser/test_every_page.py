"""Every page of the full demo city, as its first view: nothing for axe to find, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from maturity.operations.demo import build_demo
from maturity.operations.workspace import open_workspace
from maturity.ui.navigation import SCREENS

from .axe import violations
from .conftest import Server, settled, started, visit

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the whole demo city."""
    folder = tmp_path_factory.mktemp("server")
    workspace = open_workspace(str(folder / "demo.duckdb"))
    build_demo(workspace, "city", TODAY)
    workspace.close()
    with started(folder) as running:
        yield running


def test_every_page_is_for_everybody(server, any_page):
    found: dict[str, list[str]] = {}
    for name in SCREENS:
        visit(any_page, f"{server.base}/{'' if name == 'home' else name}?store=demo")
        any_page.wait_for_timeout(1500)  # charts are drawn after the run is over
        settled(any_page)
        troubles = violations(any_page)
        width, screen = any_page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if width > screen:
            troubles.append(f"the page is {width} px wide on a screen of {screen} px")
        if any_page.get_by_test_id("stException").count() or any_page.get_by_text("Traceback").count():
            troubles.append("the page shows a traceback")
        found |= {name: troubles} if troubles else {}
    assert found == {}
    assert any_page.troubles == []
