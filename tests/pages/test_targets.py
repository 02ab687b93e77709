"""Gaps and targets: words by hand, then the page: read by some, set by others, and nothing lost on a refused save."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR, Visitor
from maturity.operations import objectives
from maturity.operations import targets as operations
from maturity.operations.demo import build_demo
from maturity.operations.errors import Changed, Refused
from maturity.operations.rounds import find_round
from maturity.operations.workspace import demo_url, open_workspace
from maturity.planning.gaps import Gap, Gaps, NoGap
from maturity.planning.targets import Target
from maturity.ui import targets_saving, targets_shown

from .conftest import open_page, seen_as
from .test_results import FRAMEWORK

TODAY = date(2026, 11, 22)
TOPIC = "data-ethics"
DAY, LATER = date(2028, 1, 1), date(2030, 1, 1)
ASHA = Visitor(person="asha", name="Asha", grants=LOCAL_ADMINISTRATOR.grants)


def gap(department: str, priority: float, **more: object) -> Gap:
    body = {
        "department": department, "topic": "t", "score": 2.0, "reached": 2, "target": 4, "due": LATER, "next_level": 3,
        "next_due": DAY, "gap": 2.0, "importance": 5, "priority": priority, "person_days": 40.0, "per_person_day": 0.25,
    }  # fmt: skip
    return Gap(**{**body, **more})


def test_the_headline_names_the_most_urgent_gap_and_how_many_share_its_place() -> None:
    found = Gaps(found=(gap("x", 10.0), gap("y", 10.0), gap("x", 3.0, topic="u")), apart=())
    said = targets_shown.gaps_sentence(found, {"t": "Trust", "u": "Use"}, {"x": "Parks", "y": "Housing"})
    assert said == (
        "3 gaps in 2 departments. The most urgent: Trust in Parks, 2.0 levels below target, with 1 other as urgent."
    )
    assert targets_shown.gaps_sentence(Gaps(found=(), apart=()), {}, {}).startswith("No gaps")


def test_steps_of_a_place_rise_and_are_shared_only_where_all_have_them() -> None:
    every = [
        Target(department="x", topic="t", level=4, due=LATER),
        Target(department="y", topic="t", level=2, due=DAY),
        Target(department="x", topic="t", level=3, due=DAY),
    ]
    assert targets_shown.steps_at(every, "x", "t") == ((3, DAY), (4, LATER))
    assert targets_shown.in_short(((3, DAY), (4, LATER))) == "3 by 1 Jan 2028, 4 by 1 Jan 2030"
    assert targets_shown.in_short(()) == "No target"
    assert targets_shown.common_steps([((3, DAY),), ((3, DAY),)]) == ((3, DAY),)
    assert targets_shown.common_steps([((3, DAY),), ()]) == () == targets_shown.common_steps([])


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small demo, built once."""
    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    workspace = open_workspace(str(path))
    build_demo(workspace, "small", TODAY)
    workspace.close()
    return path


@pytest.fixture
def visit(start: Callable[..., AppTest], stores: Path, city: Path) -> Callable[..., AppTest]:
    """`visit(view_as=None, view="Targets", of="housing")`: the page on the small demo."""

    def begin(view_as: object = None, view: str = "Targets", of: str | None = None) -> AppTest:
        shutil.copy(city, stores / "demo.duckdb")
        at = open_page(start(view_as=view_as, store="demo"), "targets")
        at.segmented_control(key="targets_view").set_value(view).run()
        if of:
            at.selectbox(key="targets_topic").set_value(TOPIC).run()
            at.selectbox(key="targets_of").set_value(of).run()
        assert not at.exception
        return at

    return begin


def store():  # type: ignore[no-untyped-def]
    """The demo's store, its latest round, and what was chosen there for Housing."""
    workspace = open_workspace(demo_url())
    round_ = find_round(workspace, LOCAL_ADMINISTRATOR)
    return workspace, round_


def chosen() -> dict[str, tuple[tuple[int, date], ...]]:
    workspace, round_ = store()
    found = operations.target_choices(workspace, LOCAL_ADMINISTRATOR, round_)
    return {each.department: each.steps for each in found if each.topic == TOPIC}


