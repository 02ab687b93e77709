"""A workshop afterwards: numbers by hand, and nothing that those who answered or voted were not told of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from maturity.access.roles import Grant, Visitor
from maturity.assessment.answers import Answer
from maturity.assessment.terms import RoundTerms
from maturity.assessment.workshop import Outcome
from maturity.framework.examples import fitting_examples
from maturity.operations import answers, respondents, rounds, workshop_steps, workshop_voting, workshops
from maturity.operations.consensus import consensus_of
from maturity.operations.errors import Refused
from maturity.operations.workshop_lines import AgendaLine
from maturity.operations.workshop_pack import summary_for_everybody, workshop_pack
from maturity.operations.workshop_results import votes_beside, workshop_results
from maturity.operations.workshop_trend import agreement_trend
from maturity.storage.terms import save_terms

from .city import ADMIN, LEADER, make_town
from .test_workshops import ASHA, ballots, let_in, opened, voting

AGREED = Outcome(level=4, reason="two registers are kept", minority_view="one of them is old")


@pytest.fixture
def town(workspace):
    return make_town(workspace)


def on_terms(workspace, round_, anonymity):
    workspace.store.write(save_terms, round_.id, RoundTerms(lead_days=0, anonymity=anonymity))
    return rounds.find_round(workspace, ADMIN, round_.name)


def held(workspace, town, first, second=None, *, name="", agreed=AGREED):
    """A workshop on one question, voted on once or twice, agreed and ended; with its matter's id."""
    room = opened(workspace, town, count=1)
    people = let_in(workspace, room, len(first), name=name)
    room = voting(workspace, room)
    matter = room.current
    assert workshop_voting.cast(workspace, ballots(room, people, first)) == [None] * len(first)
    room = workshop_steps.reveal_votes(workspace, ASHA, room)
    if second:
        room = workshop_steps.open_vote(workspace, ASHA, room)
        workshop_voting.cast(workspace, ballots(room, people, second, 2))
        room = workshop_steps.reveal_votes(workspace, ASHA, room)
    if agreed:
        room = workshop_steps.record_consensus(workspace, ASHA, town, room, agreed)
    return workshops.end_workshop(workspace, ASHA, room), matter


def answered(workspace, levels, anonymity="named"):
    """A closed round "2027" in which people of Parks gave these levels to the first question."""
    made = rounds.create_round(workspace, ADMIN, "2027", "city-data-maturity")
    workspace.store.write(save_terms, made.id, RoundTerms(lead_days=0, anonymity=anonymity))
    made = rounds.open_round(workspace, ADMIN, rounds.find_round(workspace, ADMIN, "2027"))
    question = next(iter(made.framework.questions))
    for number, level in enumerate(levels):
        who = Visitor(person=f"p{number}", name=f"P{number}", grants=(Grant(role="respondent", department="parks"),))
        person = respondents.start(workspace, who, made, "parks")
        answers.save_answer(workspace, who, made, person, Answer(question=question, state="level", level=level))
        respondents.send(workspace, who, made, person)
    return rounds.close_round(workspace, ADMIN, rounds.find_round(workspace, ADMIN, "2027"))


def test_what_was_agreed_stands_beside_the_answers_and_the_votes(workspace, town):
    made = answered(workspace, [1, 2, 2, 3, 5])
    room, _ = held(workspace, made, [1, 1, 2, 4, 5, None], [4, 4, 4, 4, 5, 3])
    found = workshop_results(workspace, ASHA, made, room)
    only = found.matters[0]
    assert (only.department, only.outcome, only.moved) == ("Parks", AGREED, 2.0)
    assert (only.before.people, only.before.counts, only.before.median) == (5, (1, 2, 1, 0, 1), 2.0)
    assert [each.counts for each in only.votes] == [(2, 1, 0, 1, 1), (0, 0, 1, 4, 1)]
    assert found.people == 6 and found.attendance == {"leader": 0, "manager": 6, "front-line": 0}
    assert found.agreed == (only,) and found.left_open == () and found.warm_up == ()
    assert found.minutes == 0 and not found.answers_open


def test_two_answers_spread_only_where_they_stand_under_names(workspace, town):
    made = answered(workspace, [1, 4])
    room, _ = held(workspace, made, [3] * 5)
    before = workshop_results(workspace, ASHA, made, room).matters[0].before
    assert (before.fewest, before.people, before.counts) == (2, 2, (1, 0, 0, 1, 0))
    told = on_terms(workspace, made, "pseudonymous")
    before = workshop_results(workspace, ASHA, told, room).matters[0].before
    assert (before.fewest, before.people, before.counts, before.median, before.agreement) == (5, 2, None, None, None)


def test_while_the_round_is_open_no_answer_is_looked_at(workspace):
    town = make_town(workspace, closed=False)
    room, _ = held(workspace, town, [3] * 5)
    found = workshop_results(workspace, ASHA, town, room)
    assert found.answers_open and found.matters[0].before is None and found.matters[0].moved is None


@pytest.mark.parametrize("name", ["Asha", ""])
def test_under_names_each_vote_stands_beside_its_voter(workspace, town, name):
    room, matter = held(workspace, town, [1, None, 4], name=name)
    found = votes_beside(workspace, ASHA, town, room, matter)
    assert [(each.who, dict(each.votes)) for each in found.voters] == [
        (name or "Participant 1", {1: 1}),
        (name or "Participant 2", {1: None}),
        (name or "Participant 3", {1: 4}),
    ]
    assert (found.ballots, found.hidden) == ((1,), ())


