"""Each reader in a browser: a resident reads, verifies and comments; the council answers, and publishes an edition."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from maturity.access.roles import COMMAND_LINE
from maturity.access.visibility import FIELDS
from maturity.operations import (
    acceptance,
    edition_approval,
    edition_drafting,
    links,
    people,
    plan_making,
    plan_versions,
    plans,
    public_words,
)
from maturity.operations.edition_drafting import EditionChoices
from maturity.operations.workspace import Workspace, open_workspace
from maturity.planning.catalogue import Kpi
from maturity.roadmap.editions import Language, PublicWords
from tests.operations.city import LEADER, make_town

from .axe import violations
from .conftest import LAPTOP, ROOT, Server, settled, started, visit
from .test_quarter_journey import press, write

KPI = Kpi(name="Sets listed", unit="%", baseline=10.0, target=90.0, source="the register", frequency="monthly")
WORDS: dict[Language, PublicWords] = {
    "en": PublicWords(title="Ask everybody", plain="We ask every office.", outcome="You are asked once."),
    "es": PublicWords(title="Preguntar", plain="Preguntamos en cada oficina.", outcome="Se le pregunta una vez."),
}
SAID = "Could the park benches be on the list too?"
ANSWERED = "They are on it from the next month on."
FEWEST_SECONDS = 3_200
"""Milliseconds that a resident takes to write: what is sent within three seconds is asked again."""
FORMS = ("say", "say/added-1", "say?sent=1", "view", "view?asked=1", "view?topic=systems", "view?sent=1")
NARROWEST = (320, 640)


@dataclass(frozen=True)
class Town:
    """A server with two published editions, the address of its site, and the path of the leader's personal link."""

    server: Server
    site: str
    leader: str


def make(folder: Path) -> str:
    """Two editions of an approved plan, and somebody who leads."""
    workspace = open_workspace(str(folder / "own.duckdb"))
    plan_making.replan(workspace, COMMAND_LINE, make_town(workspace), "First plan", iterations=1)
    sign_off_one(workspace)
    version = plan_versions.propose_version(workspace, COMMAND_LINE, "Spring", "the first that we can keep")
    plan_versions.approve_version(workspace, LEADER, version.id)
    for name in ("First edition", "Second edition"):
        publish(workspace, name)
    mayor = people.add_person(workspace, COMMAND_LINE, "Lea Voss", "lea@town.example", "leader")
    path = links.make_link(workspace, COMMAND_LINE, mayor.id).path
    workspace.close()
    return path


def sign_off_one(workspace: Workspace) -> None:
    """An action that can be signed off, with words for residents in both languages."""
    begun = workspace.clock().date()
    made = plans.add_action(
        workspace, COMMAND_LINE, title="Ask everybody", start=begun, finish=begun + timedelta(days=30), owner="Ida",
        deliverable="A list", done_when="All are on it", kpi=KPI,
    )  # fmt: skip
    acceptance.note_answer(workspace, COMMAND_LINE, made.id, 1, "accepted", note="in the room")
    for language, words in WORDS.items():
        public_words.set_public_words(workspace, COMMAND_LINE, made.code, language, words, expected_version=0)


