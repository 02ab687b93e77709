"""Coming in by personal link or by a provider's word, and being out at the next click."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from maturity.access.people import Person
from maturity.access.roles import Visitor
from maturity.operations import given_roles, links, people, sign_in
from maturity.operations.errors import Refused
from maturity.operations.upkeep import audit_events
from maturity.operations.workspace import Workspace

from .city import ADMIN, make_town
from .conftest import NOW

ISSUER = "https://id.example"


@pytest.fixture
def asha(workspace: Workspace) -> Person:
    make_town(workspace)
    return people.add_person(workspace, ADMIN, "Asha", "asha@town.example", "respondent", "parks")


def later(workspace: Workspace, **delta: float) -> Workspace:
    return replace(workspace, clock=lambda: NOW + timedelta(**delta))


def claims(sub: str = "s1", **more: object) -> dict[str, object]:
    given = {"iss": ISSUER, "sub": sub, "email": "Asha@Town.example", "email_verified": True, "iat": NOW.timestamp()}
    return {**given, **more}


def came_in(workspace: Workspace, cookie: str) -> Visitor | None:
    return sign_in.visitor_of_cookie(workspace, cookie)


def test_a_link_lets_its_person_in_again_and_on_another_device(workspace, asha):
    made = links.make_link(workspace, ADMIN, asha.id)
    assert sign_in.state_of_link(workspace, made.token) == "valid"
    phone, _ = sign_in.enter(workspace, made.token, "Phone")
    laptop, _ = sign_in.enter(workspace, made.token, "Laptop\n" + "x" * 500)
    assert phone != laptop
    for cookie in (phone, laptop):
        visitor = came_in(workspace, cookie)
        assert visitor is not None
        assert (visitor.name, visitor.roles, visitor.departments) == ("Asha", {"respondent"}, {"parks"})
    mine = came_in(workspace, phone)
    assert mine is not None
    assert {s.device for s in links.sessions_of(workspace, mine)} == {"Phone", "Laptop" + "x" * 114}


def test_looking_at_a_link_uses_nothing_up(workspace, asha):
    made = links.make_link(workspace, ADMIN, asha.id)
    trail = len(audit_events(workspace, ADMIN))
    for _ in range(5):
        sign_in.state_of_link(workspace, made.token)
    assert links.links_of(workspace, ADMIN, asha.id)[0].used_at is None
    assert len(audit_events(workspace, ADMIN)) == trail


def test_coming_in_leaves_no_time_in_the_trail_beside_anonymous_answers(workspace, asha):
    made = links.make_link(workspace, ADMIN, asha.id)
    before = len(audit_events(workspace, ADMIN))
    _, session = sign_in.enter(workspace, made.token, "Phone")
    assert len(audit_events(workspace, ADMIN)) == before
    with workspace.store.reading() as tx:
        assert tx.one("SELECT started_at FROM sign_in_session") == {"started_at": session.started_at}


def test_a_revoked_link_is_over_for_all_who_came_in_by_it(workspace, asha):
    made = links.make_link(workspace, ADMIN, asha.id)
    cookie, _ = sign_in.enter(workspace, made.token, "Phone")
    assert came_in(workspace, cookie)
    links.revoke_links(workspace, ADMIN, asha.id)
    assert came_in(workspace, cookie) is None
    with pytest.raises(sign_in.LinkRefused, match="This link was taken back"):
        sign_in.enter(workspace, made.token, "Phone")


def test_a_link_and_its_sessions_end_in_time(workspace, asha):
    made = links.make_link(workspace, ADMIN, asha.id, days=1)
    early, _ = sign_in.enter(workspace, made.token, "Phone")
    late = later(workspace, hours=23)
    cookie, session = sign_in.enter(late, made.token, "Phone")
    assert came_in(late, early) is None  # a browser is let in for 12 hours
    assert came_in(late, cookie)
    assert session.expires_at <= made.link.expires_at
    over = later(workspace, hours=25)
    assert came_in(over, cookie) is None
    with pytest.raises(sign_in.LinkRefused, match="This link has expired"):
        sign_in.enter(over, made.token, "Phone")


@pytest.mark.parametrize("token", ["", "short", "A" * 22, "../../etc/passwd", "é" * 22])
def test_a_foreign_token_is_refused_and_known_to_nobody(workspace, asha, token):
    assert sign_in.state_of_link(workspace, token) is None
    with pytest.raises(sign_in.LinkRefused, match="This link is not one of ours"):
        sign_in.enter(workspace, token, "Phone")


def test_an_altered_or_foreign_cookie_lets_nobody_in(workspace, asha):
    made = links.make_link(workspace, ADMIN, asha.id)
    cookie, _ = sign_in.enter(workspace, made.token, "Phone")
    assert came_in(workspace, "x" + cookie[1:]) is None
    assert came_in(workspace, "") is None
    assert came_in(workspace, cookie[:-1] + ("0" if cookie[-1] != "0" else "1")) is None


def test_signing_out_ends_one_browser_and_everywhere_all_of_them(workspace, asha):
    made = links.make_link(workspace, ADMIN, asha.id)
    phone, _ = sign_in.enter(workspace, made.token, "Phone")
    laptop, _ = sign_in.enter(workspace, made.token, "Laptop")
    sign_in.leave(workspace, phone)
    assert came_in(workspace, phone) is None
    mine = came_in(workspace, laptop)
    assert mine is not None
    links.sign_out_everywhere(workspace, mine)
    assert came_in(workspace, laptop) is None
    with pytest.raises(Refused, match="there is nothing to end"):
        links.sign_out_everywhere(workspace, ADMIN)


def test_roles_are_those_of_this_moment(workspace, asha):
    made = links.make_link(workspace, ADMIN, asha.id)
    cookie, _ = sign_in.enter(workspace, made.token, "Phone")
    assert came_in(workspace, cookie).roles == {"respondent"}  # type: ignore[union-attr]
    given_roles.give_role(workspace, ADMIN, asha.id, "leader")
    assert came_in(workspace, cookie).roles == {"respondent", "leader"}  # type: ignore[union-attr]
    people.person_left(workspace, ADMIN, asha)
    assert came_in(workspace, cookie) is None


def test_the_first_sign_in_ties_the_account_and_the_address_alone_is_no_key_any_more(workspace, asha):
    assert sign_in.visitor_of_claims(workspace, claims()).name == "Asha"  # type: ignore[union-attr]
    assert sign_in.visitor_of_claims(workspace, claims(email="new@town.example")).name == "Asha"  # type: ignore[union-attr]
    assert sign_in.visitor_of_claims(workspace, claims(sub="s2")) is None
    assert sign_in.visitor_of_claims(workspace, claims(iss="https://evil.example")) is None


@pytest.mark.parametrize(
    "given",
    [{"email": "nobody@town.example"}, {"email_verified": False}, {"email": None}, {"sub": None}],
    ids=["unknown", "not verified", "no address", "no subject"],
)
def test_a_word_that_names_none_of_ours_lets_nobody_in(workspace, asha, given):
    assert sign_in.visitor_of_claims(workspace, claims(**given)) is None


def test_the_providers_word_is_old_after_twelve_hours(workspace, asha):
    assert sign_in.visitor_of_claims(later(workspace, hours=11), claims())
    assert sign_in.visitor_of_claims(later(workspace, hours=13), claims()) is None


def test_who_can_come_in_decides_whether_the_local_administrator_is_needed(workspace, asha):
    assert not links.links_are_used(workspace)
    links.make_link(workspace, ADMIN, asha.id)
    assert links.links_are_used(workspace)
    assert not links.an_administrator_can_come_in(workspace)
    boss = people.add_person(workspace, ADMIN, "Bo", None, "administrator", installation=True)
    links.make_link(workspace, ADMIN, boss.id)
    assert links.an_administrator_can_come_in(workspace)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_link_holds_a_day_to_a_year(workspace, asha, days):
    with pytest.raises(Refused, match=f"a link holds 1 to 366 days, not {days}"):
        links.make_link(workspace, ADMIN, asha.id, days=days)
