"""A workshop in browsers: a facilitator and five phones at once, from the lobby to a consensus that moves the score;
then the facilitator's screen by itself: keys, projector, two facilitators, a server that starts again."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR, Grant, Visitor
from maturity.assessment.answers import Answer
from maturity.assessment.terms import RoundTerms
from maturity.assessment.workshop import Workshop
from maturity.operations import answers, rounds, setup, workshops
from maturity.operations.workshop_lines import AgendaLine
from maturity.operations.workspace import Workspace, open_workspace

from .axe import violations
from .conftest import LAPTOP, PHONE, Server, settled, started, visit

BEAMER = (1920, 1080)
ROLES = ("Leader", "Manager", "Front line", "Front line", "Manager")
LEVEL_NAMES = ("Beginning", "Emerging", "Learning", "Developing", "Mastering")


@pytest.fixture(scope="module")
def planned() -> dict[str, Workshop]:
    """The open workshops of the server, by name."""
    return {}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, planned: dict[str, Workshop]) -> Iterator[Server]:
    """A server with a round in which Parks stands at 2.0, and open workshops on its questions."""
    folder = tmp_path_factory.mktemp("server")
    workspace = open_workspace(str(folder / "own.duckdb"))
    fill(workspace, planned)
    workspace.close()
    with started(folder) as running:
        yield running


def fill(workspace: Workspace, planned: dict[str, Workshop]) -> None:
    setup.create_organisation(workspace, LOCAL_ADMINISTRATOR, "Town", setup.departments_from_lines("Parks\nHousing"))
    made = rounds.create_round(
        workspace, LOCAL_ADMINISTRATOR, "Spring", "city-data-maturity", terms=RoundTerms(topics=("data-direction",))
    )
    made = rounds.open_round(workspace, LOCAL_ADMINISTRATOR, made)
    me = Visitor(person="p-ana", name="Ana", grants=(Grant(role="respondent", department="parks"),))
    respondent = answers.start(workspace, me, made, "parks", "manager")
    for question in made.framework.questions:
        given = Answer(question=question, state="level", level=2)
        answers.save_answer(workspace, me, made, respondent, given)
    answers.send(workspace, me, made, respondent)
    lines = [AgendaLine(department="parks", question=question) for question in made.framework.questions]
    for name in ("Parks in spring", "Keys", "Two", "Again"):
        plan = workshops.plan_workshop(workspace, LOCAL_ADMINISTRATOR, made, "parks", name, lines[:3])
        planned[name] = workshops.open_workshop(workspace, LOCAL_ADMINISTRATOR, plan)


def enter(page: Any, server: Server, workshop: Workshop, more: str = "") -> None:
    """The facilitator's screen of a workshop."""
    visit(page, f"{server.base}/workshop?workshop={workshop.id}{more}")
    page.locator(".wm-top").wait_for()


def press(page: Any, name: str) -> None:
    """Click a step, and wait until the page has been drawn anew. Steps of one hand are a second apart."""
    page.wait_for_timeout(1_000)
    page.locator(".st-key-live-steps").get_by_role("button", name=name).click()
    settled(page)


def says(page: Any, text: str) -> None:
    page.get_by_text(text).first.wait_for()


def looked_at(page: Any, state: str) -> list[str]:
    """What axe finds in a state, and whether it is wider than the screen."""
    page.wait_for_timeout(700)
    wrong = [f"{state}: {each}" for each in violations(page)]
    width, screen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return wrong + ([f"{state}: is {width} px wide on a screen of {screen} px"] if width > screen else [])


def everybody_votes(phones: list[Any], levels: list[int]) -> None:
    """All phones tap one after the other; each has its vote before the next one taps."""
    for phone, level in zip(phones, levels, strict=True):
        button = phone.get_by_role("button", name=f"{level}. {LEVEL_NAMES[level - 1]}")
        button.wait_for()
        button.click()
    for phone in phones:
        says(phone, "Your vote is in.")


def score_of_parks(page: Any, server: Server) -> str:
    visit(page, f"{server.base}/results?results_view=Why&results_of=Parks")
    return str(page.get_by_text("Parks: ").first.inner_text())


def record(page: Any, level: int, reason: str) -> None:
    """The consensus form: a level and why."""
    form = page.locator(".st-key-live-panel")
    form.get_by_text(f"{level} {LEVEL_NAMES[level - 1]}", exact=True).click()
    form.get_by_role("textbox", name="Reason (required)").fill(reason)
    form.get_by_role("button", name="Record", exact=True).click()


