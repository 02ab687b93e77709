"""Where a department's respondents differ, as its head and whoever runs the round may see it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.assessment.differences import Difference, differences, worth_talking_about
from maturity.assessment.terms import RoundTerms
from maturity.operations.early_sight import OVER
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round
from maturity.operations.workspace import Workspace
from maturity.storage.tallies import tallies
from maturity.words.messages import FEWEST_NAMED, FEWEST_SHOWN

__all__ = ["Difference", "Differences", "differences_of", "fewest_shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """`found` has the most differing questions first, `first` the at most two to talk about; `hidden` are the
    questions that fewer than `fewest` people answered by a level, in the framework's order."""

    found: tuple[Difference, ...]
    first: tuple[Difference, ...]
    hidden: tuple[str, ...]
    fewest: int


def fewest_shown(terms: RoundTerms) -> int:
    """From how many answers on their spread is shown. Where a round is held by name, its respondents were told that
    the head of their department sees who answered what; else no spread shows one of fewer than five."""
    return FEWEST_NAMED if terms.anonymity == "named" else FEWEST_SHOWN


def differences_of(workspace: Workspace, visitor: Visitor, round_: Round, department: str) -> Differences:
    """How the submitted answers of a department spread, once the round is closed: while it is open, looking twice
    would tell what the last one answered who sent."""
    require(visitor, "read_differences", department, organisation=round_.organisation_id)
    if department not in round_.names:
        raise Refused(f"the department {department!r} does not take part in the round {round_.name!r}")
    if round_.status not in OVER:
        raise Refused(f"the round {round_.name} is {round_.status}; where people differ is shown once it is closed")
    with workspace.store.reading() as tx:
        counted = [each for each in tallies(tx, round_.id) if each.department == department and each.level]
    given: dict[str, Counter[int]] = {}
    for each in counted:
        given.setdefault(each.question, Counter())[each.level or 0] += each.count
    asked = [q.id for _, _, q in round_.framework.walk() if q.by_level and q.id in given]
    fewest, levels = fewest_shown(round_.terms), range(1, round_.framework.top_level + 1)
    counts = {question: [given[question][level] for level in levels] for question in asked}
    found = differences(counts, fewest)
    return Differences(
        found=found,
        first=worth_talking_about(found, lambda question: round_.framework.topic_of[question].id),
        hidden=tuple(question for question in asked if sum(counts[question]) < fewest),
        fewest=fewest,
    )
