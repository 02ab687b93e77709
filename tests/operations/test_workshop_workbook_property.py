"""Whatever a room may write into its workbook is what is recorded; the same workbook twice changes nothing."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from maturity.assessment.terms import ROLE_FAMILIES
from maturity.assessment.votes import reveal
from maturity.assessment.workshop import Outcome
from maturity.operations import workshop_lines, workshop_room, workshops
from maturity.operations.rounds import Round
from maturity.operations.workshop_workbook import export_workbook, import_workbook
from maturity.operations.workspace import Workspace
from maturity.publishing.workshop_sheets import NOTE_KINDS, tidy
from maturity.storage import workshop_votes
from maturity.storage.decided import decided_values
from maturity.storage.engine import open_store

from .city import ADMIN, make_town
from .conftest import NOW
from .filled_workbook import fill

TOP = 5
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20) | st.sampled_from(
    ["=1+1", "-2", "_x0041_"]
)
said = texts.filter(lambda text: len(tidy(text)) >= 3)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Round]]:
    store = open_store(str(tmp_path_factory.mktemp("town") / "town.duckdb"))
    seconds = itertools.count()
    workspace = Workspace(url="property", store=store, clock=lambda: NOW + timedelta(seconds=next(seconds)))
    yield workspace, make_town(workspace)
    store.close()


@st.composite
def rooms(draw: st.DrawFn) -> dict[str, Any]:
    """People by role; of 3 questions the ballots with their votes, and the agreement if any; notes, no two alike."""
    people = [draw(st.integers(0, 4)) for _ in ROLE_FAMILIES]
    people[0] += not sum(people)
    vote = st.integers(1, TOP) | st.none()
    questions = []
    for _ in range(3):
        ballots = [
            draw(
                st.lists(vote, min_size=1, max_size=sum(people)).map(lambda given: sorted(given, key=lambda v: v or 9))
            )
            for _ in range(draw(st.integers(0, 3)))
        ]
        agreed = st.builds(
            Outcome,
            level=st.integers(1, TOP),
            reason=said,
            minority_view=texts,
            follow_up=texts,
            follow_up_owner=texts,
        )
        questions.append((ballots, draw(st.none() | agreed)))
    notes = draw(
        st.lists(
            st.tuples(
                st.sampled_from(list(NOTE_KINDS)),
                texts.filter(tidy),
                texts,
                st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1)),
            ),
            max_size=4,
            unique_by=lambda note: (note[0], tidy(note[1]), tidy(note[2]), note[3]),
        )
    )
    return {"people": people, "questions": questions, "notes": notes}


def cells_of(room: dict[str, Any], round_: Round) -> dict[tuple[str, int], dict[str, Any]]:
    """The room as somebody types it."""
    named = {level.level: f"{level.level} {level.name}" for level in round_.framework.levels} | {None: "Don't know"}
    cells: dict[tuple[str, int], dict[str, Any]] = {}
    for line, number in enumerate(room["people"], start=1):
        cells["People", line] = {"Counted in the room": number}
    for place, (ballots, agreed) in enumerate(room["questions"]):
        for ballot, levels in enumerate(ballots):
            cells["Votes", 3 * place + ballot + 1] = {named[level]: levels.count(level) for level in set(levels)}
        if agreed:
            cells["Agreed", place + 1] = {
                "Agreed level": agreed.level,
                "Reason": agreed.reason,
                "Minority view": agreed.minority_view or None,
                "Follow-up": agreed.follow_up or None,
                "Owner of the follow-up": agreed.follow_up_owner or None,
            }
    for line, (kind, text, owner, due) in enumerate(room["notes"], start=1):
        cells["Notes", line] = {"Kind": NOTE_KINDS[kind], "Text": text, "Owner": owner or None, "Due": due}
    return cells


@given(rooms())
@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_is_written_is_what_is_recorded(town: tuple[Workspace, Round], written: dict[str, Any]) -> None:
    workspace, round_ = town
    asked = list(round_.framework.questions)[:3]
    lines = [workshop_lines.AgendaLine(department="parks", question=each) for each in asked]
    made = workshops.plan_workshop(workspace, ADMIN, round_, "parks", "On paper", lines)
    content = fill(export_workbook(workspace, ADMIN, round_, made), cells_of(written, round_))
    done, _ = import_workbook(workspace, ADMIN, round_, made, content)

    now = workshop_room.room(workspace, ADMIN, round_, done)
    assert list(now.attendance.values()) == written["people"]
    with workspace.store.reading() as tx:
        by_ballot = workshop_votes.levels_by_ballot(tx, done.id)
        decided = {each.question: each.level for each in decided_values(tx, round_.id) if each.source == "consensus"}
    for matter, (ballots, agreed) in zip(now.matters, written["questions"], strict=True):
        assert [sorted(by_ballot[matter.id, n], key=lambda v: v or 9) for n in range(1, matter.ballot + 1)] == ballots
        assert list(now.reveals[matter.id]) == [reveal(n, levels, TOP) for n, levels in enumerate(ballots, start=1)]
        assert matter.phase == ("settled" if agreed else "revealed" if ballots else "waiting")
        if agreed:
            names = ("reason", "minority_view", "follow_up", "follow_up_owner")
            assert matter.outcome == Outcome(level=agreed.level, **{n: tidy(getattr(agreed, n)) for n in names})
            assert decided[matter.question] == agreed.level
    assert [(n.kind, n.text, n.owner, n.due_on) for n in now.notes] == [
        (kind, tidy(text), tidy(owner), due) for kind, text, owner, due in written["notes"]
    ]
    for again in (content, export_workbook(workspace, ADMIN, round_, done)):
        assert import_workbook(workspace, ADMIN, round_, done, again)[1].is_nothing
    assert workshop_room.room(workspace, ADMIN, round_, done) == now
