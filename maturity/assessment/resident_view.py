"""The resident twin: six questions that people outside can answer about a topic, and the level that they see.

One resident's share is the mean of the answers that they know: yes is 1, partly 0.5, no 0; what they do not know is
left out, so not knowing never lowers anything. The level that a resident sees is 1 + (top - 1) * share, so that it
stands on the same scale as the score. A topic is seen at the median of its residents, as a question stands at the
median of its answers: a form that anybody may send in must not be moved far by a few at either end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

TwinQuestion = Literal["find", "understand", "trust", "correct", "use", "heard"]
TWIN_QUESTIONS: tuple[TwinQuestion, ...] = ("find", "understand", "trust", "correct", "use", "heard")
"""Can I find it, understand it, trust it, get it corrected, use it, and am I heard?"""
TwinAnswer = Literal["yes", "partly", "no", "unknown"]
TWIN_ANSWERS: tuple[TwinAnswer, ...] = ("yes", "partly", "no", "unknown")
WORTH: Mapping[str, float] = {"yes": 1.0, "partly": 0.5, "no": 0.0}
FEWEST = 5
"""From so many residents on a topic's level is shown, and from so many known answers on the share of a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSeen:
    """A topic as residents see it: `residents` who knew anything, the `level` they see, and by question the share of
    what could be said for it, 0..1. What fewer than five said is None or not there; so is `residents` then."""

    topic: str
    residents: int | None
    level: float | None
    shares: Mapping[str, float]


def share_of(answers: Mapping[str, str]) -> float | None:
    """One resident's share 0..1 over the questions they know; None where they know none."""
    known = [WORTH[answer] for question, answer in answers.items() if question in TWIN_QUESTIONS and answer in WORTH]
    return sum(known) / len(known) if known else None


def level_of(share: float, top_level: int) -> float:
    """A share 0..1 as a level 1..top."""
    return 1 + (top_level - 1) * share


def seen(topic: str, views: Sequence[Mapping[str, str]], top_level: int) -> TopicSeen:
    """What residents see of one topic, from one mapping of question to answer for each of them."""
    shares = [share for share in map(share_of, views) if share is not None]
    enough = len(shares) >= FEWEST
    return TopicSeen(
        topic=topic,
        residents=len(shares) if enough else None,
        level=level_of(median(shares), top_level) if enough else None,
        shares=dict(_question_shares(views)) if enough else {},
    )


def _question_shares(views: Sequence[Mapping[str, str]]) -> Iterable[tuple[str, float]]:
    for question in TWIN_QUESTIONS:
        known = [WORTH[view[question]] for view in views if view.get(question) in WORTH]
        if len(known) >= FEWEST:
            yield question, sum(known) / len(known)


def checked_view(answers: Mapping[str, str]) -> dict[str, str]:
    """The answers of a form that are ours, in the order of the questions, "unknown" for the others; empty where nothing
    at all is known, because that says nothing."""
    kept: dict[str, str] = {each: answers.get(each, "unknown") for each in TWIN_QUESTIONS}
    kept = {each: answer if answer in TWIN_ANSWERS else "unknown" for each, answer in kept.items()}
    return kept if share_of(kept) is not None else {}
