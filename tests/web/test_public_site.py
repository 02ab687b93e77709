"""Pages under `/public`, as a browser, a cache, a feed reader or somebody with bad intentions asks for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from maturity.operations import brand, public_comments, setup
from maturity.operations.addresses import set_address
from maturity.operations.changes import public_scope
from maturity.operations.errors import Refused
from maturity.operations.public_site import exported, site, site_of_plan
from maturity.operations.workspace import Workspace
from maturity.roadmap.editions import Said, edition_hash, edition_text
from maturity.storage.editions import add_edition, chain_of
from maturity.storage.engine import new_id, open_store
from maturity.storage.revision import bump
from maturity.web.public import public_routes

from ..operations.city import ADMIN, make_town
from ..operations.published_town import an_edition, publish, withdraw
from ..publishing import site_sample as sample

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HOME = "/public/town/en/index.html"


@pytest.fixture
def town(tmp_path, monkeypatch):
    monkeypatch.delenv("WAYMARK_URL", raising=False)
    made = Workspace(url=str(tmp_path / "t.duckdb"), store=open_store(str(tmp_path / "t.duckdb")), clock=lambda: NOW)
    make_town(made)
    publish(made)
    yield made
    made.store.close()


def browser(own: Workspace | None, demo: Workspace | None = None) -> TestClient:
    app = Starlette(routes=public_routes(lambda: own, lambda: demo))
    return TestClient(app, base_url="http://data.city.example", follow_redirects=False)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html"),
        ("en/timeline.html", "text/html"),
        ("es/", "text/html"),
        ("style.css", "text/css"),
        ("data/actions.csv", "text/csv"),
        ("data/roadmap.json", "application/json"),
        ("en/feed.xml", "application/rss+xml"),
        ("en/feed.json", "application/feed+json"),
        ("editions/0001.json", "application/json"),
        ("editions/SHA256SUMS", "text/plain"),
    ],
)
def test_files_are_served_as_what_they_are_without_cookie_or_script(town, path, kind):
    answer = browser(town).get(f"/public/town/{path}")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith(kind)
    assert "set-cookie" not in answer.headers and "max-age" in answer.headers["cache-control"]
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "script-src" not in policy


def test_the_text_of_an_edition_is_served_with_the_very_bytes_that_were_hashed(town):
    answer = browser(town).get("/public/town/editions/0001.json")
    assert sha256(answer.content).hexdigest() == edition_hash(edition_text(an_edition()))


def test_what_has_not_changed_is_not_sent_again(town):
    asked = browser(town)
    first = asked.get(HOME)
    again = asked.get(HOME, headers={"if-none-match": first.headers["etag"]})
    other = asked.get("/public/town/en/timeline.html", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content, other.status_code) == (304, b"", 200)


def test_head_says_the_same_and_sends_nothing(town):
    asked = browser(town)
    whole, head = asked.get(HOME), asked.head(HOME)
    assert head.status_code == 200 and head.content == b""
    assert head.headers["etag"] == whole.headers["etag"]


def test_pages_are_sent_small_to_those_who_can_read_them_so(town):
    asked = browser(town)
    small, plain = asked.get(HOME), asked.get(HOME, headers={"accept-encoding": "identity"})
    assert small.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert small.content == plain.content and "accept-encoding" in small.headers["vary"]
    assert int(small.headers["content-length"]) < len(plain.content) / 2


@pytest.mark.parametrize(
    "path",
    ["nowhere.html", "en/actions/none.html", "..%2f..%2f..%2fetc/passwd", "%2e%2e/%2e%2e/README.md", "en//index.html",
     "style.css/", "en/index.html%00", "C:%5Cwindows", "<script>"],
)  # fmt: skip
def test_what_is_not_there_is_said_in_the_look_of_the_site(town, path):
    answer = browser(town).get(f"/public/town/{path}")
    assert answer.status_code == 404 and answer.headers["cache-control"] == "no-store"
    assert "<style>" in answer.text and 'href="/public/town/en/index.html"' in answer.text
    assert "root:" not in answer.text and "<script>" not in answer.text


def test_posting_to_a_file_is_refused(town):
    assert browser(town).post(HOME).status_code == 405


def test_one_organisation_is_gone_to_at_once_and_several_are_listed(town):
    asked = browser(town)
    assert asked.get("/public").headers["location"] == "/public/"
    assert asked.get("/public/").headers["location"] == "/public/town/"
    assert asked.get("/public/town").headers["location"] == "/public/town/"
    other = setup.create_organisation(town, ADMIN, "Harbour & <Sons>")
    assert asked.get("/public/").headers["location"] == "/public/town/"
    with town.store.reading() as tx:
        mine = setup.the_organisation(town, ADMIN, "Town")
        kept = chain_of(tx, mine.id)[0]
    town.store.write(add_edition, other.id, replace(kept, id=str(new_id(NOW))))
    listed = asked.get("/public/")
    assert listed.status_code == 200 and "/public/town/" in listed.text
    assert "Harbour &amp; &lt;Sons&gt;" in listed.text


def test_the_demo_is_below_its_own_address_only(town):
    asked = browser(None, town)
    assert asked.get("/public/demo/").headers["location"] == "/public/demo/town/"
    assert asked.get("/public/demo/town/en/index.html").status_code == 200
    assert asked.get(HOME).status_code == 404 and asked.get("/public/").status_code == 404


def test_nothing_is_served_where_nothing_is_published(tmp_path):
    made = Workspace(url=str(tmp_path / "e.duckdb"), store=open_store(str(tmp_path / "e.duckdb")), clock=lambda: NOW)
    make_town(made)
    for path in ("/public/", "/public/town/", HOME, "/public/town/data/actions.csv"):
        answer = browser(made).get(path)
        assert answer.status_code == 404 and "published" in answer.text
    made.store.close()


def test_a_withdrawn_edition_is_gone_from_every_address_and_its_hash_stays(town):
    asked = browser(town)
    before = asked.get("/public/town/editions/0001.json").text
    withdraw(town)
    town.store.write(lambda tx: _risen(tx, town))
    after = asked.get("/public/town/en/ledger.html").text
    assert asked.get("/public/town/editions/0001.json").status_code == 404
    assert asked.get("/public/town/data/actions.csv").status_code == 404
    assert "Count A01/parks" in before and "Count A01/parks" not in after
    assert "Withdrawn" in after


def _risen(tx, town) -> None:
    bump(tx, public_scope(setup.the_organisation(town, ADMIN, "Town").id))


def test_colour_logo_address_and_replies_show_as_soon_as_they_are_set(town):
    asked = browser(town)
    assert asked.get("/public/town/logo.png").status_code == 404
    brand.set_colour(town, ADMIN, "#7A1F5C", "Town")
    brand.set_logo(town, ADMIN, sample.mark(), "Arms of <Town>", "Town")
    set_address(town, ADMIN, "https://data.town.example/", "Town")
    home = asked.get(HOME).text
    assert asked.get("/public/town/logo.png").headers["content-type"] == "image/png"
    assert 'alt="Arms of &lt;Town&gt;"' in home
    assert "--band: #7A1F5C" in asked.get("/public/town/style.css").text
    assert 'rel="canonical" href="https://data.town.example/public/town/en/index.html"' in home
    assert public_comments.receive(town, "town", None, "en", "More trees on the map", new_id(NOW))
    assert "More trees" not in asked.get("/public/town/en/you-said.html").text
    waiting = public_comments.comments(town, ADMIN, "Town")[0].comment
    public_comments.publish_comment(town, ADMIN, waiting, kind="done", answer="They are on it")
    shown = asked.get("/public/town/en/you-said.html").text
    assert shown.count("More trees on the map") == 1 and "They are on it" in shown


def test_the_zip_holds_the_same_site_as_files_and_is_the_same_each_time(town):
    content = exported(town, ADMIN, "Town")
    assert content == exported(town, ADMIN, "Town")
    with ZipFile(BytesIO(content)) as zipped:
        assert zipped.testzip() is None
        found = {name: zipped.read(name) for name in zipped.namelist()}
    assert found == dict(site_of_plan(town, "latest").files)
    withdraw(town)
    town.store.write(lambda tx: _risen(tx, town))
    with pytest.raises(Refused, match="Town shows no edition now"):
        exported(town, ADMIN, "Town")


def test_a_site_is_made_once_and_anew_after_a_change(town):
    first = site(town, "town", served=True)
    assert site(town, "town", served=True) is first
    town.store.write(lambda tx: _risen(tx, town))
    assert site(town, "town", served=True) is not first


def test_after_a_comment_only_its_pages_are_made_anew(town):
    first = site(town, "town", served=True, mount="/public/town/")
    assert all(first.files.values())
    assert public_comments.receive(town, "town", None, "en", "More trees on the map", new_id(NOW))
    waiting = public_comments.comments(town, ADMIN, "Town")[0].comment
    public_comments.publish_comment(town, ADMIN, waiting, kind="done", answer="They are on it")
    after = site(town, "town", served=True, mount="/public/town/")
    assert set(after.files) - set(after.files.made) == {"en/you-said.html", "es/you-said.html"}
    assert after.files["en/index.html"] is first.files["en/index.html"]


def test_a_later_reply_takes_the_place_of_the_one_in_the_edition():
    facts = sample.city()
    first = facts.current.said[0]
    later = Said(slug=first.slug, language="en", text=first.text, kind="done", answer="There is one now.")
    told = replace(facts, live_said=(later,)).voices
    assert [each.answer for each in told if each.text == first.text] == ["There is one now."]
    assert len(told) == len(facts.current.said)