def publish(workspace: Workspace, name: str) -> None:
    """An edition with every action and every field that may be seen."""
    due = workspace.clock().date() + timedelta(days=90)
    chosen = EditionChoices(
        everything=True, fields=tuple(FIELDS), contact="data@town.example", next_update_on=due, languages=("en", "es")
    )
    made = edition_drafting.start_edition(workspace, COMMAND_LINE, name, choices=chosen)
    made = edition_approval.propose_edition(workspace, COMMAND_LINE, made.id, made.row_version)
    edition_approval.approve_edition(workspace, LEADER, made.id, made.row_version)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One store and server for every reader."""
    folder = tmp_path_factory.mktemp("readers")
    leader = make(folder)
    with started(folder) as running:
        yield Town(running, f"{running.base}/public/town/", leader)


@pytest.fixture
def server(town: Town) -> Server:
    """The server alone, whose log a failed test shows."""
    return town.server


@pytest.fixture
def resident(chromium: Any) -> Iterator[Callable[[], Any]]:
    """`resident()`: a page of somebody whose browser runs no script; `page.asked` are the addresses it asked for."""
    with ExitStack() as stack:

        def begin() -> Any:
            context = chromium.new_context(java_script_enabled=False, locale="en-GB")
            stack.callback(context.close)
            page = context.new_page()
            page.asked = []
            page.on("request", lambda request: page.asked.append(request.url))
            return page

        yield begin


def go(page: Any, name: str) -> None:
    """Follow a link by its words."""
    page.get_by_role("link", name=name, exact=True).first.click()


def open_an_action(page: Any, town: Town) -> tuple[str, str]:
    """From the front page to the first action of the board: its address and its title."""
    page.goto(town.site)
    card = page.locator(".card").get_by_role("link").first
    title = card.inner_text()
    card.click()
    page.get_by_role("heading", level=1, name=title).wait_for()
    return page.url, title


def comment(page: Any, text: str) -> None:
    """Write on the form of an action and send it by two quick clicks."""
    go(page, "Comment on this action")
    page.get_by_label("What do you want to tell us?").fill(text)
    page.wait_for_timeout(FEWEST_SECONDS)
    page.get_by_role("button", name="Send").dblclick()
    page.get_by_role("heading", level=1, name="Thank you").wait_for()


def download_editions(page: Any, folder: Path) -> list[str]:
    """Save what the promise ledger links to: the texts of the editions and their list."""
    found = {urljoin(page.url, each.get_attribute("href")) for each in page.locator('main a[href$=".json"]').all()}
    for address in found:
        answer = page.context.request.get(address)
        assert answer.ok
        (folder / address.rpartition("/")[2]).write_bytes(answer.body())
    return sorted(path.name for path in folder.iterdir())


def by_shell(command: str, folder: Path) -> str:
    """What the command of the promise ledger prints in this folder."""
    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


def by_waymark(folder: Path) -> tuple[int, str]:
    """The status and the words of `verify FOLDER`."""
    command = [sys.executable, "-m", "maturity", "verify", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def test_a_resident_reads_and_verifies_without_a_script(town, resident, tmp_path):
    page = resident()
    open_an_action(page, town)
    go(page, "Promise ledger")
    command = page.locator("pre code").inner_text()
    assert download_editions(page, tmp_path) == ["0001.json", "0002.json", "ledger.json"]
    assert by_shell(command, tmp_path) == ""
    status, said = by_waymark(tmp_path)
    assert (status, "2 editions, chain whole" in said) == (0, True)
    assert page.locator(".hash").first.inner_text() in said, "the page and the command name the same hash"

    text = (tmp_path / "0001.json").read_bytes()
    place = text.index(b"Town")
    (tmp_path / "0001.json").write_bytes(text[:place] + b"D" + text[place + 1 :])
    assert by_shell(command, tmp_path) == "0001.json was changed\n"
    status, said = by_waymark(tmp_path)
    assert (status, "edition 1 was changed after it was published" in said) == (1, True)
    assert page.context.cookies() == []
    assert {each for each in page.asked if not each.startswith(town.server.base)} == set()


def test_a_resident_comments_and_is_answered(town, resident, page):
    theirs = resident()
    sent: list[Any] = []
    theirs.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    address, _ = open_an_action(theirs, town)
    comment(theirs, SAID)
    again = theirs.context.request.post(
        sent[0].url, data=sent[0].post_data, headers={"content-type": "application/x-www-form-urlencoded",
        "origin": town.server.base}
    )  # fmt: skip
    assert again.ok and "Thank you" in again.text()

    visit(page, f"{town.server.base}/residents")
    page.get_by_text("1 comment waits").wait_for()
    waiting = page.locator('[class*="st-key-waiting-"]')
    assert waiting.count() == 1 and SAID in waiting.inner_text()
    pick_in(page, waiting, "What came of it", "Planned")
    write(page, "Answer", ANSWERED, waiting)
    waiting.get_by_role("button", name="Publish", exact=True).dblclick()
    decided = page.locator('[class*="st-key-decided-"]')
    decided.get_by_text("The comment is published.").wait_for()
    assert decided.count() == 1 and waiting.count() == 0, "it stays where it was clicked, decided once"
    assert violations(page) == []

    theirs.goto(address)
    go(theirs, "Comment on this action")
    voice = theirs.locator("article.said")
    assert voice.count() == 1
    for words in (SAID, "We plan to do it", ANSWERED):
        assert words in voice.inner_text()
    assert page.troubles == []


FOCUS = "document.activeElement.tagName + ' ' + (document.activeElement.getAttribute('href') || '')"


def tab_to(page: Any, what: str) -> None:
    """Press Tab until what has the focus begins so: its tag, a blank, its address."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if str(page.evaluate(FOCUS)).startswith(what):
            return
    raise AssertionError(f"the keyboard does not come to {what!r} on {page.url}")


