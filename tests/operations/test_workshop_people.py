"""What a workshop keeps about people: names that can be taken off, votes that in anonymous rounds part from whose they
are, and what a facilitator did, which is in their export and loses their name with them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import COMMAND_LINE, Grant, Visitor
from maturity.assessment.terms import RoundTerms
from maturity.assessment.workshop import Outcome, Participant, Workshop
from maturity.operations import (
    erasure,
    privacy,
    rights,
    workshop_joining,
    workshop_lines,
    workshop_seats,
    workshop_steps,
    workshop_voting,
    workshops,
)
from maturity.operations.errors import Refused
from maturity.operations.frameworks import import_framework
from maturity.operations.rounds import Round, close_round, create_round, open_round
from maturity.operations.setup import Department, Organisation, create_organisation
from maturity.operations.sign_off import sign_off_round
from maturity.operations.upkeep import audit_events, problems_of_store
from maturity.operations.workshop_people import forget_participant
from maturity.operations.workshop_room import room
from maturity.operations.workspace import Workspace
from tests.assessment.small import framework

from .known_people import known

NAMES = ("Kim Kahn", "Lou Lind", "Max Mohr", "Nia Noor", "Oda Ohm", "Pia Pohl")
LEVELS = (1, 2, 2, 3, 5, None)


@pytest.fixture
def town(workspace: Workspace) -> Organisation:
    import_framework(workspace, COMMAND_LINE, framework())
    departments = [Department(code="x", name="Works", staff=10), Department(code="y", name="Parks", staff=30)]
    return create_organisation(workspace, COMMAND_LINE, "Town", departments)


def held(
    workspace: Workspace, town: Organisation, anonymity: Any, by: Visitor = COMMAND_LINE
) -> tuple[Round, Workshop]:
    """A workshop on one question of Works in which six people voted; the votes are revealed, and one is agreed."""
    made = create_round(workspace, COMMAND_LINE, "R1", "small", terms=RoundTerms(anonymity=anonymity))
    round_ = open_round(workspace, COMMAND_LINE, made)
    lines = [workshop_lines.AgendaLine(department="x", question="a1")]
    now = workshops.open_workshop(
        workspace, by, workshops.plan_workshop(workspace, by, round_, "x", "In the room", lines)
    )
    people = [
        workshop_joining.Joining(code=now.code, ticket=f"{number:022}", role_family="manager", name=name)
        for number, name in enumerate(NAMES)
    ]
    cookies = workshop_joining.join(workspace, people)
    seats = [seat for each in cookies if (seat := workshop_joining.seat_of(workspace, str(each)))]
    matter = workshops.agenda(workspace, by, now)[0]
    now = workshop_steps.open_vote(workspace, by, workshop_steps.go_to(workspace, by, now, matter.id))
    ballots = [
        workshop_voting.Ballot(code=now.code, participant=seat, matter=matter.id, ballot=1, level=level)
        for seat, level in zip(seats, LEVELS, strict=True)
    ]
    assert workshop_voting.cast(workspace, ballots) == [None] * len(ballots)
    now = workshop_steps.reveal_votes(workspace, by, now)
    agreed = Outcome(level=2, reason="most said so", follow_up="ask", follow_up_owner="kim kahn ")
    now = workshop_steps.record_consensus(workspace, by, round_, now, agreed)
    return round_, workshop_steps.add_note(workspace, by, now, "action", "write it down", owner="Lou Lind")


def people_of(workspace: Workspace, round_: Round, workshop: Workshop) -> tuple[Participant, ...]:
    return room(workspace, COMMAND_LINE, round_, workshop).participants


def contents(workspace: Workspace) -> dict[str, str]:
    """Every value of each table as one text."""
    with workspace.store.reading() as tx:
        return {table: json.dumps(tx.rows(f"SELECT * FROM {table}"), default=str) for table in tx.tables()}


def test_a_name_is_taken_off_and_the_vote_stays(workspace: Workspace, town: Organisation) -> None:
    facilitator = known(workspace, "Fay", "facilitator", "x", town)
    round_, workshop = held(workspace, town, "named", facilitator)
    before = room(workspace, facilitator, round_, workshop)
    kim, *others = before.participants
    assert kim.label == "Kim Kahn"
    now = forget_participant(workspace, facilitator, workshop, kim.id)
    after = room(workspace, facilitator, round_, now)
    assert [each.label for each in after.participants] == ["Participant 1", *(each.label for each in others)]
    assert (after.reveals, now.row_version) == (before.reveals, workshop.row_version)
    assert audit_events(workspace, COMMAND_LINE)[0].verb == "forget name"
    assert "Kim" not in contents(workspace)["audit_event"]
    assert forget_participant(workspace, facilitator, now, kim.id) == now
    ended = workshops.end_workshop(workspace, facilitator, now)
    forget_participant(workspace, facilitator, ended, others[0].id)
    assert people_of(workspace, round_, ended)[1].name is None


def test_only_who_runs_the_workshop_takes_names_off(workspace: Workspace, town: Organisation) -> None:
    round_, workshop = held(workspace, town, "named")
    kim = people_of(workspace, round_, workshop)[0]
    for visitor in (
        known(workspace, "Rob", "respondent", "x", town),
        known(workspace, "Gus", "facilitator", "y", town),
        Visitor(person="far", name="Far", grants=(Grant(role="facilitator", organisation=UUID(int=1)),)),
    ):
        with pytest.raises(NotPermitted):
            forget_participant(workspace, visitor, workshop, kim.id)
    with pytest.raises(Refused, match="nobody of that number is in this workshop"):
        forget_participant(workspace, COMMAND_LINE, workshop, UUID(int=1))
    assert people_of(workspace, round_, workshop)[0].name == "Kim Kahn"


def test_an_export_has_what_a_facilitator_did_and_nothing_of_who_was_there(
    workspace: Workspace, town: Organisation
) -> None:
    facilitator = known(workspace, "Fay", "facilitator", "x", town)
    held(workspace, town, "named", facilitator)
    made = rights.export_person(workspace, facilitator, UUID(facilitator.person))
    found = {each["kind"]: each for each in made.document["decisions"]}
    assert found["workshop"]["name"] == "In the room"
    assert found["last step in a workshop"]["status"] == "open"
    assert (found["agreed in a workshop"]["question"], found["agreed in a workshop"]["reason"]) == (
        "a1",
        "most said so",
    )
    assert found["note of a workshop"]["text"] == "write it down"
    assert [name for name in (*NAMES, "kim kahn") if name in made.text] == []


def test_who_is_erased_goes_from_workshops_by_their_very_name(workspace: Workspace, town: Organisation) -> None:
    kim = known(workspace, "Kim Kahn", "facilitator", "x", town)
    known(workspace, "Max Mohr", "respondent", "x", town)
    round_, workshop = held(workspace, town, "named", kim)
    erasure.erase_person(workspace, COMMAND_LINE, UUID(kim.person), "asked")
    found = room(workspace, COMMAND_LINE, round_, workshop)
    assert [each.name for each in found.participants] == [None, *NAMES[1:]]
    outcome = found.matters[0].outcome
    assert outcome and (outcome.follow_up, outcome.follow_up_owner) == ("ask", "Erased person")
    assert found.notes[0].owner == "Lou Lind"
    assert "kim" not in json.dumps(contents(workspace)).lower()
    assert problems_of_store(workspace, COMMAND_LINE) == []


def test_a_namesake_and_another_organisation_keep_theirs(workspace: Workspace, town: Organisation) -> None:
    round_, workshop = held(workspace, town, "named")
    village = create_organisation(workspace, COMMAND_LINE, "Village", [Department(code="z", name="Zoo")])
    lou, namesake = (known(workspace, name, "respondent", "x", town) for name in ("Lou Lind", "Lou Other"))
    workspace.store.write(lambda tx: tx.run("UPDATE person SET name = 'lou lind' WHERE name = 'Lou Other'"))
    nia = known(workspace, "Nia Noor", "respondent", "z", village)
    for gone in (lou, nia):
        erasure.erase_person(workspace, COMMAND_LINE, UUID(gone.person), "asked")
    assert [each.name for each in people_of(workspace, round_, workshop)] == list(NAMES)
    erasure.erase_person(workspace, COMMAND_LINE, UUID(namesake.person), "asked")
    assert [each.name for each in people_of(workspace, round_, workshop)] == [NAMES[0], None, *NAMES[2:]]


def test_names_go_when_the_time_of_the_organisation_is_over(workspace: Workspace, town: Organisation) -> None:
    admin = known(workspace, "Ada", "administrator", None, town)
    round_, workshop = held(workspace, town, "named")
    workshops.end_workshop(workspace, COMMAND_LINE, workshop)
    privacy.set_privacy_terms(workspace, admin, "", 2)

    def after(days: int) -> Workspace:
        return replace(workspace, clock=lambda: workspace.clock() + timedelta(days=days))

    assert erasure.due_for_erasure(after(58), admin).names == 0  # ended on 2 March, kept until 2 May
    assert erasure.due_for_erasure(after(62), admin).names == len(NAMES)
    before = room(workspace, COMMAND_LINE, round_, workshop)
    done = erasure.apply_retention(after(62), admin)
    assert (done.names, done.people) == (len(NAMES), ())
    found = room(workspace, COMMAND_LINE, round_, workshop)
    assert {each.name for each in found.participants} == {None}
    assert (found.reveals, found.attendance) == (before.reveals, before.attendance)
    assert erasure.due_for_erasure(after(62), admin).names == 0
    assert audit_events(workspace, COMMAND_LINE)[0].detail["names"] == len(NAMES)
    assert problems_of_store(workspace, COMMAND_LINE) == []


@pytest.mark.parametrize("anonymity", ["pseudonymous", "anonymous"])
def test_rounds_without_names_keep_none(workspace: Workspace, town: Organisation, anonymity: str) -> None:
    round_, workshop = held(workspace, town, anonymity)
    assert {each.name for each in people_of(workspace, round_, workshop)} == {None}
    text = json.dumps(contents(workspace))
    assert [name for name in NAMES[2:] if name in text] == []  # the first two were written down as owners


def test_after_an_anonymous_workshop_nothing_links_a_vote_to_a_participant(
    workspace: Workspace, town: Organisation
) -> None:
    round_, workshop = held(workspace, town, "anonymous")
    before = room(workspace, COMMAND_LINE, round_, workshop)
    ended = workshops.end_workshop(workspace, COMMAND_LINE, workshop)
    after = room(workspace, COMMAND_LINE, round_, ended)
    assert (after.reveals, after.attendance) == (before.reveals, before.attendance)
    tables = contents(workspace)
    for each in before.participants:
        assert [table for table, text in tables.items() if str(each.id) in text] == ["workshop_participant"]
    votes = json.loads(tables["workshop_vote"])
    assert sorted(str(vote["level"]) for vote in votes) == sorted(map(str, LEVELS))
    assert len({vote["participant_id"] for vote in votes}) == len(votes)
    assert len({vote["made_at"] for vote in votes}) == 1
    ticket = workshop_seats.seat(workspace, ended.code, before.participants[0].id)
    assert ticket is not None and not ticket.voted  # not even their own phone knows any more
    assert problems_of_store(workspace, COMMAND_LINE) == []


def test_a_workshop_that_nobody_ended_ends_when_the_round_is_signed_off(
    workspace: Workspace, town: Organisation
) -> None:
    round_, workshop = held(workspace, town, "anonymous")
    now = workshop_steps.withdraw_consensus(workspace, COMMAND_LINE, round_, workshop)
    workshop_steps.open_vote(workspace, COMMAND_LINE, now)
    people = people_of(workspace, round_, workshop)
    closed = close_round(workspace, COMMAND_LINE, round_)
    sign_off_round(workspace, COMMAND_LINE, closed)
    ended = workshops.find_workshop(workspace, COMMAND_LINE, workshop.id)
    assert ended.status == "ended" and ended.ended_at is not None
    assert [each.phase for each in workshops.agenda(workspace, COMMAND_LINE, ended)] == ["revealed"]
    votes = contents(workspace)["workshop_vote"]
    assert len(json.loads(votes)) == len(LEVELS) and not [each for each in people if str(each.id) in votes]
    assert problems_of_store(workspace, COMMAND_LINE) == []


@pytest.mark.parametrize("anonymity", ["named", "pseudonymous", "anonymous"])
def test_the_trail_names_no_participant_and_no_vote(workspace: Workspace, town: Organisation, anonymity: str) -> None:
    round_, workshop = held(workspace, town, anonymity)
    people = people_of(workspace, round_, workshop)
    workshops.end_workshop(workspace, COMMAND_LINE, workshop)
    trail = contents(workspace)["audit_event"]
    assert [each.id for each in people if str(each.id) in trail] == []
    assert [name for name in NAMES if name in trail] == []
    assert "vote" in trail and "cast" not in trail
