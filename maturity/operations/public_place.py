"""Where residents are heard: the organisation behind an address of the public site, while it shows an edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maturity.operations.errors import Refused
from maturity.operations.setup import code_of
from maturity.operations.workspace import Workspace
from maturity.roadmap.editions import Edition, read_edition
from maturity.storage import editions as stored
from maturity.storage import setup as stored_setup
from maturity.storage.audit import record
from maturity.storage.engine import Tx
from maturity.storage.sign_in import keep_installation_secret

FORM_KEY = "public_forms"
RESIDENT = "resident"
"""The actor in the audit trail for what came in by a public form: nobody knows who that was."""


class NotPublished(Refused):
    """Nothing is published at this address, so nothing is asked there either."""


class Flooded(Refused):
    """More came in than anybody can read: `contact` is the address at which people are heard meanwhile."""

    def __init__(self, contact: str) -> None:
        super().__init__("more has come in than can be taken in an hour; write to the contact address, or come back")
        self.contact = contact


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPlace:
    """An organisation with the edition that its residents read now."""

    id: UUID
    name: str
    slug: str
    is_demo: bool
    edition: Edition


def public_slug(name: str) -> str:
    """The part of an address that stands for an organisation: its name in small letters, words joined by hyphens."""
    return code_of(name)


def place_of(tx: Tx, slug: str) -> PublicPlace:
    """The organisation at this address; of two with the same one the older. Refused as `NotPublished` where there is
    none, or it shows no edition."""
    for row in stored_setup.organisations(tx):
        if public_slug(row.name) == slug:
            body = stored.standing_body(tx, row.id)
            if body is None:
                break
            return PublicPlace(
                id=row.id, name=row.name, slug=slug, is_demo=row.is_demo, edition=read_edition(body)
            )  # fmt: skip
    raise NotPublished("no public roadmap is published at this address, so there is no form either; check the address")


def public_place(workspace: Workspace, slug: str) -> PublicPlace:
    """As `place_of`, by itself: what a form needs to know before it is shown."""
    with workspace.store.reading() as tx:
        return place_of(tx, slug)


def form_key(workspace: Workspace, chance: str) -> str:
    """The key by which the forms of a store are sealed: the one that is there, else `chance`, which is kept."""
    return workspace.store.write(lambda tx: keep_installation_secret(tx, FORM_KEY, chance))


def note_received(tx: Tx, now: datetime, verb: str, subject: str) -> None:
    """Notes in the audit trail that something came in: what it said is not there."""
    record(tx, made_at=now, actor=RESIDENT, verb=verb, subject=subject)
