"""The phone's pages at 320 px: every state by axe, the whole way without a script, and a phone that sleeps.

The routes run in this process, in front of a store of the test's own, so that the test itself is the facilitator.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from maturity.access.roles import COMMAND_LINE
from maturity.assessment.workshop import Outcome, Workshop
from maturity.framework.examples import worked_examples
from maturity.operations import workshop_joining, workshop_room, workshop_steps, workshop_voting, workshops
from maturity.operations.rounds import Round
from maturity.operations.workshop_lines import AgendaLine
from maturity.operations.workspace import Workspace
from maturity.storage.engine import open_store
from maturity.web.headers import SecurityHeaders
from maturity.web.workshop import workshop_routes

from ..operations.city import make_town
from .axe import violations
from .conftest import free_port, note_console

NARROW = {"width": 320, "height": 640}
AGREED = Outcome(level=3, reason="Both registers are kept, and the second one is checked each spring.")


@dataclass
class Hall:
    """A workshop, its facilitator's steps, and where phones find it."""

    base: str
    workspace: Workspace
    round: Round
    workshop: Workshop

    @property
    def address(self) -> str:
        return f"{self.base}/w/{self.workshop.code}"

    def step(self, what: Callable[..., Workshop], *more: Any) -> None:
        self.workshop = what(self.workspace, COMMAND_LINE, self.workshop, *more)

    def turn(self, number: int) -> None:
        matter = workshops.agenda(self.workspace, COMMAND_LINE, self.workshop)[number]
        self.step(workshop_steps.go_to, matter.id)

    def vote_opens(self, number: int) -> None:
        self.turn(number)
        self.step(workshop_steps.open_vote)

    def agree(self) -> None:
        self.workshop = workshop_steps.record_consensus(self.workspace, COMMAND_LINE, self.round, self.workshop, AGREED)

    def others_vote(self, *levels: int | None) -> None:
        """As many people more as levels are given."""
        people = [
            workshop_joining.Joining(code=self.workshop.code, ticket=f"other-{n:016d}", role_family="front-line")
            for n in range(len(levels))
        ]
        cookies = workshop_joining.join(self.workspace, people)
        matter = workshops.agenda(self.workspace, COMMAND_LINE, self.workshop)
        ballot = next(each.ballot for each in matter if each.id == self.workshop.current)
        workshop_voting.cast(
            self.workspace,
            [
                workshop_voting.Ballot(
                    code=self.workshop.code,
                    participant=workshop_joining.seat_of(self.workspace, str(cookie)),
                    matter=self.workshop.current,
                    ballot=ballot,
                    level=level,
                )
                for cookie, level in zip(cookies, levels, strict=True)
            ],
        )

    @property
    def people(self) -> int:
        return len(workshop_room.room(self.workspace, COMMAND_LINE, self.round, self.workshop).participants)

    @property
    def votes_cast(self) -> int:
        return workshop_room.room(self.workspace, COMMAND_LINE, self.round, self.workshop).votes_cast


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Hall]]:
    """`plan()`: one more open workshop, a worked example and two questions long, behind a server of its own."""
    url = str(tmp_path_factory.mktemp("hall") / "own.duckdb")
    workspace = Workspace(url=url, store=open_store(url))
    town = make_town(workspace)
    app = Starlette(
        routes=workshop_routes(lambda: [workspace]),
        middleware=[Middleware(SecurityHeaders, policy="default-src 'self'")],
    )
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)

    def planned() -> Hall:
        lines = [
            AgendaLine(example=worked_examples(town.framework.id)[0].id),
            *(AgendaLine(department="parks", question=q) for q in list(town.framework.questions)[:2]),
        ]
        made = workshops.plan_workshop(workspace, COMMAND_LINE, town, None, "Parks in spring", lines)
        made = workshops.open_workshop(workspace, COMMAND_LINE, made)
        return Hall(f"http://127.0.0.1:{port}", workspace, town, made)

    yield planned
    server.should_exit = True
    thread.join(10)
    workspace.store.close()


