"""What residents said and what came of it, and how they see the topics."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from maturity.publishing.site.labels import refusal_words, twin_words
from maturity.publishing.site.page_writer import Makers, PageWriter
from maturity.publishing.site.paging import paged, pages_of, weight
from maturity.publishing.site.spoken import spoken
from maturity.roadmap.editions import Edition, Said, TwinTopic

SAID, RESIDENTS = "you-said.html", "residents.html"
VOICES_A_PAGE, TOPICS_A_PAGE = 40, 25


def voice_weight(voice: Said) -> int:
    """The bytes of what somebody said and of the answer."""
    return weight(voice.text, voice.answer)


def said_pages(writer: PageWriter) -> Makers:
    """You said, we did."""
    voices = writer.facts.voices
    runs = paged(voices, VOICES_A_PAGE, voice_weight)
    pages = pages_of(SAID, len(runs))

    def page(target: str, run: Sequence[Said]) -> bytes:
        return writer.page(
            "you_said.html", writer.path(target), voices=run, count=len(voices), refused=_refused(writer), pages=pages
        )

    return {writer.path(target): partial(page, target, run) for (target, _), run in zip(pages, runs, strict=True)}


def _refused(writer: PageWriter) -> list[tuple[str, int]]:
    why = refusal_words(writer.words)
    counts = sorted(writer.edition.refused_comments.items()) if writer.edition else []
    return [(why.get(code, code), count) for code, count in counts]


def resident_pages(writer: PageWriter) -> Makers:
    """The topics as residents see them beside the score, where the edition has them."""
    edition = writer.edition
    if edition is None or not edition.twin:
        return {}
    runs = paged(edition.twin, TOPICS_A_PAGE, lambda each: 2 * max(map(weight, each.names.values()), default=0))
    pages = pages_of(RESIDENTS, len(runs))

    def page(target: str, run: Sequence[TwinTopic]) -> bytes:
        return writer.page(
            "residents.html",
            writer.path(target),
            section=RESIDENTS,
            topics=[_topic(writer, edition, each) for each in run],
            questions=list(twin_words(writer.words).items()),
            filled=_filled,
            pages=pages,
        )

    return {writer.path(target): partial(page, target, run) for (target, _), run in zip(pages, runs, strict=True)}


def _topic(writer: PageWriter, edition: Edition, topic: TwinTopic) -> dict[str, Any]:
    def share(level: float | None) -> int:
        return 0 if level is None else round(100 * (level - 1) / max(1, edition.top_level - 1))

    return {
        "name": spoken(topic.names, writer.language, topic.topic),
        "answers": topic.answers,
        "seen": topic.seen,
        "score": topic.score,
        "shares": topic.shares,
        "seen_share": share(topic.seen),
        "score_share": share(topic.score),
    }


def _filled(share: int) -> Markup:
    share = min(100, max(0, share))
    return Markup('<span class="g{}"></span><span class="rest g{}"></span>').format(share, 100 - share)
