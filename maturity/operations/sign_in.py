"""Coming in: personal links and the sessions they open, and people who sign in at a provider."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from maturity.access import tokens
from maturity.access.people import LinkState, Person, Session
from maturity.access.roles import Grant, Visitor
from maturity.operations.errors import Refused
from maturity.operations.kept import Kept
from maturity.operations.links import Chance, note, person_of
from maturity.operations.workspace import Workspace
from maturity.storage import people as stored_people
from maturity.storage import sign_in as stored
from maturity.storage.engine import Tx, new_id
from maturity.storage.people import PEOPLE
from maturity.storage.revision import revision_of

# How long a browser is let in before it has to use its link, or sign in, again.
SESSION = timedelta(hours=12)
LONGEST_DEVICE = 120
KEY = "cookie"

_known = Kept[tuple[str, str], tuple[int, datetime, Visitor]](4_096)


class LinkRefused(Refused):
    """A personal link that lets nobody in; `state` is None where there is no such link."""

    def __init__(self, state: LinkState | None) -> None:
        super().__init__(LINK_SAID[state])
        self.state = state


LINK_SAID: Mapping[LinkState | None, str] = {
    "expired": "This link has expired. Ask the data team for a new one.",
    "revoked": "This link was taken back. Ask the data team for a new one.",
    None: "This link is not one of ours. Check that it is whole, or ask the data team for a new one.",
}


def state_of_link(workspace: Workspace, token: str) -> LinkState | None:
    """How a link stands, without using it: opening one, as mail scanners do, changes nothing. None: no such link."""
    if not tokens.TOKEN.fullmatch(token):
        return None
    with workspace.store.reading() as tx:
        link = stored.link_by_hash(tx, tokens.hashed(token))
    return link.state(workspace.clock()) if link else None


def enter(workspace: Workspace, token: str, device: str, *, chance: Chance = os.urandom) -> tuple[str, Session]:
    """Uses a personal link: the value of the cookie for a new session, and the session. `LinkRefused` says why not."""
    if not tokens.TOKEN.fullmatch(token):
        raise LinkRefused(None)
    secret, new_key = tokens.token(chance(tokens.BYTES)), chance(32).hex()

    def write(tx: Tx) -> tuple[str, Session]:
        now = workspace.clock()
        link = stored.link_by_hash(tx, tokens.hashed(token))
        state = link.state(now) if link else None
        if link is None or state != "valid" or not person_of(tx, link.person_id).is_here:
            raise LinkRefused(state if state != "valid" else "revoked")
        session = Session(
            id=new_id(now),
            person_id=link.person_id,
            link_id=link.id,
            device="".join(c for c in device if c.isprintable())[:LONGEST_DEVICE],
            started_at=now,
            expires_at=min(now + SESSION, link.expires_at),
        )
        key = stored.keep_installation_secret(tx, KEY, new_key)
        # The session says when; the trail does not, or it would tell who came before an anonymous answer.
        stored.start_session(tx, session, tokens.hashed(secret))
        stored.use_link(tx, link.id, now)
        return tokens.sign(key, session.id, secret), session

    return workspace.store.write(write)


def leave(workspace: Workspace, cookie: str) -> None:
    """Ends the session of a cookie; nothing happens where it is none of ours."""

    def write(tx: Tx) -> None:
        session = _session(tx, cookie)
        if session is not None:
            stored.end_session(tx, session.id, workspace.clock())

    workspace.store.write(write)


def visitor_of_cookie(workspace: Workspace, cookie: str) -> Visitor | None:
    """Who a session's cookie belongs to, with the roles held now; None where it lets nobody in (any more).

    Asked on every run of every page: it is looked up again only after people, roles or links have changed."""
    now, key = workspace.clock(), (workspace.url, tokens.hashed(cookie))
    known = _known.get(key)
    if known and known[0] == workspace.revision(PEOPLE) and now < known[1]:
        return known[2]
    with workspace.store.reading() as tx:
        revision = revision_of(tx, PEOPLE)
        session = _session(tx, cookie)
        if session is None or not session.is_open(now):
            return None
        found = visitor_of(tx, person_of(tx, session.person_id), now)
    if found is not None:
        _known.put(key, (revision, min(session.expires_at, _midnight(now)), found))
    return found


def visitor_of_claims(workspace: Workspace, claims: Mapping[str, Any]) -> Visitor | None:
    """Who signed in at the provider, by its subject, else by a verified e-mail address that one of our people has.

    The subject is kept at the first sign-in: from then on whoever gets that address at the provider is not let in."""
    now = workspace.clock()
    subject = _subject(claims)
    if subject is None or is_too_old(claims, now):
        return None
    key = (workspace.url, subject)
    known = _known.get(key)
    if known and known[0] == workspace.revision(PEOPLE) and now < known[1]:
        return known[2]
    with workspace.store.reading() as tx:
        revision = revision_of(tx, PEOPLE)
        person = stored_people.person_by_subject(tx, subject)
        found = visitor_of(tx, person, now) if person else None
    if person is None:
        return _first_sign_in(workspace, claims, subject)
    if found is not None:
        _known.put(key, (revision, _midnight(now), found))
    return found


def is_too_old(claims: Mapping[str, Any], now: datetime) -> bool:
    """Whether the provider's word is older than a session lasts: Streamlit's own cookie holds 30 days, ours do not."""
    issued = claims.get("iat")
    return issued is not None and now - datetime.fromtimestamp(float(issued), UTC) > SESSION


def visitor_of(tx: Tx, person: Person, now: datetime) -> Visitor | None:
    """Inside a transaction: a person as the permissions see them; None for who left."""
    if not person.is_here:
        return None
    held = [each for each in stored_people.roles_of(tx, person.id) if each.holds(now.date())]
    grants = tuple(Grant(role=g.role, department=g.department, organisation=g.organisation_id) for g in held)
    return Visitor(person=str(person.id), name=person.name, grants=grants)


def _first_sign_in(workspace: Workspace, claims: Mapping[str, Any], subject: str) -> Visitor | None:
    address = str(claims.get("email") or "").lower()
    if not address or claims.get("email_verified") is False:
        return None

    def write(tx: Tx) -> Visitor | None:
        person = stored_people.person_by_email(tx, address)
        if person is None or person.subject is not None or not person.is_here:
            return None
        bound = stored_people.change_person(tx, replace(person, subject=subject))
        note(tx, workspace, str(person.id), "first sign-in", person.id, {})
        return visitor_of(tx, bound, workspace.clock())

    return workspace.store.write(write)


def _subject(claims: Mapping[str, Any]) -> str | None:
    issuer, sub = claims.get("iss"), claims.get("sub")
    return f"{issuer}|{sub}" if sub else None


def _session(tx: Tx, cookie: str) -> Session | None:
    key = stored.installation_secret(tx, KEY)
    read = tokens.read(key, cookie) if key else None
    return stored.session_of(tx, read[0], tokens.hashed(read[1])) if read else None


def _midnight(now: datetime) -> datetime:
    """Roles end with their last day: what is kept of them is looked up again the day after."""
    return datetime(now.year, now.month, now.day, tzinfo=UTC) + timedelta(days=1)
