"""The action library as a page shows it: every action, what is own about it, and what done actions have taught."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from maturity.access.roles import Visitor
from maturity.operations.catalogues import catalogue_of, own_of
from maturity.operations.frameworks import catalogue_for
from maturity.operations.rounds import Round
from maturity.operations.standing import Asked, the_round
from maturity.operations.workspace import Workspace
from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.learning import Learned, Took, learned
from maturity.planning.own_catalogue import Own, merged
from maturity.storage import catalogues as stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """`catalogue` is what plans are made from, `written` the same actions with the numbers that the catalogue or their
    author gave them; `learned` says by action id what done actions took, against the estimates of `written` by the
    route that is taken."""

    round: Round
    catalogue: ActionCatalogue
    written: ActionCatalogue
    own: Own
    learned: Mapping[str, Learned]


def library(workspace: Workspace, visitor: Visitor, round_name: Asked = "latest") -> Library | None:
    """The library of the organisation of a round; None where no catalogue fits the round's framework."""
    round_ = the_round(workspace, visitor, round_name, verb="read_roadmap")
    shipped, whole = catalogue_for(round_.framework), catalogue_of(workspace, round_)
    if shipped is None or whole is None:
        return None
    own = own_of(workspace, round_)
    with workspace.store.reading() as tx:
        done = stored.done_actions(tx, round_.organisation_id)
    took = [
        Took(code=each["catalogue_id"], days=_days(each), person_days=each["days_used"])
        for each in done
        if _by_this_route(own, each)
    ]
    return Library(
        round=round_,
        catalogue=whole,
        written=merged(shipped, Own(actions=own.actions)),
        own=own,
        learned=learned(merged(shipped, replace(own, estimates=())), took),
    )


def _days(done: Mapping[str, Any]) -> int:
    return int((done["done_on"] - done["begun_on"]).days) + 1


def _by_this_route(own: Own, done: Mapping[str, Any]) -> bool:
    """What began before a route was chosen may have gone another way, and says nothing about this one."""
    chosen, began = own.choice(str(done["catalogue_id"])), done["begun_on"]
    return chosen is None or (isinstance(began, date) and began >= chosen.set_at.date())
