"""The command line as scripts use it: standard output, exit status, one line on standard error."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from maturity.access.roles import COMMAND_LINE, Grant, Visitor
from maturity.cli import main
from maturity.cli_files import write
from maturity.operations.errors import Refused
from maturity.operations.replies import reply_to_result
from maturity.operations.rounds import find_round
from maturity.operations.saved_plans import SavedPlan
from maturity.operations.saved_plans import plan as plan_in_force
from maturity.operations.workspace import default_url, open_workspace

ODM = Path(__file__).parent / "data" / "odm2023"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_STORE", str(tmp_path / "cli.duckdb"))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    out, err = capsys.readouterr()
    return status, out, err


def imported(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "framework", "import", str(ODM / "questions.csv"), "--id", "odm2023")[0] == 0
    status, out, err = run(
        capsys, "answers", "import", str(ODM / "answers.csv"), "--framework", "odm2023", "--round", "2023"
    )
    assert (status, out) == (0, "") and "3440 answers of 20 departments" in err


def test_real_answers_go_in_and_the_published_points_come_out(capsys: pytest.CaptureFixture[str]) -> None:
    imported(capsys)
    with (ODM / "published_scores.csv").open() as file:
        published = {(row["department"], row["scope"]): float(row["points"]) for row in csv.DictReader(file)}
    for kind, column in (("department", None), ("dimension", "dimension"), ("topic", "topic")):
        status, out, err = run(capsys, "scores", "2023", "--by", kind, "--format", "csv")
        assert (status, err) == (0, "")
        rows = list(csv.DictReader(io.StringIO(out)))
        assert list(rows[0])[:5] == ["department", "dimension", "topic", "question", "score"]
        for row in rows:
            assert published[row["department"], row[column] if column else "total"] == float(row["points"])


def test_a_points_framework_is_planned_honestly(capsys: pytest.CaptureFixture[str]) -> None:
    imported(capsys)
    status, out, _ = run(capsys, "plan", "2023", "--format", "json")
    plan = json.loads(out)
    assert status == 0 and plan["actions"] == [] and plan["gap"] is None
    assert plan["not_planned"] and all(each["to_level"] is None and each["reason"] for each in plan["not_planned"])
    assert run(capsys, "gaps", "2023")[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("scores", "nowhere"),
        ("framework", "check", "no-such-file.yaml"),
        ("framework", "import", "no-such-file.csv"),
        ("answers", "import", "no-such-file.csv", "--framework", "city-data-maturity", "--round", "R"),
        ("framework", "export", "zz", "--to", "x.yaml"),
    ],
)
def test_a_refusal_is_one_line_and_status_1(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (1, "") and err.count("\n") == 1 and err.startswith("waymark: ")


def test_wrong_usage_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as found:
        main(["scores"])
    assert found.value.code == 2


def test_shipped_files_are_good_and_a_store_can_be_checked_saved_and_restored(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for file in ("frameworks/city-data-maturity", "frameworks/partner-readiness", "actions/city-data-actions"):
        assert run(capsys, "framework", "check", f"data/{file}.yaml")[0] == 0
    imported(capsys)
    assert run(capsys, "check")[0] == 0
    assert run(capsys, "backup", str(tmp_path / "kept"))[0] == 0
    other = str(tmp_path / "other.duckdb")
    assert run(capsys, "--store", other, "restore", str(tmp_path / "kept"))[0] == 0
    first = run(capsys, "scores", "latest", "--format", "json")[1]
    assert run(capsys, "scores", "latest", "--format", "json", "--store", other)[1] == first


def test_the_demo_is_planned_over_four_phases_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "demo", "--size", "city")[0] == 0
    status, once, _ = run(capsys, "plan", "latest", "--format", "json")
    plan = json.loads(once)
    assert status == 0 and {action["phase"] for action in plan["actions"]} == {1, 2, 3, 4}
    by_id = {action["id"]: action for action in plan["actions"]}
    for action in plan["actions"]:
        assert all(by_id[before]["finish"] < action["start"] for before in action["requires"])
        assert action["closes"] or any(action["id"] in other["requires"] for other in plan["actions"])
    assert all(use["planned"] <= use["available"] for use in plan["capacity"])
    spent = available = 0.0
    for phase in plan["budget"]:
        spent, available = spent + phase["planned"], available + phase["available"]
        assert spent <= available
    assert run(capsys, "plan", "latest", "--format", "json")[1] == once


class Terminal(io.StringIO):
    """Somewhere to write that says that somebody looks at it."""

    def isatty(self) -> bool:
        return True


def test_planning_shows_a_bar_on_a_terminal_and_none_in_a_pipe_and_prints_the_same(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, "demo", "--size", "small")[0] == 0
    status, piped, err = run(capsys, "plan", "latest", "--format", "json")
    assert (status, err) == (0, "")
    with monkeypatch.context() as patch:
        patch.setattr("sys.stderr", terminal := Terminal())
        assert main(["plan", "latest", "--format", "json"]) == 0
    assert "plan: " in terminal.getvalue() and "%" in terminal.getvalue()
    assert capsys.readouterr().out == piped


def test_stopping_a_command_is_one_sentence_and_leaves_no_plan_behind(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, "demo", "--size", "small")[0] == 0
    plan = ("plan", "latest", "--save", "Half done")

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("maturity.planning.greedy.search", stopped)
        patch.setattr("maturity.planning.guided.search", stopped)
        assert run(capsys, *plan) == (130, "", "waymark: stopped before it was done\n")
    assert run(capsys, "check")[0] == 0
    assert run(capsys, *plan)[0] == 0


def test_a_plan_that_is_saved_keeps_what_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "demo", "--size", "small")[0] == 0
    before = saved_plan()
    status, printed, _ = run(capsys, "plan", "latest", "--format", "json", "--save", "Again")
    assert status == 0
    after = saved_plan()
    begun = {each.code: each.percent_done for each in before.actions if each.begun_on}
    assert begun and {each.code: each.percent_done for each in after.actions if each.begun_on} == begun
    assert {each["id"] for each in json.loads(printed)["actions"]} == {each.id for each in after.body.actions}


def saved_plan() -> SavedPlan:
    """The plan in force of the demo, read while no command holds the store."""
    workspace = open_workspace(default_url())
    try:
        return plan_in_force(workspace, COMMAND_LINE)
    finally:
        workspace.close()


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for content in ("text", b"bytes"):
        with pytest.raises(Refused, match=r"nowhere/file: cannot be written \(No such file.*; choose another place"):
            write(tmp_path / "nowhere" / "file", content)
        write(tmp_path / "file", content)
        assert (tmp_path / "file").read_bytes() == content.encode() if isinstance(content, str) else content
    assert capsys.readouterr().err == f"Written: {tmp_path / 'file'}\n" * 2


def test_replies_stand_beside_the_scores_and_change_no_column(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    imported(capsys)
    before = run(capsys, "scores", "2023", "--format", "json")[1]
    assert run(capsys, "replies", "2023", "--format", "json") == (0, "[]\n", "")
    workspace = open_workspace(str(tmp_path / "cli.duckdb"))
    round_ = find_round(workspace, COMMAND_LINE, "2023")
    code = round_.departments[0].code
    lead = Visitor(person="pat", name="Pat", grants=(Grant(role="department_lead", department=code),))
    reply_to_result(workspace, lead, round_, code, "=1+1\nis what we had")
    workspace.close()
    assert run(capsys, "scores", "2023", "--format", "json")[1] == before
    (row,) = csv.DictReader(io.StringIO(run(capsys, "replies", "2023", "--format", "csv")[1]))
    assert list(row) == ["department", "said_at", "reply"]
    assert (row["department"], row["reply"]) == (code, "'=1+1\nis what we had")
    (told,) = json.loads(run(capsys, "replies", "2023", "--format", "json")[1])
    assert told["reply"] == "=1+1\nis what we had"
    assert "=1+1 is what we had" in run(capsys, "replies", "2023")[1]
