"""Made-up people vote in the demo, so that one visitor can hold the whole workshop alone, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import COMMAND_LINE, Grant, Visitor
from maturity.assessment.workshop import Outcome, Workshop
from maturity.demo.room import ROOM
from maturity.operations.catalogues import names_of
from maturity.operations.demo import build_demo
from maturity.operations.demo_workshop import NAME, QUESTIONS, make_believe_votes
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round, find_round
from maturity.operations.scores import scores_of
from maturity.operations.upkeep import problems_of_store
from maturity.operations.workshop_lines import AgendaLine
from maturity.operations.workshop_room import Room, room
from maturity.operations.workshop_steps import go_to, open_vote, record_consensus, reveal_votes
from maturity.operations.workshops import agenda, end_workshop, open_workshop, plan_workshop, workshops
from maturity.operations.workspace import Workspace
from maturity.storage import open_store
from maturity.words.agenda_sentences import why_on_the_agenda
from tests.operations.city import make_town

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RESPONDENT = Visitor(person="rob", name="Rob", grants=(Grant(role="respondent", department="housing"),))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path, seconds = tmp_path_factory.mktemp("demo") / "small.duckdb", count()
    clock = lambda: NOW + timedelta(seconds=next(seconds))  # noqa: E731
    workspace = Workspace(url=str(path), store=open_store(str(path)), clock=clock)
    build_demo(workspace, "small", date(2026, 11, 22))
    yield workspace
    workspace.store.close()


def planned(demo: Workspace) -> tuple[Round, Workshop]:
    round_ = find_round(demo, COMMAND_LINE)
    lines = [
        AgendaLine(example="two-private-lists"),
        AgendaLine(department="housing", question="responsibility-for-data-2"),
    ]
    return round_, plan_workshop(demo, COMMAND_LINE, round_, "housing", "To try", lines)


def seen(demo: Workspace, round_: Round, workshop: Workshop) -> Room:
    return room(demo, COMMAND_LINE, round_, workshop)


def test_the_demo_has_a_planned_workshop_with_a_good_agenda(demo: Workspace) -> None:
    round_ = find_round(demo, COMMAND_LINE)
    (found,) = [each for each in workshops(demo, COMMAND_LINE, round_) if each.name == NAME]
    assert (found.status, found.department, found.opened_at) == ("planned", "housing", None)
    assert found.made_at.date() == date(2026, 11, 20)
    first, second, *questions = agenda(demo, COMMAND_LINE, found)
    assert first.warms_up and second.warms_up and not any(each.warms_up for each in questions)
    assert len(questions) == QUESTIONS and {each.department for each in questions} == {"housing"}
    names = names_of(demo, round_)
    assert all(each.why["spread"] > 0 for each in questions)
    assert all("run from" in why_on_the_agenda(each.why, names) for each in questions)
    assert [each.why["worth"] for each in questions] == sorted((e.why["worth"] for e in questions), reverse=True)
    with demo.store.reading() as tx:
        (facilitator,) = tx.rows("SELECT name FROM person WHERE CAST(id AS TEXT) = $id", id=found.made_by)
    assert facilitator == {"name": "Gwen Arkady"}


def test_a_visitor_holds_a_whole_workshop_alone(demo: Workspace) -> None:
    round_, workshop = planned(demo)
    with pytest.raises(Refused, match="open this one first"):
        make_believe_votes(demo, COMMAND_LINE, round_, workshop)
    now = open_workshop(demo, COMMAND_LINE, workshop)
    made = make_believe_votes(demo, COMMAND_LINE, round_, now)
    assert (made.people, made.votes) == (len(ROOM), 0)
    found = seen(demo, round_, now)
    assert found.attendance == {"leader": 2, "manager": 4, "front-line": 6}
    assert found.participants[0].label == ROOM[0].name
    warm_up, question = found.matters
    for matter, ballots in ((warm_up, 1), (question, 2)):
        now = go_to(demo, COMMAND_LINE, now, matter.id)
        for _ in range(ballots):
            now = open_vote(demo, COMMAND_LINE, now)
            made = make_believe_votes(demo, COMMAND_LINE, round_, now)
            assert (made.people, made.votes) == (len(ROOM), len(ROOM))
            make_believe_votes(demo, COMMAND_LINE, round_, now)  # pressed twice
            assert seen(demo, round_, now).votes_cast == len(ROOM)
            now = reveal_votes(demo, COMMAND_LINE, now)
    found = seen(demo, round_, now)
    assert len(found.participants) == len(ROOM)
    first, second = found.reveals[question.id]
    assert first.agreement is not None and second.agreement is not None and second.agreement > first.agreement
    warmed = found.reveals[warm_up.id][0].counts
    assert warmed is not None and 1 < warmed[1] < 12, "some find the right level, some do not"
    before = scores_of(demo, COMMAND_LINE, round_.name).topic("housing", "responsibility-for-data")
    now = record_consensus(demo, COMMAND_LINE, round_, now, Outcome(level=4, reason="we looked at the register"))
    after = scores_of(demo, COMMAND_LINE, round_.name).topic("housing", "responsibility-for-data")
    assert before.score is not None and after.score is not None and after.score > before.score
    end_workshop(demo, COMMAND_LINE, now)
    with pytest.raises(Refused, match="open this one first"):
        make_believe_votes(demo, COMMAND_LINE, round_, now)
    assert problems_of_store(demo, COMMAND_LINE) == []


def test_the_same_room_votes_the_same_in_every_demo(demo: Workspace) -> None:
    shown = []
    for _ in range(2):
        round_, workshop = planned(demo)
        now = open_workshop(demo, COMMAND_LINE, workshop)
        now = open_vote(demo, COMMAND_LINE, go_to(demo, COMMAND_LINE, now, seen(demo, round_, now).matters[1].id))
        make_believe_votes(demo, COMMAND_LINE, round_, now)
        now = reveal_votes(demo, COMMAND_LINE, now)
        shown.append(seen(demo, round_, now).last_reveal)
    assert shown[0] == shown[1] and shown[0] is not None and not shown[0].hidden


def test_only_who_runs_the_workshop_calls_them(demo: Workspace) -> None:
    round_, workshop = planned(demo)
    now = open_workshop(demo, COMMAND_LINE, workshop)
    with pytest.raises(NotPermitted):
        make_believe_votes(demo, RESPONDENT, round_, now)
    assert seen(demo, round_, now).participants == ()


def test_nobody_made_up_votes_in_a_real_city(tmp_path: Path) -> None:
    path = tmp_path / "own.duckdb"
    workspace = Workspace(url=str(path), store=open_store(str(path)), clock=lambda: NOW)
    round_ = make_town(workspace)
    made = plan_workshop(workspace, COMMAND_LINE, round_, None, "Room")
    now = open_workshop(workspace, COMMAND_LINE, made)
    with pytest.raises(Refused, match="made-up people vote in the demo city only"):
        make_believe_votes(workspace, COMMAND_LINE, round_, now)
    assert seen(workspace, round_, now).participants == ()
    assert [each.id for each in workshops(workspace, COMMAND_LINE, round_)] == [made.id]
    workspace.store.close()


def test_the_room_comes_back_after_the_demo_was_built_anew(tmp_path: Path) -> None:
    path = tmp_path / "again.duckdb"
    workspace = Workspace(url=str(path), store=open_store(str(path)), clock=lambda: NOW)
    for _ in range(2):
        build_demo(workspace, "small", date(2026, 11, 22), reset=True)
        round_ = find_round(workspace, COMMAND_LINE)
        now = open_workshop(workspace, COMMAND_LINE, workshops(workspace, COMMAND_LINE, round_)[0])
        now = open_vote(
            workspace, COMMAND_LINE, go_to(workspace, COMMAND_LINE, now, seen(workspace, round_, now).matters[0].id)
        )
        assert make_believe_votes(workspace, COMMAND_LINE, round_, now).votes == len(ROOM)
    workspace.store.close()
