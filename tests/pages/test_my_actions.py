"""My actions: what is asked first, one tap to accept, a report, two at once, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.access.roles import Grant, Visitor
from maturity.operations import plan_making, plans
from maturity.operations.acceptance import acceptances
from maturity.operations.actions import add_dependency, edit_action
from maturity.operations.kpi_readings import own_kpi
from maturity.operations.own_work import my_actions
from maturity.operations.progress import Told, history, report_progress
from maturity.operations.workspace import Workspace, default_url, open_workspace
from maturity.planning.catalogue import Kpi
from maturity.roadmap.actions import Action
from maturity.ui import my_actions_answer, progress_form
from tests.operations.city import make_town

from .conftest import open_page, seen_as

# The local administrator narrowed to the role keeps their own id, so that is whose the actions are.
OWNER = Visitor(person=ADMIN.person, name="Ida", grants=(Grant(role="owner"),))


@pytest.fixture
def town(stores) -> tuple[Workspace, Action, Action]:
    """A plan in which Ida owns one action that is to come and one that runs; the second waits for the first."""
    workspace = open_workspace(default_url())
    plan_making.replan(workspace, ADMIN, make_town(workspace), "First plan", iterations=1)
    day = workspace.clock().date()
    found = []
    for title, first in (("Ask *everybody*", day), ("Count the trees", day - timedelta(days=40))):
        made = plans.add_action(
            workspace, ADMIN, title=title, start=first, finish=day + timedelta(days=60), owner="Ida",
            effort={"data-team": 20.0}, deliverable="A list", done_when="All are on it",
        )  # fmt: skip
        found.append(edit_action(workspace, ADMIN, made.id, 1, owner="Ida", owner_person=ADMIN.person))
    first, second = found
    second = report_progress(workspace, ADMIN, second.id, 2, 30, day - timedelta(days=35), confidence=4)
    return workspace, first, add_dependency(workspace, ADMIN, second.id, second.row_version, first.code)


@pytest.fixture
def mine(start) -> Callable[..., AppTest]:
    """`mine(view_as=owner)`: a visit of the owner to the page."""
    return lambda view_as=OWNER: open_page(start(view_as), "my_actions")


def press(at: AppTest, label: str, part: str = "") -> AppTest:
    return next(each for each in at.button if each.label == label and part in each.key).click().run()


def said(at: AppTest) -> str:
    return " ".join(each.value.replace("\\", "") for each in at.markdown)


def now(workspace: Workspace, action: Action) -> Action:
    return plans.plan(workspace, ADMIN).action(action.code)


def test_nothing_in_my_name_is_said_kindly(mine, stores):
    workspace = open_workspace(default_url())
    make_town(workspace)
    at = mine()
    assert not at.exception and at.info[0].value.startswith("There is no plan yet")
    plan_making.replan(workspace, ADMIN, _round(workspace), "First plan", iterations=1)
    at = mine()
    assert not at.exception and at.info[0].value.startswith("No action of the current plan is in your name")


def _round(workspace: Workspace):
    from maturity.operations import rounds

    return rounds.find_round(workspace, ADMIN)


def test_what_is_asked_comes_first_and_one_tap_accepts(town, mine):
    workspace, first, _ = town
    at = mine()
    assert not at.exception and at.title[0].value == "My actions"
    assert "2 actions wait for your answer" in said(at)
    assert [each.value for each in at.header] == ["Please answer"]
    at = press(at, "Accept", first.id)
    assert not at.exception and not at.error
    assert any("accepted. Saved " in each.value for each in at.success)
    assert "1 action waits for your answer" in said(at)
    assert [(each.code, each.answer) for each in acceptances(workspace, ADMIN)] == [(first.code, "accepted")]
    assert "You accepted it on" in said(at)


def test_a_second_tap_accepts_nothing_again(town):
    workspace, first, _ = town
    here = _here(workspace)
    own = next(each for each in my_actions(workspace, OWNER).actions if each.action.id == first.id)
    assert not my_actions_answer._said_already(here, own, "accepted", "")
    my_actions_answer.answer_own_action(workspace, OWNER, first.id, first.row_version, "accepted")
    assert my_actions_answer._said_already(here, own, "accepted", "")
    assert not my_actions_answer._said_already(here, own, "refused", "no")


def _here(workspace: Workspace):
    from types import SimpleNamespace

    return SimpleNamespace(workspace=workspace, visitor=OWNER, organisation=None)


def test_other_days_need_a_reason_and_keep_what_was_typed(town, mine):
    workspace, first, _ = town
    at = mine()
    at.session_state[f"otherwise-{first.id}"] = True
    at = at.run()
    key = f"answer-{first.id}-{first.row_version}"
    later = first.finish + timedelta(days=30)
    at.date_input(key=f"{key}-finish").set_value(later)
    at = press(at, "Send my answer", first.id)
    assert "the reason is missing" in at.error[0].value.lower()
    at.session_state[f"otherwise-{first.id}"] = True
    at = at.run()
    assert at.date_input(key=f"{key}-finish").value == later, "what was typed is still there"
    at.text_area(key=f"{key}-why").set_value("Our *only* arborist is away")
    at = press(at, "Send my answer", first.id)
    assert not at.error and not at.exception
    (one,) = acceptances(workspace, ADMIN)
    assert (one.answer, one.wanted["finish"], one.note) == ("amended", later.isoformat(), "Our *only* arborist is away")
    assert "You asked for" in said(at)


def reporting(at: AppTest, action: Action) -> AppTest:
    return press(at, "Report", action.id)


def test_a_report_is_prefilled_saved_at_once_and_said_with_the_time(town, mine):
    workspace, _, second = town
    at = reporting(mine(), second)
    key = f"report-{second.id}-{second.row_version}"
    assert at.number_input(key=f"{key}-percent").value == 30
    later = second.finish + timedelta(days=14)
    at.date_input(key=f"{key}-expected").set_value(later)
    at.segmented_control(key=f"{key}-sure").set_value(2)
    at = at.run()
    assert at.text_area(key=f"{key}-because").label == "Why is it later, and what made you less sure?"
    at = press(at, "Save the report", second.id)
    assert "say why it is expected later" in at.error[0].value
    at.text_area(key=f"{key}-because").set_value("Rain")
    at.number_input(key=f"{key}-days").set_value(12.0)
    at = press(at, "Save the report", second.id)
    assert not at.exception and not at.error
    assert any("30%. Saved " in each.value for each in at.success)
    after = now(workspace, second)
    assert (after.expected_on, after.days_used, after.percent_done) == (later, 12.0, 30.0)
    last = history(workspace, ADMIN, second.id)[-1]
    assert (last.confidence, last.because, last.made_by) == (2, "Rain", "Ida")
    assert "12 of 20 planned person-days used" in said(at)


def test_nothing_changed_is_two_taps(town, mine):
    workspace, _, second = town
    at = press(reporting(mine(), second), "Nothing has changed, still as sure", second.id)
    assert not at.exception and not at.error
    last = history(workspace, ADMIN, second.id)[-1]
    assert (last.percent_done, last.confidence, last.made_by) == (30.0, 4, "Ida")


def test_done_asks_for_the_deliverable_and_shows_what_done_means(town, mine):
    workspace, _, second = town
    at = reporting(mine(), second)
    key = f"report-{second.id}-{second.row_version}"
    assert any("it is done when: All are on it" in each.value for each in at.caption)
    at = at.segmented_control(key=f"{key}-step").set_value(100).run()
    assert at.number_input(key=f"{key}-percent").value == 100
    at.text_input(key=f"{key}-link").set_value("https://town.example/list")
    at = press(at, "Save the report", second.id)
    assert not at.exception and not at.error
    after = now(workspace, second)
    assert (after.percent_done, after.deliverable_link) == (100.0, "https://town.example/list")
    assert after.done_on is not None


def test_somebody_elses_report_in_between_shows_both(town, mine):
    workspace, _, second = town
    at = reporting(mine(), second)
    key = f"report-{second.id}-{second.row_version}"
    at.number_input(key=f"{key}-percent").set_value(50)
    at.segmented_control(key=f"{key}-sure").set_value(5)
    at = at.run()
    at.text_area(key=f"{key}-because").set_value("Help came")
    report_progress(
        workspace, ADMIN, second.id, second.row_version, 40, confidence=3, more=Told(because="It looked so")
    )
    at = press(at, "Save the report", second.id)
    assert "changed by somebody else meanwhile" in at.warning[0].value
    assert list(at.table[0].value.iloc[0])[1:] == ["40%", "50%"]
    at = at.button(key=f"mine-{second.id}").click().run()
    assert not at.exception and not at.error
    assert now(workspace, second).percent_done == 50.0
    assert history(workspace, ADMIN, second.id)[-1].because == "Help came"


def test_a_report_sent_twice_is_said_once(town):
    workspace, _, second = town
    report = progress_form.Said(percent_done=60.0, confidence=4, more=Told(good="Half the park"))
    here = _here(workspace)
    with pytest.raises(progress_form.ActionChanged) as caught:
        for _ in range(2):
            progress_form.report_own(
                workspace, OWNER, second.id, second.row_version, 60.0, confidence=4, more=report.more
            )
    assert progress_form._sent_twice(here, caught.value, report)
    other = progress_form.Said(percent_done=60.0, confidence=4, more=Told(good="Another thing"))
    assert not progress_form._sent_twice(here, caught.value, other)


def test_nobody_sees_what_is_not_theirs(town, mine):
    at = mine(Visitor(person=ADMIN.person, name="Eve", grants=(Grant(role="owner"),)))
    titles = " ".join(each.value for each in at.subheader).replace("\\", "")
    assert "Ask *everybody*" in titles and len(at.subheader) == 2, "the other actions of the plan are not here"
    for page in ("progress", "roadmap", "plan", "results"):
        other = open_page(at, page)
        assert other.title[0].value == "This page is not open to you"


def test_whoever_only_owns_actions_begins_here(town, start):
    at = start(OWNER)
    assert at.title[0].value == "My actions"


def test_the_page_is_everybodys_who_may_own_something(town, start):
    at = open_page(start(seen_as("leader")), "my_actions")
    assert not at.exception and at.title[0].value == "My actions"


def test_the_kpi_is_read_on_the_card(town, mine):
    workspace, first, _ = town
    kpi = Kpi(name="Trees counted", unit="% of trees", baseline=0.0, target=90.0)
    edit_action(workspace, ADMIN, first.id, now(workspace, first).row_version, kpi=kpi)
    at = mine()
    box = next(each for each in at.expander if each.label == "KPI: Trees counted")
    assert not at.exception and box is not None
    at.session_state[f"own-kpi-{first.id}"] = True
    at = at.run()
    assert "The target is 90% of trees. Nobody has read it yet." in said(at)
    value = next(each for each in at.number_input if each.label == "Value, in % of trees")
    value.set_value(40.0)
    at = press(at, "Store the reading", first.id)
    assert not at.exception and not at.error
    assert any("Trees counted: 40% of trees" in each.value for each in at.success)
    found, _ = own_kpi(workspace, OWNER, first.id)
    assert found is not None and [each.value for each in found.readings] == [40.0]


def test_what_is_typed_stays_while_somebody_else_reports(town, mine):
    workspace, _, running = town
    at = press(mine(), "Report", running.id)
    field = next(each for each in at.number_input if each.label == "Or exactly, in per cent")
    at = field.set_value(55).run()
    report_progress(workspace, ADMIN, running.id, now(workspace, running).row_version, 60, confidence=4)
    at = at.run()
    field = next(each for each in at.number_input if each.label == "Or exactly, in per cent")
    assert not at.exception and field.value == 55
    assert any("What you have typed is kept" in each.value for each in at.caption)
    at = press(at, "Save the report", running.id)
    assert any("changed by somebody else meanwhile" in each.value for each in at.warning)
    at = press(at, "Keep what is stored", running.id)
    at = press(at, "Report", running.id) if not any("Or exactly" in each.label for each in at.number_input) else at
    assert next(each for each in at.number_input if each.label == "Or exactly, in per cent").value == 60
