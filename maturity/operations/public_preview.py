"""What residents would see of an edition before it is published: the home page and the page of one action, made by what
makes the site, with the edition as the last link of the chain."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from uuid import UUID

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.changes import identity
from maturity.operations.editions import preview_edition
from maturity.operations.errors import Refused
from maturity.operations.public_site import published, site_facts
from maturity.operations.workspace import Workspace
from maturity.publishing.site.facts import PublishedEdition
from maturity.publishing.site.render import HOME, SiteFiles
from maturity.roadmap.editions import Edition, KeptEdition, edition_hash, edition_text
from maturity.storage import editions as stored
from maturity.storage import setup as stored_setup
from maturity.storage.rows import Organisation

SHEET = re.compile(r'<link rel="stylesheet"[^>]*>')
LOGO = re.compile(r'src="[./]*logo\.png"')
ADDRESS = re.compile(r'(<(?:a|form)\b[^>]*?) (?:href|action)="[^"]*"')
STILL = "<style>:where(a) { text-decoration: underline; } a { cursor: default; }</style>"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
"""Nothing of a preview may run or ask a server for anything, whatever is in the texts."""


def preview_pages(
    workspace: Workspace, visitor: Visitor, edition_id: str, slug: str = "", *, mount: str = ""
) -> Mapping[str, bytes]:
    """By language the home page and, where `slug` is an action of the edition, its page, with the style sheet and the
    logo; by their path below the root of the site. Of a published edition what was seen while it was the last."""
    require(visitor, "approve_edition", organisation=None)
    look = preview_edition(workspace, visitor, edition_id)
    if look.kept.state == "withdrawn":
        raise Refused(f"{look.kept.name!r} was withdrawn, so residents see nothing of it; look at another edition")
    row, chain = _around(workspace, edition_id)
    before = tuple(published(each) for each in chain if not look.kept.number or (each.number or 0) < look.kept.number)
    last = _last(look.kept, look.edition, before)
    facts = site_facts(workspace, row, (*before, last), served=True, mount=mount)
    files = SiteFiles(facts)
    pages = [f"{language}/{name}" for language in facts.languages for name in (HOME, f"actions/{slug}.html")]
    return {path: files[path] for path in ("style.css", "logo.png", *pages) if path in files}


def _around(workspace: Workspace, edition_id: str) -> tuple[Organisation, tuple[KeptEdition, ...]]:
    with workspace.store.reading() as tx:
        place: UUID | None = stored.organisation_of_edition(tx, identity(edition_id, "an edition"))
        row = next(each for each in stored_setup.organisations(tx) if each.id == place)
        return row, stored.chain_of(tx, row.id)


def _last(kept: KeptEdition, edition: Edition, before: tuple[PublishedEdition, ...]) -> PublishedEdition:
    """The edition as the next link; one that was proposed before another was published gets the number it would get."""
    if kept.number:
        return published(kept)
    number, previous = len(before) + 1, before[-1].sha256 if before else ""
    text = edition_text(edition.model_copy(update={"number": number, "previous": previous}))
    return PublishedEdition(
        number=number, text=text, sha256=edition_hash(text), previous=previous, published_on=edition.published_on
    )  # fmt: skip


def one_file(files: Mapping[str, bytes], path: str) -> str:
    """A page of a preview as one HTML text that needs nothing else and leads nowhere: for a frame on a page."""
    text = files[path].decode()
    style = f"<style>{files['style.css'].decode()}</style>{STILL}"
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    text = SHEET.sub(lambda _: style, text).replace("<head>", f"<head>{policy}", 1)
    if "logo.png" in files:
        picture = f'src="data:image/png;base64,{b64encode(files["logo.png"]).decode()}"'
        text = LOGO.sub(lambda _: picture, text)
    return ADDRESS.sub(r"\1", text)
