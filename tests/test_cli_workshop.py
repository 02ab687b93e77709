"""Workshops on the command line: planned, written to a workbook, brought back; and every refusal in one line."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest
from openpyxl import load_workbook

from maturity.cli import main
from maturity.operations.rounds import Round
from maturity.operations.workspace import open_workspace

from .operations.city import make_town
from .operations.filled_workbook import put

AGREED = {"Agreed level": 4, "Reason": "we looked at the register"}


@pytest.fixture(autouse=True)
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Round:
    url = str(tmp_path / "cli.duckdb")
    monkeypatch.setenv("WAYMARK_STORE", url)
    workspace = open_workspace(url)
    made = make_town(workspace)
    workspace.close()
    return made


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(("workshop", *arguments))
    out, err = capsys.readouterr()
    return status, out, err


def listed(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return json.loads(run(capsys, "list", "latest", "--format", "json")[1])


@pytest.fixture
def book(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Path:
    """The workbook of a planned workshop of parks."""
    assert run(capsys, "plan", "2026", "--department", "parks", "--questions", "3", "--name", "Parks on paper")[0] == 0
    path = tmp_path / "parks.xlsx"
    assert run(capsys, "workbook", "2026", "Parks on paper", "--to", str(path))[0] == 0
    return path


def fill(path: Path, cells) -> None:
    opened = load_workbook(path)
    put(opened, cells)
    opened.save(path)


def test_a_workshop_is_planned_with_the_suggested_agenda_and_a_warm_up(capsys, town):
    status, out, err = run(capsys, "plan", "latest", "--department", "parks", "--questions", "4")
    assert status == 0 and UUID(out.strip())
    (only,) = listed(capsys)
    assert (only["id"], only["name"], only["department"]) == (out.strip(), "Parks", "parks")
    assert (only["status"], only["questions"], only["agreed"], only["ended_at"]) == ("planned", 4, 0, None)
    assert err == f"The workshop 'Parks' with 4 questions is planned; its join code is {only['code']}.\n"
    more = ("plan", "latest", "--no-warm-up", "--questions", "6", "--department", "roads", "--name", "Roads again")
    assert run(capsys, *more)[0] == 0
    assert [(each["name"], each["department"], each["questions"]) for each in listed(capsys)] == [
        ("Roads again", "roads", 6),
        ("Parks", "parks", 4),
    ]


def test_an_empty_list_is_a_heading(capsys):
    assert run(capsys, "list", "2026")[:2] == (
        0,
        "id  name  department  status  code  questions  agreed  made_at  ended_at\n",
    )


def test_a_council_without_a_network_plans_prints_holds_and_brings_it_in(capsys, book):
    assert load_workbook(book).sheetnames == ["How to", "Votes", "Agreed", "People", "Notes", "Levels"]
    fill(book, {("Agreed", 1): AGREED, ("Notes", 1): {"Kind": "Decision", "Text": "keep it"}})
    status, out, err = run(capsys, "import", "latest", str(book), "--dry-run", "--format", "json")
    assert status == 0 and [each["then"] for each in json.loads(out)] == ["Level 4", "New"]
    assert err == "It would record in 'Parks on paper': 1 agreed level and 1 note. Nothing was recorded.\n"
    assert listed(capsys)[0]["status"] == "planned"
    status, out, err = run(capsys, "import", "latest", str(book))
    assert status == 0 and out.splitlines()[0].split() == ["department", "question", "what", "now", "then"]
    assert err == "Recorded in 'Parks on paper': 1 agreed level and 1 note. The workshop is over.\n"
    assert [(each["status"], each["agreed"]) for each in listed(capsys)] == [("ended", 1)]
    status, out, err = run(capsys, "import", "latest", str(book))
    assert (status, err) == (0, "All of it is recorded in 'Parks on paper' already; nothing was changed.\n")


def test_the_papers_to_print_are_one_file(capsys, tmp_path, book):
    path = tmp_path / "parks.html"
    status, out, err = run(capsys, "pack", "latest", "Parks on paper", "--to", str(path), "--sets", "2")
    assert (status, out, err) == (0, "", f"Written: {path}\n")
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_every_wrong_cell_is_a_line_and_nothing_is_recorded(capsys, book):
    fill(book, {("Agreed", 1): {"Agreed level": 4.5, "Reason": "so"}, ("Notes", 1): {"Text": "keep it"}})
    status, out, err = run(capsys, "import", "latest", str(book))
    assert (status, out) == (1, "")
    assert err.splitlines() == [
        "waymark: Sheet Agreed, cell E5: “4.5” is no level; write 1 to 5",
        "waymark: Sheet Notes, cell B5: the kind is missing; choose one of Parked, Decision, Action",
    ]
    assert listed(capsys)[0]["status"] == "planned"


def test_a_workshop_is_found_by_id_code_latest_or_its_only_name(capsys, tmp_path, book):
    (only,) = listed(capsys)
    code = only["code"]
    for named in (only["id"], code, f"{code[:3]}-{code[3:]}".lower(), "latest"):
        assert run(capsys, "workbook", "latest", named, "--to", str(tmp_path / "again.xlsx"))[0] == 0
    run(capsys, "plan", "2026", "--department", "parks", "--name", "Parks on paper")
    status, _, err = run(capsys, "workbook", "latest", "Parks on paper", "--to", str(tmp_path / "no.xlsx"))
    assert status == 1 and err.startswith(
        "waymark: 2 workshops of '2026' are called 'Parks on paper'; give a join code"
    )
    assert not (tmp_path / "no.xlsx").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list", "2030"), "Town has no round '2030'; its rounds are '2026'"),
        (("plan", "latest", "--department", "moon"), "'moon'"),
        (("plan", "latest"), "nothing of Town is left to talk about: no level was answered"),
        (("plan", "latest", "--questions", "0"), "a workshop has 1 to 58 questions, not 0; choose fewer"),
        (
            ("plan", "latest", "--department", "parks", "--name", " "),
            "a workshop's name has 1 to 120 characters; enter one",
        ),
        (
            ("workbook", "latest", "lunch", "--to", "x.xlsx"),
            "the round '2026' has no workshop 'lunch'; its workshops are",
        ),
        (("workbook", "latest", "latest", "--to", "/no/such/x.xlsx"), "/no/such/x.xlsx: cannot be written"),
        (("pack", "latest", "latest", "--to", "x.html", "--sets", "0"), "cards are printed for 1 to 60 participants"),
        (("import", "latest", "/no/such.xlsx"), "/no/such.xlsx: cannot be read (No such file or directory)"),
    ],
)
def test_a_refusal_is_one_line(capsys, book, arguments, said):
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (1, "") and err.count("\n") == 1 and err.startswith("waymark: ") and said in err


def test_a_file_that_is_no_workbook_or_of_another_store_is_refused(capsys, tmp_path, book):
    other = tmp_path / "other.xlsx"
    other.write_text("department;level\n", encoding="utf-8")
    status, _, err = run(capsys, "import", "latest", str(other))
    assert status == 1 and err.startswith("waymark: the file is no Excel workbook, or it is damaged; save it as")
    other.write_bytes(b"x" * 3_000_000)
    assert "the file has more than 2 MB" in run(capsys, "import", "latest", str(other))[2]
    opened = load_workbook(book)
    row = next(row for row in opened["How to"].iter_rows() if row[0].value == "Workshop id:")
    row[1].value = str(UUID(int=1))
    opened.save(other)
    status, _, err = run(capsys, "import", "latest", str(other))
    assert status == 1 and "the round '2026' has no workshop that this workbook belongs to" in err


def test_wrong_usage_is_status_2():
    for arguments in (("workshop",), ("workshop", "workbook", "latest"), ("workshop", "import", "latest")):
        with pytest.raises(SystemExit) as found:
            main(arguments)
        assert found.value.code == 2
