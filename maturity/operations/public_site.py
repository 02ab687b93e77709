"""The public site of an organisation, as its residents get it: made from its published editions, kept while nothing
changes. It is public, so nobody is asked who they are; only what has been published is in it."""

from __future__ import annotations

import threading
from base64 import b64decode
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from maturity.access.roles import Visitor
from maturity.operations.addresses import checked_address, stored_address
from maturity.operations.brand import brand_of
from maturity.operations.changes import public_scope
from maturity.operations.errors import Refused
from maturity.operations.local_days import own_day
from maturity.operations.public_comments import said
from maturity.operations.public_place import public_slug
from maturity.operations.setup import Organisation as SetUp
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.publishing.site.facts import PublishedEdition, SiteFacts
from maturity.publishing.site.render import SiteFiles
from maturity.roadmap.editions import Edition, KeptEdition, Said
from maturity.storage import editions as stored
from maturity.storage import setup as stored_setup
from maturity.storage.rows import Organisation

MOST_KEPT = 6
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""What every file of a zip is dated, so that the same editions make the same bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site: what it is made from, and its files by their path below the root, each made when first asked for."""

    slug: str
    facts: SiteFacts
    files: SiteFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteName:
    """An organisation that has published: its address below /public and its name."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a site is shown: one site is kept for each place."""

    store: tuple[str, int]
    organisation: UUID
    served: bool
    base: str
    mount: str


_lock = threading.Lock()
_kept: dict[_Place, tuple[Any, Site]] = {}
"""The site of each place, with the day and the revisions of which it is."""


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
    """The site at this address, None where nobody has published there. `mount` is the path at which it is served, and
    `base` its absolute address, else what the organisation gave or `WAYMARK_URL` with the mount, where there is one."""
    with workspace.store.reading() as tx:
        row = next((each for each in stored_setup.organisations(tx) if public_slug(each.name) == slug), None)
    return _site_of(workspace, row, served=served, base=base, mount=mount) if row else None


def _site_of(workspace: Workspace, row: Organisation, *, served: bool, base: str = "", mount: str = "") -> Site | None:
    address = base or (f"{own}{mount}" if mount and (own := stored_address(row.settings)) else "")
    today = own_day(workspace, row.id)
    place = _Place(
        store=(workspace.url, id(workspace.store)), organisation=row.id, served=served, base=address, mount=mount
    )  # fmt: skip
    when = today, workspace.revision(public_scope(row.id)), workspace.revision()
    with _lock:
        kept, known = _kept.get(place, (None, None))
    if known and kept == when:
        return known
    made = _made(place, workspace, row, today, known)
    with _lock:
        _kept.pop(place, None)
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        if made:
            _kept[place] = when, made
    return made


def _made(place: _Place, workspace: Workspace, row: Organisation, today: date, before: Site | None) -> Site | None:
    editions = _editions(workspace, row.id)
    if not editions:
        return None
    facts = site_facts(
        workspace, row, editions, today=today, served=place.served, base=place.base, mount=place.mount
    )  # fmt: skip
    files = SiteFiles(facts, before=before.files if before else None)
    return Site(slug=public_slug(row.name), facts=facts, files=files)


def site_facts(
    workspace: Workspace, row: Organisation, editions: tuple[PublishedEdition, ...], *, served: bool,
    today: date | None = None, base: str = "", mount: str = "",
) -> SiteFacts:  # fmt: skip
    """All that the site of these editions says, in the organisation's colour, with its logo; served, also what
    residents are told now. Nobody is asked for a role: ask before editions are given that are not public."""
    mark, _ = brand_of(workspace, SetUp(id=row.id, name=row.name, is_demo=row.is_demo, departments=()))
    facts = SiteFacts(
        organisation=row.name,
        editions=editions,
        today=today or own_day(workspace, row.id),
        base=base,
        mount=mount,
        served=served,
        is_demo=row.is_demo,
        colour=mark.colour,
        logo=b64decode(mark.logo),
        logo_alt=mark.logo_alt,
    )
    if served:
        return replace(facts, live_said=_said_now(workspace, row.id, facts.current))
    return facts


def _said_now(workspace: Workspace, organisation_id: UUID, edition: Edition | None) -> tuple[Said, ...]:
    """What residents are told now, where the edition that they read tells such things at all."""
    if edition is None or "said" not in edition.fields:
        return ()
    with workspace.store.reading() as tx:
        return said(tx, organisation_id, {each.slug for each in edition.actions})


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
    address = f"{checked_address(base)}/" if base.strip() else ""
    found = site(workspace, names[0].slug, served=False, base=address)
    if found is None or found.facts.current is None:
        raise Refused(f"{names[0].name} shows no edition now; release one on the page Editions")
    versions = sorted({edition.version.name for _, edition in found.facts.standing})
    if plan not in ("latest", *versions):
        raise Refused(f"no edition of plan version {plan!r} is published; there are {', '.join(versions)}, or latest")
    return found


def exported(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> bytes:
    """The site as a zip of files for any web server. Refused where nothing is published."""
    mine = the_organisation(workspace, visitor, organisation, verb="publish")
    with workspace.store.reading() as tx:
        row = next(each for each in stored_setup.organisations(tx) if each.id == mine.id)
    found = _site_of(workspace, row, served=False)
    if found is None or found.facts.current is None:
        raise Refused(f"{mine.name} shows no edition now; release one, then download the site")
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        for path, content in sorted(found.files.items()):
            zipped.writestr(ZipInfo(path, FIRST_DAY), content, ZIP_DEFLATED)
    return out.getvalue()