def by_end(at: AppTest, kind: str, end: str):  # type: ignore[no-untyped-def]
    return next(each for each in at.main.get(kind) if each.key and each.key.endswith(end))


def press(at: AppTest, label: str) -> AppTest:
    next(each for each in at.main.button if each.label == label).click().run()
    assert not at.exception
    return at


def words(at: AppTest) -> str:
    kinds = ("markdown", "caption", "warning", "error", "success", "info")
    return "\n".join(each.value.replace("\\", "") for kind in kinds for each in at.main.get(kind))


def test_an_empty_store_says_so(at: AppTest) -> None:
    open_page(at, "targets")
    assert [info.value for info in at.info] == ["No assessment yet. Start one, or look at the demo city."]


@pytest.mark.parametrize("view", ["Gaps", "Targets", "Importance"])
@pytest.mark.parametrize("role", ["facilitator", "reviewer", "department_lead"])
def test_who_may_not_set_targets_reads_them(visit: Callable[..., AppTest], view: str, role: object) -> None:
    at = visit(seen_as(role, "housing" if role == "department_lead" else None), view)  # type: ignore[arg-type]
    labels = {each.label for each in at.main.button}
    assert not labels & {"Save target", "No target here", "Reset to default", "Save importance", "Change this target"}
    if role == "department_lead" and view == "Gaps":
        assert set(at.main.table[0].value["Department"]) == {"Housing"}


def test_a_target_is_saved_in_one_click_and_can_go_back(visit: Callable[..., AppTest]) -> None:
    at = visit(of="housing")
    by_end(at, "selectbox", ":level0").set_value(3).run()
    assert "Level 3 Learning in this topic" in words(at)
    by_end(at, "text_input", ":reason").set_value("The council decided").run()
    press(at, "Save target")
    assert "Level 3 Learning by 1 January 2028." in at.main.success[0].value.replace("\\", "")
    assert chosen() == {"housing": ((3, DAY),)}
    assert "Set by Local administrator" in words(at) and "The council decided" in words(at)
    press(at, "Reset to default")
    assert chosen() == {}


def test_no_target_is_a_choice_too_and_all_departments_are_set_at_once(visit: Callable[..., AppTest]) -> None:
    at = press(visit(of="*"), "No target here")
    assert set(chosen().values()) == {()} and len(chosen()) == 4
    by_end(at, "selectbox", ":level0").set_value(2).run()
    press(at, "Save target")
    assert set(chosen().values()) == {((2, DAY),)} and len(chosen()) == 4
    press(at, "Reset to default")
    assert chosen() == {}


def test_what_is_too_fast_or_reached_is_said_before_it_is_saved(visit: Callable[..., AppTest]) -> None:
    at = visit(of="housing")
    by_end(at, "selectbox", ":level0").set_value(5).run()
    assert "more than one level a year" in words(at)
    press(at, "Save target")
    assert chosen() == {"housing": ((5, DAY),)}  # a warning warns, it does not forbid


def test_a_conflict_shows_both_and_keeps_mine(visit: Callable[..., AppTest]) -> None:
    at = visit(of="housing")
    by_end(at, "selectbox", ":level0").set_value(3).run()
    workspace, round_ = store()
    operations.set_target(workspace, ASHA, round_, "housing", TOPIC, [(2, DAY)], "mine")
    press(at, "Save target")
    assert "In the store: Level 2 Emerging by 1 January 2028" in words(at)
    assert "Yours: Level 3 Learning by 1 January 2028" in words(at)
    assert chosen() == {"housing": ((2, DAY),)}
    press(at, "Save mine all the same")
    assert chosen() == {"housing": ((3, DAY),)}


