"""Whether a form was sent from a page of ours: no foreign page may act for who happens to be looking at it."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request


def from_our_page(request: Request) -> bool:
    """No Origin at all (a program), or the same authority that the request went to; and not what browsers call
    another site."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    same = origin is None or urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()
    return same and site in (None, "same-origin", "none")
