"""A town with a workshop in its own store, and phones in front of the routes, each with its own cookies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from maturity.access.roles import COMMAND_LINE
from maturity.assessment.workshop import Matter, Workshop
from maturity.operations import workshop_room, workshop_steps, workshops
from maturity.operations.rounds import Round
from maturity.operations.workshop_lines import AgendaLine
from maturity.operations.workspace import Workspace
from maturity.storage.engine import open_store
from maturity.web.workshop import workshop_routes
from maturity.web.workshop_tries import Tries

from ..operations.city import make_town

HOST = "http://data.city.example"


class Clock:
    """A clock that the test sets."""

    now = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Hall:
    """A workshop on a round, and what its facilitator does; `workshop` is always as the last step left it."""

    workspace: Workspace
    round: Round
    workshop: Workshop
    seconds: float = 0.0
    phones: list[TestClient] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.routes = workshop_routes(lambda: [self.workspace], Tries(lambda: self.seconds))

    @property
    def code(self) -> str:
        return self.workshop.code

    @property
    def page(self) -> str:
        return f"/w/{self.code}"

    @property
    def matters(self) -> tuple[Matter, ...]:
        return workshops.agenda(self.workspace, COMMAND_LINE, self.workshop)

    @property
    def room(self) -> workshop_room.Room:
        return workshop_room.room(self.workspace, COMMAND_LINE, self.round, self.workshop)

    def phone(self, *, host: str = HOST, address: str = "10.0.0.1") -> TestClient:
        """A browser that has been nowhere yet; it does not follow redirects."""
        app = Starlette(routes=self.routes)
        return TestClient(app, base_url=host, follow_redirects=False, client=(address, 50_000))

    def seated(self, role: str = "manager", **more: str) -> TestClient:
        """A browser whose owner has joined."""
        phone = self.phone()
        sent = {"ticket": ticket_in(phone.get(self.page).text), "role": role, **more}
        assert phone.post(f"{self.page}/join", data=sent).headers["location"] == self.page
        return phone

    def step(self, what: Callable[..., Workshop], *more: Any) -> None:
        """One step of the facilitator."""
        self.workshop = what(self.workspace, COMMAND_LINE, self.workshop, *more)

    def vote_opens(self, number: int = 0) -> Matter:
        """The room turns to a question of the agenda and votes on it."""
        if self.workshop.current != self.matters[number].id:
            self.step(workshop_steps.go_to, self.matters[number].id)
        self.step(workshop_steps.open_vote)
        return self.matters[number]

    def ballot(self, level: object, number: int = 0) -> dict[str, str]:
        """What the form of a vote sends."""
        matter = self.matters[number]
        return {"matter": str(matter.id), "ballot": str(matter.ballot), "level": str(level)}

    def cast(self, phone: TestClient, level: object, number: int = 0) -> Any:
        """The answer to a vote."""
        return phone.post(f"{self.page}/vote", data=self.ballot(level, number), headers={"origin": HOST})


def ticket_in(page: str) -> str:
    """The ticket that a join form brings along."""
    return page.partition('name="ticket" value="')[2].partition('"')[0]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Round]]:
    url = str(tmp_path_factory.mktemp("hall") / "own.duckdb")
    store = open_store(url)
    workspace = Workspace(url=url, store=store, clock=Clock())
    yield workspace, make_town(workspace)
    store.close()


@pytest.fixture
def plan(town: tuple[Workspace, Round]) -> Callable[..., Hall]:
    """`plan(lines=None, round_=None)`: one more workshop of the town, not open yet."""
    workspace, held = town

    def planned(lines: list[AgendaLine] | None = None, round_: Round | None = None) -> Hall:
        on = round_ or held
        asked = lines or [AgendaLine(department="parks", question=q) for q in list(on.framework.questions)[:3]]
        made = workshops.plan_workshop(workspace, COMMAND_LINE, on, None, "Parks and <paths>", asked)
        return Hall(workspace=workspace, round=on, workshop=made)

    return planned


@pytest.fixture
def hall(plan: Callable[..., Hall]) -> Iterator[Hall]:
    """A workshop that is open, with three questions."""
    made = plan()
    clock: Any = made.workspace.clock
    before = clock.now
    made.step(workshops.open_workshop)
    yield made
    clock.now = max(before, clock.now) + timedelta(seconds=1)
