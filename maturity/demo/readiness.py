"""The check of the demo's partners: whether they are ready to work together, answered by their heads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial

from maturity.assessment.answers import Answer
from maturity.assessment.terms import RoundTerms
from maturity.demo.days import DemoDays, Window
from maturity.demo.files import DemoFiles
from maturity.demo.filled import DemoInvitation, DemoRespondent, DemoRound
from maturity.demo.inhabitants import Inhabitants
from maturity.demo.sizes import DemoOrganisation
from maturity.framework.model import Framework


def readiness_of(
    files: DemoFiles,
    organisation: DemoOrganisation,
    inhabitants: Inhabitants,
    frameworks: Sequence[Framework],
    days: DemoDays,
) -> DemoRound | None:
    """The partners' check, answered by the head of each department that takes part; None where none of them is here."""
    asked = files.city.readiness
    framework = next(each for each in frameworks if each.id == asked.framework)
    heads = {each.code: each.head for each in organisation.departments}
    takes_part = tuple(code for code in asked.departments if code in heads)
    respondent = partial(_partner, files, framework, days.readiness)
    found = tuple(respondent(code, heads[code], inhabitants.head_of(code)) for code in takes_part)
    if not found:
        return None
    return DemoRound(
        window=days.readiness,
        framework=framework,
        departments=takes_part,
        respondents=found,
        invitations=tuple(DemoInvitation(department=each.department, person=each.person) for each in found),
        terms=RoundTerms(front_line=False, lead_days=0),
    )


def _partner(
    files: DemoFiles, framework: Framework, window: Window, code: str, head: str, email: str
) -> DemoRespondent:
    asked = files.city.readiness
    place = asked.departments.index(code)
    started = datetime.combine(window.opens, time(9 + place), UTC)
    answers = tuple(_choice(framework, question, options[place]) for question, options in asked.answers.items())
    return DemoRespondent(
        department=code,
        person=email,
        label=head,
        role_family="leader",
        speaks_for="department",
        started_at=started,
        submitted_at=started + timedelta(minutes=12),
        answers=answers,
    )


def _choice(framework: Framework, question: str, option: str) -> Answer:
    chosen = next(each for each in framework.questions[question].options if each.id == option)
    return Answer(question=question, state="option", option=option, points=chosen.points, label=chosen.label)
