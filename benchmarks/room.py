"""A workshop to measure: planned and opened in the demo city before the server starts, and its facilitator's steps.

The running server holds the store, so the steps are asked of it, at a route that only the benchmarks' server has.
"""

from __future__ import annotations

import asyncio
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from maturity.access.roles import COMMAND_LINE, LOCAL_ADMINISTRATOR
from maturity.assessment.workshop import Matter
from maturity.operations import demo, workshop_lines, workshop_steps, workshops
from maturity.operations.rounds import find_round
from maturity.operations.workspace import Workspace, default_url, open_workspace
from maturity.storage.engine import open_store

QUESTIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The workshop that phones come to: its id, and the code on the wall."""

    id: UUID
    code: str


def prepare(folder: Path) -> tuple[dict[str, str], Room]:
    """The demo city as the organisation's own store, with an open workshop on its closed round; as environment
    variables, and the workshop."""
    url = str(folder / "own.duckdb")
    workspace = Workspace(url=url, store=open_store(url))
    try:
        demo.build_demo(workspace, "city", today=workspace.clock().date())
        round_ = find_round(workspace, COMMAND_LINE)
        department = next(iter(round_.names))
        questions = workshop_lines.votable(round_.framework)[:QUESTIONS]
        lines = [workshop_lines.AgendaLine(department=department, question=each) for each in questions]
        planned = workshops.plan_workshop(workspace, COMMAND_LINE, round_, None, "Benchmark", lines)
        opened = workshops.open_workshop(workspace, COMMAND_LINE, planned)
    finally:
        workspace.store.close()
    environment = {"WAYMARK_STORE": url, "WAYMARK_DEMO_STORE": str(folder / "demo.duckdb")}
    return environment, Room(id=opened.id, code=opened.code)


def take(workspace: Workspace, workshop: UUID, what: str) -> Matter:
    """One step of the facilitator: `begin` turns the room to the first question. Returns the question as it is then."""
    seen = workshops.find_workshop(workspace, LOCAL_ADMINISTRATOR, workshop)
    if what == "begin":
        first = workshops.agenda(workspace, LOCAL_ADMINISTRATOR, seen)[0]
        seen = workshop_steps.go_to(workspace, LOCAL_ADMINISTRATOR, seen, first.id)
    elif what == "open_vote":
        seen = workshop_steps.open_vote(workspace, LOCAL_ADMINISTRATOR, seen)
    else:
        seen = workshop_steps.reveal_votes(workspace, LOCAL_ADMINISTRATOR, seen)
    return next(each for each in workshops.agenda(workspace, LOCAL_ADMINISTRATOR, seen) if each.id == seen.current)


async def _step(request: Request) -> Response:
    workshop, what = UUID(request.path_params["workshop"]), request.path_params["what"]
    # In a thread that is neither the routes' own nor the front end's, as a visit's would be.
    await asyncio.to_thread(take, open_workspace(default_url()), workshop, what)
    return Response(status_code=204)


def step_route() -> Route:
    """`POST /benchmark/<workshop>/<step>`, for the benchmarks' server alone."""
    return Route("/benchmark/{workshop}/{what}", _step, methods=["POST"])


async def ask_for(port: int, room: Room, what: str) -> None:
    """Asks the running server to take a step."""

    def post() -> None:
        address = f"http://127.0.0.1:{port}/benchmark/{room.id}/{what}"
        urllib.request.urlopen(urllib.request.Request(address, method="POST"), timeout=60).close()

    await asyncio.to_thread(post)
