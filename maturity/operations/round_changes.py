"""Changing a round that is there: everything while it is a draft, what can change safely while it is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.assessment.departments import Weights
from maturity.assessment.terms import RoundTerms
from maturity.framework.model import Framework
from maturity.operations.changes import change
from maturity.operations.errors import Changed, Refused
from maturity.operations.frameworks import framework_by_id
from maturity.operations.round_rules import check_round, possible_terms, said
from maturity.operations.rounds import Round, find_round, keep_scope
from maturity.operations.setup import Organisation, the_organisation
from maturity.operations.workspace import Workspace
from maturity.storage import rounds as stored
from maturity.storage import rows
from maturity.storage import terms as stored_terms
from maturity.storage.engine import Conflict, RuleBroken, Tx

__all__ = ["RoundSettings", "change_round", "settings_of", "whole_framework"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSettings:
    """All that can be chosen for a round beside its framework. `departments` are codes; `chosen_weights` by code count
    where `weights` is "chosen", a department without one weighs 1."""

    name: str
    departments: tuple[str, ...]
    weights: Weights = "equal"
    chosen_weights: Mapping[str, float] = field(default_factory=dict)
    track: rows.Track = "full"
    opens_on: date | None = None
    closes_on: date | None = None
    terms: RoundTerms = field(default_factory=RoundTerms)


def settings_of(round_: Round) -> RoundSettings:
    """A round's settings as they are, to change some of them."""
    chosen = {each.code: each.weight for each in round_.departments} if round_.weights == "chosen" else {}
    return RoundSettings(
        name=round_.name,
        departments=tuple(each.code for each in round_.departments),
        weights=round_.weights,
        chosen_weights=chosen,
        track=round_.track,
        opens_on=round_.opens_on,
        closes_on=round_.closes_on,
        terms=round_.terms,
    )


def whole_framework(workspace: Workspace, visitor: Visitor, round_: Round) -> Framework:
    """The version that a round is pinned to with all its topics, to choose from."""
    require(visitor, "manage_rounds", organisation=round_.organisation_id)
    with workspace.store.reading() as tx:
        return framework_by_id(tx, stored.round_of(tx, round_.id).framework_version_id)


def change_round(workspace: Workspace, visitor: Visitor, round_: Round, settings: RoundSettings) -> Round:
    """The round with other settings, as `round_` was seen. Once it is open only its days change, how many respondents
    are wanted, the front line, the days ahead of others and the age of evidence; closed, nothing does."""
    require(visitor, "manage_rounds", organisation=round_.organisation_id)
    if round_.status not in ("draft", "open"):
        raise Refused(f"the round {round_.name!r} is {said(round_.status)}; reopen it, with a reason, to change it")
    if round_.status == "open":
        _refuse_what_is_settled(round_, settings)
    mine = the_organisation(workspace, visitor, round_.organisation, verb="manage_rounds")
    name = settings.name.strip()
    _check(mine, round_, settings, name)

    def write(tx: Tx, now: object) -> None:
        row = stored.round_of(tx, round_.id)
        whole = framework_by_id(tx, row.framework_version_id)
        held_on = possible_terms(settings.terms, whole, settings.track)
        there = stored.round_by_name(tx, round_.organisation_id, name)
        if there is not None and there.id != round_.id:
            raise Refused(f"a round called {name!r} exists already; choose another name")
        _update(tx, replace(row, name=name, row_version=round_.row_version), settings)
        stored_terms.save_terms(tx, round_.id, held_on)
        if round_.status == "draft":
            keep_scope(tx, mine.id, round_.id, settings.departments, settings.chosen_weights)

    detail = _changes(settings_of(round_), settings)
    change(workspace, visitor, write, scope=round_.scope, verb="change round", subject=name, detail=detail)
    return find_round(workspace, visitor, name, round_.organisation)


def _update(tx: Tx, row: rows.Round, settings: RoundSettings) -> None:
    edited = replace(
        row, track=settings.track, weights=settings.weights, opens_on=settings.opens_on, closes_on=settings.closes_on
    )
    try:
        stored.update_round(tx, edited)
    except Conflict as error:
        raise Changed(str(error)) from None
    except RuleBroken as error:
        raise Refused(str(error)) from None


def _check(mine: Organisation, round_: Round, settings: RoundSettings, name: str) -> None:
    if round_.status == "open":  # its departments may have been archived since
        check_round(name, round_.departments, "equal", {}, settings.opens_on, settings.closes_on)
        return
    chosen = [mine.department(code) for code in settings.departments]
    check_round(name, chosen, settings.weights, settings.chosen_weights, settings.opens_on, settings.closes_on)


def _refuse_what_is_settled(round_: Round, settings: RoundSettings) -> None:
    before = settings_of(round_)
    terms = replace(
        settings.terms,
        least_respondents=before.terms.least_respondents,
        front_line=before.terms.front_line,
        lead_days=before.terms.lead_days,
        evidence_months=before.terms.evidence_months,
    )
    same = replace(settings, opens_on=before.opens_on, closes_on=before.closes_on, terms=terms)
    changed = _changes(before, same)
    if changed:
        raise Refused(
            f"the round {round_.name!r} is open and people answer in it, so its {', '.join(changed)} cannot change; "
            "its days and how many people are wanted still can"
        )


def _changes(before: RoundSettings, after: RoundSettings) -> dict[str, Any]:
    """What is different, by its name in words, with the new value: for the trail."""
    pairs: dict[str, tuple[Any, Any]] = {
        "name": (before.name, after.name.strip()),
        "departments": (list(before.departments), list(after.departments)),
        "weights": ((before.weights, dict(before.chosen_weights)), (after.weights, dict(after.chosen_weights))),
        "track": (before.track, after.track),
        "first day": (before.opens_on, after.opens_on),
        "last day": (before.closes_on, after.closes_on),
        "anonymity": (before.terms.anonymity, after.terms.anonymity),
        "topics": (sorted(before.terms.topics), sorted(after.terms.topics)),
        "least respondents": (before.terms.least_respondents, after.terms.least_respondents),
        "front line": (before.terms.front_line, after.terms.front_line),
        "days ahead of others": (before.terms.lead_days, after.terms.lead_days),
        "months of evidence": (before.terms.evidence_months, after.terms.evidence_months),
    }
    return {name: new for name, (old, new) in pairs.items() if old != new}
