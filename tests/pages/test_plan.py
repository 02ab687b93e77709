"""The plan page: before the first plan, its parts for each role, editing, clashes, decisions, and planning again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import plan_making, plans, targets
from maturity.operations.rounds import Round, find_round
from maturity.operations.workspace import Workspace, default_url, open_workspace
from maturity.planning.plan import Closes, Reason
from maturity.roadmap.actions import Action, Raci
from maturity.ui.plan_preview import difference
from maturity.ui.plan_rows import cost_words, why_sentences
from maturity.ui.plan_tables import table, text
from maturity.words.headline_sentences import stays_out
from tests.operations.city import make_town

from .conftest import open_page, seen_as
from .making import made

START = date(2026, 4, 1)


@pytest.fixture
def town(stores) -> tuple[Workspace, Round]:
    """A town with a closed round and no plan, in the visitor's own store."""
    workspace = open_workspace(default_url())
    return workspace, make_town(workspace)


@pytest.fixture
def planned(town) -> Workspace:
    """The same with a first plan."""
    workspace, round_ = town
    plans.save_plan(workspace, ADMIN, round_, plans.make_plan(workspace, ADMIN, round_), "First plan")
    return workspace


@pytest.fixture
def plan_page(start) -> Callable[..., AppTest]:
    """`plan_page(view_as=None, **query)`: a visit that has opened the plan."""

    def begin(view_as=None, **query: str) -> AppTest:
        at = open_page(start(view_as), "plan")
        for name, value in query.items():
            at.query_params[name] = value
        return at.run() if query else at

    return begin


