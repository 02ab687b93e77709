"""Replies: by the head of the department only, on a closed round only, and seen with the result."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import Grant, Visitor
from maturity.assessment.terms import RoundTerms
from maturity.operations.errors import Changed, Refused
from maturity.operations.replies import replies, reply_scope, reply_to_result, withdraw_reply
from maturity.operations.rounds import Round, find_round
from maturity.operations.upkeep import audit_events
from maturity.operations.workspace import Workspace
from maturity.storage.rounds import round_of, set_status
from maturity.storage.terms import save_terms

from .city import ADMIN, LEADER, PARKS_LEAD, RESPONDENT, make_town

ROADS_LEAD = Visitor(person="ro", name="Ro", grants=(Grant(role="department_lead", department="roads"),))


@pytest.fixture
def town(workspace: Workspace) -> Round:
    return make_town(workspace)


def said(workspace: Workspace, visitor: Visitor, round_: Round) -> list[tuple[str, str]]:
    return [(each.department, each.reply) for each in replies(workspace, visitor, round_)]


def test_a_reply_is_said_changed_and_taken_back(workspace: Workspace, town: Round) -> None:
    before = workspace.revision(reply_scope(town.id)), workspace.revision(town.scope)
    assert reply_to_result(workspace, PARKS_LEAD, town, "parks", "  Two of us were ill.\nWe know.  ") == 1
    assert said(workspace, LEADER, town) == [("parks", "Two of us were ill.\nWe know.")]
    assert reply_to_result(workspace, PARKS_LEAD, town, "parks", "We know.", expected_version=1) == 2
    assert said(workspace, PARKS_LEAD, town) == [("parks", "We know.")]
    assert workspace.revision(reply_scope(town.id)) > before[0]
    assert workspace.revision(town.scope) == before[1], "a reply makes no score anew"
    withdraw_reply(workspace, PARKS_LEAD, town, "parks", expected_version=2)
    assert said(workspace, ADMIN, town) == []


def test_what_is_said_is_not_in_the_trail(workspace: Workspace, town: Round) -> None:
    reply_to_result(workspace, PARKS_LEAD, town, "parks", "A secret word")
    event = audit_events(workspace, ADMIN)[0]
    assert (event.verb, event.subject, event.actor) == ("reply to a result", "2026", "pat")
    assert event.detail == {"department": "parks"}


@pytest.mark.parametrize("visitor", [ADMIN, LEADER, RESPONDENT, ROADS_LEAD], ids=lambda who: who.name)
def test_nobody_else_replies(workspace: Workspace, town: Round, visitor: Visitor) -> None:
    with pytest.raises(NotPermitted, match="may not reply to a department's result for the department 'parks'"):
        reply_to_result(workspace, visitor, town, "parks", "Let me say something")
    with pytest.raises(NotPermitted):
        withdraw_reply(workspace, visitor, town, "parks", expected_version=0)


def test_a_reply_travels_with_the_result_and_waits_with_it(workspace: Workspace, town: Round) -> None:
    workspace.store.write(save_terms, town.id, RoundTerms(lead_days=5))
    held = find_round(workspace, ADMIN, "2026")
    reply_to_result(workspace, PARKS_LEAD, held, "parks", "Ours")
    reply_to_result(workspace, ROADS_LEAD, held, "roads", "Theirs")
    assert said(workspace, ADMIN, held) == [("parks", "Ours"), ("roads", "Theirs")]
    assert said(workspace, PARKS_LEAD, held) == [("parks", "Ours")]
    assert said(workspace, LEADER, held) == []
    later = replace(workspace, clock=lambda: datetime(2026, 3, 6, 9, tzinfo=UTC))
    assert said(later, LEADER, held) == [("parks", "Ours"), ("roads", "Theirs")]
    with pytest.raises(NotPermitted):
        replies(workspace, RESPONDENT, held)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("   ", "the reply is missing; enter it"),
        ("x" * 4001, "the reply has 4001 characters, at most 4000 are kept; shorten it"),
        ("a\x00b", "the reply holds zero bytes, which nobody can read; write it anew"),
    ],
)
def test_texts_that_are_no_reply(workspace: Workspace, town: Round, text: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        reply_to_result(workspace, PARKS_LEAD, town, "parks", text)
    assert str(refused.value) == why


def test_two_at_once_do_not_overwrite_each_other(workspace: Workspace, town: Round) -> None:
    reply_to_result(workspace, PARKS_LEAD, town, "parks", "One")
    for late in ({"expected_version": 0}, {"expected_version": 2}):
        with pytest.raises(Changed) as refused:
            reply_to_result(workspace, PARKS_LEAD, town, "parks", "Two", **late)
        assert str(refused.value) == (
            "the reply was changed elsewhere meanwhile; look at what it says now, then save again"
        )
    with pytest.raises(Changed):
        withdraw_reply(workspace, PARKS_LEAD, town, "parks", expected_version=7)
    assert said(workspace, ADMIN, town) == [("parks", "One")]


def test_there_must_be_a_reply_to_take_back(workspace: Workspace, town: Round) -> None:
    with pytest.raises(Refused, match="there is no reply to take back"):
        withdraw_reply(workspace, PARKS_LEAD, town, "parks", expected_version=0)


def test_only_a_closed_round_takes_replies(workspace: Workspace, town: Round) -> None:
    def turn(status: Any) -> None:
        with workspace.store.reading() as tx:
            version = round_of(tx, town.id).row_version
        workspace.store.write(set_status, town.id, status, version)

    turn("open")
    with pytest.raises(Refused) as refused:
        reply_to_result(workspace, PARKS_LEAD, town, "parks", "Too early")
    assert str(refused.value) == "the round '2026' is open; reply to its result once it is closed"
    turn("signed_off")
    with pytest.raises(Refused) as refused:
        reply_to_result(workspace, PARKS_LEAD, town, "parks", "Too late")
    assert str(refused.value) == ("the round '2026' is signed off, so the replies to its results stay as they are")


def test_a_department_outside_the_round_has_no_reply(workspace: Workspace, town: Round) -> None:
    zoo = Visitor(person="zoe", name="Zoe", grants=(Grant(role="department_lead", department="zoo"),))
    with pytest.raises(Refused, match="the department 'zoo' does not take part in the round '2026'"):
        reply_to_result(workspace, zoo, town, "zoo", "Us too")
