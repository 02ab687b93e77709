"""The quarterly review: opened, gone through step by step by whoever is there, signed off by named people, or given up.

Two people may work at one review at once: what they write is merged by part, and only the same part is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maturity.access.permissions import Verb, require
from maturity.access.roles import Visitor
from maturity.operations.changes import change, identity, plan_scope, short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.local_days import local_day
from maturity.operations.review_facts import facts_at
from maturity.operations.saved_plans import plan
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.quarterly_review import (
    LONGEST_NAME,
    STEPS,
    OpenPoint,
    QuarterlyReview,
    ReviewBody,
    ReviewStep,
    Signature,
    next_date,
)
from maturity.storage import quarterly_reviews as stored
from maturity.storage.engine import Tx, new_id

MOST_LINES, MOST_SIGNERS = 100, 30
MISSING: Mapping[OpenPoint, str] = {
    "earlier_promises": "close each promise of the review before as kept, or as not kept with an explanation",
    "baseline": "approve a new version of the plan, or say why there is none this time",
    "promises": "promise at least one thing for the next 90 days",
    "attendance": "note who was there",
    "next_date": "choose the day of the next review",
}
Turn = Callable[[QuarterlyReview], QuarterlyReview]


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What is written down of a meeting: who was there, what was said, decided and what has to follow, a line each;
    the day on which it was held, and the day of the next."""

    attendance: tuple[str, ...]
    minutes: str
    decided: tuple[str, ...]
    arising: tuple[str, ...]
    held_on: date
    next_on: date | None