def press(at: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    return next(each for each in at.button if each.label == label).click().run()


def changing(at: AppTest) -> list:
    """The buttons of the page but those that only lead to another part of it."""
    return [each for each in at.main.button if not str(each.key).startswith("plan:headline:")]


def said(at: AppTest) -> str:
    """All texts, tables included, as one."""
    kinds = (at.markdown, at.caption, at.info, at.warning, at.error, at.success, at.header, at.subheader)
    return "\n".join([*(str(each.value) for kind in kinds for each in kind), *tables(at)])


def tables(at: AppTest) -> list[str]:
    """The tables in HTML."""
    return [each.proto.body for each in at.get("html") if "plan-table" in each.proto.body]


def an_action(code: str = "A04/parks", **changes) -> Action:
    given = {
        "id": code, "code": code, "title": "Name owners", "phase": 1, "start": START, "finish": date(2026, 5, 26),
        "owner": "department", "raci": Raci(accountable="department"), "catalogue_id": code.partition("/")[0],
        "department": code.partition("/")[2] or None,
    }  # fmt: skip
    return Action(**{**given, **changes})


def test_without_a_round_there_is_nothing_to_plan_from(plan_page):
    at = plan_page()
    assert not at.exception
    assert "There is no assessment to plan from yet" in said(at)


def test_before_the_first_plan_the_three_steps_are_shown_and_the_closed_round_is_said_to_have_done_one(plan_page, town):
    at = plan_page()
    assert not at.exception
    assert "There is no plan yet" in said(at)
    assert "the closed round 2026 did it" in said(at)
    assert "Marking raises no score" in said(at)


def test_marking_saves_at_once_and_can_be_taken_off_again(plan_page, town):
    workspace, round_ = town
    at = plan_page()
    action = "A05"
    at.radio(key=f"plan:already:{action}").set_value("running").run()
    assert not at.exception
    assert {each.code: each.state for each in plans.already(workspace, ADMIN, round_)} == {action: "running"}
    at.radio(key=f"plan:already:{action}").set_value("not").run()
    assert plans.already(workspace, ADMIN, round_) == ()


def test_an_action_of_departments_can_be_marked_in_some_of_them(plan_page, town):
    workspace, round_ = town
    at = plan_page()
    at.selectbox(key="plan:already:topic").set_value("responsibility-for-data").run()
    at.radio(key="plan:already:A04").set_value("differs").run()
    at.multiselect(key="plan:already:A04:done").set_value(["roads", "housing"]).run()
    assert not at.exception
    assert {each.code for each in plans.already(workspace, ADMIN, round_)} == {"A04/roads", "A04/housing"}
    at.radio(key="plan:already:A04").set_value("done").run()
    assert {each.code for each in plans.already(workspace, ADMIN, round_)} == {"A04"}


def test_readers_are_told_that_there_is_no_plan_and_get_no_inputs(plan_page, town):
    at = plan_page(seen_as("leader"))
    assert "There is no plan yet" in said(at)
    assert not at.radio and not at.main.button


def test_the_first_plan_is_shown_before_it_is_kept_and_then_saved(plan_page, town):
    workspace, _ = town
    at = plan_page(part="again")
    made(press(at, "Make the plan"))
    assert not at.exception
    assert "Not saved yet" in said(at)
    assert plans.find_plan(workspace, ADMIN) is None
    at.text_input(key="plan:keep:name").set_value("Our plan")
    press(at, "Save the plan")
    assert not at.exception
    assert plans.plan(workspace, ADMIN).name == "Our plan"
    assert "Saved “Our plan”" in said(at)
    assert "Actions of phase 1, Foundations" in said(at)


def test_the_first_screen_has_four_phases_and_at_most_25_rows(plan_page, planned):
    at = plan_page()
    assert not at.exception
    assert [each.value for each in at.subheader][:4] == [
        "1 Foundations", "2 Pilots and quick wins", "3 Expansion and integration", "4 Optimisation and innovation",
    ]  # fmt: skip
    assert sum(each.count('role="rowheader"') for each in tables(at)) <= 25
    assert "not priced" in said(at)
    assert "Starts" in said(at)


def test_the_first_lines_say_size_money_bound_what_stays_out_and_who_has_too_much(plan_page, planned):
    at = plan_page()
    saved = plans.plan(planned, ADMIN)
    whole = sum(use.available for use in saved.body.budget)
    assert f"**{len(saved.actions)} actions** in 4 phases, EUR" in at.markdown[0].value
    assert at.markdown[0].value.endswith(f"within a budget of EUR {whole:,.0f}.")
    assert "No plan under these limits could close" in said(at)
    assert "estimates of effort and cost" in said(at)
    ways = {each.key: each for each in at.main.button if str(each.key).startswith("plan:headline:")}
    assert ways["plan:headline:left-out"].label == stays_out(len(saved.body.not_planned))
    assert ways["plan:headline:means"].label == "Nobody is planned beyond their person-days"
    action = max(saved.actions, key=lambda each: each.person_days)
    role = max(action.effort, key=lambda each: action.effort[each])
    plans.edit_action(planned, ADMIN, action.id, 1, effort={**action.effort, role: 5_000.0}, cost=9e6)
    at.run()
    assert "too much up to the end of phase" in at.markdown[0].value
    way = next(each for each in at.main.button if each.key == "plan:headline:means")
    assert way.label.startswith("More planned than people can give")
    way.click().run()
    assert at.query_params["part"] == "means"
    assert "More is planned than these can give" in said(at)


@pytest.mark.parametrize("part", ["actions", "left-out", "means"])
@pytest.mark.parametrize("role", ["leader", "department_lead", "reviewer"])
def test_others_read_every_part_and_change_nothing(plan_page, planned, role, part):
    action = plans.plan(planned, ADMIN).actions[0]
    at = plan_page(seen_as(role, "parks" if role == "department_lead" else None), part=part, action=action.code)
    assert not at.exception
    assert not at.error
    assert not at.text_input and not at.number_input and not at.date_input
    assert not [each for each in changing(at) if each.label != "Download as CSV"]


@pytest.mark.parametrize("part", ["actions", "left-out", "means", "already", "again"])
def test_the_administrator_sees_every_part(plan_page, planned, part):
    at = plan_page(part=part)
    assert not at.exception
    assert not at.error


def test_people_and_money_mark_defaults_and_say_the_estimates_and_how_much_better_a_plan_could_be(plan_page, planned):
    at = plan_page(part="means")
    wanted = ("The budgets are defaults", "defaults of the catalogue", "prices of 2026", "estimates for a mid-sized")
    for words in (*wanted, "No plan under these limits could close", "not in this sum"):
        assert words in said(at), words


def opened(plan_page, workspace: Workspace) -> tuple[AppTest, Action]:
    """A visit with the first city-wide action's form open."""
    action = next(each for each in plans.plan(workspace, ADMIN).actions if each.department is None)
    at = plan_page(action=action.code)
    at.session_state[f"plan:form:{action.id}"] = True
    return at.run(), action


def test_an_action_is_edited_and_empty_texts_are_kept_unless_meant(plan_page, planned):
    at, action = opened(plan_page, planned)
    at.text_input(key=f"plan:{action.id}:0:title").set_value("A better title")
    at.text_area(key=f"plan:{action.id}:0:summary").set_value("")
    press(at, "Save")
    assert not at.exception
    after = plans.plan(planned, ADMIN).action(action.code)
    assert (after.title, after.summary) == ("A better title", action.summary)
    assert "title." in at.success[0].value


def test_two_people_editing_lose_nothing(plan_page, planned):
    at, action = opened(plan_page, planned)
    plans.edit_action(planned, ADMIN, action.id, 1, title="Theirs", deliverable="Their deliverable")
    at.text_input(key=f"plan:{action.id}:0:title").set_value("Mine")
    press(at, "Save")
    assert not at.exception
    assert "Stored now: Theirs" in said(at) and "Yours: Mine" in said(at)
    assert "Their deliverable" in said(at)
    press(at, "Save mine over it")
    after = plans.plan(planned, ADMIN).action(action.code)
    assert (after.title, after.deliverable) == ("Mine", "Their deliverable")


def test_giving_way_keeps_what_is_stored(plan_page, planned):
    at, action = opened(plan_page, planned)
    plans.edit_action(planned, ADMIN, action.id, 1, title="Theirs")
    at.text_input(key=f"plan:{action.id}:0:title").set_value("Mine")
    press(at, "Save")
    press(at, "Keep what is stored")
    assert plans.plan(planned, ADMIN).action(action.code).title == "Theirs"
    assert "Yours: Mine" not in said(at)


def test_a_circle_of_dependencies_is_refused_naming_both(plan_page, planned):
    saved = plans.plan(planned, ADMIN)
    later = next(each for each in saved.actions if each.requires)
    earlier = saved.action(later.requires[0])
    at = plan_page(action=earlier.code)
    at.session_state[f"plan:links:{earlier.id}"] = True
    at.run().selectbox(key=f"plan:{earlier.id}:needs").set_value(later.code)
    press(at, "Add this link")
    assert not at.exception
    assert f"{earlier.title!r} cannot depend on {later.title!r}" in said(at).replace("\\", "")


def test_an_action_is_taken_out_with_a_reason_and_stays_in_the_history(plan_page, planned):
    saved = plans.plan(planned, ADMIN)
    needed = {code for each in saved.actions for code in each.requires}
    action = next(each for each in saved.actions if each.code not in needed)
    at = plan_page(action=action.code)
    at.session_state[f"plan:decide:{action.id}"] = True
    at.run().text_input(key=f"plan:{action.id}:remove").set_value("No longer wanted")
    press(at, "Take it out")
    assert not at.exception
    assert [each.code for each in plans.plan(planned, ADMIN).removed] == [action.code]
    assert "Taken out since the plan was made" in said(at)


def test_an_action_of_peoples_own_is_added_and_opened(plan_page, planned):
    at = plan_page()
    at.session_state["plan:add"] = True
    at.session_state["plan:add:owner"] = "Ann"
    at.run().text_input(key="plan:add:title").set_value("Repaint the <b>data</b> room")
    press(at, "Add it to the plan")
    assert not at.exception
    assert plans.plan(planned, ADMIN).action("added-1").title == "Repaint the <b>data</b> room"
    assert any("Repaint the &lt;b&gt;data&lt;/b&gt; room" in each for each in tables(at))
    assert not any("<b>data" in each for each in tables(at))


def test_planning_again_shows_what_changes_before_it_saves_and_saves_just_that(plan_page, planned):
    round_ = find_round(planned, ADMIN)
    before = plans.plan(planned, ADMIN)
    at = plan_page(part="again")
    made(press(at, "Show what changes"))
    assert "Nothing changes: the same actions on the same days." in said(at)
    topic = next(t for t in round_.framework.topics if t not in {c.topic for a in before.actions for c in a.closes})
    targets.set_target(planned, ADMIN, round_, "parks", topic, [(2, date(2027, 6, 30))], "A promise")
    at.run()
    assert "has changed. Make it again" in said(at)
    made(press(at, "Show what changes"))
    assert not at.exception
    preview = at.session_state["plan:preview"].plan
    found = difference(before.actions, before.baseline, preview)
    assert found.enters
    assert "Enters" in said(at)
    at.text_input(key="plan:keep:name").set_value("Second plan")
    press(at, "Save as a new version")
    assert not at.exception
    after = plans.plan(planned, ADMIN)
    assert after.name == "Second plan"
    assert {(a.code, a.start, a.finish) for a in after.actions} == {(a.id, a.start, a.finish) for a in preview.actions}


def test_an_earlier_version_is_read_and_not_changed(plan_page, planned):
    plan_making.replan(planned, ADMIN, "2026", "Second plan")
    action = plans.plan(planned, ADMIN, "First plan").actions[0]
    at = plan_page(plan="First plan", action=action.code)
    assert not at.exception
    assert at.selectbox(key="plan:version").value == "First plan"
    assert "it can be read, not changed" in said(at)
    assert not changing(at) and not at.text_input
    at.selectbox(key="plan:version").set_value("Second plan").run()
    assert "it can be read, not changed" not in said(at)


def test_costs_count_what_has_no_price_and_never_take_it_for_0():
    assert cost_words([an_action(cost=None)], "EUR") == "not priced"
    assert cost_words([an_action(cost=1_500.0), an_action(cost=None)], "EUR") == "EUR 1,500 + 1 not priced"
    assert cost_words([an_action(cost=0.0)], "EUR") == "EUR 0"


def test_the_reasons_of_copies_are_added_up():
    closing = [
        Reason(code="closes", values={"steps": 1, "departments": 1, "topics": ["t"], "share": 0.04}) for _ in range(3)
    ]
    late = an_action("A04/parks", start=date(2026, 6, 1), finish=date(2026, 7, 1), why=(closing[0],))
    first = an_action("A04/roads", why=(closing[1], Reason(code="at_once", values={})))
    third = an_action("A04/housing", start=date(2026, 6, 1), finish=date(2026, 7, 1), why=(closing[2],))
    assert why_sentences([late, first, third], {"t": "Data quality"}) == [
        "Brings about 3 steps in 3 departments (Data quality): 12% of what the plan achieves.",
        "Starts at once: nothing has to come first.",
    ]
    assert why_sentences([an_action(origin="added")], {}) == ["Added by people, not by the planner."]


def test_a_table_escapes_texts_and_repeats_its_headings_for_narrow_screens():
    made = table(("Who", "Said"), [(text("Ann"), text('<img src=x onerror="1">'))], 'a "caption"')
    assert "<img" not in made
    assert 'data-label="Said"' in made
    assert 'aria-label="a &quot;caption&quot;"' in made


def test_what_enters_leaves_and_moves(planned):
    saved = plans.plan(planned, ADMIN)
    body = saved.body
    gone, moved, *rest = saved.actions
    shifted = an_action(moved.code, start=date(2030, 1, 1), finish=date(2030, 2, 1))
    strange = an_action("A99", closes=(Closes(department="parks", topic="t", from_level=1, to_level=2),))
    found = difference([shifted, strange, *rest], {}, body)
    assert [each.id for each in found.enters] == [gone.code]
    assert [each.code for each in found.leaves] == ["A99"]
    assert [(each.id, was) for each, was in found.moves] == [(moved.code, date(2030, 1, 1))]
    assert found.stays == len(rest)
