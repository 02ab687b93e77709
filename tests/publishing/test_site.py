from __future__ import annotations

import gzip
import json
import posixpath
import re
import subprocess
from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

import feedparser
import html5lib
import pytest

from maturity.publishing.site import languages
from maturity.publishing.site.catalogues import extracted
from maturity.publishing.site.labels import answer_words
from maturity.publishing.site.render import SiteFiles, render_site
from maturity.roadmap.comments import KINDS
from maturity.roadmap.editions import Said
from tests.publishing import site_sample as sample

SAMPLES = {"city": sample.city, "nothing": sample.nothing, "withdrawn": sample.all_withdrawn, "hostile": sample.hostile,
           "served": lambda: sample.served(sample.city()), "many": lambda: sample.many(120, 200)}  # fmt: skip
LINK = re.compile(r'(?:href|src)="([^"]*)"')


@pytest.fixture(scope="module", params=SAMPLES)
def files(request):
    return render_site(SAMPLES[request.param]())


def pages(files):
    return {path: content.decode() for path, content in files.items() if path.endswith(".html")}


def test_every_page_is_valid_and_within_its_budget(files):
    for path, page in pages(files).items():
        html5lib.HTMLParser(strict=True).parse(page)
        assert page.count("<h1>") == 1, path
        assert len(page.encode()) <= 100_000 and len(gzip.compress(page.encode())) <= 25_000, path
        assert len(page.encode()) + len(files["style.css"]) <= 150_000


def test_no_script_and_no_request_elsewhere(files):
    for path, page in pages(files).items():
        assert set(re.findall(r"<script[^>]*>", page)) <= {'<script type="application/ld+json">'}, path
        assert not re.findall(r'(?:src|srcset|poster)="(?:https?:)?//', page)
        assert " onerror=" not in re.sub(r'"[^"]*"|&[a-z#0-9]+;', "", page).replace("onerror=alert", "")
        assert not re.findall(r'<link [^>]*rel="stylesheet"[^>]*href="https?:', page)
    assert b"url(" not in files["style.css"] and b"@import" not in files["style.css"]


def test_every_link_leads_somewhere(files):
    for path, page in pages(files).items():
        if path == "404.html":
            continue
        for link in LINK.findall(page):
            if re.match(r"(https?:|mailto:|data:|#)", link) or re.search(r"/?(say|view)(\?|$)", link):
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(link.partition("#")[0])))
            assert target in files, (path, link)


def test_the_same_facts_give_the_same_bytes():
    assert render_site(sample.city()) == render_site(sample.city())


def test_editions_are_the_very_bytes_and_a_withdrawn_one_is_gone():
    facts = sample.city()
    files = render_site(facts)
    assert files["editions/0001.json"] == facts.editions[0].text.encode()
    assert "editions/0002.json" not in files
    for language in ("en", "es"):
        ledger = files[f"{language}/ledger.html"].decode()
        assert facts.editions[1].sha256 in ledger and facts.editions[1].reason in ledger


def test_an_action_that_left_keeps_its_page_and_says_why():
    page = render_site(sample.city())["en/actions/a40.html"].decode()
    assert "since edition 4 of 3 August 2026" in page and "The region now does this" in page


@pytest.mark.parametrize("broken", [None, "text", "order"])
def test_the_documented_command_finds_what_was_changed(tmp_path, broken):
    from maturity.publishing.site.verifying import COMMAND

    files = render_site(sample.city())
    for path, content in files.items():
        if path.startswith("editions/"):
            (tmp_path / path.rpartition("/")[2]).write_bytes(content)
    if broken == "text":
        changed = tmp_path / "0001.json"
        changed.write_text(
            changed.read_text(encoding="utf-8").replace("Port Ellery", "Port Elsewhere"), encoding="utf-8"
        )
    if broken == "order":
        ledger = tmp_path / "ledger.json"
        ledger.write_text(ledger.read_text().replace(sample.city().editions[1].sha256, "0" * 64))
    said = subprocess.run(["sh", "-c", COMMAND], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    lines = [line for line in said.splitlines() if "is not here" not in line]
    assert lines == {None: [], "text": ["0001.json was changed"], "order": ["0003.json does not follow"]}[broken]


def test_feeds_hold_each_edition_with_its_hash():
    facts = sample.served(sample.city())
    files = render_site(facts)
    feed = feedparser.parse(files["en/feed.xml"])
    assert not feed.bozo and len(feed.entries) == 3
    assert facts.editions[-1].sha256 in feed.entries[0].summary and feed.entries[0].link.startswith(facts.base)
    items = json.loads(files["en/feed.json"])["items"]
    assert [each["id"] for each in items] == [each.id for each in feed.entries]


@pytest.mark.parametrize("name", ["city", "hostile"])
def test_the_data_package_is_valid_and_no_cell_is_a_formula(tmp_path, name):
    from frictionless import Package, system

    files = render_site(SAMPLES[name]())
    for path in ("actions.csv", "datapackage.json"):
        (tmp_path / path).write_bytes(files[f"data/{path}"])
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["message"])
    assert not re.search(r'(^|,)"?[=+@]', files["data/actions.csv"].decode(), re.MULTILINE)


def test_linked_data_parses_and_names_the_licence():
    page = render_site(sample.city())["en/data.html"].decode()
    found = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])
    assert found["@type"] == "Dataset" and found["license"].endswith("/by/4.0/")


