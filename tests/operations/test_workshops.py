"""A workshop from its plan to its end, by the operations that pages and phones call, on each engine."""

from __future__ import annotations

import os
from dataclasses import replace
from uuid import UUID

import pytest

from maturity.access.roles import Grant, Visitor
from maturity.access.tokens import read_seat, sign_seat
from maturity.assessment.answers import DecidedValue
from maturity.assessment.terms import RoundTerms
from maturity.assessment.workshop import Outcome
from maturity.operations import (
    rounds,
    scores,
    sign_off,
    upkeep,
    workshop_joining,
    workshop_room,
    workshop_seats,
    workshop_steps,
    workshop_voting,
    workshops,
)
from maturity.operations.errors import Changed, Refused
from maturity.operations.workshop_joining import Joining, NoWorkshop
from maturity.operations.workshop_lines import AgendaLine
from maturity.operations.workshop_voting import Ballot, VoteRefused
from maturity.operations.workshops import CODE_LETTERS, join_code
from maturity.storage.decided import decisions, save_decided_value
from maturity.storage.terms import save_terms
from maturity.storage.workshop_votes import votes as votes_of

from .city import ADMIN, LEADER, make_town

ASHA = Visitor(person="asha", name="Asha", grants=(Grant(role="facilitator"),))
PARKS_ONLY = Visitor(person="pia", name="Pia", grants=(Grant(role="facilitator", department="parks"),))
AGREED = Outcome(
    level=4, reason="two registers are kept", minority_view="one is old", follow_up="ask", follow_up_owner="Ben"
)


@pytest.fixture
def town(workspace):
    return make_town(workspace)


def planned(workspace, town, count=2, department="parks", **more):
    lines = [AgendaLine(department="parks", question=q) for q in list(town.framework.questions)[:count]]
    return workshops.plan_workshop(workspace, ASHA, town, department, "In the room", lines, **more)


def opened(workspace, town, **more):
    return workshops.open_workshop(workspace, ASHA, planned(workspace, town, **more))


def ticket(number: int) -> str:
    return f"ticket-{number:015d}"


def let_in(workspace, workshop, count, role="manager", name=""):
    people = [Joining(code=workshop.code, ticket=ticket(n), role_family=role, name=name) for n in range(count)]
    cookies = workshop_joining.join(workspace, people)
    return [workshop_joining.seat_of(workspace, cookie) for cookie in cookies]


def voting(workspace, workshop, number=0):
    """The room on one question of the agenda, with its vote open."""
    matter = workshops.agenda(workspace, ASHA, workshop)[number]
    return workshop_steps.open_vote(workspace, ASHA, workshop_steps.go_to(workspace, ASHA, workshop, matter.id))


def ballots(workshop, people, levels, ballot=1):
    return [
        Ballot(code=workshop.code, participant=each, matter=workshop.current, ballot=ballot, level=level)
        for each, level in zip(people, levels, strict=True)
    ]


def test_from_the_lobby_to_a_consensus_that_is_the_department_s_value(workspace, town):
    room = opened(workspace, town)
    question = workshops.agenda(workspace, ASHA, room)[0].question
    people = let_in(workspace, room, 6)
    room = voting(workspace, room)
    assert workshop_voting.cast(workspace, ballots(room, people, [1, 1, 2, 4, 5, None])) == [None] * 6
    seen = workshop_room.room(workspace, ASHA, town, room)
    assert (seen.votes_cast, seen.attendance["manager"], seen.last_reveal) == (6, 6, None)
    room = workshop_steps.reveal_votes(workspace, ASHA, room)
    shown = workshop_room.room(workspace, ASHA, town, room).last_reveal
    assert (shown.counts, shown.dont_know, shown.first_to_speak) == ((2, 1, 0, 1, 1), 1, (1, 5))
    room = workshop_steps.open_vote(workspace, ASHA, room)
    assert workshop_voting.cast(workspace, ballots(room, people, [4, 4, 4, 4, 5, 3], 2)) == [None] * 6
    room = workshop_steps.record_consensus(
        workspace, ASHA, town, workshop_steps.reveal_votes(workspace, ASHA, room), AGREED
    )
    seen = workshop_room.room(workspace, ASHA, town, room)
    assert seen.current.phase == "settled"
    assert seen.current.outcome == AGREED
    assert [each.counts for each in seen.reveals[seen.current.id]] == [(2, 1, 0, 1, 1), (0, 0, 1, 4, 1)]
    topic, dimension = (
        town.framework.topic_of[question],
        town.framework.dimension_of[town.framework.topic_of[question].id],
    )
    now = scores.scores_of(workspace, ADMIN, "2026").of("parks", dimension.id, topic.id, question)
    assert (now.score, now.value_from) == (4.0, "consensus")
    assert upkeep.problems_of_store(workspace, ADMIN) == []


