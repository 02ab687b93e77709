"""Submitted answers, grouped and listed; imports that show all at once."""

from __future__ import annotations

from typing import Any

import pytest

from maturity.assessment.answers import Answer, Tally
from maturity.storage import RuleBroken, new_id
from maturity.storage.answers import answers_of, save_answers, withdraw_answer
from maturity.storage.log import check_store
from maturity.storage.respondents import respondents, submit
from maturity.storage.revision import revision
from maturity.storage.rounds import round_scope
from maturity.storage.rows import StagedRespondent
from maturity.storage.staging import discard_staged, publish_staged, stage_answers
from maturity.storage.tallies import answer_rows, export_rows, tallies


def level(question: str, value: int) -> Answer:
    return Answer(question=question, state="level", level=value)


def answered(city: Any, department: Any, answers: list[Answer], label: str = "Somebody") -> Any:
    person = city.respondent(department, label)
    city.store.write(save_answers, person, answers, actor=label, now=city.now)
    city.store.write(submit, person, city.now, 1)
    return person


@pytest.fixture
def answering(city: Any) -> Any:
    """Parks: 2, 2, 3 and don't know; public works: points; nobody counts who has not submitted."""
    for value in (2, 2, 3):
        answered(city, city.parks, [level("q1", value)], f"P{value}")
    answered(city, city.parks, [Answer(question="q1", state="dont_know"), level("Q2", 1)], "P0")
    works = [Answer(question="q3", state="option", option="b", points=0.5), level("q1", 1)]
    person = answered(city, city.works, works, "W")
    answered(city, city.works, [Answer(question="q3", state="points", points=1.5, label="ja", comment="c")], "V")
    city.store.write(withdraw_answer, person, "q1", actor="W", now=city.now)
    waiting = city.respondent(city.parks, "not yet")
    city.store.write(save_answers, waiting, [level("q1", 1)], actor="x", now=city.now)
    return city


def test_tallies_by_hand(answering: Any) -> None:
    with answering.store.reading() as tx:
        found = tallies(tx, answering.round)
    assert found == [
        Tally(department="parks", question="Q2", state="level", level=1, count=1),
        Tally(department="parks", question="q1", state="dont_know", count=1),
        Tally(department="parks", question="q1", state="level", level=2, count=2),
        Tally(department="parks", question="q1", state="level", level=3, count=1),
        Tally(department="works", question="q3", state="option", points=0.5, count=1),
        Tally(department="works", question="q3", state="points", points=1.5, count=1),
    ]
    assert {type(tally.count) for tally in found} == {int}


def test_columns_for_the_interval(answering: Any) -> None:
    with answering.store.reading() as tx:
        all_of_them = answer_rows(tx, answering.round)
        works = answer_rows(tx, answering.round, "works")
        nobody = answer_rows(tx, new_id(answering.now))
    assert all_of_them.question == ["Q2", "q1", "q1", "q1", "q1", "q3", "q3"]
    assert all_of_them.respondent == [0, 0, 1, 2, 3, 4, 5], "by department and label: P0 P2 P2 P3, V W"
    assert all_of_them.level == [1, None, 2, 2, 3, None, None]
    assert all_of_them.points == [None, None, None, None, None, 1.5, 0.5]
    assert works.department == ["works", "works"] and works.points == [1.5, 0.5]
    assert nobody.respondent == nobody.level == []


def test_rows_for_a_file(answering: Any) -> None:
    with answering.store.reading() as tx:
        found = export_rows(tx, answering.round)
    assert [(row.department, row.respondent, row.answer.question) for row in found] == [
        ("parks", "P0", "Q2"),
        ("parks", "P0", "q1"),
        ("parks", "P2", "q1"),
        ("parks", "P2", "q1"),
        ("parks", "P3", "q1"),
        ("works", "V", "q3"),
        ("works", "W", "q3"),
    ]
    assert found[5].answer == Answer(question="q3", state="points", points=1.5, label="ja", comment="c")


def staged(city: Any, people: int, questions: int = 4) -> list[StagedRespondent]:
    return [
        StagedRespondent(
            id=new_id(city.now),
            department_id=city.parks if n % 2 else city.works,
            label=f"row {n}",
            answers=[level(f"q{q}", 1 + (n + q) % 3) for q in range(questions)],
        )
        for n in range(people)
    ]


def test_an_import_is_seen_all_at_once(city: Any) -> None:
    heard: list[int] = []
    people = staged(city, 25)
    count = stage_answers(city.store, city.round, people, actor="file", now=city.now, batch=30, told=heard.append)
    assert count == 100 and heard == [30, 60, 90, 100]
    before = revision(city.store, round_scope(city.round))
    with city.store.reading() as tx:
        assert tallies(tx, city.round) == [] and respondents(tx, city.round) == []
    assert city.store.write(publish_staged, city.round, city.now) == 25
    with city.store.reading() as tx:
        assert sum(tally.count for tally in tallies(tx, city.round)) == 100
        assert {who.status for who in respondents(tx, city.round)} == {"submitted"}
        assert [stored.answer for stored in answers_of(tx, people[3].id).values()] == people[3].answers
    assert revision(city.store, round_scope(city.round)) == before + 1
    assert check_store(city.store) == []
    assert city.store.write(publish_staged, city.round, city.now) == 0


def test_an_import_that_is_given_up_leaves_nothing(city: Any) -> None:
    answered(city, city.parks, [level("q1", 2)])
    stage_answers(city.store, city.round, staged(city, 25), actor="file", now=city.now)
    assert discard_staged(city.store, city.round, batch=10) == 25
    with city.store.reading() as tx:
        assert [tally.count for tally in tallies(tx, city.round)] == [1]
        assert tx.one("SELECT count(*) AS n FROM answer_event") == {"n": 1}
    assert check_store(city.store) == []


def test_one_respondent_cannot_answer_twice_in_an_import(city: Any) -> None:
    twice = StagedRespondent(
        id=new_id(city.now), department_id=city.parks, label="twice", answers=[level("q1", 1), level("q1", 2)] * 6
    )
    with pytest.raises(RuleBroken):
        stage_answers(city.store, city.round, [twice], actor="file", now=city.now)
