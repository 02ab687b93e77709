"""`/w/<code>`: a workshop on a phone. Small pages from the server that work without a script and on bad Wi-Fi.

The code names the store as well: it is looked up in the organisation's own first, then in the demo city's.
"""

from __future__ import annotations

import math
import os
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar
from urllib.parse import quote
from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from maturity.access.tokens import BYTES, SEAT_COOKIE, token
from maturity.operations import workshop_joining, workshop_seats, workshop_voting
from maturity.operations.errors import Refused
from maturity.operations.workshop_joining import Door, Joining, NoWorkshop
from maturity.operations.workshop_seats import Seat
from maturity.operations.workshop_voting import Ballot, VoteRefused
from maturity.operations.workspace import StoreRefused, Workspace
from maturity.web import workshop_pages as pages
from maturity.web.forms import FormRefused, fields_of
from maturity.web.same_origin import from_our_page
from maturity.web.threads import read_soon, reading, write_soon
from maturity.web.workshop_batches import Batches, NotWritten
from maturity.web.workshop_board import Board
from maturity.web.workshop_pages import Joined, View
from maturity.web.workshop_tries import Tries

A = TypeVar("A")
B = TypeVar("B")
Answer = Callable[[Request], Awaitable[Response]]
Soon = Callable[[Callable[[], None]], Future[Any]]
Commit = Callable[[Workspace, Sequence[A]], Sequence[B]]
SEAT_SECONDS = 24 * 3600
MOST_BYTES, MOST_FIELDS = 4_096, 8
LONGEST_SHOWN = 12
MOST_BOARDS = 64
SECONDS_AFTER_TROUBLE = 5
SAID = {
    **workshop_voting.REFUSED_VOTES,
    "seat": "You are not in this workshop yet, so your vote did not count. Join it, then vote.",
    "strange": "This vote is not one of ours, so it does not count. Choose one of the list.",
}
"""What `?said=` may make a page say: fixed sentences, so that an address puts no words into our mouth."""


