"""The page of versions: proposing, approving as a person and for a body, sending back, bodies, and comparing two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import acceptance, actions, governing_bodies, plan_making, plan_versions
from maturity.operations.saved_plans import plan
from maturity.operations.workspace import Workspace, default_url, open_workspace
from maturity.planning.catalogue import Kpi
from maturity.storage import plan_versions as stored
from maturity.words.version_sentences import NO_VERSIONS, NOTHING_APPROVED, NOTHING_DIFFERS, SAME_PERSON
from tests.operations.city import make_town

from .conftest import open_page, seen_as

HOSTILE = "<b>Spring</b> **plan** $x$"


@pytest.fixture
def town(stores) -> Workspace:
    """A town with a plan, and in it an action of people's own that is ready to be signed off."""
    workspace = open_workspace(default_url())
    plan_making.replan(workspace, ADMIN, make_town(workspace), "First plan", iterations=1)
    day = workspace.clock().date() + timedelta(days=30)
    kpi = Kpi(name="Sets", unit="%", baseline=1.0, target=9.0, source="the register", frequency="monthly")
    made = actions.add_action(
        workspace, ADMIN, title="Ask *everybody*", start=day, finish=day + timedelta(days=90), owner="Ida",
        deliverable="A list", done_when="All are on it", kpi=kpi,
    )  # fmt: skip
    acceptance.note_answer(workspace, ADMIN, made.id, 1, "accepted", note="in the room")
    return workspace


@pytest.fixture
def page(start) -> Callable[..., AppTest]:
    """`page(view_as=None, tab=None)`: a visit that looks at the versions."""

    def look(view_as=None, tab=None, **boxes):
        at = start(view_as)
        if tab:
            at.session_state["versions_tab"] = tab
        for name in boxes.values():
            at.session_state[name] = True
        at = open_page(at, "versions")
        assert not at.exception
        return at

    return look


def words(at: AppTest) -> str:
    return "\n".join(each.value for each in [*at.markdown, *at.caption, *at.header, *at.subheader])


def click(at: AppTest, label: str) -> AppTest:
    after = next(each for each in at.button if each.label == label).click().run()
    assert not after.exception
    return after


def propose(town, name="Spring plan"):
    return plan_versions.propose_version(town, ADMIN, name, "the first that we can keep")


def test_without_a_plan_or_a_version_the_page_says_so(page, start):
    assert page().info[0].value.startswith("Your plan is empty")
    workspace = open_workspace(default_url())
    plan_making.replan(workspace, ADMIN, make_town(workspace), "First plan", iterations=1)
    at = page()
    assert NO_VERSIONS in words(at) and NOTHING_APPROVED in words(at)
    assert "0 of " in words(at) and " can be signed off" in words(at)


def test_a_plan_is_proposed_and_a_name_taken_keeps_what_was_typed(town, page):
    at = page(box="versions:propose:0")
    at.text_input(key="versions:propose:form:0:name").set_value(HOSTILE)
    at.text_area(key="versions:propose:form:0:reason").set_value("It is *new*")
    at = click(at, "Propose it for approval")
    assert "Version 1" in at.success[0].value
    assert "1. \\<b\\>Spring\\</b\\> \\*\\*plan\\*\\* \\$x\\$" in words(at) and "It is \\*new\\*" in words(at)
    at.session_state["versions:propose:1"] = True
    at = at.run()
    at.text_input(key="versions:propose:form:1:name").set_value(HOSTILE)
    at.text_area(key="versions:propose:form:1:reason").set_value("Once more")
    at = click(at, "Propose it for approval")
    assert "is called" in at.error[0].value
    assert at.text_area(key="versions:propose:form:1:reason").value == "Once more"


def test_what_is_missing_stands_action_by_action(town, page):
    at = page(box="versions:ready")
    html = "\n".join(each.value for each in at.get("html"))
    assert "Ask *everybody*" in html and "Ready." in html and "the owner&#x27;s acceptance" in html


def test_a_person_approves_and_that_they_proposed_it_is_said(town, page):
    made = propose(town)
    at = page(box=f"approve:{made.id}")
    assert "If you approve it too, the list says so" in words(at)
    at = click(at, "Approve this version")
    assert "1 action signed off" in at.success[0].value
    assert SAME_PERSON in words(at) and ":green-badge[In force]" in words(at)
    assert plan(town, ADMIN).approved.id == made.id


def test_a_body_approves_with_what_is_asked_of_it(town, page):
    made, body = propose(town), governing_bodies.add_body(town, ADMIN, "Council", ["Ida", "Jo", "Lea"], 2)
    name = f"approve:{made.id}:{body.id}:1"
    at = page(box=f"approve:{made.id}").selectbox(key=f"approve:{made.id}:by").set_value(body.id).run()
    at.multiselect(key=f"{name}:present").set_value(["Ida"])
    at.text_input(key=f"{name}:minute").set_value("item 4.1")
    at = click(at, "Note the approval of Council")
    assert "the day on which Council decided is missing" in at.error[0].value.lower().replace("council", "Council")
    at.date_input(key=f"{name}:on").set_value(date(2026, 1, 5))
    at = click(at, "Note the approval of Council")
    assert "decides with at least 2 of its 3 members" in at.error[0].value
    at.multiselect(key=f"{name}:present").set_value(["Ida", "Lea"])
    at = click(at, "Note the approval of Council")
    assert "2 of 3 members were there, 2 are needed \\(Ida and Lea\\); minutes\\: item 4\\.1" in words(at)


