"""Two organisations in one store: every page is of one of them, the address says which, and nothing crosses over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR, Grant, Visitor
from maturity.assessment.answers import Answer
from maturity.assessment.terms import RoundTerms
from maturity.operations import answers, partnership, plans, rounds, setup, targets
from maturity.operations.questions import questions_for
from maturity.operations.rounds import Round
from maturity.operations.setup import Organisation
from maturity.storage.terms import save_terms
from maturity.ui import context, navigation, organisations
from maturity.ui.partnership import NO_PARTNERSHIP

from .conftest import open_page
from .town import founded, own_store

Start = Callable[..., AppTest]
SPRING = "'Spring'"  # as a choice or a cell; in the glossary it is an example
FRAMEWORK = "city-data-maturity"


def organisation(name: str) -> Organisation:
    made = setup.organisation(own_store(), LOCAL_ADMINISTRATOR, name)
    assert made is not None
    return made


def village(framework: str = "small", *, people: int = 5, level: int = 2, name: str = "Autumn") -> Round:
    """A second organisation with another round, closed, which this many people answered."""
    store = own_store()
    if setup.organisation(store, LOCAL_ADMINISTRATOR, "Far Village") is None:
        departments = setup.departments_from_lines("Harbour; 10\nLibrary; 5")
        setup.create_organisation(store, LOCAL_ADMINISTRATOR, "Far Village", departments)
    made = rounds.create_round(store, LOCAL_ADMINISTRATOR, name, framework, organisation="Far Village")
    store.store.write(save_terms, made.id, RoundTerms(lead_days=0))
    made = rounds.open_round(store, LOCAL_ADMINISTRATOR, made)
    of = organisation("Far Village").id
    for number in range(people):
        department = ("harbour", "library")[number % 2]
        visitor = Visitor(
            person=f"villager-{number}", name=f"Villager {number}",
            grants=(Grant(role="respondent", department=department, organisation=of),),
        )  # fmt: skip
        one = answers.start(store, visitor, made, department)
        every = [q for topic in questions_for(made, department, {}).values() for q in topic]
        asked = [q for q in every if q.kind in ("levels", "markers")]
        for question in asked:
            given = Answer(question=question.id, state="level", level=level)
            answers.save_answer(store, visitor, made, one, given)
        if not asked:
            for question in every:
                option = question.options[0]
                given = Answer(question=question.id, state="option", option=option.id, points=option.points)
                answers.save_answer(store, visitor, made, one, given)
        answers.send(store, visitor, made, one)
    found = rounds.find_round(store, LOCAL_ADMINISTRATOR, name, "Far Village")
    return rounds.close_round(store, LOCAL_ADMINISTRATOR, found)


def address(at: AppTest) -> str:
    """The organisation in the address."""
    said = at.query_params["organisation"]
    return said if isinstance(said, str) else said[0]


def words(at: AppTest) -> str:
    kinds = ("markdown", "caption", "info", "warning", "success", "error", "title", "header", "subheader")
    found = [each.value for kind in kinds for each in at.get(kind)]
    found += [str(each.value.to_dict()) for each in at.table]
    found += [str(each.options) for each in at.selectbox if each.key not in (organisations.SWITCH, "see_it_as")]
    return "\n".join(map(str, found)).replace("\\", "")


def test_one_organisation_needs_no_choice(start: Start) -> None:
    founded()
    at = start()
    assert not [each for each in at.sidebar.selectbox if each.label == "Organisation"]
    assert "organisation" not in at.query_params


def test_the_switch_turns_every_page_and_nothing_crosses_over(start: Start) -> None:
    founded()
    village()
    at = start()
    assert address(at) == str(organisation("Small Town").id)
    for name in navigation.SCREENS:
        open_page(at, name)
        assert not at.exception, name
        if name != "administration":
            assert "Harbour" not in words(at) and "Autumn" not in words(at), name
    at.sidebar.selectbox(key=organisations.SWITCH).set_value(str(organisation("Far Village").id)).run()
    assert address(at) == str(organisation("Far Village").id)
    for name in navigation.SCREENS:
        open_page(at, name)
        assert not at.exception, name
        if name != "administration":
            assert "Parks" not in words(at) and "Small Town" not in words(at) and SPRING not in words(at), name


def test_pages_with_a_plan_are_of_the_organisation_that_is_chosen(start: Start) -> None:
    founded()
    round_ = village(FRAMEWORK)
    store = own_store()
    made = plans.make_plan(store, LOCAL_ADMINISTRATOR, round_)
    plans.save_plan(store, LOCAL_ADMINISTRATOR, round_, made, "Village plan")
    targets.set_importance(store, LOCAL_ADMINISTRATOR, round_, next(iter(round_.framework.topics)), 5, "it floods")
    at = start(organisation=str(organisation("Far Village").id))
    for name in navigation.SCREENS:
        open_page(at, name)
        assert not at.exception, name
    at.sidebar.selectbox(key=organisations.SWITCH).set_value(str(organisation("Small Town").id)).run()
    for name in navigation.SCREENS:
        open_page(at, name)
        assert not at.exception, name
        assert "Village plan" not in words(at) or name == "administration", name


@pytest.mark.parametrize("asked", ["not an id", "01980000-0000-7000-8000-000000000000"])
def test_an_unknown_id_leads_to_the_first(start: Start, asked: str) -> None:
    founded()
    village()
    at = start(organisation=asked)
    assert address(at) == str(organisation("Small Town").id)


def test_a_foreign_id_leads_to_ones_own(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    founded()
    village()
    mine, theirs = organisation("Far Village"), organisation("Small Town")
    visitor = Visitor(person="fay", name="Fay", grants=(Grant(role="administrator", organisation=mine.id),))
    monkeypatch.setattr(context, "current_visitor", lambda: visitor)
    at = start(organisation=str(theirs.id))
    for name in navigation.SCREENS:
        open_page(at, name)
        assert not at.exception, name
        assert "Small Town" not in words(at) and "Parks" not in words(at) and SPRING not in words(at), name
    assert not [each for each in at.sidebar.selectbox if each.label == "Organisation"]


def test_a_role_in_one_organisation_opens_no_page_of_another(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    founded()
    village()
    town, far = organisation("Small Town"), organisation("Far Village")
    grants = (
        Grant(role="administrator", organisation=far.id),
        Grant(role="respondent", department="parks", organisation=town.id),
    )
    monkeypatch.setattr(context, "current_visitor", lambda: Visitor(person="fay", name="Fay", grants=grants))
    at = open_page(start(organisation=str(town.id)), "administration")
    assert [each.value for each in at.title] == ["This page is not open to you"]
    at.sidebar.selectbox(key=organisations.SWITCH).set_value(str(far.id)).run()
    assert [each.value for each in at.title] == ["Administration"]
    assert not at.exception


def test_another_organisation_is_set_up_on_administration(start: Start) -> None:
    founded()
    at = open_page(start(), "administration")
    at.text_input(key="new_organisation").set_value("Far Village")
    next(each for each in at.button if each.label == "Set up organisation").click().run()
    assert not at.exception
    assert at.sidebar.selectbox(key=organisations.SWITCH).value == str(organisation("Far Village").id)
    at.text_input(key="new_organisation").set_value("Far Village")
    next(each for each in at.button if each.label == "Set up organisation").click().run()
    assert "there already" in words(at) or "already" in words(at)


def test_members_are_set_on_administration(start: Start) -> None:
    founded()
    village()
    at = open_page(start(), "administration")
    town, far = organisation("Small Town"), organisation("Far Village")
    at.multiselect(key=f"members-{town.id}").set_value([str(far.id)])
    next(each for each in at.button if each.label == "Save members").click().run()
    assert not at.exception
    assert "Small Town has 1 member now." in words(at)
    assert partnership.partnerships(own_store(), LOCAL_ADMINISTRATOR)[0].names == ("Far Village",)
    assert "Partnership" in [each.label for each in at.sidebar.get("page_link")]


def test_whoever_does_not_run_the_installation_sets_nothing_up(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    founded()
    grants = (Grant(role="administrator", organisation=organisation("Small Town").id),)
    monkeypatch.setattr(context, "current_visitor", lambda: Visitor(person="ada", name="Ada", grants=grants))
    at = open_page(start(), "administration")
    assert not at.exception
    assert "Organisations and partnerships" not in [each.value for each in at.header]


def test_a_result_is_shown_given_seen_and_withdrawn(start: Start) -> None:
    founded()
    village()
    village(level=3, name="Winter")
    store = own_store()
    town, far = organisation("Small Town"), organisation("Far Village")
    partnership.set_members(store, LOCAL_ADMINISTRATOR, town.id, [far.id])
    at = open_page(start(organisation=str(far.id)), "partnership")
    assert not at.exception
    said = words(at)
    assert "5 people in 2 departments answered, and:" in said
    assert "Harbour" not in said and "harbour" not in said
    lines = next(each.value for each in at.table if "Coverage" in each.value)
    assert [each.replace("\\", "") for each in lines["What"]] == [
        "Far Village",
        "Dimension: Everything",
        "Topic: One",
        "Topic: Two",
    ]
    next(each for each in at.button if each.label == "Give this to Small Town").click().run()
    assert not at.exception
    assert "Small Town has the result of Winter now." in words(at)
    at.sidebar.selectbox(key=organisations.SWITCH).set_value(str(town.id)).run()
    assert not at.exception
    rests = next(each.value for each in at.table if "Answered by" in each.value)
    assert rests["Answered by"].iloc[0] == "5 people, 2 departments"
    assert rests["Round"].iloc[0].startswith("Winter, closed on")
    assert "Harbour" not in words(at)
    at.sidebar.selectbox(key=organisations.SWITCH).set_value(str(far.id)).run()
    next(each for each in at.button if each.label == "Withdraw").click().run()
    assert not at.exception
    assert "The partnership does not see it any more." in words(at)
    at.sidebar.selectbox(key=organisations.SWITCH).set_value(str(town.id)).run()
    assert "No partner has given a result yet." in words(at)


def test_readiness_stands_as_points(start: Start) -> None:
    founded()
    village("partner-readiness")
    store = own_store()
    town, far = organisation("Small Town"), organisation("Far Village")
    partnership.set_members(store, LOCAL_ADMINISTRATOR, town.id, [far.id])
    admin = replace(LOCAL_ADMINISTRATOR, at=None)
    shown = partnership.preview(store, admin, "Autumn", "Far Village")
    partnership.give_result(store, admin, "Autumn", town.id, shown, "Far Village")
    at = open_page(start(organisation=str(town.id)), "partnership")
    assert not at.exception
    ready = next(each.value for each in at.table if "In all" in each.value)
    assert list(ready["Partner"]) == ["Far Village"]
    assert ready["In all"].iloc[0].replace("\\", "") == "12 of 12"


def test_leaders_of_a_member_see_what_was_given_and_give_nothing(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    founded()
    village()
    store = own_store()
    town, far = organisation("Small Town"), organisation("Far Village")
    partnership.set_members(store, LOCAL_ADMINISTRATOR, town.id, [far.id])
    grants = (Grant(role="leader", organisation=far.id),)
    monkeypatch.setattr(context, "current_visitor", lambda: Visitor(person="lea", name="Lea", grants=grants))
    at = open_page(start(), "partnership")
    assert "Nothing was given yet." in words(at)
    assert not [each for each in at.main.button if "Give" in each.label]


def test_an_organisation_of_its_own_is_told_so(start: Start) -> None:
    founded()
    at = open_page(start(), "partnership")
    assert NO_PARTNERSHIP in words(at)
    assert "Partnership" not in [each.label for each in at.sidebar.get("page_link")]