def test_five_phones_from_the_lobby_to_a_consensus_that_moves_the_score(
    server: Server, planned: dict[str, Workshop], open_browser: Callable[..., Any]
) -> None:
    """One facilitator and five phones, each in a context of its own; two votes; the score of Parks rises from 2.0 to
    2.5, since one question of four goes from 2 to 4."""
    workshop, wrong = planned["Parks in spring"], list[str]()
    page = open_browser(LAPTOP)
    assert "2.0 of 5" in score_of_parks(page, server)
    enter(page, server, workshop)
    says(page, f"{workshop.code[:3]} {workshop.code[3:]}")
    says(page, "Nobody is here yet")
    phones = [open_browser(PHONE, "dark" if number % 2 else "light") for number in range(len(ROLES))]
    for phone, role in zip(phones, ROLES, strict=True):
        phone.goto(f"{server.base}/w/{workshop.code}")
        phone.get_by_label(role).check()
        phone.get_by_role("button", name="Join").click()
    for phone in phones:
        says(phone, "You're in.")
    says(page, "5 people are here")
    says(page, "Leader 1, Manager 2, Front line 2")
    wrong += looked_at(page, "lobby")
    press(page, "Begin")
    wrong += looked_at(page, "question")
    press(page, "Open the vote")
    says(page, "0 of 5 have voted")
    everybody_votes(phones, [1, 2, 2, 4, 5])
    says(page, "5 of 5 have voted")
    assert page.get_by_text("Median").count() == 0
    wrong += looked_at(page, "vote")
    press(page, "Reveal the votes")
    says(page, "Somebody who chose 1 and somebody who chose 5 explain first.")
    says(page, "2 more votes possible")
    wrong += looked_at(page, "reveal")
    press(page, "Vote again")
    everybody_votes(phones, [3, 4, 4, 4, 4])
    says(page, "5 of 5 have voted")
    press(page, "Reveal the votes")
    says(page, "1 more vote possible")
    page.get_by_role("columnheader", name="Second vote").wait_for()
    press(page, "Record the consensus")
    wrong += looked_at(page, "form")
    record(page, 4, "Every team's plan names its aim, and the poll is done each year.")
    says(page, "Agreed: 4, Developing")
    wrong += looked_at(page, "consensus")
    for phone in phones:
        says(phone, "Agreed:")
    assert "2.5 of 5" in score_of_parks(page, server)
    assert wrong == []
    assert [each.troubles for each in (page, *phones)] == [[]] * 6


@pytest.mark.parametrize(("size", "scheme"), [(BEAMER, "dark"), (BEAMER, "light"), (PHONE, "light"), (PHONE, "dark")])
def test_the_room_is_shown_on_a_projector_and_on_a_phone(
    server: Server, planned: dict[str, Workshop], open_browser: Callable[..., Any], size: Any, scheme: str
) -> None:
    page, more = open_browser(size, scheme), "&projector=1" if size == BEAMER else ""
    enter(page, server, planned["Parks in spring"], more)
    says(page, "Agreed: 4, Developing")
    assert looked_at(page, "consensus") == []
    enter(page, server, planned["Again"], more)
    says(page, "Nobody is here yet")
    assert looked_at(page, "lobby") == []
    assert page.get_by_test_id("stSidebar").count() == (0 if more else 1)
    assert page.troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_notes_beside_the_lobby_cover_nothing(
    server: Server, planned: dict[str, Workshop], open_browser: Callable[..., Any], scheme: str
) -> None:
    page = open_browser(LAPTOP, scheme)
    enter(page, server, planned["Again"], "&projector=1")
    press(page, "Notes")
    page.get_by_role("button", name="Keep the note").wait_for()
    assert looked_at(page, f"notes on a {scheme} projector") == []
    code, picture = page.locator(".wm-bigcode span, .wm-bigcode").first, page.locator(".wm-qr").first
    written = code.evaluate("el => { const r = document.createRange(); r.selectNodeContents(el);"
                            " return r.getBoundingClientRect().right; }")  # fmt: skip
    assert written <= picture.evaluate("el => el.getBoundingClientRect().left")


