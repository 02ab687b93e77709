"""Results: frames and tables by hand-worked numbers, then the page in each view, for each role, on both kinds."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from maturity.assessment.answers import Tally
from maturity.assessment.departments import Department
from maturity.assessment.scores import Place, RoundScores, score_round
from maturity.charts import score_frames
from maturity.framework.model import Framework
from maturity.operations.demo import build_demo
from maturity.operations.scores import Distribution
from maturity.operations.workspace import open_workspace
from maturity.ui import results_frames as frames
from maturity.ui import results_tables as tables

from .conftest import open_page, seen_as

VIEWS = ("Heat map", "Profile", "Distribution", "Trend", "By theme", "Evidence", "Why")
FIVE = ["one", "two", "three", "four", "five"]
TODAY = date(2026, 11, 22)


def question(code: str, theme: str, **more: object) -> dict[str, object]:
    return {"id": code, "text": f"{code.upper()}?", "theme": theme, "descriptors": FIVE, **more}


FRAMEWORK = Framework.model_validate(
    {
        "id": "small",
        "version": "1",
        "name": "Small",
        "licence": "CC0",
        "source": "these tests",
        "levels": [{"level": n, "name": name} for n, name in enumerate(("One", "Two", "Three", "Four", "Five"), 1)],
        "themes": [{"id": "t1", "name": "First"}, {"id": "t2", "name": "Second"}],
        "dimensions": [
            {
                "id": "d",
                "name": "D",
                "topics": [
                    {"id": "a", "name": "A", "questions": [question("a1", "t1"), question("a2", "t2", weight=3)]},
                    {"id": "b", "name": "B", "questions": [question("b1", "t1")]},
                ],
            }
        ],
    }
)
NAMES = {"x": "Parks", "y": "Housing"}
TARGETS = {("x", "a"): 4, ("y", "a"): 3}


def scored(**levels: int) -> RoundScores:
    """Scores from one answer a question: `xa1=2` is what Parks says to a1."""
    said = [Tally(department=k[0], question=k[1:], state="level", level=v, count=1) for k, v in levels.items()]
    return score_round(FRAMEWORK, [Department(code=code, name=name) for code, name in NAMES.items()], said)


# Parks: a = (2 + 3 x 4) / 4 = 3.5, b = 1. Housing: a1 only, 1 of 4 by weight, so a = 5 with coverage 0.25; no b.
SCORES = scored(xa1=2, xa2=4, xb1=1, ya1=5)


def test_the_heat_map_has_a_cell_for_every_place_in_the_fixed_order() -> None:
    frame = score_frames.heat_frame(FRAMEWORK, SCORES, NAMES, TARGETS)
    assert list(frame["department"]) == ["Parks", "Parks", "Housing", "Housing"]
    assert list(frame["topic"]) == ["A", "B", "A", "B"]
    assert list(frame["score"])[:3] == [3.5, 1.0, 5.0] and math.isnan(frame["score"][3])
    assert list(frame["coverage"]) == [1.0, 1.0, 0.25, 0.0]
    assert list(frame["enough"]) == [True, True, False, False]
    assert list(frame["target"].fillna(0)) == [4, 0, 3, 0]


def test_dimensions_have_no_targets_and_the_table_says_what_is_thin() -> None:
    frame = score_frames.heat_frame(FRAMEWORK, SCORES, NAMES, TARGETS, "dimension")
    assert frame["target"].isna().all()
    assert list(frame["score"]) == [2.25, 5.0]
    own = {NAMES[code]: SCORES.of(code).score for code in SCORES.departments}
    table = tables.heat_table(frame, "dimension", own)
    assert table.to_dict("list") == {
        "Department": ["Parks", "Housing"],
        "Score": ["2.2", "5.0"],
        "D": ["2.2", "5.0 (few answers)"],
    }


def test_a_profile_stands_beside_the_organisation_and_the_organisation_has_a_range() -> None:
    parks = frames.profile_frame(FRAMEWORK, SCORES, "x", TARGETS)
    assert list(parks["organisation"]) == [4.25, 1.0]
    assert list(parks["target"].fillna(0)) == [4, 0]
    whole = frames.profile_frame(FRAMEWORK, SCORES, None, TARGETS)
    assert (whole["lowest"][0], whole["highest"][0]) == (3.5, 5.0)
    assert whole["target"][0] == (4 + 5) / 2  # Parks at its target, Housing already beyond its own
    assert math.isnan(whole["target"][1]) and whole["organisation"].isna().all()


def test_a_profile_without_the_organisation_is_still_one() -> None:
    own = RoundScores({p: s for p, s in SCORES.scores.items() if p.department == "x"}, ("x",), ())
    frame = frames.profile_frame(FRAMEWORK, own, "x", TARGETS)
    assert list(frame["score"]) == [3.5, 1.0] and frame["organisation"].isna().all()
    table = tables.profile_table(FRAMEWORK, own, "x", TARGETS, scored(xa1=2, xa2=2))
    assert "Organisation" not in table
    # From 2.0 to 3.5 of the way to 4: 75%. From level 1 to 4: (3.5 - 1) / 3 = 83%.
    assert (table["Since the first round"][0], table["Way to the target"][0]) == ("75%", "83%")


def test_themes_are_means_of_question_scores() -> None:
    matrix = frames.theme_matrix(FRAMEWORK, SCORES, None, {"x": 1.0, "y": 3.0})
    assert list(matrix["A"]) == [(2 + 3 * 5) / 4, 4.0]
    assert matrix["B"][0] == 1.0 and math.isnan(matrix["B"][1])
    frame = frames.theme_frame(FRAMEWORK, SCORES, NAMES)
    assert list(frame["score"])[:3] == [1.5, 4.0, 5.0]
    assert list(frame["enough"]) == [True, True, False, False]  # Housing answered one of the first theme's two
    assert tables.theme_table(matrix)["B"][1] == "–"


def test_a_trend_leaves_a_gap_where_a_place_was_not_scored() -> None:
    places = {"Parks": Place("x"), "Housing": Place("y")}
    frame = score_frames.trend_frame([("First", scored(xb1=1)), ("Second", SCORES)], places)
    assert len(frame) == 4 and frame["score"].isna().sum() == 1
    table = tables.trend_table(frame)
    assert list(table["Change"]) == ["+1.2", "–"]
    assert tables.trend_table(score_frames.trend_frame([], {})).empty


def test_nothing_is_shown_of_fewer_than_five() -> None:
    few = Distribution(question="a1", counts=None, dont_know=None, respondents=4, median=None, agreement=None)
    many = Distribution(question="a2", counts=(3, 0, 0, 0, 3), dont_know=1, respondents=6, median=3.0, agreement=-1.0)
    frame = frames.distribution_frame(FRAMEWORK, [few, many])
    assert frame.loc[0, ["n1", "n5", "dont_know", "median", "agreement"]].isna().all()
    table = tables.distribution_table(FRAMEWORK, [few, many])
    assert list(table["Agreement"]) == ["Not shown. Fewer than 5 people answered.", "-1.00 (6 people), discuss"]
    assert list(table["1 One"]) == ["–", "3"] and list(table["Don't know"]) == ["–", "1"]


def test_the_trace_can_be_added_up() -> None:
    score = SCORES.of("x", "d", "a")
    labels = {part.place: part.place.question or "" for part in score.parts}
    table = tables.trace_table(SCORES, score, labels, points=False)
    assert table[["Part", "Weight", "Score", "Counted"]].values.tolist() == [
        ["a1", "1", "2.00", "yes"],
        ["a2", "3", "4.00", "yes"],
    ]
    assert tables.arithmetic(score) == "Weights times scores make 14.00; divided by all weights, 4, that is 3.50."
    thin = SCORES.of("y", "d", "a")
    assert tables.trace_table(SCORES, thin, labels | {p.place: "" for p in thin.parts}, points=False)["Counted"][1] == (
        "not counted: nothing answered"
    )
    assert tables.arithmetic(SCORES.of("y", "d", "b")) == "Nothing below it counted, so there is no score."


def test_points_are_said_out_of_the_most_there_are() -> None:
    frame = pd.DataFrame({"name": ["A", "B"], "score": [9.0, 7.5], "highest": [12.0, 12.0]})
    title, subtitle, words = frames.points_sentences(frame, subject="All", period="2026")
    assert (title, words) == ("Points run from 7.5 to 9", "A: 9 of 12. B: 7.5 of 12.")
    assert subtitle == "All, points out of the most there are. 2026"


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
    """`visit(view_as=None, **query)`: the results page on the small demo."""

    def begin(view_as: object = None, **query: str) -> AppTest:
        shutil.copy(city, stores / "demo.duckdb")
        return open_page(start(view_as=view_as, store="demo", **query), "results")

    return begin


def shown(at: AppTest) -> str:
    kinds = ("header", "subheader", "markdown", "caption", "info")
    return "\n".join(each.value for kind in kinds for each in at.main.get(kind))


def test_an_empty_store_says_so(at: AppTest) -> None:
    open_page(at, "results")
    assert [info.value for info in at.info] == ["No assessment yet. Start one, or look at the demo city."]
    assert not at.exception


@pytest.mark.parametrize("visitor", [None, seen_as("leader"), seen_as("department_lead", "housing")])
def test_every_view_opens_for_every_reader(visit: Callable[..., AppTest], visitor: object) -> None:
    at = visit(visitor)
    for view in VIEWS:
        at.segmented_control(key="results_view").set_value(view).run()
        assert not at.exception, view
    assert "Weights times scores make" in shown(at)


def test_a_head_sees_the_own_department_and_nothing_else(visit: Callable[..., AppTest]) -> None:
    at = visit(seen_as("department_lead", "housing"))
    assert at.main.header[0].value.replace("\\", "").startswith("Housing: we stand at")
    for view in VIEWS:
        at.segmented_control(key="results_view").set_value(view).run()
        names = {option for box in at.main.selectbox if box.key == "results_of" for option in box.options}
        assert names <= {"Housing"}, view
        assert "Port Ellery" not in shown(at).replace("Demo", ""), view


def test_points_have_no_level_words(visit: Callable[..., AppTest]) -> None:
    at = visit()
    partner = next(name for name in at.selectbox(key="results_round").options if name.startswith("Partner"))
    at.selectbox(key="results_round").set_value(partner).run()
    assert not at.exception
    assert at.main.header[0].value.startswith("We have")
    assert "evel" not in "".join(metric.label for metric in at.main.metric)
    assert at.segmented_control(key="results_view").options == ["Points", "Trend", "Evidence", "Why"]


def test_the_trace_goes_from_the_organisation_down_to_a_question(visit: Callable[..., AppTest]) -> None:
    at = visit()
    at.segmented_control(key="results_view").set_value("Why").run()
    for _ in range(4):
        next(each for each in at.main.button if each.key.startswith("into-")).click().run()
        assert not at.exception
    assert "The value is the" in shown(at)


def test_a_place_that_is_gone_gives_way(visit: Callable[..., AppTest]) -> None:
    at = visit()
    at.segmented_control(key="results_view").set_value("Profile").run()
    at.selectbox(key="results_of").set_value("housing").run()
    at.session_state["view_as"] = seen_as("department_lead", "digital")
    at.run()
    assert not at.exception
    assert at.selectbox(key="results_of").value == "digital"
