"""The few reads that are kept between runs and shared by visits: by store, round and revision, never for long.

A changed revision makes a new key, in every process. What depends on who asks has their grants in the key. The values
are frozen and never copied, so nobody may change one.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import streamlit as st

from maturity.access.permissions import may
from maturity.access.roles import Grant, Visitor
from maturity.assessment.scores import RoundScores
from maturity.operations import answers, early_sight, people, review, rounds, scores
from maturity.operations.answers import RoundProgress
from maturity.operations.errors import Refused
from maturity.operations.people import PEOPLE, KnownPerson
from maturity.operations.review import DepartmentReview, review_scope
from maturity.operations.rounds import Round
from maturity.operations.workspace import Workspace
from maturity.ui.context import PageContext

MINUTE, HOUR = 60, 3600
Earlier = tuple[Round, RoundScores] | None


def every_round(here: PageContext) -> tuple[Round, ...]:
    """The organisation's rounds, the earliest first; none while nothing is set up."""
    if here.organisation is None:
        return ()
    revision = here.workspace.revision()
    return _rounds(
        here.workspace.url, here.organisation.id, revision, here.workspace, here.visitor, here.organisation.name
    )


def shown_rounds(here: PageContext) -> tuple[Round, ...]:
    """The rounds, no drafts, of which the visitor sees results already; the earliest first."""
    found = (each for each in every_round(here) if each.status != "draft")
    return tuple(each for each in found if early_sight.is_shown(here.workspace, here.visitor, each))


def waiting_rounds(here: PageContext) -> tuple[tuple[Round, str], ...]:
    """The rounds of which the visitor will see results but sees none yet, each with the sentence that says when."""
    if not may(here.visitor, "read_department_results"):
        return ()
    shown = {each.id for each in shown_rounds(here)}
    waiting = [each for each in every_round(here) if each.status != "draft" and each.id not in shown]
    waiting = [each for each in waiting if _will_read(here, each)]
    day = _day(here.workspace)
    said = (early_sight.not_yet(each.name, each.status, each.closes_on, each.terms, day) for each in waiting)
    return tuple(zip(waiting, said, strict=True))


def _will_read(here: PageContext, round_: Round) -> bool:
    """Whether any department of the round is the visitor's to read, today or later."""
    mine = round_.organisation_id
    return any(may(here.visitor, "read_department_results", each.code, mine) for each in round_.departments)


def latest_round(here: PageContext) -> Round | None:
    """The newest round that people can answer or have answered, and whose results are shown where the visitor reads
    results as others show them; None where there is none yet."""
    if here.organisation is None:
        return None
    ws, mine = here.workspace, here.organisation
    try:
        return _latest(ws.url, mine.id, ws.revision(), here.visitor.grants, _day(ws), ws, here.visitor, mine.name)
    except Refused:
        return None


def round_scores(here: PageContext, round_: Round) -> RoundScores:
    """The scores of a round that the visitor may see."""
    ws = here.workspace
    key = (ws.url, round_.id, _revisions(ws, round_), here.visitor.grants, _day(ws))
    return _scores(*key, ws, here.visitor, round_)


def scores_before(here: PageContext, round_: Round) -> Earlier:
    """The round before this one on the same framework, with the scores that the visitor may see."""
    ws = here.workspace
    key = (ws.url, round_.id, _revisions(ws, round_), here.visitor.grants, _day(ws))
    return _earlier(*key, ws, here.visitor, round_)


def round_progress(here: PageContext, round_: Round) -> RoundProgress:
    """Who has sent answers, as of now; who has only started, as of the last half minute."""
    ws = here.workspace
    return _progress(ws.url, round_.id, ws.revision(round_.scope), ws, here.visitor, round_)


def _day(workspace: Workspace) -> date:
    """What is shown to whom may change with the day, without any change in the store."""
    return workspace.clock().date()


def department_review(here: PageContext, round_: Round, department: str) -> DepartmentReview:
    """What a reviewer looks at in one department: answers, evidence, values and flags."""
    ws, grants = here.workspace, here.visitor.grants
    revisions = (*_revisions(ws, round_), ws.revision(review_scope(round_)), ws.revision(PEOPLE))
    return _review(ws.url, round_.id, department, revisions, grants, _day(ws), ws, here.visitor, round_)


def everybody(here: PageContext, organisation: str) -> tuple[KnownPerson, ...]:
    """The people of the organisation with their roles and newest links, as the visitor may see them."""
    ws = here.workspace
    key = (ws.url, organisation, ws.revision(), ws.revision(PEOPLE), here.visitor.grants, here.visitor.person)
    return _people(*key, ws, here.visitor)


def _revisions(workspace: Workspace, round_: Round) -> tuple[int, int]:
    return workspace.revision(round_.scope), workspace.revision()


@st.cache_resource(ttl=HOUR, max_entries=32, show_spinner=False)
def _rounds(
    url: str, organisation: UUID, revision: int, _workspace: Workspace, _visitor: Visitor, _name: str
) -> tuple[Round, ...]:
    return rounds.rounds(_workspace, _visitor, _name)


@st.cache_resource(ttl=HOUR, max_entries=32, show_spinner=False)
def _latest(
    url: str,
    organisation: UUID,
    revision: int,
    grants: tuple[Grant, ...],
    day: date,
    _workspace: Workspace,
    _visitor: Visitor,
    _name: str,
) -> Round:
    return rounds.find_round(_workspace, _visitor, "latest", _name)


@st.cache_resource(ttl=HOUR, max_entries=64, show_spinner=False)
def _scores(
    url: str,
    round_id: UUID,
    revisions: tuple[int, int],
    grants: tuple[Grant, ...],
    day: date,
    _workspace: Workspace,
    _visitor: Visitor,
    _round: Round,
) -> RoundScores:
    return scores.scores_of(_workspace, _visitor, _round.name, _round.organisation)


@st.cache_resource(ttl=HOUR, max_entries=64, show_spinner=False)
def _earlier(
    url: str,
    round_id: UUID,
    revisions: tuple[int, int],
    grants: tuple[Grant, ...],
    day: date,
    _workspace: Workspace,
    _visitor: Visitor,
    _round: Round,
) -> Earlier:
    return scores.earlier_scores(_workspace, _visitor, _round)


@st.cache_resource(ttl=HOUR, max_entries=64, show_spinner=False)
def _review(
    url: str,
    round_id: UUID,
    department: str,
    revisions: tuple[int, ...],
    grants: tuple[Grant, ...],
    day: date,
    _workspace: Workspace,
    _visitor: Visitor,
    _round: Round,
) -> DepartmentReview:
    return review.department_review(_workspace, _visitor, _round, department)


@st.cache_resource(ttl=MINUTE / 2, max_entries=32, show_spinner=False)  # when a link was used raises no revision
def _people(
    url: str,
    organisation: str,
    revision: int,
    people_revision: int,
    grants: tuple[Grant, ...],
    person: str,
    _workspace: Workspace,
    _visitor: Visitor,
) -> tuple[KnownPerson, ...]:
    return people.people(_workspace, _visitor, organisation)


@st.cache_resource(ttl=MINUTE / 2, max_entries=64, show_spinner=False)
def _progress(
    url: str, round_id: UUID, revision: int, _workspace: Workspace, _visitor: Visitor, _round: Round
) -> RoundProgress:
    return answers.progress(_workspace, _visitor, _round)
