"""What is missing before an action is signed off, and how acceptances lapse when the terms change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from maturity.planning.catalogue import Kpi
from maturity.planning.plan import Reason
from maturity.roadmap.acceptance import Acceptance, Answer, Part, readiness, stand_of, terms_of
from maturity.roadmap.actions import Action, Raci

AT = datetime(2026, 4, 6, 9, tzinfo=UTC)
KPI = Kpi(name="Sets listed", unit="%", baseline=10.0, target=90.0, source="the register", frequency="monthly")


def action(**changes: Any) -> Action:
    made = Action(
        id="1",
        code="A01/parks",
        title="List the data",
        department="parks",
        phase=1,
        start=date(2026, 4, 6),
        finish=date(2026, 5, 29),
        owner="Asha",
        raci=Raci(accountable="Asha"),
        deliverable="A list",
        done_when="All sets are on it",
        kpi=KPI,
        effort={"department": 4.0, "data-team": 2.0},
    )
    return replace(made, **changes)


def said(about: Action, part: Part = "owner", answer: Answer = "accepted", *, days: int = 0) -> Acceptance:
    return Acceptance(
        id=f"{part}{days}", code=about.code, part=part, answer=answer, terms=terms_of(about, part),
        made_at=AT + timedelta(days=days),
    )  # fmt: skip


def missing(about: Action, *answers: Acceptance, roles: tuple[str, ...] = ()) -> tuple[str, ...]:
    (found,) = readiness([about], answers, roles)
    return found.missing


def test_an_action_that_is_whole_and_accepted_by_both_is_ready():
    assert missing(action(), said(action()), said(action(), "head")) == ()


def test_a_city_wide_action_needs_no_head():
    wide = action(department=None)
    assert missing(wide, said(wide)) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"owner": "data-team"}, "owner"),
        ({"deliverable": " "}, "deliverable"),
        ({"done_when": ""}, "done_when"),
        ({"kpi": None}, "kpi"),
        ({"kpi": KPI.model_copy(update={"baseline": None})}, "kpi_baseline"),
        ({"kpi": KPI.model_copy(update={"target": None})}, "kpi_target"),
        ({"kpi": KPI.model_copy(update={"source": " "})}, "kpi_source"),
        ({"kpi": KPI.model_copy(update={"frequency": None})}, "kpi_frequency"),
    ],
)
def test_what_is_not_written_is_named(changes: dict[str, Any], code: str):
    lacking = action(**changes)
    assert missing(lacking, said(lacking), said(lacking, "head"), roles=("data-team",)) == (code,)


def test_who_has_not_accepted_is_named():
    assert missing(action()) == ("owner_asked", "head_asked")
    both = said(action(), answer="amended"), said(action(), "head", "refused")
    assert missing(action(), *both) == ("owner_amended", "head_refused")


def test_other_terms_are_asked_for_again_and_the_last_answer_counts():
    before, after = action(), action(finish=date(2026, 6, 30))
    assert stand_of(after, "owner", [said(before)]) == "changed"
    assert stand_of(after, "owner", [said(before), said(after, days=1)]) == "accepted"
    assert stand_of(after, "owner", [said(after, days=1), said(after, answer="refused", days=2)]) == "refused"


def test_the_head_is_asked_again_for_days_and_the_owner_for_what_is_delivered():
    before = action()
    both = said(before), said(before, "head")
    assert missing(action(effort={"department": 9.0}), *both) == ("head_changed",)
    assert missing(action(deliverable="A map"), *both) == ("owner_changed",)
    assert missing(action(title="Another title", summary="More"), *both) == ()


def test_what_is_done_needs_nobodys_promise():
    assert missing(action(done_on=date(2026, 5, 1), percent_done=100.0, begun_on=date(2026, 4, 6), kpi=None)) == ()


def test_shares_of_the_value_are_of_what_is_in_the_plan():
    worth = [Reason(code="closes", values={"share": share}) for share in (0.3, 0.1)]
    first, second = action(why=(worth[0],)), action(code="A02", why=(worth[1],))
    assert [round(each.share, 4) for each in readiness([first, second], ())] == [0.75, 0.25]
    gone = replace(second, removed_on=date(2026, 4, 7))
    assert [each.share for each in readiness([first, gone], ())] == [1.0]