def test_under_numbers_votes_are_shown_from_five_on(workspace, town):
    town = on_terms(workspace, town, "pseudonymous")
    room, matter = held(workspace, town, [1, 2, 3, 4, None], [3, 3, 3, 3, 4], name="Asha")
    found = votes_beside(workspace, ASHA, town, room, matter)
    assert (found.ballots, found.hidden) == ((1, 2), (1,))
    assert [each.who for each in found.voters] == [f"Participant {n}" for n in range(1, 6)]
    assert all(set(each.votes) == {2} for each in found.voters)


def test_in_an_anonymous_round_only_counts_are_left(workspace, town):
    town = on_terms(workspace, town, "anonymous")
    room, matter = held(workspace, town, [1, 2, 3, 4, 5, 5])
    assert votes_beside(workspace, ASHA, town, room, matter).voters == ()
    assert workshop_results(workspace, ASHA, town, room).matters[0].votes[0].counts == (1, 1, 1, 1, 2)


def test_nobody_s_vote_is_shown_before_the_end(workspace, town):
    room = voting(workspace, opened(workspace, town))
    with pytest.raises(Refused, match="once the workshop has ended"):
        votes_beside(workspace, ASHA, town, room, room.current)


def test_agreement_from_the_answers_to_the_last_vote_and_against_before(workspace, town):
    """By hand: the last vote of the first workshop is half at 1, half at 5 (A = -1), of the second all at 3 (A = 1)."""
    earlier, _ = held(workspace, town, [1, 1, 1, 5, 5, 5], agreed=None)
    later = workspace.clock() + timedelta(days=200)
    workspace = replace(workspace, clock=lambda: later)
    made = answered(workspace, [2] * 5)
    room, _ = held(workspace, made, [1, 1, 1, 5, 5, 5], [3] * 6)
    found = agreement_trend(workspace, ASHA, made, room)
    (line,) = found.lines
    assert (line.answers, line.first, line.last, line.end) == (1.0, -1.0, 1.0, 1.0)
    assert (found.from_answers.then, found.from_answers.now, found.from_answers.questions) == (1.0, 1.0, 1)
    assert (found.from_first.then, found.from_first.now) == (-1.0, 1.0)
    assert [(each.of, each.questions, each.then, each.now) for each in found.workshops] == [
        (earlier.name, 1, -1.0, 1.0)
    ]
    assert found.rounds == ()  # in 2026 a reviewer decided, nobody answered


def test_one_vote_or_too_few_make_no_trend(workspace, town):
    room, _ = held(workspace, town, [3, 3, 3])
    found = agreement_trend(workspace, ASHA, town, room)
    assert [(each.first, each.last, each.end) for each in found.lines] == [(None, None, None)]
    assert (found.from_answers, found.from_first, found.workshops) == (None, None, ())


def test_results_name_the_workshop_and_the_reason(workspace, town):
    room, _ = held(workspace, town, [4] * 5)
    question = workshops.agenda(workspace, ASHA, room)[0].question
    (said,) = consensus_of(workspace, LEADER, town, "parks").items()
    assert said[0] == question
    assert (said[1].level, said[1].reason, said[1].minority_view) == (4, AGREED.reason, AGREED.minority_view)
    assert said[1].workshop == "In the room"
    assert consensus_of(workspace, LEADER, town, "roads") == {}


def test_what_is_left_open_and_the_warm_up_stand_apart(workspace, town):
    lines = [AgendaLine(department="parks", question=q) for q in list(town.framework.questions)[:2]]
    lines.insert(0, AgendaLine(example=next(iter(fitting_examples(town.framework))).id))
    room = workshops.plan_workshop(workspace, ASHA, town, "parks", "In the room", lines)
    room = voting(workspace, workshops.open_workshop(workspace, ASHA, room))
    room = workshop_steps.reveal_votes(workspace, ASHA, room)
    matters = workshops.agenda(workspace, ASHA, room)
    room = workshop_steps.go_to(workspace, ASHA, room, matters[1].id)
    room = workshop_steps.park(workspace, ASHA, room, "who keeps the list?")
    found = workshop_results(workspace, ASHA, town, room)
    assert [each.matter.phase for each in found.left_open] == ["parked", "waiting"]
    assert [each.example.id for each in found.warm_up] == [matters[0].example]
    assert [each.text for each in found.notes] == ["who keeps the list?"]


def test_the_papers_come_from_the_store_and_hold_answers_back_like_results(workspace, town):
    made = answered(workspace, [2] * 5)
    room, _ = held(workspace, made, [1, 1, 1, 5, 5, 5], [3] * 6)
    pack = workshop_pack(workspace, ASHA, made, room, sets=2)
    assert pack.count("class='set'") + pack.count('class="set"') == 2 and AGREED.reason in pack
    assert "median of the answers" in summary_for_everybody(workspace, ASHA, made, room)
    workspace.store.write(save_terms, made.id, RoundTerms(lead_days=5))
    workspace.store.write(lambda tx: tx.run("UPDATE assessment_round SET closes_on = $day", day=date(2026, 3, 2)))
    early = rounds.find_round(workspace, ADMIN, "2027")
    assert "median of the answers" not in summary_for_everybody(workspace, ASHA, early, room)
    with pytest.raises(Refused, match="1 to 60 participants, not 61"):
        workshop_pack(workspace, ASHA, made, room, sets=61)
