"""Whether the server can do its work: asked by whoever watches over it, answered by the store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

SECONDS_TO_ANSWER = 5.0


class Health:
    """Asks the store in one thread of its own, so that neither the event loop nor the file server waits for it."""

    def __init__(self, ping: Callable[[], bool], seconds: float = SECONDS_TO_ANSWER) -> None:
        self.ping = ping
        self.seconds = seconds
        self.executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="health")
        self.asked: asyncio.Future[bool] | None = None

    async def is_well(self) -> bool:
        """Whether the store answered in time. Questions that come while one is open share its answer."""
        if self.asked is None or self.asked.done():
            self.asked = asyncio.get_running_loop().run_in_executor(self.executor, self.ping)
        try:
            return await asyncio.wait_for(asyncio.shield(self.asked), self.seconds)
        except Exception:  # whatever the store says in its distress, the answer is the same
            return False

    async def answer(self, request: Request) -> JSONResponse:
        """`{"status": "ok"}` with 200, or `{"status": "fail"}` with 503; never a reason, which is for the log."""
        well = await self.is_well()
        content = {"status": "ok" if well else "fail"}
        return JSONResponse(content, status_code=200 if well else 503, headers={"cache-control": "no-store"})


def health_route(ping: Callable[[], bool]) -> Route:
    """`GET /healthz`, which asks `ping` in a thread of its own."""
    return Route("/healthz", Health(ping).answer, methods=["GET"])
