"""The quarterly review's page: every step for who runs it, who signs it and who reads it; promises and weeknotes."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import acceptance, plan_versions, plans, promises, quarterly_reviews, weeknotes
from maturity.operations.actions import edit_action
from maturity.operations.progress import Told, report_progress
from maturity.operations.quarterly_reviews import Minutes
from maturity.operations.workspace import Workspace, default_url, open_workspace
from maturity.planning.catalogue import Kpi
from maturity.roadmap.quarterly_review import STEPS, QuarterlyReview, next_date
from maturity.ui.quarter import LABELS
from tests.operations.city import make_town

from .conftest import open_page, seen_as

HOSTILE = "<script>alert(1)</script> **bold** [x](javascript:y)"


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    """A town with a plan, in which the parks' own action can be signed off; made once."""
    path = tmp_path_factory.mktemp("quarter") / "own.duckdb"
    workspace = open_workspace(str(path))
    round_ = make_town(workspace)
    plans.save_plan(workspace, ADMIN, round_, plans.make_plan(workspace, ADMIN, round_, iterations=1), "First plan")
    day = workspace.clock().date()
    kpi = Kpi(name="Trees", unit="%", baseline=0.0, target=90.0, source="the register", frequency="monthly")
    made = plans.add_action(
        workspace, ADMIN, title="Count the trees", start=day, finish=day + timedelta(days=20), owner="Ida",
        department="parks",
    )  # fmt: skip
    made = edit_action(
        workspace, ADMIN, made.id, made.row_version, deliverable="A list", done_when="all are on it", kpi=kpi
    )
    acceptance.note_answer(workspace, ADMIN, made.id, made.row_version, "accepted", note="in the room")
    acceptance.confirm_days(workspace, ADMIN, made.id, made.row_version)
    workspace.store.close()
    return path


@pytest.fixture
def town(stores, template) -> Workspace:
    """That town, in a store of the test's own."""
    shutil.copy(template, default_url())
    return open_workspace(default_url())


def opened(workspace: Workspace) -> QuarterlyReview:
    return quarterly_reviews.open_review(workspace, ADMIN)


def ready(workspace: Workspace) -> QuarterlyReview:
    """A review that can be signed off."""
    review = opened(workspace)
    day = review.held_on
    review = quarterly_reviews.explain_baseline(workspace, ADMIN, review, "nothing has moved")
    minutes = Minutes(
        attendance=("Ida", "Lea"), minutes="", decided=("More trees",), arising=(), held_on=day, next_on=next_date(day)
    )
    quarterly_reviews.write_minutes(workspace, ADMIN, review, minutes)
    promises.add_promise(workspace, ADMIN, review.id, "All trees are counted", "Parks", day + timedelta(days=30))
    return last(workspace)


def last(workspace: Workspace) -> QuarterlyReview:
    return quarterly_reviews.reviews(workspace, ADMIN)[-1]


def at_step(start, step: str, view_as=None) -> AppTest:
    at = open_page(start(view_as), "quarter")
    at.session_state["quarter_step"] = LABELS[step]
    return at.run()


def at_part(start, part: str, view_as=None) -> AppTest:
    at = open_page(start(view_as), "quarter")
    return at.segmented_control(key="quarter_part").set_value(part).run()


def field(at: AppTest, kind: str, label: str, place: int = 0):
    return [each for each in getattr(at, kind) if each.label == label][place]


def press(at: AppTest, label: str, place: int = 0) -> AppTest:
    after = [each for each in at.button if each.label == label][place].click().run()
    assert not after.exception
    return after


def labels(at: AppTest) -> set[str]:
    return {each.label for each in at.button}


def texts(at: AppTest) -> str:
    return "\n".join(str(each.value) for each in [*at.markdown, *at.info, *at.success, *at.caption, *at.warning])


def test_without_a_plan_the_page_says_how_to_get_one(at):
    page = open_page(at, "quarter")
    assert not page.exception
    assert page.info[0].value.startswith("Your plan is empty")


def test_a_review_is_opened_once_and_gone_through_step_by_step(town, start):
    at = open_page(start(), "quarter")
    assert "No quarterly review yet" in texts(at)
    field(at, "text_input", "Name of the review (optional)").input("Spring review")
    at = press(at, "Open the review")
    assert [each.name for each in quarterly_reviews.reviews(town, ADMIN)] == ["Spring review"]
    for step in STEPS[:-1]:
        assert at.header[0].value == LABELS[step]
        field(at, "text_area", "What was said to this step (optional)").input(f"{step} {HOSTILE}")
        at = press(at, "Save and go on")
    assert at.header[0].value == LABELS["sign_off"]
    assert last(town).body.done == STEPS[:-1]
    assert last(town).body.notes["plan"] == f"plan {HOSTILE}"


