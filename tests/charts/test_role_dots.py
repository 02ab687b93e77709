"""The split by role as a picture: a shape for each role, equal scores side by side, and what it says."""

from __future__ import annotations

import pandas as pd

from maturity.charts.drawing import specification
from maturity.charts.role_dots import SHAPES, role_dots_chart
from maturity.words.role_sentences import people_by_role, role_sentences

LEVELS = ("Beginning", "Emerging", "Learning", "Developing", "Mastering")
ROLES = ["Leader", "Front line"]


def test_roles_differ_in_shape_and_never_cover_each_other(by_role, texts):
    spec = specification(role_dots_chart(by_role, roles=ROLES, levels=LEVELS, mode="light", texts=texts))
    points = [layer for layer in spec["layer"] if layer["mark"].get("shape") in SHAPES]
    assert [layer["mark"]["shape"] for layer in points] == ["circle", "square"]
    drawn = [spec["datasets"][layer["data"]["name"]] for layer in points]
    assert [[row["score"] for row in rows] for rows in drawn] == [[3.5, 3.0], [2.0, 3.0, 2.0]]
    assert len({(row["score"], row["lane"]) for rows in drawn for row in rows}) == 5


def test_how_far_they_are_apart_stands_beside(by_role, texts, written):
    spec = specification(role_dots_chart(by_role, roles=ROLES, levels=LEVELS, mode="dark", texts=texts))
    assert [text for text in written(spec) if text in ("Apart", "1.5", "0.0", "–")] == ["Apart", "1.5", "0.0", "–", "–"]


def test_it_names_the_topic_and_the_two_roles(by_role):
    said = role_sentences(by_role, roles=ROLES, place="Parks", period="Spring")
    assert said.title == "Quality: leaders answer 1.5 levels higher than people of the front line"
    assert said.subtitle == "Score by role and topic, in levels. Parks, Spring"
    assert said.description == (
        "Score by role and topic, Parks. Quality: Leader 3.5, Front line 2.0. Sharing: Leader 3.0, Front line 3.0. "
        "Skills: Front line 2.0."
    )


def test_roles_that_agree_and_one_alone(by_role):
    said = role_sentences(by_role.iloc[1:3], roles=ROLES, place="Parks").title
    assert said == "Both roles answer nearly alike in every topic"
    assert role_sentences(by_role, roles=["Leader"], place="Parks").title == "Only leaders can be shown apart"


def test_nothing_to_show(by_role):
    empty = role_sentences(by_role.iloc[3:], roles=ROLES, place="Parks")
    assert empty.subtitle == "Nothing to show yet"
    assert role_sentences(pd.DataFrame(), roles=ROLES, place="Parks").subtitle == "Nothing to show yet"


def test_people_in_words():
    assert people_by_role([("Manager", 6), ("Front line", 1)]) == "Manager: 6 people. Front line: 1 person."