def test_spanish_says_every_message_with_the_same_places():
    catalogue = languages.catalogue_of("es")
    said = {each.id if isinstance(each.id, str) else each.id[0]: each for each in catalogue if each.id}
    for message in (each for each in extracted() if each.id):
        key = message.id if isinstance(message.id, str) else message.id[0]
        found = said.get(key)
        assert found is not None and found.string and not found.fuzzy, key
        texts = found.string if isinstance(found.string, tuple | list) else (found.string,)
        for text in texts:
            assert set(re.findall(r"%\(\w+\)s", text)) == set(re.findall(r"%\(\w+\)s", key)), key


def test_a_language_from_right_to_left_turns_the_page_and_the_picture():
    turned = replace(languages.words_of("en"), direction="rtl")
    files = render_site(sample.city(), lambda language: turned if language == "en" else languages.words_of(language))
    left = render_site(sample.city())["en/timeline.html"].decode()
    right = files["en/timeline.html"].decode()
    assert 'dir="rtl"' in right and 'dir="rtl"' not in left
    x = lambda page: float(re.search(r'class="now" d="M([\d.]+) 74', page)[1])  # noqa: E731
    assert x(left) + x(right) == pytest.approx(1000, abs=0.2)
    assert not re.search(
        r"[{; ](margin|padding|border|inset)-(left|right)|[{; ](left|right):", files["style.css"].decode()
    )


def test_names_that_are_there_in_one_language_say_so_on_pages_in_another():
    files = {path: page.decode() for path, page in render_site(sample.city()).items() if path.endswith(".html")}
    for name, text in (
        ("timeline", "City manager"),
        ("timeline", "Second assessment"),
        ("index", "Every key data set has an owner"),
        ("index", "Heads of department"),
        ("actions/a04", sample.GOALS[0]),
        ("actions/a04", sample.COUNCIL),
        ("ledger", sample.COUNCIL),
    ):
        assert f'<bdi lang="en">{text}</bdi>' in files[f"es/{name}.html"], (name, text)
        assert f"<bdi>{text}</bdi>" in files[f"en/{name}.html"], (name, text)
    assert f'lang="en">{sample.SLIP}' in files["es/changes.html"]
    assert '«<bdi lang="en">Every key data set has an owner</bdi>»' in files["es/index.html"]


def test_a_page_is_made_when_it_is_asked_for():
    files = SiteFiles(sample.city())
    assert len(files) == len(render_site(sample.city())) and not files.made
    page = files["en/actions/a04.html"]
    assert files.made == {"en/actions/a04.html": page} and files["en/actions/a04.html"] is page
    assert "en/actions/none.html" not in files and files.get("en/actions/none.html") is None


def test_a_comment_makes_anew_only_the_pages_that_show_it():
    facts = sample.served(sample.city())
    before = SiteFiles(facts)
    every = dict(before)
    comment = Said(slug="a06", language="en", text="Start with the buses.", kind="planned", answer="We will.")
    told = replace(facts, live_said=(comment,))
    after = SiteFiles(told, before=before)
    shown = {path for path in every if path not in after.made}
    assert shown == {f"{each}/{name}.html" for each in ("en", "es") for name in ("you-said", "actions/a06")}
    assert dict(after) == render_site(told)
    assert "Start with the buses." in after["en/actions/a06.html"].decode()


def test_nothing_is_taken_over_from_a_site_that_says_something_else():
    facts = sample.served(sample.city())
    before = SiteFiles(facts)
    assert dict(before) and not SiteFiles(replace(facts, colour="#7A1F5C"), before=before).made
    assert not SiteFiles(replace(facts, editions=facts.editions[:3]), before=before).made


@pytest.mark.parametrize(("served", "days", "told"), [(True, 92, True), (True, 91, False), (False, 92, False)])
def test_a_served_site_says_on_every_page_that_an_update_is_overdue(served, days, told):
    facts = replace(sample.served(sample.city()), served=served, today=sample.FOURTH + timedelta(days=days))
    files = render_site(facts)
    say = "An update was due on 2 November 2026"
    for path, page in pages(files).items():
        assert (say in page) == (told and not path.startswith("es/")), path
        assert page.count("older than it should be") == (told and not path.startswith("es/")), path


def test_what_was_done_has_words_for_every_kind_of_answer():
    assert set(answer_words(languages.words_of("en"))) == set(KINDS)


def test_copies_of_one_action_for_several_departments_are_told_apart_wherever_one_is_led_to():
    files = {path: page.decode() for path, page in render_site(sample.many(30, 30)).items() if path.endswith(".html")}
    for name in ("index", "timeline", "changes", "ledger", "changes-edition-1"):
        links = re.findall(r'href="actions/([^"]+)\.html">(.*?)</a>', files[f"en/{name}.html"])
        where = {said: slug for slug, said in links}
        assert len(where) == len(set(links)) > 5, name
    titles = [re.search("<title>(.*?)</title>", page)[1] for path, page in files.items() if "en/actions/" in path]
    assert len(titles) == len(set(titles)) == 30
    headed = {path: re.search("<h1>(.*?)</h1>", page)[1] for path, page in files.items() if "en/actions/" in path}
    assert all(headed[f"en/actions/{slug}.html"] == said for said, slug in where.items())
