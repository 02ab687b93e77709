"""The phone's pages in a workshop: every state, one tap that votes, and nothing that an odd form could spoil."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from maturity.access.roles import COMMAND_LINE
from maturity.access.tokens import SEAT_COOKIE
from maturity.assessment.terms import RoundTerms
from maturity.assessment.workshop import Outcome
from maturity.operations import workshop_steps, workshops
from maturity.operations.rounds import create_round, find_round, open_round
from maturity.operations.workshop_lines import AgendaLine
from maturity.operations.workspace import StoreRefused, Workspace
from maturity.storage.engine import open_store
from maturity.storage.terms import save_terms

from ..operations.city import make_town
from .conftest import Hall, ticket_in

WRONG = "No workshop with the code {} is open. Check the screen and try again."
IN = "Your vote is in. You can change it until the reveal."
GIVEN = '<button class="level given" name="level" value="{}">'
AGREED = Outcome(level=3, reason="two <registers> are kept")


def test_the_code_is_taken_as_people_type_it(hall):
    phone = hall.phone()
    assert "Code of the workshop" in phone.get("/w").text
    code = hall.code
    for typed in (code, code.lower(), f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:].lower()}"):
        answer = phone.get("/w", params={"code": typed})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/w/{code}")
    assert phone.get(f"/w/{code.lower()}").headers["location"] == f"/w/{code}"
    assert "Enter the code" in phone.get("/w?code=%20").text


def test_joining_sets_one_cookie_that_scripts_cannot_read(hall):
    phone = hall.phone()
    page = phone.get(hall.page)
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert "Parks and &lt;paths&gt;" in page.text
    assert [role in page.text for role in ("Leader", "Manager", "Front line")] == [True] * 3
    answer = phone.post(f"{hall.page}/join", data={"ticket": ticket_in(page.text), "role": "leader"})
    assert (answer.status_code, answer.headers["location"]) == (303, hall.page)
    cookie = answer.headers["set-cookie"]
    assert all(part in cookie for part in (f"{SEAT_COOKIE}=", "HttpOnly", "SameSite=lax", "Path=/w;"))
    assert "Secure" not in cookie
    assert "You're in. Wait for the first question. Keep this page open." in phone.get(hall.page).text
    assert hall.room.attendance == {"leader": 1, "manager": 0, "front-line": 0}


def test_over_https_the_cookie_stays_there(hall):
    phone = hall.phone(host="https://data.city.example")
    sent = {"ticket": ticket_in(phone.get(hall.page).text), "role": "leader"}
    assert "Secure" in phone.post(f"{hall.page}/join", data=sent).headers["set-cookie"]


def test_who_joins_twice_is_one_person(hall):
    phone = hall.phone()
    sent = {"ticket": ticket_in(phone.get(hall.page).text), "role": "leader"}
    first, again = (hall.phone().post(f"{hall.page}/join", data=sent) for _ in range(2))
    assert first.cookies[SEAT_COOKIE] == again.cookies[SEAT_COOKIE]
    phone.cookies.set(SEAT_COOKIE, first.cookies[SEAT_COOKIE])
    other = phone.post(f"{hall.page}/join", data={"ticket": "A" * 22, "role": "leader"})
    assert (other.status_code, "set-cookie" in other.headers) == (303, False)
    assert len(hall.room.participants) == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"role": ""}, "Choose your role"),
        ({"role": "mayor"}, "Choose your role"),
        ({"role": "leader", "name": "x" * 61}, "A name has at most 60 characters"),
        ({"role": "leader", "ticket": "<script>"}, "This form is not one of ours"),
        ({"role": "leader", "ticket": ""}, "This form is not one of ours"),
    ],
)
def test_a_refused_join_says_why_and_keeps_what_was_entered(hall, sent, said):
    phone = hall.phone()
    given = {"ticket": ticket_in(phone.get(hall.page).text), "name": "<b>Asha</b>", **sent}
    answer = phone.post(f"{hall.page}/join", data=given)
    assert answer.status_code == 400
    assert f'role="alert">{said}' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert ("checked" in answer.text) == (sent["role"] == "leader")
    assert "<b>" not in answer.text.partition("<form")[2].partition("</form>")[0]
    if "name" not in sent:
        assert "&lt;b&gt;Asha&lt;/b&gt;" in answer.text
    assert "set-cookie" not in answer.headers
    assert hall.room.participants == ()


@pytest.mark.parametrize("anonymity", ["named", "pseudonymous", "anonymous"])
def test_a_name_is_asked_for_only_in_rounds_held_by_name(town, plan, anonymity):
    workspace, _ = town
    made = create_round(workspace, COMMAND_LINE, f"Held {anonymity}", "city-data-maturity")
    workspace.store.write(save_terms, made.id, RoundTerms(anonymity=anonymity))
    held = open_round(workspace, COMMAND_LINE, find_round(workspace, COMMAND_LINE, made.name))
    hall = plan(round_=held)
    hall.step(workshops.open_workshop)
    page = hall.phone().get(hall.page).text
    assert ("Your name" in page) == (anonymity == "named")
    hall.seated(name="Asha")
    assert hall.room.participants[0].name == ("Asha" if anonymity == "named" else None)


def test_from_the_lobby_to_thanks(hall):
    phone, others = hall.seated(), [hall.seated("front-line") for _ in range(4)]
    hall.step(workshop_steps.go_to, hall.matters[0].id)
    question = hall.round.framework.questions[hall.matters[0].question]
    page = phone.get(hall.page).text
    assert "The vote opens soon." in page
    assert f"<h1>{question.text}</h1>" in page
    assert 'name="level"' not in page

    hall.vote_opens()
    page = phone.get(hall.page).text
    assert "60 seconds left" in page
    assert page.count('name="level"') == hall.round.framework.top_level + 1
    assert ">Your vote<" not in page
    for level in (2, "dont_know", 4):
        answer = hall.cast(phone, level)
        assert (answer.status_code, answer.headers["location"]) == (303, hall.page)
        page = phone.get(hall.page).text
        assert IN in page
        assert page.count("level given") == 1
        assert GIVEN.format(level) in page
    for other, level in zip(others, (1, 2, 4, 5), strict=True):
        hall.cast(other, level)
    hall.workspace.clock.now += timedelta(seconds=90)
    assert "Time is up. Your vote still counts until the reveal." in phone.get(hall.page).text

    hall.step(workshop_steps.reveal_votes)
    page = phone.get(hall.page).text
    assert "You chose level 4, Developing." in page
    assert "The median is 4, the lowest vote 1, the highest 5." in page
    assert "<td>2 votes</td>" in page
    assert "<td>no votes</td>" in page

    hall.vote_opens()
    page = phone.get(hall.page).text
    assert "Second vote on this question" in page
    assert "level given" not in page
    hall.step(workshop_steps.reveal_votes)
    assert "You did not vote on this question." in phone.get(hall.page).text

    hall.workshop = workshop_steps.record_consensus(hall.workspace, COMMAND_LINE, hall.round, hall.workshop, AGREED)
    assert "Agreed: <strong>Level 3, Learning</strong>. two &lt;registers&gt; are kept" in phone.get(hall.page).text
    hall.step(workshop_steps.go_to, None)
    assert "Wait for the next question." in phone.get(hall.page).text
    hall.step(workshop_steps.go_to, hall.matters[1].id)
    hall.step(workshop_steps.park)
    assert "This question is parked for later." in phone.get(hall.page).text

    hall.step(workshops.end_workshop)
    page = phone.get(hall.page)
    assert page.status_code == 200
    assert "Thank you" in page.text
    assert f"Parks: {question.text}" in page.text
    assert "Level 3, Learning" in page.text
    assert "<script" not in page.text


def test_below_five_votes_none_is_shown(hall):
    phones = [hall.seated() for _ in range(5)]
    hall.vote_opens()
    for phone, level in zip(phones, (1, 2, 3, 4, "dont_know"), strict=True):
        hall.cast(phone, level)
    hall.step(workshop_steps.reveal_votes)
    page = phones[4].get(hall.page).text
    assert "Fewer than 5 people chose a level, so the votes are not shown." in page
    assert "You said that you don&#x27;t know." in page
    assert "<table" not in page
    assert "median" not in page


def test_a_worked_example_tells_its_story_and_after_the_reveal_the_right_level(plan):
    hall = plan([AgendaLine(example=plan_example().id)])
    hall.step(workshops.open_workshop)
    phone, example = hall.seated(), plan_example()
    hall.vote_opens()
    page = phone.get(hall.page).text
    assert "Warm-up: worked example" in page
    assert example.story[:60] in page
    assert "The right level" not in page
    hall.cast(phone, 2)
    hall.step(workshop_steps.reveal_votes)
    page = phone.get(hall.page).text
    assert f"Level {example.level}, " in page.partition("The right level")[2]
    assert "You chose level 2, Emerging." in page


def plan_example() -> Any:
    from maturity.framework.examples import worked_examples

    return worked_examples("city-data-maturity")[0]


def test_wrong_ended_planned_and_idle_codes_get_the_same_answer(plan):
    def answer_of(code: str, hall: Hall) -> tuple[int, str]:
        answer = hall.phone().get(f"/w/{code}")
        return answer.status_code, answer.text.replace(code, "XXXXXX")

    hall, planned, ended = plan(), plan(), plan()
    hall.step(workshops.open_workshop)
    ended.step(workshops.open_workshop)
    ended.step(workshops.end_workshop)
    wrong = answer_of("AAAAAA", hall)
    assert wrong[0] == 404
    assert WRONG.format("XXXXXX") in wrong[1]
    assert answer_of(planned.code, hall) == answer_of(ended.code, hall) == wrong
    hall.workspace.clock.now += timedelta(hours=13)
    assert answer_of(hall.code, hall) == wrong


@pytest.mark.parametrize("code", ["000000", "A", "A" * 500, "%3Cscript%3E", "AAAAA%00", "%F0%9F%92%A9", "ß"])
def test_what_is_no_code_opens_nothing_and_stays_text(hall, code):
    phone = hall.phone()
    for answer in (
        phone.get(f"/w/{code}"),
        phone.get(f"/w?code={code}"),
        phone.post(f"/w/{code}/join", data={"ticket": "A" * 22, "role": "leader"}),
        phone.get(f"/w/{code}/now"),
    ):
        if answer.status_code == 303:
            answer = phone.get(answer.headers["location"])
        assert answer.status_code == 404
        assert "<script>" not in answer.text


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ("revealed", "The votes are revealed, so yours came too late to count."),
        ("again", "The room votes again on this question. Look at it and vote once more."),
        ("gone_on", "The room has gone on to another question"),
        ("lobby", "The room has gone on to another question"),
        ("ended", "The workshop has ended, so this vote does not count."),
    ],
)
def test_a_vote_that_comes_too_late_says_so_above_what_is_now(hall, moved, said):
    phone = hall.seated()
    hall.vote_opens()
    sent = hall.ballot(2)
    hall.step(workshop_steps.reveal_votes)
    if moved == "again":
        hall.vote_opens()
    elif moved == "gone_on":
        hall.vote_opens(1)
    elif moved in ("lobby", "ended"):
        hall.step(workshop_steps.go_to, None)
    if moved == "ended":
        hall.step(workshops.end_workshop)
    answer = phone.post(f"{hall.page}/vote", data=sent)
    assert answer.status_code == 303
    page = phone.get(answer.headers["location"])
    assert f'role="alert">{said}' in page.text
    assert "does not count" not in phone.get(hall.page).text
    assert votes_in(hall) == []


def votes_in(hall: Hall) -> list[int | None]:
    with hall.workspace.store.reading() as tx:
        return [
            row["level"]
            for row in tx.rows(
                """SELECT v.level FROM workshop_vote v JOIN workshop_matter m ON m.id = v.matter_id
                   WHERE m.workshop_id = $id ORDER BY v.level""",
                id=hall.workshop.id,
            )
        ]


@pytest.mark.parametrize(
    "change",
    [
        {"level": "6"}, {"level": "0"}, {"level": "-1"}, {"level": "2.0"}, {"level": ""}, {"level": "four"},
        {"level": "²"}, {"level": "9" * 400}, {"ballot": ""}, {"ballot": "1e1"}, {"ballot": "9" * 20},
        {"matter": ""},
        {"matter": "1"}, {"matter": "<script>"}, {"level": None}, {"ballot": None}, {"matter": None},
    ],
)  # fmt: skip
def test_a_vote_of_the_wrong_kind_counts_nothing(hall, change):
    phone = hall.seated()
    hall.vote_opens()
    hall.cast(phone, 2)
    sent = {name: value for name, value in {**hall.ballot(3), **change}.items() if value is not None}
    page = phone.get(phone.post(f"{hall.page}/vote", data=sent).headers["location"])
    assert "so it does not count. Choose one of the list." in page.text
    assert GIVEN.format(2) in page.text
    assert votes_in(hall) == [2]


@pytest.mark.parametrize("kind", ["none", "forged", "altered", "another", "junk"])
def test_without_a_seat_in_this_workshop_no_vote_counts(hall, plan, kind):
    phone, mine = hall.phone(), hall.seated().cookies[SEAT_COOKIE]
    other = plan()
    other.step(workshops.open_workshop)
    cookies = {
        "forged": f"{mine[:32]}.{'0' * 64}",
        "altered": ("0" if mine[0] != "0" else "1") + mine[1:],
        "another": other.seated().cookies[SEAT_COOKIE],
        "junk": "x" * 3000,
    }
    if kind in cookies:
        phone.cookies.set(SEAT_COOKIE, cookies[kind])
    hall.vote_opens()
    answer = hall.cast(phone, 2)
    assert answer.headers["location"] == f"{hall.page}?said=seat"
    assert "Join it, then vote." in phone.get(answer.headers["location"]).text
    assert "Join the workshop" in phone.get(hall.page).text
    assert phone.get(f"{hall.page}/now").status_code == 404
    assert votes_in(hall) == []


@pytest.mark.parametrize(
    "headers", [{"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
@pytest.mark.parametrize("path", ["join", "vote"])
def test_a_foreign_page_neither_joins_nor_votes(hall, path, headers):
    phone = hall.seated()
    hall.vote_opens()
    sent = {"ticket": "A" * 22, "role": "leader", **hall.ballot(2)}
    for browser in (phone, hall.phone()):
        answer = browser.post(f"{hall.page}/{path}", data=sent, headers=headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
    assert (votes_in(hall), len(hall.room.participants)) == ([], 1)


@pytest.mark.parametrize("path", ["join", "vote"])
@pytest.mark.parametrize(
    ("body", "status"), [(b"level=" + b"2" * 5_000, 413), (b"&".join([b"a=1"] * 50), 400), (b"\xff\xfe=%ff", 400)]
)
def test_a_huge_or_broken_form_is_refused(hall, path, body, status):
    answer = hall.seated().post(f"{hall.page}/{path}", content=body)
    assert answer.status_code == status
    assert "This form is not one of ours" in answer.text


def test_a_store_that_fails_counts_nothing_and_says_so(hall, monkeypatch):
    phone, newcomer = hall.seated(), hall.phone()
    ticket = ticket_in(newcomer.get(hall.page).text)
    hall.vote_opens()

    def refuse(*_: object, **__: object) -> None:
        raise StoreRefused("the disk is full at /secret/place")

    with monkeypatch.context() as broken:
        broken.setattr(type(hall.workspace.store), "write", refuse)
        answers = [hall.cast(phone, 2), newcomer.post(f"{hall.page}/join", data={"ticket": ticket, "role": "leader"})]
    for answer in answers:
        assert answer.status_code == 503
        assert "so it does not count" in answer.text
        assert "secret" not in answer.text
    assert (votes_in(hall), len(hall.room.participants)) == ([], 1)
    with monkeypatch.context() as broken:
        broken.setattr(type(hall.workspace.store), "_cursor", refuse)
        assert phone.get(hall.page).status_code == 503
        assert phone.get(f"{hall.page}/now").status_code == 503
    assert hall.cast(phone, 2).status_code == 303
    assert votes_in(hall) == [2]


def test_news_rise_with_each_step(hall):
    phone = hall.seated()
    first = phone.get(f"{hall.page}/now")
    assert set(first.json()) == {"version", "wait"}
    assert first.headers["cache-control"] == "no-store"
    assert f'data-version="{first.json()["version"]}"' in phone.get(hall.page).text
    assert 500 <= first.json()["wait"] <= 1500
    hall.vote_opens()
    for board in boards_of(hall):
        board.seen_at = float("-inf")
    assert phone.get(f"{hall.page}/now").json()["version"] == first.json()["version"] + 2


def boards_of(hall: Hall) -> list[Any]:
    now = next(route for route in hall.routes if route.path.endswith("/now"))
    return list(now.endpoint.__closure__[0].cell_contents.__self__.boards.values())


def test_an_address_that_tries_too_often_learns_nothing_and_who_is_in_stays_in(hall):
    inside = hall.seated()
    for _ in range(120):
        assert hall.phone().get("/w/AAAAAA").status_code == 404
    answers = [hall.phone().get(path) for path in ("/w/AAAAAA", hall.page)]
    answers.append(hall.phone().post(f"{hall.page}/join", data={"ticket": "A" * 22, "role": "leader"}))
    assert {answer.status_code for answer in answers} == {429}
    assert len({answer.text for answer in answers}) == 1
    assert "Wait 10 seconds, then try again." in answers[0].text
    assert answers[0].headers["retry-after"] == "10"
    assert [hall.phone().get(f"{path}/now").status_code for path in ("/w/AAAAAA", hall.page)] == [429, 429]
    assert inside.get(hall.page).status_code == inside.get(f"{hall.page}/now").status_code == 200
    assert hall.phone(address="10.0.0.2").get(hall.page).status_code == 200
    hall.seconds += 10
    assert hall.phone().get(hall.page).status_code == 200


def test_a_code_of_the_demo_city_is_found_after_the_own_store(hall, tmp_path):
    from maturity.web.workshop import workshop_routes

    url = str(tmp_path / "demo.duckdb")
    demo = Workspace(url=url, store=open_store(url), clock=hall.workspace.clock)
    round_ = make_town(demo)
    line = AgendaLine(department="roads", question=next(iter(round_.framework.questions)))
    there = Hall(demo, round_, workshops.plan_workshop(demo, COMMAND_LINE, round_, None, "Demo", [line]))
    there.step(workshops.open_workshop)
    there.routes = hall.routes = workshop_routes(lambda: [hall.workspace, demo])
    phones = [hall.seated(), there.seated()]
    there.vote_opens()
    hall.vote_opens()
    assert there.cast(phones[1], 3).headers["location"] == there.page
    assert hall.cast(phones[0], 2).headers["location"] == hall.page
    assert (votes_in(there), votes_in(hall)) == ([3], [2])
    assert phones[1].get(f"{there.page}/now").status_code == 200
    assert "Join the workshop" in phones[1].get(hall.page).text
    demo.store.close()


def test_every_page_is_small_and_brings_all_it_needs(hall):
    phone = hall.seated()
    seen = [hall.phone().get("/w"), hall.phone().get(hall.page), phone.get(hall.page)]
    hall.vote_opens()
    seen.append(phone.get(hall.page))
    for answer in seen:
        assert len(answer.content) < 30_000
        assert answer.text.count("<h1>") == 1
        assert '<html lang="en">' in answer.text
        assert "src=" not in answer.text
        assert "<link" not in answer.text
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert ("script-src 'sha256-" in policy) == ("<script>" in answer.text)
        assert "unsafe" not in policy


def test_the_longest_question_fits_into_30_kilobytes(hall):
    from maturity.framework.model import Question
    from maturity.operations.workshop_joining import seat_of
    from maturity.operations.workshop_seats import paper, seat
    from maturity.web.workshop_pages import View, seat_page

    phone = hall.seated()
    matter = hall.vote_opens()
    cookie = phone.cookies[SEAT_COOKIE]
    mine = seat(hall.workspace, hall.code, seat_of(hall.workspace, cookie))
    asked = Question(id="long", text="&" * 1000, descriptors=tuple("ü" * 1000 for _ in range(5)))
    long = replace(paper(hall.workspace, mine.workshop, matter.id), question=asked)
    assert len(seat_page(View(seat=mine, paper=long)).body) < 30_000
