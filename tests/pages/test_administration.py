"""Administration: the store without its secrets, backups, the trail, and the demo's reset."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR
from maturity.operations.report_facts import report_facts
from maturity.operations.upkeep import restore_store
from maturity.operations.workspace import default_url, open_workspace
from maturity.ui import administration, home_start

from .conftest import open_page
from .town import answered, founded

Start = Callable[..., AppTest]


def press(at: AppTest, label: str) -> AppTest:
    return next(each for each in at.button if each.label == label).click().run()


def test_an_empty_store_has_no_trail(start: Start) -> None:
    at = open_page(start(), "administration")
    assert "Nothing has been changed yet." in [each.value for each in at.main.info]
    assert not at.exception


def test_the_store_is_named_without_its_folders_and_passwords() -> None:
    assert administration._where("postgresql://waymark:secret@db.town.example/waymark") == "db.town.example/waymark"
    assert administration._where("/srv/city/data/waymark.duckdb") == "data/waymark.duckdb"


def test_a_backup_can_be_restored(start: Start, stores: Path) -> None:
    answered(founded(), "parks", 2)
    at = press(open_page(start(), "administration"), "Back up now")
    assert "Backed up at" in at.main.success[0].value
    folders = list(stores.glob("backup-*"))
    assert len(folders) == 1
    assert restore_store(folders[0], str(stores / "again.duckdb"))["answer"] == 2


def test_the_trail_lists_changes_and_can_be_checked(start: Start) -> None:
    answered(founded(), "parks", 2)
    at = open_page(start(), "administration")
    trail = next(each.value for each in at.table if "Number" in each.value)
    assert trail["What"].iloc[0].replace("\\", "") == "send answers: department parks; round Spring"
    assert list(trail["Number"]) == sorted(trail["Number"], reverse=True)
    at = press(at, "Check the store and its trail")
    assert "The trail is whole" in at.main.success[0].value


def test_problems_are_listed(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(administration, "problems_of_store", lambda workspace, visitor: ["audit event 3 was changed"])
    at = press(open_page(start(), "administration"), "Check the store and its trail")
    assert "audit event 3 was changed" in at.main.error[0].value


def test_only_the_demo_can_be_reset(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    founded()
    assert "Reset the demo" not in [each.label for each in open_page(start(), "administration").button]
    monkeypatch.setattr(administration, "build_city", lambda *given, **more: asked.append(more))
    asked: list[object] = []
    at = open_page(start(store="demo"), "administration")
    assert "Reset the demo" not in [each.label for each in at.button]  # there is none yet
    home_start.build_demo(_demo_workspace(), "small", day())
    at = press(open_page(start(store="demo"), "administration"), "Reset the demo")
    assert asked == [{"reset": True}]
    assert "Port Ellery is built anew." in [each.value for each in at.main.success]


def _demo_workspace() -> home_start.Workspace:
    return home_start.open_workspace(home_start.demo_url())


def day() -> home_start.date:
    return home_start.date(2026, 11, 22)


def test_the_colour_of_papers_is_kept_refused_where_it_is_pale_and_goes_back(start: Start) -> None:
    founded()
    at = open_page(start(), "administration")
    usual = at.color_picker[0].value
    at.color_picker[0].set_value("#ffdd00")
    at = press(at, "Save the colour")
    assert "stands 1.3 to 1 against white" in at.main.error[0].value
    assert not any(each.label == "Back to the usual colour" for each in at.button)
    at.color_picker[0].set_value("#0b3358")
    at = press(at, "Save the colour")
    assert [each.value for each in at.main.success] == ["The colour is saved."]
    assert at.color_picker[0].value.upper() == "#0B3358"
    at = press(at, "Save the colour")
    assert [each.value for each in at.main.success] == ["The colour is saved."]
    trail = next(each.value for each in at.table if "Number" in each.value)
    assert sum("set colour" in each for each in trail["What"]) == 1
    at = press(at, "Back to the usual colour")
    assert at.color_picker[0].value == usual
    assert not at.exception


def test_a_logo_needs_a_picture_and_the_vision_is_kept(start: Start) -> None:
    founded()
    at = press(open_page(start(), "administration"), "Save the logo")
    assert "choose a PNG first" in at.main.error[0].value
    next(each for each in at.text_area if each.label.startswith("Vision")).set_value("Data that serves residents")
    at = press(at, "Save the vision")
    assert [each.value for each in at.main.success] == ["The vision is saved."]
    workspace = open_workspace(default_url())
    assert report_facts(workspace, LOCAL_ADMINISTRATOR).vision == "Data that serves residents"
