"""Answers: the log, the current state, and edits that meet."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from maturity.assessment.answers import Answer
from maturity.storage import Conflict, NotStored, RuleBroken, Tx, new_id
from maturity.storage.answers import (
    answers_of,
    save_answer,
    save_answers,
    save_topic_note,
    topic_notes,
    topic_remarks,
    withdraw_answer,
)
from maturity.storage.log import check_store, differences, orphans, rebuild_answers
from maturity.storage.respondents import (
    answered_counts,
    holder_of,
    respondent_for,
    respondent_of,
    respondents,
    start_respondent,
    submit,
    take_back,
)
from maturity.storage.revision import revision
from maturity.storage.rounds import round_of, round_scope
from maturity.storage.rows import Respondent, TopicNote

FULL = Answer(
    question="q1",
    state="level",
    level=3,
    label="Mostly",
    reason="because 100 % of $it",
    comment="a\nb",
    confidence=4,
    evidence_note="the register",
    evidence_link="https://example.org/?a=1&b=%20",
)


def events(tx: Tx) -> int:
    return tx.rows("SELECT count(*) AS n FROM answer_event")[0]["n"]


def test_what_is_saved_is_read_back(city: Any) -> None:
    person = city.respondent()
    kept = [
        FULL,
        Answer(question="q2", state="not_applicable", reason="no parks"),
        Answer(question="q3", state="option", option="b", points=0.1),
        Answer(question="Q4", state="points", points=2.5, label="ja"),
        Answer(question="q5", state="dont_know"),
    ]
    city.store.write(save_answers, person, kept, actor="ann", now=city.now)
    with city.store.reading() as tx:
        found = answers_of(tx, person)
    assert list(found) == ["Q4", "q1", "q2", "q3", "q5"], "one order on every engine"
    assert {stored.answer for stored in found.values()} == set(kept)
    assert {stored.row_version for stored in found.values()} == {1}
    assert {stored.made_at for stored in found.values()} == {city.now}


def test_each_change_is_logged_and_raises_the_version(city: Any) -> None:
    person = city.respondent()
    for level in (1, 2, 3):
        stored = city.store.write(
            save_answer, person, Answer(question="q1", state="level", level=level), actor="ann", now=city.now
        )
        assert stored.row_version == level
    assert stored.made_at == city.now + timedelta(microseconds=2), "times rise even where the clock stands still"
    with city.store.reading() as tx:
        assert answers_of(tx, person) == {"q1": stored} and events(tx) == 3


def test_an_edit_that_saw_an_older_version_is_refused(city: Any) -> None:
    person = city.respondent()
    one, two = (Answer(question="q1", state="level", level=level) for level in (1, 2))
    city.store.write(save_answer, person, one, actor="ann", now=city.now, expected_version=0)
    for seen in (0, 2):
        with pytest.raises(Conflict, match="answered elsewhere") as told:
            city.store.write(save_answer, person, two, actor="bob", now=city.now, expected_version=seen)
        assert told.value.current == 1
    city.store.write(save_answer, person, two, actor="bob", now=city.now, expected_version=1)
    with city.store.reading() as tx:
        assert answers_of(tx, person)["q1"].answer == two and events(tx) == 2


def test_a_withdrawn_answer_is_gone_but_its_version_is_not(city: Any) -> None:
    person = city.respondent()
    city.store.write(withdraw_answer, person, "q1", actor="ann", now=city.now)
    city.store.write(save_answer, person, FULL, actor="ann", now=city.now)
    city.store.write(withdraw_answer, person, "q1", actor="ann", now=city.now, expected_version=1)
    with city.store.reading() as tx:
        assert answers_of(tx, person) == {} and answered_counts(tx, city.round) == {}
        assert differences(tx) == []
    again = city.store.write(save_answer, person, FULL, actor="ann", now=city.now, expected_version=0)
    assert again.row_version == 3, "who saw version 1 of the first answer cannot overwrite this one"
    with city.store.reading() as tx:
        assert differences(tx) == [] and events(tx) == 3


def test_six_people_at_one_answer_lose_no_edit(city: Any) -> None:
    person = city.respondent()
    won: list[int] = []
    lost: list[int] = []

    def edit(who: int) -> None:
        for _ in range(8):
            with city.store.reading() as tx:
                seen = answers_of(tx, person).get("q1")
            version = seen.row_version if seen else 0
            answer = Answer(question="q1", state="level", level=1 + who % 3)
            try:
                city.store.write(save_answer, person, answer, actor=str(who), now=city.now, expected_version=version)
                won.append(who)
            except Conflict:
                lost.append(who)

    threads = [threading.Thread(target=edit, args=(who,)) for who in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) + len(lost) == 48 and won
    with city.store.reading() as tx:
        assert answers_of(tx, person)["q1"].row_version == len(won) == events(tx)
        assert differences(tx) == []


def test_threads_without_versions_keep_log_and_state_together(city: Any) -> None:
    people = [city.respondent(label=f"p{n}") for n in range(2)]

    def type_on(who: int) -> None:
        for n in range(10):
            answer = Answer(question=f"q{n % 3}", state="level", level=1 + n % 3)
            city.store.write(save_answer, people[who % 2], answer, actor=str(who), now=city.now)

    threads = [threading.Thread(target=type_on, args=(who,)) for who in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with city.store.reading() as tx:
        assert events(tx) == 60 and differences(tx) == []
        before = [answers_of(tx, person) for person in people]
    city.store.write(rebuild_answers)
    with city.store.reading() as tx:
        assert [answers_of(tx, person) for person in people] == before


def test_a_changed_current_answer_and_an_orphan_are_found(city: Any) -> None:
    person = city.respondent()
    city.store.write(save_answer, person, FULL, actor="ann", now=city.now)
    assert check_store(city.store) == []
    city.store.write(lambda tx: tx.run("UPDATE answer SET level = 1"))
    assert check_store(city.store) == ["2 current answers differ from the log; rebuild them from it"]
    city.store.write(rebuild_answers)
    city.store.write(lambda tx: tx.run("DELETE FROM respondent"))
    with city.store.reading() as tx:
        assert orphans(tx) == [
            "1 rows of answer name a respondent that does not exist",
            "1 rows of answer_event name a respondent that does not exist",
        ]


def test_answers_need_their_respondent_and_the_rules_hold(city: Any) -> None:
    with pytest.raises(NotStored, match="respondent"):
        city.store.write(save_answer, new_id(city.now), FULL, actor="ann", now=city.now)
    person = city.respondent()
    with pytest.raises(RuleBroken):
        city.store.write(
            save_answer, person, Answer(question="q1", state="dont_know", level=2), actor="ann", now=city.now
        )
    with pytest.raises(ValueError, match="two answers"):
        city.store.write(save_answers, person, [FULL, FULL], actor="ann", now=city.now)
    with city.store.reading() as tx:
        assert events(tx) == 0


def test_only_submitted_answers_move_the_rounds_revision(city: Any) -> None:
    person = city.respondent()
    before = revision(city.store, round_scope(city.round))
    city.store.write(save_answer, person, FULL, actor="ann", now=city.now)
    assert revision(city.store, round_scope(city.round)) == before
    assert city.store.write(submit, person, city.now, 1) == 2
    assert revision(city.store, round_scope(city.round)) == before + 1
    city.store.write(save_answer, person, FULL, actor="ann", now=city.now)
    assert revision(city.store, round_scope(city.round)) == before + 2
    assert city.store.write(take_back, person, 2) == 3
    assert revision(city.store, round_scope(city.round)) == before + 3


def test_respondents_resume_and_submit_once(city: Any) -> None:
    person = city.respondent(city.works, "Ann", person="ann@example.org", role_family="lead")
    other = city.respondent(city.parks, "Bob")
    city.respondent(city.parks, "Import", status="staged")
    city.store.write(save_answer, other, FULL, actor="bob", now=city.now)
    with city.store.reading() as tx:
        assert [(who.label, who.department) for who in respondents(tx, city.round)] == [
            ("Bob", "parks"),
            ("Ann", "works"),
        ]
        found = respondent_for(tx, city.round, city.works, "ann@example.org")
        assert found == respondent_of(tx, person)
        assert found is not None and found.role_family == "lead" and found.started_at == city.now
        assert respondent_for(tx, city.round, city.parks, "ann@example.org") is None
        assert answered_counts(tx, city.round) == {other: 1}
        with pytest.raises(NotStored):
            respondent_of(tx, new_id(city.now))
    city.store.write(submit, person, city.now, 1)
    with pytest.raises(Conflict) as told:
        city.store.write(submit, person, city.now, 1)
    assert told.value.current == 2
    with city.store.reading() as tx:
        assert respondent_of(tx, person).submitted_at == city.now
    twice = Respondent(id=person, round_id=city.round, department_id=city.parks, label="x", started_at=city.now)
    with pytest.raises(RuleBroken):
        city.store.write(start_respondent, twice)


def test_whose_answers_these_are_and_how_things_stand_with_them(city: Any) -> None:
    person = city.respondent(city.works, "Ann", person="ann@example.org", role_family="lead")
    with city.store.reading() as tx:
        held, row = holder_of(tx, person), respondent_of(tx, person)
        shared = ("id", "round_id", "department_id", "department", "organisation_id", "person", "role_family")
        assert [getattr(held, name) for name in shared] == [getattr(row, name) for name in shared]
        assert (held.status, held.row_version, held.round_status) == ("started", 1, round_of(tx, city.round).status)
        with pytest.raises(NotStored):
            holder_of(tx, new_id(city.now))


def test_notes_on_a_topic(city: Any) -> None:
    person = city.respondent()
    city.store.write(save_topic_note, person, TopicNote(topic="t1", would_help="time"), city.now)
    note = TopicNote(topic="t1", stands_in_the_way="50 % $money", would_help="time")
    city.store.write(save_topic_note, person, note, city.now)
    with city.store.reading() as tx:
        assert topic_notes(tx, person) == {"t1": note}
        assert topic_remarks(tx, city.round) == []
    city.store.write(submit, person, city.now, 1)
    with city.store.reading() as tx:
        assert [(remark.department, remark.note) for remark in topic_remarks(tx, city.round)] == [("parks", note)]
