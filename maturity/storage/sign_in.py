"""Personal links, the sessions that came in by them, and the keys that the installation made for itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from maturity.access.people import PersonalLink, Session
from maturity.storage.engine import Tx
from maturity.storage.people import PEOPLE
from maturity.storage.revision import bump

NO_TOKEN = "demo:"
"""Begins what stands for the hash of a link without a token: no text has such a hash, so nobody comes in by it."""
_LINK = "id, person_id, made_by, made_at, expires_at, revoked_at, used_at"
_SESSION = "id, person_id, link_id, device, started_at, expires_at, ended_at"


def installation_secret(tx: Tx, name: str) -> str | None:
    """A key of this installation; None where it was not made yet."""
    row = tx.one("SELECT value FROM installation_secret WHERE name = $name", name=name)
    return row["value"] if row else None


def keep_installation_secret(tx: Tx, name: str, value: str) -> str:
    """The key of that name: the one that is there, else this one."""
    tx.run(
        "INSERT INTO installation_secret(name, value) VALUES ($name, $value) ON CONFLICT (name) DO NOTHING",
        name=name,
        value=value,
    )
    kept = installation_secret(tx, name)
    assert kept is not None
    return kept


def add_link(tx: Tx, new: PersonalLink, token_hash: str) -> None:
    """Store a new link by the hash of its token."""
    tx.run(
        """INSERT INTO personal_link(id, person_id, token_hash, made_by, made_at, expires_at)
           VALUES ($id, $person, $hash, $by, $at, $expires)""",
        id=new.id,
        person=new.person_id,
        hash=token_hash,
        by=new.made_by,
        at=new.made_at,
        expires=new.expires_at,
    )
    bump(tx, PEOPLE)


def add_links(tx: Tx, new: Iterable[tuple[PersonalLink, str]]) -> None:
    """Store several new links, each with the hash of its token."""
    tx.insert(
        "personal_link",
        ("id", "person_id", "token_hash", "made_by", "made_at", "expires_at"),
        [(link.id, link.person_id, hashed, link.made_by, link.made_at, link.expires_at) for link, hashed in new],
    )
    bump(tx, PEOPLE)


def a_link_opens(tx: Tx) -> bool:
    """Whether there is a link that some token belongs to, valid or not."""
    found = tx.one("SELECT 1 AS one FROM personal_link WHERE token_hash NOT LIKE $none LIMIT 1", none=f"{NO_TOKEN}%")
    return found is not None


def link_by_hash(tx: Tx, token_hash: str) -> PersonalLink | None:
    """The link whose token has this hash."""
    row = tx.one(f"SELECT {_LINK} FROM personal_link WHERE token_hash = $hash", hash=token_hash)
    return PersonalLink(**row) if row else None


def links(tx: Tx) -> list[PersonalLink]:
    """Every link, the newest first."""
    return [PersonalLink(**r) for r in tx.rows(f"SELECT {_LINK} FROM personal_link ORDER BY made_at DESC, id DESC")]


def links_of(tx: Tx, person_id: UUID) -> list[PersonalLink]:
    """One person's links, the newest first."""
    found = tx.rows(
        f"SELECT {_LINK} FROM personal_link WHERE person_id = $person ORDER BY made_at DESC, id DESC", person=person_id
    )
    return [PersonalLink(**row) for row in found]


def use_link(tx: Tx, link_id: UUID, now: datetime) -> None:
    """Note when a link was last used."""
    tx.run("UPDATE personal_link SET used_at = $now WHERE id = $id", id=link_id, now=now)


def revoke_links_of(tx: Tx, person_id: UUID, now: datetime) -> None:
    """Revoke a person's links, and end every session that came in by one."""
    tx.run(
        "UPDATE personal_link SET revoked_at = $now WHERE person_id = $person AND revoked_at IS NULL",
        person=person_id,
        now=now,
    )
    tx.run(
        "UPDATE sign_in_session SET ended_at = $now WHERE person_id = $person AND ended_at IS NULL",
        person=person_id,
        now=now,
    )
    bump(tx, PEOPLE)


def revoke_link(tx: Tx, link_id: UUID, now: datetime) -> None:
    """Revoke one link, and end every session that came in by it."""
    tx.run("UPDATE personal_link SET revoked_at = $now WHERE id = $id AND revoked_at IS NULL", id=link_id, now=now)
    tx.run("UPDATE sign_in_session SET ended_at = $now WHERE link_id = $id AND ended_at IS NULL", id=link_id, now=now)
    bump(tx, PEOPLE)


def start_session(tx: Tx, new: Session, secret_hash: str) -> None:
    """Store a session by the hash of its secret."""
    tx.run(
        """INSERT INTO sign_in_session(id, person_id, link_id, secret_hash, device, started_at, expires_at)
           VALUES ($id, $person, $link, $hash, $device, $started, $expires)""",
        id=new.id,
        person=new.person_id,
        link=new.link_id,
        hash=secret_hash,
        device=new.device,
        started=new.started_at,
        expires=new.expires_at,
    )


def session_of(tx: Tx, session_id: UUID, secret_hash: str) -> Session | None:
    """The session with this id and secret."""
    row = tx.one(
        f"SELECT {_SESSION} FROM sign_in_session WHERE id = $id AND secret_hash = $hash",
        id=session_id,
        hash=secret_hash,
    )
    return Session(**row) if row else None


def sessions_of(tx: Tx, person_id: UUID) -> list[Session]:
    """One person's sessions, the newest first."""
    found = tx.rows(
        f"SELECT {_SESSION} FROM sign_in_session WHERE person_id = $person ORDER BY started_at DESC, id DESC",
        person=person_id,
    )
    return [Session(**row) for row in found]


def end_session(tx: Tx, session_id: UUID, now: datetime) -> None:
    """Sign one browser out."""
    tx.run("UPDATE sign_in_session SET ended_at = $now WHERE id = $id AND ended_at IS NULL", id=session_id, now=now)
    bump(tx, PEOPLE)
