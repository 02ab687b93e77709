"""The votes of one question as a picture with its table: what the reveal shows, and what stands in the summary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from maturity.assessment.votes import Reveal
from maturity.charts.drawing import specification
from maturity.charts.score_frames import number
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.charts.vote_dots import vote_dots_chart
from maturity.ui.pictures import show_picture
from maturity.words.vote_sentences import HIDDEN, agreement_said, vote_name, vote_sentences

WIDE, NARROW = 900, 344


def show_votes(
    reveals: Sequence[Reveal], *, levels: Sequence[str], subject: str, mode: Mode, key: str, width: int = WIDE
) -> None:
    """Draws revealed votes of one question, the oldest first, with their table below in a box that opens.

    `levels` names the levels, lowest first; `subject` says what was voted on, as plain text; `key` must be the
    question's own on the page. `width` is the picture's in pixels, except on phones."""
    frame = vote_frame(reveals, len(levels))

    def build(narrow: bool, mode: Mode) -> dict[str, Any]:
        texts = ChartTexts.of(vote_sentences(frame, subject=subject))
        size = NARROW if narrow else width
        return specification(vote_dots_chart(frame, levels=levels, mode=mode, texts=texts, width=size, narrow=narrow))

    # A reveal never changes, so what it shows is its own revision.
    revision = (tuple(reveals), tuple(levels), subject, width)
    show_picture("votes", build, lambda: vote_table(reveals, levels), revision=revision, mode=mode, key=key)


def vote_frame(reveals: Sequence[Reveal], top: int) -> pd.DataFrame:
    """A row for each revealed vote; columns as `vote_dots_chart`."""
    rows = [
        {
            "vote": vote_name(each.ballot),
            **{f"n{level}": number(each.counts[level - 1] if each.counts else None) for level in range(1, top + 1)},
            "votes": each.votes,
            "dont_know": each.dont_know,
            "median": number(each.median),
            "agreement": number(each.agreement),
        }
        for each in reveals
    ]
    return pd.DataFrame(rows)


def vote_table(reveals: Sequence[Reveal], levels: Sequence[str]) -> pd.DataFrame:
    """The same in words: a row for each level, a column for each vote."""
    rows = [f"{level} {name}" for level, name in enumerate(levels, start=1)]
    columns: dict[str, list[str]] = {"Level": [*rows, "Don't know", "Median", "Agreement"]}
    for each in reveals:
        at_levels = (
            [str(count) for count in each.counts] if each.counts else [HIDDEN if each.votes else "0"] * len(rows)
        )
        median = "–" if each.median is None else f"{each.median:g}"
        agreement = "–" if each.agreement is None else agreement_said(each.agreement)
        columns[vote_name(each.ballot)] = [*at_levels, str(each.dont_know), median, agreement]
    return pd.DataFrame(columns)