@pytest.mark.parametrize("role", ["leader", "department_lead", "reviewer"])
def test_who_may_only_read_sees_each_step_without_forms(town, start, role):
    review = ready(town)
    for step in STEPS:
        review = quarterly_reviews.note_step(town, ADMIN, review, step, HOSTILE)
    at = open_page(start(seen_as(role, "parks" if role == "department_lead" else None)), "quarter")
    for step in STEPS:
        at.session_state["quarter_step"] = LABELS[step]
        at = at.run()
        assert not at.exception
        assert at.header[0].value == LABELS[step]
        signs = {"Sign off the review"} if step == "sign_off" and role == "leader" else set()
        assert labels(at) - {"Minutes (to print)", "Minutes as Markdown"} == signs
        assert HOSTILE not in texts(at)


def test_an_owner_who_has_not_reported_is_asked_with_a_text(town, start):
    opened(town)
    at = at_step(start, "updates")
    first, *_ = field(at, "selectbox", "Whom to ask").options
    assert at.code[0].value.startswith(f"Dear {first.rpartition(' (')[0]},\n")
    assert "no mail" in texts(at)


def test_what_was_reported_since_is_told(town, start):
    opened(town)
    action = min((each for each in plans.plan(town, ADMIN).actions if each.origin == "planned"), key=lambda a: a.code)
    expected = town.clock().date() + timedelta(days=9)
    later = Told(expected_on=expected, because="the supplier is late")
    report_progress(town, ADMIN, action.id, action.row_version, 10.0, more=later, confidence=2)
    at = at_step(start, "changes")
    assert f"{(expected - action.finish).days} days later" in texts(at).replace(
        "\\", ""
    ) and "the supplier is late" in texts(at)


def test_a_version_is_proposed_and_approved_in_the_review(town, start):
    opened(town)
    at = at_step(start, "baseline")
    at = press(at, "Propose this version")
    assert "reason" in at.error[0].value
    field(at, "text_area", "What is new in it, and why").input("the trees are in it")
    at = press(at, "Propose this version")
    assert "waits for approval" in texts(at)
    at = press(at, "Approve this version")
    assert plan_versions.versions(town, ADMIN)[-1].state == "approved"
    assert "is what we are held to" in texts(at)


def test_a_plan_that_changed_after_it_was_proposed_is_not_approved(town, start):
    opened(town)
    plan_versions.propose_version(town, ADMIN, "Autumn", "the trees are in it")
    day = town.clock().date()
    plans.add_action(town, ADMIN, title="One more", start=day, finish=day, owner="Ida")
    at = press(at_step(start, "baseline"), "Approve this version")
    assert "has changed since version 1" in at.error[0].value
    assert plan_versions.versions(town, ADMIN)[-1].state == "proposed"


def test_why_there_is_no_new_baseline_is_kept(town, start):
    opened(town)
    at = at_step(start, "baseline")
    field(at, "text_area", "Why not this time").input("nothing has moved")
    press(at, "Save why not")
    assert last(town).body.no_baseline == "nothing has moved"


def test_promises_are_added_changed_taken_out_and_suggested(town, start):
    review = opened(town)
    at = at_step(start, "promises")
    at = press(at, "Add the promise")
    assert "a day" in at.error[0].value
    adding = f"quarter-add-{review.id}"
    at.text_area(key=f"{adding}:text").input(HOSTILE)
    at.text_input(key=f"{adding}:owner").input("Parks")
    at.date_input(key=f"{adding}:due").set_value(review.held_on + timedelta(days=91))
    at = press(at, "Add the promise")
    assert "more than 90 days" in at.error[0].value
    assert at.text_area(key=f"{adding}:text").value == HOSTILE
    at.date_input(key=f"{adding}:due").set_value(review.last_day)
    at = press(at, "Add the promise")
    assert [each.text for each in last(town).promises] == [HOSTILE]
    at = press(at, "Promise this")
    assert [each.place for each in last(town).promises] == [1, 2]
    first = last(town).promises[0]
    at.text_input(key=f"quarter-promise-{first.id}:owner").input("Parks and roads")
    at = press(at, "Save the promise")
    assert last(town).promises[0].owner == "Parks and roads"
    press(at, "Take this promise out")
    assert len(last(town).promises) == 1


