"""What the site gives to machines, read by the tools of others: CSV on the Web, JSON Feed, and its size."""

from __future__ import annotations

import csv
import io
import json

import pytest
from csvw import CSVW
from jsonschema import Draft202012Validator

from maturity.publishing.site.render import render_site

from . import site_sample as sample

TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": r"^(https?://|[\w./-]+$)"}
AUTHORS = {
    "type": "array",
    "items": {"type": "object", "minProperties": 1, "properties": {"name": TEXT, "url": ADDRESS, "avatar": ADDRESS}},
}
# JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), as far as it says "must", written as a schema.
FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "description": TEXT,
        "language": {"type": "string", "pattern": r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
        "authors": AUTHORS,
        "expired": {"type": "boolean"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "properties": {
                    "id": TEXT,
                    "url": ADDRESS,
                    "title": TEXT,
                    "content_text": TEXT,
                    "content_html": TEXT,
                    "summary": TEXT,
                    "date_published": {
                        "type": "string",
                        "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$",
                    },
                    "language": TEXT,
                    "authors": AUTHORS,
                    "tags": {"type": "array", "items": TEXT},
                },
            },
        },
    },
}
SAMPLES = {"city": sample.city, "served": lambda: sample.served(sample.city()), "hostile": sample.hostile}


@pytest.fixture(scope="module", params=SAMPLES)
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    return render_site(SAMPLES[request.param]())


def test_each_feed_is_a_json_feed(files):
    feeds = [json.loads(content) for path, content in files.items() if path.endswith("/feed.json")]
    assert feeds
    for feed in feeds:
        found = [f"{each.json_path}: {each.message}" for each in Draft202012Validator(FEED).iter_errors(feed)]
        assert found == []
        assert len({each["id"] for each in feed["items"]}) == len(feed["items"]) > 0


def test_the_schema_of_feeds_finds_what_is_wrong():
    for wrong in ({}, {"version": "1", "title": "t", "items": []}):
        assert list(Draft202012Validator(FEED).iter_errors(wrong))
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [{"id": "1"}]}
    assert list(Draft202012Validator(FEED).iter_errors(feed))


def test_the_table_is_valid_csv_on_the_web_and_its_cells_have_their_types(files, tmp_path):
    for path in ("actions.csv", "actions.csv-metadata.json"):
        (tmp_path / path).write_bytes(files[f"data/{path}"])
    table = CSVW(str(tmp_path / "actions.csv-metadata.json"), validate=True)
    assert table.is_valid, table.warnings
    rows = list(table.tables[0])
    plain = list(csv.DictReader(io.StringIO(files["data/actions.csv"].decode("utf-8-sig"))))
    assert len(rows) == len(plain) > 0
    assert [str(each["phase"]) for each in rows] == [each["phase"] for each in plain]
    assert all(isinstance(each["phase"], int) for each in rows)


def test_a_broken_cell_is_found_by_the_description(tmp_path):
    files = render_site(sample.city())
    lines = files["data/actions.csv"].decode().splitlines()
    names = next(csv.reader(lines[:1]))
    cells = next(csv.reader(lines[1:2]))
    cells[[each.lstrip("\ufeff") for each in names].index("phase")] = "the first"
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    (tmp_path / "actions.csv").write_text("\n".join((lines[0], out.getvalue().strip(), *lines[2:])) + "\n")
    (tmp_path / "actions.csv-metadata.json").write_bytes(files["data/actions.csv-metadata.json"])
    assert not CSVW(str(tmp_path / "actions.csv-metadata.json"), validate=True).is_valid


def test_no_page_of_400_actions_over_200_departments_is_heavy():
    files = render_site(sample.many())
    pages = {path: len(content) for path, content in files.items() if path.endswith(".html")}
    actions = [path for path in pages if path.startswith("en/actions/")]
    assert len(actions) == 400
    assert {path: size for path, size in pages.items() if size > 250_000} == {}
    assert max(pages[path] for path in actions) < 20_000
    assert len(files["style.css"]) < 40_000
