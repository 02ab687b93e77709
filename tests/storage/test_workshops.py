"""Workshops and their votes in the store, on each engine."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from maturity.assessment.workshop import Matter, Note, Outcome, Participant, Vote, Workshop
from maturity.storage import new_id
from maturity.storage import workshop_votes as votes
from maturity.storage import workshops as stored
from maturity.storage.engine import Conflict, NotStored, RuleBroken
from maturity.storage.log import check_store
from maturity.storage.revision import revision

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def made(city, code="ACDEFG", department=None) -> Workshop:
    new = Workshop(
        id=new_id(NOW), round_id=city.round, organisation_id=city.organisation, department=None, name="In the room",
        code=code, made_by="asha", made_at=NOW, stepped_by="asha", stepped_at=NOW,
    )  # fmt: skip
    city.store.write(stored.add_workshop, new, department)
    with city.store.reading() as tx:
        return stored.workshop_of(tx, new.id)


def agenda(city, workshop, *questions: str) -> list[Matter]:
    found = [
        Matter(id=new_id(NOW), place=place, department="parks", question=question, why={"worth": 1.5, "of": [1, 4]})
        for place, question in enumerate(questions)
    ]
    city.store.write(stored.save_agenda, workshop, {"parks": city.parks}, found)
    return found


def let_in(city, workshop, count: int) -> list[Participant]:
    new = [
        Participant(id=new_id(NOW), workshop_id=workshop.id, number=0, role_family="manager", joined_at=NOW)
        for _ in range(count)
    ]
    city.store.write(votes.add_participants, workshop.id, new)
    return new


def test_a_workshop_comes_back_as_it_was_kept(city):
    kept = made(city, department=city.parks)
    assert (kept.department, kept.status, kept.row_version, kept.opened_at) == ("parks", "planned", 1, None)
    assert made(city, "CDEFGH").department is None
    with city.store.reading() as tx:
        assert stored.workshop_by_code(tx, "ACDEFG") == kept
        assert stored.workshop_by_code(tx, "ZZZZZZ") is None
        assert [each.code for each in stored.workshops(tx, city.round)][-1] in ("ACDEFG", "CDEFGH")
        with pytest.raises(NotStored):
            stored.workshop_of(tx, UUID(int=1))


def test_no_two_workshops_have_the_same_code(city):
    made(city)
    with pytest.raises(RuleBroken):
        made(city)


def test_a_step_keeps_when_it_was_opened_and_ended(city):
    kept = made(city)
    later = NOW + timedelta(minutes=1)
    city.store.write(stored.turn, kept, by="ben", now=NOW, status="open")
    with city.store.reading() as tx:
        kept = stored.workshop_of(tx, kept.id)
    assert (kept.status, kept.opened_at, kept.stepped_by, kept.row_version) == ("open", NOW, "ben", 2)
    city.store.write(stored.turn, kept, by="ben", now=later, status="ended")
    with city.store.reading() as tx:
        ended = stored.workshop_of(tx, kept.id)
    assert (ended.opened_at, ended.ended_at) == (NOW, later)


def test_of_two_steps_on_the_same_state_the_second_is_refused(city):
    kept = made(city)
    city.store.write(stored.turn, kept, by="asha", now=NOW, status="open")
    before = revision(city.store, stored.workshop_scope(kept.id))
    with pytest.raises(Conflict):
        city.store.write(stored.turn, kept, by="ben", now=NOW, status="ended")
    assert revision(city.store, stored.workshop_scope(kept.id)) == before


def test_an_agenda_keeps_its_order_its_reasons_and_what_was_agreed(city):
    kept = made(city)
    first, second = agenda(city, kept, "q2", "q1")
    settled = replace(
        second, phase="settled", ballot=2, voting_since=NOW, voting_until=NOW, settled_by="asha", settled_at=NOW,
        outcome=Outcome(level=3, reason="so", minority_view="no", follow_up="look", follow_up_owner="Ben"),
    )  # fmt: skip
    city.store.write(stored.save_matter, settled)
    with city.store.reading() as tx:
        assert stored.matters(tx, kept.id) == [first, settled]
        assert stored.matter_of(tx, first.id).why == {"worth": 1.5, "of": [1, 4]}
    moved = [replace(settled, place=0), replace(first, place=1)]
    city.store.write(stored.save_agenda, kept, {"parks": city.parks}, moved)
    with city.store.reading() as tx:
        assert stored.matters(tx, kept.id) == moved


def test_people_are_numbered_as_they_come_and_come_once(city):
    kept = made(city)
    new = let_in(city, kept, 3)
    city.store.write(votes.add_participants, kept.id, [new[1], replace(new[1], name="again")])
    let_in(city, kept, 1)
    with city.store.reading() as tx:
        there = votes.participants(tx, kept.id)
        assert [each.number for each in there] == [1, 2, 3, 4]
        assert there[1].name is None
        assert votes.participant_of(tx, new[0].id) == replace(new[0], number=1)
        assert votes.participant_of(tx, UUID(int=9)) is None


def test_a_vote_again_takes_the_place_of_the_one_before(city):
    kept = made(city)
    matter, people = agenda(city, kept, "q1")[0], let_in(city, kept, 2)

    def vote(number: int, level: int | None, ballot: int = 1) -> Vote:
        return Vote(matter_id=matter.id, ballot=ballot, participant_id=people[number].id, level=level, made_at=NOW)

    city.store.write(votes.save_votes, [vote(0, 2), vote(1, 3), vote(0, 4)])
    city.store.write(votes.save_votes, [vote(1, None), vote(1, 5, 2)])
    with city.store.reading() as tx:
        assert votes.levels_by_ballot(tx, kept.id) == {(matter.id, 1): [4, None], (matter.id, 2): [5]}
        assert votes.levels_of(tx, matter.id, 1) == [4, None]
        assert votes.vote_of(tx, matter.id, 1, people[0].id) == vote(0, 4)
        assert votes.vote_of(tx, matter.id, 2, people[0].id) is None
        assert len(votes.votes(tx, kept.id)) == 3


def test_many_vote_at_once_and_everybody_counts_once(city):
    kept = made(city)
    matter, people = agenda(city, kept, "q1")[0], let_in(city, kept, 20)

    def cast(number: int) -> None:
        for level in (1, 2, 3):
            given = Vote(matter_id=matter.id, ballot=1, participant_id=people[number].id, level=level, made_at=NOW)
            city.store.write(votes.save_votes, [given])

    threads = [threading.Thread(target=cast, args=(number,)) for number in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with city.store.reading() as tx:
        assert votes.levels_of(tx, matter.id, 1) == [3] * 20


def test_a_batch_is_kept_whole_also_where_nobody_knows_and_can_be_changed_again(city):
    kept = made(city)
    matter, people = agenda(city, kept, "q1")[0], let_in(city, kept, 20)

    def batch(level: int | None, count: int) -> list[Vote]:
        return [
            Vote(matter_id=matter.id, ballot=1, participant_id=each.id, level=level, made_at=NOW)
            for each in people[:count]
        ]

    city.store.write(votes.save_votes, batch(None, 20))
    city.store.write(votes.save_votes, batch(4, 12))
    with city.store.reading() as tx:
        assert votes.levels_of(tx, matter.id, 1) == [4] * 12 + [None] * 8
        assert votes.members(tx, kept.id, [people[3].id, UUID(int=9)]) == {people[3].id}
        assert votes.members(tx, kept.id, []) == set()


def test_parted_votes_keep_their_levels_and_lose_their_people(city):
    kept = made(city)
    first, second = agenda(city, kept, "q1", "q2")
    people = let_in(city, kept, 6)
    given = [
        Vote(matter_id=matter.id, ballot=1, participant_id=each.id, level=level, made_at=NOW + timedelta(seconds=level))
        for matter in (first, second)
        for level, each in enumerate(people)
        if level
    ]
    city.store.write(votes.save_votes, given)
    with city.store.reading() as tx:
        before = votes.levels_by_ballot(tx, kept.id)
    later = NOW + timedelta(hours=1)
    city.store.write(votes.part_votes_from_people, kept.id, later)
    with city.store.reading() as tx:
        after = votes.votes(tx, kept.id)
        assert votes.levels_by_ballot(tx, kept.id) == before
    assert len({each.participant_id for each in after}) == len(given)  # not even one person's two votes go together
    assert not {each.participant_id for each in after} & {each.id for each in people}
    assert {each.made_at for each in after} == {later}


def test_how_the_room_stands_is_one_look(city):
    kept = made(city)
    matter = agenda(city, kept, "q1")[0]
    city.store.write(stored.turn, kept, by="asha", now=NOW, status="open", current=matter.id)
    until = NOW + timedelta(minutes=1)
    city.store.write(stored.save_matter, replace(matter, phase="voting", ballot=1, voting_until=until))
    seen = votes.room_now(city.store, "ACDEFG")
    assert seen == votes.RoomNow(
        id=kept.id, status="open", version=2, matter=matter.id, phase="voting", ballot=1, voting_until=until,
        stepped_at=NOW,
    )  # fmt: skip
    assert votes.room_now(city.store, "ZZZZZZ") is None


def test_notes_are_kept_and_taken_off(city):
    kept = made(city)
    matter = agenda(city, kept, "q1")[0]
    note = Note(
        id=new_id(NOW), workshop_id=kept.id, matter_id=matter.id, kind="action", text="ask", owner="Ben",
        due_on=NOW.date(), made_by="asha", made_at=NOW,
    )  # fmt: skip
    city.store.write(stored.add_note, note)
    with city.store.reading() as tx:
        assert stored.notes(tx, kept.id) == [note]
    city.store.write(stored.drop_note, kept.id, note.id)
    with city.store.reading() as tx:
        assert stored.notes(tx, kept.id) == []


def test_the_check_of_the_store_knows_the_workshop(city):
    kept = made(city)
    agenda(city, kept, "q1")
    assert check_store(city.store) == []
    stray = Participant(id=new_id(NOW), workshop_id=UUID(int=3), number=1, role_family="leader", joined_at=NOW)
    city.store.write(votes.add_participants, UUID(int=3), [stray])
    assert check_store(city.store) == ["1 rows of workshop_participant name a workshop that does not exist"]
