"""The demo's rounds: who was asked, who answered what and when, and what was agreed or reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta

import numpy as np

from maturity.assessment.answers import DecidedValue
from maturity.assessment.departments import Department
from maturity.assessment.terms import RoundTerms
from maturity.assessment.values import is_asked
from maturity.demo.answers import Writer
from maturity.demo.days import DemoDays, Window
from maturity.demo.files import DemoDepartment, DemoFiles, Unsubmitted
from maturity.demo.filled import DemoDecision, DemoInvitation, DemoNote, DemoRespondent, DemoRound, DemoSentBack
from maturity.demo.inhabitants import Inhabitants, everybody_asked
from maturity.demo.levels import draw_levels
from maturity.demo.people import Family, Person, people_of
from maturity.demo.sizes import DemoOrganisation
from maturity.framework.model import Framework

NOTES = 0.12
SECONDS_A_QUESTION = 37
LEAST = 4
"""Respondents wanted from each department."""
REMINDED_AFTER = 14
"""Days after the round has opened."""
BACK_AFTER, AGAIN_AFTER = timedelta(minutes=40), timedelta(minutes=75)
"""How soon the reviewer sends answers back, and how soon they are sent again: all on the same day."""
SPEAKS_FOR: Mapping[Family, str] = {"leader": "team", "manager": "team", "front-line": "myself"}


def as_department(department: DemoDepartment) -> Department:
    """A department as the scorer sees it."""
    tags = frozenset(department.tags)
    return Department(code=department.code, name=department.name, staff=department.staff, tags=tags)


def rounds_of(
    files: DemoFiles,
    organisation: DemoOrganisation,
    inhabitants: Inhabitants,
    framework: Framework,
    days: DemoDays,
    chance: np.random.Generator,
) -> tuple[DemoRound, DemoRound]:
    """Both rounds of an organisation: the same people, a year apart."""
    people = people_of(organisation.departments, chance)
    seen = draw_levels(framework, files.city, organisation.departments, people, chance)
    writer = _writer(files, organisation, framework)
    names = {each.email: each.name for each in inhabitants.people}
    made = []
    for turn, window in enumerate(days.rounds, start=1):
        departments = tuple(each.code for each in organisation.departments)
        respondents = []
        for person, row in zip(people, seen.rounds[turn - 1], strict=True):
            email = inhabitants.answering[person.department, person.number]
            respondents.append(_respondent(writer, turn, window, person, (email, names[email]), row, chance))
        made.append(
            DemoRound(
                window=window,
                framework=framework,
                departments=departments,
                respondents=tuple(respondents),
                invitations=_invitations(everybody_asked(inhabitants, departments), window, respondents),
                terms=RoundTerms(least_respondents=LEAST),
                decided=_decided(files, organisation, window, turn),
            )
        )
    return made[0], made[1]


def _invitations(
    asked: Sequence[tuple[str, str]], window: Window, respondents: Sequence[DemoRespondent]
) -> tuple[DemoInvitation, ...]:
    """Everybody is invited when the round opens; whoever has not sent by the day of the reminder is reminded."""
    reminded = datetime.combine(window.opens + timedelta(days=REMINDED_AFTER), time(9), UTC)
    sent = {each.place for each in respondents if each.submitted_at and each.submitted_at < reminded}
    return tuple(
        DemoInvitation(department=code, person=email, reminded_at=None if (code, email) in sent else reminded)
        for code, email in asked
    )


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
    writer: Writer,
    turn: int,
    window: Window,
    person: Person,
    known: tuple[str, str],
    levels: np.ndarray,
    chance: np.random.Generator,
) -> DemoRespondent:
    answers = writer.answers(person, levels, chance, window.opens)
    notes = _notes(writer, chance)
    started = _working_time(window, chance)
    stopped = _stopped(writer.files.city.unsubmitted, turn, person)
    if stopped is not None:
        answers, notes = answers[: stopped.answered], ()
    sent = None if stopped else started + timedelta(seconds=SECONDS_A_QUESTION * len(answers))
    back = _sent_back(writer.files, turn, person, sent) if sent else None
    return DemoRespondent(
        department=person.department,
        person=known[0],
        label=known[1],
        role_family=person.family,
        speaks_for="department" if person.number == 1 else SPEAKS_FOR[person.family],
        started_at=started,
        submitted_at=back.at + AGAIN_AFTER if back else sent,
        answers=answers,
        notes=notes,
        sent_back=back,
    )


def _sent_back(files: DemoFiles, turn: int, person: Person, sent: datetime) -> DemoSentBack | None:
    key = (person.department, turn, person.number)
    found = (each for each in files.people.sent_back if (each.department, each.round, each.person) == key)
    return next((DemoSentBack(note=each.note, at=sent + BACK_AFTER) for each in found), None)


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
