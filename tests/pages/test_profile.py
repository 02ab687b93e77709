"""The department profile: by role, and what it says in words."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.framework.model import Framework
from maturity.operations import frameworks, plan_making, plans, rounds
from maturity.operations.workspace import default_url, open_workspace
from maturity.words.profile_sentences import strengths_and_gaps
from tests.operations.city import make_town

from . import town
from .conftest import open_page, seen_as


@pytest.mark.parametrize("role", ["administrator", "leader"])
def test_whoever_reads_all_departments_can_choose_one(stores, start, role):
    make_town(open_workspace(default_url()))
    page = open_page(start(None if role == "administrator" else seen_as(role)), "profile")
    assert not page.exception
    assert [each.options for each in page.selectbox if each.label == "Department"] == [["Parks", "Roads", "Housing"]]
    assert "Parks" in [each.value for each in page.header]


def test_a_head_sees_the_own_department_only(stores, start):
    make_town(open_workspace(default_url()))
    page = open_page(start(seen_as("department_lead", "roads")), "profile")
    assert not page.exception
    assert [each.options for each in page.selectbox if each.label == "Department"] == [["Roads"]]
    assert "Roads" in [each.value for each in page.header]


def in_words(page) -> str:
    found = [*page.markdown, *page.caption, *page.info, *page.header]
    return "\n".join(str(each.value) for each in found).replace("\\", "")


def test_a_department_without_answers_and_actions_says_so_and_offers_no_reasons(stores, start):
    make_town(open_workspace(default_url()), levels={"parks": 1, "roads": 2})
    page = open_page(start(seen_as("department_lead", "housing")), "profile")
    assert not page.exception
    assert "No result yet. It appears when somebody of the department has sent answers." in in_words(page)
    assert [each.value for each in page.header] == ["Housing"]
    assert "Why these scores" not in [each.proto.label for each in page.get("page_link")]


@pytest.mark.parametrize("role", ["administrator", "leader"])
def test_what_a_department_does_is_shown_before_it_has_answered(stores, start, role):
    workspace = open_workspace(default_url())
    round_ = make_town(workspace, levels={"parks": 1, "roads": 2})
    plan_making.replan(workspace, ADMIN, round_, "First plan", iterations=1)
    day = workspace.clock().date()
    plans.add_action(workspace, ADMIN, title="<i>Ask</i>", start=day, finish=day, owner="Ida", department="housing")
    page = open_page(start(None if role == "administrator" else seen_as(role), department="Housing"), "profile")
    page.selectbox(key="department").select("housing").run()
    assert not page.exception
    assert "The department's own actions" in in_words(page) and "1 action in First plan, 0 late." in in_words(page)
    (shown,) = [each.proto.body for each in page.get("html") if "Its own actions" in each.proto.body]
    assert "&lt;i&gt;Ask&lt;/i&gt;" in shown


def test_links_name_department_and_round_in_words_as_the_other_page_knows_them(stores, start):
    make_town(open_workspace(default_url()))
    page = open_page(start(), "profile")
    page.selectbox(key="department").select("roads").run()
    (link,) = [each.proto for each in page.get("page_link") if each.proto.label == "Why these scores"]
    assert parse_qs(link.query_string) == {
        "results_round": ["2026"], "results_of": ["Roads"], "results_view": ["Why"],
    }  # fmt: skip


def test_strengths_and_gaps_name_topics_by_their_scores_and_targets():
    scores = {"a": 3.25, "b": 1.5, "c": 2.0, "d": None}
    names = {"a": "Aims", "b": "Basics", "c": "Care", "d": "Doubt"}
    assert strengths_and_gaps(scores, {"b": 3, "c": 2, "d": 4}, names) == [
        "Strongest: Aims (3.2), Care (2.0), Basics (1.5).",
        "Furthest below its target: Basics (1.5, target 3).",
        "1 topic without a score.",
    ]
    assert strengths_and_gaps({"a": None}, {}, names) == ["No topic has a score yet."]


def two_versions() -> None:
    """Spring on version 1 and Autumn on version 2 of a framework, in which topic "One" weighs its questions anew."""
    store = town.own_store()
    spring = town.founded()
    for department, level in (("parks", 1), ("housing", 2)):
        town.answered(spring, department, level)
    town.closed(spring)
    body = town.SMALL.model_dump(mode="json", exclude_none=True, exclude_defaults=True) | {"version": "2"}
    body["dimensions"][0]["topics"][0]["questions"][0]["weight"] = 2.0
    frameworks.import_framework(store, ADMIN, Framework.model_validate(body))
    autumn = rounds.create_round(store, ADMIN, "Autumn", "small", opens_on=date(2026, 9, 1), closes_on=date(2036, 9, 1))
    autumn = rounds.open_round(store, ADMIN, autumn)
    for department, level in (("parks", 3), ("housing", 3)):
        town.answered(autumn, department, level)
    town.closed(autumn)


def test_nothing_is_said_to_have_changed_between_rounds_that_asked_otherwise(stores, start):
    two_versions()
    page = open_page(start(), "profile")
    assert not page.exception
    (table,) = [each.value for each in page.table if "Topic" in each.value]
    assert table[["Spring", "Autumn", "Change"]].values.tolist()[0] == ["1.0", "3.0 (asked otherwise)", "–"]
    assert "Versions of the framework: 1 in Spring and 2 in Autumn." in in_words(page)
    assert [each.delta for each in page.metric if each.label == "Score"] == [""]
    summary = open_page(start(), "summary")
    lines = [each.proto.label.replace("\\", "") for each in summary.get("page_link")]
    assert "Score 3.0, in every department; no earlier round to compare with." in lines
