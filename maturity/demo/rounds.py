"""The demo's rounds: who answered what and when, what was agreed or reviewed, and the partners' readiness check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial

import numpy as np

from maturity.assessment.answers import Answer, DecidedValue
from maturity.assessment.departments import Department
from maturity.assessment.values import is_asked
from maturity.demo.answers import Writer
from maturity.demo.days import DemoDays, Window
from maturity.demo.files import DemoDepartment, DemoFiles, Unsubmitted
from maturity.demo.levels import draw_levels
from maturity.demo.people import Person, people_of
from maturity.demo.sizes import DemoOrganisation
from maturity.framework.model import Framework

NOTES = 0.12
SECONDS_A_QUESTION = 37


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoNote:
    """What somebody says about a topic's obstacles."""

    topic: str
    stands_in_the_way: str
    would_help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRespondent:
    """Somebody's answers in one round; `submitted_at` is None where they were never sent."""

    department: str
    person: str
    label: str
    role_family: str
    started_at: datetime
    submitted_at: datetime | None
    answers: tuple[Answer, ...]
    notes: tuple[DemoNote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDecision:
    """A value above the answers, with who said so and when."""

    value: DecidedValue
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRound:
    """One closed round of one organisation."""

    window: Window
    framework: Framework
    departments: tuple[str, ...]
    respondents: tuple[DemoRespondent, ...]
    decided: tuple[DemoDecision, ...] = ()


def as_department(department: DemoDepartment) -> Department:
    """A department as the scorer sees it."""
    tags = frozenset(department.tags)
    return Department(code=department.code, name=department.name, staff=department.staff, tags=tags)


def rounds_of(
    files: DemoFiles, organisation: DemoOrganisation, framework: Framework, days: DemoDays, chance: np.random.Generator
) -> tuple[DemoRound, DemoRound]:
    """Both rounds of an organisation: the same people, half a year apart."""
    people = people_of(organisation.departments, chance)
    seen = draw_levels(framework, files.city, organisation.departments, people, chance)
    writer = _writer(files, organisation, framework)
    first, second = (
        DemoRound(
            window=window,
            framework=framework,
            departments=tuple(each.code for each in organisation.departments),
            respondents=tuple(
                _respondent(writer, turn, window, person, row, chance)
                for person, row in zip(people, seen.rounds[turn - 1], strict=True)
            ),
            decided=_decided(files, organisation, window, turn),
        )
        for turn, window in enumerate(days.rounds, start=1)
    )
    return first, second


def _writer(files: DemoFiles, organisation: DemoOrganisation, framework: Framework) -> Writer:
    applies = {
        each.code: frozenset(
            question for question, asked in framework.questions.items() if is_asked(asked, as_department(each), {})
        )
        for each in organisation.departments
    }
    return Writer(
        files=files,
        questions=tuple(framework.questions),
        topic_of={question: topic.id for question, topic in framework.topic_of.items()},
        may_not_apply=frozenset(each.id for each in framework.questions.values() if each.not_applicable),
        applies=applies,
    )


def _respondent(
    writer: Writer, turn: int, window: Window, person: Person, levels: np.ndarray, chance: np.random.Generator
) -> DemoRespondent:
    answers = writer.answers(person, levels, chance, window.opens)
    notes = _notes(writer, chance)
    started = _working_time(window, chance)
    stopped = _stopped(writer.files.city.unsubmitted, turn, person)
    if stopped is not None:
        answers, notes = answers[: stopped.answered], ()
    return DemoRespondent(
        department=person.department,
        person=f"{person.department}-{person.number:02}@{writer.files.city.domain}",
        label=person.label,
        role_family=person.family,
        started_at=started,
        submitted_at=None if stopped else started + timedelta(seconds=SECONDS_A_QUESTION * len(answers)),
        answers=answers,
        notes=notes,
    )


def _stopped(unsubmitted: Sequence[Unsubmitted], turn: int, person: Person) -> Unsubmitted | None:
    key = (person.department, turn, person.number)
    return next((each for each in unsubmitted if (each.department, each.round, each.person) == key), None)


def _working_time(window: Window, chance: np.random.Generator) -> datetime:
    """A second of a working day of the round, between eight and four."""
    day = window.opens + timedelta(days=int(chance.integers(0, (window.closes - window.opens).days)))
    if day.weekday() > 4:
        day -= timedelta(days=day.weekday() - 4)
    day = max(day, window.opens)
    return datetime.combine(day, time(8), UTC) + timedelta(seconds=int(chance.integers(0, 8 * 3600)))


def _notes(writer: Writer, chance: np.random.Generator) -> tuple[DemoNote, ...]:
    drawn = chance.random((len(writer.files.remarks.topics), 3)).tolist()
    return tuple(
        DemoNote(
            topic=topic,
            stands_in_the_way=remarks.obstacle[int(way * len(remarks.obstacle))],
            would_help=remarks.help[int(wish * len(remarks.help))],
        )
        for (topic, remarks), (says, way, wish) in zip(writer.files.remarks.topics.items(), drawn, strict=True)
        if says < NOTES
    )


def _decided(files: DemoFiles, organisation: DemoOrganisation, window: Window, turn: int) -> tuple[DemoDecision, ...]:
    at = datetime.combine(window.closes, time(15), UTC)
    return tuple(
        DemoDecision(
            value=DecidedValue(
                department=each.department,
                question=each.question,
                source=each.source,
                level=each.level,
                reason=each.reason,
            ),
            by=each.by,
            at=at,
        )
        for each in files.city.decided
        if each.round == turn and each.department in organisation.codes
    )


def readiness_of(
    files: DemoFiles, organisation: DemoOrganisation, frameworks: Sequence[Framework], days: DemoDays
) -> DemoRound | None:
    """The partners' check, answered by the head of each department that takes part; None where none of them is here."""
    asked = files.city.readiness
    framework = next(each for each in frameworks if each.id == asked.framework)
    heads = {each.code: each.head for each in organisation.departments}
    takes_part = tuple(code for code in asked.departments if code in heads)
    respondent = partial(_partner, files, framework, days.readiness)
    found = tuple(respondent(code, heads[code]) for code in takes_part)
    if not found:
        return None
    return DemoRound(window=days.readiness, framework=framework, departments=takes_part, respondents=found)


def _partner(files: DemoFiles, framework: Framework, window: Window, code: str, head: str) -> DemoRespondent:
    asked = files.city.readiness
    place = asked.departments.index(code)
    started = datetime.combine(window.opens, time(9 + place), UTC)
    answers = tuple(_choice(framework, question, options[place]) for question, options in asked.answers.items())
    return DemoRespondent(
        department=code,
        person=f"{code}-01@{files.city.domain}",
        label=head,
        role_family="leader",
        started_at=started,
        submitted_at=started + timedelta(minutes=12),
        answers=answers,
    )


def _choice(framework: Framework, question: str, option: str) -> Answer:
    chosen = next(each for each in framework.questions[question].options if each.id == option)
    return Answer(question=question, state="option", option=option, points=chosen.points, label=chosen.label)
