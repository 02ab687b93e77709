"""Answers from files: the published points of real data, exactly; and what is refused."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import COMMAND_LINE, Grant, Visitor
from maturity.assessment.terms import RoundTerms
from maturity.framework.formats.table import load_table
from maturity.operations.errors import Refused
from maturity.operations.frameworks import import_framework
from maturity.operations.imports import BadRows, export_answers, import_answers
from maturity.operations.rounds import create_round, find_round, open_round
from maturity.operations.scores import scores_of
from maturity.operations.setup import Department, create_organisation
from maturity.operations.upkeep import problems_of_store
from maturity.operations.workspace import Workspace
from maturity.storage.respondents import respondents
from tests.assessment.small import framework

ODM = Path(__file__).parents[1] / "data" / "odm2023"


def published() -> dict[tuple[str, str], float]:
    with (ODM / "published_scores.csv").open() as file:
        return {(row["department"], row["scope"]): float(row["points"]) for row in csv.DictReader(file)}


def imported_points(workspace: Workspace) -> dict[tuple[str, str], float | None]:
    found: dict[tuple[str, str], float | None] = {}
    part: defaultdict[tuple[str, str], float] = defaultdict(float)
    for place, score in scores_of(workspace, COMMAND_LINE, "2023").scores.items():
        if place.department is None or place.question:
            continue
        scope = place.topic or place.dimension or "total"
        found[place.department, scope] = score.points
        if scope[-1].isalpha() and place.topic:
            part[place.department, scope[:-1]] += score.points or 0
    return {**found, **part}


def test_the_open_data_maturity_of_2023_gives_all_460_published_points(workspace: Workspace) -> None:
    import_framework(workspace, COMMAND_LINE, load_table(ODM / "questions.csv", code="odm2023"))
    heard: list[tuple[int, int]] = []
    done = import_answers(
        workspace,
        COMMAND_LINE,
        ODM / "answers.csv",
        framework="odm2023",
        round_name="2023",
        told=lambda so_far, total: heard.append((so_far, total)),
    )
    assert (done.answers, done.departments, done.left_out) == (3440, 20, 0)
    assert heard[-1] == (3440, 3440)
    expected = published()
    found = imported_points(workspace)
    assert len(expected) == 460
    assert {key: found[key] for key in expected} == expected
    assert find_round(workspace, COMMAND_LINE, "2023").status == "closed"
    assert problems_of_store(workspace, COMMAND_LINE) == []


def test_what_is_exported_is_imported_to_the_same_scores(workspace: Workspace, tmp_path: Path) -> None:
    import_framework(workspace, COMMAND_LINE, load_table(ODM / "questions.csv", code="odm2023"))
    first = {"framework": "odm2023", "round_name": "2023"}
    import_answers(workspace, COMMAND_LINE, ODM / "answers.csv", **first)
    copy = tmp_path / "copy.csv"
    copy.write_text(export_answers(workspace, COMMAND_LINE, "2023"), encoding="utf-8")
    import_answers(workspace, COMMAND_LINE, copy, framework="odm2023", round_name="again")
    before = scores_of(workspace, COMMAND_LINE, "2023").scores
    after = scores_of(workspace, COMMAND_LINE, "again").scores
    assert {p: s.points for p, s in before.items()} == {p: s.points for p, s in after.items()}


@pytest.fixture
def small(workspace: Workspace) -> Workspace:
    """An organisation with two departments and an open round on four questions."""
    departments = [Department(code="x", name="Works"), Department(code="y", name="Parks")]
    create_organisation(workspace, COMMAND_LINE, "Town", departments)
    import_framework(workspace, COMMAND_LINE, framework())
    round_ = create_round(workspace, COMMAND_LINE, "R1", "small")
    open_round(workspace, COMMAND_LINE, round_)
    return workspace


HEAD = "department,question_id,answer\n"
BAD = [
    ("x,zz,3\n", "line 2: question 'zz' is not in the framework small"),
    ("q,a1,3\n", "line 2: department 'q' does not take part in this round"),
    ("x,a1,6\n", "line 2: question a1: a level is 1 to 5, not 6"),
    ("x,a1,3\nx,a1,4\n", "line 3: x answered a1 on line 2 already"),
    ("x,a1,01/02/2026\n", "line 2: answer '01/02/2026' looks like a date"),
    ("x,a1,04-Jan\n", "looks like a date"),
    ("x,a1,2.5\n", "'2.5' is no level"),
    (",a1,2\n", "line 2: the department is empty"),
    ("x,a1,2,9\n", "1 cells too many"),
]


@pytest.mark.parametrize(("rows", "sentence"), BAD)
def test_every_bad_row_is_named_and_nothing_is_written(
    small: Workspace, tmp_path: Path, rows: str, sentence: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}y,b1,3\n".replace("y,b1,3\n", "") + rows, encoding="utf-8")
    with pytest.raises(BadRows) as found:
        import_answers(small, COMMAND_LINE, path, framework="small", round_name="R1")
    assert sentence in str(found.value) and "nothing was written" in str(found.value)
    assert scores_of(small, COMMAND_LINE, "R1").of().respondents == 0


def test_bad_rows_can_be_skipped_and_are_counted(small: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "\ufeffDepartment;Question ID;Answer;respondent\nWorks;a1;3 Three;Ann\nx;a1;Level 2;Bo\nx;zz;1;Bo\n"
        "x;b1;I don\u2019t know;Ann\nx;c1; N/A ;Ann\ny;c1;;Cy\n",
        encoding="utf-8",
    )
    done = import_answers(small, COMMAND_LINE, path, framework="small", round_name="R1", skip_bad_rows=True, told=None)
    assert (done.answers, done.respondents, done.left_out, done.blank) == (4, 2, 1, 1)
    scores = scores_of(small, COMMAND_LINE, "R1")
    assert scores.of("x", "d1", "a", "a1").score == 2.5
    assert scores.topic("x", "b").state == "nothing" and scores.topic("x", "c").state == "not_applicable"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (HEAD.encode() + "x,a1,Stra\xdfe\n".encode("latin-1"), "line 2: not UTF-8"),
        (b"unit,question\nx,a1\n", "the columns department, question_id, answer are missing"),
        (b"", "are missing"),
        (HEAD.encode(), "holds no answer"),
        (b"PK\x03\x04\x00\x00", "holds zero bytes"),
    ],
)
def test_a_file_that_is_no_answers_file_is_refused_as_a_whole(
    small: Workspace, tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match=sentence):
        import_answers(small, COMMAND_LINE, path, framework="small", round_name="R1")


def test_a_cut_off_import_is_forgotten_and_can_be_run_again(
    small: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}x,a1,3\n", encoding="utf-8")
    with monkeypatch.context() as cut:
        cut.setattr("maturity.storage.staging.publish_staged", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            import_answers(small, COMMAND_LINE, path, framework="small", round_name="R2")
    with pytest.raises(Refused, match="no round 'R2'"):
        find_round(small, COMMAND_LINE, "R2")
    assert import_answers(small, COMMAND_LINE, path, framework="small", round_name="R2").answers == 1
    assert problems_of_store(small, COMMAND_LINE) == []


def test_a_closed_round_takes_no_more_answers_and_strangers_none(small: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}x,a1,3\n", encoding="utf-8")
    import_answers(small, COMMAND_LINE, path, framework="small", round_name="R2")
    with pytest.raises(Refused, match="'R2' is closed"):
        import_answers(small, COMMAND_LINE, path, framework="small", round_name="R2")
    head = Visitor(person="h", name="Head", grants=(Grant(role="department_lead", department="x"),))
    with pytest.raises(NotPermitted):
        import_answers(small, head, path, framework="small", round_name="R3")


def test_a_file_for_another_framework_or_for_topics_that_are_not_asked_is_refused(
    small: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "x,a1,3\nx,c1,2\n")
    create_round(small, COMMAND_LINE, "Some", "small", terms=RoundTerms(topics=("c",)))
    with pytest.raises(BadRows, match="line 2: question 'a1' is not in the framework small"):
        import_answers(small, COMMAND_LINE, path, framework="small", round_name="Some")
    done = import_answers(small, COMMAND_LINE, path, framework="small", round_name="Some", skip_bad_rows=True)
    assert (done.answers, done.left_out) == (1, 1)
    with pytest.raises(Refused, match="the round 'R1' asks 'small', not 'partner-readiness'; name its framework"):
        import_answers(small, COMMAND_LINE, path, framework="partner-readiness", round_name="R1")


def test_no_name_of_a_file_gets_into_a_round_without_names(small: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("department,question_id,answer,respondent\nx,a1,3,Ann\nx,a1,2,Bob\ny,a1,1,Cy\n")
    create_round(small, COMMAND_LINE, "Veiled", "small", terms=RoundTerms(anonymity="pseudonymous"))
    import_answers(small, COMMAND_LINE, path, framework="small", round_name="Veiled")
    import_answers(small, COMMAND_LINE, path, framework="small", round_name="Veiled")
    with small.store.reading() as tx:
        found = [
            (each.department, each.label) for each in respondents(tx, find_round(small, COMMAND_LINE, "Veiled").id)
        ]
    assert sorted(found) == [
        *(("x", f"Respondent {number}") for number in (1, 2, 3, 4)), ("y", "Respondent 1"), ("y", "Respondent 2"),
    ]  # fmt: skip