def reviews(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[QuarterlyReview, ...]:
    """Every review of the organisation with its promises and signatures, the earliest first."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    with workspace.store.reading() as tx:
        return stored.reviews_of(tx, mine.id)


def open_review(
    workspace: Workspace, visitor: Visitor, name: str = "", organisation: str | None = None
) -> QuarterlyReview:
    """Opens the next review of the plan in force; refused while another is open. Without a name it gets one."""
    mine = the_organisation(workspace, visitor, organisation, verb="edit_plan")
    called = " ".join(name.split())
    if len(called) > LONGEST_NAME:
        raise Refused(f"a review's name has at most {LONGEST_NAME} characters, not {len(called)}; shorten it")
    saved = plan(workspace, visitor, "latest", mine.name)

    def write(tx: Tx, now: datetime) -> QuarterlyReview:
        stored.alone(tx, mine.id)
        every = stored.reviews_of(tx, mine.id)
        for each in every:
            if each.state == "open":
                raise Refused(f"{each.name} is open already, since {each.held_on}; go on with it or give it up first")
        number, day = len(every) + 1, local_day(tx, mine.id, now)
        made = QuarterlyReview(
            id=str(new_id(now)), plan_id=saved.id, number=number, name=called or f"Quarterly review {number}",
            state="open", step=STEPS[0], held_on=day, next_on=next_date(day), body=ReviewBody(), version_id=None,
            opened_by=visitor.name, opened_at=now, row_version=1,
        )  # fmt: skip
        stored.add_review(tx, mine.id, made)
        return made

    return change(
        workspace, visitor, write, scope=plan_scope(mine.id), verb="open quarterly review", subject=called or "review",
        detail={"plan": saved.name},
    )  # fmt: skip


def note_step(
    workspace: Workspace, visitor: Visitor, seen: QuarterlyReview, step: ReviewStep, note: str
) -> QuarterlyReview:
    """Keeps what was said to a step, marks the step as done and goes on to the next; `seen` is the review as read."""
    if step not in STEPS:
        raise Refused(f"a review has no step {step!r}; choose one of {', '.join(STEPS)}")
    said = short_text(note, "what was said to this step")
    following = STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]

    def turn(found: QuarterlyReview) -> QuarterlyReview:
        done = tuple(each for each in STEPS if each in {*found.body.done, step})
        return replace(
            found, step=following, body=replace(found.body, notes={**found.body.notes, step: said}, done=done)
        )

    return _edit(
        workspace, visitor, seen, turn, lambda each: each.body.notes.get(step, ""), "note review step", {"step": step}
    )


def write_minutes(workspace: Workspace, visitor: Visitor, seen: QuarterlyReview, minutes: Minutes) -> QuarterlyReview:
    """Keeps attendance, minutes, decisions, actions arising and both days; `seen` is the review as it was read."""
    there = _lines(minutes.attendance, "who was there", LONGEST_NAME)
    decided, arising = (
        _lines(minutes.decided, "the decisions", 500),
        _lines(minutes.arising, "the actions arising", 500),
    )
    text = short_text(minutes.minutes, "the minutes")

    def turn(found: QuarterlyReview) -> QuarterlyReview:
        body = replace(found.body, attendance=there, minutes=text, decided=decided, arising=arising)
        return replace(found, body=body, held_on=minutes.held_on, next_on=minutes.next_on)

    def check(tx: Tx, organisation_id: UUID, found: QuarterlyReview) -> None:
        today = local_day(tx, organisation_id, workspace.clock())
        if minutes.held_on > today or (today - minutes.held_on).days > 366:
            raise Refused(f"a review is held on a day of the last year, not on {minutes.held_on}; choose another day")
        if minutes.next_on and minutes.next_on <= max(today, minutes.held_on):
            raise Refused(f"the next review cannot be on {minutes.next_on}, which is past; choose a day after {today}")
        for each in found.promises:
            if not minutes.held_on <= each.due_on <= replace(found, held_on=minutes.held_on).last_day:
                raise Refused(
                    f"“{each.text}” is due on {each.due_on}, which is not within 90 days after {minutes.held_on}; "
                    "mend the promise first"
                )

    def part(each: QuarterlyReview) -> object:
        said = each.body
        return (said.attendance, said.minutes, said.decided, said.arising, each.held_on, each.next_on)

    return _edit(workspace, visitor, seen, turn, part, "write review minutes", {"there": len(there)}, check)


def explain_baseline(workspace: Workspace, visitor: Visitor, seen: QuarterlyReview, reason: str) -> QuarterlyReview:
    """Keeps why the plan gets no new baseline at this review; an empty reason takes it back."""
    why = short_text(reason, "the reason")
    turn: Turn = lambda found: replace(found, body=replace(found.body, no_baseline=why))  # noqa: E731
    return _edit(
        workspace, visitor, seen, turn, lambda each: each.body.no_baseline, "explain baseline", {"reason": why}
    )


def give_up_review(workspace: Workspace, visitor: Visitor, seen: QuarterlyReview, reason: str) -> QuarterlyReview:
    """Ends an open review without a sign-off; it stays in the list with its reason."""
    why = short_text(reason, "why the review is given up", least=3)
    turn: Turn = lambda found: replace(found, state="given_up", body=replace(found.body, given_up=why))  # noqa: E731
    return _edit(workspace, visitor, seen, turn, lambda each: each.state, "give up quarterly review", {"reason": why})


def sign_off_review(
    workspace: Workspace, visitor: Visitor, seen: QuarterlyReview, signers: Sequence[tuple[str, str]]
) -> QuarterlyReview:
    """Signs a review off with the (name, role) of everybody who signs, over the whole of it as it was read. Nothing of
    it changes after that; its promises are closed at the next one."""
    organisation_id = _place(workspace, visitor, seen, "approve_plan")
    signed = _signers(signers)

    def write(tx: Tx, now: datetime) -> QuarterlyReview:
        found = _still_open(tx, organisation_id, seen)
        if (found.row_version, found.promises) != (seen.row_version, seen.promises):
            raise Changed(f"{found.name} was changed since you looked at it; read it again, then sign")
        facts = facts_at(tx, organisation_id, found, now)
        if facts.open_points:
            raise Refused(f"{found.name} cannot be signed off yet: {'; '.join(MISSING[c] for c in facts.open_points)}")
        body = replace(found.body, done=STEPS, settled=facts.settled())
        version = facts.plan.approved.id if facts.plan.approved else None
        closed = replace(found, state="signed_off", step="sign_off", body=body, version_id=version)
        raised = stored.change_review(tx, closed, found.row_version)
        assert raised is not None, "nobody else writes while this transaction is alone"
        sha256 = stored.signed_hash(closed)
        for name, role in signed:
            one = Signature(name=name, role=role, sha256=sha256, signed_by=visitor.name, signed_at=now)
            stored.add_signature(tx, UUID(found.id), one)
        return _found(tx, organisation_id, found.id)

    return change(
        workspace, visitor, write, scope=plan_scope(organisation_id), verb="sign off quarterly review",
        subject=seen.name, detail={"review": seen.number, "signatures": len(signed)},
    )  # fmt: skip


def _signers(signers: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    given = [(" ".join(name.split()), " ".join(role.split())) for name, role in signers]
    kept = [each for each in given if any(each)]
    if not kept:
        raise Refused("nobody has signed; enter the name and the role of at least one person")
    for name, role in kept:
        if not (name and role):
            raise Refused(f"{name or role!r} stands alone; a signature is a name with a role, so enter both")
        if max(len(name), len(role)) > LONGEST_NAME:
            raise Refused(f"names and roles under a review have at most {LONGEST_NAME} characters; shorten them")
    twice = {name for name, _ in kept if sum(each[0].casefold() == name.casefold() for each in kept) > 1}
    if twice:
        raise Refused(f"{sorted(twice)[0]} has signed twice; one signature is enough, remove the other")
    if len(kept) > MOST_SIGNERS:
        raise Refused(f"at most {MOST_SIGNERS} people sign a review, not {len(kept)}; remove some")
    return kept


def _edit(
    workspace: Workspace,
    visitor: Visitor,
    seen: QuarterlyReview,
    turn: Turn,
    part: Callable[[QuarterlyReview], object],
    verb: str,
    detail: Mapping[str, Any],
    check: Callable[[Tx, UUID, QuarterlyReview], None] | None = None,
) -> QuarterlyReview:
    """Turns the stored review; where its `part` is no longer as it was seen, only if that is what is wanted anyway."""
    organisation_id = _place(workspace, visitor, seen, "edit_plan")

    def write(tx: Tx, now: datetime) -> QuarterlyReview:
        found = _still_open(tx, organisation_id, seen)
        turned = turn(found)
        if part(found) not in (part(seen), part(turned)):
            raise Changed(
                f"somebody else has changed this part of {found.name} meanwhile; what you typed is still here: look at "
                "what is stored, then save again"
            )
        if check:
            check(tx, organisation_id, found)
        if stored.change_review(tx, turned, found.row_version) is None:
            raise Changed(f"{found.name} was changed at this very moment; save again")
        return _found(tx, organisation_id, found.id)

    return change(
        workspace, visitor, write, scope=plan_scope(organisation_id), verb=verb, subject=seen.name,
        detail={"review": seen.number, **detail},
    )  # fmt: skip


def _place(workspace: Workspace, visitor: Visitor, seen: QuarterlyReview, verb: Verb) -> UUID:
    require(visitor, verb, organisation=None)
    with workspace.store.reading() as tx:
        organisation_id = stored.organisation_of_review(tx, identity(seen.id, "a review"))
    if organisation_id is None:
        raise Refused("this review is in no plan of this store; go back to the reviews and choose again")
    require(visitor, verb, organisation=organisation_id)
    return organisation_id


def _still_open(tx: Tx, organisation_id: UUID, seen: QuarterlyReview) -> QuarterlyReview:
    stored.alone(tx, organisation_id)
    found = _found(tx, organisation_id, seen.id)
    if found.state == "signed_off":
        who = ", ".join(each.name for each in found.signatures)
        raise Changed(f"{found.name} is signed off, by {who}; nothing of it changes any more")
    if found.state == "given_up":
        raise Changed(f"{found.name} was given up: {found.body.given_up}; open a new one")
    return found


def _found(tx: Tx, organisation_id: UUID, review_id: str) -> QuarterlyReview:
    return next(each for each in stored.reviews_of(tx, organisation_id) if each.id == review_id)


def _lines(lines: Sequence[str], what: str, longest: int) -> tuple[str, ...]:
    kept = tuple(" ".join(each.split()) for each in lines if each.strip())
    if len(kept) > MOST_LINES:
        raise Refused(f"{what}: at most {MOST_LINES} lines are kept, not {len(kept)}; shorten the list")
    for each in kept:
        if len(each) > longest:
            raise Refused(f"{what}: a line has {len(each)} characters, at most {longest} are kept; shorten it")
    return kept
