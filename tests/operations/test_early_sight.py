"""Early sight: heads of department see their own result some working days before others do, on every guarded read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import Grant, Visitor
from maturity.assessment.terms import RoundTerms
from maturity.operations import answers, plans, readiness, scores, targets
from maturity.operations.early_sight import NotShownYet, for_all, held_back_until, is_shown, not_yet, readable
from maturity.operations.rounds import Round, close_round, create_round, find_round, open_round
from maturity.operations.workspace import Workspace
from maturity.storage.terms import save_terms

from .city import ADMIN, LEADER, LEVELS, PARKS_LEAD, RESPONDENT, answer, make_town, say_no

FACILITATOR = Visitor(person="fay", name="Fay", grants=(Grant(role="facilitator"),))
REVIEWER = Visitor(person="rae", name="Rae", grants=(Grant(role="reviewer"),))
BOTH = Visitor(person="bo", name="Bo", grants=(*LEADER.grants, *PARKS_LEAD.grants))
HELD = RoundTerms(lead_days=5)
CLOSES = date(2026, 3, 5)  # a Thursday: the fifth working day after it is Thursday 12 March
SAID = "the results of Spring are with the heads of department until 11 March 2026; you see them from 12 March 2026"


def on(workspace: Workspace, day: date) -> Workspace:
    return replace(workspace, clock=lambda: datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


@pytest.fixture
def spring(workspace: Workspace) -> Round:
    """Round "2026" that everybody sees, and after it "Spring", closed on 5 March and held back five working days."""
    make_town(workspace)
    made = create_round(workspace, ADMIN, "Spring", "city-data-maturity", closes_on=CLOSES)
    workspace.store.write(save_terms, made.id, HELD)
    made = open_round(workspace, ADMIN, made)
    answer(workspace, made, LEVELS)
    return close_round(on(workspace, CLOSES), ADMIN, find_round(workspace, ADMIN, "Spring"))


READS: dict[str, Callable[[Workspace, Visitor, Round], object]] = {
    "scores": lambda ws, who, it: scores.scores_of(ws, who, it.name),
    "distributions": lambda ws, who, it: scores.distributions(ws, who, it),
    "distributions of a department": lambda ws, who, it: scores.distributions(ws, who, it, "parks"),
    "interval": lambda ws, who, it: scores.interval(ws, who, it, "parks"),
    "standing": lambda ws, who, it: targets.standing(ws, who, it),
    "targets": lambda ws, who, it: targets.targets(ws, who, it),
    "warnings": lambda ws, who, it: targets.target_warnings(ws, who, it),
    "priority topics": lambda ws, who, it: targets.priority_topics_of(ws, who, it),
    "gaps": lambda ws, who, it: targets.gaps(ws, who, it.name),
    "plan request": lambda ws, who, it: plans.plan_request(ws, who, it),
}


@pytest.mark.parametrize("read", READS)
def test_leadership_is_told_from_which_day_it_sees(workspace: Workspace, spring: Round, read: str) -> None:
    with pytest.raises(NotShownYet) as refused:
        READS[read](on(workspace, date(2026, 3, 11)), LEADER, spring)
    assert str(refused.value) == SAID
    READS[read](on(workspace, date(2026, 3, 12)), LEADER, spring)


@pytest.mark.parametrize("visitor", [ADMIN, FACILITATOR, REVIEWER], ids=lambda who: who.name)
def test_who_runs_the_assessment_always_sees(workspace: Workspace, spring: Round, visitor: Visitor) -> None:
    early = on(workspace, CLOSES)
    assert scores.scores_of(early, visitor, "Spring").of().score == 2.0
    assert scores.scores_of(early, visitor).of().score == 2.0
    assert find_round(early, visitor).name == "Spring"


def test_a_head_of_department_sees_the_own_result_only(workspace: Workspace, spring: Round) -> None:
    early = on(workspace, date(2026, 3, 6))
    seen = scores.scores_of(early, PARKS_LEAD, "Spring")
    assert seen.departments == ("parks",) and {place.department for place in seen.scores} == {"parks"}
    assert readable(early, PARKS_LEAD, spring) == {"parks"}
    assert {each.department for each in targets.targets(early, PARKS_LEAD, spring)} == {"parks"}
    assert {each.department for each in targets.gaps(early, PARKS_LEAD, spring).found} == {"parks"}
    assert {each.department for each in targets.target_warnings(early, PARKS_LEAD, spring)} <= {"parks"}
    assert {department for department, _ in targets.standing(early, PARKS_LEAD, spring).scores} == {"parks"}
    assert set(targets.standing(early, PARKS_LEAD, spring).overall.values()) == {None}
    with pytest.raises(NotPermitted):
        scores.distributions(early, PARKS_LEAD, spring, "roads")
    with pytest.raises(NotShownYet):
        plans.plan_request(early, PARKS_LEAD, spring)


def test_leading_a_department_opens_that_one_early_to_a_leader_too(workspace: Workspace, spring: Round) -> None:
    early, later = on(workspace, date(2026, 3, 6)), on(workspace, date(2026, 3, 12))
    assert scores.scores_of(early, BOTH, "Spring").departments == ("parks",)
    assert find_round(early, BOTH).name == "2026"
    assert scores.scores_of(later, BOTH, "Spring").departments == ("parks", "roads", "housing")


def test_the_latest_round_of_a_leader_is_the_last_one_shown(workspace: Workspace, spring: Round) -> None:
    assert find_round(on(workspace, date(2026, 3, 11)), LEADER).name == "2026"
    assert find_round(on(workspace, date(2026, 3, 12)), LEADER).name == "Spring"
    assert find_round(on(workspace, date(2026, 3, 11)), PARKS_LEAD).name == "Spring"
    assert find_round(on(workspace, date(2026, 3, 11)), RESPONDENT).name == "Spring"


def test_an_open_round_shows_nothing_but_the_own_department(workspace: Workspace) -> None:
    round_ = make_town(workspace, closed=False)
    with pytest.raises(NotShownYet) as refused:
        scores.scores_of(workspace, LEADER, "2026")
    assert str(refused.value) == "the results of 2026 are shown once the round is closed"  # its last day is over
    with pytest.raises(NotShownYet):
        find_round(workspace, LEADER)
    assert scores.scores_of(workspace, PARKS_LEAD, "2026").departments == ("parks",)
    assert is_shown(workspace, PARKS_LEAD, round_) and not is_shown(workspace, LEADER, round_)


def test_what_was_shown_before_is_not_compared_with_what_is_held_back(workspace: Workspace, spring: Round) -> None:
    first = find_round(workspace, ADMIN, "2026")
    third = create_round(workspace, ADMIN, "Third", "city-data-maturity", closes_on=date(2026, 3, 6))
    third = close_round(on(workspace, date(2026, 3, 6)), ADMIN, open_round(workspace, ADMIN, third))
    early, later = on(workspace, date(2026, 3, 11)), on(workspace, date(2026, 3, 20))
    seen = scores.earlier_scores(early, LEADER, third)
    assert seen is not None and seen[0].name == "2026"
    now = scores.earlier_scores(later, LEADER, third)
    assert now is not None and now[0].name == "Spring"
    assert scores.earlier_scores(early, LEADER, first) is None


def test_remarks_and_choices_of_others_wait_too(workspace: Workspace, spring: Round) -> None:
    early = on(workspace, date(2026, 3, 6))
    targets.set_target(early, ADMIN, spring, "parks", "data-direction", [(2, date(2027, 1, 1))], "soon")
    targets.set_target(early, ADMIN, spring, "roads", "data-direction", [(3, date(2027, 1, 1))], "soon")
    assert answers.remarks(early, LEADER, spring) == {}
    assert targets.target_choices(early, LEADER, spring) == ()
    assert [each.department for each in targets.target_choices(early, PARKS_LEAD, spring)] == ["parks"]
    assert len(targets.target_choices(on(workspace, date(2026, 3, 12)), LEADER, spring)) == 2


def test_a_readiness_round_that_is_open_tells_leaders_nothing_yet(workspace: Workspace) -> None:
    make_town(workspace)
    asked = next(q.id for q in say_no(workspace, "", ()).framework.questions.values() if q.when_no)
    assert asked
    assert readiness.readiness(workspace, LEADER).round is None
    assert readiness.readiness(workspace, ADMIN).round == "Ready?"


def test_when_everybody_sees(workspace: Workspace, spring: Round) -> None:
    assert not for_all("closed", CLOSES, HELD, date(2026, 3, 11)) and for_all("closed", CLOSES, HELD, date(2026, 3, 12))
    assert not for_all("open", CLOSES, HELD, date(2026, 5, 1))
    assert for_all("signed_off", None, HELD, date(2026, 3, 1))
    assert for_all("closed", CLOSES, RoundTerms(lead_days=0), CLOSES)
    assert held_back_until(on(workspace, CLOSES), spring) == date(2026, 3, 11)
    assert held_back_until(on(workspace, date(2026, 3, 12)), spring) is None


def test_the_sentence_for_a_round_that_is_open() -> None:
    assert not_yet("Spring", "open", CLOSES, HELD, CLOSES) == (
        "the results of Spring are shown once the round is closed and the heads of department have seen theirs, "
        "by its dates on 12 March 2026"
    )
    assert not_yet("Spring", "open", None, RoundTerms(lead_days=0), CLOSES) == (
        "the results of Spring are shown once the round is closed"
    )


def test_a_reviewer_of_one_department_has_the_newest_round_and_that_department(
    workspace: Workspace, spring: Round
) -> None:
    one = Visitor(person="rev", name="Rev", grants=(Grant(role="reviewer", department="parks"),))
    early = on(workspace, date(2026, 3, 6))
    assert find_round(early, one).name == "Spring"
    assert scores.scores_of(early, one).departments == ("parks",)
    with pytest.raises(NotPermitted):
        scores.distributions(early, one, spring)