def test_a_consensus_taken_back_lets_the_value_before_it_count_again(workspace, town):
    room = opened(workspace, town)
    matter = workshops.agenda(workspace, ASHA, room)[0]
    room = workshop_steps.go_to(workspace, ASHA, room, matter.id)
    room = workshop_steps.record_consensus(workspace, ASHA, town, room, AGREED)
    before = scores.scores_of(workspace, ADMIN, "2026").of("parks").score
    room = workshop_steps.withdraw_consensus(workspace, ASHA, town, room)
    assert scores.scores_of(workspace, ADMIN, "2026").of("parks").score == 1.0 < before
    assert workshop_room.room(workspace, ASHA, town, room).current.phase == "waiting"
    with pytest.raises(Refused, match="nothing is agreed"):
        workshop_steps.withdraw_consensus(workspace, ASHA, town, room)


def test_a_signed_off_round_takes_no_consensus(workspace, town):
    room = opened(workspace, town)
    matter = workshops.agenda(workspace, ASHA, room)[0]
    room = workshop_steps.go_to(workspace, ASHA, room, matter.id)
    sign_off.sign_off_round(workspace, LEADER, rounds.find_round(workspace, ADMIN, "2026"))
    with pytest.raises(Changed):  # signing off has ended the workshop
        workshop_steps.record_consensus(workspace, ASHA, town, room, AGREED)
    room = workshops.find_workshop(workspace, ASHA, room.id)
    with pytest.raises(Refused, match="has ended"):
        workshop_steps.record_consensus(workspace, ASHA, town, room, AGREED)
    assert not any(each.outcome for each in workshops.agenda(workspace, ASHA, room))
    with pytest.raises(Refused, match="signed off"):
        opened(workspace, town, count=1)


def test_two_facilitators_never_undo_each_other(workspace, town):
    room = opened(workspace, town)
    matters = workshops.agenda(workspace, ASHA, room)
    ahead = workshop_steps.go_to(workspace, ASHA, room, matters[1].id)
    with pytest.raises(Changed, match="somebody else has gone on"):
        workshop_steps.go_to(workspace, ADMIN, room, matters[0].id)
    assert workshops.find_workshop(workspace, ADMIN, room.id).current == ahead.current == matters[1].id


def test_a_double_click_takes_one_step(workspace, town):
    room = opened(workspace, town)
    room = workshop_steps.go_to(workspace, ASHA, room, workshops.agenda(workspace, ASHA, room)[0].id)
    workshop_steps.open_vote(workspace, ASHA, room)
    with pytest.raises(Changed):
        workshop_steps.open_vote(workspace, ASHA, room)
    assert workshop_room.room(workspace, ASHA, town, room).current.ballot == 1


def test_nobody_leaves_or_ends_an_open_vote(workspace, town):
    room = voting(workspace, opened(workspace, town))
    other = workshops.agenda(workspace, ASHA, room)[1]
    for leave in (
        lambda: workshop_steps.go_to(workspace, ASHA, room, other.id),
        lambda: workshops.end_workshop(workspace, ASHA, room),
        lambda: workshop_steps.accept_agreed(workspace, ASHA, town, room, [(other.id, 3)], "they agree"),
    ):
        with pytest.raises(Refused, match="reveal it before you go on"):
            leave()


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (replace(AGREED, level=6), "a level is 1 to 5, not 6"),
        (replace(AGREED, level=0), "a level is 1 to 5, not 0"),
        (replace(AGREED, reason=" "), "reason for the consensus is missing"),
        (replace(AGREED, minority_view="x" * 4_001), "4001 characters"),
        (replace(AGREED, follow_up_owner="x" * 121), "121 characters"),
    ],
)
def test_what_cannot_be_agreed_is_refused_and_nothing_is_kept(workspace, town, outcome, said):
    room = opened(workspace, town)
    room = workshop_steps.go_to(workspace, ASHA, room, workshops.agenda(workspace, ASHA, room)[0].id)
    with pytest.raises(Refused, match=said):
        workshop_steps.record_consensus(workspace, ASHA, town, room, outcome)
    assert workshops.find_workshop(workspace, ASHA, room.id).row_version == room.row_version


