"""An ended workshop's page and its papers in the browser: nothing for axe to find, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR
from maturity.assessment.workshop import Outcome
from maturity.operations import workshop_joining, workshop_steps, workshop_voting, workshops
from maturity.operations.workshop_joining import Joining
from maturity.operations.workshop_lines import AgendaLine
from maturity.operations.workshop_voting import Ballot
from maturity.operations.workspace import open_workspace

from ..operations.city import make_town
from .axe import violations
from .conftest import Server, settled, started, visit


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A server with an ended workshop in its own store, and the address of its page."""
    folder = tmp_path_factory.mktemp("server")
    workspace = open_workspace(str(folder / "own.duckdb"))
    round_, who = make_town(workspace), LOCAL_ADMINISTRATOR
    lines = [AgendaLine(department="parks", question=each) for each in list(round_.framework.questions)[:3]]
    room = workshops.plan_workshop(workspace, who, round_, "parks", "Our talk", lines)
    room = workshops.open_workshop(workspace, who, room)
    people = [
        Joining(code=room.code, ticket=f"t{number:021d}", role_family="manager", name=f"Asha {number}")
        for number in range(7)
    ]
    seats = [workshop_joining.seat_of(workspace, cookie) for cookie in workshop_joining.join(workspace, people)]
    first, second, _ = workshops.agenda(workspace, who, room)
    room = workshop_steps.go_to(workspace, who, room, first.id)
    for ballot, levels in ((1, (1, 1, 2, 4, 5, None, 3)), (2, (3, 3, 3, 3, 4, 3, 3))):
        room = workshop_steps.open_vote(workspace, who, room)
        votes = [
            Ballot(code=room.code, participant=seat, matter=first.id, ballot=ballot, level=level)
            for seat, level in zip(seats, levels, strict=True)
            if seat
        ]
        assert workshop_voting.cast(workspace, votes) == [None] * 7
        room = workshop_steps.reveal_votes(workspace, who, room)
    outcome = Outcome(level=3, reason="two registers", minority_view="one is old", follow_up="ask")
    room = workshop_steps.record_consensus(workspace, who, round_, room, outcome)
    room = workshop_steps.park(workspace, who, workshop_steps.go_to(workspace, who, room, second.id), "who keeps it?")
    room = workshop_steps.add_note(workspace, who, room, "action", "publish the list", owner="Cy")
    workshops.end_workshop(workspace, who, room)
    workspace.close()
    with started(folder) as running:
        yield running, f"{running.base}/workshop?workshop={room.id}"


def no_troubles(page) -> None:
    width, screen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= screen
    assert violations(page) == []


def test_the_page_of_an_ended_workshop_is_for_everybody(held, any_page):
    visit(any_page, held[1])
    any_page.get_by_text("Whose vote was which").click()
    any_page.wait_for_timeout(1500)  # charts are drawn after the run is over
    settled(any_page)
    any_page.get_by_text("Asha 3").first.wait_for()
    no_troubles(any_page)


def test_the_papers_download_and_read_well_on_a_phone(held, phone, tmp_path: Path):
    visit(phone, held[1])
    for name, words in (("summary", "1 of 3 questions agreed"), ("pack", "Question sheets")):
        with phone.expect_download() as waiting:
            phone.get_by_role("button", name=f"Download the {'workshop ' if name == 'pack' else ''}{name}").click()
        assert waiting.value.suggested_filename == f"workshop-{name}.html"
        waiting.value.save_as(tmp_path / f"{name}.html")
        text = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
        assert words in text and "Asha" not in text
    for name in ("summary", "pack"):
        phone.goto((tmp_path / f"{name}.html").as_uri())
        no_troubles(phone)
