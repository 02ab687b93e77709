"""The action catalogue as an organisation has it: with its own actions, its own estimates and the routes it takes."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from maturity.operations.changes import plan_scope
from maturity.operations.frameworks import catalogue_for
from maturity.operations.kept import Kept
from maturity.operations.rounds import Round
from maturity.operations.workspace import Workspace
from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.load_catalogue import fitted_action
from maturity.planning.own_catalogue import Own, merged
from maturity.storage import catalogues as stored

Place = tuple[str, UUID, str, frozenset[str]]
_kept = Kept[Place, tuple[int, Own, ActionCatalogue]](32)


def own_of(workspace: Workspace, round_: Round) -> Own:
    """What the round's organisation has of its own, retired actions too; of actions only the topics of the round."""
    catalogue = catalogue_for(round_.framework)
    return _as_it_is(workspace, round_, catalogue)[0] if catalogue else Own()


def catalogue_of(workspace: Workspace, round_: Round) -> ActionCatalogue | None:
    """The catalogue that plans of a round are made from, or None: then nothing can be proposed for its gaps.

    The shipped one, the very same object, as long as the organisation has nothing of its own."""
    catalogue = catalogue_for(round_.framework)
    return _as_it_is(workspace, round_, catalogue)[1] if catalogue else None


def names_of(workspace: Workspace, round_: Round) -> dict[str, str]:
    """Names of departments, topics, catalogue actions and roles by id: what sentences are filled from. Retired
    actions keep theirs, because earlier plans name them."""
    catalogue, own = catalogue_of(workspace, round_), own_of(workspace, round_)
    names = {topic.id: topic.name for topic in round_.framework.topics.values()} | round_.names
    if catalogue:
        names |= {each.action.id: each.action.title for each in own.actions}
        names |= {each.id: each.title for each in catalogue.actions} | {r.id: r.name for r in catalogue.roles}
    return names


def _as_it_is(workspace: Workspace, round_: Round, catalogue: ActionCatalogue) -> tuple[Own, ActionCatalogue]:
    """Read once per revision of the organisation's plans, and merged anew only where something own has changed."""
    topics = frozenset(round_.framework.topics)
    place = (workspace.url, round_.organisation_id, round_.framework.id, topics)
    revision, known = workspace.revision(plan_scope(round_.organisation_id)), _kept.get(place)
    if known and known[0] == revision:
        return known[1], known[2]
    with workspace.store.reading() as tx:
        found = stored.own_of(tx, round_.organisation_id, round_.framework.id)
    own = replace(
        found, actions=tuple(replace(each, action=fitted_action(each.action, topics)) for each in found.actions)
    )
    whole = known[2] if known and known[1] == own else merged(catalogue, own)
    _kept.put(place, (revision, own, whole))
    return own, whole