def test_the_whole_road_by_keyboard_alone_and_without_a_script_in_spanish(town, resident):
    page = resident()
    page.goto(f"{town.site}es/index.html")
    tab_to(page, "A actions/")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Comentar esta acción").wait_for()
    tab_to(page, "A ../say")
    page.keyboard.press("Enter")
    page.get_by_label("¿Qué nos quiere decir?").wait_for()
    tab_to(page, "TEXTAREA")
    tab_to(page, "BUTTON")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_role("link", name="Escriba lo que nos quiere decir").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert", "the problem has the focus"
    tab_to(page, "A #text")
    page.keyboard.press("Enter")
    page.keyboard.type("¿Habrá bancos en el parque?")
    page.wait_for_timeout(FEWEST_SECONDS)
    tab_to(page, "BUTTON")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Gracias").wait_for()

    page.goto(f"{town.site}es/view")
    tab_to(page, "BUTTON")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_role("link", name="Elija al menos un tema").wait_for()
    tab_to(page, "A #topic-")
    page.keyboard.press("Enter")
    tab_to(page, "INPUT")
    page.keyboard.press("Space")
    tab_to(page, "BUTTON")
    page.keyboard.press("Enter")
    page.get_by_role("group", name="¿Encuentra lo que busca?").wait_for()
    tab_to(page, "INPUT")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(FEWEST_SECONDS)
    tab_to(page, "BUTTON")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Gracias").wait_for()
    assert page.context.cookies() == [] and {each.split("/")[2] for each in page.asked} == {town.site.split("/")[2]}


def pick_in(page: Any, place: Any, label: str, words: str) -> None:
    """Choose from a list of one part of the page."""
    place.get_by_role("combobox", name=label).first.click()
    page.get_by_role("option").filter(has_text=words).first.click()
    page.wait_for_timeout(400)
    settled(page)


def pick_field(page: Any, words: str) -> None:
    """Choose one more field. A list that is opened while the page still scrolls closes again."""
    fields = page.get_by_role("combobox", name="Fields that residents see")
    fields.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    fields.click()
    page.get_by_role("option").filter(has_text=words).first.click()
    page.keyboard.press("Escape")
    settled(page)


def test_an_edition_is_chosen_checked_proposed_and_approved_by_a_second_person(town, open_browser, resident, page):
    visit(page, f"{town.server.base}/editions")
    write(page, "Name of the edition", "Third edition")
    press(page, "Start a draft")
    page.get_by_text("No action is in it: choose at least one.").wait_for()
    settled(page)
    for field in ("How it stands: on track, late, done", "When it starts and finishes"):
        pick_field(page, field)
    page.get_by_text("Every action of the plan", exact=True).click()
    write(page, "Where people are heard (mail or web)", "data@town.example")
    press(page, "Save what is in it")
    page.get_by_text("What is in Third edition is saved.").wait_for()
    page.get_by_text("All texts in English").first.click()
    page.get_by_text("We ask every office. You are asked once.").first.wait_for()
    assert page.get_by_text("It cannot go on before this is mended").count() == 0
    assert violations(page) == []
    press(page, "Propose it")
    page.get_by_text("You proposed it, so somebody else approves it.").wait_for()

    leader = open_browser()
    leader.goto(town.server.base + town.leader)
    leader.get_by_role("button", name="Go on to Waymark").click()
    leader.get_by_role("heading", level=1).first.wait_for()
    settled(leader)
    visit(leader, f"{town.server.base}/editions")
    assert leader.get_by_role("button", name="Start a draft").count() == 0
    press(leader, "Approve and publish it")
    leader.get_by_text("Third edition: published.").wait_for()
    leader.get_by_role("heading", name="Edition 3: Third edition").wait_for()
    assert violations(leader) == []

    theirs = resident()
    theirs.goto(f"{town.site}en/index.html")
    theirs.get_by_text("Edition 3, published on").wait_for()
    text = theirs.context.request.get(f"{town.site}editions/0003.json").body()
    told = sha256(text).hexdigest()
    assert told in theirs.context.request.get(f"{town.site}en/feed.xml").text()
    assert told in theirs.context.request.get(f"{town.site}en/feed.json").text()
    assert leader.get_by_text(told, exact=True).count() == 1
    assert page.troubles == [] and leader.troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_forms(town, open_browser, scheme):
    """In a wide window and in the narrowest: nothing to find, and nothing wider than the screen."""
    page = open_browser(scheme=scheme)
    found: dict[str, list[str]] = {}
    for path in FORMS:
        page.goto(f"{town.site}en/{path}")
        for size in (LAPTOP, NARROWEST):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            troubles = violations(page)
            if (width := page.evaluate("document.documentElement.scrollWidth")) > size[0]:
                troubles.append(f"the page is {width} px wide on a screen of {size[0]} px")
            found |= {f"{path} at {size[0]}": troubles} if troubles else {}
    assert found == {}
    assert page.troubles == []
