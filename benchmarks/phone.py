"""A phone in a workshop, as the server sees one: a connection of its own, one cookie, forms that are read and sent.

A plain socket, because 300 clients share the cores with the server that is measured.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from maturity.access.tokens import SEAT_COOKIE

SECONDS_TO_WAIT = 60
DONT_KNOW = "dont_know"
INPUT = re.compile(r"<(?:input|button)\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(name|value)="([^"]*)"')
VERSION = re.compile(r'data-version="(-?\d+)"')
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


class Refusing(RuntimeError):
    """The server answered, and not with what was asked for."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of the server: its status, its headers by lower-case name, and its text."""

    status: int
    headers: Mapping[str, str]
    text: str

    def fields(self) -> dict[str, list[str]]:
        """The names of the form's fields with the values that they offer."""
        found: dict[str, list[str]] = {}
        for tag in INPUT.findall(self.text):
            given = dict(ATTRIBUTE.findall(tag))
            if "name" in given:
                found.setdefault(given["name"], []).append(unescape(given.get("value", "")))
        return found

    def version(self) -> int | None:
        """The step of the room that the page shows, as its script reads it; None where nothing comes after it."""
        found = VERSION.search(self.text)
        return int(found[1]) if found else None

    def heading(self) -> str:
        """What the page is headed by, to tell where it is when something went wrong."""
        found = HEADING.search(self.text)
        return unescape(re.sub(r"<[^>]+>", "", found[1])).strip() if found else self.text[:80]


class Phone:
    """One browser on one phone: it keeps its connection while the server does, and its cookie."""

    def __init__(self, port: int, code: str) -> None:
        self.port, self.path = port, f"/w/{code}"
        self.cookie = ""
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    @property
    def participant(self) -> UUID | None:
        """Who the phone is in the room, by its cookie."""
        return UUID(self.cookie.partition(".")[0]) if self.cookie else None

    async def look(self, path: str = "") -> Answered:
        """The page as it is now, or another one behind a form."""
        return await self._get(path or self.path)

    async def now(self) -> dict[str, Any]:
        """What the page's script asks for again and again."""
        answer = await self._get(f"{self.path}/now")
        return dict(json.loads(answer.text))

    async def join(self, form: Answered, role: str, name: str = "") -> str:
        """Sends the form by which people come in; see `send`."""
        ticket = form.fields().get("ticket", [""])[0]
        return await self.send("join", {"ticket": ticket, "role": role, "name": name})

    async def vote(self, paper: Answered, level: int | None) -> str:
        """Sends a vote on the question that the page shows (None: don't know); see `send`."""
        fields = paper.fields()
        said = {name: fields[name][0] for name in ("matter", "ballot")}
        return await self.send("vote", {**said, "level": DONT_KNOW if level is None else str(level)})

    async def send(self, form: str, fields: Mapping[str, str]) -> str:
        """Sends a form. With this it is acknowledged; returned is the path of the page to go on to. `Refusing` where it
        was not taken."""
        answer = await self.ask("POST", f"{self.path}/{form}", urlencode(fields))
        onto = answer.headers.get("location", "")
        if answer.status != 303 or "said=" in onto:  # on to the page, which says why not
            raise Refusing(f"{form}: {answer.status} {onto or answer.heading()}")
        return onto

    async def _get(self, path: str) -> Answered:
        answer = await self.ask("GET", path)
        if answer.status != 200:
            raise Refusing(f"{path}: {answer.status} {answer.heading()}")
        return answer

    async def ask(self, method: str, path: str, body: str | None = None) -> Answered:
        """One request and its answer, whatever that is; `ConnectionError` where the server is gone."""
        if self._streams and (self._streams[0].at_eof() or self._streams[1].is_closing()):
            self.hang_up()
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept-Encoding: identity"]
        if self.cookie:
            lines.append(f"Cookie: {SEAT_COOKIE}={self.cookie}")
        if body is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
            lines += [f"Origin: http://127.0.0.1:{self.port}"]
        writer.write("\r\n".join([*lines, "", body or ""]).encode("ascii"))
        try:
            answer = await asyncio.wait_for(_answer(reader), SECONDS_TO_WAIT)
        except (ConnectionError, asyncio.IncompleteReadError, TimeoutError) as gone:
            self.hang_up()
            raise ConnectionError(f"{method} {path}: {type(gone).__name__}") from gone
        if answer.headers.get("connection") == "close":
            self.hang_up()
        self._keep(answer.headers.get("set-cookie", ""))
        return answer

    def _keep(self, cookies: str) -> None:
        found = re.search(rf"(?:^|\n){SEAT_COOKIE}=([^;\n]*)", cookies)
        if found:
            self.cookie = found[1].strip('"')

    def hang_up(self) -> None:
        """Lets go of the connection; the next request opens another."""
        if self._streams:
            self._streams[1].close()
        self._streams = None


async def _answer(reader: asyncio.StreamReader) -> Answered:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    for line in filter(None, head[1:]):
        name, _, value = line.partition(":")
        key = name.lower()
        headers[key] = f"{headers[key]}\n{value.strip()}" if key in headers else value.strip()
    if headers.get("transfer-encoding") == "chunked":
        body = b""
        while size := int((await reader.readline()).split(b";")[0], 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
    else:
        body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Answered(int(head[0].split()[1]), headers, body.decode("utf-8"))
