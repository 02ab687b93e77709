"""`publish PLAN --to FOLDER`: a folder for any web server, written whole or not at all."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from maturity import cli_public
from maturity.cli import main
from maturity.operations.workspace import Workspace
from maturity.storage.engine import open_store

from .operations.city import make_town
from .operations.published_town import publish

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A town with an edition, and one without."""
    found = {}
    for name in ("published", "silent"):
        found[name] = str(tmp_path_factory.mktemp(name) / "t.duckdb")
        made = Workspace(url=found[name], store=open_store(found[name]), clock=lambda: NOW)
        make_town(made)
        if name == "published":
            publish(made)
        made.store.close()
    return found


def call(store: str, *words: str) -> int:
    return main(["--store", store, "publish", *words])


def read(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_a_new_folder_is_written_and_its_own_folder_is_written_over(stores, tmp_path, capsys):
    folder = tmp_path / "deep" / "site"
    assert call(stores["published"], "latest", "--to", str(folder)) == 0
    first = read(folder)
    assert {"index.html", "en/index.html", "es/data.html", "editions/ledger.json", "style.css"} <= set(first)
    assert f"{len(first)} files" in capsys.readouterr().err
    (folder / "en" / "old.html").write_text("left over")
    assert call(stores["published"], "First", "--to", str(folder)) == 0
    assert read(folder) == first
    assert [each.name for each in folder.parent.iterdir()] == ["site"]


def test_an_empty_folder_is_taken(stores, tmp_path):
    (tmp_path / "site").mkdir()
    assert call(stores["published"], "latest", "--to", str(tmp_path / "site")) == 0
    assert (tmp_path / "site" / "index.html").exists()


@pytest.mark.parametrize("is_file", [True, False])
def test_what_it_did_not_write_is_left_alone(stores, tmp_path, capsys, is_file):
    foreign = tmp_path / "mine"
    if is_file:
        foreign.write_text("precious")
    else:
        foreign.mkdir()
        (foreign / "thesis.txt").write_text("precious")
    assert call(stores["published"], "latest", "--to", str(foreign)) == 1
    said = capsys.readouterr().err.strip()
    assert "did not write" in said and "\n" not in said
    assert (foreign if is_file else foreign / "thesis.txt").read_text() == "precious"


@pytest.mark.parametrize(
    ("store", "words", "part"),
    [
        ("silent", ["latest"], "no edition of the public roadmap has been published"),
        ("published", ["Second"], "there are First, or latest"),
        ("published", ["latest", "--base", "javascript:alert(1)"], "is no address of a server"),
        ("published", ["latest", "--base", "data.town.example"], "is no address of a server"),
        ("published", ["latest", "--organisation", "Nowhere"], "no edition"),
    ],
)
def test_a_refusal_is_one_sentence_and_leaves_nothing(stores, tmp_path, capsys, store, words, part):
    assert call(stores[store], *words, "--to", str(tmp_path / "site")) == 1
    said = capsys.readouterr().err.strip()
    assert part in said and "\n" not in said
    assert list(tmp_path.iterdir()) == []


def test_the_base_reaches_feeds_and_the_map_of_the_site(stores, tmp_path):
    words = ("latest", "--to", str(tmp_path / "site"), "--base", "https://data.town.example/plan/")
    assert call(stores["published"], *words) == 0
    assert b"<loc>https://data.town.example/plan/en/index.html</loc>" in (tmp_path / "site/sitemap.xml").read_bytes()
    assert b"https://data.town.example/plan/en/changes.html" in (tmp_path / "site/en/feed.xml").read_bytes()


def test_a_write_that_breaks_off_leaves_the_old_site_whole(stores, tmp_path, capsys, monkeypatch):
    folder = tmp_path / "site"
    assert call(stores["published"], "latest", "--to", str(folder)) == 0
    before, whole = read(folder), cli_public._fill

    def full(place: Path, files: dict[str, bytes]) -> None:
        whole(place, dict(list(files.items())[:5]))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cli_public, "_fill", full)
    assert call(stores["published"], "latest", "--to", str(folder)) == 1
    assert "No space left" in capsys.readouterr().err
    assert read(folder) == before
    assert list(tmp_path.iterdir()) == [folder]


def test_a_site_that_cannot_be_put_in_place_gives_way_to_the_old_one(stores, tmp_path, monkeypatch):
    folder = tmp_path / "site"
    assert call(stores["published"], "latest", "--to", str(folder)) == 0
    before, whole = read(folder), os.replace

    def stuck(source: Path, target: Path) -> None:
        if Path(source).name == "new":
            raise OSError(16, "Device or resource busy")
        whole(source, target)

    monkeypatch.setattr("maturity.cli_public.os.replace", stuck)
    assert call(stores["published"], "latest", "--to", str(folder)) == 1
    assert read(folder) == before and list(tmp_path.iterdir()) == [folder]
