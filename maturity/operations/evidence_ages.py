"""What stands beside the scores and changes none: coverage of fresh evidence, and optimism by department."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from maturity.access.permissions import may, require
from maturity.access.roles import Visitor
from maturity.assessment.evidence import NewestEvidence, fresh_coverage
from maturity.assessment.optimism import Optimism, optimism
from maturity.assessment.scores import Place
from maturity.operations.kept import Kept
from maturity.operations.rounds import Round
from maturity.operations.scores import planning_scores, scores_of
from maturity.operations.workspace import Workspace
from maturity.storage.decided import decided_values
from maturity.storage.review import newest_evidence
from maturity.storage.revision import revision_of
from maturity.storage.tallies import tallies

__all__ = ["Optimism", "fresh_shares", "newest_of", "optimism_in_results", "optimism_in_review"]

_kept = Kept[tuple[str, UUID], tuple[int, list[NewestEvidence]]](32)


def fresh_shares(workspace: Workspace, visitor: Visitor, round_: Round) -> Mapping[Place, float | None]:
    """The share 0..1 of what applies that was answered with evidence that is fresh today, for every place whose score
    the visitor may see; None where nothing applies."""
    require(visitor, "read_department_results", organisation=round_.organisation_id)
    seen = scores_of(workspace, visitor, round_.name, round_.organisation).scores
    newest = newest_of(workspace, round_)
    today, months = workspace.clock().date(), round_.terms.evidence_months
    shares = fresh_coverage(round_.framework, planning_scores(workspace, round_), newest, months, today)
    return {place: shares[place] for place in seen}


def newest_of(workspace: Workspace, round_: Round) -> list[NewestEvidence]:
    """The days of the newest evidence by department and question, read again only when the round has changed; what is
    fresh of them is worked out for the day on which it is asked."""
    key = (workspace.url, round_.id)
    with workspace.store.reading() as tx:
        revision = revision_of(tx, round_.scope)
        known = _kept.get(key)
        if known and known[0] == revision:
            return known[1]
        newest = newest_evidence(tx, round_.id)
    return _kept.put(key, (revision, newest))[1]


def optimism_in_review(workspace: Workspace, visitor: Visitor, round_: Round) -> tuple[Optimism, ...]:
    """The departments' own scores beside reviewed and consensus values, of those that the visitor may review."""
    require(visitor, "review", organisation=round_.organisation_id)
    found = _optimism(workspace, round_)
    return tuple(each for each in found if may(visitor, "review", each.department, round_.organisation_id))


def optimism_in_results(workspace: Workspace, visitor: Visitor, round_: Round) -> tuple[Optimism, ...]:
    """The same for the departments whose results the visitor may see."""
    require(visitor, "read_results", organisation=round_.organisation_id)
    seen = scores_of(workspace, visitor, round_.name, round_.organisation).scores
    return tuple(
        each
        for each in _optimism(workspace, round_)
        if Place(each.department) in seen and may(visitor, "read_results", each.department, round_.organisation_id)
    )


def _optimism(workspace: Workspace, round_: Round) -> tuple[Optimism, ...]:
    scores = planning_scores(workspace, round_)
    with workspace.store.reading() as tx:
        counted, decided = tallies(tx, round_.id), decided_values(tx, round_.id)
    return optimism(round_.framework, scores, counted, decided)
