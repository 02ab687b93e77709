"""Answers by role family, as the store counts them."""

from __future__ import annotations

from maturity.assessment.answers import Answer
from maturity.storage.answers import save_answer
from maturity.storage.respondents import respondent_of, submit
from maturity.storage.roles import family_counts, family_tallies

from .conftest import NOW, City


def answered(city: City, family: str | None, level: int, *, sent: bool = True, label: str = "x") -> None:
    made = city.respondent(label=label, role_family=family)
    city.store.write(save_answer, made, Answer(question="q1", state="level", level=level), actor="x", now=NOW)
    if sent:
        with city.store.reading() as tx:
            version = respondent_of(tx, made).row_version
        city.store.write(submit, made, NOW, version)


def test_only_what_was_sent_counts_by_family(city: City) -> None:
    for number, (family, level, sent) in enumerate(
        [("manager", 2, True), ("manager", 2, True), ("leader", 3, True), (None, 1, True), ("manager", 3, False)]
    ):
        answered(city, family, level, sent=sent, label=f"p{number}")
    with city.store.reading() as tx:
        counts, tallies = family_counts(tx, city.round), family_tallies(tx, city.round)
    assert [(each.department, each.role_family, each.people) for each in counts] == [
        ("parks", "leader", 1),
        ("parks", "manager", 2),
        ("parks", None, 1),
    ]
    assert [(family, t.department, t.question, t.level, t.count) for family, t in tallies] == [
        ("leader", "parks", "q1", 3, 1),
        ("manager", "parks", "q1", 2, 2),
        (None, "parks", "q1", 1, 1),
    ]
