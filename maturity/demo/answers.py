"""What each person of the demo answers: a level with remarks, "don't know" or "not applicable"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from maturity.assessment.answers import Answer
from maturity.demo.files import DemoFiles, TopicRemarks
from maturity.demo.people import Family, Person

DOES_NOT_KNOW: Mapping[Family, float] = {"leader": 0.02, "manager": 0.04, "front-line": 0.09}
NOT_APPLICABLE = 0.012
SAYS_HOW_SURE = 0.65
COMMENTS = 0.12
POINTS_TO_EVIDENCE: Mapping[Family, float] = {"leader": 0.25, "manager": 0.4, "front-line": 0.1}
LINKS = 0.5
GIVES_A_DAY = 0.7
OLDEST = 1_500
"""Days; the age of evidence is drawn from digits of the draws that are there, so that no level moves because of it."""
STRENGTH_EDGES: Mapping[int, float] = {1: 0.15, 2: 0.5, 3: 0.75, 4: 0.83}
DRAWS = 8


@dataclass(frozen=True, slots=True)
class Writer:
    """Turns levels into answers. `applies` says which questions are put to a department."""

    files: DemoFiles
    questions: Sequence[str]
    topic_of: Mapping[str, str]
    may_not_apply: frozenset[str]
    applies: Mapping[str, frozenset[str]]
    unknown: frozenset[tuple[str, str]] = field(init=False)
    never: Mapping[tuple[str, str], str] = field(init=False)

    def __post_init__(self) -> None:
        city = self.files.city
        unknown = frozenset((each.department, question) for each in city.unknown for question in each.questions)
        object.__setattr__(self, "unknown", unknown)
        object.__setattr__(self, "never", {(n.department, n.question): n.reason for n in city.not_applicable})

    def answers(self, person: Person, levels: np.ndarray, chance: np.random.Generator, day: date) -> tuple[Answer, ...]:
        """One person's answers in the order of the questionnaire, given on this day."""
        draws = chance.random((len(self.questions), DRAWS)).tolist()
        asked = self.applies[person.department]
        return tuple(
            self._answer(person, question, int(level), drawn, day)
            for question, level, drawn in zip(self.questions, levels.tolist(), draws, strict=True)
            if question in asked
        )

    def _answer(self, person: Person, question: str, level: int, drawn: list[float], day: date) -> Answer:
        place = (person.department, question)
        if place in self.never:
            return Answer(question=question, state="not_applicable", reason=self.never[place])
        if place in self.unknown or drawn[0] < DOES_NOT_KNOW[person.family]:
            return Answer(question=question, state="dont_know")
        if drawn[0] > 1 - NOT_APPLICABLE and question in self.may_not_apply:
            reason = _pick(self.files.remarks.not_applicable, drawn[1])
            return Answer(question=question, state="not_applicable", reason=reason)
        return self._level(person, question, level, drawn, day)

    def _level(self, person: Person, question: str, level: int, drawn: list[float], day: date) -> Answer:
        remarks = self.files.remarks.topics[self.topic_of[question]]
        note = self._evidence(remarks, person, level, drawn)
        link = f"https://intranet.{self.files.city.domain}/{person.department}/{question}"
        return Answer(
            question=question,
            state="level",
            level=level,
            comment=_pick(remarks.high if level > 2 else remarks.low, drawn[2]) if drawn[1] < COMMENTS else None,
            confidence=_confidence(person.family, drawn[4]) if drawn[3] < SAYS_HOW_SURE else None,
            evidence_note=note,
            evidence_link=link if note and drawn[7] < LINKS else None,
            evidence_date=_dated(day, drawn) if note else None,
            evidence_strength=_strength(drawn) if note else None,
        )

    def _evidence(self, remarks: TopicRemarks, person: Person, level: int, drawn: list[float]) -> str | None:
        shown = level > 2 and drawn[5] < POINTS_TO_EVIDENCE[person.family]
        return _pick(remarks.evidence, drawn[6]) if shown else None


def _confidence(family: Family, drawn: float) -> int:
    """1..5, mostly 3 and 4; leaders are surer."""
    return min(5, 1 + sum(drawn > edge for edge in (0.06, 0.2, 0.55, 0.88)) + (family == "leader" and drawn < 0.5))


def _dated(day: date, drawn: list[float]) -> date | None:
    """The day that evidence is of: mostly of the last year, some of it too old to rely on, some without a day."""
    age = (drawn[6] * 977) % 1
    return day - timedelta(days=1 + int(OLDEST * age**2)) if (drawn[7] * 733) % 1 < GIVES_A_DAY else None


def _strength(drawn: list[float]) -> int | None:
    """1..4, mostly written down or in use; some do not say."""
    said = (drawn[5] * 1009) % 1
    return next((strength for strength, edge in STRENGTH_EDGES.items() if said < edge), None)


def _pick(sentences: Sequence[str], drawn: float) -> str:
    return sentences[int(drawn * len(sentences))]
