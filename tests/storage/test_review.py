"""What a reviewer reads from the store and leaves there: only what was sent, with files, flags and the newest days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from maturity.assessment.answers import Answer
from maturity.assessment.evidence import NewestEvidence
from maturity.storage import NotStored, new_id
from maturity.storage.answers import save_answers, withdraw_answer
from maturity.storage.log import check_store
from maturity.storage.respondents import submit, take_back
from maturity.storage.review import Flag, drop_flag, keep_sent_back, newest_evidence, save_flag, sent_answers

OLD = date(2023, 5, 1)


def answered(city: Any, department: UUID, label: str, *answers: Answer, sent: bool = True, after: int = 0) -> UUID:
    city.now += timedelta(minutes=1)  # people are numbered as they began
    person: UUID = city.respondent(department, label)
    city.store.write(save_answers, person, answers, actor=label, now=city.now + timedelta(days=after))
    if sent:
        city.store.write(submit, person, city.now, 1)
    return person


def add_file(city: Any, respondent: UUID, question: str, name: str, *, removed: bool = False) -> None:
    city.store.write(
        lambda tx: tx.insert(
            "evidence_file",
            ("id", "respondent_id", "question", "name", "media_type", "size", "sha256", "uploaded_at", "removed_at"),
            [
                (
                    *(new_id(city.now), respondent, question, name, "application/pdf", 2_048, "0" * 64, city.now),
                    city.now if removed else None,
                )
            ],
        )
    )


def level(question: str, value: int, **more: Any) -> Answer:
    return Answer(question=question, state="level", level=value, **more)


def test_only_what_was_sent_is_there_beside_its_files_and_flag(city: Any) -> None:
    ana = answered(city, city.parks, "Ana", level("q1", 3, evidence_note="the policy"), level("q2", 1))
    answered(city, city.parks, "Dee", level("q1", 2, evidence_note="a draft"), sent=False)
    ben = answered(city, city.parks, "Ben", level("q1", 2))
    answered(city, city.works, "Eve", level("q1", 1))
    city.store.write(withdraw_answer, ana, "q2", actor="Ana", now=city.now)
    add_file(city, ana, "q1", "policy.pdf")
    add_file(city, ana, "q1", "gone.pdf", removed=True)
    city.store.write(save_flag, ben, "q1", Flag(reason="says nothing", flagged_by="rev", flagged_at=city.now))
    with city.store.reading() as tx:
        found = sent_answers(tx, city.round, "parks")
    assert [(each.label, each.number, each.answer.question, each.answer.level) for each in found] == [
        ("Ana", 1, "q1", 3),
        ("Ben", 3, "q1", 2),  # Dee, who has not sent, is number 2 and stays it
    ]
    assert [file.name for file in found[0].files] == ["policy.pdf"] and found[0].files[0].size == 2_048
    assert found[0].answer.evidence_note == "the policy" and found[0].flag is None
    assert found[1].flag is not None and found[1].flag.reason == "says nothing"
    assert check_store(city.store) == []


def test_a_flag_is_replaced_and_taken_off_and_needs_a_sent_answer(city: Any) -> None:
    ana = answered(city, city.parks, "Ana", level("q1", 3))
    for reason in ("first", "second"):
        city.store.write(save_flag, ana, "q1", Flag(reason=reason, flagged_by="rev", flagged_at=city.now))
    with city.store.reading() as tx:
        flag = sent_answers(tx, city.round, "parks")[0].flag
    assert flag is not None and flag.reason == "second"
    city.store.write(drop_flag, ana, "q1")
    with city.store.reading() as tx:
        assert sent_answers(tx, city.round, "parks")[0].flag is None
    with pytest.raises(NotStored, match="q3 was taken back"):
        city.store.write(save_flag, ana, "q3", Flag(reason="x", flagged_by="rev", flagged_at=city.now))


def test_the_newest_evidence_is_of_sent_levels_only(city: Any) -> None:
    answered(city, city.parks, "Ana", level("q1", 3, evidence_note="old", evidence_date=OLD), after=-400)
    answered(city, city.parks, "Ben", level("q1", 3, evidence_link="https://b", evidence_date=OLD.replace(year=2024)))
    answered(city, city.parks, "Cleo", level("q1", 2, evidence_date=OLD.replace(year=2025)))  # a day, and no evidence
    answered(city, city.parks, "Dee", level("q1", 2, evidence_note="draft"), sent=False)
    answered(city, city.parks, "Eve", Answer(question="q2", state="dont_know", evidence_note="who knows"))
    works = answered(city, city.works, "Fay", level("q3", 2), level("q2", 2, evidence_note=""), after=5)
    add_file(city, works, "q3", "list.pdf")
    gone = answered(city, city.works, "Gus", level("q1", 2))
    add_file(city, gone, "q1", "gone.pdf", removed=True)
    with city.store.reading() as tx:
        assert newest_evidence(tx, city.round) == [
            NewestEvidence("parks", "q1", date(2024, 5, 1)),
            NewestEvidence("works", "q3", (city.now + timedelta(days=5)).date()),
        ]


def test_sent_back_keeps_the_note(city: Any) -> None:
    ana = answered(city, city.parks, "Ana", level("q1", 3))

    def write(tx: Any) -> None:
        take_back(tx, ana, 2)
        keep_sent_back(tx, new_id(city.now), ana, "Look at q1 again", by="rev", now=city.now)

    city.store.write(write)
    with city.store.reading() as tx:
        assert sent_answers(tx, city.round, "parks") == []
        rows = tx.rows("SELECT note, sent_by FROM sent_back WHERE respondent_id = $id", id=ana)
    assert rows == [{"note": "Look at q1 again", "sent_by": "rev"}]
