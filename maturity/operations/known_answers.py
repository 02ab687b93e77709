"""What is known of the answers to a closed round's questions, as far as it may show: what an agenda is made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maturity.assessment.answers import DecidedValue, Tally
from maturity.assessment.departments import members
from maturity.assessment.scores import Place, RoundScores
from maturity.assessment.values import is_asked
from maturity.assessment.votes import agreed_level
from maturity.operations.differences import fewest_shown
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round
from maturity.operations.scores import planning_scores
from maturity.operations.workshop_lines import votable
from maturity.operations.workspace import Workspace
from maturity.storage import decided as stored
from maturity.storage.respondents import submitted_counts
from maturity.storage.tallies import tallies


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAnswers:
    """What is known of a closed round's questions. `counts` are answers at each level by (department, question), those
    of too few people left out; `places` are what the room may be about, by department."""

    round: Round
    places: tuple[tuple[str, str], ...]
    counts: Mapping[tuple[str, str], tuple[int, ...]]
    tallies: Mapping[str, Sequence[Tally]]
    decided: Sequence[DecidedValue]
    scores: RoundScores
    importance: Mapping[str, int]

    def importance_of(self, question: str) -> int:
        """The importance of a question's topic, 1..5."""
        return self.importance[self.round.framework.topic_of[question].id]

    def decided_level(self, place: tuple[str, str], source: str) -> int | None:
        """The level that was agreed or recorded, if any."""
        return next((d.level for d in self.decided if (d.department, d.question) == place and d.source == source), None)

    def is_settled(self, place: tuple[str, str]) -> bool:
        """Whether there is a consensus already."""
        return self.decided_level(place, "consensus") is not None

    def agreed(self, place: tuple[str, str]) -> int | None:
        """The level that the answers agree on, unless a reviewer recorded another."""
        # Counts that are here were enough to be shown: asking for fewer than that again would hide those of two.
        level = agreed_level(self.counts.get(place, ()), fewest=1)
        return level if self.decided_level(place, "review") in (None, level) else None


def known_answers(
    workspace: Workspace, round_: Round, department: str | None, importance: Mapping[str, int]
) -> KnownAnswers:
    """What is known of the questions of a department, or of all that answered (None). For closed rounds only."""
    codes = asked_departments(round_, department)
    scores = planning_scores(workspace, round_)
    with workspace.store.reading() as tx:
        every = tallies(tx, round_.id)
        sent = submitted_counts(tx, round_.id)
        decided = stored.decided_values(tx, round_.id)
    by_department: dict[str, list[Tally]] = {code: [] for code in round_.names}
    given: dict[tuple[str, str], Counter[int]] = {}
    for each in every:
        by_department[each.department].append(each)
        if each.level:
            given.setdefault((each.department, each.question), Counter())[each.level] += each.count
    fewest, levels = fewest_shown(round_.terms), range(1, round_.framework.top_level + 1)
    answering = [code for code in codes if department is not None or sent.get(code)]
    return KnownAnswers(
        round=round_,
        places=tuple(p for p in asked_places(round_, answering) if _applies(scores, round_, p, fewest)),
        counts={
            place: tuple(found[level] for level in levels)
            for place, found in given.items()
            if sum(found.values()) >= fewest
        },
        tallies=by_department,
        decided=decided,
        scores=scores,
        importance=importance,
    )


def asked_departments(round_: Round, department: str | None) -> list[str]:
    """The department, refused where it does not take part; for None all that do not merely group others."""
    if department is None:
        groups = members(round_.departments)
        return [code for code in round_.names if code not in groups]
    if department not in round_.names:
        raise Refused(f"the department {department!r} does not take part in the round {round_.name!r}")
    return [department]


def asked_places(round_: Round, codes: Sequence[str]) -> list[tuple[str, str]]:
    """The questions that a room can vote on, in the framework's order, each with the departments that are asked it as
    far as that hangs on no answer."""
    framework = round_.framework
    possible = votable(framework, short_track=round_.track == "short")
    by_code = {each.code: each for each in round_.departments}
    return [(c, q) for q in possible for c in codes if is_asked(framework.questions[q], by_code[c], {})]


def _applies(scores: RoundScores, round_: Round, place: tuple[str, str], fewest: int) -> bool:
    """Whether a question applies to a department: it was asked, and not put aside as not applicable by so many that it
    may show."""
    department, question = place
    framework = round_.framework
    topic = framework.topic_of[question].id
    score = scores.scores.get(Place(department, framework.dimension_of[topic].id, topic, question))
    if score is None or score.state != "not_applicable":
        return score is not None
    return 0 < score.respondents < fewest
