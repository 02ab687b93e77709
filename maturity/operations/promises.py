"""What is promised for the next 90 days: at most seven things, each kept or explained at the next review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.changes import change, identity, plan_scope, short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.local_days import local_day
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.quarterly_review import (
    MOST_PROMISES,
    Promise,
    PromiseRefused,
    PromiseState,
    QuarterlyReview,
    check_promise,
)
from maturity.storage import quarterly_reviews as stored
from maturity.storage.engine import Tx, new_id

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What is promised now: the review that was signed off last, with promises and signatures, and today's day."""

    review: QuarterlyReview
    today: date

    @property
    def kept(self) -> int:
        """How many promises were kept."""
        return sum(each.state == "kept" for each in self.review.promises)

    @property
    def overdue(self) -> int:
        """How many promises are past their day and not closed."""
        return sum(each.state == "open" and each.due_on < self.today for each in self.review.promises)


def promises_now(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> Commitment | None:
    """What was promised at the review that was signed off last; None before the first sign-off."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    with workspace.store.reading() as tx:
        signed = [each for each in stored.reviews_of(tx, mine.id) if each.state == "signed_off"]
        today = local_day(tx, mine.id, workspace.clock())
    return Commitment(review=signed[-1], today=today) if signed else None


def add_promise(
    workspace: Workspace, visitor: Visitor, review_id: str, text: str, owner: str, due_on: date | None,
    code: str | None = None,
) -> Promise:  # fmt: skip
    """Adds a promise to an open review. The very same promise once more is the one that is there."""
    wanted = identity(review_id, "a review")
    fresh = _fresh(text, owner, due_on, code)

    def write(tx: Tx, now: datetime, review: QuarterlyReview) -> Promise:
        for each in review.promises:
            if (each.text, each.owner, each.due_on, each.code) == (fresh.text, fresh.owner, fresh.due_on, fresh.code):
                return each
        if len(review.promises) >= MOST_PROMISES:
            raise Refused(
                f"{review.name} has {MOST_PROMISES} promises already; take one out first, seven are all that people "
                "can keep in mind"
            )
        taken = {each.place for each in review.promises}
        place = next(number for number in range(1, MOST_PROMISES + 1) if number not in taken)
        made = _checked(replace(fresh, id=str(new_id(now)), place=place), review.held_on)
        stored.add_promise(tx, wanted, made, visitor.name, now)
        return made

    return _change(workspace, visitor, wanted, None, write, "add promise", fresh.text)


def edit_promise(workspace: Workspace, visitor: Visitor, promise: Promise, expected_version: int) -> Promise:
    """Writes a promise of an open review over the version that was read."""
    fresh = _fresh(promise.text, promise.owner, promise.due_on, promise.code)
    kept = replace(promise, text=fresh.text, owner=fresh.owner)

    def write(tx: Tx, now: datetime, review: QuarterlyReview) -> Promise:
        checked = _checked(replace(kept, state="open", explanation=""), review.held_on)
        return _written(stored.change_promise(tx, checked, expected_version), checked)

    return _change(workspace, visitor, None, promise, write, "edit promise", kept.text)


def remove_promise(workspace: Workspace, visitor: Visitor, promise: Promise) -> None:
    """Takes a promise out of an open review, as it was read."""

    def write(tx: Tx, now: datetime, review: QuarterlyReview) -> None:
        if not stored.remove_promise(tx, UUID(promise.id), promise.row_version):
            raise Changed(f"“{promise.text}” was changed meanwhile; look at it, then take it out again")

    _change(workspace, visitor, None, promise, write, "remove promise", promise.text)


def close_promise(
    workspace: Workspace, visitor: Visitor, promise: Promise, state: PromiseState, explanation: str = ""
) -> Promise:
    """Closes a promise of the review before the open one: kept, or not kept with an explanation; "open" takes that
    back. Refused once the open review is signed off, because how promises ended is part of what is signed."""
    said = short_text(explanation, "the explanation")
    if state == "not_kept" and len(said) < 3:
        raise Refused(f"say why “{promise.text}” was not kept; a promise that is not kept needs an explanation")
    closed = replace(promise, state=state, explanation=said)

    def write(tx: Tx, now: datetime, review: QuarterlyReview) -> Promise:
        by = None if state == "open" else visitor.name
        raised = stored.change_promise(tx, closed, promise.row_version, by, now if by else None)
        return _written(raised, replace(closed, closed_at=now if by else None))

    return _change(workspace, visitor, None, promise, write, "close promise", promise.text, closing=True)


def _fresh(text: str, owner: str, due_on: date | None, code: str | None) -> Promise:
    if due_on is None:
        raise Refused("a promise needs a day by which it is kept; choose one within the next 90 days")
    said, who = " ".join(text.split()), " ".join(owner.split())
    return Promise(id="", place=0, text=said, owner=who, due_on=due_on, code=code or None)


def _checked(promise: Promise, held_on: date) -> Promise:
    try:
        return check_promise(promise, held_on)
    except PromiseRefused as error:
        raise Refused(str(error)) from None


def _written(raised: int | None, promise: Promise) -> Promise:
    if raised is None:
        raise Changed(f"“{promise.text}” was changed meanwhile; look at what is stored, then save again")
    return replace(promise, row_version=raised)


def _change(
    workspace: Workspace, visitor: Visitor, review_id: UUID | None, promise: Promise | None,
    write: Callable[[Tx, datetime, QuarterlyReview], T], verb: str, subject: str, *, closing: bool = False,
) -> T:  # fmt: skip
    require(visitor, "edit_plan", organisation=None)
    with workspace.store.reading() as tx:
        if promise is not None:
            place = stored.place_of_promise(tx, identity(promise.id, "a promise"))
            if place is None:
                raise Refused(f"the promise “{promise.text}” is in no plan of this store any more; load the page again")
            organisation_id, review_id = place
        else:
            assert review_id is not None, "a promise or a review is named"
            found = stored.organisation_of_review(tx, review_id)
            if found is None:
                raise Refused("this review is in no plan of this store; go back to the reviews and choose again")
            organisation_id = found
    require(visitor, "edit_plan", organisation=organisation_id)

    def run(tx: Tx, now: datetime) -> T:
        stored.alone(tx, organisation_id)
        every = stored.reviews_of(tx, organisation_id)
        review = next(each for each in every if each.id == str(review_id))
        (_may_close if closing else _may_change)(review, every)
        return write(tx, now, review)

    return change(
        workspace, visitor, run, scope=plan_scope(organisation_id), verb=verb, subject=subject[:120],
    )  # fmt: skip


def _may_change(review: QuarterlyReview, every: tuple[QuarterlyReview, ...]) -> None:
    if review.state != "open":
        what = "is signed off" if review.state == "signed_off" else "was given up"
        raise Changed(f"{review.name} {what}; its promises do not change any more")


def _may_close(review: QuarterlyReview, every: tuple[QuarterlyReview, ...]) -> None:
    signed = [each for each in every if each.state == "signed_off"]
    if review.state != "signed_off" or signed[-1].id != review.id:
        raise Refused(f"the promises of {review.name} are not the ones to close now; load the page again")
    if not any(each.state == "open" for each in every):
        raise Refused(f"the promises of {review.name} are closed at the next review; open it first")
