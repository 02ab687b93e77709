"""People who answer: made in a store of their own, each with the cookie of a personal link, and what they do."""

from __future__ import annotations

import asyncio
import random
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.kept import Click
from benchmarks.times import Times
from benchmarks.visit import Visit
from maturity.access.roles import COMMAND_LINE
from maturity.access.tokens import COOKIE
from maturity.operations.links import make_link
from maturity.operations.people import add_person
from maturity.operations.rounds import create_round, open_round
from maturity.operations.setup import Department, create_organisation
from maturity.operations.sign_in import enter
from maturity.operations.workspace import Workspace
from maturity.storage.engine import open_store

DEPARTMENTS = 12
SAVED = re.compile(r"\bSaved \d\d:\d\d")
QUESTION = re.compile(r"-answer:[0-9a-f-]{36}:(.+):choice$")
ON = ("next", "Answer the first question", "change-")  # the ways on, by label or key: the first that there is
CHANGES_MIND, DOES_NOT_KNOW = 0.15, 0.05


@dataclass(frozen=True, slots=True)
class Person:
    """One of those who answer: the id in the store, and the cookie of their session."""

    id: str
    cookie: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many people come in, over `ramp` seconds, and click every `period` seconds for `seconds` more."""

    people: int = 150
    seconds: float = 60
    period: float = 5
    ramp: float = 20
    seed: int = 1


@dataclass(slots=True)
class Seen(Times):
    """What happened: the milliseconds of each kind of step, every answer that was given, and what went wrong."""

    clicks: list[Click] = field(default_factory=list)


def prepare(folder: Path, people: int) -> tuple[dict[str, str], list[Person]]:
    """A store with an open round on the shipped city framework, as environment variables; and people over all its
    departments who have come in by their links."""
    url = str(folder / "own.duckdb")
    workspace = Workspace(url=url, store=open_store(url))
    try:
        departments = [Department(code=f"d{n}", name=f"Department {n + 1}") for n in range(DEPARTMENTS)]
        create_organisation(workspace, COMMAND_LINE, "Benchmark", departments)
        open_round(workspace, COMMAND_LINE, create_round(workspace, COMMAND_LINE, "R", "city-data-maturity"))
        found = [_come_in(workspace, number) for number in range(people)]
    finally:
        workspace.store.close()
    return {"WAYMARK_STORE": url, "WAYMARK_DEMO_STORE": str(folder / "demo.duckdb")}, found


def _come_in(workspace: Workspace, number: int) -> Person:
    department = f"d{number % DEPARTMENTS}"
    person = add_person(workspace, COMMAND_LINE, f"Person {number + 1}", None, "respondent", department)
    link = make_link(workspace, COMMAND_LINE, person.id)
    cookie, _ = enter(workspace, link.token, "benchmark")
    return Person(str(person.id), cookie)


class Answering:
    """One person in front of the questionnaire: answers, sometimes thinks again, and goes on to the next question."""

    def __init__(self, person: Person, chance: random.Random, seen: Seen) -> None:
        self.person, self.chance, self.seen = person, chance, seen
        self.answered = False
        self.given: dict[str, int] = {}

    async def go(self, port: int, load: Load, begun: float) -> None:
        """From coming in to the end of the time. Steps are timed once everybody is in; coming in always is."""
        all_in, end = begun + load.ramp, begun + load.ramp + load.seconds
        try:
            await asyncio.sleep(load.ramp * self.chance.random())
            async with Visit(port, "questionnaire", cookie=f"{COOKIE}={self.person.cookie}") as visit:
                self.seen.add("opening", visit.opening)
                taken = 0.0
                while True:
                    await asyncio.sleep(max(0.0, load.period * self.chance.uniform(0.5, 1.5) - taken / 1000))
                    if (now := time.perf_counter()) >= end:
                        break
                    kind, taken = await self.step(visit)
                    if now >= all_in or kind == "start":
                        self.seen.add(kind, taken)
                self.seen.errors += visit.errors
        except Exception as error:  # one person's trouble is told at the end, and stops nobody else
            self.seen.errors.append(f"{type(error).__name__}: {error}"[:400])

    async def step(self, visit: Visit) -> tuple[str, float]:
        """One click: what it was for, and its milliseconds."""
        if visit.button("Start"):
            return "start", await visit.press("Start")
        widget = visit.radio(":choice")
        if widget and not (self.answered and self.chance.random() >= CHANGES_MIND):
            self.answered = True
            return "answer", await self._answer(visit, widget)
        self.answered = False
        return "going_on", await visit.press(next((name for name in ON if visit.button(name)), ON[0]))

    async def _answer(self, visit: Visit, widget: Any) -> float:
        """A click on an answer; it counts as confirmed once the page says that it is saved."""
        found = QUESTION.search(widget.id)
        assert found is not None, widget.id
        levels = sum(option.startswith("**") for option in widget.options)  # after them comes "don't know"
        others = [level for level in range(levels) if level != self.given.get(found[1])]  # the same again is no click
        option = levels if self.chance.random() < DOES_NOT_KNOW else self.chance.choice(others)
        if self.given.get(found[1]) == option:
            option = others[0]
        self.given[found[1]] = option
        chosen = "dont_know" if option == levels else str(option + 1)
        confirmed = False
        try:
            taken = await visit.choose(widget.id, option)
            confirmed = any(SAVED.search(text) for text in visit.texts)
        finally:
            self.seen.clicks.append(Click(self.person.id, found[1], chosen, confirmed))
        return taken
