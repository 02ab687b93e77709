"""A started server of the test's own, and Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 90
SECONDS_TO_SHOW = 30
LAPTOP, PHONE = (1366, 768), (390, 844)
PHONE_SAYS = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Mobile Safari/537.36"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ELSEWHERE = "data.city.example"  # a name by which this machine is not taken for the local one
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {ELSEWHERE} 127.0.0.1",
]
FINISHED = '[data-testid="stApp"][data-test-script-state="notRunning"]'


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running Waymark: where it answers, where its stores and its log are."""

    base: str
    port: int
    folder: Path
    pid: int

    def log(self) -> str:
        """What the server has said so far."""
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark everything in this folder, and run the gate's tests first: they need a server nobody has asked yet."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.path != here / "test_gate.py")


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def health(base: str) -> int | None:
    """The status of the server's own health answer; None while there is none."""
    try:
        with urllib.request.urlopen(base + "/healthz", timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return None


@contextmanager
def started(folder: Path, *, healthy: bool = True, port: int | None = None, **environment: str) -> Iterator[Server]:
    """A server with stores in `folder`, ended with its own process group; `healthy=False` waits for one that is not.
    With the `port` of one that has ended, it takes its place."""
    port = port or free_port()
    stores = {"WAYMARK_STORE": str(folder / "own.duckdb"), "WAYMARK_DEMO_STORE": str(folder / "demo.duckdb")}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with (folder / "server.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **stores, **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(base=f"http://127.0.0.1:{port}", port=port, folder=folder, pid=process.pid)
    try:
        wait_for_health(server, process, 200 if healthy else 503)
        yield server
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)


def wait_for_health(server: Server, process: subprocess.Popen[bytes], status: int) -> None:
    """Wait until the health answer has this status; fail with the end of the log."""
    give_up = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < give_up and process.poll() is None:
        if health(server.base) == status:
            return
        time.sleep(0.2)
    pytest.fail(f"the server's health did not become {status}; the end of its log:\n{server.log()[-4000:]}")


@pytest.fixture
def fresh_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """`fresh_server(healthy=True, **environment)`: a server nobody has asked for a page, its stores not made yet."""
    with ExitStack() as stack:
        yield lambda **given: stack.enter_context(started(tmp_path_factory.mktemp("fresh"), **given))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests of a file."""
    with started(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(autouse=True)
def server_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Print what the server of a file said during a test: pytest shows it where the test failed."""
    running = request.getfixturevalue("server") if "server" in request.fixturenames else None
    before = len(running.log()) if running else 0
    yield
    if running and (said := running.log()[before:]):
        print(f"the server's log during this test:\n{said[-4000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A Chromium that was there already, named by CHROMIUM or found on the path."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")
    named = os.environ.get("CHROMIUM")
    executable = named or next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)
    if executable is None:
        pytest.skip("no Chromium: install it, or set CHROMIUM to its executable")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Any) -> Iterator[Callable[..., Any]]:
    """`open_browser(size=LAPTOP, scheme="light")`: a page in a context of its own; `page.troubles` collects errors."""
    with ExitStack() as stack:

        def begin(size: tuple[int, int] = LAPTOP, scheme: str = "light") -> Any:
            context = chromium.new_context(
                viewport={"width": size[0], "height": size[1]},
                color_scheme=scheme,
                locale="en-GB",
                has_touch=size == PHONE,
                user_agent=PHONE_SAYS if size == PHONE else None,
            )
            stack.callback(context.close)
            context.set_default_timeout(SECONDS_TO_SHOW * 1000)
            page = context.new_page()
            page.troubles = []
            page.on("pageerror", lambda error: page.troubles.append(str(error)))
            page.on("console", lambda said: note_console(page, said))
            return page

        yield begin


def note_console(page: Any, said: Any) -> None:
    """Keep what the browser refused for our policy's sake; other noise is Streamlit's own."""
    if said.type == "error" and "Content Security Policy" in said.text:
        page.troubles.append(said.text)


@pytest.fixture
def page(open_browser: Callable[..., Any]) -> Any:
    """A laptop's page, light."""
    return open_browser()


@pytest.fixture
def phone(open_browser: Callable[..., Any]) -> Any:
    """A phone's page, light."""
    return open_browser(PHONE)


@pytest.fixture(params=[(LAPTOP, "light"), (LAPTOP, "dark"), (PHONE, "light"), (PHONE, "dark")], ids=str)
def any_page(request: pytest.FixtureRequest, open_browser: Callable[..., Any]) -> Any:
    """Laptop and phone, light and dark, one after the other."""
    return open_browser(*request.param)


def settled(page: Any) -> None:
    """Wait until the script run, or the fragment run, is over and its answer is on the page."""
    page.wait_for_selector(FINISHED)
    page.wait_for_function(
        f"() => document.querySelectorAll('{FINISHED}').length && !document.querySelector('[data-stale=\"true\"]')"
    )


def visit(page: Any, address: str) -> None:
    """Go to an address and wait until its first run is over."""
    page.goto(address)
    page.wait_for_selector(FINISHED)
    page.get_by_role("heading", level=1).first.wait_for()
    settled(page)
