"""Words for residents by action and language: the organisation's own, else the catalogue's, else they are missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.operations.changes import change, public_scope
from maturity.operations.errors import Changed, Refused
from maturity.operations.saved_plans import find_plan
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import DATA, Workspace
from maturity.roadmap.editions import LANGUAGES, Language, PublicWords
from maturity.roadmap.public_words import load_public_words
from maturity.storage import public_words as stored
from maturity.storage.engine import Tx
from maturity.storage.public_words import OwnWords

__all__ = ["KnownWords", "OwnWords", "public_words", "set_public_words", "words_for"]
LONGEST_TITLE, LONGEST_WORDS = 120, 600


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWords:
    """An action of the plan with its words: `title` is what it is called inside, `usual` are the catalogue's words and
    `own` the organisation's, by language; what is in neither is missing."""

    code: str
    title: str
    phase: int
    department: str | None
    usual: Mapping[Language, PublicWords]
    own: Mapping[Language, OwnWords]

    def words(self, language: Language) -> PublicWords | None:
        """What residents get to read; None where nobody has said it."""
        mine = self.own.get(language)
        return mine.words if mine else self.usual.get(language)


@lru_cache(maxsize=1)
def shipped_words() -> Mapping[str, Mapping[Language, PublicWords]]:
    """The words that come with the catalogues, by catalogue id of the action."""
    files = [load_public_words(path) for path in sorted((DATA / "public-words").glob("*.yaml"))]
    return {code: words for each in files for code, words in each.words.items()}


def public_words(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[KnownWords, ...]:
    """Every action of the current plan with its words, in the plan's order; none without a plan."""
    mine = the_organisation(workspace, visitor, organisation, verb="approve_edition")
    saved = find_plan(workspace, visitor, organisation=mine.name)
    with workspace.store.reading() as tx:
        own = stored.words_of(tx, mine.id)
    return tuple(
        KnownWords(
            code=each.code, title=each.title, phase=each.phase, department=each.department,
            usual=shipped_words().get(each.catalogue_id or "", {}),
            own={one.language: one for one in own if one.code == each.code},
        )
        for each in (saved.actions if saved else ())
    )  # fmt: skip


def words_for(
    tx: Tx, organisation_id: UUID, actions: Mapping[str, str | None]
) -> dict[str, dict[Language, PublicWords]]:
    """The words by action code, for actions with their catalogue ids: own ones over the catalogue's."""
    found = {code: dict(shipped_words().get(catalogue_id or "", {})) for code, catalogue_id in actions.items()}
    for each in stored.words_of(tx, organisation_id):
        found.setdefault(each.code, {})[each.language] = each.words
    return found


def set_public_words(
    workspace: Workspace, visitor: Visitor, code: str, language: Language, words: PublicWords, *,
    expected_version: int, organisation: str | None = None,
) -> int:  # fmt: skip
    """Keeps own words for an action in one language, over the version that was read (0: there were none); the
    catalogue's own, or empty ones, mean that there are no own ones. Returns the new version."""
    mine = the_organisation(workspace, visitor, organisation, verb="publish")
    kept, known = _checked(words, language), find_plan(workspace, visitor, organisation=mine.name)
    action = next((each for each in (known.actions if known else ()) if each.code == code), None)
    if action is None:
        raise Refused(f"the plan has no action {code[:60]!r}; choose one of the list")
    usual = shipped_words().get(action.catalogue_id or "", {}).get(language)
    dropped = kept in (usual, PublicWords(title=""))

    def write(tx: Tx, now: datetime) -> int:
        own = OwnWords(
            code=code, language=language, words=kept, set_by=visitor.name, set_at=now, row_version=expected_version
        )
        if dropped and expected_version == 0:
            return 0
        done = (
            stored.drop_words(tx, mine.id, code, language, expected_version) and 0
            if dropped
            else stored.set_words(tx, mine.id, own)
        )
        if done is None or done is False:
            raise Changed(
                f"somebody else has changed the words for {action.title!r} meanwhile; what you typed is still here: "
                "look at theirs, then save again"
            )
        return int(done)

    detail = {"language": language, "dropped": dropped}
    return change(
        workspace, visitor, write, scope=public_scope(mine.id), verb="set public words", subject=code, detail=detail
    )


def _checked(words: PublicWords, language: str) -> PublicWords:
    if language not in LANGUAGES:
        raise Refused(f"the public roadmap is not written in {language[:20]!r}; choose one of {', '.join(LANGUAGES)}")
    title, plain, outcome = (" ".join(each.split()) for each in (words.title, words.plain, words.outcome))
    for text, what, most in (
        (title, "what it is called", LONGEST_TITLE), (plain, "what is done", LONGEST_WORDS),
        (outcome, "what residents notice", LONGEST_WORDS),
    ):  # fmt: skip
        if len(text) > most:
            raise Refused(f"{what} has {len(text)} characters, at most {most} are kept; shorten it")
        if not text.isprintable():
            raise Refused(f"{what} holds signs that cannot be read; type it again")
    if (plain or outcome) and not title:
        raise Refused("what it is called is missing; enter it, or empty the other two as well")
    return PublicWords(title=title, plain=plain, outcome=outcome)