def test_what_agrees_already_is_accepted_all_at_once_or_not_at_all(workspace, town):
    room = opened(workspace, town, count=3)
    first, second, third = workshops.agenda(workspace, ASHA, room)
    with pytest.raises(Refused, match="a level is 1 to 5"):
        workshop_steps.accept_agreed(workspace, ASHA, town, room, [(first.id, 3), (second.id, 9)], "they agree")
    assert [m.phase for m in workshops.agenda(workspace, ASHA, room)] == ["waiting"] * 3
    room = workshop_steps.accept_agreed(workspace, ASHA, town, room, [(first.id, 3), (second.id, 2)], "they agree")
    found = workshops.agenda(workspace, ASHA, room)
    assert [(m.phase, m.outcome and m.outcome.level) for m in found] == [
        ("settled", 3),
        ("settled", 2),
        ("waiting", None),
    ]
    room = voting(workspace, room, 2)
    room = workshop_steps.reveal_votes(workspace, ASHA, room)
    with pytest.raises(Refused, match="has begun with"):
        workshop_steps.accept_agreed(workspace, ASHA, town, room, [(third.id, 3)], "they agree")


def test_what_is_accepted_is_the_departments_value_also_over_an_older_consensus(workspace, town):
    room = opened(workspace, town, count=3)
    first, second, third = workshops.agenda(workspace, ASHA, room)
    before = [
        DecidedValue(department="parks", question=first.question, source=source, level=5, reason="then")
        for source in ("consensus", "review")
    ]
    for each in before:
        workspace.store.write(
            lambda tx, each=each: save_decided_value(tx, town.id, each, decided_by="x", now=workspace.clock())
        )
    levels = [(first.id, 3), (second.id, 2), (third.id, 4)]
    with pytest.raises(Refused, match="has begun with"):
        workshop_steps.accept_agreed(workspace, ASHA, town, room, [*levels, (first.id, 1)], "they agree")
    workshop_steps.accept_agreed(workspace, ASHA, town, room, levels, "they agree")
    with workspace.store.reading() as tx:
        found = decisions(tx, town.id)
    agreed = {each.question: (each.level, each.row_version) for each in found if each.source == "consensus"}
    assert agreed == {first.question: (3, 2), second.question: (2, 1), third.question: (4, 1)}
    assert {each.decided_by for each in found if each.source == "consensus"} == {"asha"}
    kept = [
        each for each in found if (each.department, each.question, each.source) == ("parks", first.question, "review")
    ]
    assert [each.level for each in kept] == [5]


def test_the_agenda_can_be_put_in_another_order_but_keeps_what_has_begun(workspace, town):
    room = opened(workspace, town)
    one, two, three = (AgendaLine(department="parks", question=q) for q in list(town.framework.questions)[:3])
    room = workshop_steps.reveal_votes(workspace, ASHA, voting(workspace, room))
    before = workshops.agenda(workspace, ASHA, room)[0]
    room = workshops.change_agenda(workspace, ASHA, town, room, [three, one])
    found = workshops.agenda(workspace, ASHA, room)
    assert [m.question for m in found] == [three.question, one.question]
    assert found[1] == replace(before, place=1)
    assert room.current == before.id
    with pytest.raises(Refused, match="stays on the agenda"):
        workshops.change_agenda(workspace, ASHA, town, room, [two, three])


def test_nothing_is_planned_or_changed_in_a_signed_off_round(workspace, town):
    workshop = planned(workspace, town)
    sign_off.sign_off_round(workspace, ADMIN, town)
    with pytest.raises(Refused, match="is signed off, so nothing in it can change"):
        planned(workspace, town)
    with pytest.raises(Refused, match="is signed off, so nothing in it can change"):
        workshops.change_agenda(workspace, ASHA, town, workshop, [])
    assert len(workshops.agenda(workspace, ASHA, workshop)) == 2


def test_a_line_that_stays_takes_the_newer_reason(workspace, town):
    workshop = planned(workspace, town)
    lines = [
        AgendaLine(department=m.department, question=m.question) for m in workshops.agenda(workspace, ASHA, workshop)
    ]
    workshop = workshops.change_agenda(workspace, ASHA, town, workshop, [replace(lines[0], why={"worth": 2}), lines[1]])
    workshops.change_agenda(workspace, ASHA, town, workshop, lines)
    assert [each.why for each in workshops.agenda(workspace, ASHA, workshop)] == [{"worth": 2}, {}]


