"""Answers that are given out where few answered: by hand, in a round of four questions."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from maturity.access.roles import COMMAND_LINE
from maturity.assessment.answers import DecidedValue
from maturity.operations import released_answers as released
from maturity.operations.frameworks import import_framework
from maturity.operations.imports import import_answers
from maturity.operations.rounds import find_round
from maturity.operations.workspace import Workspace
from tests.assessment.small import framework

from .city import record_all

GIVEN = {"one": "2", "two": "23", "three": "234", "four": "1235", "five": "12345"}
"""The levels that were chosen for question a1, by department."""


@pytest.fixture
def counted(workspace: Workspace, tmp_path: Path) -> Workspace:
    """A closed round in which departments of one to five people answered, and nobody decided anything."""
    rows = [f"{place},a1,{level},{place}{n}" for place, levels in GIVEN.items() for n, level in enumerate(levels)]
    # Four know and two do not: there are six answers, and still only four that say a level.
    rows += [f"six,a1,{answer},six{n}" for n, answer in enumerate(["1", "1", "2", "5", "don't know", "don't know"])]
    path = tmp_path / "answers.csv"
    path.write_text("department,question_id,answer,respondent\n" + "\n".join(rows), encoding="utf-8")
    import_framework(workspace, COMMAND_LINE, framework())
    import_answers(workspace, COMMAND_LINE, path, framework="small", round_name="R1")
    return workspace


def given_out(workspace: Workspace) -> tuple[dict[str, tuple[str, ...]], list[tuple[str, ...]]]:
    """By department what its row says beside its names, and the rows of what was held back."""
    with zipfile.ZipFile(io.BytesIO(released.released_answers(workspace, COMMAND_LINE))) as files:
        rows = list(csv.reader(io.StringIO(files.read("answers.csv").decode())))[1:]
        withheld = list(csv.reader(io.StringIO(files.read("withheld.csv").decode())))[1:]
    return {row[3]: tuple(row[5:]) for row in rows}, [tuple(row) for row in withheld]


def test_fewer_than_five_answers_without_a_decision_are_not_given_out_but_counted(counted: Workspace) -> None:
    rows, withheld = given_out(counted)
    nothing = ("", "", "", "", "", "")
    assert rows == {
        "one": nothing, "two": nothing, "three": nothing, "four": nothing, "six": nothing,
        "five": ("3", "median", "5", "0", "0", "1:1 2:1 3:1 4:1 5:1"),
    }  # fmt: skip
    assert withheld == [("answers", "few", "5")]
    assert released.what_is_released(counted, COMMAND_LINE).withheld == {("answers", "few"): 5}


def test_what_a_reviewer_decided_is_given_out_without_who_stands_behind_it(counted: Workspace) -> None:
    decided = DecidedValue(department="two", question="a1", source="review", level=4, reason="seen")
    record_all(counted, find_round(counted, COMMAND_LINE, "R1"), [decided])
    rows, withheld = given_out(counted)
    assert rows["two"] == ("4", "review", "", "", "", "")
    assert rows["one"] == ("", "", "", "", "", "")
    assert withheld == [("answers", "few", "5")], "its answers are held back all the same"
