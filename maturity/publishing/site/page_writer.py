"""What all pages of the site in one language share: the facts, the words, what has changed since, and the frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from maturity.publishing.site import labels
from maturity.publishing.site.facts import SiteFacts
from maturity.publishing.site.frame import Speak, site_page
from maturity.publishing.site.history import GoneAction, Step, gone_actions, steps
from maturity.publishing.site.languages import Words
from maturity.roadmap.editions import Edition, PublicAction

Makers = dict[str, Callable[[], bytes]]
"""How each file is made, by its path below the root of the site."""


@dataclass(frozen=True, kw_only=True)
class PageWriter:
    """Writes pages in one language, and keeps what several of them need."""

    facts: SiteFacts
    language: str
    speak: Speak

    @property
    def words(self) -> Words:
        """The words of the language."""
        return self.speak(self.language)

    @property
    def edition(self) -> Edition | None:
        """The edition that residents read now."""
        return self.facts.current

    @cached_property
    def known(self) -> dict[str, PublicAction]:
        """The actions of the edition by slug."""
        return {each.slug: each for each in self.edition.actions} if self.edition else {}

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The editions that stand, with what changed in each."""
        return steps(self.facts)

    @cached_property
    def gone(self) -> dict[str, GoneAction]:
        """The actions that have left, by slug."""
        return gone_actions(self.facts)

    @cached_property
    def needed_by(self) -> dict[str, list[PublicAction]]:
        """Which actions of the edition wait for an action, by its slug."""
        waiting: dict[str, list[PublicAction]] = {}
        for each in self.known.values():
            for slug in each.requires:
                waiting.setdefault(slug, []).append(each)
        return waiting

    def path(self, name: str) -> str:
        """Where a page of this language stands."""
        return f"{self.language}/{name}"

    def page(self, template: str, path: str, **values: Any) -> bytes:
        """A page at a path below the root of the site."""
        words = self.words
        shared = {
            "status_words": labels.status_words(words),
            "phase_names": labels.phase_names(words),
            "answer_words": labels.answer_words(words),
            "texts": texts,
            "known": self.known,
        }
        return site_page(self.facts, template, path, {**shared, **values}, language=self.language, speak=self.speak)


def texts(owner: Any, part: str) -> dict[str, str]:
    """One part of the words of an action, by language."""
    return {language: getattr(each, part) for language, each in owner.words.items()}