def test_minutes_are_kept_and_what_is_wrong_in_them_is_said(town, start):
    opened(town)
    at = at_step(start, "promises")
    field(at, "text_area", "Who was there, a line each").input("Ida\n\n Lea ")
    field(at, "date_input", "Next review on").set_value(last(town).held_on - timedelta(days=1))
    at = press(at, "Save the minutes")
    assert "is past" in at.error[0].value
    assert field(at, "text_area", "Who was there, a line each").value == "Ida\n\n Lea "
    field(at, "date_input", "Next review on").set_value(next_date(last(town).held_on))
    press(at, "Save the minutes")
    assert last(town).body.attendance == ("Ida", "Lea")


def test_signing_off_waits_for_what_is_missing_then_takes_names_and_roles(town, start):
    opened(town)
    at = at_step(start, "sign_off")
    assert "Note who was there" in texts(at) and "Sign off the review" not in labels(at)
    quarterly_reviews.give_up_review(town, ADMIN, last(town), "begun too early")
    ready(town)
    at = at_step(start, "sign_off", seen_as("leader"))
    field(at, "text_input", "Name 1").input("Lea")
    at = press(at, "Sign off the review")
    assert "a name with a role" in at.error[0].value
    assert field(at, "text_input", "Name 1").value == "Lea"
    field(at, "text_input", "Role 1").input("Mayor")
    at = press(at, "Sign off the review")
    assert last(town).state == "signed_off"
    assert "is signed off" in texts(at)


def test_promises_of_the_last_review_are_closed_or_explained(town, start):
    quarterly_reviews.sign_off_review(town, ADMIN, ready(town), [("Lea", "Mayor")])
    assert "open" in texts(at_part(start, "90-day promises", seen_as("reviewer"))).lower()
    opened(town)
    at = at_step(start, "changes")
    at = press(at, "Close this promise")
    assert "choose whether" in at.error[0].value.lower()
    field(at, "segmented_control", "How did it end?").set_value("not_kept")
    at = press(at, "Close this promise")
    assert "explanation" in at.error[0].value
    field(at, "segmented_control", "How did it end?").set_value("not_kept")
    field(at, "text_area", "Why, if it was not kept").input("the storm")
    at = press(at, "Close this promise")
    assert "Not kept" in texts(at) and "the storm" in texts(at)
    at = press(at, "Open it again")
    field(at, "segmented_control", "How did it end?").set_value("kept")
    press(at, "Close this promise")
    found = promises.promises_now(town, ADMIN)
    assert found is not None and found.kept == 1


def test_two_people_in_one_step_both_keep_what_they_typed(town, start):
    review = opened(town)
    at = at_step(start, "updates")
    quarterly_reviews.note_step(town, ADMIN, review, "updates", "theirs")
    field(at, "text_area", "What was said to this step (optional)").input("mine")
    at = press(at, "Save and go on")
    assert "somebody else has changed" in at.error[0].value.lower()
    assert field(at, "text_area", "What was said to this step (optional)").value == "mine"
    assert "theirs" in texts(at)
    press(at, "Save and go on")
    assert last(town).body.notes["updates"] == "mine"


def test_a_review_is_given_up_with_a_reason_and_stays_in_the_list(town, start):
    opened(town)
    at = at_step(start, "updates")
    at = press(at, "Give the review up")
    assert "is missing" in at.error[0].value
    field(at, "text_input", "Why it is given up").input("nobody came")
    press(at, "Give the review up")
    assert last(town).state == "given_up"
    assert "nobody came" in texts(at_part(start, "Earlier reviews"))


def test_a_weeknote_is_drafted_edited_kept_and_shown(town, start):
    at = at_part(start, "Weeknotes")
    at = press(at, "Draft it")
    text = field(at, "text_area", "Weeknote, to be edited")
    assert "## Good things" in text.value
    text.input(f"## Good things\n- {HOSTILE}")
    at = press(at, "Keep the weeknote")
    (kept,) = weeknotes.weeknotes(town, ADMIN)
    assert kept.body.endswith(HOSTILE) and HOSTILE not in texts(at)
    at = field(at, "toggle", "Edit this weeknote").set_value(True).run()
    field(at, "text_area", "Text of the weeknote").input("A calm week")
    at = press(at, "Save the weeknote")
    assert weeknotes.weeknotes(town, ADMIN)[0].body == "A calm week"
    reader = at_part(start, "Weeknotes", seen_as("reviewer"))
    assert "A calm week" in texts(reader) and labels(reader) <= {"As Markdown"}
    press(at, "Remove this weeknote")
    assert weeknotes.weeknotes(town, ADMIN) == ()
