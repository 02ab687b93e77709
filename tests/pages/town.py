"""A small town for the tests of pages: two departments, and frameworks with every kind of question."""

from __future__ import annotations

from datetime import date

from maturity.access.roles import LOCAL_ADMINISTRATOR, Grant, Visitor
from maturity.assessment.answers import Answer
from maturity.framework.model import Framework
from maturity.operations import answers, frameworks, rounds, setup
from maturity.operations.rounds import Round
from maturity.operations.workspace import Workspace, default_url, open_workspace

LEVELS = [{"level": level, "name": name, "meaning": ""} for level, name in enumerate(("Low", "Middle", "High"), 1)]


def question(code: str, **more: object) -> dict[str, object]:
    """A question of levels, unless `more` makes it another kind."""
    kinds = {"options", "markers", "max_points"}
    usual = {} if kinds & set(more) else {"descriptors": [f"{code} nothing", f"{code} some", f"{code} all"]}
    return {"id": code, "text": f"How about {code}?", **usual, **more}


YES_OR_NO = [{"id": "y", "label": "Yes", "points": 2}, {"id": "n", "label": "No", "points": 0}]
MARKERS = [{"level": 2, "text": "It is written"}, {"level": 3, "text": "It is measured"}]
ONE = [question("a", short_track=True), question("b")]
TWO = [
    question("c", options=YES_OR_NO),
    question("m", markers=MARKERS),
    question("p", max_points=4),
    question("v", visible_if={"question": "c", "option": "y"}),
]
TOPICS = [{"id": "one", "name": "One", "questions": ONE}, {"id": "two", "name": "Two", "questions": TWO}]
SMALL = Framework.model_validate(
    {
        "id": "small",
        "version": "1",
        "name": "Small",
        "licence": "CC0",
        "source": "these tests",
        "levels": LEVELS,
        "dimensions": [{"id": "d", "name": "Everything", "topics": TOPICS}],
    }
)


def own_store() -> Workspace:
    """The store that the visit under test opens too."""
    return open_workspace(default_url())


def founded(*, opened: bool = True, framework: str = "small") -> Round:
    """Parks and Housing, and a round on the small framework."""
    store = own_store()
    frameworks.import_framework(store, LOCAL_ADMINISTRATOR, SMALL)
    departments = setup.departments_from_lines("Parks; 10\nHousing; 30")
    setup.create_organisation(store, LOCAL_ADMINISTRATOR, "Small Town", departments)
    made = rounds.create_round(
        store, LOCAL_ADMINISTRATOR, "Spring", framework, opens_on=date(2026, 3, 2), closes_on=date(2036, 4, 1)
    )
    return rounds.open_round(store, LOCAL_ADMINISTRATOR, made) if opened else made


def answered(round_: Round, department: str, level: int, person: str = "somebody") -> None:
    """One person's answers to a and b, sent."""
    store = own_store()
    grants = (Grant(role="respondent", department=department),)
    visitor = Visitor(person=f"{department}-{person}", name=person, grants=grants)
    respondent = answers.start(store, visitor, round_, department)
    for code in ("a", "b"):
        answers.save_answer(store, visitor, round_, respondent, Answer(question=code, state="level", level=level))
    answers.send(store, visitor, round_, respondent)


def closed(round_: Round) -> Round:
    """The round as closed."""
    return rounds.close_round(own_store(), LOCAL_ADMINISTRATOR, round_)
