"""What goes wrong while a resident writes: nothing is half done, and one sentence in their language says what to do."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from maturity.operations import public_comments, resident_views
from maturity.operations.workspace import StoreRefused
from maturity.web import public_forms
from maturity.web.form_limits import FORMS_OF_ALL, FormLimits

from ..operations.city import ADMIN
from ..operations.published_town import an_edition, publish, withdraw
from .test_public_forms import SAY, VIEW, opened, resident, stamp_of, texts, time, town  # noqa: F401

ES_SAY = "/public/town/es/say"
WORDS = "Los bancos <b>están</b> rotos"


def broken(*given: object) -> None:
    """A store that cannot be written to just now."""
    raise StoreRefused("the disk is full; make room and try again")


def test_a_store_that_takes_nothing_gives_the_form_back_with_its_text(town, resident, time, monkeypatch):  # noqa: F811
    stamp = opened(resident, time, ES_SAY)
    with monkeypatch.context() as patch:
        patch.setattr(public_comments, "receive", broken)
        page = resident.post(ES_SAY, data={"stamp": stamp, "text": WORDS})
    assert page.status_code == 503 and "Ahora no podemos recibirlo" in page.text
    assert (
        "Los bancos &lt;b&gt;están&lt;/b&gt; rotos</textarea>" in page.text and "mailto:data@town.example" in page.text
    )
    assert texts(town) == [] and stamp_of(page.text) == stamp
    assert resident.post(ES_SAY, data={"stamp": stamp, "text": WORDS}).status_code == 303
    assert texts(town) == [WORDS]


def test_a_store_that_takes_no_views_gives_the_answers_back(town, resident, time, monkeypatch):  # noqa: F811
    sent = {"stamp": opened(resident, time, f"{VIEW}?topic=systems"), "topic": "systems", "systems.find": "yes"}
    monkeypatch.setattr(public_forms, "receive_views", broken)
    page = resident.post(VIEW, data=sent)
    assert page.status_code == 503 and "We cannot take this right now" in page.text
    assert 'value="yes" checked' in page.text
    assert resident_views.twin(town, ADMIN, "Town").views == 0


def test_an_action_that_is_gone_meanwhile_leaves_the_text_in_the_general_form(town, resident, time):  # noqa: F811
    stamp = opened(resident, time, f"{SAY}/a01--parks")
    publish(town, an_edition(2, codes=("A02",)))
    page = resident.post(f"{SAY}/a01--parks", data={"stamp": stamp, "text": WORDS})
    assert page.status_code == 422 and "not in the roadmap any more" in page.text and "rotos</textarea>" in page.text
    assert 'action="../say"' in page.text and texts(town) == []
    assert resident.post(SAY, data={"stamp": stamp_of(page.text), "text": WORDS}).status_code == 303
    assert texts(town) == [WORDS]


@pytest.mark.parametrize(
    ("path", "sentence", "above"),
    [
        (SAY, "does not ask anything at this address", "What you wrote, so that you can copy it"),
        (ES_SAY, "no pregunta nada", "Lo que escribió, para que pueda copiarlo"),
    ],
)
def test_an_edition_withdrawn_meanwhile_says_so_and_shows_the_text(town, resident, time, path, sentence, above):  # noqa: F811
    stamp = opened(resident, time, path)
    withdraw(town)
    page = resident.post(path, data={"stamp": stamp, "text": WORDS})
    assert page.status_code == 404 and sentence in page.text and above in page.text
    assert "Los bancos &lt;b&gt;están&lt;/b&gt; rotos" in page.text and "<b>" not in page.text
    assert f'<html lang="{path.split("/")[3]}">' in page.text and texts(town) == []
    assert '<a href="/public/town/">' in page.text


def test_an_empty_form_that_was_sent_at_once_is_called_empty_and_not_quick(resident):  # noqa: F811
    page = resident.post(SAY, data={"stamp": stamp_of(resident.get(SAY).text), "text": "  "})
    assert page.status_code == 422 and "Enter what you want to tell us" in page.text and "very quick" not in page.text


def test_whoever_goes_on_without_a_topic_is_asked_for_one(resident):  # noqa: F811
    assert "There is a problem" not in resident.get(VIEW).text
    page = resident.get(f"{VIEW}?asked=1").text
    (first,) = re.findall(r'<a href="#(topic-[a-z-]+)">\s*Choose at least one topic', page)
    assert page.count(f'type="checkbox" id="{first}"') == 1
    assert "Elija al menos un tema" in resident.get(f"{VIEW.replace('/en/', '/es/')}?asked=1").text


def test_a_connection_that_breaks_while_the_form_comes_in_takes_nothing_in(town, resident, time):  # noqa: F811
    stamp = opened(resident, time)
    came = iter(
        [
            {"type": "http.request", "body": f"stamp={stamp}&text=Half+of+wh".encode(), "more_body": True},
            {"type": "http.disconnect"},
        ]
    )
    said: list[int] = []

    async def receive() -> dict[str, object]:
        return next(came)

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            said.append(int(str(message["status"])))

    scope = {
        "type": "http", "method": "POST", "path": SAY, "raw_path": SAY.encode(), "query_string": b"", "headers": [],
        "http_version": "1.1", "scheme": "http", "server": ("town", 80), "client": ("192.0.2.1", 1), "root_path": "",
    }  # fmt: skip
    with ThreadPoolExecutor(1) as beside:  # Playwright may keep a loop of its own running in this thread
        beside.submit(asyncio.run, resident.app(scope, receive, send)).result()
    assert said == [400] and texts(town) == []
    assert resident.post(SAY, data={"stamp": stamp, "text": "The whole of it"}).status_code == 303
    assert texts(town) == ["The whole of it"]


def test_an_answer_that_never_arrived_is_sent_once_more_and_counts_once(town, resident, time):  # noqa: F811
    sent = {"stamp": opened(resident, time), "text": "Once"}
    for _ in range(3):
        assert resident.post(SAY, data=sent).status_code == 303
        time.seconds += 600
    assert texts(town) == ["Once"]


def test_a_flood_from_everywhere_leaves_nobody_out_for_long(time):  # noqa: F811
    limits = FormLimits(time)
    assert all(limits.take(f"2001:db8::{number:x}") for number in range(FORMS_OF_ALL))
    assert not limits.take("192.0.2.7")
    time.seconds += 6
    assert limits.take("192.0.2.7") and not limits.take("192.0.2.8")


def test_every_problem_of_a_form_takes_the_reader_to_it_without_a_script(resident, time):  # noqa: F811
    page = resident.post(SAY, data={"stamp": opened(resident, time), "text": ""}).text
    assert page.count("autofocus") == 1 and 'role="alert" aria-labelledby="problem" tabindex="-1" autofocus' in page
    assert "autofocus" not in resident.get(SAY).text
