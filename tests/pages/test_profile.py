"""The department profile: by role, and what it says in words."""

from __future__ import annotations

import pytest

from maturity.operations.workspace import default_url, open_workspace
from maturity.words.profile_sentences import strengths_and_gaps
from tests.operations.city import make_town

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


def test_strengths_and_gaps_name_topics_by_their_scores_and_targets():
    scores = {"a": 3.25, "b": 1.5, "c": 2.0, "d": None}
    names = {"a": "Aims", "b": "Basics", "c": "Care", "d": "Doubt"}
    assert strengths_and_gaps(scores, {"b": 3, "c": 2, "d": 4}, names) == [
        "Strongest: Aims (3.2), Care (2.0), Basics (1.5).",
        "Furthest below its target: Basics (1.5, target 3).",
        "1 topic without a score.",
    ]
    assert strengths_and_gaps({"a": None}, {}, names) == ["No topic has a score yet."]
