"""Editions made by hand: three in a chain, of a town that promises two things."""

from __future__ import annotations

from datetime import date
from typing import Any

from maturity.roadmap.editions import (
    ApprovedVersion,
    Edition,
    Move,
    PublicAction,
    PublicWords,
    edition_hash,
    edition_text,
)
from maturity.roadmap.ledger import LedgerEntry

COUNCIL = "Town council"
REASON = "The supplier delivers later"


def action(slug: str, start: date | None, finish: date | None, **more: Any) -> PublicAction:
    usual: dict[str, Any] = {
        "words": {"en": PublicWords(title=f"Do {slug}")}, "phase": 1, "horizon": "now", "precision": "month",
    }  # fmt: skip
    return PublicAction(slug=slug, start=start, finish=finish, **(usual | more))


def edition(number: int, previous: str, actions: tuple[PublicAction, ...], **more: Any) -> Edition:
    usual: dict[str, Any] = {
        "organisation": "Town", "published_on": date(2026, 3 * number, 1), "plan_starts": date(2026, 1, 5),
        "version": ApprovedVersion(
            number=number, name=f"Version {number}", sha256="0" * 64, approved_by=COUNCIL,
            approved_on=date(2026, 3 * number, 1),
        ),
    }  # fmt: skip
    return Edition(number=number, previous=previous, actions=actions, **(usual | more))


LIST = (date(2026, 1, 5), date(2026, 2, 27))
SHARE = (date(2026, 4, 6), date(2026, 6, 26))
SHARE_THEN = (date(2026, 4, 6), date(2026, 7, 26))
MOVED = Move(
    what="finish", was=SHARE[1], now=SHARE_THEN[1], number=1, why=REASON, approved_by=COUNCIL,
    approved_on=date(2026, 6, 1),
)  # fmt: skip


def chain_of_three() -> tuple[Edition, Edition, Edition]:
    """In the second one share finishes 30 days later; in the third list is done, share is late, and map has entered."""
    first = edition(1, "", (action("list", *LIST, status="on_track"), action("share", *SHARE, status="not_started")))
    second = edition(
        2, edition_hash(edition_text(first)),
        (
            action("list", *LIST, status="on_track"),
            action("share", *SHARE_THEN, status="on_track", moves=(MOVED,)),
        ),
    )  # fmt: skip
    third = edition(
        3, edition_hash(edition_text(second)),
        (
            action("list", *LIST, status="done", done_on=date(2026, 6, 3), precision="day", horizon="done"),
            action("share", *SHARE_THEN, status="late", days_late=9, moves=(MOVED,)),
            action("map", date(2026, 9, 7), date(2026, 10, 30), status="not_started"),
        ),
    )  # fmt: skip
    return first, second, third


def texts_of(*editions: Edition) -> dict[int, str]:
    return {each.number: edition_text(each) for each in editions}


def ledger_of(*editions: Edition) -> dict[int, LedgerEntry]:
    return {
        each.number: LedgerEntry(
            number=each.number, published_on=each.published_on, sha256=edition_hash(edition_text(each)),
            previous=each.previous,
        )
        for each in editions
    }  # fmt: skip
