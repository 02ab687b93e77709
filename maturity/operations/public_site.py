"""The public site of an organisation, as its residents get it: made from its published editions, kept while nothing
changes. It is public, so nobody is asked who they are; only what has been published is in it."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from maturity.operations.changes import public_scope
from maturity.operations.errors import Refused
from maturity.operations.local_days import own_day
from maturity.operations.public_place import public_slug
from maturity.operations.workspace import Workspace
from maturity.publishing.site.facts import USUAL_COLOUR, PublishedEdition, SiteFacts
from maturity.publishing.site.render import render_site
from maturity.roadmap.editions import KeptEdition
from maturity.storage import editions as stored
from maturity.storage import setup as stored_setup
from maturity.storage.rows import Organisation

MOST_KEPT = 6


@dataclass(frozen=True, kw_only=True)
class Site:
    """A site: what it is made from, and its files by their path below the root, made when they are first asked for."""

    slug: str
    facts: SiteFacts

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """Every file of it."""
        with _making:
            return render_site(self.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteName:
    """An organisation that has published: its address below /public and its name."""

    slug: str
    name: str


_making = threading.Lock()
_lock = threading.Lock()
_kept: dict[tuple[Any, ...], Site] = {}


def organisations_with_a_site(workspace: Workspace) -> tuple[SiteName, ...]:
    """Who has ever published, the oldest organisation first; of two with one address only the first."""
    found: dict[str, SiteName] = {}
    with workspace.store.reading() as tx:
        for row in stored_setup.organisations(tx):
            if stored.chain_of(tx, row.id):
                slug = public_slug(row.name)
                found.setdefault(slug, SiteName(slug=slug, name=row.name))
    return tuple(found.values())


def site(workspace: Workspace, slug: str, *, served: bool, base: str = "", mount: str = "") -> Site | None:
    """The site at this address, None where nobody has published there. `base` is its absolute address where known,
    `mount` the path at which it is served."""
    with workspace.store.reading() as tx:
        row = next((each for each in stored_setup.organisations(tx) if public_slug(each.name) == slug), None)
    if row is None:
        return None
    today = own_day(workspace, row.id)
    revisions = workspace.revision(public_scope(row.id)), workspace.revision()
    key = (workspace.url, id(workspace.store), row.id, revisions, today, served, base, mount)
    with _lock:
        known = _kept.get(key)
    return known or _made(key, workspace, row, today, served, base, mount)


def _made(
    key: tuple[Any, ...], workspace: Workspace, row: Organisation, today: date, served: bool, base: str, mount: str
) -> Site | None:
    editions = _editions(workspace, row.id)
    if not editions:
        return None
    colour = str(row.settings.get("colour") or USUAL_COLOUR)
    facts = SiteFacts(
        organisation=row.name,
        editions=editions,
        today=today,
        base=base,
        mount=mount,
        served=served,
        is_demo=row.is_demo,
        colour=colour,
    )
    made = Site(slug=public_slug(row.name), facts=facts)
    with _lock:
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = made
    return made


def _editions(workspace: Workspace, organisation_id: UUID) -> tuple[PublishedEdition, ...]:
    with workspace.store.reading() as tx:
        return tuple(published(each) for each in stored.chain_of(tx, organisation_id))


def published(kept: KeptEdition) -> PublishedEdition:
    """An edition as the site has it: of a withdrawn one the text is left behind."""
    gone = kept.last("withdrawn") if kept.state == "withdrawn" else None
    return PublishedEdition(
        number=kept.number or 0,
        text="" if kept.state == "withdrawn" else kept.body,
        sha256=kept.sha256,
        previous=kept.previous,
        published_on=kept.edition.published_on,
        withdrawn_on=gone.made_at.date() if gone else None,
        reason=gone.note if gone else "",
    )


def site_of_plan(workspace: Workspace, plan: str, *, base: str = "", organisation: str | None = None) -> Site:
    """The site as files for any web server, where an edition of this plan version ("latest": of any) is published.

    It holds nothing that is not public already, so nobody is asked for a role. Refused where nothing is published."""
    names = [each for each in organisations_with_a_site(workspace) if organisation in (None, each.name)]
    if not names:
        raise Refused("no edition of the public roadmap has been published; make and release one on the page Editions")
    address = f"{base.rstrip('/')}/" if base else ""
    found = site(workspace, names[0].slug, served=False, base=address)
    if found is None or found.facts.current is None:
        raise Refused(f"{names[0].name} shows no edition now; release one on the page Editions")
    versions = sorted({edition.version.name for _, edition in found.facts.standing})
    if plan not in ("latest", *versions):
        raise Refused(f"no edition of plan version {plan!r} is published; there are {', '.join(versions)}, or latest")
    return found


def named_base(mount: str) -> str:
    """The absolute address of a site at this path of the server, where `WAYMARK_URL` says the server's; else ""."""
    server = os.environ.get("WAYMARK_URL", "").rstrip("/")
    return f"{server}{mount}" if server else ""