def test_theirs_can_be_taken(visit: Callable[..., AppTest]) -> None:
    at = visit(of="housing")
    by_end(at, "selectbox", ":level0").set_value(3).run()
    workspace, round_ = store()
    operations.set_target(workspace, ASHA, round_, "housing", TOPIC, [(2, DAY)], "")
    press(press(at, "Save target"), "Take theirs")
    assert by_end(at, "selectbox", ":level0").value == 2
    assert "Yours:" not in words(at)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    level=st.integers(0, 5).filter(lambda level: level != 1),
    after=st.integers(0, 5).filter(lambda level: level != 1),
    reason=st.text(alphabet=st.characters(categories=("L", "N", "Zs")), max_size=30),
    error=st.sampled_from([Refused("the store is full; make room"), Changed("Asha set level 2 meanwhile; look at it")]),
    everybody=st.booleans(),
)
def test_nothing_is_lost_on_a_refused_save(
    visit: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch, level, after, reason, error, everybody
) -> None:
    def refuse(*given: object, **more: object) -> int:
        raise error

    at = visit(of="*" if everybody else "housing")
    by_end(at, "selectbox", ":level0").set_value(level)
    by_end(at, "selectbox", ":level1").set_value(after)
    by_end(at, "text_input", ":reason").set_value(reason)
    by_end(at, "date_input", ":due1").set_value(LATER).run()
    with monkeypatch.context() as patched:
        patched.setattr(targets_saving.operations, "set_target", refuse)
        press(at, "Save target")
    assert (by_end(at, "selectbox", ":level0").value, by_end(at, "selectbox", ":level1").value) == (level, after)
    assert by_end(at, "text_input", ":reason").value == reason
    assert by_end(at, "date_input", ":due1").value == LATER
    assert not at.main.success and (at.main.error or at.main.warning)
    open_workspace(demo_url()).close()


def test_importance_needs_a_reason_and_keeps_what_was_entered(visit: Callable[..., AppTest]) -> None:
    at = visit(view="Importance")
    by_end(at, "radio", ":step").set_value(5).run()
    by_end(at, "text_input", ":reason").set_value("").run()
    press(at, "Save importance")
    assert "is missing" in at.main.error[0].value
    assert by_end(at, "radio", ":step").value == 5
    by_end(at, "text_input", ":reason").set_value("A legal duty").run()
    press(at, "Save importance")
    assert at.main.table[0].value.loc[0, "Why"] == "A legal duty"
    assert at.main.table[0].value.loc[0, "Set by"] == "Local administrator"


def test_a_gap_leads_to_its_target(visit: Callable[..., AppTest]) -> None:
    at = visit(view="Gaps")
    first = at.main.table[0].value.iloc[0]
    press(at, "Change this target")
    assert at.segmented_control(key="targets_view").value == "Targets"
    department = at.selectbox(key="targets_of")
    assert department.options[department.index] == first["Department"]


def test_places_without_a_gap_are_listed_with_the_reason() -> None:
    found = Gaps(found=(), apart=(NoGap(department="x", topic="a", target=3, reason="coverage_too_low"),))
    table = targets_shown.apart_table(FRAMEWORK, found, {"x": "Parks"})
    assert table.values.tolist() == [["Parks", "A", "3", "Too little was answered to say which level is reached."]]


def test_an_objective_is_entered_and_its_topics_weigh_more(visit: Callable[..., AppTest]) -> None:
    at = visit(view="Objectives")
    assert at.subheader[0].value == "Every figure has an owner"
    assert "from 22 to 90 % of those listed by" in "".join(each.value for each in at.markdown)
    by_end(at, "text_input", ":name").set_value("Warm <b>homes</b>")
    by_end(at, "multiselect", ":topics").set_value(["systems"])
    by_end(at, "selectbox", ":emphasis").set_value(1.5)
    press(at, "Add the objective")
    assert any("counts when a plan is made" in each.value for each in at.success)
    workspace, _ = store()
    found = objectives.objectives(workspace, LOCAL_ADMINISTRATOR)
    assert [each.topics for each in found if each.emphasis == 1.5] == [("systems",)]
    press(at, "Add the objective")
    assert any("name is missing" in each.value for each in at.error)
    at.selectbox(key="objective:chosen").set_value(next(each.id for each in found if each.emphasis == 1.5)).run()
    press(at, "Remove this objective")
    assert len(objectives.objectives(workspace, LOCAL_ADMINISTRATOR)) == len(found) - 1


def test_who_may_not_change_the_plan_reads_objectives_only(visit: Callable[..., AppTest]) -> None:
    at = visit(view_as=seen_as("leader"), view="Objectives")
    assert not [each for each in at.main.button if "objective" in each.label.lower()]