def test_what_cannot_stand_on_an_agenda_is_refused(workspace, town):
    question = next(iter(town.framework.questions))
    line = AgendaLine(department="parks", question=question)
    for lines, said in (
        ([replace(line, question="nonsense")], "is no question of"),
        ([replace(line, department="nowhere")], "does not take part"),
        ([replace(line, department="roads")], "needs one of its own"),
        ([line, line], "stands twice"),
        ([line] * 61, "at most 60"),
    ):
        with pytest.raises(Refused, match=said):
            workshops.plan_workshop(workspace, ASHA, town, "parks", "In the room", lines)
    for name, seconds, said in (("", 60, "1 to 120 characters"), ("x", 5, "10 to 900 seconds")):
        with pytest.raises(Refused, match=said):
            workshops.plan_workshop(workspace, ASHA, town, None, name, [], seconds_to_vote=seconds)
    both = [line, replace(line, department="roads")]
    assert (
        len(workshops.agenda(workspace, ASHA, workshops.plan_workshop(workspace, ASHA, town, None, "All", both))) == 2
    )


def test_a_facilitator_of_one_department_runs_its_workshops_and_no_others(workspace, town):
    from maturity.access.permissions import NotPermitted

    parks, whole = planned(workspace, town), planned(workspace, town, department=None)
    assert [w.id for w in workshops.workshops(workspace, PARKS_ONLY, town)] == [parks.id]
    assert {w.id for w in workshops.workshops(workspace, ASHA, town)} == {parks.id, whole.id}
    for refused in (
        lambda: workshops.open_workshop(workspace, PARKS_ONLY, whole),
        lambda: workshops.plan_workshop(workspace, PARKS_ONLY, town, "roads", "x"),
        lambda: workshops.plan_workshop(workspace, PARKS_ONLY, town, None, "x"),
    ):
        with pytest.raises(NotPermitted):
            refused()


def test_the_same_ticket_is_the_same_person(workspace, town):
    room = opened(workspace, town)
    one = Joining(code=room.code, ticket=ticket(1), role_family="leader", name=" Pat ")
    first, twice = workshop_joining.join(workspace, [one, one])
    again = workshop_joining.join(workspace, [one])[0]
    assert first == twice == again
    people = workshop_room.room(workspace, ASHA, town, room).participants
    assert [(each.number, each.name) for each in people] == [(1, "Pat")]


def test_the_same_ticket_in_another_workshop_is_another_seat(workspace, town):
    one, two = opened(workspace, town), opened(workspace, town)
    seats = [
        workshop_joining.join(workspace, [Joining(code=w.code, ticket=ticket(1), role_family="leader")])[0]
        for w in (one, two)
    ]
    assert seats[0] != seats[1]
    mine = workshop_joining.seat_of(workspace, seats[0])
    assert workshop_seats.seat(workspace, one.code, mine) is not None
    assert workshop_seats.seat(workspace, two.code, mine) is None


@pytest.mark.parametrize("anonymity", ["pseudonymous", "anonymous"])
def test_no_name_is_kept_where_the_round_is_not_held_by_name(workspace, town, anonymity):
    workspace.store.write(save_terms, town.id, RoundTerms(lead_days=0, anonymity=anonymity))
    room = opened(workspace, town)
    assert not workshop_joining.door(workspace, room.code).asks_for_names
    let_in(workspace, room, 2, name="Pat")
    assert [p.name for p in workshop_room.room(workspace, ASHA, town, room).participants] == [None, None]


def test_who_cannot_come_in_hears_why_and_spoils_it_for_nobody(workspace, town):
    room, waiting = opened(workspace, town), planned(workspace, town)
    good = Joining(code=room.code, ticket=ticket(1), role_family="leader")
    answers = workshop_joining.join(
        workspace,
        [
            good,
            replace(good, code="AAAAAA"),
            replace(good, code="'; --"),
            replace(good, code=waiting.code),
            replace(good, ticket="short"),
            replace(good, role_family="king"),
            replace(good, ticket=ticket(2), name="x" * 61),
            replace(good, ticket=ticket(3), name="two\nlines"),
        ],
    )
    assert isinstance(answers[0], str)
    assert [type(each) for each in answers[1:4]] == [NoWorkshop] * 3
    assert all(isinstance(each, Refused) for each in answers[4:])
    assert len(workshop_room.room(workspace, ASHA, town, room).participants) == 1


