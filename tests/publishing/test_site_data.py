"""What the site gives to machines, read by the tools of others: CSV on the Web, JSON Feed, and its size."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re

import pytest
from csvw import CSVW
from jsonschema import Draft202012Validator

from maturity.publishing.site.forms import MOST_TOPICS, CommentForm, ViewForm, comment_page, view_page
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


@pytest.mark.parametrize("facts", [sample.many, sample.wordy], ids=["many", "wordy"])
def test_no_page_of_400_actions_over_200_departments_is_heavier_than_its_budget(facts):
    files = render_site(facts())
    pages = {path: content for path, content in files.items() if path.endswith(".html")}
    assert sum(path.startswith("en/actions/") for path in pages) == 400
    heavy = {path: len(page) for path, page in pages.items() if len(page) > 100_000}
    packed = {path: size for path, page in pages.items() if (size := len(gzip.compress(page))) > 25_000}
    assert (heavy, packed) == ({}, {})
    assert max(map(len, pages.values())) + len(files["style.css"]) < 150_000


def test_what_is_left_out_of_a_long_page_stands_on_pages_that_it_leads_to():
    facts = sample.wordy()
    files = {path: page.decode() for path, page in render_site(facts).items() if path.endswith(".html")}

    def together(name: str) -> str:
        return "".join(page for path, page in files.items() if re.fullmatch(rf"en/{name}(-\d+)?\.html", path))

    for name, texts in {
        "moved": [move.why for each in facts.current.actions for move in each.moves],
        "milestones": [each.name for each in facts.current.milestones],
        "you-said": [each.text for each in facts.voices],
        "residents": [each.names["en"] for each in facts.current.twin],
        "ledger": [each.sha256 for each in facts.editions],
        "timeline": [each.words["en"].title for each in facts.current.actions],
    }.items():
        assert [each for each in texts if each not in together(name)] == [], name
    assert 'href="moved.html"' in files["en/ledger.html"] and 'href="milestones.html"' in files["en/index.html"]
    assert "and 374 more" in files["en/actions/a01--d0.html"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_form_is_heavier_than_its_budget(language):
    facts = sample.wordy()
    said = CommentForm(stamp="s" * 80, text="W" * 2_000, problem="too_long", said=facts.current.said)
    topics = {f"topic-of-another-framework-{n}": "A name of " + "W" * 290 for n in range(40)}
    for page in (
        comment_page(facts, said, language),
        view_page(facts, ViewForm(topics=topics, stamp="s" * 80), language),
        view_page(facts, ViewForm(topics=topics, chosen=tuple(topics)[:MOST_TOPICS], stamp="s" * 80), language),
    ):
        assert len(page) <= 100_000 and len(gzip.compress(page)) <= 25_000
