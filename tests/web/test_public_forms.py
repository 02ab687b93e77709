"""Public forms in front of a published town: comments and views come in, and nothing says from whom."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from maturity.operations import public_comments, public_forms, resident_views
from maturity.operations.addresses import set_address
from maturity.operations.workspace import Workspace
from maturity.publishing.site import forms
from maturity.storage.engine import open_store
from maturity.web.form_limits import FORMS, FormLimits
from maturity.web.public_forms import public_form_routes

from ..operations.city import ADMIN, make_town
from ..operations.published_town import publish, withdraw

HOST = "http://data.city.example"
SAY, VIEW = "/public/town/en/say", "/public/town/en/view"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> =SUM(A1) \u202e👩‍👧 متى " + "x" * 300


class Time:
    seconds = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def town(tmp_path):
    made = Workspace(url=str(tmp_path / "t.duckdb"), store=open_store(str(tmp_path / "t.duckdb")), clock=lambda: NOW)
    make_town(made)
    publish(made)
    yield made
    made.store.close()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def resident(town, time) -> TestClient:
    routes = public_form_routes(lambda: town, lambda: None, FormLimits(time), time)
    return TestClient(Starlette(routes=routes), base_url=HOST, follow_redirects=False)


def stamp_of(page: str) -> str:
    found = re.search(r'name="stamp" value="([^"]+)"', page)
    assert found
    return found[1]


def opened(resident, time, path=SAY) -> str:
    page = resident.get(path)
    assert page.status_code == 200
    time.seconds += 5
    return stamp_of(page.text)


def texts(town) -> list[str]:
    return [each.comment.text for each in public_comments.comments(town, ADMIN, "Town")]


def test_a_comment_comes_in_once_and_is_thanked_twice(town, resident, time):
    sent = {"stamp": opened(resident, time, f"{SAY}/a01--parks"), "text": HOSTILE, "website": ""}
    for _ in range(2):
        answer = resident.post(f"{SAY}/a01--parks", data=sent)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{SAY}/a01--parks?sent=1")
    assert texts(town) == [HOSTILE.replace("\u202e", "")]
    thanks = resident.get(f"{SAY}/a01--parks?sent=1")
    assert "What happens next" in thanks.text and "set-cookie" not in thanks.headers


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_form_says_what_is_wrong_and_keeps_the_text(town, resident, time, language):
    path = f"/public/town/{language}/say"
    stamp = opened(resident, time, path)
    empty = resident.post(path, data={"stamp": stamp, "text": " "})
    assert empty.status_code == 422 and 'href="#text"' in empty.text and 'aria-invalid="true"' in empty.text
    long = resident.post(path, data={"stamp": stamp, "text": "<b>" + "y" * 2_000})
    assert long.status_code == 422 and "2003" in long.text and "&lt;b&gt;" + "y" * 2_000 in long.text
    assert f'lang="{language}"' in long.text and texts(town) == []


def test_too_fast_and_too_late_are_asked_again(town, resident, time):
    stamp = stamp_of(resident.get(SAY).text)
    fast = resident.post(SAY, data={"stamp": stamp, "text": "Quick"})
    assert fast.status_code == 422 and "very quick" in fast.text and ">\nQuick</textarea>" in fast.text
    time.seconds += 24 * 3600 + 1
    late = resident.post(SAY, data={"stamp": stamp, "text": "Late"})
    assert late.status_code == 422 and "more than a day" in late.text and texts(town) == []
    time.seconds += 5
    assert resident.post(SAY, data={"stamp": stamp_of(late.text), "text": "Late"}).status_code == 303
    assert texts(town) == ["Late"]


def test_a_stamp_that_is_not_ours_takes_nothing_in(town, resident):
    assert resident.post(SAY, data={"stamp": f"{'0' * 32}.1.{'0' * 64}", "text": "Hi"}).status_code == 422
    assert texts(town) == []


def test_a_program_that_fills_the_trap_is_thanked_and_nothing_is_kept(town, resident, time):
    stamp = opened(resident, time)
    assert resident.post(SAY, data={"stamp": stamp, "text": "Buy", "website": "http://x"}).status_code == 303
    assert texts(town) == []


def test_foreign_pages_send_nothing(town, resident, time):
    sent = {"stamp": opened(resident, time), "text": "Hi"}
    assert resident.post(SAY, data=sent, headers={"origin": "https://evil.example"}).status_code == 403
    assert texts(town) == []


def test_a_body_that_is_too_large_or_no_form(resident):
    assert resident.post(SAY, content=b"text=" + b"x" * 70_000).status_code == 413
    assert resident.post(SAY, content=b"text=\xff\xfe").status_code == 400


def test_many_from_one_address_are_slowed_down_and_nothing_is_lost(town, resident, time):
    for number in range(FORMS):
        sent = {"stamp": opened(resident, time), "text": f"Number {number}"}
        assert resident.post(SAY, data=sent).status_code == 303
        time.seconds -= 5
    often = resident.post(SAY, data={"stamp": opened(resident, time), "text": "One more"})
    assert often.status_code == 429 and "data@town.example" in often.text and "One more</textarea>" in often.text
    assert len(texts(town)) == FORMS


def test_a_flood_from_everywhere_gets_the_contact_address(town, resident, time, monkeypatch):
    monkeypatch.setattr(public_comments, "MOST_AN_HOUR", 1)
    assert resident.post(SAY, data={"stamp": opened(resident, time), "text": "First"}).status_code == 303
    flood = resident.post(SAY, data={"stamp": opened(resident, time), "text": "Second"})
    assert flood.status_code == 503 and "mailto:data@town.example" in flood.text and "Second</textarea>" in flood.text
    assert texts(town) == ["First"]


@pytest.mark.parametrize(
    "path", ["/public/harbour/en/say", "/public/town/fr/say", f"{SAY}/a99", "/public/harbour/en/view"]
)
def test_where_nothing_is_published_there_is_no_form(resident, path):
    assert resident.get(path).status_code == 404


def test_a_withdrawn_edition_takes_its_forms_with_it(town, resident):
    withdraw(town)
    assert (resident.get(SAY).status_code, resident.get(VIEW).status_code) == (404, 404)


def test_views_are_chosen_answered_and_counted_once(town, resident, time):
    assert 'name="topic" value="systems"' in resident.get(VIEW).text
    stamp = opened(resident, time, f"{VIEW}?topic=systems&topic=dragons")
    sent = {"stamp": stamp, "topic": "systems", "systems.find": "yes", "systems.trust": "no", "systems.use": "odd"}
    for _ in range(2):
        assert resident.post(VIEW, data=sent).status_code == 303
    assert resident_views.twin(town, ADMIN, "Town").views == 1
    nothing = resident.post(VIEW, data={"stamp": stamp, "topic": "systems", "systems.find": "unknown"})
    assert nothing.status_code == 422 and 'href="#systems.find.yes"' in nothing.text
    assert re.search(r'value="unknown" checked', nothing.text)


def test_a_form_asks_about_so_many_topics_at_once_and_says_so_beforehand(resident, monkeypatch):
    pattern = r'name="topic" value="([^"]+)"'
    every = re.findall(pattern, resident.get(VIEW).text)
    assert len(every) > 2 and "Choose up to" not in resident.get(VIEW).text
    for place in (forms, public_forms):
        monkeypatch.setattr(place, "MOST_TOPICS", 2)
    assert "Choose up to 2." in resident.get(VIEW).text
    asked = resident.get(f"{VIEW}?" + "&".join(f"topic={each}" for each in every)).text
    assert re.findall(pattern, asked) == every[:2]


def test_you_said_we_did_stands_below_the_form(town, resident, time):
    resident.post(SAY, data={"stamp": opened(resident, time), "text": "More <i>trees</i>"})
    (waiting,) = public_comments.comments(town, ADMIN, "Town")
    assert "trees" not in resident.get(SAY).text
    public_comments.publish_comment(town, ADMIN, waiting.comment, kind="done", answer="Planted & watered")
    page = resident.get(SAY).text
    assert "More &lt;i&gt;trees&lt;/i&gt;" in page and "Planted &amp; watered" in page
    assert "Lo hicimos" in resident.get("/public/town/es/say").text


def test_no_address_is_kept_and_every_page_is_without_script(resident, time):
    limits = FormLimits(time)
    assert limits.take("192.0.2.7") and "192.0.2.7" not in f"{limits.left.by_address}"
    before = list(limits.left.by_address)
    time.seconds += 24 * 3600
    assert limits.take("192.0.2.7") and list(limits.left.by_address) != before
    page = resident.get(SAY)
    assert "<script" not in page.text and "default-src 'none'" in page.headers["content-security-policy"]


def test_the_sites_own_links_lead_to_the_forms(resident):
    answer = resident.get(f"{SAY}?action=a01--parks")
    assert (answer.status_code, answer.headers["location"]) == (302, f"{SAY}/a01--parks")
    assert resident.get(f"{SAY}?action=a99").status_code == 404
    assert resident.get("/public/demo/town/en/say").status_code == 404


def test_forms_of_the_demo_say_where_they_are(town, time):
    set_address(town, ADMIN, "https://data.town.example/", "Town")
    routes = public_form_routes(lambda: town, lambda: town, FormLimits(time), time)
    asked = TestClient(Starlette(routes=routes), base_url=HOST, follow_redirects=False)
    for root in ("/public", "/public/demo"):
        for form in ("say", "say/a01--parks", "view"):
            page = asked.get(f"{root}/town/en/{form}").text
            assert f'rel="canonical" href="https://data.town.example{root}/town/en/{form}"' in page