@pytest.fixture
def hall(plan: Callable[[], Hall]) -> Hall:
    return plan()


@pytest.fixture
def open_phone(chromium: Any) -> Iterator[Callable[..., Any]]:
    """`open_phone(scheme="light", script=True)`: a phone of 320 px."""
    with ExitStack() as stack:

        def begin(scheme: str = "light", *, script: bool = True) -> Any:
            context = chromium.new_context(
                viewport=NARROW, color_scheme=scheme, java_script_enabled=script, has_touch=True, locale="en-GB"
            )
            stack.callback(context.close)
            context.set_default_timeout(15_000)
            page = context.new_page()
            page.troubles = []
            page.on("pageerror", lambda error: page.troubles.append(str(error)))
            page.on("console", lambda said: note_console(page, said))
            return page

        yield begin


def join(phone: Any, hall: Hall, role: str = "Manager", name: str = "") -> None:
    """From the code to the lobby."""
    phone.goto(hall.base + "/w")
    phone.get_by_label("Code of the workshop").fill(hall.workshop.code.lower())
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_label(role).check()
    if name:
        phone.get_by_label("Your name").fill(name)
    phone.get_by_role("button", name="Join").click()
    says(phone, "You're in. Wait for the first question. Keep this page open.")


def says(phone: Any, text: str) -> None:
    """Wait until the page says it."""
    phone.get_by_text(text).first.wait_for()


def news(phone: Any) -> None:
    """Ask for it, as whoever has no script does."""
    phone.get_by_role("button", name="Check for news").click()


def looked_at(phone: Any, state: str, scheme: str) -> list[str]:
    """What is wrong with a state of the page: by axe, its weight, its width, and the size of what is tapped."""
    wrong = [f"{state}: {each}" for each in violations(phone)]
    wrong += [f"{state}: {each}" for each in phone.troubles]
    if phone.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        wrong.append(f"{state}: is wider than the screen")
    if len(phone.content().encode()) > 30_000:
        wrong.append(f"{state}: weighs more than 30 KB")
    small = phone.evaluate(
        """() => [...document.querySelectorAll("button, input:not([type=hidden]):not([type=radio]), .choice")]
            .filter(each => each.getBoundingClientRect().height < 44).map(each => each.outerHTML.slice(0, 80))"""
    )
    return wrong + [f"{state}: is less than 44 px high: {each}" for each in small]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_is_accessible_and_small(hall, open_phone, scheme):
    phone, wrong = open_phone(scheme), []

    def look(state: str) -> None:
        wrong.extend(looked_at(phone, state, scheme))

    phone.goto(hall.base + "/w")
    look("01-code")
    phone.goto(hall.base + "/w/AAAAAA")
    look("02-wrong-code")
    phone.goto(hall.address)
    look("03-join")
    phone.evaluate("document.querySelector('form').noValidate = true")
    phone.get_by_role("button", name="Join").click()
    look("04-join-refused")
    join(phone, hall, name="Asha")
    look("05-lobby")
    hall.turn(0)
    says(phone, "The vote opens soon.")
    look("06-example-ahead")
    hall.step(workshop_steps.open_vote)
    says(phone, "Tap what fits best.")
    look("07-example-vote")
    hall.others_vote(2, 3, 3, 4, None)
    phone.get_by_role("button", name="3. Learning").click()
    says(phone, "Your vote is in. You can change it until the reveal.")
    look("08-example-voted")
    hall.step(workshop_steps.reveal_votes)
    says(phone, "The right level")
    look("09-example-revealed")
    hall.vote_opens(1)
    says(phone, "Tap what fits best.")
    look("10-vote")
    phone.get_by_role("button", name="I don't know").click()
    says(phone, "Your vote is in.")
    look("11-voted-dont-know")
    hall.step(workshop_steps.reveal_votes)
    says(phone, "Fewer than 5 people")
    look("12-too-few")
    hall.step(workshop_steps.open_vote)
    says(phone, "Second vote on this question")
    look("13-second-vote")
    hall.step(workshop_steps.reveal_votes)
    hall.agree()
    says(phone, "Agreed:")
    look("14-agreed")
    phone.goto(hall.address + "?said=late")
    look("15-too-late")
    hall.turn(2)
    hall.step(workshop_steps.park, "what counts as a register")
    says(phone, "This question is parked for later.")
    look("16-parked")
    hall.step(workshop_steps.go_to, None)
    says(phone, "Wait for the next question.")
    look("17-between")
    hall.step(workshops.end_workshop)
    says(phone, "Thank you")
    look("18-thanks")
    assert wrong == []


