"""What several reports read out of the same facts: names by id, scores by place, copies of an action as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from maturity.publishing.legal_text import one_line
from maturity.publishing.report_facts import ActionFact, GapFact, ReportFacts, ScoreFact

THIS_YEAR = timedelta(days=365)
MOST_PRIORITIES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """An action, or all the copies of one, as one line. `waiting` counts the lines that require it."""

    code: str
    copies: tuple[ActionFact, ...]
    waiting: int = 0

    @property
    def first(self) -> ActionFact:
        return self.copies[0]

    @property
    def start(self) -> date:
        return min(each.start for each in self.copies)

    @property
    def finish(self) -> date:
        return max(each.finish for each in self.copies)

    @property
    def late(self) -> int:
        """Days that the latest copy is late, 0 for none."""
        return max(each.days_late for each in self.copies)

    @property
    def done(self) -> float:
        """Per cent done, 0 to 100, the mean over copies."""
        return sum(each.percent_done for each in self.copies) / len(self.copies)

    @property
    def critical(self) -> bool:
        return any(each.critical for each in self.copies)

    @property
    def statuses(self) -> tuple[str, ...]:
        return tuple(each.status for each in self.copies)

    @property
    def is_done(self) -> bool:
        return set(self.statuses) == {"done"}


@dataclass(frozen=True)
class Reading:
    """The facts of a report with what a reader looks up in them."""

    facts: ReportFacts

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of departments, dimensions, topics, roles and objectives by id, each on one line."""
        facts = self.facts
        known = {each.id: each.name for each in (*facts.departments, *facts.dimensions, *facts.topics, *facts.roles)}
        return {id: one_line(name) for id, name in {**known, **{e.id: e.name for e in facts.objectives}}.items()}

    def name(self, id: str | None) -> str:
        """The name of an id; what is no known id is a name already."""
        return self.names.get(id or "", one_line(id or ""))

    @cached_property
    def _scores(self) -> Mapping[tuple[str | None, str | None, str | None], ScoreFact]:
        return {
            (each.department, None if each.topic else each.dimension, each.topic): each for each in self.facts.scores
        }

    def score(
        self, department: str | None = None, *, dimension: str | None = None, topic: str | None = None
    ) -> ScoreFact | None:
        """The score of a place, None where there is none. Without a department it is the organisation's."""
        return self._scores.get((department, dimension, topic))

    @cached_property
    def gaps(self) -> Mapping[str, tuple[GapFact, ...]]:
        """Gaps by topic, the topic with the most priority first."""
        by_topic: dict[str, list[GapFact]] = {}
        for each in self.facts.gaps:
            by_topic.setdefault(each.topic, []).append(each)
        order = sorted(by_topic, key=lambda topic: -sum(each.priority for each in by_topic[topic]))
        return {topic: tuple(by_topic[topic]) for topic in order}

    @cached_property
    def scored_departments(self) -> tuple[str, ...]:
        """Ids of the departments that have a score somewhere, in the organisation's order."""
        with_score = {each.department for each in self.facts.scores if each.score is not None}
        return tuple(each.id for each in self.facts.departments if each.id in with_score)

    @cached_property
    def actions(self) -> tuple[Folded, ...]:
        """The plan's actions by start, copies folded."""
        by_code: dict[str, list[ActionFact]] = {}
        for each in self.facts.actions:
            by_code.setdefault(folded_code(each.code), []).append(each)
        waiting = _waiting(self.facts.actions)
        made = [Folded(code=code, copies=tuple(each), waiting=waiting.get(code, 0)) for code, each in by_code.items()]
        return tuple(sorted(made, key=lambda each: (each.start, each.code)))

    @cached_property
    def by_code(self) -> Mapping[str, Folded]:
        """The folded actions by their code."""
        return {each.code: each for each in self.actions}

    @cached_property
    def this_year(self) -> tuple[Folded, ...]:
        """What is not done and runs or starts within a year: late first, then what the end hangs on, then by start."""
        until = self.facts.as_of + THIS_YEAR
        coming = [each for each in self.actions if not each.is_done and each.start <= until]
        return tuple(sorted(coming, key=lambda each: (-each.late, not each.critical, -each.waiting, each.start)))


def folded_code(code: str) -> str:
    """The code that the copies of an action share: "A04" of "A04/housing"."""
    return code.partition("/")[0]


def _waiting(actions: Iterable[ActionFact]) -> Mapping[str, int]:
    """How many folded actions that are not done require each one that is not done either."""
    needs = {
        (folded_code(required), folded_code(each.code))
        for each in actions
        if each.status != "done"
        for required in each.requires
    }
    counts: dict[str, int] = {}
    for required, _ in needs:
        counts[required] = counts.get(required, 0) + 1
    return counts
