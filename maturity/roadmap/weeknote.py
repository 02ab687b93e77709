"""A weeknote: what happened in delivery since a day, drafted from what was noted, for a person to edit.

It holds facts only. Sentences are made in `maturity.words`; here is what goes in, and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from maturity.roadmap.actions import Action
from maturity.roadmap.progress import ProgressUpdate
from maturity.roadmap.status import Status

Heading = Literal["good", "next", "hard"]
LineKind = Literal[
    "done", "said_good", "version", "reading", "decided", "said_next", "starts", "late", "said_why", "risk", "undecided"
]
HEADING_OF: Mapping[LineKind, Heading] = {
    "done": "good", "said_good": "good", "version": "good", "reading": "good", "decided": "good",
    "said_next": "next", "starts": "next", "late": "hard", "said_why": "hard", "risk": "hard",
    "undecided": "hard",
}  # fmt: skip
DAYS_AHEAD = 14
LONGEST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeknote:
    """A weeknote that was kept: `body` is Markdown, as a person left it."""

    id: str
    since: date
    until: date
    body: str
    made_by: str
    made_at: datetime
    row_version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One fact: `about` is the title of an action, the name of a version or a KPI, or a question; `who` is a
    department's code or empty; `text` is what somebody wrote or what was chosen; `days` is how late, `on` the day."""

    kind: LineKind
    about: str
    who: str = ""
    text: str = ""
    days: int = 0
    on: date | None = None

    @property
    def heading(self) -> Heading:
        """Under which heading it stands."""
        return HEADING_OF[self.kind]


def drafted(
    actions: Iterable[Action],
    updates: Iterable[ProgressUpdate],
    statuses: Mapping[str, Status],
    noted: Iterable[Line],
    since: date,
    today: date,
) -> tuple[Line, ...]:
    """The lines of a draft in their order: what was done and said since, what `noted` adds, what starts within two
    weeks and what is late. `updates` are those made since, oldest first; `statuses` by action code."""
    by_code = {each.code: each for each in actions}
    said = [each for each in updates if each.code in by_code]
    lines = [
        Line(kind="done", about=each.title, who=each.department or "", on=each.done_on)
        for each in by_code.values()
        if each.done_on and since <= each.done_on <= today
    ]
    lines += [*_said(said, by_code, "said_good"), *noted, *_said(said, by_code, "said_next")]
    soon = today + timedelta(days=DAYS_AHEAD)
    lines += [
        Line(kind="starts", about=each.title, who=each.department or "", on=each.start)
        for each in by_code.values()
        if each.begun_on is None and not each.done_on and today <= each.start <= soon
    ]
    lines += [
        Line(kind="late", about=each.title, who=each.department or "", days=statuses[each.code].days_late)
        for each in sorted(by_code.values(), key=lambda one: -statuses[one.code].days_late)
        if statuses[each.code].code == "late"
    ]
    return (*lines, *_said(said, by_code, "said_why"))


PARTS: Mapping[LineKind, str] = {"said_good": "good", "said_next": "next", "said_why": "because"}


def _said(updates: Iterable[ProgressUpdate], by_code: Mapping[str, Action], kind: LineKind) -> Iterable[Line]:
    """What was said last of each action, where anything was."""
    last = {each.code: getattr(each, PARTS[kind]).strip() for each in updates if getattr(each, PARTS[kind]).strip()}
    for code, text in last.items():
        yield Line(
            kind=kind, about=by_code[code].title, who=by_code[code].department or "", text=" ".join(text.split())
        )


def without_names(text: str, names: Mapping[str, str]) -> str:
    """A text with the names of people replaced by what `names` says, the longest name first."""
    put = {name.casefold(): said for name, said in names.items() if name.strip()}
    if not put:
        return text
    longest_first = sorted(put, key=len, reverse=True)
    found = re.compile(rf"(?<!\w)({'|'.join(re.escape(each) for each in longest_first)})(?!\w)", re.IGNORECASE)
    return found.sub(lambda hit: put.get(hit.group().casefold(), hit.group()), text)
