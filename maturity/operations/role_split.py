"""A result split by the role that respondents state, so that nobody of fewer than five can be told from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from maturity.access.permissions import NotPermitted, may, require
from maturity.access.roles import Visitor
from maturity.assessment.agreement import FEWEST_SHOWN
from maturity.assessment.answers import Tally
from maturity.assessment.departments import Department, members
from maturity.assessment.role_split import FAMILIES, NOT_SAID, shown_places
from maturity.assessment.scores import RoundScores, score_round
from maturity.operations.early_sight import OVER, WHOLE, require_shown
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round
from maturity.operations.workspace import Workspace
from maturity.storage.roles import FamilyCount, family_counts, family_tallies

__all__ = ["FAMILIES", "RoleSplit", "role_split"]

POOL = "all"
"""The one department that all answers of the organisation are scored as: medians over everybody, not over departments,
so that no department's part can be taken out of a mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSplit:
    """One place by role family. `people` counts those who sent answers, None where a family is not shown; `scores` has
    the score by (family, topic), in levels or points, None where too few answered the topic's questions; `together`
    the score of all families by topic, made the same way."""

    department: str | None
    people: Mapping[str, int | None]
    scores: Mapping[tuple[str, str], float | None]
    together: Mapping[str, float | None]

    @property
    def shown(self) -> tuple[str, ...]:
        """The families that are shown and in which there is anybody, in their order."""
        return tuple(family for family in FAMILIES if self.people.get(family))

    @property
    def hidden(self) -> bool:
        """Whether any family is not shown."""
        return any(count is None for count in self.people.values())


def role_split(workspace: Workspace, visitor: Visitor, round_: Round, department: str | None = None) -> RoleSplit:
    """The topics of a department, or of the whole organisation (None), by role family, once the round is closed.

    What is shown is the same for everybody who may see it, and is never set against another round."""
    require(visitor, "read_department_results", department, organisation=round_.organisation_id)
    if department is None and not may(visitor, "read_results", WHOLE, round_.organisation_id):
        raise NotPermitted(f"{visitor.name} may see the answers of their own department only; choose it")
    require_shown(workspace, visitor, round_, department)
    if round_.status not in OVER:
        raise Refused(f"the round {round_.name} is {round_.status}; results by role are shown once it is closed")
    if department is not None and department not in answering(round_):
        raise Refused(f"{round_.names.get(department, department)} groups other departments; choose one that answers")
    with workspace.store.reading() as tx:
        counts, given = _counts(round_, family_counts(tx, round_.id)), family_tallies(tx, round_.id)
    everywhere, by_department = shown_places(counts)
    shown = everywhere if department is None else by_department[department]
    people = sum(counts.values(), Counter[str]()) if department is None else counts[department]
    tallies = [(_family(family), tally) for family, tally in given if department in (None, tally.department)]
    place = _place(round_, department)
    return RoleSplit(
        department=department,
        people={family: people[family] if family in shown else None for family in FAMILIES},
        scores={
            (family, topic): score
            for family in FAMILIES
            if family in shown and people[family]
            for topic, score in _topics(round_, place, (t for f, t in tallies if f == family)).items()
        },
        together=_topics(round_, place, (tally for _, tally in tallies)),
    )


def answering(round_: Round) -> tuple[str, ...]:
    """The departments that answer by themselves, in the organisation's order."""
    groups = members(round_.departments)
    return tuple(each.code for each in round_.departments if each.code not in groups)


def _counts(round_: Round, counted: Sequence[FamilyCount]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {code: Counter() for code in round_.names}
    for each in counted:
        counts[each.department][_family(each.role_family)] += each.people
    return counts


def _family(stated: str | None) -> str:
    return stated if stated in FAMILIES else NOT_SAID


def _place(round_: Round, department: str | None) -> Department:
    if department is not None:
        return next(each for each in round_.departments if each.code == department)
    tags = frozenset(tag for each in round_.departments for tag in each.tags)
    return Department(code=POOL, name=round_.organisation, tags=tags)


def _topics(round_: Round, place: Department, tallies: Iterable[Tally]) -> dict[str, float | None]:
    """The scores by topic of some answers as if one department had given them; a question that fewer than five of
    these people answered counts as not answered."""
    pooled = _enough([tally._replace(department=place.code) for tally in tallies])
    alone = (Department(code=place.code, name=place.name, tags=place.tags),)
    made: RoundScores = score_round(round_.framework, alone, pooled, short_track=round_.track == "short")
    return {topic: made.topic(place.code, topic).score for topic in round_.framework.topics}


def _enough(tallies: Sequence[Tally]) -> list[Tally]:
    people = Counter[str]()
    for tally in tallies:
        if tally.level is not None or tally.points is not None:
            people[tally.question] += tally.count
    return [tally for tally in tallies if people[tally.question] >= FEWEST_SHOWN]
