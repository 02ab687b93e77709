"""The demo's people: one name and address each, roles where they belong, and what stands beside their answers."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.assessment.files import media_type
from maturity.demo.beside_answers import beside_answers, pdf_of
from maturity.demo.days import demo_days
from maturity.demo.inhabitants import address_of, contact_of, everybody_asked, inhabitants_of
from maturity.demo.rounds import rounds_of
from maturity.demo.sizes import organisations_of
from tests.demo.test_city import CITY, DAYS, FILES, FRAMEWORK, ROUNDS, SEED, TODAY, WHO

ROLES = Counter(role for each in WHO.people for role, _ in each.roles)


def test_everybody_has_one_name_and_an_address_that_cannot_exist():
    assert len({each.name for each in WHO.people}) == len({each.email for each in WHO.people}) == len(WHO.people)
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+@port-ellery\.example", each.email) for each in WHO.people)
    # 140 who answer, 11 who are silent, and three who run or review and answer nowhere: Ingrid Vale heads a department.
    assert len(WHO.people) == 140 + 11 + 3


def test_roles_by_hand():
    assert ROLES == {
        "administrator": 1,
        "facilitator": 1,
        "reviewer": 1,
        "leader": 1,
        "department_lead": 12,
        "respondent": 151 - 12,
    }
    ingrid = next(each for each in WHO.people if each.name == "Ingrid Vale")
    assert ingrid.roles == (("leader", None), ("department_lead", "chief-executive"))
    assert WHO.head_of("housing") == "maureen.tait@port-ellery.example"
    assert (WHO.runs, WHO.reviews) == ("asha.renner@port-ellery.example", "noor.haddad@port-ellery.example")
    assert contact_of(FILES, CITY).endswith("noor.haddad@port-ellery.example")
    assert address_of("Asha Renner", "Upper Hestling") == "asha.renner@upper-hestling.example"


def test_heads_of_a_region_lead_the_same_service_in_every_area():
    where = organisations_of(FILES.city, "region")
    for place, organisation in enumerate(where):
        who = inhabitants_of(FILES, organisation, DAYS, place)
        assert len({each.email for each in who.people}) == len(who.people)
        assert len(who.answering) == 400
        assert who.head_of("housing-north") == who.head_of("housing-hills")
        assert who.handed_over is None and who.links == ()
    first, second = (inhabitants_of(FILES, each, DAYS, place) for place, each in enumerate(where[:2]))
    given = [{each.name for each in who.people if each.roles[0][0] == "respondent"} for who in (first, second)]
    assert not given[0] & given[1]


def test_who_is_asked_has_begun_or_sent_or_is_silent():
    for filled in ROUNDS:
        asked = [(each.department, each.person) for each in filled.invitations]
        assert asked == list(everybody_asked(WHO, filled.departments)) and len(set(asked)) == 151
        silent = Counter(department for department, _ in set(asked) - {each.place for each in filled.respondents})
        assert silent == FILES.people.silent
        by_address = {each.email: each.name for each in WHO.people}
        assert all(each.label == by_address[each.person] for each in filled.respondents)
        assert Counter(each.speaks_for for each in filled.respondents)["department"] == 12


def test_whoever_has_not_sent_in_two_weeks_is_reminded():
    for filled in ROUNDS:
        day = filled.window.opens + timedelta(days=14)
        nine = datetime.combine(day, time(9), UTC)
        sent = {each.place for each in filled.respondents if each.submitted_at and each.submitted_at < nine}
        reminded = {(each.department, each.person) for each in filled.invitations if each.reminded_at}
        assert reminded and sent and not reminded & sent
        assert len(reminded) + len(sent) == 151
        assert {each.reminded_at.date() for each in filled.invitations if each.reminded_at} == {day}


def test_one_of_each_round_was_sent_back_and_sent_again_before_it_closed():
    for filled in ROUNDS:
        (back,) = [each for each in filled.respondents if each.sent_back]
        assert back.sent_back is not None and back.submitted_at is not None
        assert back.started_at < back.sent_back.at < back.submitted_at
        assert back.submitted_at.date() < filled.window.closes


def test_one_hands_over_one_has_left_and_three_have_links():
    handed = WHO.handed_over
    assert handed is not None and handed.on < TODAY < handed.until
    assert handed.head == WHO.head_of("streets") and handed.deputy != handed.head
    assert [each.left_on for each in WHO.people if each.left_on] == [TODAY - timedelta(days=12)]
    now = DAYS.today
    states = [
        "revoked" if each.revoked_at else "valid" if each.expires_at.date() > now else "expired" for each in WHO.links
    ]
    assert states == ["valid", "expired", "revoked"]
    assert all(each.made_at.date() < now for each in WHO.links)


def test_files_flags_and_replies_belong_to_sent_answers():
    beside = beside_answers(FILES, ROUNDS[1], WHO)
    assert [len(each) for each in (beside.files, beside.flags, beside.replies)] == [4, 1, 2]
    sent = {each.place: each for each in ROUNDS[1].respondents if each.submitted_at}
    for file in beside.files:
        (answer,) = [each for each in sent[file.of].answers if each.question == file.question]
        assert answer.state == "level" and media_type(file.name, file.body)
        assert len(file.body) < 2_000
        assert sent[file.of].started_at < file.at < sent[file.of].submitted_at
    assert beside.flags[0].of == beside.files[3].of and beside.flags[0].question == beside.files[3].question
    closes = ROUNDS[1].window.closes
    assert all(closes < each.at.date() < TODAY for each in (*beside.replies, *beside.flags))
    assert [each.head for each in beside.replies] == [WHO.head_of("housing"), WHO.head_of("harbour")]


def test_a_pdf_says_where_its_parts_are():
    made = pdf_of(("One (1)", "Zwei \\ zwei"))
    assert made == pdf_of(("One (1)", "Zwei \\ zwei")) and rb"(One \(1\)) Tj" in made and rb"(Zwei \\ zwei)" in made
    table = int(re.search(rb"startxref\n(\d+)\n", made)[1])
    assert made[table : table + 4] == b"xref"
    places = [int(each) for each in re.findall(rb"(\d{10}) 00000 n ", made)]
    assert len(places) == 5
    for number, place in enumerate(places, start=1):
        assert made[place:].startswith(b"%d 0 obj" % number)


@pytest.mark.parametrize("size", ["small", "region"])
def test_other_sizes_have_what_their_departments_have(size):
    organisation = organisations_of(FILES.city, size)[0]
    who = inhabitants_of(FILES, organisation, DAYS)
    filled = rounds_of(FILES, organisation, who, FRAMEWORK, DAYS, np.random.default_rng(SEED))
    beside = beside_answers(FILES, filled[1], who)
    assert len(beside.files) == (4 if size == "small" else 0)
    assert len(beside.replies) == (2 if size == "small" else 0)


@given(today=st.dates(date(2020, 1, 1), date(2060, 1, 1)))
def test_on_every_day_links_and_leaving_lie_in_the_past(today):
    who = inhabitants_of(FILES, CITY, demo_days(today, "Partner check"))
    for link in who.links:
        happened = [each for each in (link.made_at, link.used_at, link.revoked_at) if each]
        assert all(each.date() < today for each in happened)
        assert link.used_at is None or link.used_at < link.expires_at
    assert all(each.left_on < today for each in who.people if each.left_on)