def test_the_whole_way_without_a_script(hall, open_phone):
    phone = open_phone(script=False)
    join(phone, hall)
    hall.vote_opens(1)
    says(phone, "Wait for the first question.")
    news(phone)
    phone.get_by_role("button", name="2. Emerging").click()
    says(phone, "Your vote is in. You can change it until the reveal.")
    assert hall.votes_cast == 1
    phone.get_by_role("button", name="4. Developing").click()
    phone.get_by_role("button", name="Your vote 4. Developing").wait_for()
    assert hall.votes_cast == 1
    hall.step(workshop_steps.reveal_votes)
    phone.get_by_role("button", name="1. Beginning").click()
    says(phone, "The votes are revealed, so yours came too late to count.")
    says(phone, "You chose level 4, Developing.")
    hall.agree()
    news(phone)
    says(phone, "Level 3, Learning")
    hall.step(workshops.end_workshop)
    news(phone)
    says(phone, "Thank you")


def test_going_back_and_loading_anew_send_nothing_twice(hall, open_phone):
    phone = open_phone(script=False)
    join(phone, hall)
    assert hall.people == 1
    phone.reload()
    says(phone, "You're in.")
    phone.go_back()
    phone.go_back()
    phone.goto(hall.address)
    says(phone, "You're in.")
    hall.vote_opens(1)
    news(phone)
    phone.get_by_role("button", name="2. Emerging").click()
    says(phone, "Your vote is in.")
    phone.get_by_role("button", name="3. Learning").click()
    phone.get_by_role("button", name="Your vote 3. Learning").wait_for()
    phone.reload()
    phone.get_by_role("button", name="Your vote 3. Learning").wait_for()
    phone.go_back()
    phone.reload()
    phone.get_by_role("button", name="Your vote 3. Learning").wait_for()
    assert (hall.people, hall.votes_cast) == (1, 1)


def test_a_phone_that_slept_or_lost_its_network_is_still_there(hall, open_phone):
    phone = open_phone()
    join(phone, hall)
    phone.context.set_offline(True)
    hall.vote_opens(1)
    phone.wait_for_timeout(2_500)
    says(phone, "Wait for the first question.")
    phone.context.set_offline(False)
    says(phone, "Tap what fits best.")

    phone.evaluate("document.querySelector('#news').dataset.woken = 'no'")
    hall.step(workshop_steps.reveal_votes)
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    says(phone, "You did not vote on this question.")
    assert hall.people == 1


def test_a_tap_without_a_network_loses_nothing(hall, open_phone):
    phone = open_phone()
    join(phone, hall)
    hall.vote_opens(1)
    says(phone, "Tap what fits best.")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="2. Emerging").click()
    phone.wait_for_timeout(500)
    phone.context.set_offline(False)
    phone.goto(hall.address)
    phone.get_by_role("button", name="2. Emerging").click()
    says(phone, "Your vote is in.")
    assert hall.votes_cast == 1


def test_the_keyboard_alone_joins_and_votes(hall, open_phone):
    phone = open_phone()
    phone.goto(hall.address)
    for key in ("Tab", "Space", "Tab", "Tab", "Enter"):
        phone.keyboard.press(key)
    says(phone, "You're in.")
    hall.vote_opens(1)
    says(phone, "Tap what fits best.")
    phone.keyboard.press("Tab")
    assert phone.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    phone.keyboard.press("Enter")
    phone.get_by_role("button", name="Your vote 1. Beginning").wait_for()