def test_two_who_approve_at_once_are_told(town, page):
    made = propose(town)
    at = page(box=f"approve:{made.id}")
    plan_versions.approve_version(town, ADMIN, made.id)
    at = click(at, "Approve this version")
    assert "was approved by" in at.error[0].value
    assert [each.step for each in plan_versions.versions(town, ADMIN)[0].steps] == ["proposed", "approved"]


def test_a_plan_that_changed_meanwhile_offers_no_approval(town, page):
    propose(town)
    action = plan(town, ADMIN).action("added-1")
    actions.edit_action(town, ADMIN, action.id, action.row_version, title="Ask some")
    at = page()
    assert "The plan has changed since" in at.warning[0].value
    assert "Approve it" not in [each.label for each in at.expander]


def test_a_version_is_sent_back_with_a_reason(town, page):
    made = propose(town)
    at = page(box=f"Send it back:{made.id}")
    at = click(at, "Send it back")
    assert "The reason is missing" in at.error[0].value
    at.text_area(key=f"Send it back:{made.id}:why").set_value("name the owners")
    at = click(at, "Send it back")
    assert "**Sent back.**" in words(at) and "name the owners" in words(at)


@pytest.mark.parametrize(("role", "boxes"), [("leader", True), ("department_lead", False), ("reviewer", False)])
def test_buttons_are_for_those_who_may(town, page, role, boxes):
    propose(town)
    at = page(seen_as(role, "parks" if role == "department_lead" else None))
    labels = [each.label for each in at.expander]
    assert ("Approve it" in labels, "Send it back" in labels) == (boxes, boxes)
    assert "Withdraw it" not in labels and "Propose the plan as it stands" not in labels


def test_a_body_is_added_changed_and_removed(town, page):
    at = page(box="bodies")
    at.text_input(key="body::0:name").set_value("Council")
    at.text_area(key="body::0:members").set_value("Ida\n\nJo")
    at.number_input(key="body::0:quorum").set_value(3)
    at = click(at, "Add the body")
    assert "from 1 to its 2 members, not 3" in at.error[0].value
    at.number_input(key="body::0:quorum").set_value(2)
    at = click(at, "Add the body")
    (body,) = governing_bodies.bodies(town, ADMIN)
    assert (body.members, body.quorum) == (("Ida", "Jo"), 2)
    at = at.selectbox(key="bodies:chosen").set_value(body.id).run()
    at.text_area(key=f"body:{body.id}:1:members").set_value("Ida\nJo\nLea")
    at = click(at, "Save the body")
    assert "Ida, Jo, Lea" in words(at)
    at = click(at, "Remove this body")
    assert governing_bodies.bodies(town, ADMIN) == ()


def test_two_moments_are_compared_in_words_a_picture_and_a_table(town, page):
    kept = plan_versions.keep_version(town, ADMIN, "Before")
    action = plan(town, ADMIN).action("added-1")
    later = action.finish + timedelta(days=50)
    actions.edit_action(town, ADMIN, action.id, 1, finish=later, reason="the supplier is late")
    at = page(tab="Compare two")
    assert "1 action differs\\: 1 entered" in words(at)  # by default from the plan as it was made
    at = at.selectbox(key="compare_before").set_value(kept.id).run()
    assert not at.exception
    assert "1 action differs\\: 1 re\\-dated" in words(at) and "50 days later" in words(at)
    html = "\n".join(each.value for each in at.get("html"))
    assert "the supplier is late" in html and "50 days later" in html
    at.session_state["table-compared-plans"] = True
    rows = at.run().table[0].value
    assert "50 days later" in set(rows["Finish"])
    at = at.selectbox(key="compare_after").set_value(kept.id).run()
    assert NOTHING_DIFFERS.split(":")[0] in words(at).replace("\\", "")


def test_a_rerun_parses_no_version_again(town, page):
    made = propose(town)
    plan_versions.approve_version(town, ADMIN, made.id)
    at = page()
    before = stored._snapshot.cache_info()
    at.run()
    after = stored._snapshot.cache_info()
    assert (after.hits, after.misses) == (before.hits, before.misses)


def test_the_roadmap_names_what_is_in_force_and_compares_with_any_version(town, start):
    kept = plan_versions.keep_version(town, ADMIN, "Before")
    made = propose(town)
    plan_versions.approve_version(town, ADMIN, made.id)
    at = open_page(start(), "roadmap")
    assert not at.exception
    assert "In force is version 2, Spring plan" in words(at)
    for choice, column in (("in-force", "As approved"), (kept.id, "In version 1"), ("made", "As it was made")):
        at.session_state["table-roadmap"] = True
        at = at.selectbox(key="roadmap_against").set_value(choice).run()
        assert not at.exception and column in at.table[0].value.columns
