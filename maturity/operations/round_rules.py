"""What no round can be, and what its status is called: asked before a round is made or changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from maturity.assessment.departments import Department, DepartmentsRefused, Weights, weighted
from maturity.assessment.terms import RoundTerms, TermsRefused, check_terms
from maturity.framework.model import Framework
from maturity.operations.errors import Refused
from maturity.storage import rows


def check_round(
    name: str,
    departments: Sequence[Department],
    weights: Weights,
    chosen_weights: Mapping[str, float],
    opens_on: date | None,
    closes_on: date | None,
) -> None:
    """Refuses what no round can be: no department, no name, a last day before the first, weights that cannot be."""
    if not departments:
        raise Refused("a round needs at least one department; add departments first")
    if not 1 <= len(name) <= 120 or name == "latest":
        raise Refused("a round's name has 1 to 120 characters and is not `latest`; choose another")
    if opens_on and closes_on and closes_on < opens_on:
        raise Refused(f"the round would close on {closes_on}, before it opens on {opens_on}; choose a later day")
    if any(weight < 0 for weight in chosen_weights.values()):
        raise Refused("a department's weight is 0 or more; mend the weight below 0")
    if weights == "staff":
        try:
            weighted(departments, weights)
        except DepartmentsRefused as error:
            raise Refused(str(error)) from None


def possible_terms(terms: RoundTerms, framework: Framework, track: rows.Track) -> RoundTerms:
    """The terms as they are kept, or a refusal. `framework` is the whole version that the round is pinned to."""
    try:
        checked = check_terms(terms, list(framework.topics))
    except TermsRefused as error:
        raise Refused(str(error)) from None
    asked = [topic for topic in framework.topics.values() if not checked.topics or topic.id in checked.topics]
    if track == "short" and not any(question.short_track for topic in asked for question in topic.questions):
        raise Refused("none of these topics has a question of the short track; choose the full track or more topics")
    return checked


def said(status: rows.RoundStatus) -> str:
    """A status in words."""
    return status.replace("_", " ")
