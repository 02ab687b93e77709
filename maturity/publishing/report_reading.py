"""What several reports read out of the same facts: names by id, scores by place, actions by code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from maturity.publishing.folded_actions import ActionRow, folded
from maturity.publishing.legal_text import one_line
from maturity.publishing.report_facts import ActionFact, GapFact, ReportFacts, ScoreFact

THIS_YEAR = timedelta(days=365)
MOST_PRIORITIES = 8


@dataclass(frozen=True)
class Reading:
    """The facts of a report with what a reader looks up in them."""

    facts: ReportFacts

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, str]]:
        """Names by kind and id: a role may have the id of a dimension, and a department that of a role."""
        of = self.facts
        kinds = {"department": of.departments, "dimension": of.dimensions, "topic": of.topics, "role": of.roles}
        named = {kind: {each.id: one_line(each.name) for each in found} for kind, found in kinds.items()}
        return {**named, "objective": {each.id: one_line(each.name) for each in of.objectives}}

    def _name(self, kind: str, id: str | None) -> str:
        """What is no known id is a name already."""
        return self._names[kind].get(id or "", one_line(id or ""))

    def department(self, id: str | None) -> str:
        """The name of a department."""
        return self._name("department", id)

    def dimension(self, id: str | None) -> str:
        """The name of a dimension."""
        return self._name("dimension", id)

    def topic(self, id: str | None) -> str:
        """The name of a topic."""
        return self._name("topic", id)

    def role(self, id: str | None) -> str:
        """The name of a role, or the person that is named instead."""
        return self._name("role", id)

    def objective(self, id: str | None) -> str:
        """The name of an objective."""
        return self._name("objective", id)

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
    def actions(self) -> tuple[ActionRow, ...]:
        """The plan's actions by start, copies folded."""
        return tuple(sorted(folded(self.facts), key=lambda each: (each.start, each.code)))

    @cached_property
    def waiting(self) -> Mapping[str, int]:
        """How many folded actions that are not done require each one, by its code."""
        return Counter(code for each in self.actions if not each.is_done for code in each.requires)

    @cached_property
    def by_code(self) -> Mapping[str, ActionRow]:
        """The folded actions by their code."""
        return {each.code: each for each in self.actions}

    @cached_property
    def copies(self) -> Mapping[str, ActionFact]:
        """The actions by their own code, copies apart."""
        return {each.code: each for each in self.facts.actions}

    @cached_property
    def this_year(self) -> tuple[ActionRow, ...]:
        """What is not done and runs or starts within a year: late first, then what the end hangs on, then by start."""
        until = self.facts.as_of + THIS_YEAR
        coming = [each for each in self.actions if not each.is_done and each.start <= until]
        return tuple(sorted(coming, key=self._urgency))

    def _urgency(self, each: ActionRow) -> tuple[int, bool, int, date]:
        return -each.late, not each.critical, -self.waiting.get(each.code, 0), each.start