def test_keys_take_the_steps_but_not_while_somebody_types(
    server: Server, planned: dict[str, Workshop], page: Any
) -> None:
    enter(page, server, planned["Keys"])
    key(page, "n")
    says(page, "Question 1 of 3")
    key(page, " ")
    says(page, "Nobody is here to vote yet")
    key(page, " ")
    says(page, "Fewer than 5 voted, so the votes are not shown.")
    key(page, " ")
    reason = page.get_by_role("textbox", name="Reason (required)")
    reason.click()
    page.keyboard.type("no bend in the path, vote next")
    page.wait_for_timeout(1_500)
    assert reason.input_value() == "no bend in the path, vote next"
    says(page, "Question 1 of 3")
    page.get_by_role("button", name="Leave without recording").click()
    settled(page)
    key(page, "v")
    says(page, "Nobody is here to vote yet")
    key(page, "t")
    key(page, " ")
    says(page, "Fewer than 5 voted")
    key(page, "b")
    says(page, "Nobody is here yet")
    key(page, "p")
    page.wait_for_url("**projector=1**")
    page.reload()
    page.locator(".wm-top").wait_for()
    assert page.get_by_test_id("stSidebar").count() == 0
    key(page, "p")
    page.get_by_test_id("stSidebar").wait_for()
    assert "projector" not in page.url


def key(page: Any, name: str) -> None:
    """Press a key on the page itself, a second after the last step."""
    page.wait_for_timeout(1_000)
    settled(page)
    page.keyboard.press(name)
    page.wait_for_timeout(300)
    settled(page)


def test_another_facilitators_steps_appear_and_take_no_text(
    server: Server, planned: dict[str, Workshop], open_browser: Callable[..., Any]
) -> None:
    """Text that is still in the field, sent to nobody yet, outlives every step of the other facilitator."""
    first, second = open_browser(LAPTOP), open_browser(LAPTOP)
    enter(first, server, planned["Two"])
    press(first, "Begin")
    enter(second, server, planned["Two"])
    says(second, "Question 1 of 3")
    press(first, "Record without a vote")
    reason = first.get_by_role("textbox", name="Reason (required)")
    reason.click()
    first.keyboard.type("What the room has said")
    press(second, "Open the vote")
    says(first, "Nobody is here to vote yet")  # the poll has drawn the page anew
    first.keyboard.type(" so far")
    press(second, "Reveal the votes")
    says(first, "Fewer than 5 voted")
    press(second, "Next question")
    says(first, "Question 2 of 3")
    says(first, "Turn the room back to it")
    assert reason.input_value() == "What the room has said so far"
    first.get_by_role("button", name="Turn the room back to it").click()
    says(second, "Question 1 of 3")
    record_rest(first, 2)
    says(first, "Agreed: 2, Emerging")
    says(second, "Agreed: 2, Emerging")
    says(second, "What the room has said so far")


def record_rest(page: Any, level: int) -> None:
    """Choose a level beside the reason that stands there already, and record."""
    page.wait_for_timeout(1_000)
    settled(page)
    form = page.locator(".st-key-live-panel")
    form.get_by_text(f"{level} {LEVEL_NAMES[level - 1]}", exact=True).click()
    form.get_by_role("button", name="Record", exact=True).click()


def test_a_closed_tab_and_a_killed_server_lose_nothing(
    tmp_path_factory: pytest.TempPathFactory, open_browser: Callable[..., Any]
) -> None:
    folder, planned = tmp_path_factory.mktemp("again"), dict[str, Workshop]()
    workspace = open_workspace(str(folder / "own.duckdb"))
    fill(workspace, planned)
    workspace.close()
    page, phone = open_browser(LAPTOP), open_browser(PHONE)
    with started(folder) as running:
        enter(page, running, planned["Again"], "&projector=1")
        phone.goto(f"{running.base}/w/{planned['Again'].code}")
        phone.get_by_label("Manager").check()
        phone.get_by_role("button", name="Join").click()
        says(page, "1 person is here")
        press(page, "Begin")
        press(page, "Open the vote")
        everybody_votes([phone], [3])
        says(page, "1 of 1 has voted")
        address = page.url
        page.close()
        port = running.port
        os.killpg(running.pid, signal.SIGKILL)
        time.sleep(0.5)
    with started(folder, port=port):
        page = open_browser(LAPTOP)
        visit(page, address)
        says(page, "1 of 1 has voted")
        assert page.get_by_test_id("stSidebar").count() == 0
        press(page, "Reveal the votes")
        says(page, "Fewer than 5 voted")
