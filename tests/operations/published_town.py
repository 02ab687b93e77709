"""Town with an edition that its residents read: one action of it, and what they are asked about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from maturity.operations import setup
from maturity.operations.workspace import Workspace
from maturity.roadmap.editions import (
    ApprovedVersion,
    Edition,
    KeptEdition,
    PublicAction,
    PublicWords,
    edition_hash,
    edition_text,
    slug_of,
)
from maturity.storage.editions import add_edition, editions_of
from maturity.storage.engine import new_id

from .city import ADMIN

MADE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
VERSION = ApprovedVersion(number=1, name="First", sha256="0" * 64, approved_by="Council", approved_on=date(2026, 3, 1))


def words(en: str, es: str) -> dict[str, PublicWords]:
    """What an action is called in both languages."""
    return {"en": PublicWords(title=en, plain=f"{en}, in plain words."), "es": PublicWords(title=es)}


def an_edition(number: int = 1, codes: tuple[str, ...] = ("A01/parks",), **more: object) -> Edition:
    """An edition of Town with these actions."""
    actions = tuple(
        PublicAction(slug=slug_of(code), words=words(f"Count {code}", f"Contar {code}"), phase=1, horizon="now",
                     precision="month")  # type: ignore[arg-type]
        for code in codes
    )  # fmt: skip
    usual = {
        "organisation": "Town", "number": number, "published_on": MADE.date(), "languages": ("en", "es"),
        "title": {"en": "What we do with data", "es": "Qué hacemos con los datos"}, "contact": "data@town.example",
        "version": VERSION, "plan_starts": date(2026, 1, 5), "fields": ("status", "twin", "said"), "actions": actions,
    }  # fmt: skip
    return Edition.model_validate({**usual, **more})


def publish(workspace: Workspace, edition: Edition | None = None, state: str = "published") -> None:
    """Puts an edition where published ones are."""
    made = edition or an_edition()
    mine = setup.the_organisation(workspace, ADMIN, "Town")
    text = edition_text(made)
    kept = KeptEdition(
        id=str(new_id(MADE)), version_id=str(UUID(int=0)), number=made.number, name=f"Edition {made.number}",
        state=state, choices={}, body=text, sha256=edition_hash(text), previous="", made_by="Ida", made_at=MADE,
        row_version=1,
    )  # type: ignore[arg-type]  # fmt: skip
    workspace.store.write(add_edition, mine.id, kept)


def withdraw(workspace: Workspace) -> None:
    """Takes every edition of Town down."""
    workspace.store.write(lambda tx: tx.run("UPDATE edition SET state = 'withdrawn'"))
    mine = setup.the_organisation(workspace, ADMIN, "Town")
    with workspace.store.reading() as tx:
        assert all(each.state == "withdrawn" for each in editions_of(tx, mine.id))
