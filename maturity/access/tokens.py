"""Tokens of personal links, secrets of sessions, and the signed cookie that carries them. Chance is an argument."""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from uuid import UUID

BYTES = 16  # 128 bits: nobody guesses one, so a plain hash is enough to keep it by
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
COOKIE = "waymark_session"
SEAT_COOKIE = "waymark_seat"
_SEAT = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{64})")
_SIGNED = re.compile(r"([0-9a-f]{32})\.([A-Za-z0-9_-]{22})\.([0-9a-f]{64})")


def token(chance: bytes) -> str:
    """16 bytes of chance as the 22 letters that stand in a link."""
    if len(chance) != BYTES:
        raise ValueError(f"a token is made from {BYTES} bytes, not {len(chance)}")
    return urlsafe_b64encode(chance).decode().rstrip("=")


def hashed(secret: str) -> str:
    """What is kept of a token or secret: its SHA-256, in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def sign(key: str, session: UUID, secret: str) -> str:
    """The value of the cookie: session, secret, and an HMAC-SHA256 over both."""
    return f"{session.hex}.{secret}.{_seal(key, session.hex, secret)}"


def read(key: str, cookie: str) -> tuple[UUID, str] | None:
    """Session and secret of a cookie that was signed with this key; None for any other text."""
    found = _SIGNED.fullmatch(cookie)
    if found is None or not hmac.compare_digest(found[3], _seal(key, found[1], found[2])):
        return None
    return UUID(found[1]), found[2]


def _seal(key: str, session: str, secret: str) -> str:
    return hmac.new(key.encode(), f"{session}.{secret}".encode(), hashlib.sha256).hexdigest()


def sign_seat(key: str, participant: UUID) -> str:
    """The value of the cookie by which a phone in a workshop is known: the participant, and an HMAC-SHA256 over it."""
    return f"{participant.hex}.{_seal(key, 'seat', participant.hex)}"


def read_seat(key: str, cookie: str) -> UUID | None:
    """The participant of a cookie that was signed with this key; None for any other text."""
    found = _SEAT.fullmatch(cookie)
    if found is None or not hmac.compare_digest(found[2], _seal(key, "seat", found[1])):
        return None
    return UUID(found[1])