class TooManyTries(Refused):
    """Too many wrong codes came from one address, or from all of them together."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too many wrong codes")
        self.seconds = seconds


class WorkshopDoor:
    """The answers to phones. `stores` are asked in their order; the clock of `tries` is seconds that only rise."""

    def __init__(self, stores: Callable[[], Iterable[Workspace]], tries: Tries | None = None) -> None:
        self.stores = stores
        self.tries = tries or Tries()
        self.boards: dict[str, Board] = {}
        self.joins: dict[Workspace, Batches[Joining, str | Refused]] = {}
        self.votes: dict[Workspace, Batches[Ballot, Refused | None]] = {}
        self.looks: dict[Workspace, Batches[tuple[str, UUID], View | None]] = {}

    async def ask(self, request: Request) -> Response:
        """The form for a code; with a code, on to its page."""
        code = workshop_joining.clean_code(request.query_params.get("code", ""))
        if "code" not in request.query_params:
            return pages.code_page()
        if not code.isascii() or not code.isalnum() or len(code) > LONGEST_SHOWN:
            shown = code[:LONGEST_SHOWN]
            said = str(NoWorkshop(shown)) if code else "Enter the code that the screen in the room shows."
            return pages.code_page(said, shown, 404 if code else 400)
        return RedirectResponse(f"/w/{code}", status_code=303, headers={"cache-control": "no-store"})

    async def show(self, request: Request) -> Response:
        """What is now for whoever has a seat; for others the form to join by, or that the code opens nothing."""
        said = SAID.get(request.query_params.get("said", ""), "")
        code, cookie = _code(request), request.cookies.get(SEAT_COOKIE, "")
        if code != request.path_params["code"] and workshop_joining.CODE.fullmatch(code):
            return _on(code)
        if (view := (await self._view(cookie, code))[1]) is not None:
            return pages.seat_page(view, said)
        door = await self._door(request, code)
        return pages.join_page(code, door[1], Joined(ticket=token(os.urandom(BYTES))), said)

    async def join(self, request: Request) -> Response:
        """Lets somebody in and gives them their seat as a cookie; the same form again is the same person."""
        fields, code = await _form(request), _code(request)
        if (await self._view(request.cookies.get(SEAT_COOKIE, ""), code))[1] is not None:
            return _on(code)
        workspace, door = await self._door(request, code)
        joined = Joined(ticket=fields.get("ticket", ""), role=fields.get("role", ""), name=fields.get("name", ""))
        joining = Joining(code=code, ticket=joined.ticket, role_family=joined.role, name=joined.name)
        batches = _of(self.joins, workspace, workshop_joining.join)
        seat = await batches.add(joining)
        if isinstance(seat, NoWorkshop):
            raise seat
        if isinstance(seat, Refused):
            fresh = Joined(ticket=token(os.urandom(BYTES)), role=joined.role, name=joined.name)
            return pages.join_page(code, door, fresh, str(seat), 400)
        answer = _on(code)
        secure = request.url.scheme == "https"
        answer.set_cookie(
            SEAT_COOKIE, seat, max_age=SEAT_SECONDS, httponly=True, samesite="lax", secure=secure, path="/w"
        )
        return answer

    async def vote(self, request: Request) -> Response:
        """Keeps a vote, and answers only after its commit; a refused one says why above what is now."""
        fields, code = await _form(request), _code(request)
        seated = await reading(self._seated, request.cookies.get(SEAT_COOKIE, ""))
        if seated is None:
            return _on(code, "seat")
        workspace, participant = seated
        ballot = _ballot(code, participant, fields)
        if ballot is None:
            return _on(code, "strange")
        refused = await _of(self.votes, workspace, workshop_voting.cast).add(ballot)
        if isinstance(refused, VoteRefused):
            return _on(code, refused.why)
        return _on(code, "seat" if refused is not None else "")

    async def now(self, request: Request) -> Response:
        """`{"version": n, "wait": milliseconds}`: whether the room has gone on, and when to ask again."""
        code, cookie = _code(request), request.cookies.get(SEAT_COOKIE, "")
        board = self.boards.get(code)
        if board is None or not board.knows(cookie):
            board = await self._board(request, code, cookie)
        try:
            found = await board.now()
        except (NoWorkshop, StoreRefused):
            self.boards.pop(code, None)  # the store may be opened anew meanwhile
            raise
        return _news({"version": found.version, "wait": board.milliseconds_to_wait(cookie)})

    async def _board(self, request: Request, code: str, cookie: str) -> Board:
        """The board of a workshop, for a cookie new to it; `NoWorkshop` where that holds no seat in it."""
        workspace, view = await self._view(cookie, code)
        if workspace is None or view is None:
            await self._door(request, code)  # a wrong code is counted; a right one opens nothing here either
            raise NoWorkshop(code)
        if code not in self.boards:
            if len(self.boards) >= MOST_BOARDS:
                self.boards.pop(next(iter(self.boards)))
            self.boards[code] = Board(lambda: workshop_seats.room_now(workspace, code))
        return self.boards[code]

    async def _door(self, request: Request, code: str) -> tuple[Workspace, Door]:
        """The workshop that takes people by this code; from where too many wrong ones were tried, nothing is told."""
        address = request.client.host if request.client else ""
        if wait := self.tries.seconds_to_wait(address):
            raise TooManyTries(wait)
        try:
            return await reading(self._find, code)
        except NoWorkshop:
            self.tries.count_wrong(address)
            raise

    def _find(self, code: str) -> tuple[Workspace, Door]:
        for workspace in self.stores():
            try:
                return workspace, workshop_joining.door(workspace, code)
            except NoWorkshop:
                continue
        raise NoWorkshop(code)

    def _seated(self, cookie: str) -> tuple[Workspace, UUID] | None:
        """The store that signed this cookie, and whose it is."""
        for workspace in self.stores():
            if (participant := workshop_joining.seat_of(workspace, cookie)) is not None:
                return workspace, participant
        return None

    async def _view(self, cookie: str, code: str) -> tuple[Workspace | None, View | None]:
        """The store that signed this cookie, and what its holder sees of this workshop; None without a seat in it."""
        seated = await reading(self._seated, cookie) if cookie else None
        if seated is None:
            return None, None
        try:
            return seated[0], await _of(self.looks, seated[0], _views, read_soon).add((code, seated[1]))
        except NotWritten as failure:
            raise StoreRefused(str(failure)) from None


def _views(workspace: Workspace, asked: Sequence[tuple[str, UUID]]) -> list[View | None]:
    """What each participant sees of a workshop: in one look, because a whole room asks at once."""
    return [_seen(workspace, seat) if seat else None for seat in workshop_seats.seats(workspace, asked)]


def _seen(workspace: Workspace, seat: Seat) -> View:
    matter = seat.matter
    paper = workshop_seats.paper(workspace, seat.workshop, matter.id) if matter else None
    until = matter.voting_until if matter else None
    return View(
        seat=seat,
        paper=paper,
        reveal=workshop_seats.revealed(workspace, seat.workshop, matter, len(paper.levels))
        if matter and paper
        else None,
        agreed=tuple((each, workshop_seats.paper(workspace, seat.workshop, each.id)) for each in seat.agreed),
        seconds_left=max(0, math.ceil((until - workspace.clock()).total_seconds())) if until else 0,
    )


def workshop_routes(stores: Callable[[], Iterable[Workspace]], tries: Tries | None = None) -> list[Route]:
    """`/w` and what is below it. `stores` are where a code may lead, in the order in which they are asked."""
    door = WorkshopDoor(stores, tries)
    return [
        Route("/w", _answered(door.ask), methods=["GET"]),
        Route("/w/", _answered(door.ask), methods=["GET"]),
        Route("/w/{code}", _answered(door.show), methods=["GET"]),
        Route("/w/{code}/join", _answered(door.join), methods=["POST"]),
        Route("/w/{code}/vote", _answered(door.vote), methods=["POST"]),
        Route("/w/{code}/now", _answered_with_news(door.now), methods=["GET"]),
    ]


def _answered(answer: Answer) -> Answer:
    """The answer, or a page that says in one sentence why there is none. No foreign page sends our forms."""

    async def answered(request: Request) -> Response:
        if request.method == "POST" and not from_our_page(request):
            return pages.trouble_page("Nothing was done", pages.FOREIGN, 403)
        try:
            return await answer(request)
        except NoWorkshop:
            return pages.no_workshop_page(_code(request))
        except TooManyTries as many:
            return pages.tries_page(many.seconds)
        except FormRefused as refused:
            return pages.trouble_page("Nothing was done", pages.TOO_LONG, refused.status)
        except StoreRefused:
            return pages.trouble_page("Wait a moment", pages.NO_STORE, 503, _code(request))
        except NotWritten:
            return pages.trouble_page("This does not count yet", pages.NOT_KEPT, 503, _code(request))

    return answered


def _answered_with_news(answer: Answer) -> Answer:
    """As `_answered`, for the script: it needs a status, and when to ask again."""

    async def answered(request: Request) -> Response:
        try:
            return await answer(request)
        except NoWorkshop:
            return _news({"wait": 1000 * SECONDS_AFTER_TROUBLE}, 404)
        except TooManyTries as many:
            return _news({"wait": 1000 * many.seconds}, 429)
        except StoreRefused:
            return _news({"wait": 1000 * SECONDS_AFTER_TROUBLE}, 503)

    return answered


def _news(said: dict[str, int], status: int = 200) -> Response:
    return JSONResponse(said, status_code=status, headers={"cache-control": "no-store"})


def _code(request: Request) -> str:
    """The code of the address as it was meant; of a text that is none, as much as may be shown."""
    return workshop_joining.clean_code(request.path_params.get("code", ""))[:LONGEST_SHOWN]


def _on(code: str, said: str = "") -> RedirectResponse:
    """On to the page of a workshop, so that going back and loading anew send nothing twice."""
    asked = f"?said={said}" if said else ""
    return RedirectResponse(f"/w/{quote(code)}{asked}", status_code=303, headers={"cache-control": "no-store"})


def _of(
    kept: dict[Workspace, Batches[A, B]], workspace: Workspace, commit: Commit[A, B], soon: Soon = write_soon
) -> Batches[A, B]:
    """The batches of a store; of one that was opened anew, new ones."""
    return kept.setdefault(workspace, Batches(lambda arrived: commit(workspace, arrived), soon))


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form, the first of each name."""
    return {name: sent[0] for name, sent in (await fields_of(request, MOST_BYTES, MOST_FIELDS)).items()}


def _ballot(code: str, participant: UUID, fields: dict[str, str]) -> Ballot | None:
    """The vote in a form; None where something in it is not of the kind that it should be."""
    ballot, level = _small(fields.get("ballot", "")), _small(fields.get("level", ""))
    if ballot is None or (level is None and fields.get("level") != pages.DONT_KNOW):
        return None
    try:
        matter = UUID(fields.get("matter", ""))
    except ValueError:
        return None
    return Ballot(code=code, participant=participant, matter=matter, ballot=ballot, level=level)


def _small(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else None
