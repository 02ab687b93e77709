"""The quarterly review: its steps, what is promised for the next 90 days, what has to be there before it is signed off.

A review that is signed off never changes again; only its promises are closed, at the review after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_args

from maturity.roadmap.actions import Action

ReviewStep = Literal["updates", "changes", "decisions", "plan", "baseline", "promises", "sign_off"]
ReviewState = Literal["open", "signed_off", "given_up"]
PromiseState = Literal["open", "kept", "not_kept"]
OpenPoint = Literal["earlier_promises", "baseline", "promises", "attendance", "next_date"]
"""What stands between a review and its sign-off, as codes of `maturity.words`."""
STEPS: tuple[ReviewStep, ...] = get_args(ReviewStep)
MOST_PROMISES = 7
PROMISE_DAYS = 90
WEEKS_TO_NEXT = 13
LONGEST_PROMISE, LONGEST_NAME = 300, 120


class PromiseRefused(ValueError):
    """A promise that breaks a rule: the message says which, and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One thing that is promised by a day: in plain words, by somebody, for an action of the plan where `code` names
    one. `explanation` says why it was not kept."""

    id: str
    place: int
    text: str
    owner: str
    due_on: date
    code: str | None = None
    state: PromiseState = "open"
    explanation: str = ""
    closed_at: datetime | None = None
    row_version: int = 1

    def document(self) -> dict[str, Any]:
        """What is signed of it; how it goes on is not."""
        return {"text": self.text, "owner": self.owner, "code": self.code, "due_on": self.due_on.isoformat()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed a review in which role; `sha256` is of the document that was signed, `signed_by` who noted it."""

    name: str
    role: str
    sha256: str
    signed_by: str
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBody:
    """What was said: a note by step, which steps are done, who was there, minutes, decisions made and actions arising
    (a line each), why there is no new baseline this time, and why the review was given up. `settled` is noted at the
    sign-off: what had changed, which version is in force, how the promises of the review before were closed."""

    notes: Mapping[str, str] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    attendance: tuple[str, ...] = ()
    minutes: str = ""
    decided: tuple[str, ...] = ()
    arising: tuple[str, ...] = ()
    no_baseline: str = ""
    given_up: str = ""
    settled: Mapping[str, Any] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """The body as a JSON document; `read_body` gives back an equal one."""
        return {
            "notes": dict(self.notes), "done": list(self.done), "attendance": list(self.attendance),
            "minutes": self.minutes, "decided": list(self.decided), "arising": list(self.arising),
            "no_baseline": self.no_baseline, "given_up": self.given_up, "settled": dict(self.settled),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterlyReview:
    """One review, numbered from 1; `step` is where it stands, `version_id` the plan version that it leaves in force."""

    id: str
    plan_id: str
    number: int
    name: str
    state: ReviewState
    step: ReviewStep
    held_on: date
    next_on: date | None
    body: ReviewBody
    version_id: str | None
    opened_by: str
    opened_at: datetime
    row_version: int
    promises: tuple[Promise, ...] = ()
    signatures: tuple[Signature, ...] = ()

    @property
    def last_day(self) -> date:
        """The last day on which something promised here can be due."""
        return self.held_on + timedelta(days=PROMISE_DAYS)

    @property
    def signed_at(self) -> datetime | None:
        """When it was signed off."""
        return self.signatures[0].signed_at if self.signatures else None

    def document(self) -> dict[str, Any]:
        """What the signatures stand under."""
        return {
            "number": self.number,
            "name": self.name,
            "plan": self.plan_id,
            "held_on": self.held_on.isoformat(),
            "next_on": self.next_on.isoformat() if self.next_on else None,
            "version": self.version_id,
            "body": self.body.document(),
            "promises": [each.document() for each in self.promises],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something that could be promised: that an action is finished, or begun, by a day."""

    kind: Literal["finish", "start"]
    code: str
    title: str
    owner: str
    due_on: date
    late: bool
    critical: bool


def read_body(document: Mapping[str, Any]) -> ReviewBody:
    """A body from what `ReviewBody.document` wrote."""
    return ReviewBody(
        notes=document.get("notes", {}),
        done=tuple(document.get("done", ())),
        attendance=tuple(document.get("attendance", ())),
        minutes=document.get("minutes", ""),
        decided=tuple(document.get("decided", ())),
        arising=tuple(document.get("arising", ())),
        no_baseline=document.get("no_baseline", ""),
        given_up=document.get("given_up", ""),
        settled=document.get("settled", {}),
    )


def next_date(held_on: date) -> date:
    """When the next review could be: 13 weeks on, on the Monday after where that is a weekend."""
    day = held_on + timedelta(weeks=WEEKS_TO_NEXT)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def check_promise(promise: Promise, held_on: date) -> Promise:
    """The promise itself, or `PromiseRefused` with one sentence on the first rule it breaks."""
    for broken in _broken(promise, held_on):
        raise PromiseRefused(broken)
    return promise


def _broken(promise: Promise, held_on: date) -> Iterable[str]:
    last = held_on + timedelta(days=PROMISE_DAYS)
    if not 1 <= len(promise.text.strip()) <= LONGEST_PROMISE:
        has = len(promise.text.strip())
        yield f"a promise has 1 to {LONGEST_PROMISE} characters, not {has}; say it in one sentence"
    if not 1 <= len(promise.owner.strip()) <= LONGEST_NAME:
        yield "a promise needs one who keeps it; enter a name or a role"
    if promise.due_on < held_on:
        yield f"{promise.due_on} is before the review of {held_on}; choose a day up to {last}"
    if promise.due_on > last:
        yield f"{promise.due_on} is more than {PROMISE_DAYS} days after {held_on}; choose a day up to {last}"


def suggested(
    actions: Iterable[Action], late: frozenset[str], critical: frozenset[str], held_on: date
) -> tuple[Suggestion, ...]:
    """What could be promised: unfinished actions that are planned to finish or to start within 90 days or should have
    by now; the late chain first, then what is late, then by day. A day that is past becomes the last of the 90."""
    last = held_on + timedelta(days=PROMISE_DAYS)
    found = []
    for each in actions:
        if each.done_on or each.percent_done >= 100:
            continue
        if each.ends <= last:
            kind: Literal["finish", "start"] = "finish"
            day = each.ends
        elif each.begun_on is None and each.start <= last:
            kind, day = "start", each.start
        else:
            continue
        found.append(
            Suggestion(
                kind=kind, code=each.code, title=each.title, owner=each.owner, due_on=day if day >= held_on else last,
                late=each.code in late, critical=each.code in critical,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not (one.late and one.critical), not one.late, one.due_on, one.code)))


def open_points(review: QuarterlyReview, earlier: Sequence[Promise], approved_since: bool) -> tuple[OpenPoint, ...]:
    """What is still missing before a review can be signed off; `earlier` are the promises of the one before it."""
    missing: dict[OpenPoint, bool] = {
        "earlier_promises": any(
            each.state == "open" or (each.state == "not_kept" and not each.explanation.strip()) for each in earlier
        ),
        "baseline": not (approved_since or review.body.no_baseline.strip()),
        "promises": not review.promises,
        "attendance": not review.body.attendance,
        "next_date": review.next_on is None,
    }
    return tuple(code for code, lacks in missing.items() if lacks)
