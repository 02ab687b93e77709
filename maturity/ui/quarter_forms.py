"""Forms of the quarterly review: filled once from what is stored, and nothing typed is lost where somebody else was
faster. What a form was filled from is kept beside it, and goes along when it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import streamlit as st

from maturity.operations.errors import Changed
from maturity.operations.quarterly_reviews import reviews
from maturity.operations.review_facts import ReviewFacts
from maturity.roadmap.quarterly_review import Promise, QuarterlyReview
from maturity.ui.clock import local
from maturity.ui.context import PageContext, keeping_refusals
from maturity.ui.roadmap_shown import ShownPlan
from maturity.words.messages import saved_at

T = TypeVar("T")
SAID = "quarter:said"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReview:
    """A review as a visitor looks at it: `may_edit` and `may_sign` say which forms they see."""

    plan: ShownPlan
    review: QuarterlyReview
    facts: ReviewFacts
    may_edit: bool
    may_sign: bool

    @property
    def here(self) -> PageContext:
        """The visit."""
        return self.plan.here


def organisation_of(here: PageContext) -> str | None:
    """The name of the visit's organisation."""
    return here.organisation.name if here.organisation else None


def fill(name: str, seen: object, values: Mapping[str, Any]) -> None:
    """Gives the inputs of a form what is stored, once, and keeps what that was read from."""
    state = st.session_state
    if f"{name}:seen" in state and all(f"{name}:{each}" in state for each in values):
        return
    state[f"{name}:seen"] = seen
    for each, value in values.items():
        state[f"{name}:{each}"] = value


def typed(name: str, what: str) -> Any:
    """What stands in an input of a form."""
    return st.session_state.get(f"{name}:{what}")


def save(
    here: PageContext, name: str, write: Callable[[Any], object], said: str, again: Callable[[], object] | None = None
) -> bool:
    """In a callback: writes with what the form was filled from, then lets it be filled anew; whether that went well.
    Where somebody else was faster, `again` gives what is stored now, and the next save is over that."""
    seen = st.session_state.get(f"{name}:seen")
    if seen is None:  # a second click: the first has saved already
        return False
    with keeping_refusals():
        try:
            write(seen)
        except Changed:
            if again and (now := again()) is not None:
                st.session_state[f"{name}:seen"], st.session_state[f"{name}:clash"] = now, True
            raise
        forget(name)
        st.session_state[SAID] = f"{saved_at(local(here.workspace.clock()))}. {said}"
        return True
    return False


def forget(name: str) -> None:
    """Lets a form be filled anew from what is stored."""
    for key in [key for key in st.session_state if str(key).startswith(f"{name}:")]:
        del st.session_state[key]


def stored_review(here: PageContext, review_id: str) -> QuarterlyReview | None:
    """A review as it is stored at this moment."""
    every = reviews(here.workspace, here.visitor, organisation_of(here))
    return next((each for each in every if each.id == review_id), None)


def stored_promise(here: PageContext, name: str) -> Promise | None:
    """The promise that a form was filled from, as it is stored at this moment."""
    seen: Promise = st.session_state[f"{name}:seen"]
    every = reviews(here.workspace, here.visitor, organisation_of(here))
    return next((each for review in every for each in review.promises if each.id == seen.id), None)


def lines_of(text: str | None) -> tuple[str, ...]:
    """What stands in a text, a line each, without empty ones."""
    return tuple(each.strip() for each in (text or "").splitlines() if each.strip())
