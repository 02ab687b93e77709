"""Whose answers these are: asked of the store, before anything of a respondent is read or changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from maturity.access.permissions import NotPermitted, require
from maturity.access.roles import Visitor
from maturity.access.veil import SOMEBODY, veiled
from maturity.assessment.terms import Anonymity
from maturity.operations.errors import Changed, Refused
from maturity.operations.rounds import Round
from maturity.operations.workspace import Workspace
from maturity.storage.engine import Conflict, NotStored, Tx
from maturity.storage.respondents import holder_of
from maturity.storage.rows import Holder
from maturity.storage.terms import round_secret, terms_of

T = TypeVar("T")
OVER = "this round was answered anonymously and is over, so nobody can open its answers any more"


def known_as(visitor: Visitor, anonymity: Anonymity, secret: str | None) -> str | None:
    """What a respondent row calls this visitor; None in an anonymous round that has no secret (any more)."""
    if anonymity != "anonymous":
        return visitor.person
    return veiled(secret, visitor.person) if secret else None


def actor_in(visitor: Visitor, held: Holder) -> str:
    """Who stands in logs for what a respondent does: the person, or the word for all in an anonymous round."""
    return SOMEBODY if held.anonymous else visitor.person


def owned(tx: Tx, visitor: Visitor, held: Holder) -> Holder | None:
    """The respondent, with whether it is an anonymous one, if it is the visitor's; None if it is somebody else's.

    Only a round that has a secret is asked for it: where the person stands as such, it is no anonymous round."""
    if held.person == visitor.person:
        return held
    secret = round_secret(tx, held.round_id)
    return replace(held, anonymous=True) if secret and veiled(secret, visitor.person) == held.person else None


def require_own(tx: Tx, visitor: Visitor, respondent: UUID, round_: Round | None = None) -> Holder:
    """The respondent as the store has it, or a refusal: of another's, and of one that is not of `round_`."""
    try:
        held = holder_of(tx, respondent)
    except NotStored as error:
        raise Refused(str(error)) from None
    return require_held(tx, visitor, held, round_)


def require_held(tx: Tx, visitor: Visitor, held: Holder, round_: Round | None = None) -> Holder:
    """The same for what has been read of the store already."""
    require(visitor, "answer", held.department, organisation=held.organisation_id)
    if round_ is not None and held.round_id != round_.id:
        raise Refused(f"these answers are not of the round {round_.name!r}; open its questionnaire again")
    own = owned(tx, visitor, held)
    if own is not None:
        return own
    if terms_of(tx, held.round_id).anonymity == "anonymous" and round_secret(tx, held.round_id) is None:
        raise Refused(OVER)
    raise NotPermitted("these answers belong to somebody else; open your own questionnaire")


def require_answering(round_: Round, held: Holder) -> None:
    """Refused where the round takes no answers, or the respondent has sent them."""
    if held.round_status != "open":
        raise Refused(f"the round {round_.name!r} is {held.round_status.replace('_', ' ')}, so nobody can answer in it")
    if held.status == "submitted":
        raise Refused("these answers are sent already; take them back to change them")


def written(workspace: Workspace, write: Callable[[Tx], T]) -> T:
    """Runs a change of a respondent's; what the store refuses becomes a sentence for the respondent."""
    try:
        return workspace.store.write(write)
    except Conflict as error:
        raise Changed(str(error)) from None
    except NotStored as error:
        raise Refused(str(error)) from None
