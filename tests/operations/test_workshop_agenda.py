"""The suggested agenda: what changes the plan comes first, and what too few answered tells nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import Grant, Visitor
from maturity.assessment.answers import Answer, DecidedValue
from maturity.assessment.terms import Anonymity, RoundTerms
from maturity.operations import answers, plans
from maturity.operations.catalogues import names_of
from maturity.operations.demo import build_demo
from maturity.operations.errors import Refused
from maturity.operations.known_answers import known_answers
from maturity.operations.respondents import send, start
from maturity.operations.rounds import Round, close_round, create_round, find_round, open_round
from maturity.operations.setup import Department, create_organisation
from maturity.operations.targets import set_importance
from maturity.operations.workshop_agenda import agreed_lines, already_agreed, suggest_agenda
from maturity.operations.workshop_lines import AgendaLine
from maturity.operations.workshop_steps import accept_agreed
from maturity.operations.workshops import agenda, open_workshop, plan_workshop
from maturity.operations.workspace import Workspace
from maturity.planning.plan import Plan
from maturity.storage import open_store
from maturity.storage.decided import save_decided_value
from maturity.storage.terms import save_terms
from maturity.words.agenda_sentences import why_on_the_agenda

from .city import ADMIN, LEADER, PARKS_LEAD

IN_PARKS = Visitor(person="fay", name="Fay", grants=(Grant(role="facilitator", department="parks"),))


def held(workspace: Workspace, anonymity: Anonymity, lead_days: int = 0) -> Round:
    """An open round of two departments about three topics."""
    departments = [Department(code="parks", name="Parks"), Department(code="roads", name="Roads")]
    create_organisation(workspace, ADMIN, "Town", departments)
    return another(workspace, "R", anonymity, lead_days)


def another(workspace: Workspace, name: str, anonymity: Anonymity = "pseudonymous", lead_days: int = 0) -> Round:
    made = create_round(workspace, ADMIN, name, "city-data-maturity", closes_on=date(2026, 3, 1))
    topics = tuple(made.framework.topics)[:3]
    terms = RoundTerms(anonymity=anonymity, topics=topics, lead_days=lead_days)
    workspace.store.write(save_terms, made.id, terms)
    return open_round(workspace, ADMIN, find_round(workspace, ADMIN, name))


def says(workspace: Workspace, round_: Round, department: str, person: str, levels: list[int | None]) -> None:
    """Somebody sends these levels, question by question; None is "don't know"."""
    visitor = Visitor(person=person, name=person, grants=(Grant(role="respondent", department=department),))
    respondent = start(workspace, visitor, round_, department)
    for question, level in zip(round_.framework.questions, levels, strict=False):
        given = Answer(question=question, state="level" if level else "dont_know", level=level)
        answers.save_answer(workspace, visitor, round_, respondent, given)
    send(workspace, visitor, round_, respondent)


def everybody(workspace: Workspace, round_: Round, department: str, columns: list[list[int | None]]) -> None:
    """Answers question by question: one list for each question, one place in it for each person."""
    for number, levels in enumerate(zip(*columns, strict=True)):
        says(workspace, round_, department, f"{department}{number}", list(levels))


def closed(workspace: Workspace) -> Round:
    return close_round(workspace, ADMIN, find_round(workspace, ADMIN, "R"))


def decide(workspace: Workspace, round_: Round, value: DecidedValue) -> None:
    workspace.store.write(
        lambda tx: save_decided_value(tx, round_.id, value, decided_by="x", now=datetime(2026, 3, 2, tzinfo=UTC))
    )


def said(lines: tuple[AgendaLine, ...]) -> list[tuple[str | None, str | None]]:
    return [(line.department, line.question) for line in lines]


def test_a_named_round_by_hand(workspace: Workspace) -> None:
    round_ = held(workspace, "named")
    # As far apart as can be; agreed; two levels apart; one answer alone.
    everybody(workspace, round_, "parks", [[1, 5], [3, 3], [2, 4], [2, None]])
    round_ = closed(workspace)
    first, second, third, fourth, *rest = round_.framework.questions
    set_importance(workspace, ADMIN, round_, round_.framework.topic_of[first].id, 4, "promised")
    lines = suggest_agenda(workspace, ADMIN, round_, "parks", most=60)
    assert len(lines) == len(round_.framework.questions) - 1, "what agrees needs no talk"
    by_question = {line.question: line.why for line in lines}
    numbers = {key: by_question[first][key] for key in ("importance", "count", "spread", "lowest", "highest")}
    assert numbers == {"importance": 4, "count": 2, "spread": 1.0, "lowest": 1, "highest": 5}
    assert lines[0].question == first and lines[0].why["plan"] == "changes" and lines[0].why["worth"] == 4.0
    assert by_question[third]["spread"] == pytest.approx(5 / 12), "answers 2 and 4: A = 2/9 x (1 - 1/4) = 1/6"
    assert by_question[fourth] == {"importance": 4, "answers": "too_few", "fewest": 2}
    assert [line.question for line in lines[2:]] == [fourth, *rest], "nobody knows: by importance, as they are asked"
    assert said(agreed_lines(workspace, ADMIN, round_, "parks")) == [("parks", second)]
    assert said(suggest_agenda(workspace, ADMIN, round_, None, most=2)) == said(lines[:2]), "roads did not answer"
    for line in lines:
        assert why_on_the_agenda(line.why, names_of(workspace, round_))


@pytest.mark.parametrize(
    "columns",
    [[[1, 1, 1], [2, 2, 2], [3, 3, 3]], [[1, 5, 5], [5, 1, 1], [1, 2, 5]], [[None, 5, 1], [1, 1, 1], [4] * 3]],
)
def test_answers_of_too_few_change_nothing(workspace: Workspace, columns: list[list[int | None]]) -> None:
    round_ = held(workspace, "anonymous")
    everybody(workspace, round_, "parks", columns)
    round_ = closed(workspace)
    questions = list(round_.framework.questions)
    assert suggest_agenda(workspace, ADMIN, round_, "parks", most=60) == tuple(
        AgendaLine(department="parks", question=q, why={"importance": 3, "answers": "too_few", "fewest": 5})
        for q in questions
    )
    assert agreed_lines(workspace, ADMIN, round_, "parks") == ()


def test_a_question_of_too_few_beside_others(workspace: Workspace) -> None:
    """Two rounds differ in the answers of three people to one question, around the same median, which the results show:
    their agendas are the same to the last number."""
    shown: list[list[int | None]] = [[1, 1, 2, 5, 5], [2, 2, 3, 4, 5], [1, 1, 1, 4, 4]]
    agendas = []
    for name, hidden in (("R", [3, 3, 3]), ("S", [1, 3, 5])):
        round_ = held(workspace, "pseudonymous") if name == "R" else another(workspace, name)
        everybody(workspace, round_, "parks", [*shown, [*hidden, None, None]])
        round_ = close_round(workspace, ADMIN, find_round(workspace, ADMIN, name))
        agendas.append(suggest_agenda(workspace, ADMIN, round_, None, most=60))
    assert agendas[0] == agendas[1]
    fourth = list(round_.framework.questions)[3]
    assert agendas[0][0].why["plan"] == "changes"
    assert AgendaLine(
        department="parks", question=fourth, why={"importance": 3, "answers": "too_few", "fewest": 5}
    ) in agendas[0]  # fmt: skip


def test_an_open_round_looks_at_no_answer(workspace: Workspace) -> None:
    round_ = held(workspace, "named")
    before = suggest_agenda(workspace, ADMIN, round_, None, most=60)
    everybody(workspace, round_, "parks", [[1, 5], [3, 3], [2, 4]])
    assert suggest_agenda(workspace, ADMIN, round_, None, most=60) == before
    questions = list(round_.framework.questions)
    assert said(before[:4]) == [
        ("parks", questions[0]),
        ("roads", questions[0]),
        ("parks", questions[1]),
        ("roads", questions[1]),
    ]
    assert before[0].why == {"importance": 3, "answers": "closed_to_view"}
    assert agreed_lines(workspace, ADMIN, round_, "parks") == ()
    made = plan_workshop(
        workspace, ADMIN, round_, "parks", "W", [AgendaLine(department="parks", question=questions[1])]
    )
    assert already_agreed(workspace, ADMIN, round_, made) == ()


def test_what_agrees_can_be_accepted_together(workspace: Workspace) -> None:
    round_ = held(workspace, "named")
    everybody(workspace, round_, "parks", [[3, 3], [1, 5], [2, 2], [4, 4]])
    round_ = closed(workspace)
    first, second, third, fourth, *_ = round_.framework.questions
    decide(
        workspace, round_, DecidedValue(department="parks", question=fourth, source="review", level=1, reason="seen")
    )
    lines = agreed_lines(workspace, ADMIN, round_, "parks")
    assert [(line.question, line.why["agreed"], line.why["count"]) for line in lines] == [(first, 3, 2), (third, 2, 2)]
    suggested = suggest_agenda(workspace, ADMIN, round_, "parks", most=60)
    reviewed = next(line for line in suggested if line.question == fourth)
    assert reviewed.why["reviewed"] == 1, "accepting 4 would undo the review, so it is talked about"
    made = plan_workshop(workspace, ADMIN, round_, "parks", "W", [*suggested[:1], *lines])
    found = already_agreed(workspace, ADMIN, round_, made)
    assert [(matter.question, level) for matter, level in found] == [(first, 3), (third, 2)]
    made = open_workshop(workspace, ADMIN, made)
    accept_agreed(workspace, ADMIN, round_, made, [(matter.id, level) for matter, level in found], "they agree")
    assert already_agreed(workspace, ADMIN, round_, made) == ()
    assert agreed_lines(workspace, ADMIN, round_, "parks") == ()
    assert [m.phase for m in agenda(workspace, ADMIN, made)] == ["waiting", "settled", "settled"]
    decide(
        workspace, round_, DecidedValue(department="parks", question=second, source="consensus", level=2, reason="so")
    )
    assert second not in [line.question for line in suggest_agenda(workspace, ADMIN, round_, "parks", most=60)]


def test_before_results_are_shown_a_departments_facilitator_sees_no_plan(workspace: Workspace) -> None:
    round_ = held(workspace, "named", lead_days=20)
    everybody(workspace, round_, "parks", [[1, 5], [1, 4], [3, 3]])  # three of a topic's four: enough for a level
    round_ = closed(workspace)
    own = suggest_agenda(workspace, IN_PARKS, round_, "parks", most=2)
    assert [(line.why["plan"], line.why["worth"] > 0) for line in own] == [("not_shown", True)] * 2
    assert suggest_agenda(workspace, ADMIN, round_, "parks", most=2)[0].why["plan"] == "changes"


def test_who_may_ask(workspace: Workspace) -> None:
    round_ = held(workspace, "named")
    for visitor, department in ((IN_PARKS, "roads"), (IN_PARKS, None), (PARKS_LEAD, "parks"), (LEADER, None)):
        with pytest.raises(NotPermitted):
            suggest_agenda(workspace, visitor, round_, department)
        with pytest.raises(NotPermitted):
            agreed_lines(workspace, visitor, round_, department)
    with pytest.raises(Refused, match="the department 'zoo' does not take part in the round 'R'"):
        suggest_agenda(workspace, ADMIN, round_, "zoo")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = str(tmp_path_factory.mktemp("demo") / "city.duckdb")
    workspace = Workspace(url=path, store=open_store(path), clock=lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))
    build_demo(workspace, "city", date(2026, 11, 22))
    yield workspace
    workspace.store.close()


def starts(plan: Plan) -> dict[str, date]:
    return {each.id: each.start for each in plan.actions}


def test_in_the_demo_city_the_first_question_really_changes_the_plan(city: Workspace) -> None:
    round_ = find_round(city, ADMIN, "latest")
    lines = suggest_agenda(city, ADMIN, round_, None)
    assert len(lines) == 15 and all(line.why["plan"] == "changes" for line in lines)
    assert [line.why["worth"] for line in lines] == sorted((line.why["worth"] for line in lines), reverse=True)
    first, made = lines[0], []
    assert first.department and first.question
    for level in (first.why["lowest"], first.why["highest"]):
        value = DecidedValue(department=first.department, question=first.question, source="consensus", level=level)
        decide(city, round_, value)
        made.append(starts(plans.make_plan(city, ADMIN, round_, iterations=3)))
    low, high = made
    assert low != high
    assert set(first.why["entering"]) == set(high) - set(low)
    assert set(first.why["leaving"]) == set(low) - set(high)
    assert {each["code"] for each in first.why["moved"]} == {c for c in set(low) & set(high) if low[c] != high[c]}


def test_the_demo_city_has_an_agenda_for_each_department(city: Workspace) -> None:
    round_ = find_round(city, ADMIN, "latest")
    weights = dict.fromkeys(round_.framework.topics, 3)
    for department in round_.names:
        lines = suggest_agenda(city, ADMIN, round_, department)
        agreed = agreed_lines(city, ADMIN, round_, department)
        assert lines and {line.department for line in (*lines, *agreed)} == {department}
        assert not set(said(lines)) & set(said(agreed))
        known = known_answers(city, round_, department, weights)
        assert all(not known.is_settled(place) for place in said((*lines, *agreed)))  # type: ignore[arg-type]
    everywhere = agreed_lines(city, ADMIN, round_, None)
    assert len(everywhere) == sum(len(agreed_lines(city, ADMIN, round_, each)) for each in round_.names)
