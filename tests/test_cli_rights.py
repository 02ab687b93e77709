"""People's rights on the command line: export, erasure, what is overdue, and erasing again after a restore."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from maturity.access.roles import COMMAND_LINE, Visitor
from maturity.cli import main
from maturity.operations import setup
from maturity.operations.workspace import open_workspace
from tests.operations.known_people import known


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = str(tmp_path / "cli.duckdb")
    monkeypatch.setenv("WAYMARK_STORE", url)
    return url


@pytest.fixture
def ann(store: str) -> Visitor:
    """Ann is a respondent of Town; Old left long ago."""
    workspace = open_workspace(store)
    town = setup.create_organisation(workspace, COMMAND_LINE, "Town", setup.departments_from_lines("Parks\nRoads"))
    made = known(workspace, "Ann Able", "respondent", "parks", town)
    known(workspace, "Old Hand", "leader", None, town, left_at=workspace.clock() - timedelta(days=1000))
    workspace.close()
    return made


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    out, err = capsys.readouterr()
    return status, out, err


def test_a_person_is_exported_as_a_zip(capsys, ann, tmp_path):
    status, out, err = run(capsys, "person", "export", "Ann Able", "--to", str(tmp_path / "ann.zip"))
    assert (status, out) == (0, "") and "the person alone can download them" in err
    with zipfile.ZipFile(tmp_path / "ann.zip") as pack:
        assert json.loads(pack.read("person.json"))["person"]["email"] == "ann.able@town.example"


def test_what_is_overdue_is_listed_and_erased_when_asked(capsys, ann):
    status, out, err = run(capsys, "person", "retention", "--format", "json")
    assert (status, [row["name"] for row in json.loads(out)]) == (0, ["Old Hand"])
    assert err == "Due: 1 person, 0 sessions, 0 links, 0 names given in workshops, 0 texts of residents.\n"
    assert (
        run(capsys, "person", "retention", "--apply")[2]
        == "Erased: 1 person, 0 sessions, 0 links, 0 names given in workshops, 0 texts of residents.\n"
    )
    assert json.loads(run(capsys, "person", "retention", "--format", "json")[1]) == []
    assert run(capsys, "check")[0] == 0


def test_the_list_kept_beside_a_backup_erases_again(capsys, ann, store, tmp_path):
    kept = tmp_path / "erasures.csv"
    assert run(capsys, "backup", str(tmp_path / "before"))[0] == 0
    assert run(capsys, "person", "erase", ann.person, "--reason", "asked")[0] == 0
    assert run(capsys, "person", "erasures", "--to", str(kept))[0] == 0
    assert run(capsys, "person", "erasures")[1] == kept.read_text("utf-8")
    assert kept.read_text("utf-8").splitlines()[0] == "person,erased_at" and ann.person in kept.read_text("utf-8")
    restored = str(tmp_path / "restored.duckdb")
    assert run(capsys, "--store", restored, "restore", str(tmp_path / "before"))[0] == 0
    names = [
        row["name"] for row in json.loads(run(capsys, "--store", restored, "person", "list", "--format", "json")[1])
    ]
    assert "Ann Able" in names
    status, _, err = run(capsys, "--store", restored, "person", "erase-again", str(kept))
    assert (status, err) == (0, "Erased again: 1 person.\n")
    assert "Ann Able" not in run(capsys, "--store", restored, "person", "list")[1]


@pytest.mark.parametrize("content", ["", "name\nAnn\n", "person\nnot an id\n"])
def test_a_file_that_is_no_list_is_refused(capsys, ann, tmp_path, content):
    file = tmp_path / "other.csv"
    file.write_text(content, "utf-8")
    status, _, err = run(capsys, "person", "erase-again", str(file))
    if content:
        assert status == 1 and "is no list of erasures; it has the columns person, erased_at" in err
    else:
        assert (status, err) == (0, "Erased again: 0 people.\n")


def test_a_missing_list_is_refused(capsys, ann, tmp_path):
    status, _, err = run(capsys, "person", "erase-again", str(tmp_path / "none.csv"))
    assert status == 1 and err.count("\n") == 1 and "cannot be read" in err