def test_wrong_codes_ended_ones_and_forgotten_ones_are_told_alike(workspace, town):
    room = opened(workspace, town)
    ended = workshops.end_workshop(workspace, ASHA, opened(workspace, town))
    said = set()
    for code in ("AAAAAA", ended.code):
        with pytest.raises(NoWorkshop) as refused:
            workshop_joining.door(workspace, code)
        said.add(str(refused.value).replace(code, "CODE"))
    assert len(said) == 1
    assert workshop_joining.door(workspace, room.code).asks_for_names


def test_what_is_no_vote_is_refused_and_counts_nothing(workspace, town):
    room = opened(workspace, town)
    people = let_in(workspace, room, 2)
    room = voting(workspace, room)
    good = ballots(room, people[:1], [3])[0]
    stranger = UUID(int=7)
    answers = workshop_voting.cast(
        workspace,
        [
            replace(good, participant=stranger),
            replace(good, code="AAAAAA"),
            replace(good, matter=workshops.agenda(workspace, ASHA, room)[1].id),
            replace(good, ballot=2),
            replace(good, level=6),
            replace(good, level=0),
            replace(good, participant=people[1], level=2),
        ],
    )
    assert [type(each) for each in answers] == [NoWorkshop, NoWorkshop, *[VoteRefused] * 4, type(None)]
    assert workshop_room.room(workspace, ASHA, town, room).votes_cast == 1
    room = workshop_steps.reveal_votes(workspace, ASHA, room)
    late = workshop_voting.cast(workspace, [good])[0]
    assert "too late" in str(late)
    workshops.end_workshop(workspace, ASHA, room)
    assert "ended" in str(workshop_voting.cast(workspace, [good])[0])
    with workspace.store.reading() as tx:
        assert [(v.participant_id, v.level) for v in votes_of(tx, room.id)] == [(people[1], 2)]


def test_a_vote_changes_until_the_reveal_and_the_later_of_two_stands(workspace, town):
    room = opened(workspace, town)
    me = let_in(workspace, room, 1)[0]
    room = voting(workspace, room)
    first, second = ballots(room, [me, me], [2, 5])
    assert workshop_voting.cast(workspace, [first, second]) == [None, None]
    assert workshop_seats.seat(workspace, room.code, me).vote == 5
    assert workshop_voting.cast(workspace, [replace(first, level=None)]) == [None]
    mine = workshop_seats.seat(workspace, room.code, me)
    assert (mine.voted, mine.vote) == (True, None)


def test_after_an_anonymous_round_s_workshop_nobody_can_be_told_by_a_vote(workspace, town):
    workspace.store.write(save_terms, town.id, RoundTerms(lead_days=0, anonymity="anonymous"))
    room = opened(workspace, town)
    people = let_in(workspace, room, 6)
    room = voting(workspace, room)
    workshop_voting.cast(workspace, ballots(room, people, [1, 2, 3, 4, 5, 5]))
    room = workshops.end_workshop(workspace, ASHA, workshop_steps.reveal_votes(workspace, ASHA, room))
    with workspace.store.reading() as tx:
        left = votes_of(tx, room.id)
    assert sorted(v.level for v in left) == [1, 2, 3, 4, 5, 5]
    assert not {v.participant_id for v in left} & set(people)


def test_a_seat_s_cookie_cannot_be_forged():
    seat = UUID(int=5)
    cookie = sign_seat("key", seat)
    assert read_seat("key", cookie) == seat
    assert read_seat("other", cookie) is None
    for forged in ("", cookie[:-1], cookie + "0", cookie.replace("5.", "6."), "x" * 97):
        assert read_seat("key", forged) is None


def test_codes_have_six_letters_that_nobody_mistakes_and_all_are_likely():
    made = [join_code(os.urandom) for _ in range(3_000)]
    assert {len(code) for code in made} == {6}
    assert set("".join(made)) == set(CODE_LETTERS)
    assert not set(CODE_LETTERS) & set("01258BILOSUZ")
    assert len(set(made)) > 2_990
    assert join_code(lambda count: bytes([255] * (count - 1) + [0])) == CODE_LETTERS[0] * 6  # 255 is passed over
