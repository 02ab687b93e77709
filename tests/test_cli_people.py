"""People on the command line: the first administrator, links, roles, lists; and every refusal in one line."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from uuid import UUID

import pytest

from maturity.access.roles import COMMAND_LINE
from maturity.cli import main
from maturity.operations import setup, sign_in
from maturity.operations.links import an_administrator_can_come_in
from maturity.operations.workspace import open_workspace

LINK = re.compile(r"http://localhost:8501/i/([A-Za-z0-9_-]{22})")


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = str(tmp_path / "cli.duckdb")
    monkeypatch.setenv("WAYMARK_STORE", url)
    monkeypatch.delenv("WAYMARK_URL", raising=False)
    return url


@pytest.fixture
def town(store: str) -> None:
    workspace = open_workspace(store)
    setup.create_organisation(workspace, COMMAND_LINE, "Town", setup.departments_from_lines("Parks\nRoads"))
    workspace.close()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    out, err = capsys.readouterr()
    return status, out, err


def listed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return json.loads(run(capsys, "person", "list", "--format", "json")[1])


def test_the_first_administrator_comes_in_by_the_printed_link(capsys, store):
    status, out, err = run(capsys, "person", "add", "Asha Rao", "--role", "administrator", "--link")
    person, link = out.splitlines()
    assert status == 0 and UUID(person) and LINK.fullmatch(link)
    assert err.count("\n") == 1 and "whoever has it comes in as Asha Rao" in err
    workspace = open_workspace(store)
    assert an_administrator_can_come_in(workspace)
    cookie, _ = sign_in.enter(workspace, link.rpartition("/")[2], "browser")
    visitor = sign_in.visitor_of_cookie(workspace, cookie)
    workspace.close()
    assert visitor is not None and [(g.role, g.organisation) for g in visitor.grants] == [("administrator", None)]


def test_a_link_begins_as_told_and_is_one_line(capsys, monkeypatch):
    run(capsys, "person", "add", "Asha", "--role", "administrator")
    assert LINK.fullmatch(run(capsys, "person", "link", "Asha")[1].strip())
    monkeypatch.setenv("WAYMARK_URL", "https://set.example/")
    assert run(capsys, "person", "link", "Asha")[1].startswith("https://set.example/i/")
    status, out, _ = run(capsys, "person", "link", "Asha", "--base", "https://told.example", "--days", "3")
    assert (status, out.count("\n")) == (0, 1) and out.startswith("https://told.example/i/")


def test_a_person_with_a_role_in_a_department_until_a_day(capsys, town):
    arguments = ("--role", "department-lead", "--department", "parks", "--email", "pat@town.example")
    status, out, _ = run(capsys, "person", "add", "Pat", *arguments, "--until", "2999-12-31")
    assert status == 0
    (pat,) = listed(capsys)
    assert (pat["id"], pat["email"]) == (out.strip(), "pat@town.example")
    assert pat["roles"] == "department_lead parks (Town) until 2999-12-31"
    assert (pat["link"], pat["valid until"], pat["left"]) == (None, None, None)


def test_roles_are_given_and_ended(capsys, town):
    run(capsys, "person", "add", "Pat", "--role", "respondent", "--department", "parks")
    assert run(capsys, "person", "role", "Pat", "give", "respondent", "--department", "roads")[0] == 0
    assert run(capsys, "person", "role", "Pat", "give", "administrator")[0] == 0
    assert listed(capsys)[0]["roles"] == (
        "respondent parks (Town); respondent roads (Town); administrator (whole installation)"
    )
    status, _, err = run(capsys, "person", "role", "Pat", "end", "respondent")
    assert status == 1 and "holds this role 2 times" in err and err.rstrip().endswith("add --department")
    assert run(capsys, "person", "role", "Pat", "end", "respondent", "--department", "parks")[0] == 0
    assert listed(capsys)[0]["roles"] == "respondent roads (Town); administrator (whole installation)"
    status, _, err = run(capsys, "person", "role", "Pat", "end", "leader")
    assert status == 1 and "does not hold this role; the roles held are: respondent roads (Town)" in err
    status, _, err = run(capsys, "person", "role", "Pat", "end", "administrator")
    assert status == 1 and "the last administrator of the installation" in err


def test_links_are_taken_back(capsys, store):
    link = run(capsys, "person", "add", "Asha", "--role", "administrator", "--link")[1].splitlines()[1]
    status, out, err = run(capsys, "token", "revoke", "Asha")
    assert (status, out) == (0, "") and "Every link of Asha is taken back" in err
    assert listed(capsys)[0]["link"] == "revoked"
    workspace = open_workspace(store)
    with pytest.raises(sign_in.LinkRefused):
        sign_in.enter(workspace, link.rpartition("/")[2], "browser")
    workspace.close()


def test_a_list_for_scripts_has_no_formulas(capsys):
    run(capsys, "person", "add", "=SUM(A1)", "--role", "administrator")
    (row,) = csv.DictReader(io.StringIO(run(capsys, "person", "list", "--format", "csv")[1]))
    assert row["name"] == "'=SUM(A1)"
    assert "=SUM(A1)" in run(capsys, "person", "list")[1]


def test_an_empty_list_is_a_heading(capsys):
    assert run(capsys, "person", "list")[:2] == (
        0,
        "id  name  email  roles  link  valid until  last used  left\n",
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "Bo", "--role", "leader"), "nothing is set up in this store yet"),
        (("add", "Bo", "--role", "administrator", "--email", "x"), "'x' is no e-mail address"),
        (("add", "Bo", "--role", "leader", "--installation"), "only administrators hold their role in the whole"),
        (("add", "Bo", "--role", "administrator", "--link", "--days", "0"), "a link holds 1 to 366 days, not 0"),
        (("add", "Bo", "--role", "administrator", "--link", "--base", "x"), "'x' is no address of a server"),
        (("link", "Nobody"), "nobody here is 'Nobody'; give an id"),
        (("role", "Nobody", "give", "leader"), "nobody here is 'Nobody'"),
    ],
)
def test_a_refusal_is_one_line_and_adds_nobody(capsys, arguments, said):
    status, out, err = run(capsys, "person", *arguments)
    assert (status, out) == (1, "") and err.count("\n") == 1 and err.startswith(f"waymark: {said}")
    assert listed(capsys) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("person", "add", "Bo"),
        ("person", "add", "Bo", "--role", "king"),
        ("person", "add", "Bo", "--role", "administrator", "--organisation", "Town", "--installation"),
        ("person", "role", "Bo", "take", "leader"),
        ("person", "add", "Bo", "--role", "leader", "--until", "soon"),
        ("token",),
    ],
)
def test_wrong_usage_is_status_2(arguments):
    with pytest.raises(SystemExit) as found:
        main(arguments)
    assert found.value.code == 2
